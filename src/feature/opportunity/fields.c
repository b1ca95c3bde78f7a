/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of an offer. */
#include "feature/opportunity/fields.h"

#include "base/err.h"
#include "web/languages.h"
#include "opportunity.text.h"
#include "web.text.h"
#include "web/locate.h"

#define F(member, type, text, ...) \
    FIELD(struct opp_form, member, type, MSG_opp_field_##text, ##__VA_ARGS__)

const struct field opp_fields[] = {
    F(title, TEXT, title, .required = true, .max = 120),
    F(organisation, TEXT, organisation, .required = true),
    F(summary, LONG, summary, .required = true, .max = 400, .hint = MSG_opp_hint_summary),
    F(tasks_md, LONG, tasks, .required = true, .hint = MSG_opp_hint_markdown),
    F(needs_md, LONG, needs),
    F(gives_md, LONG, gives),
    F(title_simple, TEXT, title_simple, .max = 120, .hint = MSG_opp_hint_simple),
    F(simple_md, LONG, simple),
    F(title_en, TEXT, title_en, .max = 120),
    F(summary_en, LONG, summary_en, .max = 400),
    F(fields, BITS, fields, .required = true, .vocab = &vocab_field),
    F(kinds, BITS, kinds, .vocab = &vocab_kind),
    F(targets, BITS, targets, .vocab = &vocab_target),
    F(place_kind, CODE, place_kind, .required = true, .vocab = &vocab_place_kind),
    F(street, TEXT, street, .autocomplete = "off"),
    F(postcode, POSTCODE, postcode),
    F(place, TEXT, place),
    F(district, TEXT, district),
    F(access, ACCESS, access, .required = true, .hint = MSG_opp_hint_access),
    F(time, CODE, time, .required = true, .vocab = &vocab_time),
    F(hours_week, DECIMAL, hours_week, .max = 400, .scale = 10, .hint = MSG_opp_hint_hours),
    F(grid, GRID, grid, .vocab = &vocab_grid),
    F(starts_on, DAY, starts_on, .hint = MSG_form_hint_day),
    F(ends_on, DAY, ends_on),
    F(commitment, TEXT, commitment),
    F(wanted, INT, wanted, .min = 0, .max = 999),
    F(placed, INT, placed, .min = 0, .max = 999),
    F(min_age, INT, min_age, .min = 0, .max = 99),
    F(suits, BITS, suits, .vocab = &vocab_suits),
    F(languages, TEXT, languages, .hint = MSG_opp_hint_languages),
    F(skills, TEXT, skills, .hint = MSG_opp_hint_skills),
    F(training, TEXT, training, .max = 400, .hint = MSG_opp_hint_offered),
    F(supervision, TEXT, supervision, .max = 400, .hint = MSG_opp_hint_offered),
    F(certificate, CODE, certificate, .required = true, .vocab = &vocab_certificate),
    F(measles, BOOL, measles),
    F(insurance, TEXT, insurance, .max = 400, .hint = MSG_opp_hint_offered),
    F(expenses, CODE, expenses, .required = true, .vocab = &vocab_expenses),
    F(expenses_cents, DECIMAL, expenses_cents, .max = 1000000, .scale = 100,
      .hint = MSG_opp_hint_cents),
    F(contact_name, TEXT, contact_name, .max = 120),
    F(contact_mail, MAIL, contact_mail),
    F(contact_phone, PHONE, contact_phone),
    F(valid_until, DAY, valid_until),
    { 0 },
};

#define GROUP(of, from, to)                                                    \
    {                                                                          \
        STR_INIT(#of), MSG_opp_group_##of, MSG_opp_group_##of##_lead, from, to \
    }

const struct opp_group opp_groups[] = {
    GROUP(offer, "title", "gives_md"),
    GROUP(simple, "title_simple", "summary_en"),
    GROUP(kind, "fields", "targets"),
    GROUP(place, "place_kind", "access"),
    GROUP(time, "time", "commitment"),
    GROUP(people, "wanted", "skills"),
    GROUP(frame, "training", "expenses_cents"),
    GROUP(contact, "contact_name", "valid_until"),
    { .first = NULL },
};

int64_t opp_form_organisation(const struct opp_form *f)
{
    int64_t id = 0;
    must(str_to_i64(f->organisation, &id));
    return id;
}

/* May whoever asks enter offers of this organisation? `among`: what a mailed link allows. */
static bool may_enter(struct rq *rq, int64_t id, const struct opp_organisation_rows *among)
{
    if (!among)
        return opp_organisation_known(rq->db, rq->city->id, id) &&
               may_for(rq, PERM_opportunity_edit, id);
    for (size_t i = 0; i < among->n; i++)
        if (among->v[i].id == id)
            return true;
    return false;
}

/* The organisation must be one of this town, and one for which this person may act. */
static void check_organisation(struct rq *rq, const struct opp_form *f,
                               const struct opp_organisation_rows *among)
{
    int64_t id = 0;
    if (!f->organisation.n)
        return;
    if (!str_to_i64(f->organisation, &id) || !may_enter(rq, id, among))
        rq_error(rq, "organisation", t_form_error_choice(rq));
}

static void check_together(struct rq *rq, struct opp_form *f)
{
    str unknown;
    if (!languages_read(rq, f->languages, &f->languages, &unknown))
        rq_error(rq, "languages", t_opp_error_languages(rq, unknown));
    if (f->starts_on.n && f->ends_on.n && str_cmp(f->ends_on, f->starts_on) < 0)
        rq_error(rq, "ends_on", t_opp_error_order(rq));
    if (f->wanted && f->placed > f->wanted)
        rq_error(rq, "placed", t_opp_error_placed(rq));
    bool fixed = str_eq(f->place_kind, S("fixed"));
    if (fixed && !f->postcode.n && !f->district.n)
        rq_error(rq, "postcode", t_opp_error_place(rq));
}

bool opp_form_read(struct rq *rq, struct opp_form *f)
{
    return opp_form_read_among(rq, f, NULL);
}

bool opp_form_read_among(struct rq *rq, struct opp_form *f,
                         const struct opp_organisation_rows *among)
{
    rq_form(rq, opp_fields, f);
    check_organisation(rq, f, among);
    check_together(rq, f);
    struct located at = locate_words(rq, f->district, f->postcode);
    f->lat = at.lat;
    f->lon = at.lon;
    f->geo_from = at.from;
    return rq_ok(rq);
}

void opp_form_keep_point(struct opp_form *f, const struct opp_full *o)
{
    if (!str_eq(f->street, o->street) || !str_eq(f->postcode, o->postcode) ||
        !str_eq(f->place, o->place) || !str_eq(f->district, o->district))
        return;
    f->lat = o->lat;
    f->lon = o->lon;
    f->geo_from = o->geo_from;
}

struct opp_form opp_form_of(struct rq *rq, const struct opp_full *o)
{
    struct opp_form f = opportunity_said(o);
    f.organisation = str_fmt(rq->arena, "%lld", (long long)o->organisation_id);
    f.languages = languages_words(rq, o->languages);
    return f;
}

static str in_language(const struct rq *rq, str normal, str simple, str english)
{
    if (rq->lang == LANG_DE_SIMPLE && simple.n)
        return simple;
    return rq->lang == LANG_EN && english.n ? english : normal;
}

str opp_full_title(const struct rq *rq, const struct opp_full *o)
{
    return in_language(rq, o->title, o->title_simple, o->title_en);
}

str opp_title(const struct rq *rq, const struct opp_card *o)
{
    return in_language(rq, o->title, o->title_simple, o->title_en);
}

str opp_summary(const struct rq *rq, const struct opp_card *o)
{
    return in_language(rq, o->summary, S(""), o->summary_en);
}
