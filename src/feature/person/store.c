/* SPDX-License-Identifier: EUPL-1.2 */
/* Storing person records: what is computed for sorting and searching, and the history. */
#include "base/utf8.h"
#include "feature/person/person.h"
#include "feature/person/store.h"

str person_last_name(str name)
{
    size_t blank = name.n;
    while (blank && name.p[blank - 1] != ' ')
        blank--;
    return str_slice(name, blank, name.n);
}

/* "Maria von der Heide" is found under H: the last word comes first. */
static str sort_key(struct arena *a, str name)
{
    return utf8_sort_key(a,
                         str_fmt(a, "%.*s %.*s", STR_FMT(person_last_name(name)), STR_FMT(name)));
}

str person_digits(struct arena *a, str phone)
{
    struct out o = out_new(a, phone.n + 1);
    for (size_t i = 0; i < phone.n; i++)
        if (phone.p[i] >= '0' && phone.p[i] <= '9')
            out_char(&o, phone.p[i]);
    str digits = out_text(&o);
    if (str_starts(digits, S("0049")))
        return str_join(a, S("0"), str_slice(digits, 4, digits.n));
    if (str_starts(str_trim(phone), S("+49")))
        return str_join(a, S("0"), str_slice(digits, 2, digits.n));
    return digits;
}

struct person_words person_words(struct arena *a, const struct person_contact *c)
{
    str found_by = str_fmt(a, "%.*s %.*s %.*s %.*s %.*s %.*s %.*s", STR_FMT(c->name),
                           STR_FMT(c->mail), STR_FMT(c->phone), STR_FMT(person_digits(a, c->phone)),
                           STR_FMT(c->postcode), STR_FMT(c->place), STR_FMT(c->district));
    return (struct person_words){ sort_key(a, c->name), utf8_fold(a, found_by) };
}

static struct person_words words_of(struct arena *a, const struct person_form *f)
{
    return person_words(a, &(struct person_contact){ f->name, f->mail, f->phone, f->postcode,
                                                     f->place, f->district });
}

/* The members that insert and update share, named once. */
#define SAID(f, w)                                                                                 \
    .name = (f)->name, .sort_key = (w).sort_key, .search = (w).search, .pronoun = (f)->pronoun,    \
    .gender = (f)->gender, .birth_year = (f)->birth_year, .age_band = (f)->age_band,               \
    .employment = (f)->employment, .lang = (f)->lang, .guardian = (f)->guardian,                   \
    .mail = (f)->mail, .phone = (f)->phone, .channel = (f)->channel, .street = (f)->street,        \
    .postcode = (f)->postcode, .place = (f)->place, .district = (f)->district, .lat = (f)->lat,    \
    .lon = (f)->lon, .geo_from = (f)->geo_from, .like_fields = (f)->like_fields,                   \
    .like_kinds = (f)->like_kinds, .like_targets = (f)->like_targets,                              \
    .rather_not_fields = (f)->rather_not_fields, .rather_not_kinds = (f)->rather_not_kinds,        \
    .rather_not_targets = (f)->rather_not_targets, .never_fields = (f)->never_fields,              \
    .never_kinds = (f)->never_kinds, .never_targets = (f)->never_targets, .times = (f)->times,     \
    .place_kinds = (f)->place_kinds, .team = (f)->team, .training = (f)->training,                 \
    .languages = (f)->languages, .skills = (f)->skills, .experience = (f)->experience,             \
    .motivation = (f)->motivation, .certificate = (f)->certificate, .hours_week = (f)->hours_week, \
    .grid = (f)->grid, .starts_on = (f)->starts_on, .ends_on = (f)->ends_on,                       \
    .mobility = (f)->mobility, .reach_km = (f)->reach_km, .heard_from = (f)->heard_from

