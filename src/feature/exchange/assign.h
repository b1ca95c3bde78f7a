/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From the columns of a list to ours, without knowing the language of mappings: what a person
 * assigns on a page becomes the text of a mapping (mapping.h), and the other way round.
 */
#ifndef FEATURE_EXCHANGE_ASSIGN_H
#define FEATURE_EXCHANGE_ASSIGN_H

#include "feature/exchange/table.h"

/* Those of offers; ended by a target without name. */
extern const struct assign_target assign_targets[];
const struct assign_target *assign_find(str name);

struct assignment {
    str name;                             /* of the list */
    str organisation;                     /* of all rows, where no column has it */
    const struct assign_target **targets; /* as many as the sample has columns; NULL: left out */
    bool derive;                          /* categories from words, where the list has none */
};

/* The key of a list's rows, made from its name: "liste-sportbund"; empty when it has no letters. */
str assign_source(struct arena *a, str name);
/* What the names of the columns suggest: each target once. */
struct assignment assign_guess(struct arena *a, const struct sample *sample);
/* What a mapping that was made here says about these columns; NULL targets where it says nothing.
 */
struct assignment assign_read(struct arena *a, const struct sample *sample, str mapping);
bool assign_has(const struct assignment *as, const struct sample *sample, const char *target);
/* The text of the mapping. */
str assign_text(struct arena *a, const struct assignment *as, const struct sample *sample);

#endif
