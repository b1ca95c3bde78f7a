/* SPDX-License-Identifier: EUPL-1.2 */
/* The consent ledger. Tables: consent, consent_text. Neighbours: interest (who asks for it). */
#include "feature/consent/consent.h"

#include "base/crypt.h"
#include "consent.sql.h"
#include "web/app.h"
#include "web/erasure.h"
#include "web/merge.h"

static str hash_of(const struct rq *rq, str words)
{
    return crypt_sha256_hex(rq->arena, str_fmt(rq->arena, "%.*s\n%.*s",
                                               STR_FMT(lang_info(rq->lang)->code), STR_FMT(words)));
}

str consent_version(const struct rq *rq, str words)
{
    return str_slice(hash_of(rq, words), 0, 6);
}

void consent_give(struct rq *rq, struct tx *tx, const struct consent_wish *wish)
{
    str hash = hash_of(rq, wish->words);
    consent_text_insert(tx, &(struct consent_text_insert_in){ .id = db_new_id(),
                                                              .city = rq->city->id,
                                                              .hash = hash,
                                                              .purpose = wish->purpose,
                                                              .lang = lang_info(rq->lang)->code,
                                                              .words = wish->words,
                                                              .at = tx->now });
    bool web = !wish->channel.n || str_eq(wish->channel, S("web"));
    struct consent_insert_in in = {
        .id = db_new_id(),
        .city = rq->city->id,
        .purpose = wish->purpose,
        .subject = wish->subject_id,
        .whom = wish->mail.n ? somebody_mark(rq->app, rq->arena, wish->mail) : S(""),
        .text_hash = hash,
        .channel = web ? S("web") : wish->channel,
        .at = wish->given_at ? wish->given_at : tx->now,
        .confirmed_at = web ? 0 : tx->now,
    };
    consent_insert(tx, &in);
}

void consent_confirm(struct rq *rq, struct tx *tx, str purpose, int64_t subject_id)
{
    struct consent_set_confirmed_in in = {
        .at = tx->now, .city = rq->city->id, .purpose = purpose, .subject = subject_id
    };
    consent_set_confirmed(tx, &in);
}

void consent_withdraw(struct rq *rq, struct tx *tx, str purpose, int64_t subject_id)
{
    struct consent_set_withdrawn_in in = {
        .at = tx->now, .city = rq->city->id, .purpose = purpose, .subject = subject_id
    };
    if (consent_set_withdrawn(tx, &in) == 0)
        return;
    for (const struct feature *const *f = rq->app->features; *f; f++)
        if ((*f)->consent_withdrawn)
            (*f)->consent_withdrawn(rq, tx, purpose, subject_id);
}

void consent_end(struct tx *tx, int64_t city_id, str purpose, int64_t subject_id)
{
    struct consent_set_withdrawn_in in = {
        .at = tx->now, .city = city_id, .purpose = purpose, .subject = subject_id
    };
    consent_set_withdrawn(tx, &in);
}

void consent_forget(struct tx *tx, int64_t city_id, str purpose, int64_t subject_id)
{
    consent_delete_unconfirmed(tx, city_id, purpose, subject_id);
}

bool consent_move(struct tx *tx, const struct merge_way *way, int64_t consent_id)
{
    struct consent_move_one_in in = { way->to, way->city_id, consent_id, way->from };
    return consent_move_one(tx, &in) == 1;
}

/*
 * By time a proof is deleted. Who wants to be forgotten withdraws; the proof, which tells nobody
 * who it was, stays as long as somebody could go to court (Art. 17 (3) (e) DSGVO).
 */
static void erase(struct tx *tx, const struct erasure *e)
{
    if (e->why == ERASE_BY_TIME)
        consent_delete(tx, e->id, e->city_id);
    else
        consent_withdraw_one(tx, tx->now, e->id, e->city_id);
}

static const struct erasure_act erasures[] = {
    { "consent", erase },
    { 0 },
};

const struct feature consent_feature = { .name = "consent", .erasures = erasures };
