/* SPDX-License-Identifier: EUPL-1.2 */
/* How often what occurs: the tables of data/generator/shares.txt, ready to be chosen from. */
#ifndef BENCH_SHARES_H
#define BENCH_SHARES_H

#include "bench/dice.h"
#include "web/vocab.h"

/* The values of a vocabulary by weight; what the table does not name never comes. */
struct shares {
    struct weights weights;
    uint64_t *weight; /* by value */
    uint64_t sum;
};

enum shares_hours { HOURS_UP_TO_2, HOURS_3_5, HOURS_FROM_6, HOURS_UNSAID };
enum { REACHES = 5, AGES = 5 };

struct share_tables {
    struct shares field;
    struct shares kind[FIELD_COUNT];
    struct shares target[FIELD_COUNT];
    struct shares hours;  /* enum shares_hours */
    struct shares age;    /* of shares_ages */
    struct shares time;   /* 0 weekly, else of shares_times */
    struct shares place;  /* enum vocab_place_kind */
    struct shares reach;  /* of shares_reaches */
    struct shares german; /* 0 none, 1 + enum vocab_level */
    struct shares other_language;
};

struct age_band {
    uint8_t from, to;
};
extern const struct age_band shares_ages[AGES];
extern const uint32_t shares_reaches[REACHES]; /* metres */
extern const enum vocab_time shares_times[];

/* Stops the process when a table is missing or names what does not exist. */
struct share_tables shares_read(struct arena *a, str text);

static inline int shares_pick(const struct shares *s, struct dice *d)
{
    return (int)weights_pick(&s->weights, d);
}

#endif
