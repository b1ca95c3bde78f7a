/* SPDX-License-Identifier: EUPL-1.2 */
/* A GET handler has nothing to write with, a POST handler no place under GET, no route is open. */
#include "web.sql.h"
#include "web/feature.h"

void show(struct rq *rq);
void save(struct rq *rq, struct tx *tx);

void show(struct rq *rq)
{
    (void)rq;
#ifdef REFUSED
    /* refuse: incompatible */
    event_forget_account(rq->db, 1);
#endif
}

void save(struct rq *rq, struct tx *tx)
{
    (void)rq;
    event_forget_account(tx, 1);
}

extern const struct route good[];
const struct route good[] = {
    GET("/angebote", show, ANYONE),
    POST("/angebote", save, SIGNED_IN),
    { 0 },
};

#ifdef REFUSED
/* refuse: incompatible */
const struct route writing_get = GET("/angebote/neu", save, ANYONE);
/* refuse: incompatible */
const struct route reading_post = POST("/angebote/neu", show, ANYONE);
/* refuse: arguments */
const struct route without_rule = GET("/angebote/neu", show);
/* refuse: undeclared */
const struct route unknown_rule = GET("/angebote/neu", show, CAN(fly));
#endif
