/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * `tandem demo`: fills an empty database with the demo towns from data/demo, which is
 * embedded. Organisations and offers take the same way as any import.
 */
#include "feature/demo/demo.h"

#include "base/crypt.h"
#include "base/log.h"
#include "feature/account/account.h"
#include "feature/demo/advice.h"
#include "feature/demo/appointments.h"
#include "feature/demo/companies.h"
#include "feature/demo/events.h"
#include "feature/demo/files.h"
#include "feature/demo/history.h"
#include "feature/demo/hours.h"
#include "feature/demo/mentoring.h"
#include "feature/demo/placements.h"
#include "feature/demo/town.h"
#include "feature/duplicate/duplicate.h"
#include "feature/exchange/exchange.h"
#include "feature/guide/guide.h"
#include "feature/organisation/organisation.h"
#include "web.sql.h"
#include "web/app.h"
#include "web/cli.h"
#include "web/json_in.h"

/* The password of every demo account; `make run` prints it. */
#define PASSWORD "tandem-vorfuehrung"

struct person {
    const char *mail; /* before the @ */
    const char *name;
    enum role role;
};

/* Roles, not people: the names say what they do. In a small town one person has two. */
static const struct person people[] = {
    { "leitung", "Leitung der Vorführung", ROLE_city_admin },
    { "leitung", "Leitung der Vorführung", ROLE_counsellor },
    { "buero", "Büro der Vorführung", ROLE_office_staff },
    { "beratung", "Beratung der Vorführung", ROLE_counsellor },
    { "pruefung", "Prüfung der Vorführung", ROLE_auditor },
};

static enum err refuse(str *problem, str why)
{
    *problem = why;
    return ERR_INVALID;
}

static enum err import_table(struct cli *cli, struct tx *tx, int64_t city_id,
                             const struct demo_file *file, str *problem)
{
    struct import_report report;
    struct import_job job = { .app = cli->app, .tx = tx, .city_id = city_id, .keep_days = true };
    job.source.file = fmemopen((void *)(uintptr_t)file->text.p, file->text.n, "rb");
    must(job.source.file);
    job.source.arena = cli->arena;
    job.source.head = str_slice(file->text, 0, 4096);
    job.reader = import_reader_for(&job.source, str_from_c(file->kind), S("tandem"));
    must(job.reader);
    enum err e = import_run(&job, &report, problem);
    fclose(job.source.file);
    if (e == ERR_OK && report.failed)
        return refuse(problem,
                      str_fmt(cli->arena, "%s line %lld: %.*s", file->kind,
                              (long long)report.lines[0].line, STR_FMT(report.lines[0].text)));
    return e;
}

/* The account that works in the office. */
static int64_t add_people(struct cli *cli, struct tx *tx, int64_t city_id, str slug)
{
    int64_t office = 0;
    str hash = crypt_password_hash(cli->arena, S(PASSWORD), true);
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        const struct person *p = &people[i];
        str mail = str_fmt(cli->arena, "%s@%.*s.example", p->mail, STR_FMT(slug));
        int64_t id = account_get(tx, mail, str_from_c(p->name));
        account_set_password(tx, hash, id);
        account_give(tx, &(struct account_grant){ id, city_id, p->role, 0 }, 0);
        office = p->role == ROLE_office_staff ? id : office;
    }
    return office;
}

/* The guide: all checked today but the last, so that the demo shows what waits for a check. */
static void add_guide(struct tx *tx, int64_t city_id)
{
    guide_install(tx, city_id);
    for (size_t i = 0; guide_shipped_slug(i + 1).n; i++)
        guide_reviewed(tx, city_id, guide_shipped_slug(i), clock_today());
}

/*
 * Two organisations that somebody entered a second time by mailed link, so that the demo shows what
 * the desk for duplicates is for. They wait for their release: the public does not see them.
 */
