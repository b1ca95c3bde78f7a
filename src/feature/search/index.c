/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Filling the index: at start, in the hook of each commit, and once more a little later. One thread
 * at a time (`lock`); readers of the index itself take no lock.
 *
 * A commit says which tables it wrote, not which rows. Its hook reads what has changed in the last
 * seconds: whoever changed something finds it in their next search, on every node. But changed_at
 * says when a change was made, and it may be committed much later, or the clock of another node may
 * be behind. So soon afterwards one look goes back for minutes, beside the commits. What was read
 * before is known by a print of it, and costs the index nothing.
 */
#include "feature/search/index.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/map.h"
#include "base/vec.h"
#include "feature/search/own.h"
#include "feature/search/search.h"
#include "tables.h"
#include "web/app.h"
#include "web/text.h"
#include "web/vocab.h"
#include "web/vocab_label.h"

/* How far back the hook of a commit looks, and the look that follows: longer than any transaction.
 */
#define SOON_SECONDS 2
#define LATE_SECONDS 600
/* That look comes so much later, for all commits since; and rests so many times as long as it took.
 */
#define LATE_AFTER 200000 /* microseconds */
#define LATE_REST  20
/* The index keeps levels of the first languages only (match.h). */
#define LEVELS      16
#define TEXTS_BYTES ((size_t)3 << 20) /* for what people have looked for */
/* What an offer wants that does not say how many: never full. */
#define WANTED_OPEN 255

struct town {
    int64_t id;
    struct map districts; /* folded by nothing: as written */
    struct {
        str *v;
        size_t n, cap;
    } names;
};

/* What is known of a row that was read after the start. */
struct known {
    int64_t id;
    uint64_t print; /* of what the index got of it */
    uint64_t look;  /* number of the look that read it: a later one is not undone by an earlier */
};

/* The thread that fills the index of a server, and then looks back for minutes. */
struct follower {
    pthread_t thread;
    bool runs;
    pthread_mutex_t lock;
    pthread_cond_t turn;
    bool wanted, ends;
};

/* Tables that the index is made of. */
enum touched { TOUCHED_OFFERS = 1, TOUCHED_ORGANISATIONS = 2, TOUCHED_WORDS = 4 };

struct search {
    struct app *app;
    struct match *match;
    pthread_mutex_t lock;
    pthread_cond_t filled;
    atomic_bool ready;
    struct arena arena; /* towns and names; grows with new districts only */
    struct {
        struct town *v;
        size_t n, cap;
    } towns;
    int64_t seen; /* changed_at of the newest row in the index */
    struct own_words own;
    struct map known_ids; /* by the bytes of the id: number of the entry */
    struct {
        struct known *v;
        size_t n, cap;
    } known;
    uint64_t looks;             /* begun so far */
    _Atomic unsigned pending;   /* enum touched, since the last look began */
    _Atomic uint64_t committed; /* hooks that have begun … */
    uint64_t served;            /* … and of these, how many a look has seen to */
    struct follower late;
};

bool index_is_ready(const struct search *s)
{
    return atomic_load(&s->ready);
}

/* Until it is ready only its filler touches it. */
static void wait_until_ready(struct search *s)
{
    if (index_is_ready(s))
        return;
    pthread_mutex_lock(&s->lock);
    while (!index_is_ready(s))
        pthread_cond_wait(&s->filled, &s->lock);
    pthread_mutex_unlock(&s->lock);
}

/* ---- numbers ---- */

static uint16_t town_number(struct search *s, int64_t id)
{
    for (size_t i = 0; i < s->towns.n; i++)
        if (s->towns.v[i].id == id)
            return (uint16_t)i;
    struct town *t = vec_add(&s->arena, &s->towns);
    *t = (struct town){ .id = id, .districts = map_new(&s->arena) };
    *vec_add(&s->arena, &t->names) = S("");
    return (uint16_t)(s->towns.n - 1);
}

static uint16_t district_number(struct search *s, uint16_t city, str name)
{
    struct town *t = &s->towns.v[city];
    if (!name.n)
        return 0;
    uint64_t *known = map_find(&t->districts, name);
    if (known)
        return (uint16_t)*known;
    if (t->names.n >= MATCH_DISTRICTS)
        return 0;
    str copy = str_copy(&s->arena, name);
    *map_put(&t->districts, copy) = t->names.n;
    *vec_add(&s->arena, &t->names) = copy;
    return (uint16_t)(t->names.n - 1);
}

bool index_city(struct search *s, int64_t city_id, uint16_t *number)
{
    bool found = false;
    wait_until_ready(s);
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < s->towns.n && !found; i++) {
        found = s->towns.v[i].id == city_id;
        *number = (uint16_t)i;
    }
    pthread_mutex_unlock(&s->lock);
    return found;
}

