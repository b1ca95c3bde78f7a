/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who fits an offer, of those who agreed to be proposed. The index of people finds them; then each
 * is looked at as on their own page, with their words and what they would rather not, and asked of
 * the ledger once more. Neighbours: index.c.
 */
#include "base/vec.h"
#include "desk.html.h"
#include "desk.text.h"
#include "feature/desk/index.h"
#include "feature/desk/pages.h"

/* So many of the best are looked at one by one, and shown. */
#define MOST 50

static void put_fit(struct rq *rq, struct desk_people_page *page, int64_t id)
{
    struct desk_ask ask;
    const struct person_row *p = person_find(rq->db, rq->city->id, id);
    if (!p || !person_proposable(p, clock_today()))
        return;
    desk_ask_of(rq, p, &ask);
    const struct match_verdict *v = search_judge(rq, &ask.profile, &page->offer->id, 1);
    struct desk_offer o;
    if (!v->known || v->excluded || !desk_offer_of(rq, &ask, &v->fit, &o))
        return;
    *vec_add(rq->arena, page) = (struct desk_fit){ .person = p,
                                                   .reasons = o.reasons,
                                                   .score = o.score,
                                                   .has_distance = o.hit.has_distance,
                                                   .km = o.hit.distance_km };
}

/* Best first; who is as good comes in the order of the index. */
static void sort(struct desk_people_page *page)
{
    for (size_t i = 1; i < page->n; i++) {
        struct desk_fit fit = page->v[i];
        size_t k = i;
        for (; k > 0 && page->v[k - 1].score < fit.score; k--)
            page->v[k] = page->v[k - 1];
        page->v[k] = fit;
    }
}

/* GET /buero/angebote/{id}/menschen */
void desk_people(struct rq *rq)
{
    struct desk_people_page page = { .offer = opp_get(rq->db, rq->city->id, rq_id(rq)) };
    struct match_offer *offer = NEW(rq->arena, struct match_offer);
    if (!page.offer || !search_offer(rq, page.offer->id, offer)) {
        rq_not_found(rq);
        return;
    }
    rq->personal = true;
    struct people_query q = { .offer = offer, .count = true, .limit = MOST };
    const struct people_fits *found = people_index_find(rq, &q);
    page.total = found->total;
    page.open = str_eq(page.offer->state, S("published"));
    for (size_t i = 0; page.open && i < found->n; i++)
        put_fit(rq, &page, found->v[i].id);
    sort(&page);
    rq_crumb(rq, t_opp_office_title(rq), link_to(rq, S("/buero/angebote")));
    rq_crumb(rq, page.offer->title, link_id(rq, S("/buero/angebote/"), page.offer->id));
    rq_crumb(rq, t_desk_people(rq),
             link_id_sub(rq, S("/buero/angebote/"), page.offer->id, S("/menschen")));
    view_desk_people(rq, &page);
}
