/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is compared: Tandem's index, SQLite's FTS5 and PostgreSQL's text search, over the same
 * offers and queries.
 *
 * The databases are asked as somebody who knows them would: title, keywords and the rest weigh
 * 8 : 3 : 1 as with Tandem; all words must be there, and where fewer than a page has them all,
 * offers with any of the words follow; the last word of a query that is still being typed may go
 * on. SQLite, which has no list of stop words, is not asked for those of data/lexicon;
 * PostgreSQL's `german` has its own list and stems by the same Snowball rules as Tandem.
 */
#ifndef SEARCH_ENGINE_H
#define SEARCH_ENGINE_H

#include "judge.h"
#include "offers.h"

struct engine {
    const char *name, *unseen; /* in the tables of queries.tsv and of unseen.tsv */
    void *(*open)(struct arena *a, const struct offers *offers); /* NULL: it is not here */
    void (*ask)(void *self, const struct query *q, struct answer *got);
    void (*close)(void *self);
};

extern const struct engine engine_tandem;
extern const struct engine engine_sqlite;
extern const struct engine engine_postgres;

#endif
