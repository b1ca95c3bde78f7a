/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What partners put into their pages: the frame, its colours, the same offers as JSON. These
 * routes are `framed`: they see and set no cookie, and only the partner's sites (and the office's
 * preview) may frame them. Without a partner the town's own look is shown, to whoever wants it.
 */
#include "feature/embed/embed.h"

#include "embed.html.h"
#include "embed.text.h"
#include "web/html.h"
#include "web/json.h"
#include "web/page.h"
#include "web/schema.h"

#define ANY_SITE S("*")

url embed_address(const struct rq *rq, const struct embed_partner *p)
{
    const struct http_field fields[] = { { S("partner"),
                                           str_fmt(rq->arena, "%lld", (long long)p->id) },
                                         { S("lang"), lang_info(rq->city->lang)->code } };
    return link_absolute(rq, link_query(rq, S("/einbetten/angebote"), fields, 2));
}

url embed_style(const struct rq *rq, const struct embed_partner *p)
{
    str colours = str_join(rq->arena, p->accent, str_join(rq->arena, p->ink, p->ground));
    return link_to(rq, str_fmt(rq->arena, "/einbetten/farben.css?partner=%lld&v=%08x",
                               (long long)p->id, (unsigned)(str_hash(colours) >> 32)));
}

/* ---- whose ---- */

enum whose { OWN_LOOK, PARTNER, PAUSED, UNKNOWN };

/* Says by the way who may frame the answer. */
static enum whose find(struct rq *rq, const struct embed_partner **partner)
{
    int64_t id = 0;
    rq->framers = ANY_SITE;
    if (!rq_has_param(rq, "partner"))
        return OWN_LOOK;
    if (!str_to_i64(rq_param(rq, "partner"), &id))
        return UNKNOWN;
    *partner = embed_get(rq->db, rq->city->id, id);
    if (!*partner)
        return UNKNOWN;
    rq->framers = str_join(rq->arena, S("'self' "), (*partner)->origins);
    return str_eq((*partner)->state, S("active")) ? PARTNER : PAUSED;
}

/* The request as if it asked the list for what the partner shows; page by page. */
static struct rq asking_for(const struct rq *rq, const struct embed_partner *p)
{
    str mine = p ? str_fmt(rq->arena, "%.*s&per=%lld&page=%.*s", STR_FMT(p->query),
                           (long long)p->per, STR_FMT(rq_param(rq, "page")))
                 : rq->http->query;
    if (!p && !rq_has_param(rq, "per"))
        mine = str_fmt(rq->arena, "%.*s&per=%d", STR_FMT(mine), EMBED_PER);
    return search_asking(rq, mine);
}

/* ---- JSON ---- */

static const struct property town_properties[] = {
    { "name", "string", "of the town" },
    { "url", "string", "its page of offers with the same filters, for people" },
    { 0 },
};
static const struct schema town_schema = { "EmbedTown", "Whose offers these are.",
                                           town_properties };

static const struct property list_properties[] = {
    { "total", "integer", "number of hits" },
    { "page", "integer", "counts from 1" },
    { "per", "integer", "hits on a page" },
    { "town", "object", "whose offers these are", .of = &town_schema },
    { "items", "array", "the hits of this page", .of = &opp_card_schema },
    { 0 },
};
static const struct schema list_schema = { "EmbedList", "What a partner's frame shows.",
                                           list_properties };

static void put_int(struct json *j, const char *name, int64_t v)
{
    json_key(j, str_from_c(name));
    json_int(j, v);
}

static void put_town(struct rq *rq, struct json *j, url all)
{
    json_key(j, S("town"));
    json_object(j);
    json_key(j, S("name"));
    json_str(j, rq->city->name);
    json_key(j, S("url"));
    json_str(j, link_absolute(rq, all).s);
    json_object_end(j);
}

static void answer(struct rq *rq, const struct embed_frame *f)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    json_object(&j);
    put_int(&j, "total", f->found->total);
    put_int(&j, "page", f->found->page);
    put_int(&j, "per", f->found->per);
    put_town(rq, &j, f->all);
    json_key(&j, S("items"));
    json_array(&j);
    for (size_t i = 0; i < f->found->hit_count; i++) {
        if (!f->cards[i])
            continue;
        json_object(&j);
        opp_card_members(rq, &j, f->cards[i]);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
}

