/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What somebody remembers in this browser: ids of offers in a cookie of the town, set only when
 * they ask for it. No account, nothing on the server. A page that shows it is made for one reader:
 * page_cache.c keeps none while the cookie is there. The pages are feature/shortlist.
 */
#ifndef WEB_REMEMBER_H
#define WEB_REMEMBER_H

#include "web/rq.h"

#define REMEMBER_MOST 40

/* In the order in which they were remembered. */
struct remembered {
    int64_t v[REMEMBER_MOST];
    size_t n;
};

/* "12.7.9"; what is no id, comes twice or is one too many is left out. */
struct remembered remember_parse(str list);
str remember_fmt(struct arena *a, const struct remembered *r);

/* Reads the request's cookie, once the town is known; the dispatcher's. */
void remember_read(struct rq *rq);
/* What the cookie said; nothing outside of a town. */
struct remembered remember_load(const struct rq *rq);
bool remember_has(const struct rq *rq, int64_t id);
/* False when the list is full; true also when it was there. */
bool remember_add(struct remembered *r, int64_t id);
void remember_remove(struct remembered *r, int64_t id);
/* Sets the cookie, or clears it when nothing is left. */
void remember_save(struct rq *rq, const struct remembered *r);

#endif
