/* SPDX-License-Identifier: EUPL-1.2 */
/* A look into a CSV file: the names of its columns, and what stands in them. */
#ifndef FEATURE_EXCHANGE_SAMPLE_H
#define FEATURE_EXCHANGE_SAMPLE_H

#include "base/arena.h"
#include "feature/exchange/cells.h"

#define SAMPLE_VALUES 3

struct sample_column {
    str name;
    str values[SAMPLE_VALUES]; /* the first that differ, cut short */
    size_t n;
};

struct sample {
    const struct sample_column *v;
    size_t n; /* 0: there is no header to be read */
};

/* Columns without a name, or with one that an earlier column has, are left out. */
struct sample sample_of(struct arena *a, str bytes);
/* The header as a row in which each name is the cell of itself, for mapping_missing. */
struct cells sample_head(const struct sample *sample);

#endif
