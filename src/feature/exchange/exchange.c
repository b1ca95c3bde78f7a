/* SPDX-License-Identifier: EUPL-1.2 */
/* The command `tandem import`; the list of readers. */
#include "feature/exchange/exchange.h"

#include <unistd.h>

#include "feature/exchange/export.h"
#include "feature/exchange/mapped.h"
#include "feature/exchange/report.h"
#include "feature/exchange/tandem_csv.h"
#include "web/app.h"
#include "web/cli.h"

#define HEAD_BYTES 4096
/* How often an import begins anew when other writers are faster (PostgreSQL). */
#define TRIES 3

const struct import_reader *const import_readers[] = {
    &mapped_file, &tandem_offers, &tandem_organisations, &freinet_csv, &freinet_xml, NULL,
};

const struct import_reader *import_reader_for(const struct import_source *source, str kind,
                                              str format)
{
    for (const struct import_reader *const *r = import_readers; *r; r++) {
        if (!str_eq(str_from_c((*r)->kind), kind))
            continue;
        if (format.n ? str_eq(str_from_c((*r)->name), format) : (*r)->recognises(source))
            return *r;
    }
    return NULL;
}

static bool known_kind(str kind)
{
    for (const struct import_reader *const *r = import_readers; *r; r++)
        if (str_eq(str_from_c((*r)->kind), kind))
            return true;
    return false;
}

static void show_progress(void *ctx, int64_t rows)
{
    (void)ctx;
    fprintf(stderr, "\r%lld rows", (long long)rows);
}

/* Keeps what the import did, unless it failed or was a trial. */
static enum err finish(struct cli *cli, struct tx *tx, enum err e, str *problem)
{
    if (e != ERR_OK || cli_switch(cli, "dry-run")) {
        tx_rollback(tx);
        return e;
    }
    e = tx_commit(tx);
    if (e != ERR_OK)
        *problem = S("the database did not keep it");
    return e;
}

/* Runs the job in a transaction of its own. */
static enum err run_once(struct cli *cli, struct import_job *job, struct import_report *report,
                         str *problem)
{
    struct tx tx;
    struct arena rows; /* emptied row by row, unlike the report's */
    bool terminal = isatty(STDERR_FILENO);
    arena_init(&rows, 0);
    job->progress = terminal ? show_progress : NULL;
    rewind(job->source.file);
    enum err e = tx_begin_alone(cli->app->store, &rows, &tx);
    if (e == ERR_OK) {
        job->tx = &tx;
        e = import_run(job, report, problem);
        e = finish(cli, &tx, e, problem);
        job->again = tx.db.again;
        job->tx = NULL;
    } else {
        *problem = S("the database cannot be written");
    }
    if (terminal)
        fprintf(stderr, "\r");
    arena_free(&rows);
    return e;
}

static enum err run_job(struct cli *cli, struct import_job *job, struct import_report *report,
                        str *problem)
{
    enum err e = ERR_OK;
    for (int i = 0; i < TRIES; i++) {
        job->again = false;
        e = run_once(cli, job, report, problem);
        if (e == ERR_OK || !job->again)
            break;
    }
    return e;
}

static int say_report(struct cli *cli, const struct import_report *report)
{
    for (size_t i = 0; i < report->line_count; i++)
        cli_problem(cli, report_line(cli->arena, &report->lines[i]));
    if (cli_switch(cli, "json"))
        cli_say(cli, report_json(cli->arena, report));
    else
        cli_say(cli, report_sum(cli->arena, report));
    return CLI_DONE;
}

static int import_file(struct cli *cli, FILE *file, struct import_job *job)
{
    char *head = arena_bytes(cli->arena, HEAD_BYTES);
    size_t n = fread(head, 1, HEAD_BYTES, file);
    str map = cli_option(cli, "map", NULL);
    job->source = (struct import_source){ .file = file,
                                          .head = { head, n },
                                          .map_path = map.n ? str_to_c(cli->arena, map) : NULL,
                                          .arena = cli->arena };
    job->reader = import_reader_for(&job->source, cli->args[0], cli_option(cli, "format", NULL));
    if (!job->reader) {
        cli_problem(cli, S("the format is not recognised; see --format and --map"));
        return CLI_REFUSED;
    }
    struct import_report report;
    str problem = S("");
    if (run_job(cli, job, &report, &problem) == ERR_OK)
        return say_report(cli, &report);
    cli_problem(cli, str_fmt(cli->arena, "%.*s: %.*s; nothing has been changed",
                             STR_FMT(cli->args[1]), STR_FMT(problem)));
    return CLI_REFUSED;
}

/* tandem import KIND FILE --city SLUG */
static int command_import(struct cli *cli)
{
    struct import_job job = { .app = cli->app, .overwrite = cli_switch(cli, "overwrite") };
    if (cli->arg_count != 2 || !known_kind(cli->args[0]))
        return CLI_USAGE;
    if (!cli_city(cli, &job.city_id))
        return CLI_REFUSED;
    FILE *file = fopen(str_to_c(cli->arena, cli->args[1]), "rb");
    if (!file) {
        cli_problem(cli, str_fmt(cli->arena, "%.*s: cannot be read", STR_FMT(cli->args[1])));
        return CLI_REFUSED;
    }
    int status = import_file(cli, file, &job);
    fclose(file);
    return status;
}

static const struct route routes[] = {
    POST("/buero/angebote/export", office_export_offers, CAN(opportunity_edit), .slow = true),
    POST("/buero/organisationen/export", office_export_organisations, CAN(organisation_edit),
         .slow = true),
    { 0 },
};

static const struct command commands[] = {
    { "export", "KIND --city SLUG [--format csv|xlsx|json]",
      "writes opportunities or organisations as a file that import reads", command_export },
    { "import",
      "KIND FILE --city SLUG [--format NAME] [--map FILE] [--overwrite] [--dry-run] "
      "[--json]",
      "takes opportunities or organisations from a file", command_import },
    { 0 },
};

const struct feature exchange_feature = { .name = "exchange",
                                          .routes = routes,
                                          .commands = commands };
