/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sessions and form tokens. The cookie holds 256 random bits, the database their SHA-256.
 * Before sign-in there is no cookie; forms of anonymous pages carry a token that the
 * server can recognise, beside the check of Origin and Sec-Fetch-Site.
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "web/rq.h"

#define SESSION_STAFF_IDLE     (30 * 60)
#define SESSION_STAFF_LONGEST  (8 * 3600)
#define SESSION_PEOPLE_IDLE    (12 * 3600)
#define SESSION_PEOPLE_LONGEST (14 * 86400)
/* For so long after a proof dangerous acts are let through (routes with .fresh). */
#define SESSION_FRESH (10 * 60)

/* The session cookie of a request; empty when there is none. No database. */
str session_cookie(const struct rq *rq);
/* Fills rq->who from the cookie, with the grants in this town. Needs rq->db. */
void session_load(struct rq *rq);
/* Which way a session came in, as it is kept. */
enum session_way {
    SESSION_BY_US,              /* a mailed link, a password */
    SESSION_BY_PROVIDER,        /* OpenID Connect: there is a session at the provider, too */
    SESSION_BY_PROVIDER_STRONG, /* … which has asked for a second step */
};
struct session_wish {
    int64_t account_id;
    bool staff; /* short */
    enum session_way way;
    int64_t proven_at; /* when the person has shown who they are; 0: long ago */
};
/* A new session for an account; sets the cookie. Always a new token (no fixation). */
void session_start(struct rq *rq, struct tx *tx, const struct session_wish *wish);
/* The session of this request goes on under a new token: its rights have changed. */
void session_renew(struct rq *rq, struct tx *tx);
/* The same, and it has just proven who it is. Forms of its pages stay valid. */
void session_prove(struct rq *rq, struct tx *tx);
bool session_is_fresh(const struct rq *rq);
/*
 * Leads to the page that asks who one is (feature/account), and from there back to a GET, or
 * on with this POST and all that it sent (307). Nothing of this request is committed.
 */
void session_ask_proof(struct rq *rq);
/* Ends the session of this request and clears what the browser kept. */
void session_end(struct rq *rq, struct tx *tx);

/* The form token for this request: bound to the session, or to a period of six hours. */
str csrf_token(const struct rq *rq);
/* Changes every six hours; part of the page cache's key. */
int64_t csrf_period(void);
/* Whether a POST comes from one of our own pages: token, Origin, Sec-Fetch-Site. */
bool csrf_check(const struct rq *rq);

/* A one-way key for the caller's address, for rate limits: never stored, never logged. */
uint64_t rq_peer_key(const struct rq *rq);

#endif
