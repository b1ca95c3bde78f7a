/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The towns' own words beside the index: read at start and after each commit that touched them.
 * own_reload and own_free are called by one thread at a time, own_find by all.
 */
#ifndef FEATURE_SEARCH_OWN_H
#define FEATURE_SEARCH_OWN_H

#include <pthread.h>

#include "db/db.h"
#include "match/match.h"

struct own_town {
    int64_t city_id;
    uint64_t lines; /* hash of what `words` was made from; 0: none */
    struct match_own *words;
};

struct own_retired {
    struct match_own *words;
    int64_t at; /* clock_ticks() */
};

struct own_words {
    struct arena arena;
    pthread_mutex_t lock; /* of `towns` */
    struct {
        struct own_town *v;
        size_t n, cap;
    } towns;
    struct {
        struct own_retired *v;
        size_t n, cap;
    } retired;
};

void own_init(struct own_words *w);
/* Makes anew what has changed. The reader's error sticks in db; then all stays as it was. */
void own_reload(struct own_words *w, const struct match *m, struct db *db);
/* NULL when the town has none. Stays for the request at least (OWN_RETIRED in own.c). */
const struct match_own *own_find(struct own_words *w, int64_t city_id);
/* Only when nobody searches any more. */
void own_free(struct own_words *w);

#endif