uint16_t index_district(struct search *s, uint16_t city, str name)
{
    wait_until_ready(s);
    pthread_mutex_lock(&s->lock);
    uint64_t *known = city < s->towns.n ? map_find(&s->towns.v[city].districts, name) : NULL;
    uint16_t number = known ? (uint16_t)*known : 0;
    pthread_mutex_unlock(&s->lock);
    return number;
}

str index_district_name(struct search *s, uint16_t city, uint16_t number)
{
    wait_until_ready(s);
    pthread_mutex_lock(&s->lock);
    bool known = city < s->towns.n && number < s->towns.v[city].names.n;
    str name = known ? s->towns.v[city].names.v[number] : S("");
    pthread_mutex_unlock(&s->lock);
    return name;
}

uint16_t index_district_count(struct search *s, uint16_t city)
{
    wait_until_ready(s);
    pthread_mutex_lock(&s->lock);
    uint16_t n = city < s->towns.n ? (uint16_t)s->towns.v[city].names.n : 1;
    pthread_mutex_unlock(&s->lock);
    return n;
}

const struct match_own *index_own(struct search *s, int64_t city_id)
{
    wait_until_ready(s);
    return own_find(&s->own, city_id);
}

struct match *index_match(struct search *s)
{
    wait_until_ready(s);
    return s->match;
}

/* ---- from a row to the index ---- */

static uint32_t one_bit(const struct vocab *v, str code)
{
    int n = vocab_find(v, code);
    return n >= 0 ? 1u << n : 0;
}

static void put_labels(struct out *o, const struct vocab *v, int64_t bits)
{
    static const enum lang langs[] = { LANG_DE, LANG_EN };
    for (size_t i = 0; i < v->n; i++)
        for (size_t l = 0; l < 2 && ((uint64_t)bits & vocab_bit((int)i)); l++) {
            out_str(o, vocab_label_in(langs[l], v, (int)i));
            out_char(o, ' ');
        }
}

static str joined(struct arena *a, str x, str y, str z)
{
    return str_join(a, str_join(a, str_join(a, x, S("\n")), str_join(a, y, S("\n"))), z);
}

static void put_text(struct arena *a, struct match_offer *m, const struct opp_index_row *r)
{
    struct out o = out_new(a, 8192);
    put_labels(&o, &vocab_field, r->fields);
    put_labels(&o, &vocab_kind, r->kinds);
    put_labels(&o, &vocab_target, r->targets);
    out_fmt(&o, "%.*s %.*s %.*s", STR_FMT(r->district), STR_FMT(r->place), STR_FMT(r->skills));
    m->text[MATCH_TITLE] = joined(a, r->title, r->title_simple, r->title_en);
    m->text[MATCH_SUMMARY] = joined(a, r->summary, r->summary_en, S(""));
    m->text[MATCH_KEYWORDS] = out_text(&o);
    m->text[MATCH_ORG_NAME] = r->organisation;
    m->text[MATCH_BODY] =
        str_join(a, joined(a, r->tasks_md, r->needs_md, r->gives_md), r->simple_md);
}

static void put_languages(struct match_offer *m, str list)
{
    struct language_levels levels;
    str unknown;
    languages_parse(list, &levels, &unknown);
    for (int i = 0; i < LEVELS; i++)
        if (levels.level[i]) {
            m->dim[MATCH_LANGUAGE] |= 1u << i;
            m->levels |= MATCH_LEVEL(i, levels.level[i]);
        }
}

static void put_access(struct match_offer *m, int64_t access)
{
    for (int i = 0; i < ACCESSIBLE_COUNT; i++) {
        enum vocab_answer answer = accessible_answer((uint64_t)access, (enum vocab_accessible)i);
        if (answer != ANSWER_unknown)
            m->access_known |= 1u << i;
        if (answer == ANSWER_yes)
            m->dim[MATCH_ACCESS] |= 1u << i;
    }
}

static int64_t number_of(str iso)
{
    struct day d;
    return day_parse_iso(iso, &d) ? day_number(d) : 0;
}

/* The earlier of the two last days, where there are any. */
static int64_t last_day(const struct opp_index_row *r)
{
    int64_t ends = number_of(r->ends_on);
    int64_t valid = number_of(r->valid_until);
    return !ends || (valid && valid < ends) ? valid : ends;
}

static int64_t day_of(int64_t instant)
{
    return instant ? clock_day_number(instant) : 0;
}

