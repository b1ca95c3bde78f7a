/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Outside of the office: the public page on which companies offer themselves, the link that
 * confirms it, the link by which an organisation says what it needs, and both links of a match.
 */
#include "base/utf8.h"
#include "company.html.h"
#include "company.text.h"
#include "feature/company/pages.h"
#include "web/app.h"
#include "web/limit.h"
#include "web/session.h"
#include "web/trap.h"

#define SENTENCE_MOST 300 /* characters */

static const struct limit_rule by_peer = { "company.peer", 6, 600 };
static const struct limit_rule by_mail = { "company.mail", 5, 4 * 3600 };

/* ---- the public page ---- */

static void show_public(struct rq *rq, const struct company_public_page *page)
{
    rq->no_cache = true;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_company_public_title(rq), link_to(rq, S("/unternehmen")));
    view_company_public(rq, page);
}

/* GET /unternehmen */
void company_public(struct rq *rq)
{
    struct company_public_page page = { .item = { .kind = S("team_day") } };
    show_public(rq, &page);
}

/* POST /unternehmen: nobody sees it before the mailed link is used. */
void company_public_send(struct rq *rq, struct tx *tx)
{
    struct company_public_page page = { 0 };
    rq_form(rq, company_form_fields, &page.company);
    company_item_read(rq, &page.item);
    if (rq_ok(rq))
        trap_passed(rq);
    if (!rq_ok(rq)) {
        show_public(rq, &page);
        return;
    }
    if (rq_limited(rq, &by_peer, rq_peer_key(rq)) ||
        rq_limited(rq, &by_mail, str_hash(page.company.mail)))
        return;
    /* Who sends it twice is not told so on the page: it would say who is known here. */
    if (!company_by_mail(rq->db, rq->city->id, page.company.mail)) {
        int64_t id = company_new(rq, tx, &page.company, true);
        company_item_new(rq, tx, id, 0, &page.item);
        company_mail_confirm(rq, tx, id, &page.company);
    }
    rq_see_url(rq, link_to(rq, S("/unternehmen/danke")));
}

/* GET /unternehmen/danke */
void company_public_sent(struct rq *rq)
{
    rq_crumb(rq, t_company_public_title(rq), link_to(rq, S("/unternehmen")));
    rq_crumb(rq, t_company_public_sent(rq), link_to(rq, S("/unternehmen/danke")));
    view_company_public_sent(rq);
}

/* ---- confirming it ---- */

static const struct company_row *company_of(struct rq *rq, const struct token *token)
{
    rq->personal = true;
    const struct company_row *c = company_get(rq->db, rq->city->id, token->subject_id);
    if (c && !c->erased_at)
        return c;
    rq_not_found(rq);
    return NULL;
}

void company_link_show(struct rq *rq, const struct token *token)
{
    const struct company_row *c = company_of(rq, token);
    if (!c)
        return;
    rq_crumb(rq, t_company_public_title(rq), token_page(rq, S("")));
    view_company_confirm(rq, c);
}

static void confirm(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct procedure_ask ask = { .procedure = &company_procedure,
                                 .id = token->subject_id,
                                 .verb = S("confirm"),
                                 .who = BY_LINK };
    if (!company_of(rq, token) || !procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, MSG_company_note_confirmed);
    rq_see_url(rq, token_page(rq, S("")));
}

const struct link_part company_parts[] = { { .name = "bestaetigen", .act = confirm }, { 0 } };

/* ---- what an organisation needs ---- */

static bool need_page(struct rq *rq, const struct token *token, struct company_need_page *page)
{
    rq->personal = true;
    page->organisation = company_organisation_get(rq->db, rq->city->id, token->subject_id);
    if (page->organisation)
        return true;
    rq_not_found(rq);
    return false;
}

static void show_need(struct rq *rq, const struct company_need_page *page)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_company_need_title(rq), token_page(rq, S("")));
    view_company_need(rq, page);
}

void company_need_link_show(struct rq *rq, const struct token *token)
{
    struct company_need_page page = { .form = { .kind = S("team_day") } };
    if (need_page(rq, token, &page))
        show_need(rq, &page);
}

static void need(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct company_need_page page = { 0 };
    if (!need_page(rq, token, &page))
        return;
    if (!company_item_read(rq, &page.form)) {
        show_need(rq, &page);
        return;
    }
    company_item_new(rq, tx, 0, page.organisation->id, &page.form);
    rq_note(rq, MSG_company_note_need);
    rq_see_url(rq, token_page(rq, S("")));
}

const struct link_part company_need_parts[] = { { .name = "eintragen", .act = need }, { 0 } };

/* ---- both links of a match ---- */

static bool is_company(const struct token *token)
{
    return str_eq(token->purpose, S(COMPANY_LINK_MATCH));
}

static const struct company_match_row *match_of(struct rq *rq, const struct token *token)
{
    rq->personal = true;
    const struct company_match_row *m = company_match_get(rq->db, rq->city->id, token->subject_id);
    if (m && !m->erased_at)
        return m;
    rq_not_found(rq);
    return NULL;
}

static void show_match(struct rq *rq, const struct company_match_row *m, bool company)
{
    struct company_fit fit = { .offer = company_item_get(rq->db, rq->city->id, m->offer_id),
                               .need = company_item_get(rq->db, rq->city->id, m->need_id) };
    if (!fit.offer || !fit.need) {
        rq_not_found(rq);
        return;
    }
    company_reasons(rq, &fit);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, company ? m->offer : m->need, token_page(rq, S("")));
    view_company_match(rq, m, &fit, company);
}

void company_match_link_show(struct rq *rq, const struct token *token)
{
    const struct company_match_row *m = match_of(rq, token);
    if (m)
        show_match(rq, m, is_company(token));
}

static void take(struct rq *rq, struct tx *tx, const struct token *token, str verb)
{
    const struct company_match_row *m = match_of(rq, token);
    str said = str_trim(utf8_clean(rq->arena, rq_param(rq, "said")));
    struct company_said f = { .company = is_company(token),
                              .rating = rq_param_int(rq, "rating", 0),
                              .said = utf8_cut(said, SENTENCE_MOST) };
    struct procedure_ask ask = { .procedure = &company_match_procedure,
                                 .id = token->subject_id,
                                 .verb = verb,
                                 .who = BY_LINK,
                                 .data = &f };
    if (!m)
        return;
    enum procedure_result result = procedure_try(rq, tx, &ask);
    if (result == PROCEDURE_REFUSED) {
        show_match(rq, m, f.company);
    } else if (result == PROCEDURE_DONE && str_eq(verb, S("decline"))) {
        view_company_declined(rq);
    } else if (result == PROCEDURE_DONE) {
        rq_note(rq, MSG_company_note_thanks);
        rq_see_url(rq, token_page(rq, S("")));
    }
}

static void yes(struct rq *rq, struct tx *tx, const struct token *token)
{
    take(rq, tx, token, is_company(token) ? S("accept_company") : S("accept_organisation"));
}

static void no(struct rq *rq, struct tx *tx, const struct token *token)
{
    take(rq, tx, token, S("decline"));
}

static void rate(struct rq *rq, struct tx *tx, const struct token *token)
{
    take(rq, tx, token, S("rate"));
}

const struct link_part company_match_parts[] = {
    { .name = "ja", .act = yes },
    { .name = "nein", .act = no },
    { .name = "bewerten", .act = rate },
    { 0 },
};
