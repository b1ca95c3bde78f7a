/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The style page of a town: the parts of ui/README.md in its colours, filled with its own offers.
 * Listed nowhere. It also answers in languages that the town does not offer, so that fallback
 * texts and writing from right to left (?lang=ar) can be looked at, and are tested.
 */
#include "feature/style/style.h"

#include "feature/opportunity/opportunity.h"
#include "feature/search/search.h"
#include "style.html.h"
#include "style.text.h"
#include "web.text.h"

/* GET /stil */
static void page(struct rq *rq)
{
    struct rq as = *rq; /* a language for this page only: it is not kept in the cookie */
    struct search_result found = { 0 };
    struct opp_form form = { .title = S(""), .grid = 1 };
    lang_parse(rq_param(rq, "lang"), &as.lang);
    search_run(&as, &found);
    const struct opp_card **cards = NEW_ARRAY(rq->arena, found.hit_count, const struct opp_card *);
    for (size_t i = 0; i < found.hit_count; i++)
        cards[i] = opp_card_get(rq->db, rq->city->id, found.hits[i].id, opportunity_fresh_since());
    rq_crumb(&as, t_style_title(&as), link_to(rq, S("/stil")));
    rq_error(&as, "title", t_form_error_required(&as));
    rq_error(&as, "valid_until", t_form_error_day(&as));
    view_style(&as, &found, cards, &form);
}

static const struct route routes[] = {
    GET("/stil", page, ANYONE, .params = search_params),
    { 0 },
};

const struct feature style_feature = { .name = "style", .routes = routes };
