/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The vocabularies: what an offer, an organisation and a profile choose from.
 *
 * A value has three faces: its code (ASCII; in CSV, the API and addresses), its number (in
 * the database and the index, as value or as bit) and its label (a text, web/text.*.po,
 * key vocab.NAME.CODE). Codes and numbers never change and never move; new values are added
 * at the end of a list. This is the only place that lists them.
 *
 * Each list calls X(P, id) for its values; P is whatever the caller passes through, for
 * instance a prefix.
 */
#ifndef WEB_VOCAB_H
#define WEB_VOCAB_H

#include "base/out.h"

struct rq;

/* clang-format off */
/* Tätigkeitsfelder; bits. */
#define VOCAB_FIELD(X, P) \
    X(P, children_youth) \
    X(P, school_daycare) \
    X(P, education) \
    X(P, mentoring) \
    X(P, ageing) \
    X(P, health_hospice) \
    X(P, disability_inclusion) \
    X(P, social_poverty) \
    X(P, migration_diversity) \
    X(P, family_neighbourhood) \
    X(P, sport) \
    X(P, culture) \
    X(P, leisure) \
    X(P, environment_animals) \
    X(P, rescue_disaster) \
    X(P, politics_participation) \
    X(P, church_religion) \
    X(P, justice_care) \
    X(P, digital_media) \
    X(P, board_admin) \
    X(P, crafts_household) \
    X(P, one_world) \
    X(P, self_help)

/* Tätigkeitsarten; bits. */
#define VOCAB_KIND(X, P) \
    X(P, visiting) \
    X(P, accompanying) \
    X(P, advising) \
    X(P, driving) \
    X(P, tutoring) \
    X(P, reading_aloud) \
    X(P, mentoring) \
    X(P, caring) \
    X(P, group_leading) \
    X(P, coaching) \
    X(P, cooking) \
    X(P, sorting_selling) \
    X(P, office) \
    X(P, board_work) \
    X(P, public_relations) \
    X(P, digital_help) \
    X(P, interpreting) \
    X(P, guiding) \
    X(P, music_theatre) \
    X(P, creative) \
    X(P, repairing) \
    X(P, gardening) \
    X(P, animal_care) \
    X(P, event_help) \
    X(P, rescue_service) \
    X(P, end_of_life) \
    X(P, fundraising) \
    X(P, listening)

/* Zielgruppen; bits. */
#define VOCAB_TARGET(X, P) \
    X(P, children) \
    X(P, youth) \
    X(P, adults) \
    X(P, families) \
    X(P, seniors) \
    X(P, disability) \
    X(P, illness) \
    X(P, dementia) \
    X(P, refugees) \
    X(P, migrants) \
    X(P, homeless_poor) \
    X(P, addiction) \
    X(P, offenders) \
    X(P, animals) \
    X(P, none)

/* Zeitaufwand; one. `free` cannot be written as a token where free() is banned. */
#define VOCAB_TIME(X, P) \
    X(P, once, "once") \
    X(P, project, "project") \
    X(P, up_to_2h, "up_to_2h") \
    X(P, 3_5h, "3_5h") \
    X(P, from_6h, "from_6h") \
    X(P, monthly, "monthly") \
    X(P, on_call, "on_call") \
    X(P, freely, "free")

/* Where the work is done; one. */
#define VOCAB_PLACE_KIND(X, P) \
    X(P, fixed) \
    X(P, districts) \
    X(P, private_homes) \
    X(P, on_the_move) \
    X(P, at_home) \
    X(P, hybrid) \
    X(P, whole_area)

/* The grid: 7 days by 4 parts of the day, written "mo-morning"; bits, day * 4 + daypart. */
#define VOCAB_DAY(X, P) \
    X(P, mo) \
    X(P, tu) \
    X(P, we) \
    X(P, th) \
    X(P, fr) \
    X(P, sa) \
    X(P, su)

#define VOCAB_DAYPART(X, P) \
    X(P, morning) \
    X(P, noon) \
    X(P, afternoon) \
    X(P, evening)

