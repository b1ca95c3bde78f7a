/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office's pages of placements: the worklists, one with its next steps and history, the form
 * that begins one from a person's or an offer's page.
 */
#include "base/utf8.h"
#include "feature/person/person.h"
#include "feature/placement/pages.h"
#include "office.text.h"
#include "placement.html.h"
#include "placement.text.h"
#include "web.text.h"

#define DAY          ((int64_t)86400)
#define WEEK         7
#define CHOICES_MOST 30

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_placement_title(rq), link_to(rq, S("/buero/vermittlungen")));
}

/* ---- lists ---- */

static bool is_list(str s)
{
    return str_eq(s, S("unanswered")) || str_eq(s, S("trial")) || str_eq(s, S("follow_up"));
}

/* GET /buero/vermittlungen: ?list= one of the worklists, ?state= one state or all. */
void placement_desk_list(struct rq *rq)
{
    struct placement_filter f = { .list = rq_param(rq, "list"), .state = rq_param(rq, "state") };
    if (!is_list(f.list))
        f.list = S("");
    int64_t asked_before = clock_now() - PLACEMENT_CONTACT_DAYS * DAY;
    str until = day_iso(rq->arena, day_add(clock_today(), WEEK));
    struct placement_list_in in = { .city = rq->city->id,
                                    .state = f.state,
                                    .person = rq_param_int(rq, "person", 0),
                                    .opportunity = rq_param_int(rq, "offer", 0),
                                    .list = f.list,
                                    .asked_before = asked_before,
                                    .until = until };
    struct placement_card_rows rows = placement_list(rq->db, &in);
    const struct placement_counts_row *counts =
        placement_counts(rq->db, asked_before, until, rq->city->id);
    crumbs(rq);
    if (counts)
        view_placement_list(rq, &f, counts, rows);
}

struct placement_card_rows placement_cards(struct rq *rq, int64_t person_id, int64_t offer_id)
{
    struct placement_list_in in = { .city = rq->city->id,
                                    .state = S("all"),
                                    .person = person_id,
                                    .opportunity = offer_id,
                                    .list = S(""),
                                    .until = S("") };
    return placement_list(rq->db, &in);
}

url placement_start_link(const struct rq *rq, bool of_person, int64_t id)
{
    struct http_field known = { of_person ? S("person") : S("offer"),
                                str_fmt(rq->arena, "%lld", (long long)id) };
    return link_query(rq, S("/buero/vermittlungen/neu"), &known, 1);
}

/* ---- one ---- */

static void show(struct rq *rq, const struct placement_full *p, str failed,
                 const struct placement_form *typed)
{
    struct placement_desk page = {
        .placement = p,
        .feedback = placement_feedbacks(rq->db, rq->city->id, p->id),
        .form = typed ? *typed : placement_said(rq, p),
        .failed = failed,
        .agreed = placement_agreed(rq, p->person_id),
    };
    struct placement_ahead_in in = { .city = rq->city->id,
                                     .opportunity = p->opportunity_id,
                                     .since = p->waiting_since,
                                     .id = p->id };
    const struct placement_count *ahead = placement_ahead(rq->db, &in);
    page.ahead = ahead ? ahead->n : 0;
    if (!procedure_view(rq, &placement_procedure, p->id, &page.course))
        return;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    rq_crumb(rq, page.course.record.title, page.course.record.page);
    view_placement_show(rq, &page);
}

static const struct placement_full *addressed(struct rq *rq)
{
    const struct placement_full *p = placement_get(rq->db, rq->city->id, rq_id(rq));
    if (!p)
        rq_not_found(rq);
    return p;
}

/* GET /buero/vermittlungen/{id} */
void placement_desk_show(struct rq *rq)
{
    const struct placement_full *p = addressed(rq);
    if (p)
        show(rq, p, S(""), NULL);
}

/* One step; what a guard refuses is said above its form, in which nothing is lost. */
static void take(struct rq *rq, struct tx *tx, const struct placement_full *p,
                 const struct procedure_ask *ask)
{
    enum procedure_result result = procedure_try(rq, tx, ask);
    if (result == PROCEDURE_REFUSED) {
        show(rq, p, ask->verb, ask->data);
    } else if (result == PROCEDURE_DONE) {
        rq_note(rq, MSG_placement_note_saved);
        rq_see(rq, S("/buero/vermittlungen/"), p->id);
    }
}

