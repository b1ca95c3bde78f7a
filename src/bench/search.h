/* SPDX-License-Identifier: EUPL-1.2 */
/* What `tandem bench search` measures at one size, for its tables and its chart. */
#ifndef BENCH_SEARCH_H
#define BENCH_SEARCH_H

#include "bench/ask.h"
#include "bench/timing.h"

#define SEARCH_PEERS       2
#define SEARCH_CONTESTANTS (1 + SEARCH_PEERS) /* the index first */

struct search_time {
    int64_t p50, p99; /* nanoseconds */
    size_t asked;
    int64_t ours; /* of a peer: the index's median over those questions that the peer was asked */
};

struct search_world {
    const struct maker *maker;
    struct match *match;
    int64_t offers;
    struct arena *arena;             /* of the run */
    struct peer peers[SEARCH_PEERS]; /* name NULL: not there */
    int64_t build_ns[SEARCH_CONTESTANTS];
    int64_t build_cpu[SEARCH_CONTESTANTS]; /* processor time in this process; 0: in another one */
    int64_t bytes[SEARCH_CONTESTANTS];
    struct search_time times[PEER_QUESTIONS][SEARCH_CONTESTANTS];
    size_t compared, different;
};

/* What a question is called in tables. */
const char *search_question(enum peer_question kind);

/* Questions that only the index is asked (search_own.c): printed as a table. */
void search_own(const struct search_world *w, size_t most);

/* A picture of how time grows over the runs: SVG with title, description and dark colours. */
str search_chart(struct arena *a, const struct search_world *runs, size_t n);

#endif
