/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The audit trail: append-only, hash-chained, written in the transaction of the change.
 * It names fields, never their values; people appear as an HMAC under a key of their own,
 * which is erased with the person, and the chain still verifies.
 */
#ifndef WEB_AUDIT_H
#define WEB_AUDIT_H

#include "web/rq.h"

/* Who did it, and in which town; actor_id 0 is the program itself. */
struct audit_by {
    int64_t city_id;
    int64_t actor_id;
};
void audit_add(struct tx *tx, struct audit_by by, str action, int64_t object_id, str detail);
/* The usual call of a handler: the person of the request, in the town of the request. */
void audit(const struct rq *rq, struct tx *tx, str action, int64_t object_id, str detail);
/* Recomputes the whole chain; the id of the first broken row, 0 when it holds. */
int64_t audit_verify(struct db *db);
/* Deletes the oldest row, whose id this must be, when its time is over; else does nothing. */
void audit_cut(struct tx *tx, int64_t id);
void audit_forget(struct tx *tx, int64_t account_id);

#endif
