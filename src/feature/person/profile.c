/* SPDX-License-Identifier: EUPL-1.2 */
/* From a person record to a profile of the matching index; and how old somebody is. */
#include "feature/person/person.h"
#include "web/vocab.h"

/* The index keeps levels of the first languages only (match/match.h). */
#define LANGUAGES 16
#define CHILD     16

/* The first year of each band of web/vocab.h. */
static const int band_from[AGE_BAND_COUNT] = { 0, 16, 18, 30, 50, 65, 75 };

int person_age(const struct person_row *p, struct day today)
{
    int band = vocab_find(&vocab_age_band, p->age_band);
    if (p->birth_year)
        return today.year - (int)p->birth_year - 1 > 0 ? today.year - (int)p->birth_year - 1 : 1;
    return band >= 0 ? band_from[band] : 0;
}

bool person_is_child(const struct person_row *p, struct day today)
{
    if (p->birth_year)
        return today.year - p->birth_year <= CHILD; /* the birthday may be still to come */
    return str_eq(p->age_band, vocab_code(&vocab_age_band, AGE_BAND_under_16));
}

str person_age_band(const struct person_row *p, struct day today)
{
    int band = AGE_BAND_COUNT - 1;
    int64_t age = today.year - p->birth_year;
    if (!p->birth_year)
        return p->age_band;
    while (band > 0 && age < band_from[band])
        band--;
    return vocab_code(&vocab_age_band, band);
}

/* How far somebody gets without saying so: as far as the farthest of what they have takes them. */
static uint32_t reach_m(const struct person_row *p)
{
    static const struct {
        enum vocab_mobility by;
        uint32_t metres;
    } ways[] = {
        { MOBILITY_car, 25000 },
        { MOBILITY_transit, 15000 },
        { MOBILITY_bike, 6000 },
        { MOBILITY_foot, 2000 },
    };
    if (p->reach_km)
        return (uint32_t)p->reach_km * 1000;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if ((uint64_t)p->mobility & vocab_bit((int)ways[i].by))
            return ways[i].metres;
    return 0;
}

static int64_t number_of(str iso)
{
    struct day d;
    return day_parse_iso(iso, &d) ? day_number(d) : 0;
}

static void put_languages(struct match_profile *m, str list)
{
    struct language_levels levels;
    str unknown;
    m->languages_known = list.n > 0;
    languages_parse(list, &levels, &unknown);
    for (int i = 0; i < LANGUAGES; i++)
        if (levels.level[i])
            m->levels |= MATCH_LEVEL(i, levels.level[i]);
}

struct match_profile person_profile(const struct person_row *p, struct day today)
{
    int age = person_age(p, today);
    struct match_profile m = {
        .like = { [MATCH_FIELD] = (uint32_t)p->like_fields,
                  [MATCH_KIND] = (uint32_t)p->like_kinds,
                  [MATCH_TARGET] = (uint32_t)p->like_targets,
                  [MATCH_TIME] = (uint32_t)p->times,
                  [MATCH_PLACE] = (uint32_t)p->place_kinds },
        .never = { [MATCH_FIELD] = (uint32_t)p->never_fields,
                   [MATCH_KIND] = (uint32_t)p->never_kinds,
                   [MATCH_TARGET] = (uint32_t)p->never_targets },
        .grid = (uint32_t)p->grid,
        .hours = (uint8_t)((p->hours_week + 9) / 10),
        .age = (uint8_t)age,
        .certificate = (int8_t)vocab_find(&vocab_certificate, p->certificate),
        .near = { p->lat.has && p->lon.has, p->lat.v, p->lon.v },
        .reach_m = reach_m(p),
        .from = number_of(p->starts_on),
        .to = number_of(p->ends_on),
        .today = day_number(today),
    };
    put_languages(&m, p->languages);
    return m;
}

uint32_t person_rather_not(const struct person_row *p, enum match_dim dim)
{
    switch (dim) {
    case MATCH_FIELD:
        return (uint32_t)p->rather_not_fields;
    case MATCH_KIND:
        return (uint32_t)p->rather_not_kinds;
    case MATCH_TARGET:
        return (uint32_t)p->rather_not_targets;
    default:
        return 0;
    }
}
