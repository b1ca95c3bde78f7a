/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Counting. Views are counted in memory, in parts with a lock each, so that a page from the cache
 * costs a lookup more and waits for nobody; a thread writes them each minute, all in one
 * transaction, and once more when the program stops. A crash loses what a minute brought.
 * Of the request nothing is kept but the offer, the day and the way.
 */
#include <pthread.h>

#include "base/clock.h"
#include "base/log.h"
#include "feature/tally/pages.h"
#include "web/app.h"
#include "web/session.h"

#define PARTS         16  /* a power of two */
#define SLOTS         512 /* of a part: offers looked at within a minute, by way */
#define WRITE_SECONDS 60

struct slot {
    int64_t city_id;
    int64_t offer_id; /* 0: free */
    int64_t day;      /* number */
    enum tally_way way;
    int64_t n;
};

struct part {
    pthread_mutex_t lock;
    struct slot slots[SLOTS];
    size_t used;
    int64_t lost; /* views for which there was no room */
};

struct tally {
    struct part parts[PARTS];
    pthread_mutex_t lock; /* of `stopping` */
    pthread_cond_t wake;
    bool stopping;
    bool running;
    pthread_t thread;
};

str tally_way_code(enum tally_way way)
{
    static const str codes[] = {
#define TALLY_CODE(code, doc) STR_INIT(#code),
        TALLY_WAYS(TALLY_CODE)
#undef TALLY_CODE
    };
    return codes[way];
}

url tally_link(const struct rq *rq, int64_t offer_id, enum tally_way way)
{
    const struct http_field via = { S("via"), tally_way_code(way) };
    return link_query(rq, str_fmt(rq->arena, "/angebote/%lld", (long long)offer_id), &via, 1);
}

/* ---- adding ---- */

static uint64_t mix(const struct slot *s)
{
    uint64_t h = (uint64_t)s->offer_id * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)s->way;
    return h ^ h >> 29;
}

/* With the part's lock held. */
static void add_to(struct part *p, const struct slot *s)
{
    for (size_t i = (size_t)(mix(s) / PARTS), tries = 0; tries < SLOTS; i++, tries++) {
        struct slot *at = &p->slots[i % SLOTS];
        bool same = at->offer_id == s->offer_id && at->way == s->way && at->day == s->day;
        if (same) {
            at->n += s->n;
            return;
        }
        if (at->offer_id)
            continue;
        *at = *s;
        p->used++;
        return;
    }
    p->lost += s->n;
}

static void add(struct tally *t, const struct slot *s)
{
    struct part *p = &t->parts[mix(s) % PARTS];
    pthread_mutex_lock(&p->lock);
    add_to(p, s);
    pthread_mutex_unlock(&p->lock);
}

/* ---- what a view is ---- */

/* Browsers of people begin so; what says of itself that it is none, is none. */
bool tally_is_person(str user_agent)
{
    static const str machines[] = { STR_INIT("bot"),     STR_INIT("Bot"),
                                    STR_INIT("crawl"),   STR_INIT("spider"),
                                    STR_INIT("Spider"),  STR_INIT("Headless"),
                                    STR_INIT("Preview"), STR_INIT("preview"),
                                    STR_INIT("monitor"), STR_INIT("Lighthouse") };
    if (!str_starts(user_agent, S("Mozilla/")))
        return false;
    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
        if (str_find(user_agent, machines[i]) >= 0)
            return false;
    return true;
}

/* Where on this site somebody came from, by the path of the page before. */
static enum tally_way way_within(const struct rq *rq, str path)
{
    static const str lists[] = { STR_INIT("/angebote"), STR_INIT("/karte"), STR_INIT("/passt"),
                                 STR_INIT("/merkliste") };
    if (!str_starts(path, rq->base))
        return TALLY_site;
    path = str_slice(path, rq->base.n, path.n);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (str_starts(path, lists[i]))
            return TALLY_search;
    return TALLY_site;
}

/* A link of ours may say it; else the page before, of which a browser tells us the site at least.
 */
static enum tally_way way_of(const struct rq *rq)
{
    str via = rq_param(rq, "via");
    for (enum tally_way w = TALLY_embed; w <= TALLY_paper; w++)
        if (str_eq(via, tally_way_code(w)))
            return w;
    str before = http_header(rq->http, S("Referer"));
    ptrdiff_t at = str_find(before, S("://"));
    if (at < 0)
        return TALLY_direct;
    str rest = str_slice(before, (size_t)at + 3, before.n);
    str host = http_header(rq->http, S("Host"));
    return str_starts(rest, host) ? way_within(rq, str_slice(rest, host.n, rest.n))
                                  : TALLY_elsewhere;
}

