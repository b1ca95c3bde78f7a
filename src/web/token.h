/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mailed links: 128 random bits that are the key to one purpose for a while, in one town.
 * Only their hash is stored. GET shows what the link is for, POST acts (mail scanners open
 * links). What a link does is in the table `links` of the feature that gives it
 * (struct mailed_link in web/feature.h); the pages under /l/ belong to feature/account.
 *
 * A token is never logged and never part of another address; its pages are not kept by
 * anybody and send no referrer (`secret` in struct route).
 */
#ifndef WEB_TOKEN_H
#define WEB_TOKEN_H

#include "web/rq.h"

/* What a link is to be. */
struct token_wish {
    str purpose;        /* of a struct mailed_link */
    int64_t subject_id; /* what it opens: an account, an offer, … */
    int64_t seconds;    /* how long */
    str mail;           /* whose key it is, checked by mail_valid; empty: whoever has it */
    int64_t remembered; /* seconds after its end in which it is known as over; 0: a week */
};

/* A new link /l/{token}, absolute, for a mail. This is the only time that it can be read. */
url token_new(struct rq *rq, struct tx *tx, const struct token_wish *wish);

struct token {
    int64_t id;
    str purpose;
    int64_t subject_id;
    str mail; /* to which it was sent; may be empty */
    bool expired;
    bool used; /* at least once */
    bool revoked;
};

/* What a token is for, in the town of the request; false when there is no such token. */
bool token_find(struct rq *rq, str text, struct token *token);
/* Uses it up: true for exactly one caller. */
bool token_use(struct rq *rq, struct tx *tx, const struct token *token);
/* Uses a link that lasts: true as long as it has neither expired nor been taken back. */
bool token_touch(struct rq *rq, struct tx *tx, const struct token *token);
/* Takes all links of a purpose to a subject back; how many there were. */
int64_t token_revoke(struct tx *tx, int64_t city_id, str purpose, int64_t subject_id);

/*
 * The address of the link by which this request came, or of a page below it ("edit"; empty:
 * the link itself). For forms and redirects of its own pages, not for mails.
 */
url token_page(const struct rq *rq, str part);

#endif
