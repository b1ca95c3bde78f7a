/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of who has left: table, file, and doing it again after a restore. */
#include "feature/account/erasure.h"

#include <fcntl.h>
#include <unistd.h>

#include "account.sql.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "feature/account/mine.h"
#include "web.sql.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/job.h"

#define HASH_CHARS 64

static str hash_of(struct arena *a, int64_t account_id)
{
    return crypt_sha256_hex(a, str_fmt(a, "account:%lld", (long long)account_id));
}

void erasure_note(struct tx *tx, int64_t account_id)
{
    erased_insert(tx, hash_of(tx->db.arena, account_id), tx->now);
}

/* ---- the file: a hash and an instant a line ---- */

static const char *path_of(const struct app *app, struct arena *a)
{
    const struct config *c = &app->config;
    return c->erasure_file && c->erasure_file[0]
               ? c->erasure_file
               : str_to_c(a, str_fmt(a, "%s.erased", c->secret_file));
}

/* What the file has; a file that is not there has nothing. A torn last line is passed over. */
static void read_file(const struct app *app, struct arena *a, struct map *known)
{
    char line[256];
    FILE *file = fopen(path_of(app, a), "r");
    while (file && fgets(line, sizeof line, file)) {
        str s = str_from_c(line);
        if (s.n > HASH_CHARS && s.p[HASH_CHARS] == ' ' && str_ends(s, S("\n")))
            *map_put(known, str_copy(a, str_slice(s, 0, HASH_CHARS))) = 1;
    }
    if (file)
        fclose(file);
}

static enum err append(const char *path, str lines)
{
    if (!lines.n)
        return ERR_OK;
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return ERR_IO;
    bool good = write(fd, lines.p, lines.n) == (ssize_t)lines.n && fsync(fd) == 0;
    return close(fd) == 0 && good ? ERR_OK : ERR_IO;
}

enum err erasure_sync(struct app *app, struct arena *a)
{
    struct db db;
    struct map known = map_new(a);
    struct out lines = out_new(a, 0);
    enum err e = db_begin(app->store, a, &db);
    if (e != ERR_OK)
        return e;
    struct erased_row_rows rows = erased_all(&db);
    db_end(&db);
    read_file(app, a, &known);
    for (size_t i = 0; i < rows.n; i++)
        if (!map_find(&known, rows.v[i].hash))
            out_fmt(&lines, "%.*s %.*s\n", STR_FMT(rows.v[i].hash),
                    STR_FMT(instant_iso(a, rows.v[i].erased_at)));
    return db.err == ERR_OK ? append(path_of(app, a), out_text(&lines)) : db.err;
}

void erasure_job(struct job_run *job)
{
    if (erasure_sync(job->app, job->arena) != ERR_OK)
        job_failed(job, S("the file of erasures could not be written"));
}

/* ---- after a restore ---- */

enum err account_erasures(struct app *app, struct arena *a, struct account_erased *erased)
{
    struct db db;
    struct map known = map_new(a);
    enum err e = db_begin(app->store, a, &db);
    if (e != ERR_OK)
        return e;
    struct erased_row_rows rows = erased_all(&db);
    db_end(&db);
    for (size_t i = 0; i < rows.n; i++)
        *map_put(&known, rows.v[i].hash) = 1;
    read_file(app, a, &known);
    *erased = (struct account_erased){ .app = app, .hashes = known };
    return db.err;
}

static void note_again(struct tx *tx, struct account_erased *erased)
{
    struct erased_row_rows rows = erased_all(&tx->db);
    for (size_t i = 0; i < rows.n; i++) /* of the backup itself */
        *map_put(&erased->hashes, rows.v[i].hash) = 1;
    for (size_t i = 0; i < erased->hashes.cap; i++)
        if (erased->hashes.slots[i].used)
            erased_insert(tx, erased->hashes.slots[i].key, tx->now);
}

void account_erase_again(struct tx *tx, struct account_erased *erased)
{
    struct rq rq = { .arena = tx->db.arena, .db = &tx->db, .app = erased->app };
    note_again(tx, erased);
    struct account_id_row_rows accounts = account_ids(&tx->db);
    for (size_t i = 0; i < accounts.n; i++)
        if (map_find(&erased->hashes, hash_of(tx->db.arena, accounts.v[i].id))) {
            account_erase(&rq, tx, accounts.v[i].id);
            erased->again++;
        }
}
