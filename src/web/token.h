/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mailed links: 128 random bits that are the key to one purpose for a while. Only their
 * hash is stored. GET shows what the link is for, POST acts (mail scanners open links).
 */
#ifndef WEB_TOKEN_H
#define WEB_TOKEN_H

#include "web/rq.h"

/* A new link /l/{token} for a purpose, absolute. Purposes are features' own words. */
url token_new(struct rq *rq, struct tx *tx, str purpose, int64_t subject_id, int64_t seconds);

struct token {
    int64_t id;
    str purpose;
    int64_t subject_id;
    bool expired;
    bool used;
};

/* What a token is for, in the town of the request; false when there is no such token. */
bool token_find(struct rq *rq, str text, struct token *token);
/* Uses it up: true for exactly one caller. */
bool token_use(struct rq *rq, struct tx *tx, const struct token *token);

#endif
