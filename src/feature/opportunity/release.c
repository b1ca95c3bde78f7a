/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office's release. What is released is what was on the page: it carries the id of the last
 * event, and when something has happened since, it is shown anew instead.
 */
#include "feature/opportunity/release.h"

#include "feature/opportunity/entry.h"
#include "feature/opportunity/fresh.h"
#include "office.text.h"
#include "opportunity.html.h"
#include "opportunity.text.h"
#include "web.text.h"
#include "web/app.h"
#include "web/mail.h"

const struct field release_fields[] = {
    FIELD(struct release_form, note, LONG, MSG_opp_release_reason, .max = 600,
          .hint = MSG_opp_release_reason_hint),
    { 0 },
};

/* ---- trust ---- */

bool release_is_free(struct rq *rq, int64_t organisation_id, enum procedure_who who, str mail)
{
    if (who == BY_PERSON && may(rq, PERM_opportunity_publish))
        return true;
    return organisation_trusted(rq, organisation_id) &&
           (who == BY_PERSON || organisation_knows(rq, organisation_id, mail));
}

bool release_at_once(struct rq *rq, struct tx *tx, const struct opp_full *o, enum procedure_who who,
                     str mail)
{
    enum msg why;
    struct procedure_ask ask = {
        .procedure = &opportunity_procedure, .id = o->id, .verb = S("trust"), .who = BY_JOB
    };
    bool trusted = organisation_trusted(rq, o->organisation_id);
    return trusted && release_is_free(rq, o->organisation_id, who, mail) &&
           procedure_step(rq, tx, &ask, &why) == PROCEDURE_DONE;
}

/* ---- answers ---- */

/* Whom to write to, in which language, with which link. */
struct addressee {
    struct rq rq;
    str mail;
    url link;
};

static bool find_addressee(struct rq *rq, struct tx *tx, const struct opp_full *o, str mail,
                           struct addressee *to)
{
    const struct opp_entry_row *entry = opp_entry_of(&tx->db, rq->city->id, o->id);
    bool by_entry = entry && (!mail.n || str_eq(entry->mail, mail));
    *to = (struct addressee){ .rq = *rq, .mail = by_entry ? entry->mail : o->contact_mail };
    to->rq.lang = rq->city->lang;
    if (!mail_valid(to->mail))
        return false;
    if (by_entry)
        (void)lang_parse(entry->lang, &to->rq.lang);
    to->link = by_entry ? entry_link(rq, tx, entry) : fresh_link(rq, tx, o->id, to->mail);
    return true;
}

static str subject_of(const struct rq *r, str verb, str title)
{
    str town = r->city->name;
    if (str_eq(verb, S("publish")))
        return t_opp_release_mail_published_subject(r, town, title);
    if (str_eq(verb, S("accept")))
        return t_opp_release_mail_accepted_subject(r, town, title);
    if (str_eq(verb, S("decline")))
        return t_opp_release_mail_declined_subject(r, town, title);
    if (str_eq(verb, S("reject")))
        return t_opp_release_mail_rejected_subject(r, town, title);
    return t_opp_release_mail_returned_subject(r, town, title);
}

static str text_for(const struct addressee *to, str verb, str title, str note)
{
    const struct rq *r = &to->rq;
    if (str_eq(verb, S("publish")))
        return t_opp_release_mail_published(r, title, to->link.s);
    if (str_eq(verb, S("accept")))
        return t_opp_release_mail_accepted(r, title, to->link.s);
    if (str_eq(verb, S("decline")))
        return t_opp_release_mail_declined(r, title, note, to->link.s);
    if (str_eq(verb, S("reject")))
        return t_opp_release_mail_rejected(r, title, note);
    return t_opp_release_mail_returned(r, title, note, to->link.s);
}

void release_tell(struct rq *rq, struct tx *tx, const struct procedure_at *at, str mail)
{
    struct addressee to;
    const struct opp_full *o = opp_get(&tx->db, rq->city->id, at->record->id);
    str verb = str_from_c(at->step->verb);
    if (!o || !find_addressee(rq, tx, o, mail, &to))
        return;
    struct notice n = { .to = to.mail,
                        .subject = subject_of(&to.rq, verb, o->title),
                        .text = str_join(rq->arena, text_for(&to, verb, o->title, at->note),
                                         t_opp_release_mail_ending(&to.rq, rq->city->name)),
                        .reply_to = mail_valid(rq->city->mail) ? rq->city->mail : S("") };
    procedure_mail(tx, rq->city->id, at, &n);
}

void release_answer(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    release_tell(rq, tx, at, S(""));
}

str release_reason(struct rq *rq, int64_t offer_id)
{
    struct event_row_rows events = procedure_history(rq, &opportunity_record, offer_id);
    for (size_t i = 0; i < events.n; i++) {
        str verb = events.v[i].verb;
        if (str_eq(verb, S("send_back")) || str_eq(verb, S("reject")) || str_eq(verb, S("decline")))
            return events.v[i].note;
        if (str_eq(verb, S("submit")) || str_eq(verb, S("propose")) || str_eq(verb, S("publish")))
            break;
    }
    return S("");
}

