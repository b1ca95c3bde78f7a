/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The matching index: one compact engine in memory for search, exact facets, ranking with
 * reasons and similar offers. It knows bits and numbers, no SQL, no HTTP and no name of a
 * vocabulary: callers say which bit means what. README.md beside this file shows the layout.
 *
 * Any number of threads may read while one changes: readers work on an immutable snapshot and
 * take no lock; writers queue up behind each other. Every answer is exact and deterministic:
 * scores are integers, ties are decided by the id, so pages never overlap. Results live in the
 * arena that the caller hands in and hold no pointer into the index.
 */
#ifndef MATCH_MATCH_H
#define MATCH_MATCH_H

#include "base/str.h"

struct match;
struct match_load;

/* Sets of up to 32 values, any of which may be asked for, demanded or ruled out. */
enum match_dim {
    MATCH_FIELD,       /* up to 32 values */
    MATCH_KIND,        /* up to 32 */
    MATCH_TARGET,      /* up to 16 */
    MATCH_LANGUAGE,    /* up to 16; set from match_offer.levels */
    MATCH_TIME,        /* up to 8; an offer has one */
    MATCH_PLACE,       /* up to 8, kind of place; an offer has one */
    MATCH_SUITS,       /* up to 8 */
    MATCH_ACCESS,      /* up to 8, questions answered with yes */
    MATCH_CERTIFICATE, /* up to 4; an offer has one, from none to strictest */
    MATCH_DIMS
};

/* Everything that can be taken away to loosen a query: the dims above, and: */
enum match_filter_id {
    MATCH_BY_GRID = MATCH_DIMS,
    MATCH_BY_DISTRICT,
    MATCH_BY_AGE,
    MATCH_BY_HOURS,
    MATCH_BY_ORG,
    MATCH_BY_TEXT,
    MATCH_BY_NEAR,
    MATCH_FILTERS
};

/* Pieces of text, heaviest first. */
enum match_piece {
    MATCH_TITLE,
    MATCH_SUMMARY,
    MATCH_KEYWORDS, /* labels of the offer's values, district, place: what people search by */
    MATCH_ORG_NAME,
    MATCH_BODY,
    MATCH_PIECES
};

#define MATCH_DAYS      7
#define MATCH_PARTS     4 /* of a day */
#define MATCH_GRID_ALL  0x0FFFFFFFu
#define MATCH_DISTRICTS 1024
#define MATCH_LEVELS    7 /* of a language: 1 (a1) … 6 (c2), 7 native; 0: not needed, not spoken */
#define MATCH_NOWHERE   UINT32_MAX

/* The level of language number 0…15 in its place of a set of levels. */
#define MATCH_LEVEL(language, level) ((uint64_t)(level) << (4 * (language)))

struct match_point {
    bool known;
    double lat, lon; /* WGS 84, degrees */
};

struct match_offer {
    int64_t id; /* the identity; putting the same id again replaces the offer */
    int64_t org;
    uint16_t city;
    uint16_t district; /* number within its city, 0 none, below MATCH_DISTRICTS */
    str text[MATCH_PIECES];
    uint32_t dim[MATCH_DIMS];
    uint32_t access_known; /* access questions with an answer at all */
    uint32_t grid;         /* bit = day * MATCH_PARTS + part, Monday first */
    uint64_t levels;       /* languages needed, MATCH_LEVEL() each */
    uint64_t skills;
    struct match_point point;
    uint8_t min_age;   /* 0: none */
    uint8_t hours;     /* a week; 0: unknown */
    uint16_t wanted;   /* people still wanted, 0: full, 255 and more: many */
    int64_t from, to;  /* day numbers (base/clock.h), 0: open */
    int64_t confirmed; /* day number, 0: never */
    int64_t published; /* instant */
};

struct match_filter {
    uint32_t any;  /* at least one of these, if any bit is set */
    uint32_t all;  /* each of these */
    uint32_t none; /* none of these */
};

enum match_sort { MATCH_FIT, MATCH_DISTANCE, MATCH_NEW };

enum match_want {
    MATCH_WANT_FACETS = 1,
    MATCH_WANT_LOOSEN = 2,
    MATCH_WANT_PREFIX = 4, /* the last word is still being typed */
    MATCH_WANT_TERMS = 8,  /* for match_highlight */
};

