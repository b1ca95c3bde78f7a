/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a provider says about a person: an ID token of OpenID Connect Core 1.0, checked by its
 * section 3.1.3.7. Only what has passed all checks comes out.
 */
#ifndef FEATURE_ACCOUNT_ID_TOKEN_H
#define FEATURE_ACCOUNT_ID_TOKEN_H

#include "base/str.h"

struct arena;
struct json_in;

/* What must be true of it. */
struct id_token_want {
    const struct json_in *keys; /* the provider's key set (RFC 7517) */
    str issuer;
    str client_id;
    str nonce;
    str access_token; /* that came along: at_hash is about it */
    str strong;       /* words of `amr` or `acr` that stand for a second step, by blanks */
    int64_t now;
    int64_t proven_since; /* the person has proven who they are since then; 0: whenever */
};

struct id_token {
    str subject;
    str mail; /* lower case; may be empty */
    bool mail_verified;
    bool strong;
    int64_t proven_at; /* 0: the provider does not say */
};

enum id_token_fault {
    ID_TOKEN_GOOD,
    ID_TOKEN_KEY, /* no key of that name: the provider may have new ones */
    ID_TOKEN_FORM,
    ID_TOKEN_ALG,
    ID_TOKEN_SIGNATURE,
    ID_TOKEN_ISSUER,
    ID_TOKEN_AUDIENCE,
    ID_TOKEN_TIME,
    ID_TOKEN_NONCE,
    ID_TOKEN_HASH,
    ID_TOKEN_PROOF, /* proven too long ago, or the provider does not say when */
};

/* A word for the log. */
str id_token_fault_name(enum id_token_fault fault);
/* *token is filled only by ID_TOKEN_GOOD. */
enum id_token_fault id_token_open(struct arena *a, str text, const struct id_token_want *want,
                                  struct id_token *token);

#endif
