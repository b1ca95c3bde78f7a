/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Random offers, random changes, random questions: the index and the plain reference must agree
 * on totals, order, scores, facets and what loosening gives. MATCH_CASES in the environment asks
 * for more cases than usual.
 */
#include <math.h>

#include "base/test.h"
#include "match/any.h"
#include "match/compound.h"
#include "match/geo.h"
#include "match/reference.h"
#include "match/variant.h"
#include "match/vocabulary.h"

#define CASES         10000 /* of each kind of question */
#define CASES_A_WORLD 60
#define TEXTS_BYTES   (1 << 20) /* more than is asked for between two changes */
#define COUNTED       8         /* terms of each layer, for each case */

static const struct match_words tables = {
    .parts =
        STR_INIT("kinder betreuung garten arbeit besuch dienst haus aufgaben hilfe deutsch kurs "
                 "sucht"),
    .synonyms = STR_INIT("oma, senioren, ältere menschen\n= pc, computer\nhund > tiere\n"
                         "= geflüchtete, flüchtlinge\ndeutsch lernen, deutschkurs\n"
                         "= hund, köter\nhund ausführen > tiere\nmit kindern lernen > garten"),
    .stop = STR_INIT("mit und die\n~helfen ~menschen\n^sucht"),
};

/* A text with one letter taken out now and then. */
static str with_slip(struct arena *a, str text)
{
    if (text.n < 8 || any(4))
        return text;
    size_t at = 1 + any((uint32_t)text.n - 2);
    return str_join(a, str_slice(text, 0, at), str_slice(text, at + 1, text.n));
}