/* ---- the queue ---- */

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_opp_release_title(rq), link_to(rq, S("/buero/freigaben")));
}

void release_queue(struct rq *rq)
{
    crumbs(rq);
    view_release_queue(rq, opp_to_release(rq->db, rq->city->id));
}

/* ---- one of it ---- */

static str version_of(struct rq *rq, int64_t offer_id)
{
    struct event_row_rows events = procedure_history(rq, &opportunity_record, offer_id);
    return str_fmt(rq->arena, "%lld", events.n ? (long long)events.v[0].id : 0LL);
}

/* When the office sent it back last; 0: it never did, or has released it since. */
static int64_t asked_back_at(struct rq *rq, int64_t offer_id)
{
    struct event_row_rows events = procedure_history(rq, &opportunity_record, offer_id);
    for (size_t i = 0; i < events.n; i++) {
        if (str_eq(events.v[i].verb, S("send_back")))
            return events.v[i].at;
        if (str_eq(events.v[i].verb, S("publish")))
            break;
    }
    return 0;
}

static void load(struct rq *rq, const struct opp_full *o, struct release_page *page)
{
    int64_t city = rq->city->id;
    *page = (struct release_page){ .offer = o,
                                   .entry = opp_entry_of(rq->db, city, o->id),
                                   .waiting = opp_change_waiting(rq->db, city, o->id),
                                   .standing = org_standing(rq->db, city, o->organisation_id),
                                   .version = version_of(rq, o->id) };
    str asks = page->waiting ? page->waiting->mail : page->entry ? page->entry->mail : S("");
    page->known = organisation_knows(rq, o->organisation_id, asks);
    if (page->waiting) {
        page->changed = change_waiting(rq, o, page->waiting);
        page->unchanged = change_unchanged(rq, o, page->changed);
    } else {
        twins_find(rq, o, &page->twins);
        page->asked_at = asked_back_at(rq, o->id);
        if (page->asked_at)
            page->since = change_since(rq, o->id, page->asked_at);
    }
    if (page->standing && page->standing->awaited)
        organisation_alike(rq, o->organisation, &page->likes);
}

/* What has nothing to release is 404: another town's, too. */
static const struct opp_full *find(struct rq *rq)
{
    const struct opp_full *o = opp_get(rq->db, rq->city->id, rq_id(rq));
    if (o)
        return o;
    rq_not_found(rq);
    return NULL;
}

static void show(struct rq *rq, const struct opp_full *o)
{
    struct release_page page;
    load(rq, o, &page);
    crumbs(rq);
    rq_crumb(rq, o->title, link_id_sub(rq, S("/buero/angebote/"), o->id, S("/freigabe")));
    view_release(rq, &page, &(struct release_form){ .note = rq_param(rq, "note") });
}

void release_show(struct rq *rq)
{
    const struct opp_full *o = find(rq);
    if (o)
        show(rq, o);
}

static bool is_refusal(str verb)
{
    return str_eq(verb, S("send_back")) || str_eq(verb, S("reject")) || str_eq(verb, S("decline"));
}

static bool is_known(str verb)
{
    return is_refusal(verb) || str_eq(verb, S("publish")) || str_eq(verb, S("accept"));
}

static enum msg note_of(str verb)
{
    if (is_refusal(verb))
        return MSG_opp_release_note_answered;
    return str_eq(verb, S("accept")) ? MSG_opp_release_note_accepted : MSG_opp_note_published;
}

/* A decision is about what was on the page, and a refusal needs words. */
static bool read_form(struct rq *rq, const struct opp_full *o, str verb, struct release_form *f)
{
    rq_form(rq, release_fields, f);
    if (!is_known(verb))
        rq_error(rq, NULL, t_form_error_choice(rq));
    if (is_refusal(verb) && !f->note.n)
        rq_error(rq, "note", t_form_error_required(rq));
    if (!rq_ok(rq)) {
        rq_status(rq, 422);
    } else if (!str_eq(rq_param(rq, "version"), version_of(rq, o->id))) {
        rq_error(rq, NULL, t_opp_release_stale(rq));
        rq_status(rq, 409);
    }
    return rq_ok(rq);
}

void release_act(struct rq *rq, struct tx *tx)
{
    struct release_form f = { 0 };
    str verb = rq_param(rq, "step");
    const struct opp_full *o = find(rq);
    if (!o)
        return;
    if (!read_form(rq, o, verb, &f)) {
        show(rq, o);
        return;
    }
    bool of_change = str_eq(verb, S("accept")) || str_eq(verb, S("decline"));
    struct procedure_ask ask = {
        .procedure = &opportunity_procedure,
        .id = o->id,
        .verb = verb,
        .seen = rq_param(rq, "seen"),
        .note = f.note,
        .data = of_change ? opp_change_waiting(rq->db, rq->city->id, o->id) : NULL,
    };
    if (!procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, note_of(verb));
    rq_see_url(rq, link_to(rq, S("/buero/freigaben")));
}
