/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signing in by a provider of OpenID Connect: the way there and back. Tables: account_answer;
 * account_identity (identity.c). Neighbours: oidc.c (the conversation), sign_in.c (the session).
 *
 * A link leads there, because the policy of our pages forbids forms to go elsewhere. The way back
 * is a GET with an answer in its address; it shows a button, as mailed links do, and script presses
 * it: the POST asks the provider on a worker, before its transaction. What we said on the way there
 * travels in a sealed cookie, so an answer is of use only in the browser that asked, and once.
 */
#include "feature/account/provider.h"

#include "account.html.h"
#include "account.sql.h"
#include "account.text.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "feature/account/identity.h"
#include "feature/account/oidc.h"
#include "feature/account/pages.h"
#include "feature/account/sealed.h"
#include "feature/account/sign_in.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/limit.h"
#include "web/return_to.h"
#include "web/session.h"

#define COOKIE      S("tandem-provider")
#define WAY_SECONDS 900
#define WORD_BYTES  32
#define NEXT_MOST   600

/* Each of them may have this server ask the provider. */
static const struct limit_rule by_peer = { "provider.peer", 20, 10 };

/* What we said on the way there. */
struct way {
    struct oidc_question question;
    int64_t began_at;
    int64_t account_id; /* who proves who they are; 0: somebody signs in */
    str next;
};

/* What was found out before the transaction. */
struct taken {
    enum provider_problem problem;
    struct way way;
    struct id_token token;
};

str provider_label(const struct rq *rq)
{
    return str_from_c(rq->app->config.oidc_label);
}

url provider_link(const struct rq *rq, str next)
{
    struct http_field fields[] = { { S("next"), next } };
    return link_query(rq, S("/anmelden/anbieter"), fields, next.n > 0);
}

url provider_prove_link(const struct rq *rq, url next)
{
    struct http_field fields[] = { { S("prove"), S("1") }, { S("next"), next.s } };
    return link_query(rq, S("/anmelden/anbieter"), fields, 2);
}

str provider_problem_text(const struct rq *rq, enum provider_problem problem)
{
    str label = provider_label(rq);
    return problem == PROVIDER_STOPPED    ? t_account_provider_stopped(rq, label)
           : problem == PROVIDER_LATE     ? t_account_provider_late(rq)
           : problem == PROVIDER_AWAY     ? t_account_provider_away(rq, label)
           : problem == PROVIDER_UNPROVEN ? t_account_provider_unproven(rq, label)
           : problem == PROVIDER_OTHER    ? t_account_provider_other(rq, label)
                                          : t_account_provider_refused(rq, label);
}

static void show_problem(struct rq *rq, enum provider_problem problem)
{
    rq->personal = true;
    rq_status(rq, problem == PROVIDER_AWAY ? 503 : 403);
    rq_crumb(rq, t_account_sign_in_title(rq), link_to(rq, S("/anmelden")));
    rq_crumb(rq, provider_label(rq), link_to(rq, S("/anmelden")));
    view_provider_problem(rq, problem);
}

static bool may_ask(struct rq *rq)
{
    if (oidc_is_on(rq))
        return !rq_limited(rq, &by_peer, rq_peer_key(rq));
    rq_not_found(rq);
    return false;
}

/* ---- the way there ---- */

static str redirect_of(const struct rq *rq)
{
    return link_absolute(rq, link_to(rq, S("/anmelden/anbieter/zurueck"))).s;
}

static void save(struct rq *rq, const struct way *w)
{
    const struct oidc_question *q = &w->question;
    sealed_set(rq, COOKIE,
               str_fmt(rq->arena, "%lld %lld %lld %.*s %.*s %.*s %.*s", (long long)w->began_at,
                       (long long)rq->city->id, (long long)w->account_id, STR_FMT(q->state),
                       STR_FMT(q->nonce), STR_FMT(q->verifier), STR_FMT(w->next)),
               WAY_SECONDS);
}

/* False: there is none in this browser, it is too old, or of another town. */
static bool load(struct rq *rq, struct way *w)
{
    str rest = sealed_get(rq, COOKIE);
    str numbers[3] = { 0 };
    int64_t town = 0;
    bool good = true;
    *w = (struct way){ 0 };
    for (size_t i = 0; i < 3; i++)
        good = good && str_next(&rest, ' ', &numbers[i]);
    good = good && str_to_i64(numbers[0], &w->began_at) && str_to_i64(numbers[1], &town) &&
           str_to_i64(numbers[2], &w->account_id) && str_next(&rest, ' ', &w->question.state) &&
           str_next(&rest, ' ', &w->question.nonce) &&
           str_next(&rest, ' ', &w->question.verifier) && w->began_at > clock_now() - WAY_SECONDS &&
           town == rq->city->id;
    w->next = rest;
    w->question.redirect = redirect_of(rq);
    return good;
}

static bool is_from_elsewhere(const struct rq *rq)
{
    str site = http_header(rq->http, S("Sec-Fetch-Site"));
    return str_eq(site, S("cross-site")) || str_eq(site, S("same-site"));
}