static bool is_view(const struct rq *rq)
{
    /* Fetched ahead by the browser, for somebody who may never look. */
    bool ahead = http_header(rq->http, S("Sec-Purpose")).n || http_header(rq->http, S("Purpose")).n;
    return rq->http->method == HTTP_GET && rq->format == FORMAT_HTML && !ahead &&
           !session_cookie(rq).n && !str_eq(rq_param(rq, "via"), S("own")) &&
           tally_is_person(http_header(rq->http, S("User-Agent")));
}

void tally_seen(const struct rq *rq)
{
    struct tally *t = rq->app->tally;
    if (!t || !is_view(rq))
        return;
    struct slot s = { .city_id = rq->city->id,
                      .offer_id = rq_id(rq),
                      .day = day_number(clock_today()),
                      .way = way_of(rq),
                      .n = 1 };
    add(t, &s);
}

/* ---- writing ---- */

struct batch {
    struct slot *v;
    size_t n;
};

static void write_slot(struct tx *tx, const struct slot *s)
{
    tally_add(tx, &(struct tally_add_in){ .id = db_new_id(),
                                          .day = day_iso(tx->db.arena, day_from_number(s->day)),
                                          .way = tally_way_code(s->way),
                                          .n = s->n,
                                          .at = tx->now,
                                          .city = s->city_id,
                                          .offer = s->offer_id });
}

static void write_batch(struct tx *tx, void *ctx)
{
    const struct batch *b = ctx;
    for (size_t i = 0; i < b->n; i++)
        write_slot(tx, &b->v[i]);
}

/* Takes everything out of the counters. */
static struct batch take(struct tally *t, struct arena *a)
{
    struct batch b = { .v = NEW_ARRAY(a, PARTS * SLOTS, struct slot) };
    int64_t lost = 0;
    for (size_t i = 0; i < PARTS; i++) {
        struct part *p = &t->parts[i];
        pthread_mutex_lock(&p->lock);
        for (size_t s = 0; s < SLOTS && p->used; s++)
            if (p->slots[s].offer_id)
                b.v[b.n++] = p->slots[s];
        memset(p->slots, 0, sizeof p->slots);
        p->used = 0;
        lost += p->lost;
        p->lost = 0;
        pthread_mutex_unlock(&p->lock);
    }
    if (lost)
        log_event(LOG_WARNING, "tally.full", { "views", str_fmt(a, "%lld", (long long)lost) });
    return b;
}

bool tally_write(struct app *app)
{
    struct arena a;
    arena_init(&a, 0);
    struct batch b = take(app->tally, &a);
    enum err e = b.n ? tx_do(app->store, &a, write_batch, &b) : ERR_OK;
    for (size_t i = 0; i < b.n && e != ERR_OK; i++)
        add(app->tally, &b.v[i]);
    arena_free(&a);
    return e == ERR_OK;
}

void tally_interest(struct tx *tx, int64_t city_id, int64_t offer_id)
{
    struct slot s = { .city_id = city_id,
                      .offer_id = offer_id,
                      .day = clock_day_number(tx->now),
                      .way = TALLY_interest,
                      .n = 1 };
    write_slot(tx, &s);
}

/* ---- the thread ---- */

static bool wait_for_next(struct tally *t)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WRITE_SECONDS;
    pthread_mutex_lock(&t->lock);
    while (!t->stopping)
        if (pthread_cond_timedwait(&t->wake, &t->lock, &until) != 0)
            break;
    bool go_on = !t->stopping;
    pthread_mutex_unlock(&t->lock);
    return go_on;
}

static void *write_now_and_then(void *ctx)
{
    struct app *app = ctx;
    while (wait_for_next(app->tally))
        if (!tally_write(app))
            log_event(LOG_WARNING, "tally.kept", { "why", S("the database cannot be written") });
    arena_thread_end();
    return NULL;
}

enum err tally_start(struct app *app)
{
    if (!app->serving)
        return ERR_OK;
    struct tally *t = NEW(&app->arena, struct tally);
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->wake, NULL);
    for (size_t i = 0; i < PARTS; i++)
        pthread_mutex_init(&t->parts[i].lock, NULL);
    app->tally = t;
    t->running = pthread_create(&t->thread, NULL, write_now_and_then, app) == 0;
    return t->running ? ERR_OK : ERR_LIMIT;
}

void tally_stop(struct app *app)
{
    struct tally *t = app->tally;
    if (!t || !t->running)
        return;
    pthread_mutex_lock(&t->lock);
    t->stopping = true;
    pthread_cond_signal(&t->wake);
    pthread_mutex_unlock(&t->lock);
    pthread_join(t->thread, NULL);
    tally_write(app);
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->wake);
    for (size_t i = 0; i < PARTS; i++)
        pthread_mutex_destroy(&t->parts[i].lock);
    app->tally = NULL;
}