static void offer_of(struct search *s, struct arena *a, struct match_offer *m,
                     const struct opp_index_row *r)
{
    uint16_t city = town_number(s, r->city_id);
    int64_t left = !r->wanted ? WANTED_OPEN : r->wanted > r->placed ? r->wanted - r->placed : 0;
    *m = (struct match_offer){
        .id = r->id,
        .org = r->organisation_id,
        .city = city,
        .district = district_number(s, city, r->district),
        .grid = (uint32_t)r->grid,
        .point = { r->lat.has && r->lon.has, r->lat.v, r->lon.v },
        .min_age = (uint8_t)(r->min_age & 0x7f),
        .hours = (uint8_t)((r->hours_week + 9) / 10),
        .wanted = (uint16_t)left,
        .from = number_of(r->starts_on),
        .to = last_day(r),
        .confirmed = day_of(r->confirmed_at),
        .published = r->published_at,
    };
    m->dim[MATCH_FIELD] = (uint32_t)r->fields;
    m->dim[MATCH_KIND] = (uint32_t)r->kinds;
    m->dim[MATCH_TARGET] = (uint32_t)r->targets;
    m->dim[MATCH_SUITS] = (uint32_t)r->suits;
    m->dim[MATCH_TIME] = one_bit(&vocab_time, r->time);
    m->dim[MATCH_PLACE] = one_bit(&vocab_place_kind, r->place_kind);
    m->dim[MATCH_CERTIFICATE] = one_bit(&vocab_certificate, r->certificate);
    put_languages(m, r->languages);
    put_access(m, r->access);
    put_text(a, m, r);
}

bool search_offer(struct rq *rq, int64_t id, struct match_offer *offer)
{
    struct search *s = rq->app->search;
    const struct opp_index_row *r = opp_index_get(rq->db, rq->city->id, id);
    if (!r)
        return false;
    pthread_mutex_lock(&s->lock); /* numbers of towns and districts may be new */
    offer_of(s, rq->arena, offer, r);
    pthread_mutex_unlock(&s->lock);
    return true;
}

/* ---- loading and updating ---- */

struct loading {
    struct search *s;
    struct match_load *load;
    struct arena scratch;
};

static void saw(struct search *s, const struct opp_index_row *r)
{
    if (r->changed_at > s->seen)
        s->seen = r->changed_at;
}

static bool load_row(void *ctx, const struct opp_index_row *r)
{
    struct loading *l = ctx;
    struct match_offer m;
    offer_of(l->s, &l->scratch, &m, r);
    match_load_add(l->load, &m);
    saw(l->s, r);
    arena_free(&l->scratch);
    return true;
}

static enum err load_all(struct search *s)
{
    struct arena a;
    struct db db;
    arena_init(&a, 0);
    enum err e = db_begin(s->app->store, &a, &db);
    if (e == ERR_OK) {
        struct loading l = { .s = s, .load = match_load_new(s->match) };
        arena_init(&l.scratch, 0);
        opp_index_all(&db, load_row, &l);
        match_load_end(l.load);
        own_reload(&s->own, s->match, &db);
        e = db.err;
        db_end(&db);
    }
    arena_free(&a);
    return e;
}

/* Of all that the index gets of an offer. */
static uint64_t print_of(struct arena *a, const struct match_offer *m)
{
    struct out o = out_new(a, 8192);
    for (int i = 0; i < MATCH_PIECES; i++) {
        out_str(&o, m->text[i]);
        out_char(&o, '\0');
    }
    for (int i = 0; i < MATCH_DIMS; i++)
        out_fmt(&o, "%u ", m->dim[i]);
    out_fmt(&o, "%lld %u %u %u %u %llu %llu ", (long long)m->org, m->city, m->district,
            m->access_known, m->grid, (unsigned long long)m->levels, (unsigned long long)m->skills);
    out_fmt(&o, "%d %.9g %.9g %u %u %u ", m->point.known, m->point.lat, m->point.lon, m->min_age,
            m->hours, m->wanted);
    out_fmt(&o, "%lld %lld %lld %lld", (long long)m->from, (long long)m->to,
            (long long)m->confirmed, (long long)m->published);
    return str_hash(out_text(&o));
}

static struct known *known_of(struct search *s, int64_t id)
{
    uint64_t *at = map_find(&s->known_ids, (str){ (const char *)&id, sizeof id });
    if (at)
        return &s->known.v[*at];
    int64_t *key = NEW(&s->arena, int64_t);
    *key = id;
    *map_put(&s->known_ids, (str){ (const char *)key, sizeof *key }) = s->known.n;
    struct known *k = vec_add(&s->arena, &s->known);
    *k = (struct known){ .id = id };
    return k;
}

