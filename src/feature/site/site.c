/* SPDX-License-Identifier: EUPL-1.2 */
/* What machines ask a site. Reads: opportunity, organisation (for sitemap and feed). */
#include "feature/site/site.h"

#include <sys/resource.h>

#include "base/clock.h"
#include "feature/opportunity/opportunity.h"
#include "feature/tally/tally.h"
#include "site.sql.h"
#include "site.text.h"
#include "web/app.h"
#include "web/city.h"
#include "web/html.h"
#include "web/router.h"

#define FEED_LENGTH    50
#define SITEMAP_LENGTH 40000

/* GET /healthz: the process answers and the database can be read. */
static void health(struct rq *rq)
{
    const struct site_one *one = site_alive(rq->db);
    rq->no_cache = true;
    rq_type(rq, S("text/plain; charset=utf-8"));
    rq_status(rq, one ? 200 : 503);
    out_str(rq->out, one ? S("ok\n") : S("the database does not answer\n"));
}

/* GET /metrics: Prometheus text format. */
static void metrics(struct rq *rq)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    rq->no_cache = true;
    rq_type(rq, S("text/plain; version=0.0.4; charset=utf-8"));
    struct site_count_rows rows = site_counts(rq->db);
    out_fmt(rq->out, "# TYPE tandem_uptime_seconds gauge\ntandem_uptime_seconds %lld\n",
            (long long)(clock_now() - rq->app->started_at));
    out_fmt(rq->out, "# TYPE tandem_memory_peak_bytes gauge\ntandem_memory_peak_bytes %lld\n",
            (long long)usage.ru_maxrss * 1024);
    OUT(rq->out, "# TYPE tandem_opportunities gauge\n");
    for (size_t i = 0; i < rows.n; i++)
        out_fmt(rq->out, "tandem_opportunities{city=\"%.*s\",state=\"%.*s\"} %lld\n",
                STR_FMT(rows.v[i].slug), STR_FMT(rows.v[i].state), (long long)rows.v[i].n);
}

/* GET /robots.txt */
static void robots(struct rq *rq)
{
    rq_type(rq, S("text/plain; charset=utf-8"));
    OUT(rq->out, "User-agent: *\nDisallow: /*/buero\nDisallow: /*/konto\nDisallow: /*/anmelden\n"
                 "Disallow: /*/l/\nSitemap: ");
    out_str(rq->out, link_absolute(rq, link_net(rq, S("/sitemap.xml"))).s);
    OUT(rq->out, "\n");
}

/* GET /.well-known/security.txt (RFC 9116) */
static void security(struct rq *rq)
{
    rq_type(rq, S("text/plain; charset=utf-8"));
    out_fmt(rq->out, "Contact: mailto:%s\nPreferred-Languages: de, en\nExpires: %.*s\n",
            rq->app->config.mail_from,
            STR_FMT(instant_iso(rq->arena, clock_now() / 86400 * 86400 + 180 * 86400)));
}

static void put_location(struct rq *rq, const struct city *city, str path)
{
    url link = link_in(rq, city, path);
    if (!city->domain.n)
        link = link_absolute(rq, link);
    OUT(rq->out, "<url><loc>");
    html_put(rq->out, link.s);
    OUT(rq->out, "</loc></url>\n");
}

static void put_city_locations(struct rq *rq, const struct city *city)
{
    struct router_list routes = router_all(rq->app->router);
    for (size_t i = 0; i < routes.n; i++)
        if (routes.v[i]->listed && routes.v[i]->scope == IN_CITY)
            put_location(rq, city, str_from_c(routes.v[i]->path));
    struct site_id_rows offers =
        site_offers(rq->db, city->id, opportunity_fresh_since(), SITEMAP_LENGTH);
    for (size_t i = 0; i < offers.n; i++)
        put_location(rq, city, str_fmt(rq->arena, "/angebote/%lld", (long long)offers.v[i].id));
    struct site_id_rows groups = site_organisations(rq->db, city->id, SITEMAP_LENGTH);
    for (size_t i = 0; i < groups.n; i++)
        put_location(rq, city,
                     str_fmt(rq->arena, "/organisationen/%lld", (long long)groups.v[i].id));
}

