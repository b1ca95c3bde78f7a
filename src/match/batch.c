/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Everyone's best offers. People come cell by cell, and those of one run share a pool of the
 * offers that are near enough (pool.h); offers without a place are a pool that all share, and so
 * are all offers, for who gets everywhere or lives nowhere. For each person the offers that have
 * everything liked are judged first, then those that lack little, until what is lacking cannot be
 * made good: by then the best are known.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "base/err.h"
#include "base/vec.h"
#include "match/crowd.h"
#include "match/grade.h"
#include "match/pattern.h"
#include "match/pool.h"
#include "match/reason.h"
#include "match/sort.h"

#define BLOCK 8    /* words of bits that are looked at together */
#define UNIT  1024 /* people at most that are one thread's at a time */
#define ROWS  128  /* results that are handed over together */
#define WASTE 4    /* a pool serves who gets at least this part of its radius */

/* People of one cell, of one town if only its own offers count: they share a pool. */
struct group {
    struct geo_area area;
    uint16_t city;
};

struct unit {
    const struct run *run;
    uint32_t group;
    uint32_t from, to;
    uint8_t layer;
};

struct batch {
    const struct batch_query *q;
    const struct snapshot *people;
    struct arena arena;
    struct judge judge; /* of nobody */
    struct stock stock;
    struct pool nowhere, all;
    struct patterns patterns[PATTERNS]; /* by the traits asked for */
    struct {
        struct unit *v;
        size_t n, cap;
    } units;
    struct {
        struct group *v;
        size_t n, cap;
    } groups;
    _Atomic size_t next;
    _Atomic bool stopped;
    pthread_mutex_t lock; /* for taking results, and: */
    uint64_t done, of;
};

/* One thread's part. */
struct worker {
    struct batch *b;
    struct judge judge;
    struct pool near;
    const struct group *group; /* whose `near` it is, and how far it reaches */
    uint32_t metres;
    uint64_t *is_near; /* a bit for each offer of the stock */
    uint64_t *fits[TRAITS], *barred;
    struct batch_row *row;
    size_t n_rows;
};

/* One person's search. */
struct seeker {
    struct worker *w;
    struct match_profile profile;
    struct geo_point at;
    uint16_t city;
    uint32_t refused; /* certificates, as in word 2 */
    const struct nevers *never;
    uint32_t asked;  /* traits, a bit each */
    uint32_t weight; /* of all that can be judged */
    uint32_t liked;  /* of the likings among it */
    uint32_t budget; /* more lacking than this, and an offer is not among the best */
    bool beyond;     /* what is near has been looked at */
    struct batch_row *best;
};

/* ---- the offers ---- */

/* All that still want somebody. */
static size_t copy_offers(const struct snapshot *s, struct row *v)
{
    size_t n = 0;
    for (uint32_t i = 0; i < s->n_layers; i++)
        for (uint32_t row = 0; row < s->layer[i].n; row++)
            if (layer_has(&s->layer[i], row) && s->layer[i].part->col.wanted[row])
                v[n++] = columns_get(&s->layer[i].part->col, row);
    return n;
}

static uint32_t *order_by_cell(struct arena *a, const struct row *v, uint32_t n)
{
    struct sort_key *key = NEW_ROOM(a, n, struct sort_key);
    uint32_t *order = NEW_ROOM(a, n, uint32_t);
    for (uint32_t i = 0; i < n; i++)
        key[i] = (struct sort_key){ geo_cell((struct geo_point){ v[i].lat, v[i].lon }), i };
    sort_by_key(a, key, n);
    for (uint32_t i = 0; i < n; i++)
        order[i] = key[i].what;
    return order;
}

/* What is the same for whoever it is: freshness and waiting. */
static void put_fixed(const struct batch *b, const struct columns *col, size_t row, struct ware *w)
{
    struct judged o = { col, row, MATCH_NOWHERE };
    struct match_reason reason[MATCH_CRITERIA];
    size_t n = judge_reasons(&b->judge, &o, reason);
    w->lack = w->fixed = 0;
    for (size_t i = 0; i < n; i++) {
        w->lack += reason[i].weight * (GRADE_MAX - reason[i].grade);
        w->fixed += reason[i].weight;
    }
}