#define GONE 0 /* the print of what is not in the index */

/* Whether the index does not have it so yet. */
static bool is_news(struct search *s, int64_t id, uint64_t print, uint64_t look)
{
    struct known *k = known_of(s, id);
    if (k->look > look)
        return false;
    bool news = !k->look || k->print != print;
    k->look = look;
    k->print = print;
    return news;
}

struct updating {
    struct search *s;
    struct arena scratch;
    uint64_t look; /* its number */
    size_t news;
};

static bool update_row(void *ctx, const struct opp_index_row *r)
{
    struct updating *u = ctx;
    struct search *s = u->s;
    struct match_offer m;
    bool open = str_eq(r->state, S("published"));
    if (open)
        offer_of(s, &u->scratch, &m, r);
    if (is_news(s, r->id, open ? print_of(&u->scratch, &m) | 1 : GONE, u->look)) {
        if (open)
            match_put(s->match, &m, 1);
        else
            match_erase(s->match, &r->id, 1);
        u->news++;
    }
    saw(s, r);
    arena_free(&u->scratch);
    return true;
}

/* The same beside commits, which get their turn between two rows. */
static bool update_row_late(void *ctx, const struct opp_index_row *r)
{
    struct updating *u = ctx;
    pthread_mutex_lock(&u->s->lock);
    update_row(ctx, r);
    pthread_mutex_unlock(&u->s->lock);
    return true;
}

static unsigned touched_by(const struct db_tables *written)
{
    return (db_tables_has(written, TABLE_opportunity) ? TOUCHED_OFFERS : 0u) |
           (db_tables_has(written, TABLE_organisation) ? TOUCHED_ORGANISATIONS : 0u) |
           (db_tables_has(written, TABLE_search_word) ? TOUCHED_WORDS : 0u);
}

/* From when on a look reads; a clock that is ahead must not hide what is younger. */
static int64_t since(const struct search *s, int64_t seconds)
{
    int64_t now = clock_now();
    return (s->seen < now ? s->seen : now) - seconds;
}

/* What the hook of a commit does; the lock is held. */
static void look_soon(struct search *s)
{
    struct arena a;
    struct db db;
    unsigned touched = atomic_exchange(&s->pending, 0);
    if (!touched)
        return;
    arena_init(&a, 0);
    struct updating u = { .s = s, .look = ++s->looks };
    enum err e = db_begin(s->app->store, &a, &db);
    if (e == ERR_OK) {
        int64_t from = since(s, SOON_SECONDS);
        if (touched & (TOUCHED_OFFERS | TOUCHED_ORGANISATIONS))
            opp_index_changed(&db, from, update_row, &u);
        if (touched & TOUCHED_ORGANISATIONS)
            opp_index_organisation(&db, from, update_row, &u);
        if (touched & TOUCHED_WORDS)
            own_reload(&s->own, s->match, &db);
        e = db.err;
        db_end(&db);
    }
    if (e != ERR_OK) {
        log_event(LOG_ERROR, "index.behind", { "why", str_from_c(err_name(e)) });
        atomic_fetch_or(&s->pending, touched);
    }
    atomic_fetch_add(&s->app->index_version, 1);
    arena_free(&a);
}

/* ---- the look that follows ---- */

static void want_late(struct follower *f)
{
    pthread_mutex_lock(&f->lock);
    f->wanted = true;
    pthread_cond_signal(&f->turn);
    pthread_mutex_unlock(&f->lock);
}

static void look_late(struct search *s)
{
    struct arena a;
    struct db db;
    struct updating u = { .s = s };
    arena_init(&a, 0);
    pthread_mutex_lock(&s->lock);
    u.look = ++s->looks; /* before it reads: what a commit reads meanwhile is newer */
    int64_t from = since(s, LATE_SECONDS);
    pthread_mutex_unlock(&s->lock);
    if (db_begin(s->app->store, &a, &db) == ERR_OK) {
        opp_index_changed(&db, from, update_row_late, &u);
        opp_index_organisation(&db, from, update_row_late, &u);
        if (db.err != ERR_OK) {
            log_event(LOG_ERROR, "index.behind", { "why", str_from_c(err_name(db.err)) });
            want_late(&s->late);
        }
        db_end(&db);
    }
    if (u.news)
        atomic_fetch_add(&s->app->index_version, 1);
    arena_free(&a);
}

/* Waits so long, or until the end; the follower's lock is held. */
static void rest(struct follower *f, int64_t microseconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    int64_t ns = until.tv_nsec + microseconds % 1000000 * 1000;
    until.tv_sec += microseconds / 1000000 + ns / 1000000000;
    until.tv_nsec = ns % 1000000000;
    while (!f->ends && pthread_cond_timedwait(&f->turn, &f->lock, &until) == 0)
        ;
}

