/* SPDX-License-Identifier: EUPL-1.2 */
/* Labels: one table of texts for each vocabulary, made from the same lists. */
#include "web/vocab_label.h"

#include "base/err.h"
#include "web.text.h"
#include "web/rq.h"
#include "web/text.h"

#define LABEL(P, id)          MSG_vocab_##P##_##id,
#define LABEL_AS(P, id, code) MSG_vocab_##P##_##id,

static const enum msg field[] = { VOCAB_FIELD(LABEL, field) };
static const enum msg kind[] = { VOCAB_KIND(LABEL, kind) };
static const enum msg target[] = { VOCAB_TARGET(LABEL, target) };
static const enum msg time_needed[] = { VOCAB_TIME(LABEL_AS, time) };
static const enum msg place_kind[] = { VOCAB_PLACE_KIND(LABEL, place_kind) };
static const enum msg day[] = { VOCAB_DAY(LABEL, day) };
static const enum msg daypart[] = { VOCAB_DAYPART(LABEL, daypart) };
static const enum msg accessible[] = { VOCAB_ACCESSIBLE(LABEL, accessible) };
static const enum msg answer[] = { VOCAB_ANSWER(LABEL, answer) };
static const enum msg certificate[] = { VOCAB_CERTIFICATE(LABEL, certificate) };
static const enum msg expenses[] = { VOCAB_EXPENSES(LABEL, expenses) };
static const enum msg told[] = { VOCAB_TOLD(LABEL, told) };
static const enum msg given[] = { VOCAB_GIVEN(LABEL, given) };
static const enum msg writes[] = { VOCAB_WRITES(LABEL, writes) };
static const enum msg checked[] = { VOCAB_CHECKED(LABEL, checked) };
static const enum msg end_reason[] = { VOCAB_END_REASON(LABEL, end_reason) };
static const enum msg exit_reason[] = { VOCAB_EXIT_REASON(LABEL, exit_reason) };
static const enum msg suits[] = { VOCAB_SUITS(LABEL, suits) };
static const enum msg state[] = { VOCAB_STATE(LABEL, state) };
static const enum msg org_kind[] = { VOCAB_ORG_KIND(LABEL, org_kind) };
static const enum msg office_kind[] = { VOCAB_OFFICE_KIND(LABEL, office_kind) };
static const enum msg topic[] = { VOCAB_TOPIC(LABEL, topic) };
static const enum msg language[] = { VOCAB_LANGUAGE(LABEL, language) };
static const enum msg level[] = { VOCAB_LEVEL(LABEL, level) };
static const enum msg age_band[] = { VOCAB_AGE_BAND(LABEL, age_band) };
static const enum msg gender[] = { VOCAB_GENDER(LABEL, gender) };
static const enum msg channel[] = { VOCAB_CHANNEL(LABEL, channel) };
static const enum msg employment[] = { VOCAB_EMPLOYMENT(LABEL, employment) };
static const enum msg mobility[] = { VOCAB_MOBILITY(LABEL, mobility) };
static const enum msg team[] = { VOCAB_TEAM(LABEL, team) };
static const enum msg heard_from[] = { VOCAB_HEARD_FROM(LABEL, heard_from) };
static const enum msg advice_channel[] = { VOCAB_ADVICE_CHANNEL(LABEL, advice_channel) };
static const enum msg mentoring_topic[] = { VOCAB_MENTORING_TOPIC(LABEL, mentoring_topic) };
static const enum msg rhythm[] = { VOCAB_RHYTHM(LABEL, rhythm) };
static const enum msg pair_end[] = { VOCAB_PAIR_END(LABEL, pair_end) };
static const enum msg going[] = { VOCAB_GOING(LABEL, going) };
static const enum msg contribution[] = { VOCAB_CONTRIBUTION(LABEL, contribution) };
static const enum msg setting[] = { VOCAB_SETTING(LABEL, setting) };

static enum msg msg_of(const struct vocab *v, int value)
{
    static const struct {
        const struct vocab *vocab;
        const enum msg *labels;
    } all[] = {
        { &vocab_field, field },
        { &vocab_kind, kind },
        { &vocab_target, target },
        { &vocab_time, time_needed },
        { &vocab_place_kind, place_kind },
        { &vocab_day, day },
        { &vocab_daypart, daypart },
        { &vocab_accessible, accessible },
        { &vocab_answer, answer },
        { &vocab_certificate, certificate },
        { &vocab_expenses, expenses },
        { &vocab_told, told },
        { &vocab_given, given },
        { &vocab_writes, writes },
        { &vocab_checked, checked },
        { &vocab_end_reason, end_reason },
        { &vocab_exit_reason, exit_reason },
        { &vocab_suits, suits },
        { &vocab_state, state },
        { &vocab_org_kind, org_kind },
        { &vocab_office_kind, office_kind },
        { &vocab_topic, topic },
        { &vocab_language, language },
        { &vocab_level, level },
        { &vocab_age_band, age_band },
        { &vocab_gender, gender },
        { &vocab_channel, channel },
        { &vocab_employment, employment },
        { &vocab_mobility, mobility },
        { &vocab_team, team },
        { &vocab_heard_from, heard_from },
        { &vocab_advice_channel, advice_channel },
        { &vocab_mentoring_topic, mentoring_topic },
        { &vocab_rhythm, rhythm },
        { &vocab_pair_end, pair_end },
        { &vocab_going, going },
        { &vocab_contribution, contribution },
        { &vocab_setting, setting },
    };
    must(value >= 0 && (size_t)value < v->n);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].vocab == v)
            return all[i].labels[value];
    must(!"the vocabulary has labels");
    return field[0];
}

str vocab_label(const struct rq *rq, const struct vocab *v, int value)
{
    return text_of(rq, msg_of(v, value));
}

str vocab_label_of(const struct rq *rq, const struct vocab *v, str code)
{
    int value = vocab_find(v, code);
    return value >= 0 ? vocab_label(rq, v, value) : code;
}

str vocab_label_in(enum lang lang, const struct vocab *v, int value)
{
    str label = text_words(lang, msg_of(v, value));
    return label.n ? label : text_words(LANG_DE, msg_of(v, value));
}

str vocab_labels(const struct rq *rq, const struct vocab *v, int64_t bits)
{
    struct out o = out_new(rq->arena, 8192);
    for (size_t i = 0; i < v->n; i++) {
        if (!((uint64_t)bits & vocab_bit((int)i)))
            continue;
        if (o.n)
            OUT(&o, " · "); /* labels have commas of their own */
        out_str(&o, vocab_label(rq, v, (int)i));
    }
    return out_text(&o);
}
