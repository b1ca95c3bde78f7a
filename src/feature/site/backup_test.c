/* SPDX-License-Identifier: EUPL-1.2 */
/* Backup and restore of the whole product; who has left stays away. */
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypt.h"
#include "base/test.h"
#include "feature/account/account.h"
#include "feature/organisation/organisation.h"
#include "feature/site/site.h"
#include "product.h"
#include "web.sql.h"
#include "web/audit.h"
#include "web/cli.h"
#include "web/job.h"
#include "world.h"

static struct product product;
static int64_t town;
static char dir[] = "/tmp/tandem-backup.XXXXXX";

static void empty_dir(void)
{
    DIR *d = opendir(dir);
    const struct dirent *e;
    while (d && (e = readdir(d)))
        if (e->d_name[0] != '.')
            unlink(str_to_c(&t_arena, str_fmt(&t_arena, "%s/%s", dir, e->d_name)));
    if (d)
        closedir(d);
}

static void with_product(void (*run)(void), const struct test_store *store)
{
    memcpy(dir + sizeof dir - 7, "XXXXXX", 6);
    must(mkdtemp(dir) != NULL);
    if (product_open(&product, store, NULL)) {
        product.app.config.erasure_file = str_to_c(&t_arena, str_fmt(&t_arena, "%s/erased", dir));
        town = world_town(&product, "stadt", "Musterstadt");
        run();
    }
    product_close(&product);
    empty_dir();
    rmdir(dir);
}

static int command(int (*run)(struct cli *cli), const char *name)
{
    str path = str_fmt(&t_arena, "%s/%s", dir, name);
    struct arena a;
    arena_init(&a, 0);
    struct cli cli = { .app = &product.app, .arena = &a, .args = &path, .arg_count = 1 };
    int status = run(&cli);
    arena_free(&a);
    return status;
}

static bool exists(int64_t account)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    bool found = account_by_id(&db, account) != NULL;
    ok(audit_verify(&db) == 0);
    db_end(&db);
    return found;
}

static void leave(int64_t account)
{
    static const struct http_field sure[] = { { STR_INIT("sure"), STR_INIT("1") }, LAST_FIELD };
    struct visitor v = product_sign_in(&product, account);
    struct answer a = post(&product, &v, "/stadt/konto/loeschen", sure);
    eq_int(a.status, 303);
    ok(!exists(account));
}

static void sync_erasures(void)
{
    struct job_run job = { .arena = &t_arena };
    ok(job_run_now(&product.app, S("account.erasures"), &job) == ERR_OK);
}

static size_t organisations(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    size_t n = org_keys(&db, town).n;
    db_end(&db);
    return n;
}

static void comes_back_as_it_was_here(void)
{
    struct stat st;
    world_organisation(&product, town, "Erster e. V.");
    eq_int(command(command_backup, "one"), CLI_DONE);
    must(stat(str_to_c(&t_arena, str_fmt(&t_arena, "%s/one", dir)), &st) == 0);
    eq_int(st.st_mode & 0777, 0600);
    eq_int(command(command_backup, "one"), CLI_REFUSED); /* never overwrites */
    world_organisation(&product, town, "Zweiter e. V.");
    eq_int(organisations(), 2);
    eq_int(command(command_restore, "one"), CLI_DONE);
    eq_int(organisations(), 1);
    eq_int(command(command_restore, "nothing"), CLI_REFUSED);
    world_organisation(&product, town, "Dritter e. V."); /* it goes on */
    eq_int(organisations(), 2);
}
ON_EACH_STORE(comes_back_as_it_was)

static void who_has_left_stays_away_here(void)
{
    int64_t gone = world_account(&product, town, "volunteer", 0);
    int64_t stays = world_account(&product, town, "volunteer", 0);
    eq_int(command(command_backup, "two"), CLI_DONE);
    leave(gone);
    eq_int(command(command_restore, "two"), CLI_DONE);
    ok(!exists(gone));
    ok(exists(stays));
}
ON_EACH_STORE(who_has_left_stays_away)

/* The database was lost, and with it the table of who has left: the file still knows. */
static void the_file_knows_who_has_left_here(void)
{
    int64_t gone = world_account(&product, town, "volunteer", 0);
    int64_t stays = world_account(&product, town, "volunteer", 0);
    eq_int(command(command_backup, "three"), CLI_DONE);
    str hash = crypt_sha256_hex(&t_arena, str_fmt(&t_arena, "account:%lld", (long long)gone));
    FILE *file = fopen(product.app.config.erasure_file, "w");
    fprintf(file, "%.*s 2026-11-22T15:04:05Z\n%.30s", STR_FMT(hash), hash.p);
    fclose(file);
    eq_int(command(command_restore, "three"), CLI_DONE);
    ok(!exists(gone));
    ok(exists(stays));
}
ON_EACH_STORE(the_file_knows_who_has_left)

static void leaving_is_noted_in_the_file_here(void)
{
    char text[400] = "";
    int64_t gone = world_account(&product, town, "volunteer", 0);
    leave(gone);
    sync_erasures();
    sync_erasures(); /* once is enough */
    FILE *file = fopen(product.app.config.erasure_file, "r");
    ok(file != NULL);
    size_t n = file ? fread(text, 1, sizeof text, file) : 0;
    eq_int(n, 64 + 1 + 20 + 1);
    str hash = crypt_sha256_hex(&t_arena, str_fmt(&t_arena, "account:%lld", (long long)gone));
    ok(str_starts((str){ text, n }, hash));
    if (file)
        fclose(file);
}
ON_EACH_STORE(leaving_is_noted_in_the_file)

static void a_flipped_byte_changes_nothing_here(void)
{
    world_organisation(&product, town, "Erster e. V.");
    eq_int(command(command_backup, "four"), CLI_DONE);
    world_organisation(&product, town, "Zweiter e. V.");
    FILE *file = fopen(str_to_c(&t_arena, str_fmt(&t_arena, "%s/four", dir)), "r+b");
    fseek(file, 2000, SEEK_SET);
    int c = fgetc(file);
    fseek(file, 2000, SEEK_SET);
    fputc(c ^ 1, file);
    fclose(file);
    eq_int(command(command_restore, "four"), CLI_REFUSED);
    eq_int(organisations(), 2);
}
ON_EACH_STORE(a_flipped_byte_changes_nothing)

static const struct test tests[] = {
    TEST(comes_back_as_it_was),           TEST(who_has_left_stays_away),
    TEST(the_file_knows_who_has_left),    TEST(leaving_is_noted_in_the_file),
    TEST(a_flipped_byte_changes_nothing),
};
TEST_MAIN(tests)
