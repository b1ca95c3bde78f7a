/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Known browsers, and how often a password may be tried. Nothing is stored: the cookie holds
 * a random number and an HMAC over it and the address, the tries are in memory (web/limit.h).
 * There is no lock: pauses grow, for each pair of address and source, and end by themselves.
 */
#include "feature/account/browser.h"

#include "base/crypt.h"
#include "web/app.h"
#include "web/limit.h"
#include "web/session.h"

#define COOKIE        S("tandem-known")
#define KNOWN_SECONDS (365 * 86400)
#define NUMBER_BYTES  16

/*
 * Three buckets on top of each other make a pause that grows: five tries at once; then one in
 * 30 seconds; after 15 one in two minutes; after 40 one in a quarter of an hour.
 */
static const struct limit_rule from_here[] = {
    { "password.here", 5, 30 },
    { "password.here.more", 15, 120 },
    { "password.here.most", 40, 900 },
};
static const struct limit_rule from_known[] = {
    { "password.known", 5, 30 },
    { "password.known.more", 15, 120 },
    { "password.known.most", 40, 900 },
};
#define RULES 3
/* One address, from all unknown browsers of the world together. */
static const struct limit_rule from_anywhere = { "password.anywhere", 50, 300 };
/* All addresses, from one household or office; for browsers that are not known there. */
static const struct limit_rule any_address = { "password.source", 30, 10 };

/* Mailed links, so that nobody's mailbox is flooded; who asks at a known browser gets theirs. */
static const struct limit_rule mail_known = { "sign_in.mail.known", 3, 300 };
static const struct limit_rule mail_anywhere = { "sign_in.mail", 3, 300 };

static str mark_of(const struct rq *rq, str mail, str number)
{
    str key = { (const char *)rq->app->key, sizeof rq->app->key };
    return str_slice(
        crypt_hmac_hex(rq->arena, key,
                       str_fmt(rq->arena, "known %.*s %.*s", STR_FMT(number), STR_FMT(mail))),
        0, 32);
}

/* A number for the known browser; 0: it is not known for this address. */
static uint64_t known_key(struct rq *rq, str mail)
{
    str mark = rq_cookie(rq, COOKIE);
    str number = S("");
    bool good = str_next(&mark, '.', &number) && crypt_equal(mark, mark_of(rq, mail, number));
    return good ? str_hash(number) | 1 : 0;
}

/* Stops at the first that is empty: a try that is not made uses up no longer pause. */
static int take_all(struct rq *rq, const struct limit_rule *rules, uint64_t key)
{
    int wait = 0;
    for (int i = 0; i < RULES && !wait; i++)
        wait = limit_take(rq->app->limits, &rules[i], key);
    return wait;
}

int browser_wait(struct rq *rq, str mail)
{
    uint64_t known = known_key(rq, mail);
    uint64_t peer = rq_peer_key(rq);
    if (known)
        return take_all(rq, from_known, known);
    int wait = limit_take(rq->app->limits, &any_address, peer);
    if (!wait)
        wait = take_all(rq, from_here, peer ^ str_hash(mail));
    if (!wait)
        wait = limit_take(rq->app->limits, &from_anywhere, str_hash(mail));
    return wait;
}

void browser_forgive(struct rq *rq, str mail)
{
    uint64_t known = known_key(rq, mail);
    const struct limit_rule *rules = known ? from_known : from_here;
    uint64_t key = known ? known : rq_peer_key(rq) ^ str_hash(mail);
    for (int i = 0; i < RULES; i++)
        limit_forget(rq->app->limits, &rules[i], key);
}

bool browser_may_mail(struct rq *rq, str mail)
{
    uint64_t known = known_key(rq, mail);
    return !limit_take(rq->app->limits, known ? &mail_known : &mail_anywhere,
                       known ? known : str_hash(mail));
}

void browser_remember(struct rq *rq, str mail)
{
    str number = crypt_token(rq->arena, NUMBER_BYTES);
    rq_cookie_set(
        rq, COOKIE,
        str_fmt(rq->arena, "%.*s.%.*s", STR_FMT(number), STR_FMT(mark_of(rq, mail, number))),
        KNOWN_SECONDS);
}
