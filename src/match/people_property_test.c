/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Random people, random changes, random questions: the index of people and the plain reference
 * must agree on totals, order, scores and reasons. MATCH_CASES in the environment asks for more
 * cases than usual.
 */
#include "base/test.h"
#include "match/any.h"
#include "match/geo.h"
#include "match/reference.h"

#define CASES         10000
#define CASES_A_WORLD 100

static struct person any_person(void)
{
    return (struct person){ .id = 1 + any(IDS) + (any(40) ? 0 : INT64_C(1) << 40),
                            .city = (uint16_t)any(4),
                            .agreed = any(4) > 0,
                            .confirmed = any(5) ? TODAY - any(120) : 0,
                            .profile = any_profile() };
}

static struct people_query any_question(const struct match_offer *offer)
{
    static const uint16_t cities[] = { 2, 1, 9 };
    struct people_query q = { .offer = offer,
                              .cities = cities,
                              .n_cities = any(2) ? 0 : any(4),
                              .radius_m = any(2) ? 0 : 1000 + any(60000),
                              .today = any(4) ? TODAY : 0,
                              .confirmed_since = any(4) ? 0 : TODAY - any(120),
                              .count = any(2),
                              .offset = any(4) ? 0 : any(20),
                              .limit = any(3) ? any(12) : any(100) };
    for (int c = 0; c < MATCH_CRITERIA && any(3) == 0; c++)
        q.weight[c] = (uint16_t)any(any(9) ? 50 : 65536);
    return q;
}

/* ---- comparing; what differs is said once, the first time ---- */

static int differences;

static bool same(uint64_t got, uint64_t want, const char *what, size_t where)
{
    if (got != want && differences++ < 10)
        printf("# %s %zu: got %llu, want %llu\n", what, where, (unsigned long long)got,
               (unsigned long long)want);
    return got == want;
}

/* The criteria that were judged, and each with the grade that the reference has. */
static bool same_reasons(const struct match_reason *got, size_t n, const struct match_reason *want)
{
    bool good = true;
    size_t judged = 0;
    for (size_t i = 0; good && i < n; i++)
        good = same(got[i].grade, want[got[i].criterion].grade, "grade", got[i].criterion);
    for (size_t c = 0; c < MATCH_CRITERIA; c++)
        judged += want[c].grade != UINT16_MAX;
    return good && same(n <= judged, 1, "reasons", n);
}

static bool same_fits(const struct people_fits *x, const struct people_fits *y)
{
    bool good = same(x->total, y->total, "total", 0) && same(x->n, y->n, "fits", 0);
    for (size_t i = 0; good && i < x->n; i++)
        good = same((uint64_t)x->v[i].id, (uint64_t)y->v[i].id, "id", i) &&
               same(x->v[i].score, y->v[i].score, "score", i) &&
               same(x->v[i].distance_m, y->v[i].distance_m, "distance", i) &&
               same_reasons(x->v[i].reasons, x->v[i].n_reasons, y->v[i].reasons);
    return good;
}

/* ---- a world: people in the index and in the reference, changing together ---- */

struct world {
    struct arena arena;
    struct people *p;
    struct reference_people r;
    struct match *m; /* where a test has offers */
    struct reference offers;
};

static void load(struct world *w)
{
    struct people_load *l = people_load_new(w->p);
    for (size_t i = 0; i < w->r.n; i++)
        people_load_add(l, &w->r.v[i]);
    people_load_end(l);
}

static void put_some(struct world *w, uint32_t n)
{
    struct person *p = NEW_ARRAY(&w->arena, n, struct person);
    size_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        p[kept] = any_person();
        bool twice = false;
        for (size_t k = 0; k < kept; k++)
            twice = twice || p[k].id == p[kept].id;
        kept += !twice;
    }
    people_put(w->p, p, kept);
    for (size_t i = 0; i < kept; i++)
        reference_people_put(&w->r, &p[i]);
}

static void erase_some(struct world *w, uint32_t n)
{
    int64_t ids[8];
    for (uint32_t i = 0; i < n; i++) {
        ids[i] = 1 + any(IDS + 5);
        reference_people_erase(&w->r, ids[i]);
    }
    people_erase(w->p, ids, n);
}

static void change(struct world *w)
{
    switch (any(12)) {
    case 0:
        load(w);
        break;
    case 1:
        people_compact(w->p);
        break;
    case 2:
    case 3:
    case 4:
        erase_some(w, 1 + any(8));
        break;
    case 5:
        put_some(w, 80);
        break;
    default:
        put_some(w, 1 + any(4));
    }
}

