/* SPDX-License-Identifier: EUPL-1.2 */
/* The fields of an offer as text. Numbers and bits are kept in decimal. */
#include "feature/opportunity/compare.h"

#include "base/vec.h"
#include "feature/opportunity/view.h"
#include "opportunity.text.h"

static bool is_number(const struct field *f)
{
    switch (f->type) {
    case FIELD_INT:
    case FIELD_DECIMAL:
    case FIELD_BOOL:
    case FIELD_BITS:
    case FIELD_GRID:
    case FIELD_ACCESS:
        return true;
    default:
        return false;
    }
}

static const void *member(const struct field *f, const struct opp_form *form)
{
    return (const char *)form + f->offset;
}

str compare_value(struct arena *a, const struct field *f, const struct opp_form *form)
{
    if (!is_number(f))
        return *(const str *)member(f, form);
    return str_fmt(a, "%lld", (long long)*(const int64_t *)member(f, form));
}

void compare_set(const struct field *f, struct opp_form *form, str value)
{
    void *at = (char *)form + f->offset;
    int64_t number = 0;
    if (!is_number(f))
        *(str *)at = value;
    else if (str_to_i64(value, &number))
        *(int64_t *)at = number;
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

static str access_words(struct rq *rq, uint64_t access)
{
    struct out o = out_new(rq->arena, 2048);
    for (int i = 0; i < ACCESSIBLE_COUNT; i++) {
        enum vocab_answer answer = accessible_answer(access, (enum vocab_accessible)i);
        out_fmt(&o, "%s%.*s: %.*s", i ? "; " : "", STR_FMT(vocab_label(rq, &vocab_accessible, i)),
                STR_FMT(vocab_label(rq, &vocab_answer, (int)answer)));
    }
    return out_text(&o);
}

static str number_words(struct rq *rq, const struct field *f, int64_t number)
{
    switch (f->type) {
    case FIELD_BOOL:
        return number ? t_opp_yes(rq) : t_opp_no(rq);
    case FIELD_BITS:
        return vocab_labels(rq, f->vocab, number);
    case FIELD_GRID:
        return opp_when(rq, number);
    case FIELD_ACCESS:
        return access_words(rq, (uint64_t)number);
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
    if (is_number(f))
        return str_to_i64(value, &number) ? number_words(rq, f, number) : S("");
    if (!value.n)
        return value;
    if (str_eq(name, S("organisation")))
        return organisation_words(rq, value);
    if (str_eq(name, S("languages")))
        return opp_languages(rq, value);
    if (f->type == FIELD_CODE)
        return vocab_label_of(rq, f->vocab, value);
    return f->type == FIELD_DAY ? page_iso_day(rq, value) : value;
}
