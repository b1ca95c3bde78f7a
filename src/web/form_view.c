/* SPDX-License-Identifier: EUPL-1.2 */
/* Small answers for form.html. */
#include "web/form_view.h"

str form_id(const struct field *f)
{
    return str_from_c(f->name);
}

str form_input_type(const struct field *f)
{
    switch (f->type) {
    case FIELD_MAIL:
        return S("email");
    case FIELD_PHONE:
        return S("tel");
    case FIELD_SECRET:
        return S("password");
    default:
        return S("text");
    }
}

str form_width(const struct field *f)
{
    switch (f->type) {
    case FIELD_INT:
    case FIELD_DECIMAL:
    case FIELD_POSTCODE:
    case FIELD_COLOUR:
        return S("t-input--short");
    case FIELD_DAY:
    case FIELD_PHONE:
        return S("t-input--middle");
    default:
        return S("");
    }
}

int form_rows(const struct field *f)
{
    return f->max > 8000 ? 24 : f->max && f->max <= 400 ? 3 : 6;
}

str form_autocomplete(const struct field *f)
{
    return str_from_c(f->autocomplete);
}

str form_described_by(const struct rq *rq, const struct field *f)
{
    bool error = rq_error_of(rq, f->name).n > 0;
    if (!f->hint && !error)
        return S("");
    return str_fmt(rq->arena, "%s%s%s%s%s", f->hint ? f->name : "", f->hint ? "-hint" : "",
                   f->hint && error ? " " : "", error ? f->name : "", error ? "-error" : "");
}

str form_error_class(const struct rq *rq, const struct field *f, str text)
{
    return rq_error_of(rq, f->name).n ? text : S("");
}

url form_error_link(const struct rq *rq, size_t n)
{
    const char *field = rq->errors.v[n].field;
    return (url){ str_fmt(rq->arena, "#%s", field ? field : "inhalt") };
}

str form_error_text(const struct rq *rq, const struct field *fields, size_t n)
{
    const struct form_error *e = &rq->errors.v[n];
    for (const struct field *f = fields; f && f->name && e->field; f++)
        if (str_eq(str_from_c(f->name), str_from_c(e->field)))
            return str_fmt(rq->arena, "%.*s: %.*s", STR_FMT(text_of(rq, f->label)),
                           STR_FMT(e->text));
    return e->text;
}

int form_answer(size_t place)
{
    static const enum vocab_answer order[] = { ANSWER_yes, ANSWER_no, ANSWER_unknown };
    return (int)order[place];
}