static struct ware ware_of(const struct row *r, uint32_t number)
{
    struct dim_place access = dim_place[MATCH_ACCESS];
    struct ware w = { .number = number,
                      .grid = r->word[GRID_WORD] & MATCH_GRID_ALL,
                      .access = (uint8_t)(r->word[access.word] >> access.shift),
                      .at = { r->lat, r->lon },
                      .city = r->city,
                      .from = r->from,
                      .to = r->to,
                      .min_age = r->min_age,
                      .hours = r->hours,
                      .known = r->known,
                      .needs = r->needs,
                      .id = r->id };
    return w;
}

static void lay_stock(struct batch *b, const struct snapshot *offers)
{
    struct arena scratch;
    struct stock *s = &b->stock;
    arena_init(&scratch, 0);
    struct row *row = NEW_ROOM(&scratch, offers->n_live, struct row);
    s->n = (uint32_t)copy_offers(offers, row);
    uint32_t *order = order_by_cell(&scratch, row, s->n);
    struct columns col = columns_new(&scratch, row, order, s->n);
    s->ware = NEW_ROOM(&b->arena, s->n, struct ware);
    s->word = arena_room(&b->arena, s->n, sizeof *s->word);
    s->cell = NEW_ROOM(&b->arena, s->n, uint32_t);
    for (uint32_t i = 0; i < s->n; i++) {
        s->ware[i] = ware_of(&row[order[i]], i);
        s->cell[i] = geo_cell(s->ware[i].at);
        memcpy(s->word[i], row[order[i]].word, sizeof s->word[i]);
        put_fixed(b, &col, i, &s->ware[i]);
    }
    arena_free(&scratch);
}

