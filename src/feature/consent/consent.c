/* SPDX-License-Identifier: EUPL-1.2 */
/* The consent ledger. Tables: consent, consent_text. Neighbours: interest (who asks for it). */
#include "feature/consent/consent.h"

#include "base/crypt.h"
#include "consent.sql.h"
#include "consent.sql.web.h"
#include "web/app.h"
#include "web/job.h"
#include "web/json.h"

#define KEPT (3 * 366 * (int64_t)86400)

static str hash_of(const struct rq *rq, str words)
{
    return crypt_sha256_hex(rq->arena, str_fmt(rq->arena, "%.*s\n%.*s",
                                               STR_FMT(lang_info(rq->lang)->code), STR_FMT(words)));
}

static str whom(const struct rq *rq, str mail)
{
    str key = { (const char *)rq->app->key, sizeof rq->app->key };
    return crypt_hmac_hex(rq->arena, key, str_join(rq->arena, S("consent of "), mail));
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
    consent_insert(tx, &(struct consent_insert_in){ .id = db_new_id(),
                                                    .city = rq->city->id,
                                                    .purpose = wish->purpose,
                                                    .subject = wish->subject_id,
                                                    .whom = whom(rq, wish->mail),
                                                    .text_hash = hash,
                                                    .channel = S("web"),
                                                    .at = tx->now });
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
    consent_set_withdrawn(tx, &in);
}

void consent_forget(struct tx *tx, int64_t city_id, str purpose, int64_t subject_id)
{
    consent_delete_unconfirmed(tx, city_id, purpose, subject_id);
}

static void person_export(struct rq *rq, int64_t account_id, struct json *j)
{
    (void)account_id;
    if (!rq->who.mail.n)
        return;
    struct consent_row_rows rows = consent_of(rq->db, whom(rq, rq->who.mail));
    json_key(j, S("consents"));
    json_array(j);
    for (size_t i = 0; i < rows.n; i++)
        consent_row_json(j, &rows.v[i]);
    json_array_end(j);
}

static void tidy(struct job_run *job)
{
    struct tx tx;
    if (tx_begin(job->app->store, job->arena, &tx) != ERR_OK) {
        job_failed(job, S("no database"));
        return;
    }
    int64_t gone = consent_delete_old(&tx, job->now - KEPT);
    if (tx_commit(&tx) != ERR_OK)
        job_failed(job, S("not committed"));
    else
        job_result(job, str_fmt(job->arena, "%lld consents", (long long)gone));
}

static const struct job jobs[] = {
    { .name = "consent.tidy",
      .doc = "Forgets proofs of consents that ended long ago",
      .hour = 3,
      .run = tidy },
    { 0 },
};

const struct feature consent_feature = { .name = "consent",
                                         .jobs = jobs,
                                         .person_export = person_export };
