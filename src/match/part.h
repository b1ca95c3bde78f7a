/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A part: offers that were indexed together. Immutable once made; see README.md for the picture.
 *
 * Rows are sorted by geo cell, then city, then id, so that a radius or a city is a handful of
 * row ranges. Terms are sorted, so that a prefix is a range of terms. A posting is a row and an
 * impact: how much the offer is about the term, 1…255 (title over text, short over long).
 */
#ifndef MATCH_PART_H
#define MATCH_PART_H

#include "base/arena.h"
#include "match/columns.h"
#include "match/names.h"
#include "match/slices.h"

struct city_rows {
    uint16_t city;
    uint32_t from, to; /* rows from…to-1 */
};

struct part {
    struct arena arena;
    unsigned users; /* snapshots that hold it; changed by the writer only */
    uint32_t n;
    struct columns col;
    uint32_t *by_id; /* rows in the order of their ids */

    uint32_t n_cells;
    uint32_t *cell;         /* occupied cells, ascending */
    uint32_t *cell_from;    /* first row of each; cell_from[n_cells] == n */
    struct slices *nowhere; /* of the offers without a place; NULL: they are few */

    uint32_t n_cities;
    struct city_rows *cities; /* by city, then row */

    struct names terms;
    uint32_t *term_at; /* by hash: number of the term + 1; 0: none. Twice as many as terms */
    uint32_t term_mask;
    uint32_t *post_at; /* terms.n + 1 offsets into the two arrays below */
    uint32_t *post_row;
    uint8_t *post_impact;

    uint32_t *doc_at;   /* n + 1 offsets */
    uint32_t *doc_term; /* the terms of each row, ascending */
};

#define PART_NONE UINT32_MAX

/* The terms of an offer, by number, ascending. */
struct draft_doc {
    uint32_t *term;
    uint8_t *impact;
    uint32_t n;
};

/* What a part is made from: rows in any order. */
struct draft {
    size_t n;
    struct row *row;
    struct draft_doc *doc;
    size_t n_terms;
    str *name; /* ascending, each used at least once */
};

/* The number of a term, or PART_NONE. */
uint32_t part_find_term(const struct part *p, str name);
/* Copies what it needs. */
struct part *part_new(const struct draft *d);
void part_free(struct part *p);

/* The row of an id, or PART_NONE. */
uint32_t part_find(const struct part *p, int64_t id);
/* The rows of cells first…last, both included. */
struct city_rows part_cells(const struct part *p, uint32_t first, uint32_t last);

#endif
