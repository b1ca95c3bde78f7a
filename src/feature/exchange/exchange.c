/* SPDX-License-Identifier: EUPL-1.2 */
/* The commands `tandem import` and `tandem export`; the list of readers. */
#include "feature/exchange/exchange.h"

#include <unistd.h>

#include "feature/exchange/mapped.h"
#include "feature/exchange/tandem_csv.h"
#include "web/app.h"
#include "web/cli.h"
#include "web/json.h"

#define HEAD_BYTES 4096

const struct import_reader *const import_readers[] = {
    &mapped_csv, &tandem_offers, &tandem_organisations, &freinet_csv, &freinet_xml, NULL,
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

static void say_lines(const struct cli *cli, const struct import_report *report)
{
    for (size_t i = 0; i < report->line_count; i++) {
        const struct import_line *l = &report->lines[i];
        cli_problem(cli, str_fmt(cli->arena, "line %lld: %s%.*s", (long long)l->line,
                                 l->rejected ? "" : "note: ", STR_FMT(l->text)));
    }
}

static void say_json(const struct cli *cli, const struct import_report *report)
{
    const struct {
        const char *key;
        int64_t value;
    } counts[] = { { "imported", report->imported },
                   { "updated", report->updated },
                   { "unchanged", report->unchanged },
                   { "failed", report->failed },
                   { "rows", report->rows } };
    struct out o = out_new(cli->arena, 0);
    struct json j = json_new(&o);
    json_object(&j);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        json_key(&j, str_from_c(counts[i].key));
        json_int(&j, counts[i].value);
    }
    json_key(&j, S("lines"));
    json_array(&j);
    for (size_t i = 0; i < report->line_count; i++) {
        json_object(&j);
        json_key(&j, S("line"));
        json_int(&j, report->lines[i].line);
        json_key(&j, S("rejected"));
        json_bool(&j, report->lines[i].rejected);
        json_key(&j, S("text"));
        json_str(&j, report->lines[i].text);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
    cli_say(cli, out_text(&o));
}

static void say_sum(const struct cli *cli, const struct import_report *r)
{
    cli_say(cli, str_fmt(cli->arena,
                         "imported %lld, updated %lld, unchanged %lld, failed %lld of %lld rows",
                         (long long)r->imported, (long long)r->updated, (long long)r->unchanged,
                         (long long)r->failed, (long long)r->rows));
}

/* Runs the job in a transaction of its own; with dry, nothing of it stays. */
static enum err run_job(struct cli *cli, struct import_job *job, struct import_report *report,
                        str *problem)
{
    struct tx tx;
    struct arena rows; /* emptied row by row, unlike the report's */
    bool terminal = isatty(STDERR_FILENO);
    arena_init(&rows, 0);
    job->tx = &tx;
    job->progress = terminal ? show_progress : NULL;
    if (tx_begin(cli->app->store, &rows, &tx) != ERR_OK) {
        *problem = S("the database cannot be written");
        return ERR_ENGINE;
    }
    enum err e = import_run(job, report, problem);
    if (terminal)
        fprintf(stderr, "\r");
    if (e != ERR_OK || cli_switch(cli, "dry-run")) {
        tx_rollback(&tx);
    } else {
        e = tx_commit(&tx);
        if (e != ERR_OK)
            *problem = S("the database did not keep it");
    }
    arena_free(&rows);
    return e;
}

static int import_file(struct cli *cli, FILE *file, struct import_job *job)
{
    char *head = arena_bytes(cli->arena, HEAD_BYTES);
    size_t n = fread(head, 1, HEAD_BYTES, file);
    rewind(file);
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
    if (run_job(cli, job, &report, &problem) != ERR_OK) {
        cli_problem(cli, str_fmt(cli->arena, "%.*s: %.*s; nothing has been changed",
                                 STR_FMT(cli->args[1]), STR_FMT(problem)));
        return CLI_REFUSED;
    }
    say_lines(cli, &report);
    if (cli_switch(cli, "json"))
        say_json(cli, &report);
    else
        say_sum(cli, &report);
    return CLI_DONE;
}

/* tandem import KIND FILE --city SLUG */
static int command_import(struct cli *cli)
{
    struct import_job job = { .app = cli->app };
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

static const struct command commands[] = {
    { "import", "KIND FILE --city SLUG [--format NAME] [--map FILE] [--dry-run] [--json]",
      "takes opportunities or organisations from a file", command_import },
    { 0 },
};

const struct feature exchange_feature = { .name = "exchange", .commands = commands };