/* Six questions of accessibility, each answered by one of `answer`, packed in two bits. */
#define VOCAB_ACCESSIBLE(X, P) \
    X(P, step_free) \
    X(P, toilet) \
    X(P, hearing_loop) \
    X(P, sign_language) \
    X(P, assistance) \
    X(P, easy_language)

#define VOCAB_ANSWER(X, P) \
    X(P, unknown) \
    X(P, yes) \
    X(P, no)

/* Führungszeugnis; one. */
#define VOCAB_CERTIFICATE(X, P) \
    X(P, none) \
    X(P, simple) \
    X(P, extended)

/* Auslagenersatz; one. */
#define VOCAB_EXPENSES(X, P) \
    X(P, none) \
    X(P, travel) \
    X(P, receipts) \
    X(P, lump_volunteer) \
    X(P, lump_trainer)

/* How a proposal was handed over; one. */
#define VOCAB_TOLD(X, P) \
    X(P, printed) \
    X(P, mailed) \
    X(P, spoken)

/* How somebody agreed, where the office notes it; one. */
#define VOCAB_GIVEN(X, P) \
    X(P, office) \
    X(P, paper)

/* Who contacts whom in a placement; one. */
#define VOCAB_WRITES(X, P) \
    X(P, organisation) \
    X(P, person)

/* Section 72a SGB VIII, before somebody is placed; one. */
#define VOCAB_CHECKED(X, P) \
    X(P, inspected) \
    X(P, not_needed) \
    X(P, exempt)

/* Why somebody stops; one. */
#define VOCAB_END_REASON(X, P) \
    X(P, time) \
    X(P, moving) \
    X(P, health) \
    X(P, work_school) \
    X(P, task) \
    X(P, support) \
    X(P, project_end) \
    X(P, retired) \
    X(P, unknown)

/* Why nothing came of a placement; one. */
#define VOCAB_EXIT_REASON(X, P) \
    X(P, time) \
    X(P, distance) \
    X(P, task) \
    X(P, people) \
    X(P, requirements) \
    X(P, elsewhere) \
    X(P, declined) \
    X(P, withdrawn) \
    X(P, other) \
    X(P, unknown)

/* Suitable for; bits. */
#define VOCAB_SUITS(X, P) \
    X(P, groups) \
    X(P, companies) \
    X(P, pupils) \
    X(P, newcomers) \
    X(P, trial_day)

/* Editorial state of an offer; one. */
#define VOCAB_STATE(X, P) \
    X(P, draft) \
    X(P, submitted) \
    X(P, published) \
    X(P, paused) \
    X(P, filled) \
    X(P, expired) \
    X(P, archived)

/* What an organisation is; one. */
#define VOCAB_ORG_KIND(X, P) \
    X(P, verein) \
    X(P, initiative) \
    X(P, einrichtung) \
    X(P, stiftung) \
    X(P, school) \
    X(P, church) \
    X(P, company) \
    X(P, public) \
    X(P, umbrella)

/* What an office that advises is; one. */
#define VOCAB_OFFICE_KIND(X, P) \
    X(P, stabsstelle) \
    X(P, servicestelle) \
    X(P, agentur) \
    X(P, other)

/* What people ask an office about, and what its guide explains; one. */
#define VOCAB_TOPIC(X, P) \
    X(P, start) \
    X(P, people) \
    X(P, insurance) \
    X(P, law) \
    X(P, money) \
    X(P, protection) \
    X(P, privacy) \
    X(P, founding) \
    X(P, recognition) \
    X(P, rooms) \
    X(P, digital) \
    X(P, publicity) \
    X(P, admin) \
    X(P, other)

/* Languages that somebody speaks or needs (ISO 639; gsg is German Sign Language); bits. */
#define VOCAB_LANGUAGE(X, P) \
    X(P, de) \
    X(P, en) \
    X(P, tr) \
    X(P, uk) \
    X(P, ar) \
    X(P, ru) \
    X(P, fa) \
    X(P, ps) \
    X(P, ku) \
    X(P, pl) \
    X(P, ro) \
    X(P, bg) \
    X(P, sr) \
    X(P, sq) \
    X(P, fr) \
    X(P, es) \
    X(P, it) \
    X(P, pt) \
    X(P, el) \
    X(P, vi) \
    X(P, zh) \
    X(P, ti) \
    X(P, so) \
    X(P, gsg)

