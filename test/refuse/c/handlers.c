/* SPDX-License-Identifier: EUPL-1.2 */
/* A GET handler cannot write, a POST handler is none for GET, no route goes without rule. */
#include "web.sql.h"
#include "web/feature.h"

static void page(struct rq *rq)
{
    account_by_id(rq->db, 1);
#ifdef REFUSED
    /* refuse: incompatible */
    account_delete(rq, 1);
    /* refuse: incompatible */
    account_delete(rq->db, 1);
    /* refuse: no member named */
    account_delete(rq->tx, 1);
#endif
}

static void act(struct rq *rq, struct tx *tx)
{
    (void)rq;
    account_delete(tx, 1);
}

const struct route good[] = { GET("/a", page, ANYONE), POST("/a", act, SIGNED_IN), { 0 } };
#ifdef REFUSED
/* refuse: incompatible */
const struct route one[] = { GET("/b", act, ANYONE) };
/* refuse: incompatible */
const struct route two[] = { POST("/c", page, ANYONE) };
/* refuse: arguments */
const struct route three[] = { GET("/d", page) };
/* refuse: undeclared */
const struct route four[] = { GET("/e", page, CAN(anything_at_all)) };
#endif