struct match_query {
    str text;
    const struct match_own *own; /* a town's own synonyms; NULL: those of the index */
    struct match_filter dim[MATCH_DIMS];
    uint8_t days;                             /* any of these weekdays (bit 0 Monday) … */
    uint8_t parts;                            /* … in any of these parts of the day; 0: all */
    uint32_t grid;                            /* any of these cells of the grid; 0: all */
    uint64_t districts[MATCH_DISTRICTS / 64]; /* any of */
    const uint16_t *cities;                   /* any of; none: all cities */
    size_t n_cities;
    const int64_t *orgs; /* any of; none: all */
    size_t n_orgs;
    struct match_point near;
    uint32_t radius_m; /* only with near; 0: no limit, near only gives distances */
    uint8_t age;       /* of the person; 0: not said */
    uint8_t hours;     /* at most, a week; 0: not said. Offers without hours stay */
    /* Day number: only offers neither over nor unconfirmed for 90 days by then; 0: any. */
    int64_t open_on;
    int64_t today; /* day number, for freshness; 0: freshness does not count */
    enum match_sort sort;
    uint32_t offset, limit;
    unsigned want; /* enum match_want */
};

#define MATCH_SCORE_MAX 1000000u

struct match_hit {
    int64_t id;
    uint32_t score;      /* 0 … MATCH_SCORE_MAX */
    uint32_t distance_m; /* MATCH_NOWHERE: not asked, or the offer has no point */
    uint8_t words;       /* of the query's words, how many this offer has */
};

struct match_facets {
    uint32_t dim[MATCH_DIMS][32];
    uint32_t days[MATCH_DAYS];
    uint32_t parts[MATCH_PARTS];
    uint32_t district[MATCH_DISTRICTS]; /* counted when the query names one city */
};

/* What answers the words of a query, for match_highlight. */
struct match_terms;

struct match_result {
    uint32_t total;
    const struct match_hit *hits;
    size_t n;
    uint8_t words;                     /* of the query that had to be looked for … */
    uint8_t words_required;            /* … and how many of them each hit has at least */
    const struct match_facets *facets; /* NULL unless wanted */
    /* How many there would be without this filter; UINT32_MAX where it is not in the query. */
    uint32_t loosen[MATCH_FILTERS];
    const struct match_terms *terms; /* NULL unless wanted, and without words */
};

/* ---- the index ---- */

struct match_own;

struct match_words {
    str synonyms; /* as data/lexicon/synonyms.de.txt */
    str parts;    /* as data/lexicon/parts.de.txt */
    str stop;     /* as data/lexicon/stop.de.txt */
};

/* The tables that ship with the program. */
struct match_words match_words_default(void);

/*
 * Synonyms of one town: `lines` (as in the table) behind those of the index. They are for
 * queries that name them, so offers need not be read again, and no other town sees them. May be
 * made by any thread; free it when no query uses it any more.
 */
struct match_own *match_own_new(const struct match *m, str lines);
void match_own_free(struct match_own *own);
/* Whether a word or phrase can be looked for: some word of it is no stop word. */
bool match_speaks(struct match *m, struct arena *a, str phrase);

/* An empty index. Never fails; stops the process when there is no memory. */
struct match *match_new(const struct match_words *words);
/*
 * Remembers what the texts of searches came to, in at most so many bytes: those who turn pages and
 * choose filters with the same words are answered sooner. Once, before threads read. Takes a lock
 * for a moment.
 */
void match_remember(struct match *m, size_t bytes);
/* Only when no thread reads any more. */
void match_free(struct match *m);

/*
 * Replaces everything at once: begin, add each offer, end. Readers see the old state until
 * `end`. The parts of German compounds are learned from the offers' own words here.
 */
struct match_load *match_load_new(struct match *m);
void match_load_add(struct match_load *l, const struct match_offer *offer);
void match_load_end(struct match_load *l);

/* Adds or replaces n offers in one step; a search that begins afterwards sees all of them. */
void match_put(struct match *m, const struct match_offer *offers, size_t n);
/* Takes offers out in one step; unknown ids are ignored. */
void match_erase(struct match *m, const int64_t *ids, size_t n);
/* Puts all parts together again; for a job at night. Answers do not change. */
void match_compact(struct match *m);

struct match_stats {
    size_t offers, parts, dead, terms, postings, bytes;
};
struct match_stats match_stats(struct match *m);

/* ---- reading ---- */

const struct match_result *match_search(struct match *m, struct arena *a,
                                        const struct match_query *q);

struct match_span {
    size_t from, to; /* bytes of the text */
};
struct match_spans {
    const struct match_span *v;
    size_t n;
};
/*
 * Where words of the texts (titles, summaries) answer a query, for marking: one entry for each
 * text, spans in order. `terms` is what the search has found the query to mean.
 */
const struct match_spans *match_highlight(struct match *m, struct arena *a,
                                          const struct match_terms *terms, const str *texts,
                                          size_t n);

