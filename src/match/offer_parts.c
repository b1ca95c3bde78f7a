/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Parts of offers as snapshots know them. Counts of terms stay exact because every layer counts
 * the terms of its dead rows.
 */
#include "match/merge.h"
#include "match/snapshot.h"

static uint32_t dead_count(const struct layer *l, uint32_t term)
{
    uint32_t from = 0, to = l->n_dead_terms;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (l->dead_terms[mid].term < term)
            from = mid + 1;
        else
            to = mid;
    }
    bool found = from < l->n_dead_terms && l->dead_terms[from].term == term;
    return found ? l->dead_terms[from].count : 0;
}

uint32_t layer_count(const struct layer *l, uint32_t term)
{
    return l->part->post_at[term + 1] - l->part->post_at[term] - dead_count(l, term);
}

/* Merges the terms of a row into the counts of the dead. */
static void count_dead_terms(struct snapshot *s, struct layer *l, uint32_t row)
{
    const struct part *p = l->part;
    const uint32_t *term = p->doc_term + p->doc_at[row];
    uint32_t n = p->doc_at[row + 1] - p->doc_at[row];
    struct term_count *all = NEW_ARRAY(&s->arena, (size_t)l->n_dead_terms + n, struct term_count);
    uint32_t k = 0, i = 0, j = 0;
    while (i < l->n_dead_terms || j < n) {
        bool old = j == n || (i < l->n_dead_terms && l->dead_terms[i].term <= term[j]);
        all[k] = old ? l->dead_terms[i++] : (struct term_count){ term[j], 0 };
        if (j < n && term[j] == all[k].term) {
            all[k].count++;
            j++;
        }
        k++;
    }
    l->dead_terms = all;
    l->n_dead_terms = k;
}

static uint32_t find(const void *rows, int64_t id)
{
    return part_find(rows, id);
}

static void keep(void *rows)
{
    struct part *p = rows;
    p->users++;
}

static void drop(void *rows)
{
    struct part *p = rows;
    if (--p->users == 0)
        part_free(p);
}

static void *merge(const struct layer *layers, uint32_t n, uint32_t *rows)
{
    struct part *p = merge_layers(layers, n);
    *rows = p->n;
    if (p->n)
        return p;
    part_free(p);
    return NULL;
}

const struct part_kind offer_parts = { find, keep, drop, merge, count_dead_terms };
