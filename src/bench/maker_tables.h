/* SPDX-License-Identifier: EUPL-1.2 */
/* What a maker knows; shared by the files that make offers and people. */
#ifndef BENCH_MAKER_TABLES_H
#define BENCH_MAKER_TABLES_H

#include "base/arena.h"
#include "base/err.h"
#include "bench/grammar.h"
#include "bench/maker.h"
#include "bench/shares.h"

enum make { MAKE_ORG = 1, MAKE_OFFER, MAKE_PERSON };

struct maker_rules {
    uint32_t title, summary, tasks, needs, gives, org;
};

struct maker_labels {
    str field[FIELD_COUNT], kind[KIND_COUNT], target[TARGET_COUNT];
};

struct maker {
    uint64_t seed;
    int64_t today;
    struct land land;
    struct share_tables shares;
    const struct grammar *grammar;
    struct maker_rules rules;
    struct maker_labels labels; /* in German and English, as the product indexes them */
};

#endif
