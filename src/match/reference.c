/* SPDX-License-Identifier: EUPL-1.2 */
/* The index again, plain, slow and obviously right: words, filters, search. */
#include "match/reference.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "match/compound.h"
#include "match/expand.h"
#include "match/geo.h"
#include "match/rank.h"
#include "match/text.h"

static void read_text(struct reference_offer *r, struct arena *a, const struct lexicon *l)
{
    static const uint32_t weight_of[MATCH_PIECES] = { 8, 3, 3, 1, 1 };
    r->weight = map_new(a);
    r->length = 0;
    for (int k = 0; k < MATCH_PIECES; k++) {
        str folded = utf8_fold(a, r->o.text[k]);
        for (str word; text_next(&folded, &word);) {
            char buf[STEM_MAX];
            struct analysis parts;
            analyse(l, word, stem(word, buf), &parts);
            for (size_t i = 0; i < parts.n; i++)
                *map_put(&r->weight, str_copy(a, parts.term[i])) += weight_of[k] * parts.share[i];
            r->length++;
        }
    }
}

void reference_erase(struct reference *r, int64_t id)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->v[i].o.id == id) {
            r->v[i] = r->v[--r->n];
            return;
        }
}

void reference_put(struct reference *r, const struct lexicon *l, const struct match_offer *o)
{
    reference_erase(r, o->id);
    struct reference_offer x = { .o = *o };
    read_text(&x, r->arena, l);
    *vec_add(r->arena, r) = x;
}

void reference_relearn(struct reference *r, const struct lexicon *l)
{
    for (size_t i = 0; i < r->n; i++)
        read_text(&r->v[i], r->arena, l);
}

uint64_t reference_count(const struct reference *r, str term)
{
    uint64_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        n += map_find(&r->v[i].weight, term) != NULL;
    return n;
}

/* ---- text ---- */

static uint32_t impact(const struct reference_offer *o, str term)
{
    uint64_t *weight = map_find(&o->weight, term);
    if (!weight)
        return 0;
    uint64_t w = *weight * 150;
    uint64_t share = 255 * w / (w + 864 + 4 * (uint64_t)o->length);
    return share ? (uint32_t)share : 1;
}

/* The best of its terms; 0 when none is there. *there says so, for a weight may round to 0. */
static uint32_t slot_value(const struct reference_offer *o, const struct slot *slot, size_t slots,
                           bool *there)
{
    uint32_t best = 0;
    *there = false;
    for (size_t i = 0; i < slot->n; i++) {
        uint32_t x = impact(o, slot->v[i].name);
        uint32_t value = (uint32_t)(x * slot->v[i].weight / slots);
        *there = *there || x;
        best = value > best ? value : best;
    }
    return best;
}

static bool way_value(const struct reference_offer *o, const struct way *w, uint32_t *value)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < w->n; i++) {
        bool there;
        sum += slot_value(o, &w->slot[i], w->n, &there);
        if (!there)
            return false;
    }
    *value = sum * w->weight / LEXICON_ONE;
    return true;
}

struct reference_text reference_text(const struct reference_offer *o, const struct text_query *q)
{
    struct reference_text r = { 0 };
    for (size_t i = 0; i < q->n; i++) {
        uint32_t best = 0, all = 0, value = 0;
        bool any = false;
        for (size_t k = 0; k < q->word[i].n; k++)
            if (way_value(o, &q->word[i].v[k], &value)) {
                any = true;
                all += value;
                best = value > best ? value : best;
            }
        uint32_t both = best + (all - best) / 16;
        r.sum += (uint64_t)q->word[i].idf * (both < 255 * LEXICON_ONE ? both : 255 * LEXICON_ONE);
        r.words += any && !q->word[i].soft;
    }
    return r;
}

static uint64_t text_most(const struct text_query *q)
{
    uint64_t most = 0;
    for (size_t i = 0; i < q->n; i++)
        most += (uint64_t)q->word[i].idf * 255 * LEXICON_ONE;
    return most;
}

/* ---- scope and filters ---- */

static bool in_cities(const uint16_t *cities, size_t n, uint16_t city)
{
    for (size_t i = 0; i < n; i++)
        if (cities[i] == city)
            return true;
    return n == 0;
}

static uint32_t distance(const struct match_point *a, const struct match_offer *o)
{
    return geo_metres(geo_point(*a), geo_point(o->point));
}

static bool in_scope(const struct match_offer *o, const struct match_query *q)
{
    if (!in_cities(q->cities, q->n_cities, o->city))
        return false;
    if (q->open_on && ((o->to && o->to < q->open_on) ||
                       (o->confirmed && o->confirmed + FRESH_DAYS <= q->open_on)))
        return false;
    return !(q->near.known && q->radius_m) || distance(&q->near, o) <= q->radius_m;
}