static void lay_shared_pools(struct batch *b)
{
    uint32_t nowhere = geo_first_cell(b->stock.cell, b->stock.n, GEO_CELL_NOWHERE);
    b->nowhere = pool_new(&b->arena, b->stock.n - nowhere);
    b->all = pool_new(&b->arena, b->stock.n);
    for (uint32_t i = 0; i < b->stock.n; i++)
        pool_add(i < nowhere ? &b->all : &b->nowhere, i, b->stock.ware[i].lack);
    pool_end(&b->nowhere, &b->stock);
    pool_end(&b->all, &b->stock);
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t most(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* All cells within so many metres of any point of the area. */
static struct geo_box box_around(const struct geo_area *a, uint32_t metres)
{
    struct geo_box sw = geo_box((struct geo_point){ a->south, a->west }, metres);
    struct geo_box se = geo_box((struct geo_point){ a->south, a->east }, metres);
    struct geo_box nw = geo_box((struct geo_point){ a->north, a->west }, metres);
    struct geo_box ne = geo_box((struct geo_point){ a->north, a->east }, metres);
    return (struct geo_box){ sw.first_row, ne.last_row, least(sw.first_column, nw.first_column),
                             most(se.last_column, ne.last_column) };
}

static void clear_near(struct worker *w)
{
    for (uint32_t i = 0; i < w->near.n; i++)
        w->is_near[w->near.ware[i].number / 64] = 0;
    pool_clear(&w->near);
}

/* `reach` is over how many metres nearness counts for who counts it longest. */
static void add_near(struct worker *w, uint32_t offer, uint32_t reach)
{
    const struct ware *x = &w->b->stock.ware[offer];
    uint32_t away = geo_least(x->at, &w->group->area);
    if (away > w->metres || (w->b->q->own_city && x->city != w->group->city))
        return;
    uint32_t lack = w->judge.weight[MATCH_C_DISTANCE] * (GRADE_MAX - grade_near(away, reach));
    pool_add(&w->near, offer, x->lack + lack);
    w->is_near[offer / 64] |= UINT64_C(1) << (offer % 64);
}

/* The offers that somebody of the run may reach. */
static void lay_near(struct worker *w, uint32_t reach)
{
    const struct stock *s = &w->b->stock;
    struct geo_box box = box_around(&w->group->area, w->metres);
    clear_near(w);
    for (uint32_t row = box.first_row; row <= box.last_row; row++) {
        uint32_t i = geo_first_cell(s->cell, s->n, row * GEO_COLUMNS + box.first_column);
        for (; i < s->n && s->cell[i] <= row * GEO_COLUMNS + box.last_column; i++)
            add_near(w, i, reach);
    }
    pool_end(&w->near, s);
}

/* Has the pool fit somebody who gets so far: not too small, not much too large. */
static void need_near(struct worker *w, const struct group *group, uint32_t reach)
{
    uint32_t radius = w->b->q->radius_m ? w->b->q->radius_m : RANK_RADIUS;
    uint32_t metres = reach == CROWD_ANYWHERE ? radius : reach;
    if (w->group == group && metres <= w->metres && metres >= w->metres / WASTE)
        return;
    w->group = group;
    w->metres = metres;
    lay_near(w, reach == CROWD_ANYWHERE ? most(metres, RANK_RADIUS) : metres);
}

/* ---- one person ---- */

/* Keeps the best, sorted. */
static void keep(struct batch_row *best, uint32_t limit, struct batch_hit hit)
{
    size_t i = best->n;
    while (i > 0 && (best->hit[i - 1].score < hit.score ||
                     (best->hit[i - 1].score == hit.score && best->hit[i - 1].id > hit.id)))
        i--;
    if (i == limit)
        return;
    size_t last = best->n < limit ? best->n : limit - 1;
    memmove(&best->hit[i + 1], &best->hit[i], (last - i) * sizeof hit);
    best->hit[i] = hit;
    best->n = (uint16_t)(last + 1);
}

/* What an offer may lack to come before the last of the best. */
static uint32_t budget(const struct seeker *p)
{
    bool full = p->best->n && p->best->n == p->w->b->q->limit;
    return pattern_budget(p->weight, full ? p->best->hit[p->best->n - 1].score : 0);
}

/* What is judged of an offer, and what it lacks; as in reason.c. */
struct account {
    uint32_t weight, lack;
};

static inline void charge(struct account *a, uint32_t weight, uint32_t grade)
{
    a->weight += weight;
    a->lack += weight * (GRADE_MAX - grade);
}

/* Beside likings and nearness. */
static inline void charge_rest(const struct seeker *p, const struct ware *x, struct account *a)
{
    const struct match_profile *w = &p->profile;
    const uint16_t *weight = p->w->judge.weight;
    if (w->grid)
        charge(a, weight[MATCH_C_GRID], grade_grid(w->grid, x->grid));
    if (w->hours && x->hours)
        charge(a, weight[MATCH_C_HOURS], grade_hours(w->hours, x->hours));
    if (w->skills && x->needs.skills)
        charge(a, weight[MATCH_C_SKILLS], grade_skills(w->skills, x->needs.skills));
    if (w->access)
        charge(a, weight[MATCH_C_ACCESS], grade_access(w->access, x->access & w->access));
}

/* Hard criteria beside what the pool has barred; as in reason.c. */
static bool excluded(const struct seeker *p, const struct ware *x, uint32_t distance)
{
    const struct batch_query *q = p->w->b->q;
    const struct judge *j = &p->w->judge;
    uint32_t limit = p->profile.reach_m ? p->profile.reach_m : q->radius_m;
    return (q->own_city && x->city != p->city) ||
           (limit && distance != MATCH_NOWHERE && distance > limit) ||
           (p->profile.age && x->min_age > p->profile.age) ||
           (p->profile.access & x->known & ~(uint32_t)x->access) ||
           (x->from && j->to && x->from > j->to) || (x->to && j->from && x->to < j->from) ||
           (p->profile.languages_known && judge_lacks(x->needs.levels, p->profile.levels));
}

/* An offer that lacks some likings, and nothing that bars it. */
static void consider(struct seeker *p, const struct ware *x, uint32_t likings_lack)
{
    struct account a = { p->liked + x->fixed, likings_lack + x->lack };
    if (p->beyond && p->w->is_near[x->number / 64] >> (x->number % 64) & 1)
        return;
    charge_rest(p, x, &a);
    if (a.lack > p->budget)
        return;
    uint32_t distance = geo_metres(p->at, x->at);
    if (distance != MATCH_NOWHERE)
        charge(&a, p->w->judge.weight[MATCH_C_DISTANCE], grade_near(distance, p->w->judge.reach));
    if (a.lack > p->budget || excluded(p, x, distance))
        return;
    uint64_t sum = (uint64_t)a.weight * GRADE_MAX - a.lack;
    uint32_t score = a.weight ? (uint32_t)(sum * (MATCH_SCORE_MAX / GRADE_MAX) / a.weight) : 0;
    keep(p->best, p->w->b->q->limit, (struct batch_hit){ x->id, score, distance });
    p->budget = budget(p);
}

/* A pool for one person: what of it has which liking, and what is barred. */
static void compare_pool(struct seeker *p, const struct pool *pool, uint32_t words)
{
    struct worker *w = p->w;
    memset(w->barred, 0, words * sizeof *w->barred);
    for (unsigned i = 0; i < COLUMN_WORDS; i++)
        pool_any(pool, i, p->never->word[i] | (i == GRID_WORD ? p->refused : 0), w->barred, words);
    if (p->asked >> TRAIT_GRID & 1)
        pool_enough(pool, p->profile.grid, w->fits[TRAIT_GRID], words);
    for (size_t i = 0; i < LIKINGS; i++) {
        struct dim_place at = dim_place[pattern_liking[i].dim];
        if (!(p->asked >> i & 1))
            continue;
        memset(w->fits[i], 0, words * sizeof *w->fits[i]);
        pool_any(pool, at.word, p->profile.like[pattern_liking[i].dim] << at.shift, w->fits[i],
                 words);
    }
}

/* The offers among 512 that miss exactly these traits; whether there are any. */
static bool put_exactly(const struct seeker *p, uint32_t missing, uint32_t word,
                        uint64_t set[BLOCK])
{
    const struct worker *w = p->w;
    uint64_t left[BLOCK], any = 0;
    for (size_t i = 0; i < BLOCK; i++)
        left[i] = ~w->barred[word + i];
    for (uint32_t traits = p->asked; traits; traits &= traits - 1) {
        size_t trait = (size_t)__builtin_ctz(traits);
        const uint64_t *fits = w->fits[trait] + word;
        uint64_t flip = missing >> trait & 1 ? UINT64_MAX : 0;
        for (size_t i = 0; i < BLOCK; i++)
            left[i] &= fits[i] ^ flip;
    }
    for (size_t i = 0; i < BLOCK; i++)
        any |= left[i];
    memcpy(set, left, sizeof left);
    return any;
}

/* How many at the beginning of a pool can still be among the best, lacking so much besides. */
static uint32_t worth_looking(const struct seeker *p, const struct pool *pool, uint32_t lack)
{
    return p->budget < lack ? 0 : pool_within(pool, p->budget - lack);
}

/* What will be looked at in a moment is on its way meanwhile. */
static void fetch(const struct ware *ware, const uint64_t set[BLOCK])
{
    for (size_t i = 0; i < BLOCK; i++)
        for (uint64_t s = set[i]; s; s &= s - 1)
            __builtin_prefetch(&ware[i * 64 + (size_t)__builtin_ctzll(s)]);
}

static void consider_set(struct seeker *p, const struct ware *ware, uint64_t set, uint32_t lack)
{
    for (; set; set &= set - 1)
        consider(p, &ware[__builtin_ctzll(set)], lack);
}

static void consider_pattern(struct seeker *p, const struct pool *pool, const struct pattern *x,
                             uint32_t lack)
{
    uint32_t end = worth_looking(p, pool, lack), before = p->budget;
    uint64_t set[BLOCK];
    for (uint32_t word = 0; word * 64 < end; word += BLOCK) {
        if (!put_exactly(p, x->missing, word, set))
            continue;
        fetch(&pool->ware[word * 64], set);
        for (uint32_t i = 0; i < BLOCK && (word + i) * 64 < end; i++) {
            uint32_t first = (word + i) * 64;
            uint64_t within = end - first < 64 ? (UINT64_C(1) << (end - first)) - 1 : UINT64_MAX;
            consider_set(p, &pool->ware[first], set[i] & within, x->likings);
        }
        if (p->budget != before)
            end = worth_looking(p, pool, lack);
        before = p->budget;
    }
}

/* Among all of a pool, each of which lacks so much beside what the pool knows. */
static void consider_pool(struct seeker *p, const struct pool *pool, uint32_t lack)
{
    uint32_t end = worth_looking(p, pool, lack);
    const struct patterns *patterns = &p->w->b->patterns[p->asked];
    if (!end)
        return;
    compare_pool(p, pool, (end + BLOCK * 64 - 1) / (BLOCK * 64) * BLOCK);
    for (size_t i = 0; i < patterns->n; i++) {
        const struct pattern *x = &patterns->v[i];
        if (x->lack + lack > p->budget)
            return;
        consider_pattern(p, pool, x, x->lack + lack);
    }
}

/* All offers with a place, for who lives nowhere or gets everywhere: there, those that are not near
 * lack all nearness. */
static void consider_all(struct seeker *p)
{
    if (p->profile.near.known && (p->profile.reach_m || p->w->b->q->radius_m))
        return;
    p->beyond = p->profile.near.known;
    uint32_t worth = p->w->judge.weight[MATCH_C_DISTANCE];
    consider_pool(p, &p->w->b->all, p->beyond ? worth * GRADE_MAX : 0);
}

static void seek(struct worker *w, const struct unit *u, uint32_t row)
{
    const struct crowd *c = w->b->people->layer[u->layer].crowd;
    struct seeker p = { .w = w,
                        .profile = crowd_profile(c, row),
                        .at = crowd_point(c, row),
                        .city = u->run->city,
                        .never = &c->nevers[CROWD(c, never, row)],
                        .best = &w->row[w->n_rows++] };
    unsigned brought = (unsigned)(p.profile.certificate + 1); /* 0: not said */
    p.refused =
        brought ? dim_mask(MATCH_CERTIFICATE) << brought : 0; /* past the word's end: none */
    p.asked = pattern_asked(&p.profile);
    judge_turn(&w->judge, &p.profile);
    for (size_t i = 0; i < LIKINGS; i++)
        p.liked += p.asked >> i & 1 ? w->judge.weight[pattern_liking[i].criterion] : 0u;
    p.weight = judge_weight(&w->judge, true);
    p.best->person = crowd_id(c, row);
    p.best->city = p.city;
    p.best->n = 0;
    p.budget = budget(&p);
    if (p.profile.near.known) {
        need_near(w, &w->b->groups.v[u->group], CROWD(c, reach, row));
        consider_pool(&p, &w->near, 0);
    }
    consider_pool(&p, &w->b->nowhere, 0);
    consider_all(&p);
}

/* ---- everybody ---- */

static void hand_over(struct worker *w)
{
    struct batch *b = w->b;
    must(pthread_mutex_lock(&b->lock) == 0);
    if (w->n_rows && !atomic_load(&b->stopped)) {
        b->q->take(b->q->ctx, w->row, w->n_rows);
        b->done += w->n_rows;
        if (b->q->progress && !b->q->progress(b->q->ctx, b->done, b->of))
            atomic_store(&b->stopped, true);
    }
    must(pthread_mutex_unlock(&b->lock) == 0);
    w->n_rows = 0;
}

static void work(struct worker *w)
{
    struct batch *b = w->b;
    for (size_t i = atomic_fetch_add(&b->next, 1); i < b->units.n && !atomic_load(&b->stopped);
         i = atomic_fetch_add(&b->next, 1)) {
        const struct unit *u = &b->units.v[i];
        for (uint32_t row = u->from; row < u->to; row++) {
            if (layer_has(&b->people->layer[u->layer], row))
                seek(w, u, row);
            if (w->n_rows == ROWS)
                hand_over(w);
        }
    }
    hand_over(w);
}

static void *run_thread(void *ctx)
{
    work(ctx);
    arena_thread_end();
    return NULL;
}

static void widen(struct geo_area *a, const struct geo_area *b)
{
    a->south = b->south < a->south ? b->south : a->south;
    a->north = b->north > a->north ? b->north : a->north;
    a->west = b->west < a->west ? b->west : a->west;
    a->east = b->east > a->east ? b->east : a->east;
}

/* Whether a run goes on with the group of the run before it. */
static bool goes_on(const struct batch *b, const struct run *r)
{
    return r->cell == r[-1].cell && (!b->q->own_city || r->city == r[-1].city);
}

static void add_units(struct batch *b, uint8_t layer)
{
    const struct layer *l = &b->people->layer[layer];
    for (uint32_t i = 0; i < l->crowd->n_runs; i++) {
        const struct run *r = &l->crowd->run[i];
        if (i && goes_on(b, r))
            widen(&b->groups.v[b->groups.n - 1].area, &r->area);
        else
            *vec_add(&b->arena, &b->groups) = (struct group){ r->area, r->city };
        if (b->q->agreed_only && !r->agreed)
            continue;
        uint32_t group = (uint32_t)b->groups.n - 1;
        for (uint32_t row = r->from; row < r[1].from; row += UNIT)
            *vec_add(&b->arena, &b->units) =
                (struct unit){ r, group, row, least(row + UNIT, r[1].from), layer };
        for (uint32_t row = r->from; row < r[1].from; row++)
            b->of += layer_has(l, row);
    }
}

static struct worker worker_new(struct batch *b)
{
    struct worker w = { .b = b, .judge = b->judge, .near = pool_new(&b->arena, b->stock.n) };
    size_t words = (size_t)b->stock.n / 64 + 1 + BLOCK;
    for (size_t i = 0; i < TRAITS; i++)
        w.fits[i] = NEW_ROOM(&b->arena, words, uint64_t);
    w.barred = NEW_ROOM(&b->arena, words, uint64_t);
    w.is_near = NEW_ARRAY(&b->arena, words, uint64_t);
    w.row = NEW_ARRAY(&b->arena, ROWS, struct batch_row);
    return w;
}

static void run_all(struct batch *b)
{
    unsigned n = b->q->threads > 1 ? b->q->threads : 1;
    struct worker *w = NEW_ARRAY(&b->arena, n, struct worker);
    pthread_t *thread = NEW_ARRAY(&b->arena, n, pthread_t);
    unsigned started = 1;
    for (unsigned i = 0; i < n; i++)
        w[i] = worker_new(b);
    while (started < n && pthread_create(&thread[started], NULL, run_thread, &w[started]) == 0)
        started++;
    work(&w[0]);
    while (--started > 0)
        pthread_join(thread[started], NULL);
    for (unsigned i = 0; i < n; i++)
        pool_free(&w[i].near);
}

bool batch_run(struct people *p, struct match *m, const struct batch_query *q)
{
    struct hold people, offers;
    struct match_profile nobody = { .today = q->today };
    memcpy(nobody.weight, q->weight, sizeof nobody.weight);
    struct batch b = { .q = q, .judge = judge_new(&nobody) };
    must(q->limit && q->limit <= BATCH_MOST);
    arena_init(&b.arena, 0);
    must(pthread_mutex_init(&b.lock, NULL) == 0);
    lay_stock(&b, snapshot_hold(&m->shelf, NULL, &offers));
    snapshot_release(&offers);
    lay_shared_pools(&b);
    for (uint32_t asked = 0; asked < PATTERNS; asked++)
        patterns_lay(b.judge.weight, asked, &b.patterns[asked]);
    b.people = snapshot_hold(&p->shelf, NULL, &people);
    for (uint32_t i = 0; i < b.people->n_layers; i++)
        add_units(&b, (uint8_t)i);
    run_all(&b);
    snapshot_release(&people);
    pool_free(&b.nowhere);
    pool_free(&b.all);
    pthread_mutex_destroy(&b.lock);
    arena_free(&b.arena);
    arena_trim();
    return !atomic_load(&b.stopped);
}
