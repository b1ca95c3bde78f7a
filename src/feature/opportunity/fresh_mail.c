/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the contact of an offer is written about its age: why, until when, and one link that
 * works without account. In the language of the contact's account where there is one, else in
 * the town's.
 */
#include "base/clock.h"
#include "feature/opportunity/fresh.h"
#include "feature/opportunity/states.h"
#include "opportunity.text.h"
#include "web/mail.h"
#include "web/page.h"
#include "web/token.h"

/* A link outlives the offer's time on the list, so that it brings it back as well. */
#define LINK_SECONDS (120 * 86400)
/* So long an ended link still leads to "send me a new one". */
#define LINK_KNOWN (400 * 86400)

static struct rq in_language_of(struct rq *rq, str mail)
{
    struct rq r = *rq;
    const struct account_row *account = account_by_mail(rq->db, mail);
    if (!account || !lang_parse(account->lang, &r.lang))
        r.lang = rq->city->lang;
    return r;
}

url fresh_link(struct rq *rq, struct tx *tx, int64_t id, str mail)
{
    struct token_wish wish = { .purpose = S("opportunity"),
                               .subject_id = id,
                               .seconds = LINK_SECONDS,
                               .mail = mail,
                               .remembered = LINK_KNOWN };
    return token_new(rq, tx, &wish);
}

/* How to stop, and who writes. */
static str ending(const struct rq *r)
{
    str reach = r->city->mail.n ? r->city->mail : r->city->phone;
    return t_opp_mail_ending(r, reach, r->city->name);
}

void fresh_remind(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const enum fresh_stage *stage = at->data;
    const struct opp_aging_row *o = opp_aging_one(&tx->db, rq->city->id, at->record->id);
    if (!o || !mail_valid(o->contact_mail))
        return; /* the contact has gone since the night looked */
    struct rq r = in_language_of(rq, o->contact_mail);
    str until = page_iso_day(&r, fresh_until(rq->arena, o->confirmed_at));
    str link = fresh_link(rq, tx, o->id, o->contact_mail).s;
    bool last = *stage == FRESH_LAST;
    struct notice n = {
        .to = o->contact_mail,
        .subject = last ? t_opp_mail_last_subject(&r, rq->city->name, o->title)
                        : t_opp_mail_fresh_subject(&r, rq->city->name, o->title),
        .text = str_join(
            rq->arena,
            t_opp_mail_fresh_text(&r, o->title, page_day(&r, o->confirmed_at), link, until),
            ending(&r)),
    };
    procedure_mail(tx, rq->city->id, at, &n);
    opp_reminded(tx, (int64_t)*stage, rq->city->id, o->id);
}

void fresh_ask(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    opp_reminded(tx, FRESH_LAST, rq->city->id, at->record->id);
}

void fresh_expired(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    if (at->who != BY_JOB)
        return;
    const struct opp_full *o = opp_get(&tx->db, rq->city->id, at->record->id);
    if (!o || !mail_valid(o->contact_mail))
        return;
    struct rq r = in_language_of(rq, o->contact_mail);
    str link = fresh_link(rq, tx, o->id, o->contact_mail).s;
    struct notice n = {
        .to = o->contact_mail,
        .subject = t_opp_mail_over_subject(&r, rq->city->name, o->title),
        .text = str_join(rq->arena, t_opp_mail_over_text(&r, o->title, link), ending(&r)),
    };
    procedure_mail(tx, rq->city->id, at, &n);
}

void fresh_link_again(struct rq *rq, struct tx *tx, const struct opp_full *o,
                      const struct token *token)
{
    struct rq r = in_language_of(rq, o->contact_mail);
    str link = fresh_link(rq, tx, o->id, o->contact_mail).s;
    str day = day_iso(rq->arena, clock_local(tx->now).day);
    struct notice n = {
        .to = o->contact_mail,
        .subject = t_opp_mail_link_subject(&r, rq->city->name, o->title),
        .text = str_join(rq->arena, t_opp_mail_link_text(&r, o->title, link), ending(&r)),
        .dedupe =
            str_fmt(rq->arena, "opportunity link %lld %.*s", (long long)token->id, STR_FMT(day)),
    };
    mail_queue(tx, rq->city->id, &n);
}
