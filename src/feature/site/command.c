/* SPDX-License-Identifier: EUPL-1.2 */
/* Commands about the installation: routes, openapi, check, job. */
#include "base/clock.h"
#include "feature/site/site.h"
#include "web.sql.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/city.h"
#include "web/cli.h"
#include "web/job.h"
#include "web/json.h"
#include "web/router.h"

static const char *method_name(enum http_method m)
{
    return m == HTTP_GET ? "GET" : "POST";
}

static str access_text(struct arena *a, const struct access *rule)
{
    switch (rule->kind) {
    case ACCESS_ANYONE:
        return S("anyone");
    case ACCESS_SIGNED_IN:
        return S("signed in");
    case ACCESS_CAN:
        return str_fmt(a, "can %.*s", STR_FMT(permission_name(rule->permission)));
    case ACCESS_OWN:
        return str_fmt(a, "can %.*s, also for its own organisation",
                       STR_FMT(permission_name(rule->permission)));
    case ACCESS_MISSING:
        break;
    }
    return S("?");
}

static str rule_text(struct arena *a, const struct route *r)
{
    str text = access_text(a, &r->access);
    return r->fresh ? str_fmt(a, "%.*s, having proven it of late", STR_FMT(text)) : text;
}

static void put_route(struct cli *cli, struct json *j, const struct route *r, const char *feature)
{
    const char *const pairs[][2] = { { "method", method_name(r->method) },
                                     { "path", r->path },
                                     { "feature", feature },
                                     { "scope", r->scope == IN_CITY ? "city" : "network" },
                                     { "api", r->api ? r->api : "" } };
    json_object(j);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        json_key(j, str_from_c(pairs[i][0]));
        json_str(j, str_from_c(pairs[i][1]));
    }
    json_key(j, S("access"));
    json_str(j, rule_text(cli->arena, r));
    json_object_end(j);
}

/* tandem routes [--json]: every address with its access rule. */
int command_routes(struct cli *cli)
{
    struct router_list routes = router_all(cli->app->router);
    struct out o = out_new(cli->arena, 0);
    struct json j = json_new(&o);
    bool as_json = cli_switch(cli, "json");
    if (as_json)
        json_array(&j);
    for (size_t i = 0; i < routes.n; i++) {
        const struct route *r = routes.v[i];
        if (as_json) {
            put_route(cli, &j, r, routes.owner[i]->name);
            continue;
        }
        str at = str_fmt(cli->arena, "%s%s", r->scope == IN_CITY ? "/{city}" : "", r->path);
        out_fmt(&o, "%-4s %-50.*s %-13s %.*s%s", method_name(r->method), STR_FMT(at),
                routes.owner[i]->name, STR_FMT(rule_text(cli->arena, r)),
                i + 1 < routes.n ? "\n" : "");
    }
    if (as_json)
        json_array_end(&j);
    cli_say(cli, out_text(&o));
    return CLI_DONE;
}

/* tandem openapi */
int command_openapi(struct cli *cli)
{
    struct out o = out_new(cli->arena, 0);
    openapi_put(&o, cli->app);
    cli_say(cli, out_text(&o));
    return CLI_DONE;
}

static int say_check(struct cli *cli, const char *what, bool good, str detail)
{
    cli_say(cli,
            str_fmt(cli->arena, "%-10s %-8s %.*s", what, good ? "ok" : "problem", STR_FMT(detail)));
    return good ? 0 : 1;
}

static int check_database(struct cli *cli)
{
    struct db db;
    if (db_begin(cli->app->store, cli->arena, &db) != ERR_OK)
        return say_check(cli, "database", false, S("cannot be read"));
    struct city_row_rows towns = city_all(&db);
    int64_t broken = audit_verify(&db);
    db_end(&db);
    int problems =
        say_check(cli, "database", db.err == ERR_OK, str_fmt(cli->arena, "%zu towns", towns.n));
    str trail = broken ? str_fmt(cli->arena, "broken at row %lld", (long long)broken)
                       : S("the chain holds");
    return problems + say_check(cli, "audit", !broken, trail);
}

/* tandem check: is this installation in order? */
int command_check(struct cli *cli)
{
    const struct config *c = &cli->app->config;
    int problems = check_database(cli);
    problems += say_check(cli, "mail", c->smtp[0] || c->demo,
                          c->smtp[0] ? S("a mail server is set")
                                     : S("no mail server: mails wait in the outbox"));
    problems += say_check(cli, "origin", c->origin[0] || c->demo,
                          c->origin[0] ? str_from_c(c->origin)
                                       : S("not set: links in mails take the request's host"));
    struct day today = clock_today();
    problems += say_check(cli, "clock", today.year >= 2026, day_iso(cli->arena, today));
    return problems ? CLI_REFUSED : CLI_DONE;
}

/* tandem job list */
int command_job_list(struct cli *cli)
{
    struct db db;
    if (db_begin(cli->app->store, cli->arena, &db) != ERR_OK)
        return CLI_REFUSED;
    struct job_row_rows rows = job_all(&db);
    db_end(&db);
    for (size_t i = 0; i < rows.n; i++)
        cli_say(cli, str_fmt(cli->arena, "%-20.*s next %.*s  failures %lld  %.*s",
                             STR_FMT(rows.v[i].name),
                             STR_FMT(instant_iso(cli->arena, rows.v[i].next_at)),
                             (long long)rows.v[i].failures, STR_FMT(rows.v[i].result)));
    return db.err == ERR_OK ? CLI_DONE : CLI_REFUSED;
}

/* "2026-11-22" or "2026-11-22T15:04", German time. */
static bool parse_time(str s, int64_t *instant)
{
    struct local_time t = { 0 };
    int64_t hour = 0;
    int64_t minute = 0;
    if (!day_parse_iso(str_slice(s, 0, 10), &t.day))
        return false;
    if (s.n > 10 && (s.n != 16 || !str_to_i64(str_slice(s, 11, 13), &hour) ||
                     !str_to_i64(str_slice(s, 14, 16), &minute)))
        return false;
    t.hour = (int)hour;
    t.minute = (int)minute;
    *instant = clock_instant(t);
    return true;
}

/* tandem job run NAME [--now TIME] */
int command_job_run(struct cli *cli)
{
    int64_t now = 0;
    str at = cli_option(cli, "now", NULL);
    if (cli->arg_count != 1 || (at.n && !parse_time(at, &now)))
        return CLI_USAGE;
    if (now)
        clock_set(now);
    struct job_run run = { .arena = cli->arena };
    enum err e = job_run_now(cli->app, cli->args[0], &run);
    clock_set(0);
    if (e == ERR_NOT_FOUND) {
        cli_problem(cli, str_fmt(cli->arena, "there is no job '%.*s'", STR_FMT(cli->args[0])));
        return CLI_REFUSED;
    }
    cli_say(cli, run.result);
    return e == ERR_OK ? CLI_DONE : CLI_REFUSED;
}
