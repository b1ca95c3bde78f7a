/* SPDX-License-Identifier: EUPL-1.2 */
/* Rules for passwords (NIST SP 800-63B-4, ASVS 5.0 V6.2), and checking them evenly. */
#include "feature/account/password.h"

#include "account.text.h"
#include "base/crypt.h"
#include "base/utf8.h"

/*
 * The hash of 32 random bytes that nobody kept. All accounts are hashed at the staff's
 * cost, so that neither existence nor rank shows in the time.
 */
static const str decoy = STR_INIT("$argon2id$v=19$m=65536,t=3,p=1$tFBR1cq6gbnclsPKq29igQ"
                                  "$oeUOzUOCc8lQxelYExaWortlJ6GOH455E6FRRLcCLVM");

#define LEAST_DIFFERENT 4

/* Bytes that differ: enough to see "aaaaaaaa" and "abababab". */
static size_t different(str s)
{
    uint64_t seen[4] = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        uint64_t bit = (uint64_t)1 << (c & 63);
        n += !(seen[c >> 6] & bit);
        seen[c >> 6] |= bit;
    }
    return n;
}

int64_t password_least(const struct password_context *context)
{
    return context->staff ? PASSWORD_STAFF_LEAST : PASSWORD_LEAST;
}

enum password_fault password_check(struct arena *a, str password,
                                   const struct password_context *context)
{
    int64_t n = (int64_t)utf8_count(password);
    if (n < password_least(context))
        return PASSWORD_SHORT;
    if (n > PASSWORD_MOST)
        return PASSWORD_LONG;
    str squeezed = easy_squeezed(a, password);
    if (different(password) < LEAST_DIFFERENT || easy_repeats(password) || easy_repeats(squeezed) ||
        (squeezed.n && easy_is_row(squeezed)))
        return PASSWORD_REPEATED;
    if (easy_to_guess(a, password, (struct easy_words){ 0 }))
        return PASSWORD_COMMON;
    if (easy_to_guess(a, password, context->words))
        return PASSWORD_CONTEXT;
    return PASSWORD_GOOD;
}

str password_fault_text(const struct rq *rq, enum password_fault fault, int64_t least)
{
    switch (fault) {
    case PASSWORD_SHORT:
        return t_account_error_password_short(rq, least);
    case PASSWORD_LONG:
        return t_account_error_password_long(rq, PASSWORD_MOST);
    case PASSWORD_REPEATED:
        return t_account_error_password_repeated(rq);
    case PASSWORD_COMMON:
        return t_account_error_password_common(rq);
    case PASSWORD_CONTEXT:
        return t_account_error_password_context(rq);
    case PASSWORD_GOOD:
        break;
    }
    return S("");
}

bool password_matches(str phc, str password)
{
    bool good = crypt_password_verify(phc.n ? phc : decoy, password);
    return good && phc.n;
}

str password_hash(struct arena *a, str password)
{
    return crypt_password_hash(a, password, true);
}