static void add_twins(const struct app *app, struct tx *tx, int64_t city_id)
{
    struct org_card_rows rows =
        org_list(&tx->db, &(struct org_list_in){ .city = city_id, .pattern = S("%"), .limit = 2 });
    for (size_t i = 0; i < rows.n; i++) {
        const struct org_full *g = org_get(&tx->db, city_id, rows.v[i].id);
        struct org_form f = organisation_said(g);
        ptrdiff_t form = str_find(f.name, S(" e. V."));
        f.name = form < 0 ? f.name : str_slice(f.name, 0, (size_t)form);
        f.purpose_md = f.purpose_simple = S("");
        organisation_new(tx, &(struct org_arrival){ .city_id = city_id, .awaited = true }, &f);
    }
    find_in_town(tx, app, city_id);
}

static enum err add_town(struct cli *cli, struct tx *tx, const struct demo_town *files,
                         str *problem)
{
    const struct json_in *json = json_in_parse(cli->arena, files->city, problem);
    if (!json)
        return ERR_INVALID;
    int64_t city_id = town_new(tx, json);
    int64_t office = add_people(cli, tx, city_id, json_in_str(json_in_find(json, S("slug"))));
    add_guide(tx, city_id);
    enum err e = import_table(cli, tx, city_id, &files->organisations, problem);
    if (e == ERR_OK)
        e = import_table(cli, tx, city_id, &files->opportunities, problem);
    if (e == ERR_OK)
        add_twins(cli->app, tx, city_id);
    if (e == ERR_OK)
        demo_appointments(tx, city_id, office);
    return e;
}

static enum err fill(struct cli *cli, struct tx *tx, str *problem)
{
    if (city_all(&tx->db).n)
        return refuse(problem, S("the database is not empty"));
    enum err e = ERR_OK;
    for (const struct demo_town *t = demo_towns; t->name && e == ERR_OK; t++)
        e = add_town(cli, tx, t, problem);
    return e;
}

/* Everything in one transaction; false with a problem when nothing of it stayed. */
static bool fill_store(struct cli *cli, struct arena *rows, str *problem)
{
    struct tx tx;
    *problem = S("the database cannot be written");
    if (tx_begin(cli->app->store, rows, &tx) != ERR_OK)
        return false;
    if (fill(cli, &tx, problem) != ERR_OK) {
        tx_rollback(&tx);
        return false;
    }
    *problem = S("the database did not keep it");
    return tx_commit(&tx) == ERR_OK;
}

/* What happens in the towns once they are there, in this order. */
static const struct {
    enum err (*tell)(struct app *app, struct arena *a);
    const char *what;
} stories[] = {
    { demo_placements, "placements" }, { demo_history, "the past" },
    { demo_hours, "hours" },           { demo_advice, "advice cases" },
    { demo_mentoring, "mentoring" },   { demo_companies, "companies" },
    { demo_events, "dates" },
};

/* tandem demo */
static int command_demo(struct cli *cli)
{
    struct arena rows; /* an import empties it row by row, unlike the command's own */
    str problem = S("");
    arena_init(&rows, 0);
    bool filled = fill_store(cli, &rows, &problem);
    for (size_t i = 0; filled && i < sizeof stories / sizeof *stories; i++)
        if (stories[i].tell(cli->app, &rows) != ERR_OK) {
            problem = str_fmt(cli->arena, "%s cannot be written", stories[i].what);
            filled = false;
        }
    arena_free(&rows);
    if (!filled) {
        cli_problem(cli, problem);
        return CLI_REFUSED;
    }
    cli_say(cli, S("The demo towns are there: /luebeck/, /lueneburg/, /bitburg/"));
    cli_say(cli,
            S("Sign in as leitung@luebeck.example, buero@luebeck.example, "
              "beratung@luebeck.example or pruefung@luebeck.example with the password " PASSWORD));
    return CLI_DONE;
}

static const struct command commands[] = {
    { "demo", "", "fills an empty database with the demo towns", command_demo },
    { 0 },
};

const struct feature demo_feature = { .name = "demo", .commands = commands };
