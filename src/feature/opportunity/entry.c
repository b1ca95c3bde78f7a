/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Entering an offer without account. Table: opportunity_entry. Nothing is stored about an
 * organisation before the address was confirmed by using the link; one that the town does not
 * know is made together with the first draft, and nobody sees it before the office released
 * the offer.
 */
#include "feature/opportunity/entry.h"

#include "base/clock.h"
#include "feature/opportunity/change.h"
#include "feature/opportunity/fields.h"
#include "feature/opportunity/states.h"
#include "feature/organisation/organisation.h"
#include "opportunity.html.h"
#include "opportunity.text.h"
#include "web/app.h"
#include "web/job.h"
#include "web/limit.h"
#include "web/mail.h"
#include "web/session.h"
#include "web/token.h"
#include "web/trap.h"

#define DAY          86400
#define LINK_SECONDS (180 * DAY)
/* So long an ended link still leads to "send me a new one". */
#define LINK_KNOWN (400 * DAY)
/* How long a link without offer is kept, a draft that nobody sends, and who entered what is over.
 */
#define KEPT_DRAFTED (90 * DAY)
#define KEPT_DONE    (180 * DAY)

static const struct limit_rule by_peer = { "entry.peer", 5, 600 };
static const struct limit_rule by_mail = { "entry.mail", 3, 3600 };

const struct field entry_fields[] = {
    FIELD(struct entry_form, organisation, TEXT, MSG_opp_entry_organisation, .required = true,
          .max = 160, .hint = MSG_opp_entry_organisation_hint, .autocomplete = "organization"),
    FIELD(struct entry_form, mail, MAIL, MSG_opp_entry_mail, .required = true, .max = 200,
          .hint = MSG_opp_entry_mail_hint, .autocomplete = "email"),
    { 0 },
};

/* ---- asking for the link ---- */

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_opp_entry_title(rq), link_to(rq, S("/anbieten")));
}

static void show_ask(struct rq *rq, const struct entry_form *f)
{
    rq->no_cache = true;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    view_entry_ask(rq, f);
}

void entry_ask(struct rq *rq)
{
    struct entry_form f = { 0 };
    show_ask(rq, &f);
}

url entry_link(struct rq *rq, struct tx *tx, const struct opp_entry_row *entry)
{
    struct token_wish wish = { .purpose = S(ENTRY_LINK),
                               .subject_id = entry->id,
                               .seconds = LINK_SECONDS,
                               .mail = entry->mail,
                               .remembered = LINK_KNOWN };
    return token_new(rq, tx, &wish);
}

static struct rq in_language_of(const struct rq *rq, const struct opp_entry_row *entry)
{
    struct rq r = *rq;
    if (!lang_parse(entry->lang, &r.lang))
        r.lang = rq->city->lang;
    return r;
}

static void mail_link(struct rq *rq, struct tx *tx, const struct opp_entry_row *entry, url link)
{
    struct rq r = in_language_of(rq, entry);
    str day = day_iso(rq->arena, clock_local(tx->now).day);
    struct notice n = {
        .to = entry->mail,
        .subject = t_opp_entry_mail_subject(&r, rq->city->name),
        .text = t_opp_entry_mail_text(&r, entry->organisation, link.s, rq->city->name),
        .dedupe =
            str_fmt(rq->arena, "opportunity entry %lld %.*s", (long long)entry->id, STR_FMT(day)),
    };
    mail_queue(tx, rq->city->id, &n);
}

static struct opp_entry_row entry_new(struct rq *rq, struct tx *tx, const struct entry_form *f,
                                      opt_int offer)
{
    struct opp_entry_row e = { .id = db_new_id(),
                               .city_id = rq->city->id,
                               .mail = f->mail,
                               .organisation = f->organisation,
                               .lang = lang_info(rq->lang)->code,
                               .opportunity_id = offer };
    opp_entry_insert(tx, &(struct opp_entry_insert_in){ .id = e.id,
                                                        .city = e.city_id,
                                                        .mail = e.mail,
                                                        .organisation = e.organisation,
                                                        .lang = e.lang,
                                                        .opportunity = offer,
                                                        .at = tx->now });
    return e;
}

bool entry_too_often(struct rq *rq, str mail)
{
    return rq_limited(rq, &by_peer, rq_peer_key(rq)) || rq_limited(rq, &by_mail, str_hash(mail));
}

void entry_ask_send(struct rq *rq, struct tx *tx)
{
    struct entry_form f = { 0 };
    if (!rq_form(rq, entry_fields, &f) || !trap_passed(rq)) {
        show_ask(rq, &f);
        return;
    }
    if (entry_too_often(rq, f.mail))
        return;
    struct opp_entry_row e = entry_new(rq, tx, &f, no_int);
    mail_link(rq, tx, &e, entry_link(rq, tx, &e));
    rq_see_url(rq, link_to(rq, S("/anbieten/gesendet")));
}

void entry_asked(struct rq *rq)
{
    crumbs(rq);
    rq_crumb(rq, t_opp_entry_sent(rq), link_to(rq, S("/anbieten/gesendet")));
    view_entry_asked(rq);
}

/* ---- behind the link ---- */