static struct match_query any_query(struct arena *a)
{
    static const uint16_t cities[] = { 2, 1, 9 };
    static const int64_t orgs[] = { 1, 3 };
    struct match_query q = { .text = any(3) ? with_slip(a, any_text(a, 4)) : S(""),
                             .days = any(3) ? 0 : (uint8_t)any_set(7, 2),
                             .parts = any(3) ? 0 : (uint8_t)any_set(4, 2),
                             .grid = any(5) ? 0 : any_set(28, 2),
                             .cities = cities,
                             .n_cities = any(2) ? 0 : any(4),
                             .orgs = orgs,
                             .n_orgs = any(6) ? 0 : 2,
                             .near = any_point(),
                             .radius_m = any(2) ? 0 : 1000 + any(60000),
                             .age = (uint8_t)(any(4) ? 0 : 10 + any(10)),
                             .hours = (uint8_t)(any(4) ? 0 : any(12)),
                             .open_on = any(3) ? 0 : TODAY,
                             .today = any(4) ? TODAY : 0,
                             .sort = (enum match_sort)any(3),
                             .offset = any(3) ? 0 : any(30),
                             .limit = any(25),
                             .want = MATCH_WANT_FACETS | MATCH_WANT_LOOSEN |
                                     (any(4) ? 0u : MATCH_WANT_PREFIX) };
    for (enum match_dim d = 0; d < MATCH_DIMS; d++) {
        q.dim[d].any = any(5) ? 0 : any_set(16, 3);
        q.dim[d].all = any(12) ? 0 : any_set(6, 4);
        q.dim[d].none = any(8) ? 0 : any_set(16, 6);
    }
    for (uint32_t i = any(5) ? 0 : 40; i > 0; i--)
        q.districts[any(2)] |= UINT64_C(1) << any(64);
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

static bool same_hits(const struct match_result *x, const struct match_result *y)
{
    bool good = same(x->total, y->total, "total", 0) && same(x->n, y->n, "hits", 0);
    for (size_t i = 0; good && i < x->n; i++)
        good = same((uint64_t)x->hits[i].id, (uint64_t)y->hits[i].id, "id", i) &&
               same(x->hits[i].score, y->hits[i].score, "score", i) &&
               same(x->hits[i].distance_m, y->hits[i].distance_m, "distance", i) &&
               same(x->hits[i].words, y->hits[i].words, "words", i);
    return good;
}

static bool same_facets(const struct match_facets *x, const struct match_facets *y)
{
    bool good = true;
    for (int d = 0; good && d < MATCH_DIMS; d++)
        for (size_t v = 0; good && v < 32; v++)
            good = same(x->dim[d][v], y->dim[d][v], "facet", (size_t)d * 100 + v);
    for (size_t i = 0; good && i < MATCH_DAYS; i++)
        good = same(x->days[i], y->days[i], "day", i);
    for (size_t i = 0; good && i < MATCH_PARTS; i++)
        good = same(x->parts[i], y->parts[i], "part of day", i);
    for (size_t i = 0; good && i < MATCH_DISTRICTS; i++)
        good = same(x->district[i], y->district[i], "district", i);
    return good;
}

static bool same_result(const struct match_result *x, const struct match_result *y)
{
    bool good = same_hits(x, y) && same_facets(x->facets, y->facets) &&
                same(x->words_required, y->words_required, "words required", 0);
    for (size_t f = 0; good && f < MATCH_FILTERS; f++)
        good = same(x->loosen[f], y->loosen[f], "loosen", f);
    return good;
}

static bool same_fits(const struct match_fits *x, const struct match_fits *y)
{
    bool good = same(x->total, y->total, "fits", 0) && same(x->n, y->n, "page of fits", 0);
    for (size_t h = 0; good && h < MATCH_HARDS; h++)
        good = same(x->excluded[h], y->excluded[h], "excluded", h);
    for (size_t i = 0; good && i < x->n; i++) {
        good = same((uint64_t)x->v[i].id, (uint64_t)y->v[i].id, "id of fit", i) &&
               same(x->v[i].score, y->v[i].score, "score of fit", i);
        for (size_t k = 0; good && k < x->v[i].n_reasons; k++) {
            const struct match_reason *r = &x->v[i].reasons[k];
            good = same(r->grade, y->v[i].reasons[r->criterion].grade, "grade", r->criterion);
        }
    }
    return good;
}

/* ---- a world: offers in the index and in the reference, changing together ---- */

struct world {
    struct arena arena;
    struct match *m;
    struct reference r;
    unsigned variant; /* to be asked next */
};

static const struct snapshot *now(const struct world *w)
{
    return atomic_load(&w->m->shelf.current); /* no other thread changes it here */
}

static void load(struct world *w)
{
    struct match_load *l = match_load_new(w->m);
    for (size_t i = 0; i < w->r.n; i++)
        match_load_add(l, &w->r.v[i].o);
    match_load_end(l);
    reference_relearn(&w->r, now(w)->words->lexicon);
}

static void put_some(struct world *w, uint32_t n)
{
    struct match_offer *o = NEW_ARRAY(&w->arena, n, struct match_offer);
    for (uint32_t i = 0; i < n; i++)
        o[i] = any_offer(&w->arena);
    match_put(w->m, o, n);
    for (uint32_t i = 0; i < n; i++)
        reference_put(&w->r, now(w)->words->lexicon, &o[i]);
}

static void erase_some(struct world *w, uint32_t n)
{
    int64_t ids[8];
    for (uint32_t i = 0; i < n; i++) {
        ids[i] = 1 + any(IDS + 5);
        reference_erase(&w->r, ids[i]);
    }
    match_erase(w->m, ids, n);
}

static void change(struct world *w)
{
    switch (any(12)) {
    case 0:
        load(w);
        break;
    case 1:
        match_compact(w->m);
        break;
    case 2:
    case 3:
    case 4:
        erase_some(w, 1 + any(8));
        break;
    case 5:
        put_some(w, 60);
        break;
    default:
        put_some(w, 1 + any(4));
    }
}

static struct world world_new(struct arena *a)
{
    struct world w = { .m = match_new(&tables), .r = { .arena = a } };
    arena_init(&w.arena, 0);
    if (any(4))
        match_remember(w.m, any(2) ? TEXTS_BYTES : TEXTS_BYTES / 100);
    return w;
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
        struct world w = world_new(&a);
        for (uint32_t i = 0; i < CASES_A_WORLD; i++) {
            change(&w);
            failed += !check(&w);
        }
        match_free(w.m);
        arena_free(&w.arena);
        arena_free(&a);
    }
    return failed;
}

/* A radius that ends just before, at or behind an offer. */
static void aim_radius(const struct world *w, struct match_query *q)
{
    if (!q->near.known || !w->r.n)
        return;
    struct match_point p = w->r.v[any((uint32_t)w->r.n)].o.point;
    uint32_t metres = geo_metres(geo_point(q->near), geo_point(p));
    if (metres != MATCH_NOWHERE && metres > 1)
        q->radius_m = metres - 1 + any(3);
}

/* Asks in turn each variant of the code that this machine can run. */
static void next_variant(struct world *w)
{
    w->m->variant = variant_at(w->variant);
    w->variant = variant_at(w->variant + 1) ? w->variant + 1 : 0;
}

static bool check_query(struct world *w, struct match_query *q)
{
    if (any(3) == 0)
        aim_radius(w, q);
    next_variant(w);
    return same_result(match_search(w->m, &w->arena, q), reference_search(&w->r, now(w), q));
}

