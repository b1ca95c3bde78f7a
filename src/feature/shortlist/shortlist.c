/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The remembered list: ids in a cookie (web/remember.h), changed by POST and redirect. Reads:
 * opportunity. Neighbours: opportunity (the button on rows and pages).
 */
#include "feature/shortlist/shortlist.h"

#include "shortlist.html.h"
#include "shortlist.text.h"
#include "web/json.h"
#include "web/return_to.h"
#include "web/schema.h"

/* ---- reading ---- */

static struct shortlist list_of(struct rq *rq)
{
    struct shortlist list = { .shared = rq_param(rq, "ids").n > 0 };
    list.ids = list.shared ? remember_parse(rq_param(rq, "ids")) : remember_load(rq);
    list.v = NEW_ARRAY(rq->arena, list.ids.n, struct shortlist_entry);
    for (size_t i = 0; i < list.ids.n; i++) {
        struct shortlist_entry e = { .card = opp_card_get(rq->db, rq->city->id, list.ids.v[i],
                                                          opportunity_fresh_since()) };
        if (e.card)
            e.needs = shortlist_needs(rq->db, rq->city->id, list.ids.v[i]);
        else
            e.gone = shortlist_gone(rq->db, rq->city->id, list.ids.v[i]);
        if (e.card || e.gone)
            list.v[list.n++] = e;
        list.open += e.card != NULL;
    }
    return list;
}

static const struct property list_properties[] = {
    { "total", "integer", "offers that are still public" },
    { "items", "array", "the offers", .of = &opp_card_schema },
    { 0 },
};
static const struct schema shortlist_schema = { "Shortlist",
                                                "The remembered offers of this browser.",
                                                list_properties };

static void answer(struct rq *rq, const struct shortlist *list)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    json_object(&j);
    json_key(&j, S("total"));
    json_int(&j, (int64_t)list->open);
    json_key(&j, S("items"));
    json_array(&j);
    for (size_t i = 0; i < list->n; i++) {
        if (!list->v[i].card)
            continue;
        json_object(&j);
        opp_card_members(rq, &j, list->v[i].card);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
    json_done(&j);
}

/* GET /merkliste: one's own, or with ?ids= one that somebody has shared. */
static void show(struct rq *rq)
{
    struct shortlist list = list_of(rq);
    rq->no_cache = true;
    rq->personal = !list.shared;
    if (rq_wants_json(rq)) {
        answer(rq, &list);
        return;
    }
    rq_crumb(rq, t_shortlist_title(rq), link_to(rq, S("/merkliste")));
    if (str_eq(rq_param(rq, "view"), S("compare")) && list.open > 1) {
        rq_crumb(rq, t_shortlist_compare(rq), link_with(rq, "view", S("compare")));
        view_shortlist_compare(rq, &list);
        return;
    }
    view_shortlist(rq, &list);
}

/* ---- changing ---- */

/* Back to where the button was, at the offer; else to the list. */
static void go_back(struct rq *rq, int64_t id)
{
    url page;
    if (!return_to_parse(rq, rq_param(rq, "back"), &page) || !id) {
        rq_see(rq, S("/merkliste"), 0);
        return;
    }
    rq_see_url(rq, link_place(rq, page, S("angebot-"), id));
}

/* Takes over a shared list; false when not all of it has room. */
static bool add_all(struct remembered *mine, str ids)
{
    struct remembered more = remember_parse(ids);
    bool room = true;
    for (size_t i = 0; i < more.n; i++)
        room = remember_add(mine, more.v[i]) && room;
    return room;
}

/* POST /merkliste: add=ID, remove=ID, all=IDS or clear=1. */
static void change(struct rq *rq, struct tx *tx)
{
    struct remembered mine = remember_load(rq);
    int64_t add = rq_param_int(rq, "add", 0);
    int64_t remove = rq_param_int(rq, "remove", 0);
    bool room = true;
    (void)tx;
    if (rq_has_param(rq, "clear"))
        mine.n = 0;
    else if (rq_has_param(rq, "all"))
        room = add_all(&mine, rq_param(rq, "all"));
    else if (add > 0)
        room = remember_add(&mine, add);
    else
        remember_remove(&mine, remove);
    remember_save(rq, &mine);
    if (!room)
        rq_note(rq, MSG_shortlist_note_full);
    else if (rq_has_param(rq, "clear"))
        rq_note(rq, MSG_shortlist_note_cleared);
    go_back(rq, add > 0 ? add : remove);
}

/* ---- the contract ---- */

static const struct param params[] = {
    { "ids", "string", "a shared list: ids with points between" },
    { "view", "string", "compare: side by side" },
    { 0 },
};

static const struct route routes[] = {
    GET("/merkliste", show, ANYONE, .params = params, .answer = &shortlist_schema),
    POST("/merkliste", change, ANYONE),
    { 0 },
};

const struct feature shortlist_feature = { .name = "shortlist", .routes = routes };
