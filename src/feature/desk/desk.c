/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Matching at the desk: what fits a person, explained, with weights that can be moved, side by
 * side, and as a sheet to take home. The way there is in the address, nothing is stored. Reads:
 * person, opportunity. Neighbours: ask.c (the question), offers.c, sheet.c, people.c (the other way
 * round).
 */
#include "feature/desk/desk.h"

#include "desk.html.h"
#include "desk.text.h"
#include "feature/desk/index.h"
#include "feature/desk/pages.h"

str desk_percent(const struct rq *rq, int64_t percent)
{
    return str_fmt(rq->arena, "%lld", (long long)percent);
}

/* Whether a parameter is part of the question; others are those of one view or form. */
static bool is_question(str name)
{
    return str_eq(name, S("offer")) || str_eq(name, S("words")) || str_eq(name, S("page")) ||
           str_starts(name, S("w_")) || vocab_find(&vocab_accessible, name) >= 0;
}

url desk_back(const struct rq *rq, const struct desk_ask *ask)
{
    const struct http_fields all = rq_given(rq);
    struct http_field *kept = NEW_ARRAY(rq->arena, all.n, struct http_field);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++)
        if (is_question(all.v[i].name) && all.v[i].value.n)
            kept[n++] = all.v[i];
    return link_query(
        rq, str_fmt(rq->arena, "/buero/personen/%lld/passt", (long long)ask->person->id), kept, n);
}

static void crumbs(struct rq *rq, const struct person_row *p)
{
    rq_crumb(rq, t_desk_crumb(rq), link_to(rq, S("/buero/personen")));
    rq_crumb(rq, person_name(rq, p), link_id(rq, S("/buero/personen/"), p->id));
    rq_crumb(rq, t_desk_title(rq), link_id_sub(rq, S("/buero/personen/"), p->id, S("/passt")));
}

static void show_ranking(struct rq *rq, struct desk_ask *ask)
{
    struct desk_match_page page = { .ask = ask, .hards = desk_hards_of(rq, ask) };
    page.basket = desk_basket_of(rq, ask);
    page.offers = desk_ranked(rq, ask, &page.fits);
    page.pages = search_pages(page.fits->total, ask->page, DESK_PER_PAGE);
    view_desk_match(rq, &page);
}

/* GET /buero/personen/{id}/passt: the ranking; view=compare side by side, view=sheet to take home.
 */
static void match(struct rq *rq)
{
    struct desk_ask ask;
    const struct person_row *person = person_get(rq, rq_id(rq));
    str view = rq_param(rq, "view");
    if (!person)
        return;
    rq->personal = true;
    crumbs(rq, person);
    desk_ask_read(rq, person, &ask);
    if (str_eq(view, S("compare")) && ask.n_basket) {
        struct desk_offers offers = desk_basket_of(rq, &ask);
        rq_crumb(rq, t_desk_compare(rq), link_with(rq, "view", view));
        view_desk_compare(rq, &ask, &offers);
    } else if (str_eq(view, S("sheet")) && ask.n_basket) {
        struct desk_sheet sheet = desk_sheet_of(rq, &ask);
        desk_sheet_page(rq, &sheet);
    } else {
        show_ranking(rq, &ask);
    }
}

static const struct param params[] = {
    { "words", "string", "what to look for besides, parted by commas" },
    { "w_field", "integer", "how much the field counts: 0, 50, 100, 200, 400; and so for others" },
    { "offer", "array", "ids of offers in the basket" },
    { "view", "string", "compare, sheet" },
    { "page", "integer", "counts from 1" },
    { 0 },
};

static const struct route routes[] = {
    GET("/buero/personen/{id}/passt", match, CAN(person_handle), .params = params),
    GET("/buero/personen/{id}/vorschlag.pdf", desk_sheet_pdf, CAN(person_handle), .slow = true),
    POST("/buero/personen/{id}/vorschlag", desk_sheet_send, CAN(person_handle)),
    POST("/buero/personen/{id}/vorschlagen", desk_propose, CAN(person_handle)),
    GET("/buero/angebote/{id}/menschen", desk_people, CAN(person_handle)),
    { 0 },
};

const struct feature desk_feature = {
    .name = "desk",
    .routes = routes,
    .start = people_index_start,
    .stop = people_index_stop,
};