/* GET /anmelden/anbieter?next=…, and with prove=1 by who is signed in */
void provider_start(struct rq *rq)
{
    struct oidc_provider p;
    url next = { 0 };
    url page;
    if (is_from_elsewhere(rq)) { /* nobody is signed in by a link on a foreign page */
        rq_see(rq, S("/anmelden"), 0);
        return;
    }
    if (!may_ask(rq))
        return;
    return_to_parse(rq, rq_param(rq, "next"), &next);
    bool prove = rq_signed_in(rq) && str_eq(rq_param(rq, "prove"), S("1"));
    struct way w = { .question = { .state = crypt_token(rq->arena, WORD_BYTES),
                                   .nonce = crypt_token(rq->arena, WORD_BYTES),
                                   .verifier = crypt_token(rq->arena, WORD_BYTES),
                                   .redirect = redirect_of(rq),
                                   .prove = prove },
                     .began_at = clock_now(),
                     .account_id = prove ? rq->who.account_id : 0,
                     .next = next.s.n > NEXT_MOST ? S("") : next.s };
    if (oidc_discover(rq->app, rq->arena, &p) != ERR_OK ||
        !oidc_address(rq, &p, &w.question, &page)) {
        show_problem(rq, PROVIDER_AWAY);
        return;
    }
    rq->personal = true;
    save(rq, &w);
    rq_see_url(rq, page);
}

/* ---- the way back ---- */

/* GET /anmelden/anbieter/zurueck?code=…&state=…: a button, and nothing happens yet. */
void provider_back(struct rq *rq)
{
    struct way w;
    if (!oidc_is_on(rq)) {
        rq_not_found(rq);
        return;
    }
    rq->personal = true;
    if (!load(rq, &w) || !crypt_equal(rq_param(rq, "state"), w.question.state)) {
        show_problem(rq, PROVIDER_LATE);
        return;
    }
    if (rq_has_param(rq, "error")) {
        sealed_end(rq, COOKIE);
        show_problem(rq, PROVIDER_STOPPED);
        return;
    }
    rq_crumb(rq, t_account_sign_in_title(rq), link_to(rq, S("/anmelden")));
    view_provider_back(rq, w.next);
}

static str hash_of(const struct rq *rq, const struct way *w)
{
    return crypt_sha256_hex(rq->arena, w->question.state);
}

/* Before POST /anmelden/anbieter/zurueck: the provider is asked whom the answer is about. */
void provider_prepare(struct rq *rq)
{
    struct taken *t = NEW(rq->arena, struct taken);
    rq->prepared = t;
    if (!may_ask(rq))
        return;
    bool ours = load(rq, &t->way) && crypt_equal(rq_param(rq, "state"), t->way.question.state);
    if (!ours || answer_find(rq->db, hash_of(rq, &t->way))) {
        t->problem = PROVIDER_LATE;
        return;
    }
    struct oidc_reply reply = { .code = rq_param(rq, "code"),
                                .iss = rq_param(rq, "iss"),
                                .proven_since = t->way.account_id ? t->way.began_at : 0 };
    enum oidc_result result = oidc_take(rq, &t->way.question, &reply, &t->token);
    t->problem = result == OIDC_GOOD       ? PROVIDER_GOOD
                 : result == OIDC_AWAY     ? PROVIDER_AWAY
                 : result == OIDC_UNPROVEN ? PROVIDER_UNPROVEN
                                           : PROVIDER_REFUSED;
}

/* Somebody who is signed in has shown again who they are. */
static void prove(struct rq *rq, struct tx *tx, const struct taken *t)
{
    const struct account_row *account = identity_account(rq, &t->token);
    bool same = account && account->id == t->way.account_id && account->id == rq->who.account_id;
    url page = link_to(rq, S("/konto"));
    if (!same) {
        show_problem(rq, PROVIDER_OTHER);
        return;
    }
    session_prove(rq, tx);
    audit(rq, tx, S("account.prove"), account->id, SIGN_IN_PROVIDER);
    return_to_parse(rq, t->way.next, &page);
    rq_see_url(rq, page);
}

static void come_in(struct rq *rq, struct tx *tx, const struct taken *t)
{
    const struct account_row *account = identity_account(rq, &t->token);
    if (!account)
        account = identity_by_mail(rq, tx, &t->token);
    if (account) {
        identity_touch(rq, tx, &t->token);
        sign_in_by_provider(rq, tx, account, &t->token);
        return;
    }
    identity_wait(rq, &t->token);
    if (rq_signed_in(rq)) {
        rq_see(rq, S("/konto/anbieter"), 0);
        return;
    }
    rq_crumb(rq, t_account_sign_in_title(rq), link_to(rq, S("/anmelden")));
    view_provider_first(rq);
}

/* POST /anmelden/anbieter/zurueck */
void provider_take(struct rq *rq, struct tx *tx)
{
    const struct taken *t = rq->prepared;
    enum provider_problem problem = t->problem;
    if (problem != PROVIDER_LATE &&
        answer_use(tx, db_new_id(), hash_of(rq, &t->way), tx->now + WAY_SECONDS) != 1)
        problem = PROVIDER_LATE;
    sealed_end(rq, COOKIE);
    if (problem != PROVIDER_GOOD)
        show_problem(rq, problem);
    else if (t->way.account_id)
        prove(rq, tx, t);
    else
        come_in(rq, tx, t);
}

/* ---- signing out ---- */

/* GET /abmelden/anbieter: after signing out here, the way to sign out there. */
void provider_leave(struct rq *rq)
{
    url page = { 0 };
    if (!may_ask(rq))
        return;
    rq->personal = true;
    bool possible = oidc_sign_out(rq, link_absolute(rq, link_to(rq, S("/"))), &page);
    if (!possible || rq_signed_in(rq)) {
        rq_see(rq, S("/"), 0);
        return;
    }
    rq_crumb(rq, t_account_sign_out_title(rq), link_to(rq, S("/abmelden/anbieter")));
    view_provider_leave(rq, page);
}
