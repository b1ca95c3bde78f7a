/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Judged queries, and how well an engine answers them, by class: recall at 20, precision at 5, the
 * reciprocal of the first good answer's rank; for negative queries, how much is found.
 */
#ifndef SEARCH_JUDGE_H
#define SEARCH_JUDGE_H

#include "base/arena.h"
#include "base/str.h"

#define JUDGE_TOP      20
#define JUDGE_RELEVANT 200
/* A query for what nobody offers may find this many offers: one glance, and then it is clear. */
#define JUDGE_LITTLE 5

struct query {
    str kind, text;
    int64_t relevant[JUDGE_RELEVANT];
    size_t n;    /* 0: a negative query */
    bool typing; /* the last word may go on */
};

struct queries {
    struct query *v;
    size_t n, cap;
};

struct answer {
    int64_t ids[JUDGE_TOP];
    size_t n;
    uint64_t total; /* all that the engine would show */
};

/* Sums over the queries of one class. */
struct figures {
    str kind;
    double queries, recall, precision, reciprocal;
    double little;       /* negative queries that find little */
    uint64_t found_most; /* by a negative query */
};

struct report {
    struct figures *v; /* by class, in the order of the file */
    size_t n, cap;
    struct figures all; /* without the negative ones */
    struct figures negative;
};

/* Counts an offer, and appends it to the first ones unless it is among them. */
void judge_take(struct answer *got, int64_t id);

/* Lines of class, query and ids, parted by tabs; '#' begins a comment. */
struct queries judge_read(struct arena *a, const char *file);
void judge_add(struct arena *a, struct report *r, const struct query *q, const struct answer *got);
const struct figures *judge_find(const struct report *r, str kind);
/* One line for TAP readers: what was found, what of it is not judged good, what is missing. */
void judge_explain(const struct query *q, const struct answer *got);

static inline double judge_mean(double sum, const struct figures *f)
{
    return f->queries > 0 ? sum / f->queries : 1;
}

#endif
