/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office's pages of certificates: who needs one, one person's, recording an inspection, looking
 * at the facts (which is noted), deleting them.
 */
#include "certificate.html.h"
#include "certificate.text.h"
#include "feature/certificate/clock.h"
#include "feature/certificate/pages.h"
#include "office.text.h"
#include "web.text.h"
#include "web/page.h"
#include "web/session.h"

const struct field certificate_fields[] = {
    FIELD(struct certificate_form, inspected_on, DAY, MSG_certificate_field_inspected_on,
          .required = true),
    FIELD(struct certificate_form, issued_on, DAY, MSG_certificate_field_issued_on,
          .required = true, .hint = MSG_certificate_field_issued_on_hint),
    FIELD(struct certificate_form, entry, CODE, MSG_certificate_field_entry, .required = true,
          .vocab = &vocab_answer),
    { 0 },
};

struct certificate_needed_row_rows certificate_needed_by(struct rq *rq, int64_t person_id)
{
    struct certificate_needed_in in = {
        .city = rq->city->id,
        .person = person_id,
        .fields = (int64_t)(vocab_bit(FIELD_children_youth) | vocab_bit(FIELD_school_daycare)),
        .targets = (int64_t)(vocab_bit(TARGET_children) | vocab_bit(TARGET_youth)),
    };
    return certificate_needed(rq->db, &in);
}

str certificate_standing(struct rq *rq, opt_str inspected_on)
{
    if (!inspected_on.has)
        return t_certificate_missing(rq);
    struct day again = certificate_renew_on(rq->arena, inspected_on.v);
    str day = page_iso_day(rq, day_iso(rq->arena, again));
    return day_number(again) > day_number(clock_today()) ? t_certificate_there(rq, day)
                                                         : t_certificate_over(rq, day);
}

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_certificate_title(rq), link_to(rq, S("/buero/fuehrungszeugnisse")));
}

/* GET /buero/fuehrungszeugnisse */
void certificate_list(struct rq *rq)
{
    crumbs(rq);
    view_certificate_list(rq, certificate_needed_by(rq, 0),
                          certificate_ending(rq->db, rq->city->id),
                          certificate_counts(rq->db, rq->city->id));
}

static bool load(struct rq *rq, struct certificate_page *page)
{
    page->person = person_get(rq, rq_id(rq));
    if (!page->person)
        return false;
    page->needed = certificate_needed_by(rq, page->person->id);
    page->kept = certificate_of(rq->db, rq->city->id, page->person->id);
    return true;
}

static void show(struct rq *rq, const struct certificate_page *page)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    rq_crumb(rq, page->person->name,
             link_id(rq, S("/buero/fuehrungszeugnisse/"), page->person->id));
    view_certificate_show(rq, page);
}

/* GET /buero/fuehrungszeugnisse/{person} */
void certificate_show(struct rq *rq)
{
    struct certificate_page page = { 0 };
    if (!load(rq, &page))
        return;
    page.form.inspected_on = day_iso(rq->arena, clock_today());
    show(rq, &page);
}

/* What the days of an inspection must be; errors are added. */
static void check_days(struct rq *rq, const struct certificate_form *f)
{
    struct day seen, issued;
    if (!day_parse_iso(f->inspected_on, &seen) || !day_parse_iso(f->issued_on, &issued))
        return; /* the form has said so */
    int64_t months = certificate_rule_on(rq->arena, S("fresh"), seen).months;
    struct day latest = certificate_months_after(issued, months);
    if (day_number(seen) > day_number(clock_today()))
        rq_error(rq, "inspected_on", t_certificate_not_future(rq));
    if (day_number(issued) > day_number(seen))
        rq_error(rq, "issued_on", t_certificate_not_order(rq));
    else if (day_number(seen) > day_number(latest))
        rq_error(rq, "issued_on", t_certificate_not_fresh(rq, months));
}

/* POST /buero/fuehrungszeugnisse/{person}/einsicht: only where something makes it necessary. */
void certificate_inspect(struct rq *rq, struct tx *tx)
{
    struct certificate_page page = { 0 };
    if (!load(rq, &page))
        return;
    rq_form(rq, certificate_fields, &page.form);
    check_days(rq, &page.form);
    if (str_eq(page.form.entry, vocab_code(&vocab_answer, ANSWER_unknown)))
        rq_error(rq, "entry", t_form_error_choice(rq));
    if (!page.needed.n)
        rq_error(rq, NULL, t_certificate_not_needed(rq));
    if (!rq_ok(rq)) {
        show(rq, &page);
        return;
    }
    struct certificate_facts facts = {
        .person_id = page.person->id,
        .inspected_on = page.form.inspected_on,
        .issued_on = page.form.issued_on,
        .entry = str_eq(page.form.entry, vocab_code(&vocab_answer, ANSWER_yes)),
    };
    certificate_keep(rq, tx, &facts);
    rq_note(rq, MSG_certificate_note_kept);
    rq_see(rq, S("/buero/fuehrungszeugnisse/"), page.person->id);
}

/* POST /buero/fuehrungszeugnisse/{person}/angaben: who looks is noted. */
void certificate_open(struct rq *rq, struct tx *tx)
{
    struct certificate_page page = { 0 };
    str entry = S("");
    if (!may(rq, PERM_certificate_inspect)) { /* reading all is not enough */
        rq_forbidden(rq);
        return;
    }
    if (!load(rq, &page))
        return;
    if (!page.kept) {
        rq_not_found(rq);
        return;
    }
    seal_note_reading(rq, tx, CERTIFICATE_ENTRY, page.person->id);
    page.opened =
        seal_open(rq->app, rq->arena, certificate_place(page.kept->id), page.kept->entry, &entry);
    page.entry = str_eq(entry, S("yes"));
    if (!page.opened)
        rq_error(rq, NULL, t_certificate_unreadable(rq));
    show(rq, &page);
}

/* POST /buero/fuehrungszeugnisse/{person}/loeschen */
void certificate_take_away(struct rq *rq, struct tx *tx)
{
    struct certificate_page page = { 0 };
    if (!load(rq, &page))
        return;
    if (!page.kept) {
        rq_not_found(rq);
        return;
    }
    certificate_erase_now(rq, tx, page.kept->id);
    rq_note(rq, MSG_certificate_note_erased);
    rq_see(rq, S("/buero/fuehrungszeugnisse/"), page.person->id);
}
