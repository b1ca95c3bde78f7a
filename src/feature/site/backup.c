/* SPDX-License-Identifier: EUPL-1.2 */
/* `tandem backup` and `tandem restore`; the file is that of db/dump.h. */
#include <fcntl.h>
#include <unistd.h>

#include "base/clock.h"
#include "db/dump.h"
#include "feature/site/site.h"
#include "tables.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/cli.h"
#include "web/erasure.h"

static struct dump_history history(void)
{
    return (struct dump_history){ db_migrations, db_migration_count };
}

/* ---- backup ---- */

static bool written(struct cli *cli, FILE *file, struct dump_info *info)
{
    struct dump_info again;
    struct dump_history known = history();
    info->build = cli->app->build;
    return store_dump(cli->app->store, file, info) == ERR_OK && fsync(fileno(file)) == 0 &&
           dump_verify(file, &known, cli->arena, &again) == ERR_OK && again.rows == info->rows;
}

/* A new file, for its owner only, complete or not there. */
static bool write_backup(struct cli *cli, const char *path, struct dump_info *info)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w+b");
    if (!file) {
        cli_problem(cli, str_fmt(cli->arena, "%s: is there already, or cannot be made", path));
        return false;
    }
    bool good = written(cli, file, info);
    good = fclose(file) == 0 && good;
    if (!good) {
        unlink(path);
        cli_problem(cli, S("the backup could not be written"));
    }
    return good;
}

/* tandem backup FILE */
int command_backup(struct cli *cli)
{
    struct dump_info info = { 0 };
    if (cli->arg_count != 1)
        return CLI_USAGE;
    if (!write_backup(cli, str_to_c(cli->arena, cli->args[0]), &info))
        return CLI_REFUSED;
    cli_say(cli, str_fmt(cli->arena, "%lld rows of %lld tables, read again and checked",
                         (long long)info.rows, (long long)info.tables));
    return CLI_DONE;
}

/* ---- restore ---- */

static void then(void *ctx, struct tx *tx)
{
    erasures_again(tx, ctx);
    audit_add(tx, (struct audit_by){ 0, 0 }, S("backup.restore"), 0, S(""));
}

/* FILE.before-2026-11-22T15:04:05Z: what was there. */
static str old_path(struct cli *cli)
{
    return str_fmt(cli->arena, "%.*s.before-%.*s", STR_FMT(cli->args[0]),
                   STR_FMT(instant_iso(cli->arena, clock_now())));
}

static void say_restored(struct cli *cli, const struct dump_info *info, int64_t again,
                         const char *kept)
{
    cli_say(cli, str_fmt(cli->arena, "restored %lld rows of %.*s", (long long)info->rows,
                         STR_FMT(instant_iso(cli->arena, info->at))));
    if (again)
        cli_say(cli, str_fmt(cli->arena, "%lld rows in it had been erased since: erased again",
                             (long long)again));
    cli_say(cli, str_fmt(cli->arena, "what was there before: %s", kept));
    cli_say(cli, S("if a server runs, restart it now: it remembers what was"));
}

static int restore(struct cli *cli, FILE *file)
{
    struct dump_info info = { 0 };
    struct dump_info old = { 0 };
    struct erasures erased;
    struct dump_restore order = { .history = history(), .then = then, .ctx = &erased };
    const char *kept = str_to_c(cli->arena, old_path(cli));
    enum err e = dump_verify(file, &order.history, cli->arena, &info);
    str why = info.why;
    if (e == ERR_OK && erasures_known(cli->app, cli->arena, &erased) != ERR_OK) {
        why = S("the list of what was erased cannot be read");
        e = ERR_IO;
    }
    if (e == ERR_OK && !write_backup(cli, kept, &old))
        return CLI_REFUSED;
    if (e == ERR_OK)
        e = store_restore(cli->app->store, file, &order, &why);
    if (e != ERR_OK) {
        cli_problem(cli, str_fmt(cli->arena, "%.*s: %.*s; nothing has been changed",
                                 STR_FMT(cli->args[0]), STR_FMT(why)));
        return CLI_REFUSED;
    }
    say_restored(cli, &info, erased.again, kept);
    return CLI_DONE;
}

/* tandem restore FILE */
int command_restore(struct cli *cli)
{
    if (cli->arg_count != 1)
        return CLI_USAGE;
    FILE *file = fopen(str_to_c(cli->arena, cli->args[0]), "rb");
    if (!file) {
        cli_problem(cli, str_fmt(cli->arena, "%.*s: cannot be read", STR_FMT(cli->args[0])));
        return CLI_REFUSED;
    }
    int status = restore(cli, file);
    fclose(file);
    return status;
}
