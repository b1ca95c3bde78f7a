/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The second step. Tables: account_totp (of web), account_recovery. Neighbours: step.c (asks
 * for the code at sign-in), second.c (turning it on and off), web/totp.c (the codes).
 */
#include "feature/account/factor.h"

#include "account.sql.h"
#include "account.text.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/out.h"
#include "web.sql.h"
#include "web/app.h"
#include "web/limit.h"
#include "web/seal.h"
#include "web/totp.h"

/*
 * Wrong codes of one account: five, then one in 30 seconds; after thirty one in half an hour.
 * Guessing goes on at 50 of a million a day then. Only who knows the password, or reads the
 * mail, comes as far as to a code, so nobody else is slowed down by it.
 */
static const struct limit_rule some_wrong = { "second_step", 5, 30 };
static const struct limit_rule many_wrong = { "second_step.many", 30, 1800 };

#define OFFER_SECONDS 1200
/* 32 letters and digits that are not mistaken for each other: 60 bits in twelve. */
#define RECOVERY_LENGTH  12
#define RECOVERY_LETTERS "abcdefghijkmnpqrstuvwxyz23456789"

bool factor_is_on(struct db *db, int64_t account_id)
{
    return totp_of_account(db, account_id) != NULL;
}

/* ---- secrets ---- */

/*
 * What a form carries while the second step is set up: "account until secret", sealed, of no use
 * to another account, or later. What is stored is sealed by web/seal.h.
 */
static str seal(struct rq *rq, int64_t account_id, int64_t until, str secret)
{
    uint8_t key[CRYPT_KEY_BYTES];
    crypt_subkey(rq->app->key, S("second step"), key);
    str plain = str_fmt(rq->arena, "%lld %lld %.*s", (long long)account_id, (long long)until,
                        STR_FMT(secret));
    return crypt_base64url(rq->arena, crypt_seal(rq->arena, key, plain));
}

/* The secret; empty when it is not for this account, or its time is over (0: has none). */
static str opened(const struct app *app, struct arena *a, int64_t account_id, str offer)
{
    uint8_t key[CRYPT_KEY_BYTES];
    str bytes = S("");
    crypt_subkey(app->key, S("second step"), key);
    if (!crypt_from_base64url(a, offer, &bytes))
        return S("");
    str plain = crypt_open(a, key, bytes);
    str whose = S("");
    str until_text = S("");
    int64_t id = 0;
    int64_t until = 0;
    bool good = str_next(&plain, ' ', &whose) && str_next(&plain, ' ', &until_text) &&
                str_to_i64(whose, &id) && str_to_i64(until_text, &until);
    if (!good || id != account_id || (until && until < clock_now()))
        return S("");
    return plain;
}

str factor_offer(struct rq *rq, str secret)
{
    return seal(rq, rq->who.account_id, clock_now() + OFFER_SECONDS, secret);
}

str factor_offered(struct rq *rq, str offer)
{
    return opened(rq->app, rq->arena, rq->who.account_id, offer);
}

static struct seal_place place_of(int64_t account_id)
{
    return (struct seal_place){ "account_totp.secret", account_id };
}

/* Secrets from before the keys had numbers. */
static void seal_old(struct tx *tx, void *ctx)
{
    struct app *app = ctx;
    struct totp_row_rows rows = totp_old(&tx->db);
    for (size_t i = 0; i < rows.n; i++) {
        int64_t id = rows.v[i].account_id;
        str secret = opened(app, tx->db.arena, id, rows.v[i].secret.box);
        if (secret.n)
            totp_set_secret(tx, seal_close(app, tx, place_of(id), secret), id);
    }
}

enum err factor_seal_old(struct app *app)
{
    struct arena a;
    arena_init(&a, 0);
    enum err e = tx_do(app->store, &a, seal_old, app);
    arena_free(&a);
    return e;
}

/* ---- codes ---- */