static bool check_search(struct world *w)
{
    struct match_query q = any_query(&w->arena);
    return check_query(w, &q);
}

/* The same words again, whatever else is asked; also of other cities, and while they are typed. */
static bool check_again(struct world *w)
{
    struct match_query q = any_query(&w->arena);
    uint32_t times = 2 + any(3);
    bool good = check_query(w, &q);
    while (good && --times) {
        struct match_query next = any_query(&w->arena);
        next.text = q.text;
        if (any(4)) {
            next.n_cities = q.n_cities;
            next.want = q.want;
        }
        good = check_query(w, &next);
    }
    return good;
}

static bool check_profile(struct world *w)
{
    struct match_profile p = any_profile();
    any_wishes(&w->arena, &p);
    next_variant(w);
    return same_fits(match_profile(w->m, &w->arena, &p), reference_profile(&w->r, now(w), &p));
}

/* An offer by itself is judged as among all others. */
static bool check_judge(struct world *w)
{
    struct match_profile p = any_profile();
    any_wishes(&w->arena, &p);
    p.offset = 0;
    p.limit = IDS;
    next_variant(w);
    const struct match_fits *all = match_profile(w->m, &w->arena, &p);
    int64_t id = 1 + any(IDS);
    const struct match_verdict *v = match_judge(w->m, &w->arena, &p, &id, 1);
    const struct match_fit *among = NULL;
    for (size_t i = 0; i < all->n; i++)
        among = all->v[i].id == id ? &all->v[i] : among;
    size_t at = (size_t)id;
    if (!same(v->known && !v->excluded, among != NULL, "judged", at))
        return false;
    if (!among)
        return true;
    size_t bytes = among->n_reasons * sizeof *among->reasons;
    return same(v->fit.score, among->score, "score", at) &&
           same(v->fit.distance_m, among->distance_m, "distance", at) &&
           same(v->fit.n_reasons, among->n_reasons, "number of reasons", at) &&
           same(memcmp(v->fit.reasons, among->reasons, bytes) == 0, true, "reasons", at);
}

static bool check_similar(struct world *w)
{
    struct match_query q = any_query(&w->arena);
    int64_t id = 1 + any(IDS);
    next_variant(w);
    return same_hits(match_similar(w->m, &w->arena, id, &q), reference_similar(&w->r, id, &q));
}

/* Some terms of each layer: how many live offers have them. */
static bool check_counts(struct world *w)
{
    const struct snapshot *s = now(w);
    bool good = same(s->n_live, w->r.n, "live", 0);
    for (uint32_t l = 0; l < s->n_layers; l++)
        for (int i = 0; good && i < COUNTED && s->layer[l].part->terms.n; i++) {
            uint32_t t = any(s->layer[l].part->terms.n);
            str name = names_get(&s->layer[l].part->terms, t);
            good = same(vocabulary_count(s, name), reference_count(&w->r, name), "count", t);
        }
    return good;
}

