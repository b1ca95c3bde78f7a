/* SPDX-License-Identifier: EUPL-1.2 */
/* The page cache on base/cache: a head with what validity needs, then type, framers and body. */
#include "web/page_cache.h"

#include "base/cache.h"
#include "base/clock.h"
#include "base/hash.h"
#include "tables.h"
#include "web/app.h"
#include "web/remember.h"
#include "web/session.h"

/* What a page shows of the clock ("confirmed 3 days ago") may lag this much. */
#define KEEP_SECONDS 600
#define ETAG_HEX     20

struct head {
    struct db_tables tables;
    uint64_t versions; /* their sum: versions only grow, so equal sums are equal versions */
    uint64_t index;    /* of the search index; 0: not used */
    int64_t until;
    size_t type_n;
    size_t framers_n;
    char etag[ETAG_HEX + 3]; /* quoted, NUL at the end */
};

struct page_cache {
    struct app *app;
    struct cache *cache;
};

struct page_cache *page_cache_new(struct app *app, size_t bytes)
{
    struct page_cache *c = NEW(&app->arena, struct page_cache);
    c->app = app;
    c->cache = cache_new(bytes);
    return c;
}

void page_cache_free(struct page_cache *c)
{
    cache_free(c->cache);
}

static uint64_t versions_of(const struct store *store, const struct db_tables *tables)
{
    uint64_t sum = 0;
    for (unsigned word = 0; word < DB_TABLE_WORDS; word++)
        for (uint64_t bits = tables->w[word]; bits; bits &= bits - 1)
            sum += store_version(store, word * 64 + (unsigned)__builtin_ctzll(bits));
    return sum;
}

uint64_t page_cache_moment(const struct app *app)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < TABLE_COUNT; i++)
        sum += store_version(app->store, i);
    return sum;
}

/*
 * Texts that cannot hold a blank (the path can, so it comes last), then numbers as bytes. Not
 * formatted: this is done for every request.
 */
static str key_of(struct rq *rq)
{
    const struct http_request *http = rq->http;
    const str texts[] = { http->scheme, http_header(http, S("Host")), http->query, http->path };
    const char numbers[] = { (char)rq->lang, (char)rq->size, (char)rq->scheme, (char)rq->format };
    /* Forms are good for a period; what is public changes with the German day. */
    const int64_t times[] = { csrf_period(), day_number(clock_today()) };
    size_t n = sizeof numbers + sizeof times;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        n += texts[i].n + 1;
    char *p = arena_bytes(rq->arena, n);
    str key = { p, n };
    memcpy(p, numbers, sizeof numbers);
    memcpy(p + sizeof numbers, times, sizeof times);
    p += sizeof numbers + sizeof times;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        memcpy(p, texts[i].p, texts[i].n);
        p[texts[i].n] = ' ';
        p += texts[i].n + 1;
    }
    return key;
}

str page_cache_key(struct rq *rq)
{
    bool reads = rq->http->method == HTTP_GET || rq->http->method == HTTP_HEAD;
    if (!reads || rq->app->config.cache_bytes == 0 || session_cookie(rq).n ||
        http_cookie(rq->http, S("note")).n || (rq->format == FORMAT_HTML && remember_load(rq).n))
        return S("");
    return key_of(rq);
}

bool page_matches_etag(const struct rq *rq, str etag)
{
    str given = http_header(rq->http, S("If-None-Match"));
    str one;
    while (str_next(&given, ',', &one)) {
        one = str_trim(one);
        if (str_starts(one, S("W/")))
            one = str_slice(one, 2, one.n);
        if (str_eq(one, etag) || str_eq(one, S("*")))
            return true;
    }
    return false;
}

struct sending {
    struct cache *cache;
    struct cache_entry *entry;
};

static void sent(void *ctx)
{
    struct sending *s = ctx;
    cache_release(s->cache, s->entry);
}

static bool still_valid(const struct page_cache *c, const struct head *h)
{
    store_watch(c->app->store); /* a command line beside the server writes too */
    return h->until > clock_now() && versions_of(c->app->store, &h->tables) == h->versions &&
           (!h->index || h->index == atomic_load(&c->app->index_version));
}

bool page_cache_answer(struct rq *rq, str key)
{
    struct page_cache *c = rq->app->cache;
    struct sending *s = NEW(rq->arena, struct sending); /* first: it may find the arena full */
    struct cache_entry *e = cache_get(c->cache, key);
    if (!e)
        return false;
    const struct head *h = (const void *)e->value.p;
    if (!still_valid(c, h)) {
        cache_drop(c->cache, key);
        cache_release(c->cache, e);
        return false;
    }
    *s = (struct sending){ c->cache, e };
    rq->reply->done = sent;
    rq->reply->done_ctx = s;
    str etag = str_from_c(h->etag);
    rq_header(rq, S("ETag"), etag);
    size_t framers_at = sizeof *h + h->type_n;
    size_t body_at = framers_at + h->framers_n;
    rq_type(rq, str_slice(e->value, sizeof *h, framers_at));
    rq->framers = str_slice(e->value, framers_at, body_at);
    bool known = page_matches_etag(rq, etag);
    rq->reply->status = known ? 304 : 200;
    rq->reply->body = known ? S("") : str_slice(e->value, body_at, e->value.n);
    return true;
}

/* What the handler has read, and what every page shows: the town's name, words and look. */
static struct db_tables tables_behind(const struct rq *rq)
{
    static const unsigned of_towns[] = { TABLE_city, TABLE_city_district, TABLE_city_text };
    struct db_tables tables = rq->db->read;
    for (size_t i = 0; i < sizeof of_towns / sizeof *of_towns; i++)
        tables.w[of_towns[i] / 64] |= (uint64_t)1 << (of_towns[i] % 64);
    return tables;
}

static str etag_of(struct rq *rq, str body)
{
    char hex[HASH_HEX];
    char *tag = arena_bytes(rq->arena, ETAG_HEX + 2);
    hash_hex(body, hex);
    tag[0] = tag[ETAG_HEX + 1] = '"';
    memcpy(tag + 1, hex, ETAG_HEX);
    return (str){ tag, ETAG_HEX + 2 };
}

void page_cache_keep(struct rq *rq, str key, uint64_t moment)
{
    str body = rq->reply->body;
    str etag = etag_of(rq, body);
    rq_header(rq, S("ETag"), etag);
    if (key.n && !rq->no_cache && page_cache_moment(rq->app) == moment) {
        struct db_tables tables = tables_behind(rq);
        struct head h = { .tables = tables,
                          .versions = versions_of(rq->app->store, &tables),
                          .index = rq->index_version,
                          .until = clock_now() + KEEP_SECONDS,
                          .type_n = rq->type.n,
                          .framers_n = rq->framers.n };
        memcpy(h.etag, etag.p, etag.n);
        const str pieces[] = { { (const char *)&h, sizeof h }, rq->type, rq->framers, body };
        cache_put(rq->app->cache->cache, key, pieces, sizeof pieces / sizeof *pieces);
    }
    if (page_matches_etag(rq, etag)) {
        rq->reply->status = 304;
        rq->reply->body = S("");
    }
}
