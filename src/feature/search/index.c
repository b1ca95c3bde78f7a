/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Filling the index. Everything here runs at start or in the hook of a commit, one thread
 * at a time (`lock`); readers of the index itself take no lock.
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

/*
 * Rows are read again from a little before the last one seen: on PostgreSQL transactions
 * may commit in another order than they began.
 */
#define SLACK_SECONDS 5
/* The index keeps levels of the first languages only (match.h). */
#define LEVELS 16
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

struct search {
    struct app *app;
    struct match *match;
    pthread_mutex_t lock;
    pthread_cond_t filled;
    pthread_t filler; /* of a server: the thread that fills it at start */
    bool has_filler;
    atomic_bool ready;
    struct arena arena; /* towns and names; grows with new districts only */
    struct {
        struct town *v;
        size_t n, cap;
    } towns;
    int64_t seen; /* changed_at of the newest row in the index */
    struct own_words own;
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
    return instant ? day_number(clock_local(instant).day) : 0;
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

static bool update_row(void *ctx, const struct opp_index_row *r)
{
    struct loading *l = ctx;
    if (str_eq(r->state, S("published"))) {
        struct match_offer m;
        offer_of(l->s, &l->scratch, &m, r);
        match_put(l->s->match, &m, 1);
    } else {
        match_erase(l->s->match, &r->id, 1);
    }
    saw(l->s, r);
    arena_free(&l->scratch);
    return true;
}

static bool touches(const struct db_tables *t, unsigned table)
{
    return t->w[table / 64] >> (table % 64) & 1;
}

static void update(struct search *s, struct db *db, const struct db_tables *written)
{
    struct loading l = { .s = s };
    int64_t since = s->seen - SLACK_SECONDS;
    arena_init(&l.scratch, 0);
    if (touches(written, TABLE_opportunity) || touches(written, TABLE_organisation))
        opp_index_changed(db, since, update_row, &l);
    if (touches(written, TABLE_organisation))
        opp_index_organisation(db, since, update_row, &l);
    if (touches(written, TABLE_search_word))
        own_reload(&s->own, s->match, db);
}

/* Runs after each commit, before it is acknowledged: who changed something finds it. */
static void committed(void *ctx, const struct db_tables *written)
{
    struct search *s = ctx;
    if (!touches(written, TABLE_opportunity) && !touches(written, TABLE_organisation) &&
        !touches(written, TABLE_search_word))
        return;
    struct arena a;
    struct db db;
    wait_until_ready(s);
    arena_init(&a, 0);
    pthread_mutex_lock(&s->lock);
    if (db_begin(s->app->store, &a, &db) == ERR_OK) {
        update(s, &db, written);
        if (db.err != ERR_OK)
            log_event(LOG_ERROR, "index.behind", { "why", str_from_c(err_name(db.err)) });
        db_end(&db);
    }
    atomic_fetch_add(&s->app->index_version, 1);
    pthread_mutex_unlock(&s->lock);
    arena_free(&a);
}

static enum err fill(struct search *s)
{
    struct match_words words = match_words_default();
    int64_t started = clock_ticks();
    struct arena a;
    s->match = match_new(&words);
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

/* A database that cannot be read at start is as fatal as one that cannot be opened. */
static void *fill_beside(void *ctx)
{
    struct search *s = ctx;
    enum err e = fill(s);
    if (e != ERR_OK) {
        log_event(LOG_ERROR, "index.failed", { "why", str_from_c(err_name(e)) });
        atomic_store(&s->app->failed, true);
        kill(getpid(), SIGTERM);
    }
    arena_thread_end();
    return NULL;
}

static struct search *search_new(struct app *app)
{
    struct search *s = NEW(&app->arena, struct search);
    s->app = app;
    arena_init(&s->arena, 0);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->filled, NULL);
    atomic_store(&app->index_version, 1);
    app->search = s;
    store_on_commit(app->store, committed, s); /* before it is filled: no commit is missed */
    return s;
}

enum err index_start(struct app *app)
{
    if (!app->serving)
        return ERR_OK;
    struct search *s = search_new(app);
    s->has_filler = true;
    must(pthread_create(&s->filler, NULL, fill_beside, s) == 0);
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
    if (s->has_filler)
        pthread_join(s->filler, NULL);
    own_free(&s->own);
    match_free(s->match);
    arena_free(&s->arena);
}
