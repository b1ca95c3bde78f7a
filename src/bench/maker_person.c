/* SPDX-License-Identifier: EUPL-1.2 */
/* Making people. */
#include "bench/maker_tables.h"

static uint32_t some_of(const struct shares *s, struct dice *d, uint32_t n)
{
    uint32_t bits = 0;
    for (; n > 0; n--)
        bits |= 1u << shares_pick(s, d);
    return bits;
}

/* A quarter of the bits. */
static uint64_t rare_bits(struct dice *d)
{
    uint64_t half = dice_next(d);
    return half & dice_next(d);
}

/* Whoever works has evenings and weekends, older people the days; one in five says nothing. */
static uint32_t free_time(struct dice *d, uint8_t age)
{
    static const uint32_t evening = 0x8888888u;
    static const uint32_t weekend = 0xFF00000u;
    static const uint32_t workdays = 0x00FFFFFu;
    uint32_t asked = dice_below(d, 10);
    uint32_t some = (uint32_t)rare_bits(d) & MATCH_GRID_ALL;
    if (asked < 2)
        return 0;
    if (age >= 65)
        return (some | some >> 1) & workdays;
    return asked < 6 ? (evening | weekend) & (some | some << 4) : some;
}

static void speak(const struct maker *k, struct dice *d, struct match_profile *p)
{
    p->languages_known = dice_chance(d, 90);
    if (dice_chance(d, 84)) {
        p->levels = MATCH_LEVEL(0, 7);
        if (dice_chance(d, 50))
            p->levels |= MATCH_LEVEL(LANGUAGE_en, 1 + dice_below(d, 6));
        return;
    }
    p->levels = MATCH_LEVEL(0, 1 + dice_below(d, 6));
    p->levels |= MATCH_LEVEL(shares_pick(&k->shares.other_language, d), 7);
}

static uint8_t hours_a_week(const struct maker *k, struct dice *d)
{
    switch ((enum shares_hours)shares_pick(&k->shares.hours, d)) {
    case HOURS_UP_TO_2:
        return (uint8_t)(1 + dice_below(d, 2));
    case HOURS_3_5:
        return (uint8_t)(3 + dice_below(d, 3));
    case HOURS_FROM_6:
        return (uint8_t)(6 + dice_below(d, 9));
    case HOURS_UNSAID:
        break;
    }
    return 0;
}

static void like(const struct maker *k, struct dice *d, struct match_profile *p)
{
    int field = shares_pick(&k->shares.field, d);
    p->like[MATCH_FIELD] = 1u << field | some_of(&k->shares.field, d, dice_below(d, 4));
    p->like[MATCH_KIND] = some_of(&k->shares.kind[field], d, dice_below(d, 4));
    p->like[MATCH_TARGET] = some_of(&k->shares.target[field], d, dice_below(d, 3));
    if (dice_chance(d, 50))
        p->like[MATCH_TIME] = 1u << dice_below(d, TIME_COUNT) | 1u << TIME_up_to_2h;
    if (dice_chance(d, 15))
        p->like[MATCH_PLACE] = 1u << dice_below(d, PLACE_KIND_COUNT);
    if (dice_chance(d, 20))
        p->never[MATCH_TARGET] = 1u << dice_below(d, TARGET_COUNT) & ~p->like[MATCH_TARGET];
    if (dice_chance(d, 15))
        p->never[MATCH_FIELD] = 1u << dice_below(d, FIELD_COUNT) & ~p->like[MATCH_FIELD];
}

static int8_t certificate(struct dice *d)
{
    uint32_t said = dice_below(d, 10);
    return (int8_t)(said < 6 ? -1 : said < 9 ? CERTIFICATE_extended : CERTIFICATE_none);
}

void maker_person(const struct maker *k, int64_t number, struct person *p,
                  const struct land_place **place)
{
    struct dice d = dice_new(k->seed, MAKE_PERSON, (uint64_t)number);
    uint32_t home = land_pick(&k->land, &d);
    struct land_point at = land_point(&k->land, home, &d);
    const struct age_band *band = &shares_ages[shares_pick(&k->shares.age, &d)];
    *p = (struct person){ .id = number, .city = k->land.places[home].kreis };
    p->agreed = dice_chance(&d, 70);
    p->confirmed = k->today - dice_below(&d, 400);
    struct match_profile *w = &p->profile;
    w->near = (struct match_point){ true, at.lat / 1e6, at.lon / 1e6 };
    w->reach_m = shares_reaches[shares_pick(&k->shares.reach, &d)];
    w->age = (uint8_t)(band->from + dice_below(&d, band->to - band->from + 1u));
    like(k, &d, w);
    speak(k, &d, w);
    w->grid = free_time(&d, w->age);
    w->hours = hours_a_week(k, &d);
    w->certificate = certificate(&d);
    w->skills = dice_chance(&d, 40) ? rare_bits(&d) & 0x7FFF : 0;
    w->access = dice_chance(&d, 4) ? 1u << ACCESSIBLE_step_free : 0;
    if (place)
        *place = &k->land.places[home];
}
