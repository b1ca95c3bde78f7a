/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The terms of a snapshot. Near misses are found by walking the sorted terms like a tree: the
 * table of edit distances is kept letter by letter, terms with a common beginning share its
 * rows, and a beginning that is already too far away is passed over with all its terms.
 */
#include "match/vocabulary.h"

#include "base/vec.h"
#include "match/stem.h"

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
    if (what.count)
        *vec_add(a, found) = what;
}

struct near_terms vocabulary_prefix(struct arena *a, const struct snapshot *s, str prefix,
                                    size_t most)
{
    struct near_terms found = { 0 };
    for (uint32_t i = 0; i < s->n_layers; i++) {
        const struct part *p = s->layer[i].part;
        for (uint32_t t = part_lower_bound(p, prefix);
             t < p->n_terms && str_starts(part_term(p, t), prefix); t++)
            add(a, &found, &s->layer[i], (struct near_term){ .name = part_term(p, t) });
    }
    return settle(a, found, most);
}

struct walk {
    str word;
    uint32_t limit;
    uint8_t row[STEM_MAX + 2][STEM_MAX + 1]; /* [letters of the term][letters of the word] */
};

static uint8_t least(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

/* Row n of the table for a term, from the rows before it; the smallest distance in it. */
static uint32_t fill_row(struct walk *w, str term, size_t n)
{
    uint8_t *row = w->row[n];
    const uint8_t *above = w->row[n - 1];
    row[0] = (uint8_t)n;
    uint8_t smallest = row[0];
    for (size_t j = 1; j <= w->word.n; j++) {
        bool same = term.p[n - 1] == w->word.p[j - 1];
        uint8_t d = least((uint8_t)(above[j] + 1), (uint8_t)(row[j - 1] + 1));
        d = least(d, (uint8_t)(above[j - 1] + (same ? 0 : 1)));
        bool swapped = n > 1 && j > 1 && term.p[n - 1] == w->word.p[j - 2] &&
                       term.p[n - 2] == w->word.p[j - 1];
        if (swapped)
            d = least(d, (uint8_t)(w->row[n - 2][j - 2] + 1));
        row[j] = d;
        smallest = least(smallest, d);
    }
    return smallest;
}

static size_t common(str a, str b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n])
        n++;
    return n;
}

/* The first term that does not begin as `t` does for n letters. */
static uint32_t behind_prefix(const struct part *p, uint32_t t, size_t n)
{
    str prefix = str_slice(part_term(p, t), 0, n);
    uint32_t from = t + 1, to = p->n_terms;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (str_starts(part_term(p, mid), prefix))
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

static void walk_part(struct arena *a, struct walk *w, const struct layer *l,
                      struct near_terms *found)
{
    const struct part *p = l->part;
    str before = { NULL, 0 };
    for (uint32_t t = 0; t < p->n_terms;) {
        str term = str_slice(part_term(p, t), 0, STEM_MAX);
        size_t n = common(before, term);
        uint32_t smallest = 0;
        while (n < term.n && smallest <= w->limit)
            smallest = fill_row(w, term, ++n);
        before = str_slice(term, 0, n);
        if (smallest > w->limit) {
            t = behind_prefix(p, t, n);
            continue;
        }
        uint32_t d = w->row[term.n][w->word.n];
        if (d <= w->limit)
            add(a, found, l, (struct near_term){ .name = part_term(p, t), .distance = d });
        t++;
    }
}

struct near_terms vocabulary_near(struct arena *a, const struct snapshot *s, str word,
                                  uint32_t limit)
{
    struct near_terms found = { 0 };
    struct walk *w = NEW(a, struct walk);
    w->word = str_slice(word, 0, STEM_MAX);
    w->limit = limit;
    for (size_t j = 0; j <= w->word.n; j++)
        w->row[0][j] = (uint8_t)j;
    for (uint32_t i = 0; i < s->n_layers; i++)
        walk_part(a, w, &s->layer[i], &found);
    return settle(a, found, NEAR_MOST);
}