/* Runs `check` for many cases, each after a change of a world; counts those that fail. */
static uint32_t failures(bool (*check)(struct world *), uint32_t n)
{
    uint32_t failed = 0;
    differences = 0;
    any_seed(88172645463325252u);
    for (uint32_t done = 0; done < n; done += CASES_A_WORLD) {
        struct arena a;
        arena_init(&a, 0);
        struct world w = { .p = people_new(), .r = { .arena = &a } };
        arena_init(&w.arena, 0);
        for (uint32_t i = 0; i < CASES_A_WORLD; i++) {
            change(&w);
            failed += !check(&w);
        }
        people_free(w.p);
        arena_free(&w.arena);
        arena_free(&a);
    }
    return failed;
}

/* A radius that ends just before, at or behind a person. */
static void aim_radius(const struct world *w, struct people_query *q)
{
    if (!w->r.n)
        return;
    struct match_point p = w->r.v[any((uint32_t)w->r.n)].profile.near;
    uint32_t metres = geo_metres(geo_point(q->offer->point), geo_point(p));
    if (metres != MATCH_NOWHERE && metres > 1)
        q->radius_m = metres - 1 + any(3);
}

/* Has somebody get just not as far as an offer, or just as far. */
static void aim_reach(struct world *w, const struct match_offer *o)
{
    if (!w->r.n)
        return;
    struct person p = w->r.v[any((uint32_t)w->r.n)];
    uint32_t metres = geo_metres(geo_point(p.profile.near), geo_point(o->point));
    if (metres == MATCH_NOWHERE || metres < 2)
        return;
    p.profile.reach_m = metres - 1 + any(3);
    people_put(w->p, &p, 1);
    reference_people_put(&w->r, &p);
}

static bool check_find(struct world *w)
{
    struct match_offer o = any_offer(&w->arena);
    if (any(2))
        aim_reach(w, &o);
    struct people_query q = any_question(&o);
    if (any(3) == 0)
        aim_radius(w, &q);
    return same_fits(people_find(w->p, &w->arena, &q), reference_people_find(&w->r, &q)) &&
           same(people_stats(w->p).people, w->r.n, "people", 0);
}

static void finding_agrees(void)
{
    eq_int(failures(check_find, any_cases(CASES)), 0);
}

/* ---- batch: each person is a case ---- */

struct taken {
    const struct world *w;
    const struct batch_query *q;
    size_t rows;
    uint32_t wrong;
};

static bool same_row(const struct batch_row *x, const struct batch_row *y)
{
    bool good = same(x->n, y->n, "offers", (size_t)x->person) && same(x->city, y->city, "city", 0);
    for (size_t i = 0; good && i < x->n; i++)
        good = same((uint64_t)x->hit[i].id, (uint64_t)y->hit[i].id, "offer", i) &&
               same(x->hit[i].score, y->hit[i].score, "score of offer", i) &&
               same(x->hit[i].distance_m, y->hit[i].distance_m, "distance of offer", i);
    return good;
}

static void take(void *ctx, const struct batch_row *rows, size_t n)
{
    struct taken *t = ctx;
    for (size_t i = 0; i < n; i++) {
        const struct person *p = NULL;
        for (size_t k = 0; k < t->w->r.n; k++)
            if (t->w->r.v[k].id == rows[i].person)
                p = &t->w->r.v[k];
        t->rows++;
        if (!p) {
            t->wrong++;
            continue;
        }
        struct batch_row want = reference_batch(&t->w->offers, p, t->q);
        t->wrong += !same_row(&rows[i], &want);
    }
}

static struct batch_query any_batch(void)
{
    struct batch_query q = { .limit = any(4) ? 1 + any(12) : BATCH_MOST,
                             .radius_m = any(2) ? 0 : 1000 + any(60000),
                             .own_city = any(4) == 0,
                             .agreed_only = any(2),
                             .today = any(4) ? TODAY : 0,
                             .threads = 1 + any(2),
                             .take = take };
    for (int c = 0; c < MATCH_CRITERIA && any(3) == 0; c++)
        q.weight[c] = (uint16_t)any(any(9) ? 50 : 65536);
    return q;
}

static uint32_t batch_failures(struct world *w, uint32_t *rows)
{
    struct batch_query q = any_batch();
    struct taken t = { .w = w, .q = &q };
    size_t want = 0;
    q.ctx = &t;
    for (size_t i = 0; i < w->r.n; i++)
        want += w->r.v[i].agreed || !q.agreed_only;
    bool whole = batch_run(w->p, w->m, &q);
    *rows += (uint32_t)t.rows;
    return t.wrong + !whole + !same(t.rows, want, "people", 0);
}

