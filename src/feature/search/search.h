/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Searching offers: what a request asks for, answered by the in-memory index (src/match).
 * The index follows the database: it is built at start and updated after each commit.
 */
#ifndef FEATURE_SEARCH_H
#define FEATURE_SEARCH_H

#include "web/feature.h"
#include "web/vocab.h"

extern const struct feature search_feature;

struct search_hit {
    int64_t id;
    double score; /* 0…1, relative to the best hit */
    bool has_distance;
    double distance_km;
};

/* One value of a facet, with the number of hits it has if it were chosen as well. */
struct search_value {
    int value; /* position in the vocabulary */
    str code;
    str label; /* in the language of the page */
    int64_t count;
    bool chosen;
};

struct search_facet {
    const char *param; /* "field": name of the query parameter */
    str label;
    const struct search_value *v;
    size_t n;
    bool open; /* something of it is chosen */
};

/* A chosen filter in words, and the address without it. */
struct search_chip {
    str label;
    url remove;
    int64_t count; /* hits without it */
};

struct search_result {
    str q;         /* as typed */
    str near;      /* as typed */
    str near_name; /* as understood: "23552 Lübeck" */
    bool near_unknown;
    int64_t radius; /* km; 0: everywhere */
    str sort;       /* fit, distance, new */
    int64_t total;
    int64_t page;
    int64_t per;
    int64_t pages;
    const struct search_hit *hits;
    size_t hit_count;
    const struct search_facet *facets;
    size_t facet_count;
    const struct search_chip *chips;
    size_t chip_count;
    size_t filter_count;             /* chips but for the words and the place of the search box */
    const struct match_terms *terms; /* what answers the words; NULL: there are none */
    const str *marked_texts;         /* of search_mark_all */
    const html *marks;
    size_t mark_count;
};

/* Of a list that search_run did not make: what the row of page numbers needs. */
struct search_result search_pages(int64_t total, int64_t page, int64_t per);
/* Answers the query parameters of the request (see search_params for their names). */
void search_run(struct rq *rq, struct search_result *result);
/* Offers like this one. */
size_t search_similar(struct rq *rq, int64_t id, struct search_hit *hits, size_t max);
/*
 * Hits for every value of a filter's vocabulary ("field", "kind" …), without any filter. False
 * while the index is being filled: the page does without, and is not kept.
 */
bool search_counts(struct rq *rq, const char *param, int64_t *counts);
/*
 * The town's offers that fit a profile, best first; its towns and its today are filled in here.
 * Reasons are machine-readable (match/match.h); feature/finder puts them into words.
 */
struct match_profile;
struct match_fits;
const struct match_fits *search_fits(struct rq *rq, struct match_profile *profile);
/* The same for these offers of the town alone, whether or not anything excludes them. */
struct match_verdict;
const struct match_verdict *search_judge(struct rq *rq, struct match_profile *profile,
                                         const int64_t *ids, size_t n);
/* An offer of the town as the index takes it, in whatever state; false: there is none. */
struct match_offer;
bool search_offer(struct rq *rq, int64_t id, struct match_offer *offer);
/*
 * Builds the index where there is none yet: in a command. A server builds it from its start on, and
 * other threads may call this there.
 */
MUST_CHECK enum err search_ready(struct app *app);
/* The ids of all hits of the query, best first, for the map; at most max. */
size_t search_points(struct rq *rq, int64_t *ids, size_t max);

/*
 * Marks the words that answer the query in all texts of a page at once; search_mark then
 * gives each text as markup, with <mark> where it was among them. The texts must stay.
 */
void search_mark_all(struct rq *rq, struct search_result *result, const str *texts, size_t n);
html search_mark(const struct rq *rq, const struct search_result *result, str text);

/* ---- kept.c: searches that somebody keeps ---- */

/*
 * The filters among the parameters of a list of offers, as they are kept: in a fixed order,
 * without page and sorting. Empty: all offers. False: too long, or no parameters at all.
 */
bool search_kept(struct rq *rq, str given, str *query);
/* The request as if it asked for this query at /angebote; its memory is that of *rq. */
struct rq search_asking(const struct rq *rq, str query);
/* "„vorlesen“ · Kinder · bis 5 km um 23552 Lübeck": the query in words of the page's language. */
str search_words(struct rq *rq, str query);
url search_link(const struct rq *rq, str query);

/* ---- words.c: what people of a town call things ---- */

/* Lists parted by ", ", as the office's page leaves them. */
struct search_word {
    str says, means;
    bool same;
};
/* Returns the new row's id. */
int64_t search_word_new(struct tx *tx, int64_t city_id, const struct search_word *w);

/* The names and meanings of the query parameters. */
extern const struct param search_params[];

#endif
