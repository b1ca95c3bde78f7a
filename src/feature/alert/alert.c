/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Saving a search, and the list of one's own. Table: alert. Neighbours: search (a search as it is
 * kept), links.c (the mailed link), digest.c (the daily job), consent (the ledger), opportunity
 * (the link below its list).
 */
#include "feature/alert/alert.h"

#include "feature/consent/consent.h"
#include "feature/search/search.h"
#include "opportunity.text.h"
#include "alert.html.h"
#include "alert.text.h"
#include "web/app.h"
#include "web/erasure.h"
#include "web/limit.h"
#include "web/mail.h"
#include "web/session.h"
#include "web/token.h"
#include "web/trap.h"

static const struct limit_rule by_peer = { "alert.peer", 6, 600 };
static const struct limit_rule by_mail = { "alert.mail", 5, 4 * 3600 };

const struct field alert_fields[] = {
    FIELD(struct alert_form, mail, MAIL, MSG_alert_mail, .required = true, .max = 200,
          .hint = MSG_alert_mail_hint, .autocomplete = "email"),
    FIELD(struct alert_form, consent, BOOL, MSG_alert_consent),
    { 0 },
};

/* ---- saving ---- */

static void show_form(struct rq *rq, const struct alert_form *f)
{
    rq->no_cache = true;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_opp_list_title(rq), search_link(rq, f->query));
    rq_crumb(rq, t_alert_title(rq), link_to(rq, S("/suche-merken")));
    view_alert_form(rq, f, search_words(rq, f->query));
}

/* GET /suche-merken?…: with the parameters of the list. */
static void form(struct rq *rq)
{
    struct alert_form f = { .every = S("weekly") };
    if (search_kept(rq, rq->http->query, &f.query))
        show_form(rq, &f);
    else
        rq_not_found(rq);
}

static bool read_form(struct rq *rq, struct alert_form *f)
{
    rq_form(rq, alert_fields, f);
    f->every = str_eq(rq_param(rq, "every"), S("daily")) ? S("daily") : S("weekly");
    if (!search_kept(rq, rq_param(rq, "query"), &f->query))
        rq_error(rq, NULL, t_alert_too_long(rq));
    if (!f->consent)
        rq_error(rq, "consent", t_alert_consent_missing(rq));
    if (rq_ok(rq))
        trap_passed(rq);
    return rq_ok(rq);
}

static void mail_confirm(struct rq *rq, struct tx *tx, const struct alert_row *w)
{
    struct notice n = {
        .to = w->mail,
        .subject = t_alert_mail_confirm_subject(rq, rq->city->name),
        .text = t_alert_mail_confirm_text(rq, search_words(rq, w->query),
                                          alert_link_new(rq, tx, w).s, rq->city->name),
        .dedupe = str_fmt(rq->arena, "alert confirm %lld", (long long)w->id),
    };
    mail_queue(tx, rq->city->id, &n);
}

static void store(struct rq *rq, struct tx *tx, const struct alert_form *f)
{
    int64_t id = db_new_id();
    alert_insert(tx, &(struct alert_insert_in){ .id = id,
                                                .city = rq->city->id,
                                                .mail = f->mail,
                                                .lang = lang_info(rq->lang)->code,
                                                .query = f->query,
                                                .every = f->every,
                                                .at = tx->now });
    consent_give(rq, tx,
                 &(struct consent_wish){ S("alert"), id, f->mail,
                                         t_alert_consent_words(rq, rq->city->name) });
    const struct alert_row *w = alert_get(rq->db, rq->city->id, id);
    if (w)
        mail_confirm(rq, tx, w);
}

/* POST /suche-merken: whoever has saved this already is not told so, it would tell who has. */
static void save(struct rq *rq, struct tx *tx)
{
    struct alert_form f = { 0 };
    if (!read_form(rq, &f)) {
        show_form(rq, &f);
        return;
    }
    if (rq_limited(rq, &by_peer, rq_peer_key(rq)) || rq_limited(rq, &by_mail, str_hash(f.mail)))
        return;
    if (!alert_same(rq->db, rq->city->id, f.mail, f.query))
        store(rq, tx, &f);
    rq_see_url(rq, link_to(rq, S("/suche-merken/danke")));
}

/* GET /suche-merken/danke */
static void thanks(struct rq *rq)
{
    rq_crumb(rq, t_opp_list_title(rq), link_to(rq, S("/angebote")));
    rq_crumb(rq, t_alert_title(rq), link_to(rq, S("/suche-merken")));
    view_alert_thanks(rq);
}

/* ---- with an account ---- */

/* GET /konto/suchen: those of the account's address, which has been proven. */
static void mine(struct rq *rq)
{
    rq_crumb(rq, t_alert_account(rq), link_to(rq, S("/konto/suchen")));
    view_alert_account(rq, alert_of_mail_here(rq->db, rq->city->id, rq->who.mail));
}

/* POST /konto/suchen/{id}/ende */
static void mine_end(struct rq *rq, struct tx *tx)
{
    const struct alert_row *w = alert_get(rq->db, rq->city->id, rq_id(rq));
    if (!w || !rq->who.mail.n || !str_eq(w->mail, rq->who.mail)) {
        rq_not_found(rq);
        return;
    }
    alert_stop(rq, tx, w->id);
    rq_note(rq, MSG_alert_note_ended);
    rq_see_url(rq, link_to(rq, S("/konto/suchen")));
}

/* With its links; a consent that was never confirmed was none. */
static void erase(struct tx *tx, const struct erasure *e)
{
    alert_delete(tx, e->city_id, e->id);
    token_revoke(tx, e->city_id, S("alert"), e->id);
    consent_forget(tx, e->city_id, S("alert"), e->id);
    consent_end(tx, e->city_id, S("alert"), e->id);
}

/* ---- the contract ---- */

static const struct route routes[] = {
    GET("/suche-merken", form, ANYONE, .params = search_params),
    POST("/suche-merken", save, ANYONE),
    GET("/suche-merken/danke", thanks, ANYONE),
    GET("/suche-merken/ende/{token}", alert_leave_show, ANYONE, .secret = true),
    POST("/suche-merken/ende/{token}", alert_leave, ANYONE, .secret = true, .no_csrf = true),
    GET("/konto/suchen", mine, SIGNED_IN),
    POST("/konto/suchen/{id}/ende", mine_end, SIGNED_IN),
    { 0 },
};

static const struct mailed_link links[] = {
    { .purpose = "alert", .show = alert_link_show, .parts = alert_parts, .lasts = true },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "alert.digest",
      .doc = "Writes to those who saved a search what is new",
      .hour = 7,
      .run = alert_digest },
    { 0 },
};

static const struct erasure_act erasures[] = {
    { "alert", erase },
    { 0 },
};

const struct feature alert_feature = {
    .name = "alert",
    .routes = routes,
    .links = links,
    .jobs = jobs,
    .erasures = erasures,
};