struct person_form person_said(const struct person_row *p)
{
    return (struct person_form){ .name = p->name,
                                 .pronoun = p->pronoun,
                                 .gender = p->gender,
                                 .birth_year = p->birth_year,
                                 .age_band = p->age_band,
                                 .employment = p->employment,
                                 .lang = p->lang,
                                 .guardian = p->guardian,
                                 .mail = p->mail,
                                 .phone = p->phone,
                                 .channel = p->channel,
                                 .street = p->street,
                                 .postcode = p->postcode,
                                 .place = p->place,
                                 .district = p->district,
                                 .lat = p->lat,
                                 .lon = p->lon,
                                 .geo_from = p->geo_from,
                                 .like_fields = p->like_fields,
                                 .like_kinds = p->like_kinds,
                                 .like_targets = p->like_targets,
                                 .rather_not_fields = p->rather_not_fields,
                                 .rather_not_kinds = p->rather_not_kinds,
                                 .rather_not_targets = p->rather_not_targets,
                                 .never_fields = p->never_fields,
                                 .never_kinds = p->never_kinds,
                                 .never_targets = p->never_targets,
                                 .times = p->times,
                                 .place_kinds = p->place_kinds,
                                 .team = p->team,
                                 .training = p->training,
                                 .languages = p->languages,
                                 .skills = p->skills,
                                 .experience = p->experience,
                                 .motivation = p->motivation,
                                 .certificate = p->certificate,
                                 .hours_week = p->hours_week,
                                 .grid = p->grid,
                                 .starts_on = p->starts_on,
                                 .ends_on = p->ends_on,
                                 .mobility = p->mobility,
                                 .reach_km = p->reach_km,
                                 .heard_from = p->heard_from };
}

/* History and audit trail, by the one who did it. */
static void note(struct tx *tx, const struct person_arrival *a, int64_t id,
                 const struct procedure_entry *what)
{
    struct procedure_entry entry = *what;
    entry.procedure = &person_procedure;
    entry.city_id = a->city_id;
    entry.id = id;
    entry.account_id = a->account_id;
    if (str_eq(a->source, S("self")))
        entry.who = BY_LINK;
    procedure_record(tx, &entry);
}

static bool is_import(const struct person_arrival *a)
{
    return a->source.n && !str_eq(a->source, S("self")) && !str_eq(a->source, S("office"));
}

int64_t person_new(struct tx *tx, const struct person_arrival *a, const struct person_form *f)
{
    str state = a->state.n ? a->state : S("active");
    bool import = is_import(a);
    struct person_insert_in in = { .id = db_new_id(),
                                   .city = a->city_id,
                                   .state = state,
                                   .office = a->office_id,
                                   .account = a->account_id,
                                   .source = a->source.n ? a->source : S("office"),
                                   .ref = a->ref,
                                   .content_hash = import ? person_hash(tx->db.arena, f) : S(""),
                                   .at = tx->now,
                                   .created_by = a->account_id,
                                   .confirmed_at = import ? 0 : tx->now,
                                   .contact_at = tx->now,
                                   SAID(f, words_of(tx->db.arena, f)) };
    person_insert(tx, &in);
    note(tx, a, in.id, &(struct procedure_entry){ .verb = S("enter"), .to = state });
    return in.id;
}

bool person_replace(struct tx *tx, int64_t id, const struct person_arrival *a,
                    const struct person_form *f)
{
    struct person_update_in in = { .from_source = is_import(a),
                                   .content_hash = person_hash(tx->db.arena, f),
                                   .at = tx->now,
                                   .city = a->city_id,
                                   .id = id,
                                   SAID(f, words_of(tx->db.arena, f)) };
    return person_update(tx, &in) == 1;
}

bool person_save(struct tx *tx, int64_t id, const struct person_arrival *a,
                 const struct person_form *f)
{
    if (!person_replace(tx, id, a, f))
        return false;
    note(tx, a, id, &(struct procedure_entry){ .verb = S("change") });
    return true;
}

void person_touch(struct tx *tx, int64_t city_id, int64_t id)
{
    person_set_touched(tx, tx->now, city_id, id);
}

void person_hold(struct tx *tx, int64_t city_id, int64_t id, int by)
{
    person_set_held(
        tx, &(struct person_set_held_in){ .by = by, .at = tx->now, .city = city_id, .id = id });
}
