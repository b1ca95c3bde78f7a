/* SPDX-License-Identifier: EUPL-1.2 */
/* Rules for passwords (NIST SP 800-63B-4, ASVS 5.0 V6.2), and checking them evenly. */
#include "feature/account/password.h"

#include "base/crypt.h"
#include "base/utf8.h"

/*
 * The hash of 32 random bytes that nobody kept. All accounts are hashed at the staff's
 * cost, so that neither existence nor rank shows in the time.
 */
static const str decoy = STR_INIT("$argon2id$v=19$m=65536,t=3,p=1$tFBR1cq6gbnclsPKq29igQ"
                                  "$oeUOzUOCc8lQxelYExaWortlJ6GOH455E6FRRLcCLVM");

#define LEAST_DIFFERENT 4
/* A password that is nothing but a context word and so few characters more is refused. */
#define CONTEXT_REST  5
#define CONTEXT_LEAST 4

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

/* "12345678", "qwertzui", "abcdefgh", forwards or backwards. */
static bool is_row(str folded)
{
    static const str rows[] = {
        STR_INIT("01234567890123456789"),       STR_INIT("98765432109876543210"),
        STR_INIT("abcdefghijklmnopqrstuvwxyz"), STR_INIT("zyxwvutsrqponmlkjihgfedcba"),
        STR_INIT("qwertzuiopasdfghjklyxcvbnm"), STR_INIT("qwertyuiopasdfghjklzxcvbnm"),
        STR_INIT("1qay2wsx3edc4rfv5tgb6zhn"),   STR_INIT("1q2w3e4r5t6z7u8i9o0p"),
        STR_INIT("1q2w3e4r5t6y7u8i9o0p"),
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (folded.n && str_find(rows[i], folded) >= 0)
            return true;
    return false;
}

/* Letters and digits only, folded: "Petra Muster" is "petramuster". */
static str squeezed(struct arena *a, str s)
{
    str folded = utf8_fold(a, s);
    char *p = arena_bytes(a, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++)
        if (folded.p[i] != ' ')
            p[n++] = folded.p[i];
    return (str){ p, n };
}

/* "Luebeck2026!" is the town and a little more. */
static bool is_about(struct arena *a, str folded, str word)
{
    str f = squeezed(a, word);
    return f.n >= CONTEXT_LEAST && str_find(folded, f) >= 0 && folded.n <= f.n + CONTEXT_REST;
}

/* An address is tried whole, by its name and by its host. */
static bool is_about_any(struct arena *a, str folded, str words)
{
    str part;
    if (is_about(a, folded, words))
        return true;
    while (str_next(&words, '@', &part))
        if (is_about(a, folded, part))
            return true;
    return false;
}

enum password_fault password_check(struct arena *a, str password,
                                   const struct password_context *context)
{
    size_t n = utf8_count(password);
    if (n < PASSWORD_LEAST)
        return PASSWORD_SHORT;
    if (n > PASSWORD_MOST)
        return PASSWORD_LONG;
    str folded = squeezed(a, password);
    if (different(password) < LEAST_DIFFERENT || is_row(folded))
        return PASSWORD_REPEATED;
    static const str ours[] = {
        STR_INIT("tandem"),   STR_INIT("ehrenamt"), STR_INIT("passwort"),
        STR_INIT("password"), STR_INIT("geheim"),   STR_INIT("willkommen")
    };
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (is_about(a, folded, ours[i]))
            return PASSWORD_CONTEXT;
    for (size_t i = 0; i < context->n; i++)
        if (is_about_any(a, folded, context->words[i]))
            return PASSWORD_CONTEXT;
    return PASSWORD_GOOD;
}

str password_fault_text(const struct rq *rq, enum password_fault fault)
{
    switch (fault) {
    case PASSWORD_SHORT:
        return t_account_error_password_short(rq, PASSWORD_LEAST);
    case PASSWORD_LONG:
        return t_account_error_password_long(rq, PASSWORD_MOST);
    case PASSWORD_REPEATED:
        return t_account_error_password_repeated(rq);
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