/* ---- the frame ---- */

/* What is on view: the partner's choice, or what the address asks for. */
static str on_view(const struct rq *rq, const struct embed_partner *p)
{
    str asked = rq_param(rq, "view");
    if (embed_shows(asked))
        return asked;
    return p ? p->shows : S("list");
}

static void show(struct rq *rq, const struct embed_partner *p)
{
    struct search_result found = { 0 };
    struct rq asking = asking_for(rq, p);
    str shows = on_view(rq, p);
    search_run(&asking, &found);
    str query = S("");
    bool kept = search_kept(rq, p ? p->query : rq->http->query, &query);
    struct embed_frame f = { .partner = p,
                             .found = &found,
                             .cards = opp_hits(&asking, &found),
                             .all = search_link(rq, kept ? query : S("")) };
    rq->index_version = asking.index_version;
    if (rq_wants_json(rq)) {
        answer(rq, &f);
        return;
    }
    if (!str_eq(shows, S("list")))
        f.picture = embed_picture(&asking);
    f.folded = f.picture.s.n && str_eq(shows, S("map"));
    view_embed_frame(rq, &f);
}

/* GET /einbetten/angebote */
static void frame(struct rq *rq)
{
    const struct embed_partner *p = NULL;
    enum whose whose = find(rq, &p);
    if (whose == OWN_LOOK || whose == PARTNER) {
        show(rq, p);
    } else if (rq_wants_json(rq)) {
        rq_not_found(rq);
    } else {
        rq_status(rq, whose == PAUSED ? 200 : 404);
        view_embed_closed(rq, p);
    }
}

/* GET /einbetten/farben.css: the colours were checked when they were saved. */
static void colours(struct rq *rq)
{
    const struct embed_partner *p = NULL;
    find(rq, &p);
    rq_type(rq, S("text/css; charset=utf-8"));
    OUT(rq->out, "/* CC0-1.0 */\n");
    if (p)
        out_fmt(rq->out, ":root { --e-accent: %.*s; --e-ink: %.*s; --e-ground: %.*s; }\n",
                STR_FMT(p->accent), STR_FMT(p->ink), STR_FMT(p->ground));
}

/* ---- the contract ---- */

static const struct param frame_params[] = {
    { "partner", "string",
      "key of a partner, whose filter then holds; without: filters of the "
      "list of offers" },
    { "view", "string", "list, map or both" },
    { "page", "integer", "counts from 1" },
    { 0 },
};

static const struct route routes[] = {
    GET("/einbetten/angebote", frame, ANYONE, .framed = true, .api = "/embed/opportunities",
        .params = frame_params, .answer = &list_schema,
        .doc = "Offers for the page of a partner: as frame without script, or as JSON."),
    GET("/einbetten/farben.css", colours, ANYONE, .framed = true, .lasting = true),
    GET("/buero/einbettungen", embed_desk_list, CAN(opportunity_publish)),
    GET("/buero/einbettungen/neu", embed_desk_new, CAN(opportunity_publish)),
    POST("/buero/einbettungen/neu", embed_desk_create, CAN(opportunity_publish)),
    GET("/buero/einbettungen/{id}", embed_desk_edit, CAN(opportunity_publish), .frames = true),
    POST("/buero/einbettungen/{id}", embed_desk_save, CAN(opportunity_publish), .frames = true),
    POST("/buero/einbettungen/{id}/status", embed_desk_step, CAN(opportunity_publish)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_embed_nav,
      .path = "/buero/einbettungen",
      .kind = ACCESS_CAN,
      .permission = PERM_opportunity_publish,
      .office = true,
      .menu = NAV_SELDOM,
      .order = 55 },
    { 0 },
};

static const struct record_kind *const records[] = { &embed_record, NULL };
static const struct procedure *const procedures[] = { &embed_procedure, NULL };

const struct feature embed_feature = {
    .name = "embed",
    .routes = routes,
    .nav = nav,
    .records = records,
    .procedures = procedures,
};