/* POST /buero/vermittlungen/{id}/schritt: step=VERB with the fields of its form. */
void placement_desk_step(struct rq *rq, struct tx *tx)
{
    str verb = rq_param(rq, "step");
    const struct placement_full *p = addressed(rq);
    struct placement_form f = { 0 };
    if (!p)
        return;
    bool good = rq_form(rq, placement_fields(verb), &f);
    if (good)
        placement_form_check(rq, verb, &f);
    if (!rq_ok(rq)) {
        show(rq, p, verb, &f);
        return;
    }
    struct procedure_ask ask = { .procedure = &placement_procedure,
                                 .id = p->id,
                                 .verb = verb,
                                 .seen = rq_param(rq, "seen"),
                                 .note = f.note.n ? f.note : f.issue,
                                 .data = &f };
    take(rq, tx, p, &ask);
}

/* ---- beginning ---- */

static bool find_start(struct rq *rq, struct placement_start *s)
{
    s->person_id = rq_param_int(rq, "person", 0);
    s->opportunity_id = rq_param_int(rq, "offer", 0);
    const struct person_row *p =
        s->person_id ? person_find(rq->db, rq->city->id, s->person_id) : NULL;
    const struct placement_offer_row *o =
        s->opportunity_id ? placement_offer(rq->db, rq->city->id, s->opportunity_id) : NULL;
    s->person = p && person_open(p) ? p->name : S("");
    s->offer = o ? o->title : S("");
    bool known = (s->person.n || !s->person_id) && (s->offer.n || !s->opportunity_id);
    if (known)
        return true;
    rq_not_found(rq);
    return false;
}

/* Offers with these letters in their title; folded here, because the table has no folded titles. */
static struct placement_choice_rows offers_like(struct rq *rq, str folded)
{
    struct placement_choice_rows all = placement_choices_offer(rq->db, rq->city->id);
    struct placement_choice *v = NEW_ARRAY(rq->arena, CHOICES_MOST, struct placement_choice);
    size_t n = 0;
    for (size_t i = 0; i < all.n && n < CHOICES_MOST; i++)
        if (str_find(utf8_fold(rq->arena, all.v[i].name), folded) >= 0)
            v[n++] = all.v[i];
    return (struct placement_choice_rows){ v, n };
}

static void show_start(struct rq *rq, struct placement_start *s)
{
    s->q = rq_param(rq, "q");
    str folded = utf8_fold(rq->arena, s->q); /* which leaves no wildcard */
    str pattern = str_fmt(rq->arena, "%%%.*s%%", STR_FMT(folded));
    if (!s->person.n)
        s->choices = placement_choices_person(rq->db, rq->city->id, pattern);
    else if (!s->offer.n)
        s->choices = offers_like(rq, folded);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    rq_crumb(rq, t_placement_start(rq), link_to(rq, S("/buero/vermittlungen/neu")));
    view_placement_start(rq, s);
}

/* GET /buero/vermittlungen/neu?person=…&offer=…: what is not known is looked for. */
void placement_desk_start(struct rq *rq)
{
    struct placement_start s = { 0 };
    if (find_start(rq, &s))
        show_start(rq, &s);
}

/* POST /buero/vermittlungen/neu */
void placement_desk_begin(struct rq *rq, struct tx *tx)
{
    struct placement_start s = { 0 };
    enum msg why_not = 0;
    if (!find_start(rq, &s))
        return;
    rq_form(rq, placement_start_fields, &s.form);
    if (!s.person.n || !s.offer.n)
        rq_error(rq, NULL, t_placement_start_choose(rq));
    struct placement_wish wish = { s.person_id, s.opportunity_id, s.form.why, s.form.told };
    int64_t id = rq_ok(rq) ? placement_new(rq, tx, &wish, &why_not) : 0;
    if (why_not)
        rq_error(rq, NULL, text_of(rq, why_not));
    if (!id) {
        show_start(rq, &s);
        return;
    }
    rq_note(rq, MSG_placement_note_begun);
    rq_see(rq, S("/buero/vermittlungen/"), id);
}
