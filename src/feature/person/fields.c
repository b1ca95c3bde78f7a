/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of a person. */
#include "feature/person/fields.h"

#include "feature/person/words.h"
#include "person.text.h"
#include "web.text.h"
#include "web/languages.h"
#include "web/locate.h"
#include "web/vocab_label.h"

#define OLDEST 1900

#define F(member, type, ...) \
    FIELD(struct person_form, member, type, MSG_person_field_##member, ##__VA_ARGS__)

/* clang-format off */
const struct field person_fields[] = {
    F(name, TEXT, .required = true, .max = 120, .autocomplete = "off"),
    F(phone, PHONE, .max = 40, .autocomplete = "off"),
    F(mail, MAIL, .autocomplete = "off"),
    F(channel, CODE, .vocab = &vocab_channel),
    F(postcode, POSTCODE, .autocomplete = "off"),
    F(district, TEXT, .max = 80),
    F(birth_year, INT, .min = 0, .max = 9999),
    F(age_band, CODE, .vocab = &vocab_age_band, .hint = MSG_person_hint_age_band),
    F(employment, CODE, .vocab = &vocab_employment),
    F(languages, TEXT, .hint = MSG_person_hint_languages),
    F(skills, TEXT, .max = 400, .hint = MSG_person_hint_skills),
    F(hours_week, DECIMAL, .max = 400, .scale = 10),
    F(mobility, BITS, .vocab = &vocab_mobility),
    F(reach_km, INT, .min = 0, .max = 500, .hint = MSG_person_hint_reach),
    F(heard_from, CODE, .vocab = &vocab_heard_from),
    F(like_fields, BITS, .vocab = &vocab_field),
    F(like_kinds, BITS, .vocab = &vocab_kind),
    F(like_targets, BITS, .vocab = &vocab_target),
    F(rather_not_fields, BITS, .vocab = &vocab_field),
    F(rather_not_kinds, BITS, .vocab = &vocab_kind),
    F(rather_not_targets, BITS, .vocab = &vocab_target),
    F(never_fields, BITS, .vocab = &vocab_field),
    F(never_kinds, BITS, .vocab = &vocab_kind),
    F(never_targets, BITS, .vocab = &vocab_target),
    F(grid, GRID, .vocab = &vocab_grid),
    F(times, BITS, .vocab = &vocab_time),
    F(place_kinds, BITS, .vocab = &vocab_place_kind),
    F(team, CODE, .vocab = &vocab_team),
    F(starts_on, DAY, .hint = MSG_form_hint_day),
    F(ends_on, DAY),
    F(certificate, CODE, .vocab = &vocab_certificate),
    F(training, BOOL),
    F(experience, LONG, .max = 2000),
    F(motivation, LONG, .max = 2000),
    F(pronoun, TEXT, .max = 40),
    F(gender, CODE, .vocab = &vocab_gender),
    F(street, TEXT, .autocomplete = "off"),
    F(place, TEXT, .max = 80),
    F(guardian, TEXT, .hint = MSG_person_hint_guardian),
    { 0 },
};
/* clang-format on */

#define T(member, type, ...) \
    FIELD(struct person_input, member, type, MSG_person_typed_##member, ##__VA_ARGS__)

const struct field person_typed[] = {
    T(like_words, TEXT, .hint = MSG_person_hint_like_words, .autocomplete = "off"),
    T(rather_not_words, TEXT, .autocomplete = "off"),
    T(never_words, TEXT, .autocomplete = "off"),
    T(when_words, TEXT, .hint = MSG_person_hint_when_words, .autocomplete = "off"),
    { 0 },
};

const struct field person_agreeing[] = {
    FIELD(struct person_input, agree_keep, BOOL, MSG_person_agrees_keep),
    FIELD(struct person_input, agree_propose, BOOL, MSG_person_agrees_propose),
    FIELD(struct person_input, agree_pass_on, BOOL, MSG_person_agrees_pass_on),
    FIELD(struct person_input, agree_guardian, BOOL, MSG_person_agrees_guardian),
    { 0 },
};

#define GROUP(of, from, to, shown)                                     \
    {                                                                  \
        STR_INIT(#of), MSG_person_group_##of, from, to, .open = shown, \
    }

const struct person_group person_groups[] = {
    GROUP(who, "name", "employment", true),
    GROUP(brings, "languages", "heard_from", true),
    GROUP(likes, "like_fields", "like_targets", false),
    GROUP(rather_not, "rather_not_fields", "rather_not_targets", false),
    GROUP(never, "never_fields", "never_targets", false),
    GROUP(how, "grid", "training", false),
    GROUP(more, "experience", "guardian", false),
    { .first = NULL },
};

/* ---- reading ---- */

static void read_likings(struct rq *rq, const char *field, str typed, int64_t *const to[3])
{
    struct likings l;
    str unknown;
    if (!likings_read(rq, typed, &l, &unknown)) {
        rq_error(rq, field, t_person_error_word(rq, unknown));
        return;
    }
    *to[0] |= l.fields;
    *to[1] |= l.kinds;
    *to[2] |= l.targets;
}

static void read_typed(struct rq *rq, struct person_input *in)
{
    struct person_form *f = &in->f;
    int64_t grid = 0;
    str unknown;
    read_likings(rq, "like_words", in->like_words,
                 (int64_t *const[]){ &f->like_fields, &f->like_kinds, &f->like_targets });
    read_likings(
        rq, "rather_not_words", in->rather_not_words,
        (int64_t *const[]){ &f->rather_not_fields, &f->rather_not_kinds, &f->rather_not_targets });
    read_likings(rq, "never_words", in->never_words,
                 (int64_t *const[]){ &f->never_fields, &f->never_kinds, &f->never_targets });
    if (!when_read(rq, in->when_words, &grid, &unknown))
        rq_error(rq, "when_words", t_person_error_when(rq, unknown));
    f->grid |= grid;
    if (!languages_read(rq, f->languages, &f->languages, &unknown))
        rq_error(rq, "languages", t_person_error_languages(rq, unknown));
}

/* The same value cannot be liked and never wanted; what is said less firmly gives way. */
static void settle(struct rq *rq, struct person_form *f)
{
    struct {
        const char *field;
        const struct vocab *vocab;
        int64_t like, never;
        int64_t *rather_not;
    } dims[] = {
        { "never_fields", &vocab_field, f->like_fields, f->never_fields, &f->rather_not_fields },
        { "never_kinds", &vocab_kind, f->like_kinds, f->never_kinds, &f->rather_not_kinds },
        { "never_targets", &vocab_target, f->like_targets, f->never_targets,
          &f->rather_not_targets },
    };
    for (size_t i = 0; i < sizeof dims / sizeof *dims; i++) {
        int64_t both = dims[i].like & dims[i].never;
        if (both)
            rq_error(rq, dims[i].field,
                     t_person_error_both(rq, vocab_labels(rq, dims[i].vocab, both)));
        *dims[i].rather_not &= ~(dims[i].like | dims[i].never);
    }
}

void person_form_check(struct rq *rq, struct person_form *f)
{
    int64_t year = clock_today().year;
    struct located at = locate_words(rq, f->district, f->postcode);
    if (f->birth_year && (f->birth_year < OLDEST || f->birth_year > year))
        rq_error(rq, "birth_year", t_form_error_range(rq, OLDEST, year));
    if (!f->mail.n && !f->phone.n && !f->street.n)
        rq_error(rq, "phone", t_person_error_reach(rq));
    if (f->starts_on.n && f->ends_on.n && str_cmp(f->ends_on, f->starts_on) < 0)
        rq_error(rq, "ends_on", t_person_error_order(rq));
    f->lat = at.lat;
    f->lon = at.lon;
    f->geo_from = at.from;
}

bool person_form_read(struct rq *rq, struct person_input *in)
{
    rq_form(rq, person_fields, &in->f);
    rq_form(rq, person_typed, in);
    rq_form(rq, person_agreeing, in);
    read_typed(rq, in);
    settle(rq, &in->f);
    person_form_check(rq, &in->f);
    return rq_ok(rq);
}

void person_agree_ticked(struct rq *rq, struct tx *tx, int64_t id, const struct person_input *in,
                         str channel)
{
    const struct {
        str purpose;
        int64_t ticked;
    } all[] = {
        { S(PERSON_AGREES_KEEP), in->agree_keep },
        { S(PERSON_AGREES_PROPOSE), in->agree_propose },
        { S(PERSON_AGREES_PASS_ON), in->agree_pass_on },
        { S(PERSON_AGREES_GUARDIAN), in->agree_guardian },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].ticked)
            person_agree(rq, tx,
                         &(struct person_consent_given){ .person_id = id,
                                                         .mail = in->f.mail,
                                                         .purpose = all[i].purpose,
                                                         .channel = channel });
}

void person_form_keep_point(struct person_form *f, const struct person_row *p)
{
    if (!str_eq(f->postcode, p->postcode) || !str_eq(f->place, p->place) ||
        !str_eq(f->district, p->district))
        return;
    f->lat = p->lat;
    f->lon = p->lon;
    f->geo_from = p->geo_from;
}

struct person_input person_form_of(struct rq *rq, const struct person_row *p)
{
    struct person_input in = { .f = person_said(p) };
    in.f.languages = languages_words(rq, p->languages);
    return in;
}
