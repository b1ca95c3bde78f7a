/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The mails of an appointment. The citizen's has everything and the link; the counsellor's says
 * when and how, and leads to the office's page: what somebody wrote stays there.
 */
#include "appointment.text.h"
#include "feature/appointment/states.h"
#include "web/form.h"
#include "web/mail.h"

#define DAY ((int64_t)86400)

/* The same request in the language in which a person is written to. */
static struct rq in_language(const struct rq *rq, str code)
{
    struct rq r = *rq;
    if (!lang_parse(code, &r.lang))
        r.lang = rq->city->lang;
    return r;
}

static str link_new(struct rq *rq, struct tx *tx, const struct appointment_row *b)
{
    struct token_wish wish = { .purpose = S(APPOINTMENT_LINK),
                               .subject_id = b->id,
                               .seconds = APPOINTMENT_LINK_DAYS * DAY,
                               .mail = b->mail };
    return token_new(rq, tx, &wish).s;
}

static str occasion(const struct rq *rq, const char *what, const struct appointment_row *b)
{
    return str_fmt(rq->arena, "appointment %s %lld", what, (long long)b->id);
}

/* Whom an answer to a mail reaches. */
static str office_mail(const struct rq *rq, const struct appointment_row *b)
{
    if (mail_valid(b->office_mail))
        return b->office_mail;
    return mail_valid(rq->city->mail) ? rq->city->mail : S("");
}

void appointment_mail_confirm(struct rq *rq, struct tx *tx, const struct appointment_row *b)
{
    struct rq r = in_language(rq, b->lang);
    struct notice n = {
        .to = b->mail,
        .subject = t_appointment_mail_confirm_subject(&r, rq->city->name),
        .text = t_appointment_mail_confirm_text(&r, b->name, appointment_facts(&r, b),
                                                link_new(rq, tx, b), rq->city->name),
        .reply_to = office_mail(rq, b),
        .dedupe = occasion(rq, "confirm", b),
    };
    mail_queue(tx, rq->city->id, &n);
}

/* ---- after a step ---- */

/* To whoever holds the consulting hour, else to the office, unless the office did it itself. */
static void tell_counsellor(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                            const struct appointment_row *b)
{
    struct rq r = in_language(rq, S(""));
    bool named = b->counsellor_mail.has && mail_valid(b->counsellor_mail.v);
    str to = named ? b->counsellor_mail.v : office_mail(rq, b);
    if (at->who == BY_PERSON || !to.n)
        return;
    str what = procedure_state_label(&r, &appointment_procedure, b->state);
    if (str_eq(str_from_c(at->step->verb), S("move")))
        what = t_appointment_past_move(&r);
    str page = link_absolute(rq, link_id(rq, S("/buero/termine/"), b->id)).s;
    str when = appointment_when(&r, b->starts_at, b->ends_at);
    struct notice n = {
        .to = to,
        .subject = t_appointment_mail_staff_subject(&r, what, when),
        .text = t_appointment_mail_staff_text(&r, what, when, appointment_channel(&r, b->channel),
                                              page),
    };
    procedure_mail(tx, rq->city->id, at, &n);
}

/* To the citizen, where there is an address. */
static void tell(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                 const struct appointment_row *b, struct notice *n)
{
    n->to = b->mail;
    n->reply_to = office_mail(rq, b);
    if (mail_valid(b->mail))
        procedure_mail(tx, rq->city->id, at, n);
    tell_counsellor(rq, tx, at, b);
}

void appointment_mail_booked(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                             const struct appointment_row *b)
{
    struct rq r = in_language(rq, b->lang);
    struct notice n = {
        .subject = t_appointment_mail_booked_subject(
            &r, rq->city->name, appointment_when(&r, b->starts_at, b->ends_at)),
        .text = t_appointment_mail_booked_text(&r, b->name, appointment_facts(&r, b),
                                               link_new(rq, tx, b), rq->city->name),
    };
    tell(rq, tx, at, b, &n);
}

void appointment_mail_moved(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                            const struct appointment_row *b)
{
    struct rq r = in_language(rq, b->lang);
    str when = appointment_when(&r, b->starts_at, b->ends_at);
    struct notice n = {
        .subject = t_appointment_mail_moved_subject(&r, rq->city->name, when),
        .text = t_appointment_mail_moved_text(&r, b->name, appointment_facts(&r, b),
                                              link_new(rq, tx, b), rq->city->name),
    };
    tell(rq, tx, at, b, &n);
}

void appointment_mail_cancelled(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                                const struct appointment_row *b)
{
    struct rq r = in_language(rq, b->lang);
    str when = appointment_when(&r, b->starts_at, b->ends_at);
    str again = link_absolute(rq, link_to(rq, S("/termine"))).s;
    str why = at->note.n ? t_appointment_mail_cancelled_why(&r, at->note) : S("");
    struct notice n = {
        .subject = t_appointment_mail_cancelled_subject(&r, rq->city->name, when),
        .text =
            at->who == BY_PERSON
                ? t_appointment_mail_cancelled_office(&r, b->name, when, why, again, rq->city->name)
                : t_appointment_mail_cancelled_text(&r, b->name, when, again, rq->city->name),
    };
    tell(rq, tx, at, b, &n);
}

/* ---- without a step ---- */

void appointment_mail_entered(struct rq *rq, struct tx *tx, const struct appointment_row *b)
{
    struct rq r = in_language(rq, b->lang);
    if (!mail_valid(b->mail))
        return;
    struct notice n = {
        .to = b->mail,
        .subject = t_appointment_mail_booked_subject(
            &r, rq->city->name, appointment_when(&r, b->starts_at, b->ends_at)),
        .text = t_appointment_mail_booked_text(&r, b->name, appointment_facts(&r, b),
                                               link_new(rq, tx, b), rq->city->name),
        .reply_to = office_mail(rq, b),
        .dedupe = occasion(rq, "entered", b),
    };
    mail_queue(tx, rq->city->id, &n);
}

void appointment_mail_remind(struct rq *rq, struct tx *tx, const struct appointment_row *b)
{
    struct rq r = in_language(rq, b->lang);
    str when = appointment_when(&r, b->starts_at, b->ends_at);
    struct notice n = {
        .to = b->mail,
        .subject = t_appointment_mail_remind_subject(&r, rq->city->name, when),
        .text = t_appointment_mail_remind_text(&r, b->name, appointment_facts(&r, b),
                                               link_new(rq, tx, b), rq->city->name),
        .reply_to = office_mail(rq, b),
        .dedupe = str_fmt(rq->arena, "appointment remind %lld %lld", (long long)b->id,
                          (long long)b->starts_at),
    };
    mail_queue(tx, rq->city->id, &n);
}
