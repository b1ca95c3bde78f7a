/* SPDX-License-Identifier: EUPL-1.2 */
/* Mailed links. */
#include "web/token.h"

#include "base/clock.h"
#include "base/crypt.h"
#include "web.sql.h"

#define TOKEN_BYTES 16

url token_new(struct rq *rq, struct tx *tx, str purpose, int64_t subject_id, int64_t seconds)
{
    str text = crypt_token(rq->arena, TOKEN_BYTES);
    link_insert(tx, &(struct link_insert_in){ .id = db_new_id(),
                                              .city = rq->city->id,
                                              .hash = crypt_sha256_hex(rq->arena, text),
                                              .purpose = purpose,
                                              .subject = subject_id,
                                              .created_at = tx->now,
                                              .expires_at = tx->now + seconds });
    return link_absolute(rq, link_to(rq, str_join(rq->arena, S("/l/"), text)));
}

bool token_find(struct rq *rq, str text, struct token *token)
{
    const struct link_row *row = link_find(rq->db, rq->city->id, crypt_sha256_hex(rq->arena, text));
    if (!row)
        return false;
    *token = (struct token){ .id = row->id,
                             .purpose = row->purpose,
                             .subject_id = row->subject_id,
                             .expired = row->expires_at <= clock_now(),
                             .used = row->used_at != 0 };
    return true;
}

bool token_use(struct rq *rq, struct tx *tx, const struct token *token)
{
    return !token->expired && link_use(tx, tx->now, token->id, rq->city->id) == 1;
}