/* Edits between two words with the whole table (optimal string alignment). */
static uint32_t edits(str x, str y)
{
    uint32_t d[50][50];
    for (uint32_t i = 0; i <= x.n; i++)
        for (uint32_t j = 0; j <= y.n; j++) {
            if (!i || !j) {
                d[i][j] = i + j;
                continue;
            }
            uint32_t best = d[i - 1][j - 1] + (x.p[i - 1] != y.p[j - 1]);
            best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
            best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
            bool swapped = i > 1 && j > 1 && x.p[i - 1] == y.p[j - 2] && x.p[i - 2] == y.p[j - 1];
            if (swapped && d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    return d[x.n][y.n];
}

/* Every term within the limit is found, as far as the list is long, and nothing else. */
static bool check_near(struct world *w)
{
    const struct snapshot *s = now(w);
    if (!s->n_layers)
        return true;
    const struct part *p = s->layer[0].part;
    if (!p->terms.n)
        return true;
    str word = with_slip(&w->arena, names_get(&p->terms, any(p->terms.n)));
    uint32_t limit = 1 + any(2);
    struct near_terms found = vocabulary_near(&w->arena, s, word, limit);
    uint64_t within = 0;
    for (uint32_t t = 0; t < p->terms.n && s->n_layers == 1; t++)
        within += edits(names_get(&p->terms, t), word) <= limit && layer_count(&s->layer[0], t) &&
                  !compound_is_pair(names_get(&p->terms, t));
    bool good = s->n_layers > 1 || same(found.n, within < 6 ? within : 6, "near", word.n);
    for (size_t i = 0; good && i < found.n; i++)
        good = same(found.v[i].distance, edits(found.v[i].name, word), "edits", i) &&
               (!i || same(found.v[i].distance >= found.v[i - 1].distance, 1, "order", i));
    return good;
}

static void search_agrees(void)
{
    eq_int(failures(check_search, any_cases(CASES)), 0);
}

static void searches_for_the_same_words_agree(void)
{
    eq_int(failures(check_again, any_cases(CASES) / 3), 0);
}

static void profiles_agree(void)
{
    eq_int(failures(check_profile, any_cases(CASES)), 0);
    eq_int(failures(check_judge, any_cases(CASES)), 0);
}

#define MANY      1300
#define MANY_TURN 100 /* questions of one world */

static struct match_offer without_place(struct arena *a, int64_t id)
{
    struct match_offer o = any_offer(a);
    o.id = id;
    o.point.known = any(6) == 0;
    o.confirmed = any(9) ? o.confirmed : 0;
    return o;
}

/* Enough offers without a place that they fill several blocks of slices, the last one in part. */
static void fill_with_many(struct world *w)
{
    for (uint32_t i = 1; i <= MANY - any(200); i++) {
        struct match_offer o = without_place(&w->arena, i);
        reference_put(&w->r, now(w)->words->lexicon, &o);
    }
    load(w);
}

/* Few wishes, so that many fit alike and how fresh they are decides; and many wishes. */
static bool check_among_many(struct world *w)
{
    struct match_profile p = any_profile();
    any_wishes(&w->arena, &p);
    p.n_said = any(40) ? 0 : p.n_said; /* the reference takes long for words */
    for (int d = 0; d < MATCH_DIMS; d++)
        p.like[d] = any(3) ? 0 : any_set(10, 3);
    p.n_cities = any(4) ? 0 : p.n_cities;
    p.languages_known = any(3) == 0;
    next_variant(w);
    return same_fits(match_profile(w->m, &w->arena, &p), reference_profile(&w->r, now(w), &p));
}

static void profiles_agree_among_many(void)
{
    uint32_t failed = 0;
    differences = 0;
    any_seed(2463534242u);
    for (uint32_t done = 0; done < any_cases(CASES) / 8; done += MANY_TURN) {
        struct arena a;
        arena_init(&a, 0);
        struct world w = world_new(&a);
        fill_with_many(&w);
        for (uint32_t i = 0; i < MANY_TURN; i++) {
            struct match_offer o = without_place(&w.arena, 1 + any(MANY));
            match_put(w.m, &o, 1);
            reference_put(&w.r, now(&w)->words->lexicon, &o);
            failed += !check_among_many(&w);
        }
        match_free(w.m);
        arena_free(&w.arena);
        arena_free(&a);
    }
    eq_int(failed, 0);
}

static void similar_agrees(void)
{
    eq_int(failures(check_similar, any_cases(CASES)), 0);
}

static void counts_agree(void)
{
    eq_int(failures(check_counts, any_cases(CASES)), 0);
    eq_int(failures(check_near, any_cases(CASES)), 0);
}

/* The textbook formula in floating point. */
static double haversine(struct geo_point a, struct geo_point b)
{
    double k = 3.14159265358979323846 / 180e6;
    double lat = sin((a.lat - b.lat) * k / 2), lon = sin((a.lon - b.lon) * k / 2);
    double h = lat * lat + cos(a.lat * k) * cos(b.lat * k) * lon * lon;
    return 2 * 6371008.8 * asin(sqrt(h));
}

static void distances_are_right(void)
{
    uint32_t wrong = 0, outside = 0;
    any_seed(4711);
    for (int i = 0; i < 20000; i++) {
        struct geo_point a = { 47000000 + (int32_t)any(8000000), 6000000 + (int32_t)any(9000000) };
        struct geo_point b = { a.lat + (int32_t)any(3000000) - 1500000,
                               a.lon + (int32_t)any(3000000) - 1500000 };
        uint32_t metres = geo_metres(a, b);
        wrong += fabs(haversine(a, b) - metres) > 1 + metres * 0.003;
        struct geo_box box = geo_box(a, metres);
        uint32_t row = geo_cell(b) / GEO_COLUMNS, column = geo_cell(b) % GEO_COLUMNS;
        outside += row < box.first_row || row > box.last_row || column < box.first_column ||
                   column > box.last_column;
    }
    eq_int(wrong, 0);
    eq_int(outside, 0);
}

static const struct test tests[] = {
    TEST(search_agrees),       TEST(searches_for_the_same_words_agree),
    TEST(profiles_agree),      TEST(profiles_agree_among_many),
    TEST(similar_agrees),      TEST(counts_agree),
    TEST(distances_are_right),
};
TEST_MAIN(tests)
