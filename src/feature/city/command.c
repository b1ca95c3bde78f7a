/* SPDX-License-Identifier: EUPL-1.2 */
/* `tandem city add` and `tandem city list`. */
#include "feature/city/pages.h"

#include "match/place.h"
#include "web/app.h"
#include "web/router.h"

/* The middle of Germany (near Niederdorla): a map that nobody has centred yet starts here. */
#define MIDDLE_LAT 51.16
#define MIDDLE_LON 10.45

static bool is_slug(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!plain && (c != '-' || i == 0 || i + 1 == s.n))
            return false;
    }
    return s.n >= 2 && s.n <= 40;
}

bool city_slug_valid(const struct app *app, str slug)
{
    if (!is_slug(slug) || str_eq(slug, S("api")) || str_eq(slug, S("assets")))
        return false;
    struct router_list routes = router_all(app->router);
    for (size_t i = 0; i < routes.n; i++) {
        str path = str_from_c(routes.v[i]->path);
        str rest = str_slice(path, 1, path.n);
        str first = S("");
        str_next(&rest, '/', &first);
        if (routes.v[i]->scope == IN_NETWORK && str_eq(first, slug))
            return false;
    }
    return true;
}

static bool is_ags(str s)
{
    int64_t number = 0;
    return (s.n == 8 || s.n == 5) && s.p[0] >= '0' && s.p[0] <= '9' && str_to_i64(s, &number) &&
           city_land_of(s).n;
}

static bool is_kind(str s)
{
    return str_eq(s, S("stadt")) || str_eq(s, S("gemeinde")) || str_eq(s, S("landkreis"));
}

/* Why the town cannot be added; empty when it can. */
static str objection(struct cli *cli, const struct city_arrival *c)
{
    if (!city_slug_valid(cli->app, c->slug))
        return S("the address of a town is two to forty letters a-z, digits and hyphens, and "
                 "no page of the network");
    if (!is_ags(c->ags))
        return S("the municipality key (--ags) has eight digits, for a landkreis five");
    if (!is_kind(c->kind))
        return S("--kind is stadt, gemeinde or landkreis");
    struct city_list list = city_list_begin(cli->app->cities);
    str why = S("");
    for (size_t i = 0; i < list.n; i++)
        if (str_eq(list.v[i].slug, c->slug) || str_eq(list.v[i].ags, c->ags) ||
            (c->domain.n && str_ieq(list.v[i].domain, c->domain)))
            why = S("there is a town with this address, key or domain already");
    city_list_end(cli->app->cities, &list);
    return why;
}

static bool located(str postcode, struct city_arrival *c)
{
    struct match_point middle;
    if (!place_centroid(postcode, &middle))
        return false;
    c->lat = middle.lat;
    c->lon = middle.lon;
    return true;
}

int command_city_add(struct cli *cli)
{
    bool has_kind = false;
    struct city_arrival c = { .name = cli_option(cli, "name", NULL),
                              .ags = cli_option(cli, "ags", NULL),
                              .kind = cli_option(cli, "kind", &has_kind),
                              .domain = cli_option(cli, "domain", NULL),
                              .lat = MIDDLE_LAT,
                              .lon = MIDDLE_LON };
    str postcode = cli_option(cli, "postcode", NULL);
    if (cli->arg_count != 1 || !c.name.n || !c.ags.n)
        return CLI_USAGE;
    c.slug = cli->args[0];
    if (!has_kind)
        c.kind = S("stadt");
    str why = objection(cli, &c);
    if (!why.n && postcode.n && !located(postcode, &c))
        why = S("this postcode is unknown");
    if (why.n) {
        cli_problem(cli, why);
        return CLI_REFUSED;
    }
    struct tx tx;
    if (tx_begin(cli->app->store, cli->arena, &tx) == ERR_OK) {
        city_new(&tx, &c);
        if (tx_commit(&tx) == ERR_OK)
            return CLI_DONE;
    }
    cli_problem(cli, S("the database did not take it"));
    return CLI_REFUSED;
}

int command_city_list(struct cli *cli)
{
    struct city_list list = city_list_begin(cli->app->cities);
    for (size_t i = 0; i < list.n; i++) {
        const struct city *c = &list.v[i];
        cli_say(cli, str_fmt(cli->arena, "%.*s\t%.*s\t%.*s\t%.*s", STR_FMT(c->slug),
                             STR_FMT(c->long_name), STR_FMT(c->ags), STR_FMT(c->domain)));
    }
    city_list_end(cli->app->cities, &list);
    return CLI_DONE;
}
