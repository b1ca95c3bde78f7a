/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office's list. What is done to many is shown first on a page that names how many, and then
 * done in one transaction, each through the procedure: one that cannot, because somebody was
 * faster, and none is.
 */
#include "feature/opportunity/bulk.h"

#include "base/clock.h"
#include "feature/opportunity/change.h"
#include "office.text.h"
#include "opportunity.html.h"
#include "opportunity.text.h"
#include "web.text.h"

#define PER_PAGE 100
/* Chosen at once: as many as are on a page. */
#define MOST         PER_PAGE
#define FILTERS_MOST 30

const struct param bulk_params[] = {
    { "state", "string", "only offers in this state" },
    { "organisation", "integer", "only those of this organisation" },
    { "age", "integer", "only those that nobody has confirmed for so many days" },
    { "lone", "boolean", "only those without address of a contact" },
    { "page", "integer", "counts from 1" },
    { 0 },
};

const int bulk_ages[] = { 30, 60, 75, 90, 0 };

/* ---- filters ---- */

bool opp_filter_read(const struct rq *rq, struct opp_filter *f)
{
    *f = (struct opp_filter){ .state = rq_param(rq, "state"),
                              .organisation = rq_param_int(rq, "organisation", 0),
                              .age = rq_param_int(rq, "age", 0),
                              .lone = str_eq(rq_param(rq, "lone"), S("1")) };
    bool known = !f->state.n || vocab_find(&vocab_state, f->state) >= 0;
    return known && f->organisation >= 0 && f->age >= 0 && f->age < 10000;
}

int64_t opp_filter_before(const struct opp_filter *f)
{
    if (!f->age)
        return 0;
    struct local_time t = { .day = day_add(clock_today(), -(int)f->age + 1) };
    return clock_instant(t);
}

/* The list with that filter; what is not set is not in the address. */
static url link_of(const struct rq *rq, const struct opp_filter *f)
{
    struct http_field fields[4];
    size_t n = 0;
    if (f->state.n)
        fields[n++] = (struct http_field){ S("state"), f->state };
    if (f->organisation)
        fields[n++] = (struct http_field){ S("organisation"),
                                           str_fmt(rq->arena, "%lld", (long long)f->organisation) };
    if (f->age)
        fields[n++] =
            (struct http_field){ S("age"), str_fmt(rq->arena, "%lld", (long long)f->age) };
    if (f->lone)
        fields[n++] = (struct http_field){ S("lone"), S("1") };
    return n ? link_query(rq, S("/buero/angebote"), fields, n) : link_to(rq, S("/buero/angebote"));
}

url bulk_filter_link(const struct rq *rq, const struct opp_filter_row *f)
{
    return link_of(rq, &(struct opp_filter){ .state = f->state,
                                             .organisation = f->organisation_id,
                                             .age = f->age,
                                             .lone = f->lone == 1 });
}

const struct field filter_fields[] = {
    FIELD(struct filter_form, name, TEXT, MSG_opp_filter_name, .required = true, .max = 60,
          .autocomplete = "off"),
    { 0 },
};

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_opp_office_title(rq), link_to(rq, S("/buero/angebote")));
}

static void show_list(struct rq *rq, const struct opp_filter *filter)
{
    int64_t page = rq_param_int(rq, "page", 1);
    page = page < 1 || page > 100000 ? 1 : page;
    struct opp_office_list_in in = { .city = rq->city->id,
                                     .state = filter->state,
                                     .organisation = filter->organisation,
                                     .before = opp_filter_before(filter),
                                     .lone = filter->lone,
                                     .limit = PER_PAGE + 1,
                                     .offset = (page - 1) * PER_PAGE };
    struct bulk_list list = {
        .filter = *filter,
        .rows = opp_office_list(rq->db, &in),
        .counts = opp_state_counts(rq->db, rq->city->id),
        .saved = opp_filters(rq->db, rq->city->id, rq->who.account_id),
        .organisations = opp_organisations(rq->db, rq->city->id, filter->organisation),
        .page = page,
    };
    list.more = list.rows.n > PER_PAGE;
    list.rows.n = list.more ? PER_PAGE : list.rows.n;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    view_opp_office_list(rq, &list);
}

void bulk_list(struct rq *rq)
{
    struct opp_filter filter;
    if (opp_filter_read(rq, &filter))
        show_list(rq, &filter);
    else
        rq_not_found(rq);
}

static void save_filter(struct rq *rq, struct tx *tx, const struct opp_filter *filter)
{
    struct filter_form f = { 0 };
    size_t n = opp_filters(rq->db, rq->city->id, rq->who.account_id).n;
    if (n >= FILTERS_MOST)
        rq_error(rq, "name", t_opp_filter_most(rq, FILTERS_MOST));
    if (!rq_form(rq, filter_fields, &f) || !rq_ok(rq)) {
        show_list(rq, filter);
        return;
    }
    opp_filter_insert(tx, &(struct opp_filter_insert_in){ .id = db_new_id(),
                                                          .city = rq->city->id,
                                                          .account = rq->who.account_id,
                                                          .name = f.name,
                                                          .state = filter->state,
                                                          .organisation = filter->organisation,
                                                          .age = filter->age,
                                                          .lone = filter->lone });
    rq_note(rq, MSG_opp_filter_saved);
    rq_see_url(rq, link_of(rq, filter));
}