/* Without what people put between the groups; in lower case. */
static str bare(struct arena *a, str typed)
{
    char *p = arena_bytes(a, typed.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c | 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            p[n++] = c;
    }
    return (str){ p, n };
}

static str recovery_hash(const struct app *app, struct arena *a, int64_t account_id, str code)
{
    str key = { (const char *)app->key, sizeof app->key };
    return crypt_hmac_hex(a, key,
                          str_fmt(a, "recovery %lld %.*s", (long long)account_id, STR_FMT(code)));
}

static bool take_app_code(struct rq *rq, struct tx *tx, int64_t account_id, str code)
{
    const struct totp_row *row = totp_of_account(&tx->db, account_id);
    if (!row)
        return false;
    struct totp_moment moment = { tx->now, row->last_step };
    str secret = S("");
    if (!seal_open(rq->app, rq->arena, place_of(account_id), row->secret, &secret))
        return false;
    int64_t step = totp_find(rq->arena, secret, code, moment);
    return step && totp_set_step(tx, step, account_id) == 1;
}

static bool take_recovery_code(struct rq *rq, struct tx *tx, int64_t account_id, str code)
{
    return recovery_use(tx, tx->now, account_id,
                        recovery_hash(rq->app, rq->arena, account_id, code)) == 1;
}

enum factor_answer factor_take(struct rq *rq, struct tx *tx, int64_t account_id, str typed)
{
    uint64_t key = (uint64_t)account_id;
    str code = bare(rq->arena, typed);
    if (limit_take(rq->app->limits, &some_wrong, key) ||
        limit_take(rq->app->limits, &many_wrong, key))
        return FACTOR_WAIT;
    enum factor_answer answer = FACTOR_WRONG;
    if (code.n == TOTP_DIGITS && take_app_code(rq, tx, account_id, code))
        answer = FACTOR_GOOD;
    else if (code.n == RECOVERY_LENGTH && take_recovery_code(rq, tx, account_id, code))
        answer = FACTOR_RECOVERY;
    if (answer == FACTOR_WRONG)
        return answer;
    limit_forget(rq->app->limits, &some_wrong, key);
    limit_forget(rq->app->limits, &many_wrong, key);
    return answer;
}

str factor_problem(const struct rq *rq, enum factor_answer answer)
{
    return answer == FACTOR_WAIT ? t_account_error_later(rq) : t_account_error_code(rq);
}

/* ---- on and off ---- */

bool factor_start(struct rq *rq, struct tx *tx, str secret, str typed)
{
    int64_t id = rq->who.account_id;
    struct totp_moment moment = { tx->now, 0 };
    int64_t step = totp_find(rq->arena, secret, bare(rq->arena, typed), moment);
    if (!step)
        return false;
    totp_insert(tx,
                &(struct totp_insert_in){ .account = id,
                                          .secret = seal_close(rq->app, tx, place_of(id), secret),
                                          .step = step,
                                          .at = tx->now });
    return true;
}

void factor_stop(struct tx *tx, int64_t account_id)
{
    recovery_delete(tx, account_id);
    totp_delete(tx, account_id);
}

/* "abcd-efgh-jkmn" */
static str recovery_new(struct arena *a)
{
    struct out o = out_new(a, 0);
    uint8_t bytes[RECOVERY_LENGTH];
    crypt_random(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (i && i % 4 == 0)
            out_char(&o, '-');
        out_char(&o, RECOVERY_LETTERS[bytes[i] % 32]);
    }
    return out_text(&o);
}

struct factor_codes factor_codes_new(struct rq *rq, struct tx *tx, int64_t account_id)
{
    struct factor_codes codes;
    recovery_delete(tx, account_id);
    for (size_t i = 0; i < FACTOR_RECOVERY_CODES; i++) {
        codes.v[i] = recovery_new(rq->arena);
        recovery_insert(tx, db_new_id(), account_id,
                        recovery_hash(rq->app, rq->arena, account_id, bare(rq->arena, codes.v[i])));
    }
    return codes;
}
