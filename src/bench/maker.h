/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The generator: offers and people of a believable Germany. The same seed gives the same on every
 * machine; each one is made by its number alone, so that any range can be made again, streamed,
 * or shared among threads. Where the shares come from: data/generator/README.md.
 *
 * A maker is constant once made; any thread may use it.
 */
#ifndef BENCH_MAKER_H
#define BENCH_MAKER_H

#include "bench/land.h"
#include "match/people.h"

#define MAKER_SEED  1
#define MAKER_TODAY 20779 /* 2026-11-22; what is made is dated before it */

struct maker;

/* Lives in the arena. */
struct maker *maker_new(struct arena *a, uint64_t seed, int64_t today);
const struct land *maker_land(const struct maker *k);

struct made_offer {
    struct match_offer m; /* with its texts; city and district are numbers of the land */
    str organisation, title, summary, tasks, needs, gives;
    const struct land_place *place;
    int field, kind, target; /* what it is mainly about */
    int time, place_kind, certificate;
};

/* Number 1, 2, …; its texts live in the arena. */
void maker_offer(const struct maker *k, struct arena *a, int64_t number, struct made_offer *o);

/* Number 1, 2, …; the place where the person lives in *place (may be NULL). */
void maker_person(const struct maker *k, int64_t number, struct person *p,
                  const struct land_place **place);

#endif
