/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * `tandem import persons`: a list of people without a browser. Columns are what their headings say;
 * who may be known already is left out and named, unless --all-new. It names lines, not people.
 */
#include "feature/person/roster.h"
#include "web/app.h"
#include "web/city.h"

static void say(struct cli *cli, const struct roster *r, bool keep)
{
    for (size_t i = 0; i < r->lines.n; i++) {
        const struct roster_line *l = &r->lines.v[i];
        if (l->text.n || l->outcome == ROSTER_ALIKE)
            cli_problem(cli, str_fmt(cli->arena, "line %lld: %.*s%s%.*s", (long long)l->line,
                                     STR_FMT(roster_outcome_code(l->outcome)),
                                     l->text.n ? ": " : "", STR_FMT(l->text)));
    }
    int64_t same = r->counts[ROSTER_SAME] + r->counts[ROSTER_KEPT];
    cli_say(cli,
            str_fmt(cli->arena,
                    "%snew %lld, changed %lld, unchanged %lld, perhaps known %lld, failed %lld",
                    keep ? "" : "would be: ", (long long)r->counts[ROSTER_NEW],
                    (long long)r->counts[ROSTER_CHANGED], (long long)same,
                    (long long)r->counts[ROSTER_ALIKE], (long long)r->counts[ROSTER_FAILED]));
}

/* What the headings say is enough to take a row; else it is said what is missing. */
static bool complete(struct cli *cli, const struct roster *r)
{
    if (!roster_has(&r->columns, "name") && !roster_has(&r->columns, "last_name")) {
        cli_problem(cli, S("no column is called like a name"));
        return false;
    }
    if (!r->assured && !roster_has(&r->columns, "keep_on")) {
        cli_problem(cli, S("no column has the day of the consent to be kept; if the office has it "
                           "from everybody, say --assured"));
        return false;
    }
    return true;
}

static int take(struct cli *cli, struct roster *r)
{
    bool keep = !cli_switch(cli, "dry-run");
    enum err e = roster_take(r, keep);
    if (e == ERR_OK) {
        say(cli, r, keep);
        return CLI_DONE;
    }
    cli_problem(cli,
                str_fmt(cli->arena, "%.*s: %.*s; nothing has been changed", STR_FMT(cli->args[1]),
                        STR_FMT(r->problem.n ? r->problem : S("the database refused it"))));
    return CLI_REFUSED;
}

int person_import(struct cli *cli, int64_t city_id, str csv)
{
    str list = roster_source(cli->arena, cli_option(cli, "list", NULL));
    struct db db;
    if (!list.n) {
        cli_problem(cli, S("--list NAME: under which name people are found again"));
        return CLI_REFUSED;
    }
    if (db_begin(cli->app->store, cli->arena, &db) != ERR_OK)
        return CLI_REFUSED;
    struct city_list cities = city_list_begin(cli->app->cities);
    struct rq rq = rq_outside(cli->app, &db, &cities, city_by_id(&cities, city_id));
    struct sample sample = sample_of(cli->arena, csv);
    struct roster r = { .rq = &rq,
                        .name = cli->args[1],
                        .bytes = csv,
                        .source = list,
                        .assured = cli_switch(cli, "assured"),
                        .all_new = cli_switch(cli, "all-new") };
    r.columns =
        (struct roster_columns){ &sample, assign_guess_in(cli->arena, &sample, roster_targets) };
    db_end(&db);
    int status = complete(cli, &r) ? take(cli, &r) : CLI_REFUSED;
    city_list_end(cli->app->cities, &cities);
    return status;
}