/*
 * Offers like this one (words, fields, kinds, targets, nearness), best first, itself not. Of
 * `within` only the scope (cities, near and radius, open_on), offset and limit count.
 */
const struct match_result *match_similar(struct match *m, struct arena *a, int64_t id,
                                         const struct match_query *within);

/* ---- a person's profile ---- */

enum match_criterion {
    MATCH_C_FIELD,
    MATCH_C_KIND,
    MATCH_C_TARGET,
    MATCH_C_TIME,
    MATCH_C_PLACE,
    MATCH_C_GRID,
    MATCH_C_DISTANCE,
    MATCH_C_HOURS,
    MATCH_C_SKILLS,
    MATCH_C_ACCESS,
    MATCH_C_FRESH,
    MATCH_C_WAITING,
    MATCH_C_RATHER,
    MATCH_C_SAID,
    MATCH_CRITERIA
};

/* Why an offer is left out. */
enum match_hard {
    MATCH_H_NEVER,
    MATCH_H_AGE,
    MATCH_H_LANGUAGE,
    MATCH_H_DATES,
    MATCH_H_DISTANCE,
    MATCH_H_CERTIFICATE,
    MATCH_H_ACCESS,
    MATCH_H_FULL,
    MATCH_HARDS
};

#define MATCH_SAID 16 /* entries of what a person says; further ones are ignored */

struct match_profile {
    const uint16_t *cities;
    size_t n_cities;
    uint32_t like[MATCH_DIMS];   /* field, kind, target, time, place: what the person would like */
    uint32_t rather[MATCH_DIMS]; /* … would rather not: it counts, but excludes nothing */
    uint32_t never[MATCH_DIMS];  /* … and does not want at all */
    const str *said;             /* in words: each entry looked for by itself */
    size_t n_said;
    const struct match_own *own; /* a town's own synonyms for them; NULL: those of the index */
    uint64_t skills;
    bool languages_known; /* without, languages exclude nothing */
    uint64_t levels;      /* languages spoken, MATCH_LEVEL() each */
    uint32_t grid;        /* when the person has time; 0: not said */
    uint8_t hours;        /* a week; 0: not said */
    uint8_t age;          /* 0: not said */
    int8_t certificate;   /* the strictest that the person would bring; -1: not said */
    uint32_t access;      /* questions that must not be answered with no */
    struct match_point near;
    uint32_t reach_m; /* how far the person gets; 0: not said */
    int64_t from, to; /* when the person is there, day numbers; 0: open */
    int64_t today;
    uint16_t weight[MATCH_CRITERIA]; /* all zero: match_weights_default */
    uint32_t offset, limit;
};

extern const uint16_t match_weights_default[MATCH_CRITERIA];

/*
 * One reason. `detail` and `missing` are, by criterion:
 *   field, kind, target, time, place, grid   bits in common · bits liked that it has not
 *   skills                                   bits in common · bits that it needs and are not there
 *   access                                   asked and answered yes · asked and unknown
 *   distance  metres    hours  a week, of the offer    fresh, waiting  days
 *   rather    dims in which the offer is something that the person would rather not, one bit each
 *   said      entries that the offer has (half of what the best in scope has) · that it has not
 * Only criteria that the profile asks for and the offer can answer are judged. The words are made
 * from it above, where the vocabularies have names. */
struct match_reason {
    enum match_criterion criterion;
    uint16_t weight;  /* of this criterion in the score */
    uint16_t grade;   /* 0 misses … 1000 fits */
    uint64_t detail;  /* see above */
    uint64_t missing; /* bits that the offer wants or the person likes and that are not there */
};

struct match_fit {
    int64_t id;
    uint32_t score; /* weighted mean of the grades, 0 … MATCH_SCORE_MAX */
    uint32_t distance_m;
    const struct match_reason *reasons; /* criteria that were judged, in the order of the enum */
    size_t n_reasons;
};

struct match_fits {
    uint32_t total;
    const struct match_fit *v;
    size_t n;
    /* Offers that this kept out, alone or with others. Distance counts only within cities. */
    uint32_t excluded[MATCH_HARDS];
};

const struct match_fits *match_profile(struct match *m, struct arena *a,
                                       const struct match_profile *p);

/* One offer for one profile. */
struct match_verdict {
    bool known;        /* it is in the index, and in one of the profile's cities */
    uint32_t excluded; /* what keeps it out, a bit for each enum match_hard; 0: nothing */
    struct match_fit fit;
};
/* The same for these offers, in this order, whether or not anything excludes them. */
const struct match_verdict *match_judge(struct match *m, struct arena *a,
                                        const struct match_profile *p, const int64_t *ids,
                                        size_t n);

#endif