void bulk_filter(struct rq *rq, struct tx *tx)
{
    struct opp_filter filter;
    if (!opp_filter_read(rq, &filter)) {
        rq_not_found(rq);
        return;
    }
    if (!rq_has_param(rq, "delete")) {
        save_filter(rq, tx, &filter);
        return;
    }
    int64_t id = rq_param_int(rq, "delete", 0);
    if (opp_filter_delete(tx, rq->city->id, rq->who.account_id, id) != 1) {
        rq_not_found(rq);
        return;
    }
    rq_note(rq, MSG_opp_filter_deleted);
    rq_see_url(rq, link_to(rq, S("/buero/angebote")));
}

/* ---- many at once ---- */

const struct bulk_deed bulk_deeds[] = {
    { STR_INIT("confirm"), MSG_opp_step_confirm },
    { STR_INIT("publish"), MSG_opp_step_publish },
    { STR_INIT("pause"), MSG_opp_step_pause },
    { STR_INIT("resume"), MSG_opp_step_resume },
    { STR_INIT("fill"), MSG_opp_step_fill },
    { STR_INIT("renew"), MSG_opp_step_renew },
    { STR_INIT("archive"), MSG_opp_step_archive },
    { STR_INIT("contact"), MSG_opp_bulk_contact },
    { STR_INIT(""), 0 },
};

const struct field contact_fields[] = {
    FIELD(struct contact_form, contact_name, TEXT, MSG_opp_field_contact_name, .required = true,
          .max = 120),
    FIELD(struct contact_form, contact_mail, MAIL, MSG_opp_field_contact_mail, .required = true),
    FIELD(struct contact_form, contact_phone, PHONE, MSG_opp_field_contact_phone),
    { 0 },
};

static bool is_contact(const struct bulk_deed *deed)
{
    return str_eq(deed->step, S("contact"));
}

static const struct bulk_deed *deed_find(str step)
{
    for (const struct bulk_deed *d = bulk_deeds; d->step.n; d++)
        if (str_eq(d->step, step))
            return d;
    return NULL;
}

static bool can_step(struct rq *rq, const struct record *record, str verb)
{
    struct procedure_choices choices =
        procedure_choices(rq, &opportunity_procedure, record, BY_PERSON);
    for (size_t i = 0; i < choices.n; i++)
        if (str_eq(str_from_c(choices.v[i].step->verb), verb))
            return !choices.v[i].why_not;
    return false;
}

static bool is_chosen(const struct bulk_choices *c, int64_t id)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].id == id)
            return true;
    return false;
}

static void choose(struct rq *rq, struct bulk_choices *c, int64_t id)
{
    struct record record;
    if (c->n == MOST || is_chosen(c, id) || !record_find(rq, &opportunity_record, id, &record))
        return;
    bool can = is_contact(c->deed) || can_step(rq, &record, c->deed->step);
    c->v[c->n++] = (struct bulk_choice){ id, record.title, record.state, can };
    c->can += can;
}

/* What the parameters `id` and `step` say; only offers of this town. */
static void read_choices(struct rq *rq, struct bulk_choices *c)
{
    struct http_fields given = rq_given(rq);
    *c = (struct bulk_choices){ .deed = deed_find(rq_param(rq, "step")),
                                .v = NEW_ARRAY(rq->arena, MOST, struct bulk_choice) };
    for (size_t i = 0; c->deed && i < given.n; i++) {
        int64_t id = 0;
        if (str_eq(given.v[i].name, S("id")) && str_to_i64(given.v[i].value, &id))
            choose(rq, c, id);
    }
}

static void show_choices(struct rq *rq, const struct bulk_choices *c, const struct contact_form *f)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    rq_crumb(rq, t_opp_bulk_title(rq), link_to(rq, S("/buero/angebote")));
    view_opp_chosen(rq, c, f);
}

void bulk_chosen(struct rq *rq)
{
    struct bulk_choices c;
    struct contact_form f = { 0 };
    read_choices(rq, &c);
    show_choices(rq, &c, &f);
}

static void give_contact(struct rq *rq, struct tx *tx, int64_t id, const struct contact_form *f)
{
    const struct opp_full *o = opp_get(rq->db, rq->city->id, id);
    if (!o)
        return;
    struct opp_form form = opportunity_said(o);
    form.contact_name = f->contact_name;
    form.contact_mail = f->contact_mail;
    form.contact_phone = f->contact_phone;
    struct opp_arrival arrival = { .city_id = rq->city->id,
                                   .organisation_id = o->organisation_id,
                                   .account_id = rq->who.account_id };
    opportunity_save(tx, id, &arrival, &form);
}

/* False: one could not, and the request is answered; nothing at all is kept then. */
static bool do_one(struct rq *rq, struct tx *tx, const struct bulk_choices *c,
                   const struct bulk_choice *one, const struct contact_form *f)
{
    if (is_contact(c->deed)) {
        give_contact(rq, tx, one->id, f);
        return true;
    }
    struct procedure_ask ask = { .procedure = &opportunity_procedure,
                                 .id = one->id,
                                 .verb = c->deed->step };
    return procedure_take(rq, tx, &ask);
}

void bulk_act(struct rq *rq, struct tx *tx)
{
    struct bulk_choices c;
    struct contact_form f = { 0 };
    read_choices(rq, &c);
    if (!c.n)
        rq_error(rq, NULL, t_opp_bulk_none(rq));
    else if (is_contact(c.deed))
        rq_form(rq, contact_fields, &f);
    if (!rq_ok(rq)) {
        show_choices(rq, &c, &f);
        return;
    }
    for (size_t i = 0; i < c.n; i++)
        if (!do_one(rq, tx, &c, &c.v[i], &f))
            return;
    rq_note(rq, MSG_opp_bulk_done);
    rq_see_url(rq, link_to(rq, S("/buero/angebote")));
}
