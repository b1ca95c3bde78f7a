/* SPDX-License-Identifier: EUPL-1.2 */
/* The feature: routes, jobs, the list of readers; the command `tandem import`. */
#include "feature/exchange/exchange.h"

#include <unistd.h>

#include "exchange.sql.h"
#include "feature/exchange/export.h"
#include "feature/exchange/intake.h"
#include "feature/exchange/mapped.h"
#include "feature/exchange/mapping.h"
#include "feature/exchange/report.h"
#include "feature/exchange/tandem_csv.h"
#include "feature/person/person.h"
#include "web/app.h"
#include "web/cli.h"
#include "web/erasure.h"
#include "web/xlsx_in.h"

/* Larger workbooks are refused; their sheet would be larger still. */
#define WORKBOOK_MOST ((size_t)32 << 20)

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

/* The text of --map FILE; false when there is none to be read. */
static bool read_map(struct cli *cli, str *map)
{
    str path = cli_option(cli, "map", NULL);
    FILE *file = path.n ? fopen(str_to_c(cli->arena, path), "rb") : NULL;
    *map = S("");
    if (!file)
        return !path.n;
    char *text = arena_bytes(cli->arena, MAPPING_BYTES);
    *map = (str){ text, fread(text, 1, MAPPING_BYTES, file) };
    fclose(file);
    return true;
}

/* The first sheet of a workbook, as CSV, in place of the file; false: it cannot be read. */
static bool unpack(struct cli *cli, FILE **file, str *head)
{
    str csv = S("");
    str problem = S("");
    if (!xlsx_in_is(*head))
        return true;
    char *bytes = arena_bytes(cli->arena, WORKBOOK_MOST);
    memcpy(bytes, head->p, head->n);
    size_t n = head->n + fread(bytes + head->n, 1, WORKBOOK_MOST - head->n, *file);
    if (xlsx_in_csv(cli->arena, (str){ bytes, n }, &csv, &problem) != ERR_OK) {
        cli_problem(cli, problem);
        return false;
    }
    fclose(*file);
    *file = fmemopen((void *)(uintptr_t)csv.p, csv.n, "rb");
    *head = str_slice(csv, 0, IMPORT_HEAD);
    return *file != NULL;
}

static int import_file(struct cli *cli, FILE *file, struct import_job *job, str head)
{
    job->source = (struct import_source){ .file = file, .head = head, .arena = cli->arena };
    if (!read_map(cli, &job->source.map)) {
        cli_problem(cli, S("the mapping file cannot be read"));
        return CLI_REFUSED;
    }
    job->reader = import_reader_for(&job->source, cli->args[0], cli_option(cli, "format", NULL));
    if (!job->reader) {
        cli_problem(cli, S("the format is not recognised; see --format and --map"));
        return CLI_REFUSED;
    }
    struct import_report report;
    str problem = S("");
    bool terminal = isatty(STDERR_FILENO);
    job->progress = terminal ? show_progress : NULL;
    enum err e = import_alone(job, !cli_switch(cli, "dry-run"), &report, &problem);
    if (terminal)
        fprintf(stderr, "\r");
    if (e == ERR_OK)
        return say_report(cli, &report);
    cli_problem(cli, str_fmt(cli->arena, "%.*s: %.*s; nothing has been changed",
                             STR_FMT(cli->args[1]), STR_FMT(problem)));
    return CLI_REFUSED;
}

/* A list of people: what its columns are is guessed; the rules are those of the page. */
static int import_people(struct cli *cli, FILE *file, int64_t city_id)
{
    rewind(file);
    char *bytes = arena_bytes(cli->arena, WORKBOOK_MOST);
    str csv = { bytes, fread(bytes, 1, WORKBOOK_MOST, file) };
    return person_import(cli, city_id, csv);
}

/* tandem import KIND FILE --city SLUG */
static int command_import(struct cli *cli)
{
    struct import_job job = { .app = cli->app, .overwrite = cli_switch(cli, "overwrite") };
    bool people = cli->arg_count == 2 && str_eq(cli->args[0], S("persons"));
    if (cli->arg_count != 2 || (!people && !known_kind(cli->args[0])))
        return CLI_USAGE;
    if (!cli_city(cli, &job.city_id))
        return CLI_REFUSED;
    FILE *file = fopen(str_to_c(cli->arena, cli->args[1]), "rb");
    if (!file) {
        cli_problem(cli, str_fmt(cli->arena, "%.*s: cannot be read", STR_FMT(cli->args[1])));
        return CLI_REFUSED;
    }
    char *bytes = arena_bytes(cli->arena, IMPORT_HEAD);
    str head = { bytes, fread(bytes, 1, IMPORT_HEAD, file) };
    int status = CLI_REFUSED;
    if (unpack(cli, &file, &head))
        status =
            people ? import_people(cli, file, job.city_id) : import_file(cli, file, &job, head);
    if (file)
        fclose(file);
    return status;
}

static const struct route routes[] = {
    POST("/buero/angebote/export", office_export_offers, CAN(opportunity_edit), .slow = true),
    POST("/buero/organisationen/export", office_export_organisations, CAN(organisation_edit),
         .slow = true),
    GET("/buero/einlesen", intake_start, CAN(file_import)),
    POST("/buero/einlesen", intake_take, CAN(file_import), .slow = true,
         .prepare = intake_take_prepare),
    POST("/buero/einlesen/listen/{id}/loeschen", intake_forget_list, CAN(file_import)),
    GET("/buero/einlesen/{id}", intake_show, CAN(file_import)),
    GET("/buero/einlesen/{id}/bericht", intake_report, CAN(file_import)),
    GET("/buero/einlesen/{id}/spalten", intake_columns, CAN(file_import)),
    POST("/buero/einlesen/{id}/spalten", intake_assign, CAN(file_import), .slow = true,
         .prepare = intake_assign_prepare),
    POST("/buero/einlesen/{id}/pruefen", intake_again, CAN(file_import), .slow = true,
         .prepare = intake_again_prepare),
    POST("/buero/einlesen/{id}/uebernehmen", intake_accept, CAN(file_import), .slow = true,
         .prepare = intake_accept_prepare),
    POST("/buero/einlesen/{id}/verwerfen", intake_discard, CAN(file_import)),
    { 0 },
};

static const struct job jobs[] = {
    { .name = "exchange.tidy",
      .doc = "Erases files that were brought for import a day ago.",
      .every = 3600,
      .run = intake_tidy },
    { 0 },
};

static const struct command commands[] = {
    { "export", "KIND --city SLUG [--format csv|xlsx|json]",
      "writes opportunities or organisations as a file that import reads", command_export },
    { "import",
      "KIND FILE --city SLUG [--format NAME] [--map FILE] [--overwrite] [--dry-run] "
      "[--json] [--list NAME] [--assured] [--all-new]",
      "takes opportunities, organisations or persons from a file", command_import },
    { 0 },
};

static void account_erase(struct rq *rq, struct tx *tx, int64_t account_id)
{
    struct import_file_key_rows rows = import_file_of(&tx->db, account_id);
    (void)rq;
    for (size_t i = 0; i < rows.n; i++)
        intake_erase(tx, rows.v[i].city_id, rows.v[i].id);
}

static void file_erase(struct tx *tx, const struct erasure *e)
{
    intake_erase(tx, e->city_id, e->id);
}

static const struct erasure_act erasures[] = {
    { "import_file", file_erase },
    { 0 },
};

const struct feature exchange_feature = {
    .name = "exchange",
    .routes = routes,
    .jobs = jobs,
    .commands = commands,
    .erasures = erasures,
    .person_erase = account_erase,
};
