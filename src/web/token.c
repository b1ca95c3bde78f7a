/* SPDX-License-Identifier: EUPL-1.2 */
/* Mailed links. */
#include "web/token.h"

#include "base/clock.h"
#include "base/crypt.h"
#include "web.sql.h"

#define TOKEN_BYTES 16
#define REMEMBERED  (7 * 86400)

url token_new(struct rq *rq, struct tx *tx, const struct token_wish *wish)
{
    str text = crypt_token(rq->arena, TOKEN_BYTES);
    int64_t until = tx->now + wish->seconds;
    struct link_insert_in in = { .id = db_new_id(),
                                 .city = rq->city->id,
                                 .hash = crypt_sha256_hex(rq->arena, text),
                                 .purpose = wish->purpose,
                                 .subject = wish->subject_id,
                                 .mail = wish->mail,
                                 .created_at = tx->now,
                                 .expires_at = until,
                                 .forget_at =
                                     until + (wish->remembered ? wish->remembered : REMEMBERED) };
    link_insert(tx, &in);
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
                             .mail = row->mail,
                             .expired = row->expires_at <= clock_now(),
                             .used = row->used_at != 0,
                             .revoked = row->revoked_at != 0 };
    return true;
}

bool token_use(struct rq *rq, struct tx *tx, const struct token *token)
{
    return !token->expired && link_use(tx, tx->now, token->id, rq->city->id) == 1;
}

bool token_touch(struct rq *rq, struct tx *tx, const struct token *token)
{
    return !token->expired && link_touch(tx, tx->now, token->id, rq->city->id) == 1;
}

int64_t token_revoke(struct tx *tx, int64_t city_id, str purpose, int64_t subject_id)
{
    return link_revoke(
        tx, &(struct link_revoke_in){
                .at = tx->now, .city = city_id, .purpose = purpose, .subject = subject_id });
}

url token_page(const struct rq *rq, str part)
{
    return link_to(rq, str_fmt(rq->arena, "/l/%.*s%s%.*s", STR_FMT(rq_segment(rq, 0)),
                               part.n ? "/" : "", STR_FMT(part)));
}