static void put_offers(struct world *w, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct match_offer o = any_offer(&w->arena);
        match_put(w->m, &o, 1);
        reference_put(&w->offers, atomic_load(&w->m->shelf.current)->words->lexicon, &o);
    }
}

static void batch_agrees(void)
{
    struct match_words words = { .parts = S("") };
    uint32_t failed = 0, rows = 0, most = any_cases(CASES);
    differences = 0;
    any_seed(4711);
    while (rows < most) {
        struct arena a;
        arena_init(&a, 0);
        struct world w = { .p = people_new(), .r = { .arena = &a }, .offers = { .arena = &a } };
        w.m = match_new(&words);
        arena_init(&w.arena, 0);
        put_offers(&w, any(200));
        for (uint32_t i = 0; i < 4; i++)
            change(&w);
        for (uint32_t i = 0; i < 10 && w.offers.n; i++)
            aim_reach(&w, &w.offers.v[any((uint32_t)w.offers.n)].o);
        failed += batch_failures(&w, &rows);
        rows += !w.r.n;
        match_free(w.m);
        people_free(w.p);
        arena_free(&w.arena);
        arena_free(&a);
    }
    eq_int(failed, 0);
}

/* ---- pairs ---- */

static struct pair_side *any_side(struct arena *a, size_t n)
{
    struct pair_side *v = NEW_ARRAY(a, n, struct pair_side);
    int64_t id = any(50);
    for (size_t i = 0; i < n; i++) {
        id += 1 + any(9);
        v[i] = (struct pair_side){ .id = id,
                                   .wants = any_profile(),
                                   .gives = any_offer(a),
                                   .room = (uint16_t)(any(3) ? 1 : any(4)) };
        v[i].gives.point = any(3) ? v[i].wants.near : any_point();
    }
    for (size_t i = n; i > 1; i--) { /* in any order */
        size_t k = any((uint32_t)i);
        struct pair_side swap = v[i - 1];
        v[i - 1] = v[k];
        v[k] = swap;
    }
    return v;
}

/* Few values, so that many scores tie. */
static void make_alike(struct pair_side *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        v[i].wants = (struct match_profile){ .certificate = -1 };
        v[i].wants.like[MATCH_FIELD] = any_set(3, 2);
        v[i].gives = (struct match_offer){ .dim[MATCH_FIELD] = any_set(3, 2) };
    }
}

static bool same_pairs(const struct pairs *x, const struct pairs *y)
{
    bool good = same(x->n, y->n, "pairs", 0);
    for (size_t i = 0; good && i < x->n; i++) {
        const struct pair *p = &x->v[i], *q = &y->v[i];
        good = same((uint64_t)p->mentor, (uint64_t)q->mentor, "mentor", i) &&
               same((uint64_t)p->mentee, (uint64_t)q->mentee, "mentee", i) &&
               same(p->score, q->score, "score of pair", i) &&
               same(p->for_mentor, q->for_mentor, "for the mentor", i) &&
               same(p->for_mentee, q->for_mentee, "for the mentee", i) &&
               same(p->distance_m, q->distance_m, "distance of pair", i) &&
               same_reasons(p->mentor_reasons, p->n_mentor_reasons, q->mentor_reasons) &&
               same_reasons(p->mentee_reasons, p->n_mentee_reasons, q->mentee_reasons);
    }
    return good;
}

static void pairing_agrees(void)
{
    uint32_t failed = 0, pairs = 0;
    differences = 0;
    any_seed(271828);
    for (uint32_t n = any_cases(CASES); n > 0; n--) {
        struct arena a;
        arena_init(&a, 0);
        struct pairs_query q = { .n_mentors = any(30),
                                 .n_mentees = any(30),
                                 .today = any(3) ? TODAY : 0,
                                 .least = any(3) ? 0 : any(900000) };
        struct pair_side *mentors = any_side(&a, q.n_mentors);
        struct pair_side *mentees = any_side(&a, q.n_mentees);
        if (any(3) == 0) {
            make_alike(mentors, q.n_mentors);
            make_alike(mentees, q.n_mentees);
        }
        q.mentors = mentors;
        q.mentees = mentees;
        const struct pairs *got = pairs_find(&a, &q);
        failed += !same_pairs(got, reference_pairs(&a, &q));
        pairs += got->n > 1;
        arena_free(&a);
    }
    eq_int(failed, 0);
    ok(pairs > 0);
}

static const struct test tests[] = { TEST(finding_agrees), TEST(batch_agrees),
                                     TEST(pairing_agrees) };
TEST_MAIN(tests)
