/* SPDX-License-Identifier: EUPL-1.2 */
/* What figures are broken down by. Neighbours: figures.h, web/vocab.h (most of the values). */
#include "base/clock.h"
#include "feature/person/person.h"
#include "feature/report/figures.h"
#include "report.text.h"
#include "web.text.h"
#include "web/vocab_label.h"

/* A value that no vocabulary has. */
struct word {
    str code;
    enum msg text;
};

enum by_kind { BY_NOTHING, BY_VOCAB, BY_BITS, BY_AGE, BY_WORDS, BY_MONTH };

struct report_by {
    enum by_kind kind;
    enum msg name;
    const struct vocab *vocab;
    const struct word *words;
    size_t n; /* of words */
};

static const struct word standings[] = {
    { STR_INIT("placed"), MSG_report_standing_placed },
    { STR_INIT("contact"), MSG_report_standing_contact },
    { STR_INIT("proposed"), MSG_report_standing_proposed },
    { STR_INIT("over"), MSG_report_standing_over },
};
static const struct word appointments[] = {
    { STR_INIT("attended"), MSG_report_appointment_attended },
    { STR_INIT("missed"), MSG_report_appointment_missed },
    { STR_INIT("cancelled"), MSG_report_appointment_cancelled },
    { STR_INIT("booked"), MSG_report_appointment_booked },
};
static const struct word goings[] = {
    { STR_INIT("running"), MSG_report_going_running },
    { STR_INIT("ended"), MSG_report_going_ended },
};
static const struct word certificates[] = {
    { STR_INIT("letter"), MSG_report_certificate_letter },
    { STR_INIT("inspected"), MSG_report_certificate_inspected },
    { STR_INIT("erased"), MSG_report_certificate_erased },
};

#define VOCAB(name, how, values)                       \
    const struct report_by report_by_##name = {        \
        how, MSG_report_by_##name, &(values), NULL, 0, \
    }
#define WORDS(name, list)                                                           \
    const struct report_by report_by_##name = {                                     \
        BY_WORDS, MSG_report_by_##name, NULL, list, sizeof(list) / sizeof(*(list)), \
    }

const struct report_by report_by_none = { 0 };
const struct report_by report_by_month = { .kind = BY_MONTH, .name = MSG_report_by_month };
VOCAB(topic, BY_VOCAB, vocab_topic);
VOCAB(heard_from, BY_VOCAB, vocab_heard_from);
VOCAB(age_band, BY_AGE, vocab_age_band);
VOCAB(gender, BY_VOCAB, vocab_gender);
VOCAB(employment, BY_VOCAB, vocab_employment);
VOCAB(channel, BY_VOCAB, vocab_advice_channel);
VOCAB(field, BY_BITS, vocab_field);
VOCAB(target, BY_BITS, vocab_target);
VOCAB(kind, BY_BITS, vocab_kind);
VOCAB(time, BY_VOCAB, vocab_time);
VOCAB(end_reason, BY_VOCAB, vocab_end_reason);
VOCAB(exit_reason, BY_VOCAB, vocab_exit_reason);
VOCAB(org_kind, BY_VOCAB, vocab_org_kind);
WORDS(standing, standings);
WORDS(appointment, appointments);
WORDS(going, goings);
WORDS(certificate, certificates);

/* How many values have a code; one more stands for "not said". */
static size_t coded(const struct report_by *by)
{
    return by->vocab ? by->vocab->n : by->n;
}

size_t report_by_count(const struct report_by *by, const struct report_span *span)
{
    if (by->kind == BY_NOTHING)
        return 0;
    return by->kind == BY_MONTH ? report_span_months(span) : coded(by) + 1;
}

bool report_by_several(const struct report_by *by)
{
    return by->kind == BY_BITS;
}

bool report_by_ordered(const struct report_by *by)
{
    return by->kind == BY_MONTH || by->kind == BY_AGE || by->kind == BY_WORDS;
}

/* ---- the value of a row ---- */

static size_t by_code(const struct report_by *by, str code)
{
    for (size_t i = 0; i < coded(by); i++)
        if (str_eq(by->vocab ? by->vocab->codes[i] : by->words[i].code, code))
            return i;
    return coded(by);
}

/* Of a day as text, or of an instant. */
static size_t by_month(const struct report_span *span, const struct report_row *row)
{
    struct day day;
    if (!day_parse_iso(row->code, &day))
        day = clock_local(row->amount).day;
    int month = report_span_month(span, day);
    must(month >= 0); /* its statement looked into this time only */
    return (size_t)month;
}

/* The age in the year in which somebody was entered: it stays the same in later reports. */
static size_t by_age(const struct report_by *by, const struct report_row *row)
{
    struct person_row p = { .birth_year = row->bits, .age_band = row->code };
    return by_code(by, person_age_band(&p, clock_local(row->amount).day));
}

size_t report_by_value(const struct report_by *by, const struct report_span *span,
                       const struct report_row *row)
{
    if (by->kind == BY_MONTH)
        return by_month(span, row);
    return by->kind == BY_AGE ? by_age(by, row) : by_code(by, row->code);
}

/* ---- in words ---- */

static struct day month_of(const struct report_span *span, size_t value)
{
    int month = span->first.month - 1 + (int)value;
    return (struct day){ span->first.year + month / 12, month % 12 + 1, 1 };
}

str report_by_code(struct arena *a, const struct report_by *by, const struct report_span *span,
                   size_t value)
{
    if (by->kind == BY_MONTH)
        return str_slice(day_iso(a, month_of(span, value)), 0, 7);
    if (value >= coded(by))
        return S("");
    return by->vocab ? by->vocab->codes[value] : by->words[value].code;
}

static str month_label(const struct rq *rq, const struct report_span *span, size_t value)
{
    static const enum msg names[] = { MSG_page_month_1,  MSG_page_month_2,  MSG_page_month_3,
                                      MSG_page_month_4,  MSG_page_month_5,  MSG_page_month_6,
                                      MSG_page_month_7,  MSG_page_month_8,  MSG_page_month_9,
                                      MSG_page_month_10, MSG_page_month_11, MSG_page_month_12 };
    struct day day = month_of(span, value);
    str name = text_of(rq, names[day.month - 1]);
    if (span->first.year == span->last.year)
        return name;
    return str_fmt(rq->arena, "%.*s %d", STR_FMT(name), day.year);
}

str report_by_label(const struct rq *rq, const struct report_by *by, const struct report_span *span,
                    size_t value)
{
    if (by->kind == BY_MONTH)
        return month_label(rq, span, value);
    if (value >= coded(by))
        return t_report_not_said(rq);
    return by->vocab ? vocab_label(rq, by->vocab, (int)value) : text_of(rq, by->words[value].text);
}

str report_by_name(const struct rq *rq, const struct report_by *by)
{
    return by->kind == BY_NOTHING ? S("") : text_of(rq, by->name);
}
