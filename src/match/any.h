/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Random offers, profiles and numbers for the property tests: small sets of values, so that
 * things often agree, tie and exclude each other. The same sequence from the same seed, which each
 * thread has for itself.
 */
#ifndef MATCH_ANY_H
#define MATCH_ANY_H

#include "base/arena.h"
#include "match/match.h"

#define IDS   150
#define TODAY 20779 /* a day number in November 2026 */

void any_seed(uint64_t seed);
/* 0 … n-1 */
uint32_t any(uint32_t n);
/* A set of up to `width` bits, each with a chance of 1 in `rare`. */
uint32_t any_set(unsigned width, uint32_t rare);
str any_text(struct arena *a, uint32_t most);
struct match_point any_point(void);
int64_t any_day(void);
struct match_offer any_offer(struct arena *a);
struct match_profile any_profile(void);
/* What only questions have: what the person would rather not, and words of their own. */
void any_wishes(struct arena *a, struct match_profile *p);
/* How many cases a test tries: usually so many, or MATCH_CASES of the environment. */
uint32_t any_cases(uint32_t usual);

#endif
