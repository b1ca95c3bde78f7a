/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A grammar that offers are written by: rules of alternative texts that put in other rules
 * (format: data/generator/README.md). Constant once read; any thread may write by it.
 */
#ifndef BENCH_GRAMMAR_H
#define BENCH_GRAMMAR_H

#include "base/out.h"
#include "bench/dice.h"

enum grammar_by { BY_NOTHING, BY_FIELD, BY_KIND, BY_TARGET, BY_COUNT };

/* What an offer is about, for {rule@kind}, {town} and their like. */
struct grammar_about {
    int value[BY_COUNT]; /* of vocab_field, vocab_kind, vocab_target */
    str town, org;
};

struct grammar;

/* Stops the process when the grammar names a rule that it does not have, or runs in circles. */
const struct grammar *grammar_read(struct arena *a, str text);
/* The number of a rule that must exist; `name` may end in "@kind" and the like. */
uint32_t grammar_rule(const struct grammar *g, str name);
/* Writes one of the texts of a rule. */
void grammar_put(const struct grammar *g, struct out *o, uint32_t rule,
                 const struct grammar_about *about, struct dice *d);

#endif