/* How well (Common European Framework); one for each language. */
#define VOCAB_LEVEL(X, P) \
    X(P, a1) \
    X(P, a2) \
    X(P, b1) \
    X(P, b2) \
    X(P, c1) \
    X(P, c2) \
    X(P, native)

/* Age of a person where the year of birth is not known; one. The bands of the volunteer
 * survey, the first split. */
#define VOCAB_AGE_BAND(X, P) \
    X(P, under_16) \
    X(P, 16_17) \
    X(P, 18_29) \
    X(P, 30_49) \
    X(P, 50_64) \
    X(P, 65_74) \
    X(P, from_75)

/* As somebody says it, if at all; one. */
#define VOCAB_GENDER(X, P) \
    X(P, female) \
    X(P, male) \
    X(P, diverse)

/* How a person wants to be reached; one. */
#define VOCAB_CHANNEL(X, P) \
    X(P, mail) \
    X(P, phone) \
    X(P, post)

/* What a person does besides; one. */
#define VOCAB_EMPLOYMENT(X, P) \
    X(P, school) \
    X(P, studying) \
    X(P, training) \
    X(P, employed) \
    X(P, self_employed) \
    X(P, job_seeking) \
    X(P, parental_leave) \
    X(P, household) \
    X(P, retired) \
    X(P, other)

/* How a person gets around; bits. */
#define VOCAB_MOBILITY(X, P) \
    X(P, foot) \
    X(P, bike) \
    X(P, transit) \
    X(P, car) \
    X(P, licence)

/* With whom a person likes to work; one. */
#define VOCAB_TEAM(X, P) \
    X(P, either) \
    X(P, team) \
    X(P, alone)

/* Where a person heard of the office; one. */
#define VOCAB_HEARD_FROM(X, P) \
    X(P, website) \
    X(P, search) \
    X(P, press) \
    X(P, social_media) \
    X(P, friends) \
    X(P, organisation) \
    X(P, event) \
    X(P, flyer) \
    X(P, authority) \
    X(P, school) \
    X(P, job_centre) \
    X(P, other)

/* How a talk with the office was held; one. */
#define VOCAB_ADVICE_CHANNEL(X, P) \
    X(P, consulting_hour) \
    X(P, phone) \
    X(P, video) \
    X(P, mail) \
    X(P, form) \
    X(P, event) \
    X(P, outreach)

/* What a mentor and a mentee do together; bits. */
#define VOCAB_MENTORING_TOPIC(X, P) \
    X(P, language) \
    X(P, school) \
    X(P, job) \
    X(P, everyday) \
    X(P, authorities) \
    X(P, leisure) \
    X(P, digital) \
    X(P, culture) \
    X(P, sport) \
    X(P, reading) \
    X(P, music) \
    X(P, family)

/* How often two people meet; one. */
#define VOCAB_RHYTHM(X, P) \
    X(P, weekly) \
    X(P, fortnightly) \
    X(P, monthly) \
    X(P, open)

/* Why a mentoring pair stopped; one. */
#define VOCAB_PAIR_END(X, P) \
    X(P, reached) \
    X(P, planned) \
    X(P, time) \
    X(P, moving) \
    X(P, health) \
    X(P, work_school) \
    X(P, fit) \
    X(P, silent) \
    X(P, withdrawn) \
    X(P, other) \
    X(P, unknown)

/* How something goes, as those say whom it is about; one. */
#define VOCAB_GOING(X, P) \
    X(P, good) \
    X(P, mixed) \
    X(P, bad)

/* What companies give and organisations need; one. */
#define VOCAB_CONTRIBUTION(X, P) \
    X(P, team_day) \
    X(P, time) \
    X(P, know_how) \
    X(P, goods)