/* GET /sitemap.xml: of the town that answers on this host, else of all. */
static void sitemap(struct rq *rq)
{
    rq_type(rq, S("application/xml; charset=utf-8"));
    OUT(rq->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (size_t i = 0; i < rq->cities->n; i++)
        if (!rq->city || rq->city->id == rq->cities->v[i].id)
            put_city_locations(rq, &rq->cities->v[i]);
    OUT(rq->out, "</urlset>\n");
}

/* GET /openapi.json */
static void openapi(struct rq *rq)
{
    rq_type(rq, S("application/json"));
    openapi_put(rq->out, rq->app);
}

static void put_entry(struct rq *rq, const struct opp_card *o)
{
    url link = link_absolute(rq, link_id(rq, S("/angebote/"), o->id));
    OUT(rq->out, "<entry><title>");
    html_put(rq->out, opp_title(rq, o));
    OUT(rq->out, "</title><id>");
    html_put(rq->out, link.s);
    OUT(rq->out, "</id><link href=\"");
    html_put_attr(rq->out, link_absolute(rq, tally_link(rq, o->id, TALLY_feed)).s);
    OUT(rq->out, "\"/><updated>");
    out_str(rq->out, instant_iso(rq->arena, o->published_at));
    OUT(rq->out, "</updated><author><name>");
    html_put(rq->out, o->organisation);
    OUT(rq->out, "</name></author><summary>");
    html_put(rq->out, opp_summary(rq, o));
    OUT(rq->out, "</summary></entry>\n");
}

/* GET /feed/angebote.atom: the newest offers (RFC 4287). */
static void feed(struct rq *rq)
{
    struct opp_card_rows rows =
        opp_newest(rq->db, rq->city->id, opportunity_fresh_since(), FEED_LENGTH);
    url self = link_absolute(rq, link_to(rq, S("/feed/angebote.atom")));
    rq_type(rq, S("application/atom+xml; charset=utf-8"));
    OUT(rq->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    html_put_attr(rq->out, lang_info(rq->lang)->code);
    OUT(rq->out, "\"><title>");
    html_put(rq->out, t_site_feed_title(rq, rq->city->name));
    OUT(rq->out, "</title><id>");
    html_put(rq->out, self.s);
    OUT(rq->out, "</id><link rel=\"self\" href=\"");
    html_put_attr(rq->out, self.s);
    OUT(rq->out, "\"/><updated>");
    out_str(rq->out, instant_iso(rq->arena, rows.n ? rows.v[0].published_at : 0));
    OUT(rq->out, "</updated>\n");
    for (size_t i = 0; i < rows.n; i++)
        put_entry(rq, &rows.v[i]);
    OUT(rq->out, "</feed>\n");
}

static const struct route routes[] = {
    GET("/healthz", health, ANYONE, .scope = IN_NETWORK),
    GET("/metrics", metrics, ANYONE, .scope = IN_NETWORK),
    GET("/robots.txt", robots, ANYONE, .scope = IN_NETWORK),
    GET("/sitemap.xml", sitemap, ANYONE, .scope = IN_NETWORK),
    GET("/openapi.json", openapi, ANYONE, .scope = IN_NETWORK),
    GET("/.well-known/security.txt", security, ANYONE, .scope = IN_NETWORK),
    GET("/feed/angebote.atom", feed, ANYONE),
    { 0 },
};

static const struct command commands[] = {
    { "routes", "[--json]", "every address with its access rule", command_routes, true },
    { "openapi", "", "the OpenAPI document", command_openapi, true },
    { "check", "", "self-test of the installation", command_check },
    { "job list", "", "recurring jobs and how they went", command_job_list },
    { "job run", "NAME [--now TIME]", "runs one job now", command_job_run },
    { "backup", "FILE", "everything in one checked file, while serving", command_backup },
    { "restore", "FILE", "puts a backup in the place of what is there, after checking it",
      command_restore },
    { 0 },
};

const struct feature site_feature = { .name = "site", .routes = routes, .commands = commands };