static uint32_t value_of(const struct match_offer *o, enum match_dim d)
{
    uint32_t languages = 0;
    for (unsigned i = 0; i < 16; i++)
        if (o->levels >> (4 * i) & 15)
            languages |= 1u << i;
    return d == MATCH_LANGUAGE ? languages : o->dim[d];
}

/* Whether the offer has a cell of the week on one of the days in one of the parts. */
static bool has_cell(const struct match_offer *o, const struct match_query *q, uint32_t days,
                     uint32_t parts)
{
    for (unsigned d = 0; d < MATCH_DAYS; d++)
        for (unsigned p = 0; p < MATCH_PARTS; p++) {
            unsigned bit = d * MATCH_PARTS + p;
            bool asked = (days >> d & 1) && (parts >> p & 1) && (!q->grid || (q->grid >> bit & 1));
            if (asked && (o->grid >> bit & 1))
                return true;
        }
    return false;
}

static uint32_t all_if_none(uint32_t set, uint32_t all)
{
    return set ? set : all;
}

static bool passes_dim(const struct match_offer *o, const struct match_filter *f, enum match_dim d)
{
    uint32_t v = value_of(o, d);
    return (!f->any || (v & f->any)) && (v & f->all) == f->all && !(v & f->none);
}

static bool in_districts(const struct match_offer *o, const struct match_query *q)
{
    bool any = false;
    for (unsigned i = 0; i < MATCH_DISTRICTS / 64; i++)
        any = any || q->districts[i];
    return !any || (q->districts[o->district / 64] >> o->district % 64 & 1);
}

static bool in_orgs(const struct match_offer *o, const struct match_query *q)
{
    for (size_t i = 0; i < q->n_orgs; i++)
        if (q->orgs[i] == o->org)
            return true;
    return q->n_orgs == 0;
}

static bool passes(const struct match_offer *o, const struct match_query *q, unsigned filter)
{
    if (filter < MATCH_DIMS)
        return passes_dim(o, &q->dim[filter], filter);
    if (filter == MATCH_BY_GRID)
        return (!q->days && !q->parts && !q->grid) ||
               has_cell(o, q, all_if_none(q->days, 127), all_if_none(q->parts, 15));
    if (filter == MATCH_BY_DISTRICT)
        return in_districts(o, q);
    if (filter == MATCH_BY_AGE)
        return !q->age || o->min_age <= q->age;
    if (filter == MATCH_BY_HOURS)
        return !q->hours || o->hours <= q->hours;
    return filter != MATCH_BY_ORG || in_orgs(o, q);
}

static bool passes_all_but(const struct match_offer *o, const struct match_query *q, unsigned but)
{
    for (unsigned f = 0; f < MATCH_FILTERS; f++)
        if (f != but && !passes(o, q, f))
            return false;
    return true;
}

static bool asks(const struct match_query *q, unsigned f)
{
    static const struct match_filter none;
    uint64_t districts = 0;
    for (unsigned i = 0; i < MATCH_DISTRICTS / 64; i++)
        districts |= q->districts[i];
    return f < MATCH_DIMS           ? memcmp(&q->dim[f], &none, sizeof none) != 0
           : f == MATCH_BY_GRID     ? q->days || q->parts || q->grid
           : f == MATCH_BY_DISTRICT ? districts != 0
           : f == MATCH_BY_AGE      ? q->age != 0
           : f == MATCH_BY_HOURS    ? q->hours != 0
                                    : f == MATCH_BY_ORG && q->n_orgs;
}

/* ---- search ---- */

struct searching {
    const struct reference *r;
    const struct match_query *q;
    struct text_query text;
    uint32_t required;
};

static bool is_candidate(const struct searching *s, const struct reference_offer *o)
{
    if (!in_scope(&o->o, s->q))
        return false;
    return !s->text.n || reference_text(o, &s->text).words >= s->required;
}

/* All words if an offer has them; of three or more, fewer when not twenty offers have so many. */
static uint32_t required(const struct searching *s)
{
    uint32_t asked = s->text.required;
    for (uint32_t k = asked; k > 1; k--) {
        uint32_t have = 0;
        for (size_t i = 0; i < s->r->n; i++)
            have +=
                in_scope(&s->r->v[i].o, s->q) && reference_text(&s->r->v[i], &s->text).words >= k;
        bool may_relax = asked >= 3 && k > (2 * asked + 2) / 3;
        if (have >= 20 || (have && !may_relax))
            return k;
    }
    return asked ? 1 : 0;
}