/* Where a team works; one. */
#define VOCAB_SETTING(X, P) \
    X(P, indoors) \
    X(P, outdoors) \
    X(P, either)

#define VOCAB_ENUM(P, id)          P##_##id,
#define VOCAB_ENUM_AS(P, id, code) P##_##id,

enum vocab_field { VOCAB_FIELD(VOCAB_ENUM, FIELD) FIELD_COUNT };
enum vocab_kind { VOCAB_KIND(VOCAB_ENUM, KIND) KIND_COUNT };
enum vocab_target { VOCAB_TARGET(VOCAB_ENUM, TARGET) TARGET_COUNT };
enum vocab_time { VOCAB_TIME(VOCAB_ENUM_AS, TIME) TIME_COUNT };
enum vocab_place_kind { VOCAB_PLACE_KIND(VOCAB_ENUM, PLACE_KIND) PLACE_KIND_COUNT };
enum vocab_day { VOCAB_DAY(VOCAB_ENUM, DAY) DAY_COUNT };
enum vocab_daypart { VOCAB_DAYPART(VOCAB_ENUM, DAYPART) DAYPART_COUNT };
enum vocab_accessible { VOCAB_ACCESSIBLE(VOCAB_ENUM, ACCESSIBLE) ACCESSIBLE_COUNT };
enum vocab_answer { VOCAB_ANSWER(VOCAB_ENUM, ANSWER) ANSWER_COUNT };
enum vocab_certificate { VOCAB_CERTIFICATE(VOCAB_ENUM, CERTIFICATE) CERTIFICATE_COUNT };
enum vocab_expenses { VOCAB_EXPENSES(VOCAB_ENUM, EXPENSES) EXPENSES_COUNT };
enum vocab_told { VOCAB_TOLD(VOCAB_ENUM, TOLD) TOLD_COUNT };
enum vocab_given { VOCAB_GIVEN(VOCAB_ENUM, GIVEN) GIVEN_COUNT };
enum vocab_writes { VOCAB_WRITES(VOCAB_ENUM, WRITES) WRITES_COUNT };
enum vocab_checked { VOCAB_CHECKED(VOCAB_ENUM, CHECKED) CHECKED_COUNT };
enum vocab_end_reason { VOCAB_END_REASON(VOCAB_ENUM, END_REASON) END_REASON_COUNT };
enum vocab_exit_reason { VOCAB_EXIT_REASON(VOCAB_ENUM, EXIT_REASON) EXIT_REASON_COUNT };
enum vocab_suits { VOCAB_SUITS(VOCAB_ENUM, SUITS) SUITS_COUNT };
enum vocab_state { VOCAB_STATE(VOCAB_ENUM, STATE) STATE_COUNT };
enum vocab_org_kind { VOCAB_ORG_KIND(VOCAB_ENUM, ORG_KIND) ORG_KIND_COUNT };
enum vocab_office_kind { VOCAB_OFFICE_KIND(VOCAB_ENUM, OFFICE_KIND) OFFICE_KIND_COUNT };
enum vocab_topic { VOCAB_TOPIC(VOCAB_ENUM, TOPIC) TOPIC_COUNT };
enum vocab_language { VOCAB_LANGUAGE(VOCAB_ENUM, LANGUAGE) LANGUAGE_COUNT };
enum vocab_level { VOCAB_LEVEL(VOCAB_ENUM, LEVEL) LEVEL_COUNT };
enum vocab_age_band { VOCAB_AGE_BAND(VOCAB_ENUM, AGE_BAND) AGE_BAND_COUNT };
enum vocab_gender { VOCAB_GENDER(VOCAB_ENUM, GENDER) GENDER_COUNT };
enum vocab_channel { VOCAB_CHANNEL(VOCAB_ENUM, CHANNEL) CHANNEL_COUNT };
enum vocab_employment { VOCAB_EMPLOYMENT(VOCAB_ENUM, EMPLOYMENT) EMPLOYMENT_COUNT };
enum vocab_mobility { VOCAB_MOBILITY(VOCAB_ENUM, MOBILITY) MOBILITY_COUNT };
enum vocab_team { VOCAB_TEAM(VOCAB_ENUM, TEAM) TEAM_COUNT };
enum vocab_heard_from { VOCAB_HEARD_FROM(VOCAB_ENUM, HEARD_FROM) HEARD_FROM_COUNT };
enum vocab_advice_channel { VOCAB_ADVICE_CHANNEL(VOCAB_ENUM, ADVICE_CHANNEL) ADVICE_CHANNEL_COUNT };
enum vocab_mentoring_topic {
    VOCAB_MENTORING_TOPIC(VOCAB_ENUM, MENTORING_TOPIC) MENTORING_TOPIC_COUNT
};
enum vocab_rhythm { VOCAB_RHYTHM(VOCAB_ENUM, RHYTHM) RHYTHM_COUNT };
enum vocab_pair_end { VOCAB_PAIR_END(VOCAB_ENUM, PAIR_END) PAIR_END_COUNT };
enum vocab_going { VOCAB_GOING(VOCAB_ENUM, GOING) GOING_COUNT };
enum vocab_contribution { VOCAB_CONTRIBUTION(VOCAB_ENUM, CONTRIBUTION) CONTRIBUTION_COUNT };
enum vocab_setting { VOCAB_SETTING(VOCAB_ENUM, SETTING) SETTING_COUNT };
/* clang-format on */

