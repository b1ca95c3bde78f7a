/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The consent ledger: which words somebody agreed to, when, for what purpose, until when. The
 * person appears as an HMAC of the address, so that the ledger outlives the data it is about and
 * proves a consent to whoever names the address, but tells nobody. Art. 7 (1) DSGVO.
 */
#ifndef FEATURE_CONSENT_H
#define FEATURE_CONSENT_H

#include "web/feature.h"

extern const struct feature consent_feature;

struct merge_way;

struct consent_wish {
    str purpose;        /* "interest" */
    int64_t subject_id; /* the record that the consent is about */
    str mail;           /* whose consent */
    str words;          /* exactly as shown */
    /*
     * Empty or "web": holds when consent_confirm says so. "office" (somebody of the office heard
     * it), "paper", "import" (a list that was taken over says so): holds at once. Without address
     * nobody can be named it but by its subject.
     */
    str channel;
    int64_t given_at; /* of one that was given before it came here; 0: now */
};

/* In the transaction that stores what the consent is about. */
void consent_give(struct rq *rq, struct tx *tx, const struct consent_wish *wish);
/* By the mailed link: the address is theirs. */
void consent_confirm(struct rq *rq, struct tx *tx, str purpose, int64_t subject_id);
void consent_withdraw(struct rq *rq, struct tx *tx, str purpose, int64_t subject_id);
/* What it was about is gone: from now on it only proves that it was given. */
void consent_end(struct tx *tx, int64_t city_id, str purpose, int64_t subject_id);
/* What was never confirmed is forgotten. */
void consent_forget(struct tx *tx, int64_t city_id, str purpose, int64_t subject_id);
/* Two records turn out to be the same subject (web/merge.h): one consent goes over. */
bool consent_move(struct tx *tx, const struct merge_way *way, int64_t consent_id);
/* A short name of a wording, shown beside it: "Fassung 3f9a12". */
str consent_version(const struct rq *rq, str words);

#endif
