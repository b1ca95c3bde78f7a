/* SPDX-License-Identifier: EUPL-1.2 */
/* The tables of web/vocab.h, made from its lists. */
#include "web/vocab.h"

#include "base/err.h"

#define CODE(P, id)          STR_INIT(#id),
#define CODE_AS(P, id, code) STR_INIT(code),

static const str field_codes[] = { VOCAB_FIELD(CODE, ) };
static const str kind_codes[] = { VOCAB_KIND(CODE, ) };
static const str target_codes[] = { VOCAB_TARGET(CODE, ) };
static const str time_codes[] = { VOCAB_TIME(CODE_AS, ) };
static const str place_kind_codes[] = { VOCAB_PLACE_KIND(CODE, ) };
static const str day_codes[] = { VOCAB_DAY(CODE, ) };
static const str daypart_codes[] = { VOCAB_DAYPART(CODE, ) };
static const str accessible_codes[] = { VOCAB_ACCESSIBLE(CODE, ) };
static const str answer_codes[] = { VOCAB_ANSWER(CODE, ) };
static const str certificate_codes[] = { VOCAB_CERTIFICATE(CODE, ) };
static const str expenses_codes[] = { VOCAB_EXPENSES(CODE, ) };
static const str told_codes[] = { VOCAB_TOLD(CODE, ) };
static const str given_codes[] = { VOCAB_GIVEN(CODE, ) };
static const str writes_codes[] = { VOCAB_WRITES(CODE, ) };
static const str checked_codes[] = { VOCAB_CHECKED(CODE, ) };
static const str end_reason_codes[] = { VOCAB_END_REASON(CODE, ) };
static const str exit_reason_codes[] = { VOCAB_EXIT_REASON(CODE, ) };
static const str suits_codes[] = { VOCAB_SUITS(CODE, ) };
static const str state_codes[] = { VOCAB_STATE(CODE, ) };
static const str org_kind_codes[] = { VOCAB_ORG_KIND(CODE, ) };
static const str office_kind_codes[] = { VOCAB_OFFICE_KIND(CODE, ) };
static const str topic_codes[] = { VOCAB_TOPIC(CODE, ) };
static const str language_codes[] = { VOCAB_LANGUAGE(CODE, ) };
static const str level_codes[] = { VOCAB_LEVEL(CODE, ) };
static const str age_band_codes[] = { VOCAB_AGE_BAND(CODE, ) };
static const str gender_codes[] = { VOCAB_GENDER(CODE, ) };
static const str channel_codes[] = { VOCAB_CHANNEL(CODE, ) };
static const str employment_codes[] = { VOCAB_EMPLOYMENT(CODE, ) };
static const str mobility_codes[] = { VOCAB_MOBILITY(CODE, ) };
static const str team_codes[] = { VOCAB_TEAM(CODE, ) };
static const str heard_from_codes[] = { VOCAB_HEARD_FROM(CODE, ) };
static const str advice_channel_codes[] = { VOCAB_ADVICE_CHANNEL(CODE, ) };
static const str mentoring_topic_codes[] = { VOCAB_MENTORING_TOPIC(CODE, ) };
static const str rhythm_codes[] = { VOCAB_RHYTHM(CODE, ) };
static const str pair_end_codes[] = { VOCAB_PAIR_END(CODE, ) };
static const str going_codes[] = { VOCAB_GOING(CODE, ) };
static const str contribution_codes[] = { VOCAB_CONTRIBUTION(CODE, ) };
static const str setting_codes[] = { VOCAB_SETTING(CODE, ) };

