/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The peers: databases that answer the same questions over the same offers, to be measured
 * beside the index in the same run. Their statements are the files bench/NAME.sql.
 *
 * Text is made equal by giving the peers what the index's own analysis makes of it: they index the
 * stems and parts of compounds that it indexes, and are asked for the terms that it would look for,
 * as AND and OR (peer_words.c). So no peer pays for stemming, and all find the same offers.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include "base/out.h"
#include "match/match.h"

#define PEER_PAGE   20
#define PEER_FACETS 122

enum peer_question {
    PEER_TEXT_NEAR,    /* text, field, radius, weekdays, open; newest 20, count, facets */
    PEER_NEAR,         /* the same without text */
    PEER_WORDS_FACETS, /* words, open, everywhere; newest 20, count, facets */
    PEER_WORDS,        /* the same without facets */
    PEER_RANKED,       /* words, everywhere; best 20 as each ranks by itself, count */
    PEER_QUESTIONS
};

/* An offer as a peer takes it. */
struct peer_offer {
    const struct match_offer *offer;
    str terms; /* parted by blanks, in the order of the text */
};

struct peer_asked {
    const struct match_query *q;
    str text; /* in the peer's own language, from peer_expression */
};

struct peer_answer {
    uint32_t total;
    size_t n;
    int64_t ids[PEER_PAGE];
    bool has_facets;
    uint32_t facets[PEER_FACETS]; /* in the order of peer_facets_of */
};

enum peer_dialect { PEER_FTS5, PEER_TSQUERY };

struct peer {
    const char *name;
    enum peer_dialect dialect;
    bool elsewhere; /* works in another process */
    void *impl;
    /* All but ask and bytes stop at the first failure; `why` says it, for people. */
    bool (*add)(void *impl, const struct peer_offer *o);
    bool (*finish)(void *impl);
    bool (*ask)(void *impl, enum peer_question question, const struct peer_asked *asked,
                struct peer_answer *answer);
    int64_t (*bytes)(void *impl);
    str (*why)(void *impl);
    void (*close)(void *impl);
};

/* In a new file `path`, which must not exist; false with a reason. Lives in the arena. */
bool peer_sqlite_open(struct arena *a, const char *path, struct peer *p, str *why);
/* In a schema of its own of that database, dropped by `close`. Needs PostGIS to be installed. */
bool peer_postgres_open(struct arena *a, const char *address, struct peer *p, str *why);

/* ---- text (peer_words.c) ---- */

/* The terms that the index has of an offer. */
str peer_terms(struct match *m, struct arena *a, const struct match_offer *o);
/*
 * What the index would look for; empty when there is nothing to look for, or when some word could
 * only be ignored, as the peers cannot do. *plain: it is one term for each word.
 */
str peer_expression(struct match *m, struct arena *a, str text, enum peer_dialect dialect,
                    bool *plain);

/* ---- facets and statements (peer_sql.c) ---- */

void peer_facets_of(const struct match_facets *f, uint32_t facets[PEER_FACETS]);

#define PEER_PARAMS 24

enum peer_param {
    PARAM_TEXT,
    PARAM_FIELD,
    PARAM_GRID,
    PARAM_LAT,
    PARAM_LON,
    PARAM_BOX_LAT,
    PARAM_BOX_LON,
    PARAM_RADIUS,
    PARAM_TODAY,
    PARAM_OTHER, /* from here on: of an offer, in the order of their appearance */
};

/* A statement with its parameters as the engine writes them: ?1 or $1. */
struct peer_sql {
    const char *sql;
    uint8_t param[PEER_PARAMS]; /* enum peer_param of each */
    size_t n;
};

/* A section of a file of statements, which must be there; `mark` is '?' or '$'. */
struct peer_sql peer_sql(struct arena *a, str file, str section, char mark);
/* The name of a question's section. */
str peer_section(enum peer_question question);
/* The cells of the grid that a query asks for. */
uint32_t peer_grid(const struct match_query *q);
/* "12,7,9" */
void peer_ids(str list, struct peer_answer *answer);

/* A parameter's number; PARAM_TEXT has none. */
double peer_param(const struct match_query *q, enum peer_param param);

#endif
