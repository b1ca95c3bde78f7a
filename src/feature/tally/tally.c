/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Statistics of offers. Table: tally. Neighbours: opportunity (whose page is counted, and where
 * the figures are linked from), interest (counts what was confirmed).
 */
#include "feature/tally/pages.h"
#include "tally.text.h"

/* Whose offer it is. */
static int64_t owner(struct rq *rq)
{
    const struct tally_offer_row *row = tally_offer(rq->db, rq->city->id, rq_id(rq));
    return row ? row->organisation_id : 0;
}

static const struct route routes[] = {
    GET("/buero/angebote/{id}/statistik", tally_desk, CAN_OWN(opportunity_edit, owner)),
    GET("/buero/statistik", tally_all, CAN(opportunity_edit)),
    POST("/buero/statistik/export", tally_export, CAN(opportunity_edit)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_tally_nav,
      .path = "/buero/statistik",
      .kind = ACCESS_CAN,
      .permission = PERM_opportunity_edit,
      .office = true,
      .menu = NAV_SELDOM,
      .order = 28 },
    { 0 },
};

const struct feature tally_feature = {
    .name = "tally",
    .routes = routes,
    .nav = nav,
    .start = tally_start,
    .stop = tally_stop,
};
