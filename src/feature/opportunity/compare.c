/* SPDX-License-Identifier: EUPL-1.2 */
/* The fields of an offer as text. Numbers and bits are kept in decimal. */
#include "feature/opportunity/compare.h"

#include "base/vec.h"
#include "feature/opportunity/view.h"
#include "opportunity.text.h"
#include "web/field_text.h"

str compare_value(struct arena *a, const struct field *f, const struct opp_form *form)
{
    return field_text(a, f, form);
}

void compare_set(const struct field *f, struct opp_form *form, str value)
{
    field_set_text(f, form, value);
}

struct opp_form compare_form_of(struct arena *a, const struct opp_full *o)
{
    struct opp_form f = opportunity_said(o);
    f.organisation = str_fmt(a, "%lld", (long long)o->organisation_id);
    return f;
}

struct differences compare_forms(struct arena *a, const struct opp_form *was,
                                 const struct opp_form *said)
{
    struct differences d = { 0 };
    for (const struct field *f = opp_fields; f->name; f++) {
        str before = compare_value(a, f, was);
        str after = compare_value(a, f, said);
        if (!str_eq(before, after))
            *vec_add(a, &d) = (struct difference){ f, before, after };
    }
    return d;
}

const struct field *compare_field(str name)
{
    for (const struct field *f = opp_fields; f->name; f++)
        if (str_eq(str_from_c(f->name), name))
            return f;
    return NULL;
}

bool compare_is_personal(const struct field *f)
{
    return str_starts(str_from_c(f->name), S("contact_"));
}

/* ---- in words ---- */

static str number_words(struct rq *rq, const struct field *f, int64_t number)
{
    switch (f->type) {
    case FIELD_BOOL:
        return number ? t_opp_yes(rq) : t_opp_no(rq);
    case FIELD_GRID:
        return opp_when(rq, number);
    case FIELD_DECIMAL:
        return number ? opp_decimal(rq, (double)number / f->scale, f->scale == 10 ? 1 : 2) : S("");
    default:
        return number ? opp_number(rq, number) : S("");
    }
}

static str organisation_words(struct rq *rq, str value)
{
    int64_t id = 0;
    const struct opp_organisation *g =
        str_to_i64(value, &id) ? opp_organisation_known(rq->db, rq->city->id, id) : NULL;
    return g ? g->name : S("");
}

str compare_words(struct rq *rq, const struct field *f, str value)
{
    int64_t number = 0;
    str name = str_from_c(f->name);
    if (f->type == FIELD_BITS || f->type == FIELD_ACCESS)
        return field_words(rq, f, value);
    if (field_is_number(f))
        return str_to_i64(value, &number) ? number_words(rq, f, number) : S("");
    if (value.n && str_eq(name, S("organisation")))
        return organisation_words(rq, value);
    return value.n && str_eq(name, S("languages")) ? opp_languages(rq, value)
                                                   : field_words(rq, f, value);
}
