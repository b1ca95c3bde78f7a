/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The page cache: whole answers to anonymous GET requests. The key is everything that an
 * answer may depend on; the answer is valid as long as the tables that it read, and the
 * search index if it used that, have not changed. Nobody writes an invalidation.
 */
#ifndef WEB_PAGE_CACHE_H
#define WEB_PAGE_CACHE_H

#include "web/rq.h"

struct page_cache;

struct page_cache *page_cache_new(struct app *app, size_t bytes);
void page_cache_free(struct page_cache *c);

/* A number that changes with every commit: taken before an answer is made. */
uint64_t page_cache_moment(const struct app *app);
/* The key of this request; empty when its answer must not be kept. */
str page_cache_key(struct rq *rq);
/* Answers from the cache (200 or 304) and returns true, or returns false. */
bool page_cache_answer(struct rq *rq, str key);
/* Keeps the answer in rq, unless something was committed since `moment`; sets its ETag. */
void page_cache_keep(struct rq *rq, str key, uint64_t moment);
/* Says 304 instead of the body when the client has it already. */
bool page_matches_etag(const struct rq *rq, str etag);

#endif