static struct searching searching(const struct reference *r, const struct snapshot *s,
                                  const struct match_query *q)
{
    struct searching x = { .r = r, .q = q };
    x.text = expand(r->arena, s, q);
    x.required = required(&x);
    return x;
}

static uint32_t count(const struct searching *s, unsigned but)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s->r->n; i++)
        n += is_candidate(s, &s->r->v[i]) && passes_all_but(&s->r->v[i].o, s->q, but);
    return n;
}

static uint32_t fresh(const struct match_offer *o, int64_t today)
{
    if (!o->confirmed || !today)
        return 0;
    int64_t age = today > o->confirmed ? today - o->confirmed : 0;
    return age >= 90 ? 0 : (uint32_t)((90 - age) * (1000000 / 90));
}

static uint32_t nearness(uint32_t metres, uint32_t radius)
{
    return metres >= radius ? 0
                            : (uint32_t)((uint64_t)(radius - metres) * MATCH_SCORE_MAX / radius);
}

static uint32_t score(const struct searching *s, const struct reference_offer *o)
{
    const struct match_query *q = s->q;
    uint64_t sum = 0, weights = 0;
    if (s->text.n) {
        sum += 850 * (reference_text(o, &s->text).sum * MATCH_SCORE_MAX / text_most(&s->text));
        weights += 850;
    }
    if (q->today) {
        sum += (uint64_t)100 * fresh(&o->o, q->today);
        weights += 100;
    }
    if (q->near.known) {
        uint64_t weight = s->text.n ? 50 : 150;
        uint32_t radius = q->radius_m ? q->radius_m : 20000;
        sum += weight * nearness(distance(&q->near, &o->o), radius);
        weights += weight;
    }
    return weights ? (uint32_t)(sum / weights) : 0;
}

struct keyed {
    uint64_t key;
    struct match_hit hit;
};

static int compare_keyed(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->hit.id > y->hit.id) - (x->hit.id < y->hit.id);
}

/* The page of a sorted list. */
static void put_page(struct arena *a, struct match_result *r, struct keyed *all,
                     const struct match_query *q)
{
    if (r->total)
        qsort(all, r->total, sizeof *all, compare_keyed);
    struct match_hit *hits = NEW_ARRAY(a, q->limit, struct match_hit);
    for (uint32_t i = q->offset; i < r->total && r->n < q->limit; i++)
        hits[r->n++] = all[i].hit;
    r->hits = hits;
}

static void put_hits(const struct searching *s, struct match_result *r)
{
    struct keyed *all = NEW_ARRAY(s->r->arena, s->r->n, struct keyed);
    for (size_t i = 0; i < s->r->n; i++) {
        const struct reference_offer *o = &s->r->v[i];
        if (!is_candidate(s, o) || !passes_all_but(&o->o, s->q, MATCH_FILTERS))
            continue;
        struct match_hit hit = { .id = o->o.id,
                                 .score = score(s, o),
                                 .distance_m = distance(&s->q->near, &o->o),
                                 .words = (uint8_t)reference_text(o, &s->text).words };
        uint64_t key = s->q->sort == MATCH_DISTANCE ? hit.distance_m
                       : s->q->sort == MATCH_NEW    ? UINT32_MAX - (uint64_t)o->o.published
                                                    : MATCH_SCORE_MAX - hit.score;
        all[r->total++] = (struct keyed){ key, hit };
    }
    put_page(s->r->arena, r, all, s->q);
}

/* By definition: offers that pass every other filter and have the value. */
static struct match_facets *facets(const struct searching *s)
{
    struct match_facets *f = NEW(s->r->arena, struct match_facets);
    const struct match_query *q = s->q;
    for (size_t i = 0; i < s->r->n; i++) {
        const struct match_offer *o = &s->r->v[i].o;
        if (!is_candidate(s, &s->r->v[i]))
            continue;
        for (enum match_dim d = 0; d < MATCH_DIMS; d++)
            for (unsigned v = 0; v < 32; v++)
                f->dim[d][v] += (value_of(o, d) >> v & 1) && passes_all_but(o, q, d);
        bool grid = passes_all_but(o, q, MATCH_BY_GRID);
        for (unsigned d = 0; d < MATCH_DAYS; d++)
            f->days[d] += grid && has_cell(o, q, 1u << d, all_if_none(q->parts, 15));
        for (unsigned p = 0; p < MATCH_PARTS; p++)
            f->parts[p] += grid && has_cell(o, q, all_if_none(q->days, 127), 1u << p);
        if (q->n_cities == 1)
            f->district[o->district] += passes_all_but(o, q, MATCH_BY_DISTRICT);
    }
    return f;
}