struct vocab {
    str name; /* as in the key of its labels: "field" */
    const str *codes;
    size_t n;
};

extern const struct vocab vocab_field, vocab_kind, vocab_target, vocab_time, vocab_place_kind;
extern const struct vocab vocab_day, vocab_daypart, vocab_grid, vocab_accessible, vocab_answer;
extern const struct vocab vocab_told, vocab_given, vocab_writes, vocab_checked, vocab_end_reason;
extern const struct vocab vocab_exit_reason;
extern const struct vocab vocab_certificate, vocab_expenses, vocab_suits, vocab_state;
extern const struct vocab vocab_org_kind, vocab_office_kind, vocab_topic, vocab_language;
extern const struct vocab vocab_level, vocab_age_band, vocab_gender, vocab_channel,
    vocab_employment;
extern const struct vocab vocab_mentoring_topic, vocab_rhythm, vocab_pair_end, vocab_going;
extern const struct vocab vocab_contribution, vocab_setting;
extern const struct vocab vocab_mobility, vocab_team, vocab_heard_from, vocab_advice_channel;

/* The number of a code, or -1. */
int vocab_find(const struct vocab *v, str code);
/* The code of a number; empty for a number that is none. */
str vocab_code(const struct vocab *v, int value);

static inline uint64_t vocab_bit(int value)
{
    return (uint64_t)1 << value;
}

/*
 * Codes separated by blanks (or commas) as bits. False when one is unknown: it is then put
 * into *unknown, and the bits of the others are there all the same.
 */
bool vocab_parse_bits(const struct vocab *v, str list, uint64_t *bits, str *unknown);
/* "children_youth sport" */
void vocab_put_bits(struct out *o, const struct vocab *v, uint64_t bits);
str vocab_fmt_bits(struct arena *a, const struct vocab *v, uint64_t bits);

/* The six answers of accessibility in one number; all zero means nothing is known. */
static inline enum vocab_answer accessible_answer(uint64_t access, enum vocab_accessible question)
{
    return (enum vocab_answer)(access >> (2 * question) & 3);
}
uint64_t accessible_with(uint64_t access, enum vocab_accessible question, enum vocab_answer answer);

/*
 * Languages with their levels, "de:b1 en:a2". A language without level counts as b1.
 * Levels are indexed by enum vocab_language; 0 means "not needed", else 1 + enum vocab_level.
 */
struct language_levels {
    uint8_t level[LANGUAGE_COUNT];
};
bool languages_parse(str list, struct language_levels *levels, str *unknown);
void languages_put(struct out *o, const struct language_levels *levels);

#endif