static void follow(struct search *s)
{
    struct follower *f = &s->late;
    pthread_mutex_lock(&f->lock);
    while (!f->ends) {
        if (!f->wanted) {
            pthread_cond_wait(&f->turn, &f->lock);
            continue;
        }
        rest(f, LATE_AFTER);
        f->wanted = false;
        pthread_mutex_unlock(&f->lock);
        int64_t begun = clock_ticks();
        look_late(s);
        int64_t took = clock_ticks() - begun;
        pthread_mutex_lock(&f->lock);
        rest(f, took * LATE_REST);
    }
    pthread_mutex_unlock(&f->lock);
}

static void follower_init(struct follower *f)
{
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->turn, &steady);
    pthread_condattr_destroy(&steady);
}

static void follower_stop(struct follower *f)
{
    pthread_mutex_lock(&f->lock);
    f->ends = true;
    pthread_cond_signal(&f->turn);
    pthread_mutex_unlock(&f->lock);
    if (f->runs)
        pthread_join(f->thread, NULL);
    pthread_cond_destroy(&f->turn);
    pthread_mutex_destroy(&f->lock);
}

/*
 * Runs after each commit, before it is acknowledged: who changed something finds it. Who had to
 * wait here may find that the look of somebody else, begun meanwhile, has seen to it.
 */
static void committed(void *ctx, const struct db_tables *written)
{
    struct search *s = ctx;
    unsigned touched = touched_by(written);
    if (!touched)
        return;
    atomic_fetch_or(&s->pending, touched);
    uint64_t mine = atomic_fetch_add(&s->committed, 1) + 1;
    wait_until_ready(s);
    pthread_mutex_lock(&s->lock);
    if (s->served < mine) {
        uint64_t upto = atomic_load(&s->committed);
        look_soon(s);
        s->served = upto;
    }
    pthread_mutex_unlock(&s->lock);
    want_late(&s->late);
}

static enum err fill(struct search *s)
{
    struct match_words words = match_words_default();
    int64_t started = clock_ticks();
    struct arena a;
    s->match = match_new(&words);
    match_remember(s->match, TEXTS_BYTES);
    own_init(&s->own);
    enum err e = load_all(s);
    struct match_stats stats = match_stats(s->match);
    arena_init(&a, 0);
    log_event(LOG_INFO, "index.ready", { "offers", str_fmt(&a, "%zu", stats.offers) },
              { "bytes", str_fmt(&a, "%zu", stats.bytes) },
              { "ms", str_fmt(&a, "%lld", (long long)(clock_ticks() - started) / 1000) });
    arena_free(&a);
    pthread_mutex_lock(&s->lock);
    atomic_fetch_add(&s->app->index_version, 1);
    atomic_store(&s->ready, true);
    pthread_cond_broadcast(&s->filled);
    pthread_mutex_unlock(&s->lock);
    return e;
}

static struct search *search_new(struct app *app)
{
    struct search *s = NEW(&app->arena, struct search);
    s->app = app;
    arena_init(&s->arena, 0);
    s->known_ids = map_new(&s->arena);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->filled, NULL);
    follower_init(&s->late);
    atomic_store(&app->index_version, 1);
    app->search = s;
    store_on_commit(app->store, committed, s); /* before it is filled: no commit is missed */
    return s;
}

/*
 * A server's thread beside the serving ones. A database that cannot be read at start is as fatal
 * as one that cannot be opened.
 */
static void *fill_and_follow(void *ctx)
{
    struct search *s = ctx;
    enum err e = fill(s);
    if (e == ERR_OK) {
        follow(s);
    } else {
        log_event(LOG_ERROR, "index.failed", { "why", str_from_c(err_name(e)) });
        atomic_store(&s->app->failed, true);
        kill(getpid(), SIGTERM);
    }
    arena_thread_end();
    return NULL;
}

enum err index_start(struct app *app)
{
    if (!app->serving)
        return ERR_OK;
    struct search *s = search_new(app);
    s->late.runs = true;
    must(pthread_create(&s->late.thread, NULL, fill_and_follow, s) == 0);
    return ERR_OK;
}

enum err search_ready(struct app *app)
{
    return app->search ? ERR_OK : fill(search_new(app));
}

void index_stop(struct app *app)
{
    struct search *s = app->search;
    if (!s)
        return;
    follower_stop(&s->late);
    own_free(&s->own);
    match_free(s->match);
    arena_free(&s->arena);
}
