/* SPDX-License-Identifier: EUPL-1.2 */
/* The terms of a snapshot, over all its layers. */
#include "match/vocabulary.h"

#include "base/vec.h"
#include "match/compound.h"

#define NEAR_MOST 6

uint64_t vocabulary_count(const struct snapshot *s, str term)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < s->n_layers; i++) {
        uint32_t t = part_find_term(s->layer[i].part, term);
        if (t != PART_NONE)
            count += layer_count(&s->layer[i], t);
    }
    return count;
}

static int compare_near(const void *a, const void *b)
{
    const struct near_term *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return str_cmp(x->name, y->name);
}

/* One entry per name, counted over all layers. */
static struct near_terms settle(struct arena *a, struct near_terms found, size_t most)
{
    struct map seen = map_new(a);
    struct near_terms r = { 0 };
    for (size_t i = 0; i < found.n; i++) {
        uint64_t *at = map_put(&seen, found.v[i].name);
        if (*at) {
            r.v[*at - 1].count += found.v[i].count;
            continue;
        }
        *vec_add(a, &r) = found.v[i];
        *at = r.n;
    }
    if (r.n)
        qsort(r.v, r.n, sizeof *r.v, compare_near);
    r.n = r.n < most ? r.n : most;
    return r;
}

static void add(struct arena *a, struct near_terms *found, const struct layer *l,
                struct near_term what)
{
    uint32_t t = part_find_term(l->part, what.name);
    what.count = layer_count(l, t);
    if (what.count && !compound_is_pair(what.name))
        *vec_add(a, found) = what;
}

struct near_terms vocabulary_prefix(struct arena *a, const struct snapshot *s, str prefix,
                                    size_t most)
{
    struct near_terms found = { 0 };
    for (uint32_t i = 0; i < s->n_layers; i++) {
        const struct names *terms = &s->layer[i].part->terms;
        for (uint32_t t = names_lower_bound(terms, prefix);
             t < terms->n && str_starts(names_get(terms, t), prefix); t++)
            add(a, &found, &s->layer[i], (struct near_term){ .name = names_get(terms, t) });
    }
    return settle(a, found, most);
}

struct near_terms vocabulary_near(struct arena *a, const struct snapshot *s, str word,
                                  uint32_t limit)
{
    struct near_terms found = { 0 };
    struct names_walk *w = NEW(a, struct names_walk);
    for (uint32_t i = 0; i < s->n_layers; i++) {
        const struct names *terms = &s->layer[i].part->terms;
        names_walk_begin(w, terms, word, limit);
        while (names_walk_next(w))
            add(a, &found, &s->layer[i],
                (struct near_term){ .name = names_get(terms, w->found), .distance = w->distance });
    }
    return settle(a, found, NEAR_MOST);
}
