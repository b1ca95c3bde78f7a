/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Passwords: which are refused, and checking one at a cost that does not tell whether the
 * account exists (ASVS 5.0, 6.2 and 6.3.8). Only `prepare` handlers may check or hash.
 */
#ifndef FEATURE_ACCOUNT_PASSWORD_H
#define FEATURE_ACCOUNT_PASSWORD_H

#include "feature/account/easy.h"
#include "web/rq.h"

#define PASSWORD_LEAST       8  /* characters; fewer are refused */
#define PASSWORD_STAFF_LEAST 12 /* … of who holds a role */
#define PASSWORD_ADVISED     15 /* what the page recommends */
#define PASSWORD_MOST        128

enum password_fault {
    PASSWORD_GOOD,
    PASSWORD_SHORT,
    PASSWORD_LONG,
    PASSWORD_REPEATED, /* few different characters, or a row of the keyboard or alphabet */
    PASSWORD_COMMON,   /* made of words and digits that are tried first (easy.h) */
    PASSWORD_CONTEXT,  /* … together with the mail address, the name, the town */
};

struct password_context {
    struct easy_words words; /* that everybody would try first for this person */
    bool staff;
};

/* Fewest characters. */
int64_t password_least(const struct password_context *context);

enum password_fault password_check(struct arena *a, str password,
                                   const struct password_context *context);
/* What to say about a fault at the field. */
str password_fault_text(const struct rq *rq, enum password_fault fault, int64_t least);

/*
 * Whether the password belongs to the hash. An empty hash (no such account, or one without
 * password) takes as long and gives false.
 */
bool password_matches(str phc, str password);
str password_hash(struct arena *a, str password);

#endif