static uint32_t count_without(const struct searching *s, const struct snapshot *snapshot,
                              struct match_query q)
{
    struct searching other = searching(s->r, snapshot, &q);
    return count(&other, MATCH_FILTERS);
}

static void loosen(const struct searching *s, const struct snapshot *snapshot,
                   struct match_result *r)
{
    for (unsigned f = 0; f < MATCH_FILTERS; f++)
        if (asks(s->q, f))
            r->loosen[f] = count(s, f);
    struct match_query q = *s->q;
    q.text = S("");
    if (s->text.n)
        r->loosen[MATCH_BY_TEXT] = count_without(s, snapshot, q);
    q = *s->q;
    q.radius_m = 0;
    if (s->q->near.known && s->q->radius_m)
        r->loosen[MATCH_BY_NEAR] = count_without(s, snapshot, q);
}

const struct match_result *reference_search(const struct reference *r, const struct snapshot *s,
                                            const struct match_query *q)
{
    struct match_result *result = NEW(r->arena, struct match_result);
    struct searching x = searching(r, s, q);
    result->words = x.text.required;
    result->words_required = (uint8_t)x.required;
    for (unsigned f = 0; f < MATCH_FILTERS; f++)
        result->loosen[f] = UINT32_MAX;
    put_hits(&x, result);
    result->facets = facets(&x);
    loosen(&x, s, result);
    return result;
}

/* ---- similar ---- */

struct telling {
    str name;
    uint64_t idf, worth;
};

static int compare_telling(const void *a, const void *b)
{
    const struct telling *x = a, *y = b;
    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    return str_cmp(x->name, y->name);
}

/* The ten terms of an offer with the greatest idf * impact. */
static size_t telling_terms(const struct reference *r, const struct reference_offer *o,
                            struct telling best[EXPAND_WORDS])
{
    struct telling *all = NEW_ARRAY(r->arena, o->weight.n, struct telling);
    size_t n = 0;
    for (size_t i = 0; i < o->weight.cap; i++) {
        if (!o->weight.slots[i].used)
            continue;
        str name = o->weight.slots[i].key;
        uint64_t idf = expand_idf(r->n, reference_count(r, name));
        all[n++] = (struct telling){ name, idf, idf * impact(o, name) };
    }
    if (n)
        qsort(all, n, sizeof *all, compare_telling);
    n = n < EXPAND_WORDS ? n : EXPAND_WORDS;
    if (n)
        memcpy(best, all, n * sizeof *best);
    return n;
}

static uint64_t alike(const struct match_offer *a, const struct match_offer *b)
{
    uint64_t sum = 0, n = 0;
    for (enum match_dim d = MATCH_FIELD; d <= MATCH_TARGET; d++) {
        uint64_t common = (uint64_t)__builtin_popcount(a->dim[d] & b->dim[d]);
        uint64_t either = (uint64_t)__builtin_popcount(a->dim[d] | b->dim[d]);
        sum += either ? MATCH_SCORE_MAX * common / either : 0;
        n += either != 0;
    }
    return n ? sum / n : 0;
}

static const struct reference_offer *offer_of(const struct reference *r, int64_t id)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->v[i].o.id == id)
            return &r->v[i];
    return NULL;
}

const struct match_result *reference_similar(const struct reference *r, int64_t id,
                                             const struct match_query *within)
{
    struct match_result *result = NEW(r->arena, struct match_result);
    struct keyed *all = NEW_ARRAY(r->arena, r->n, struct keyed);
    const struct reference_offer *like = offer_of(r, id);
    struct telling best[EXPAND_WORDS];
    size_t n = like ? telling_terms(r, like, best) : 0;
    for (size_t i = 0; i < r->n; i++) {
        const struct reference_offer *o = &r->v[i];
        uint64_t sum = 0, most = 0;
        uint32_t words = 0;
        for (size_t k = 0; k < n; k++) {
            sum += best[k].idf * impact(o, best[k].name) * LEXICON_ONE;
            most += best[k].idf * 255 * LEXICON_ONE;
            words += impact(o, best[k].name) > 0;
        }
        if (!words || o == like || !in_scope(&o->o, within))
            continue;
        uint32_t metres = distance(&like->o.point, &o->o);
        uint32_t points =
            (uint32_t)((500 * (sum * MATCH_SCORE_MAX / most) + 400 * alike(&like->o, &o->o) +
                        100 * nearness(metres, 20000)) /
                       1000);
        all[result->total++] =
            (struct keyed){ MATCH_SCORE_MAX - points, { o->o.id, points, metres, (uint8_t)words } };
    }
    put_page(r->arena, result, all, within);
    return result;
}