#define GRID_DAY(P, day)                                                            \
    STR_INIT(#day "-morning"), STR_INIT(#day "-noon"), STR_INIT(#day "-afternoon"), \
        STR_INIT(#day "-evening"),
static const str grid_codes[] = { VOCAB_DAY(GRID_DAY, ) };

/* clang-format off */
#define TABLE(name) { STR_INIT(#name), name##_codes, sizeof name##_codes / sizeof(str) }
/* clang-format on */

const struct vocab vocab_field = TABLE(field);
const struct vocab vocab_kind = TABLE(kind);
const struct vocab vocab_target = TABLE(target);
const struct vocab vocab_time = TABLE(time);
const struct vocab vocab_place_kind = TABLE(place_kind);
const struct vocab vocab_day = TABLE(day);
const struct vocab vocab_daypart = TABLE(daypart);
const struct vocab vocab_grid = TABLE(grid);
const struct vocab vocab_accessible = TABLE(accessible);
const struct vocab vocab_answer = TABLE(answer);
const struct vocab vocab_certificate = TABLE(certificate);
const struct vocab vocab_expenses = TABLE(expenses);
const struct vocab vocab_told = TABLE(told);
const struct vocab vocab_given = TABLE(given);
const struct vocab vocab_writes = TABLE(writes);
const struct vocab vocab_checked = TABLE(checked);
const struct vocab vocab_end_reason = TABLE(end_reason);
const struct vocab vocab_exit_reason = TABLE(exit_reason);
const struct vocab vocab_suits = TABLE(suits);
const struct vocab vocab_state = TABLE(state);
const struct vocab vocab_org_kind = TABLE(org_kind);
const struct vocab vocab_office_kind = TABLE(office_kind);
const struct vocab vocab_topic = TABLE(topic);
const struct vocab vocab_language = TABLE(language);
const struct vocab vocab_level = TABLE(level);
const struct vocab vocab_age_band = TABLE(age_band);
const struct vocab vocab_gender = TABLE(gender);
const struct vocab vocab_channel = TABLE(channel);
const struct vocab vocab_employment = TABLE(employment);
const struct vocab vocab_mobility = TABLE(mobility);
const struct vocab vocab_team = TABLE(team);
const struct vocab vocab_heard_from = TABLE(heard_from);
const struct vocab vocab_advice_channel = TABLE(advice_channel);
const struct vocab vocab_mentoring_topic = TABLE(mentoring_topic);
const struct vocab vocab_rhythm = TABLE(rhythm);
const struct vocab vocab_pair_end = TABLE(pair_end);
const struct vocab vocab_going = TABLE(going);
const struct vocab vocab_contribution = TABLE(contribution);
const struct vocab vocab_setting = TABLE(setting);

int vocab_find(const struct vocab *v, str code)
{
    for (size_t i = 0; i < v->n; i++)
        if (str_eq(v->codes[i], code))
            return (int)i;
    return -1;
}

str vocab_code(const struct vocab *v, int value)
{
    return value >= 0 && (size_t)value < v->n ? v->codes[value] : S("");
}

/* The next word of a list, up to a blank, comma or line break; false at its end. */
static bool next_word(str *list, str *word)
{
    size_t from = 0;
    while (from < list->n && (list->p[from] == ',' || (unsigned char)list->p[from] <= ' '))
        from++;
    size_t to = from;
    while (to < list->n && list->p[to] != ',' && (unsigned char)list->p[to] > ' ')
        to++;
    *word = str_slice(*list, from, to);
    *list = str_slice(*list, to, list->n);
    return word->n > 0;
}

bool vocab_parse_bits(const struct vocab *v, str list, uint64_t *bits, str *unknown)
{
    bool good = true;
    *bits = 0;
    for (str word; next_word(&list, &word);) {
        int value = vocab_find(v, word);
        if (value >= 0) {
            *bits |= vocab_bit(value);
        } else {
            *unknown = word;
            good = false;
        }
    }
    return good;
}

void vocab_put_bits(struct out *o, const struct vocab *v, uint64_t bits)
{
    must(v->n <= 64);
    bool first = true;
    for (size_t i = 0; i < v->n; i++) {
        if (!(bits >> i & 1))
            continue;
        if (!first)
            out_char(o, ' ');
        out_str(o, v->codes[i]);
        first = false;
    }
}

str vocab_fmt_bits(struct arena *a, const struct vocab *v, uint64_t bits)
{
    struct out o = out_new(a, 64 * v->n);
    vocab_put_bits(&o, v, bits);
    return out_text(&o);
}

uint64_t accessible_with(uint64_t access, enum vocab_accessible question, enum vocab_answer answer)
{
    access &= ~((uint64_t)3 << (2 * question));
    return access | (uint64_t)answer << (2 * question);
}

static bool language_parse(str word, struct language_levels *levels)
{
    str language;
    str rest = word;
    str_next(&rest, ':', &language);
    int number = vocab_find(&vocab_language, language);
    int level = rest.p ? vocab_find(&vocab_level, rest) : LEVEL_b1;
    if (number < 0 || level < 0)
        return false;
    levels->level[number] = (uint8_t)(level + 1);
    return true;
}

bool languages_parse(str list, struct language_levels *levels, str *unknown)
{
    bool good = true;
    *levels = (struct language_levels){ 0 };
    for (str word; next_word(&list, &word);) {
        if (!language_parse(word, levels)) {
            *unknown = word;
            good = false;
        }
    }
    return good;
}

void languages_put(struct out *o, const struct language_levels *levels)
{
    bool first = true;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (!levels->level[i])
            continue;
        if (!first)
            out_char(o, ' ');
        out_str(o, language_codes[i]);
        out_char(o, ':');
        out_str(o, vocab_code(&vocab_level, levels->level[i] - 1));
        first = false;
    }
}