struct opp_organisation_rows entry_organisations(struct rq *rq, const struct opp_entry_row *entry)
{
    struct organisation_likes likes;
    organisation_alike(rq, entry->organisation, &likes);
    struct opp_organisation *v = NEW_ARRAY(rq->arena, likes.n + 1, struct opp_organisation);
    size_t n = 0;
    bool known = false;
    for (size_t i = 0; i < likes.n; i++) {
        v[n++] = (struct opp_organisation){ .id = likes.v[i].id, .name = likes.v[i].name };
        known |= likes.v[i].same;
    }
    if (!known)
        v[n++] = (struct opp_organisation){ .name = t_opp_entry_organisation_new(
                                                rq, entry->organisation) };
    return (struct opp_organisation_rows){ .v = v, .n = n };
}

struct opp_form entry_begin(struct rq *rq, const struct opp_entry_row *entry,
                            struct opp_organisation_rows organisations)
{
    struct opp_form f = { .certificate = S("none"),
                          .expenses = S("none"),
                          .place_kind = S("fixed"),
                          .contact_mail = entry->mail };
    /* Nothing to choose where there is only one. */
    if (organisations.n == 1)
        f.organisation = str_fmt(rq->arena, "%lld", (long long)organisations.v[0].id);
    return f;
}

static int64_t organisation_made(struct rq *rq, struct tx *tx, const struct opp_entry_row *entry,
                                 const struct opp_form *f)
{
    struct org_arrival arrival = { .city_id = rq->city->id, .awaited = true };
    struct org_form form = { .name = entry->organisation,
                             .kind = S("verein"),
                             .fields = f->fields,
                             .place = rq->city->name };
    return organisation_new(tx, &arrival, &form);
}

bool entry_save(struct rq *rq, struct tx *tx, const struct opp_entry_row *entry,
                const struct opp_form *f)
{
    int64_t organisation = opp_form_organisation(f);
    if (!organisation)
        organisation = organisation_made(rq, tx, entry, f);
    struct opp_arrival arrival = { .city_id = rq->city->id,
                                   .organisation_id = organisation,
                                   .state = S("draft"),
                                   .by_link = true };
    int64_t id = opportunity_new(tx, &arrival, f);
    if (opp_entry_set_offer(tx, id, rq->city->id, entry->id) == 1)
        return true;
    rq_conflict(rq); /* the form was sent twice at once */
    return false;
}

url entry_copy(struct rq *rq, struct tx *tx, const struct holder *h)
{
    struct opp_form f = opportunity_said(h->offer);
    struct entry_form who = { .mail = h->mail, .organisation = h->offer->organisation };
    struct opp_arrival arrival = { .city_id = rq->city->id,
                                   .organisation_id = h->offer->organisation_id,
                                   .state = S("draft"),
                                   .by_link = true };
    f.placed = 0;
    int64_t id = opportunity_new(tx, &arrival, &f);
    struct opp_entry_row e = entry_new(rq, tx, &who, some_int(id));
    url link = entry_link(rq, tx, &e);
    mail_link(rq, tx, &e, link);
    return link;
}

void entry_link_again(struct rq *rq, struct tx *tx, const struct opp_entry_row *entry)
{
    mail_link(rq, tx, entry, entry_link(rq, tx, entry));
}

/* ---- what came to nothing ---- */

struct tidying {
    struct job_run *job;
    int64_t gone;
};

static void forget(struct tx *tx, const struct opp_entry_row *e)
{
    token_revoke(tx, e->city_id, S(ENTRY_LINK), e->id);
    opp_entry_delete(tx, e->city_id, e->id);
}

void entry_erase(struct tx *tx, const struct erasure *e)
{
    forget(tx, &(struct opp_entry_row){ .city_id = e->city_id, .id = e->id });
}

static void forget_draft(struct tx *tx, const struct opp_entry_row *e)
{
    int64_t id = e->opportunity_id.v;
    const struct opp_record_row *o = opp_record(&tx->db, e->city_id, id);
    struct record record = { .kind = &opportunity_record, .id = id };
    change_forget(tx, e->city_id, id);
    if (!o || opp_delete_draft(tx, e->city_id, id) != 1)
        return;
    procedure_forget(tx, e->city_id, &record);
    organisation_forget_awaited(tx, e->city_id, o->organisation_id);
}

static void work(struct tx *tx, void *ctx)
{
    struct tidying *t = ctx;
    int64_t now = t->job->now;
    struct opp_entry_row_rows rows = opp_entries_unsent(&tx->db, now - KEPT_DRAFTED);
    for (size_t i = 0; i < rows.n; i++) {
        forget(tx, &rows.v[i]);
        forget_draft(tx, &rows.v[i]);
    }
    t->gone = (int64_t)rows.n;
    rows = opp_entries_done(&tx->db, now - KEPT_DONE);
    for (size_t i = 0; i < rows.n; i++)
        forget(tx, &rows.v[i]);
    t->gone += (int64_t)rows.n;
}

void entry_tidy(struct job_run *job)
{
    struct tidying t = { .job = job };
    if (tx_do(job->app->store, job->arena, work, &t) != ERR_OK) {
        job_failed(job, S("not committed"));
        return;
    }
    job_result(job, str_fmt(job->arena, "%lld gone", (long long)t.gone));
}
