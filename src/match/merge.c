/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Several layers into one part. The directories of terms are merged by name; each layer keeps a
 * table from its numbers to the new ones, which grow in the same order, so that the terms of a
 * row stay sorted. The impacts come from the postings, which are walked term by term: the terms
 * of each row come along in the very order in which the row lists them.
 */
#include "match/merge.h"

#include "base/err.h"

struct input {
    const struct layer *layer;
    uint32_t *number; /* of a term in the result */
    uint32_t at;      /* while merging names */
    uint32_t *term;   /* part->doc_term under the new numbers … */
    uint8_t *impact;  /* … and what goes with it */
};

/* The smallest name that any input has next; {NULL,0} at the end. Names of dead rows are left out.
 */
static str next_name(struct input *in, uint32_t n)
{
    str least = { NULL, 0 };
    for (uint32_t i = 0; i < n; i++) {
        const struct part *p = in[i].layer->part;
        while (in[i].at < p->terms.n && !layer_count(in[i].layer, in[i].at))
            in[i].at++;
        if (in[i].at == p->terms.n)
            continue;
        str name = names_get(&p->terms, in[i].at);
        if (!least.p || str_cmp(name, least) < 0)
            least = name;
    }
    return least;
}

static void merge_names(struct arena *a, struct draft *d, struct input *in, uint32_t n)
{
    size_t most = 0;
    for (uint32_t i = 0; i < n; i++)
        most += in[i].layer->part->terms.n;
    d->name = NEW_ARRAY(a, most, str);
    for (str name = next_name(in, n); name.p; name = next_name(in, n)) {
        for (uint32_t i = 0; i < n; i++) {
            const struct part *p = in[i].layer->part;
            if (in[i].at < p->terms.n && str_eq(names_get(&p->terms, in[i].at), name))
                in[i].number[in[i].at++] = (uint32_t)d->n_terms;
        }
        d->name[d->n_terms++] = name;
    }
}

static void find_terms(struct arena *a, struct input *in)
{
    const struct part *p = in->layer->part;
    uint32_t *next = NEW_ARRAY(a, p->n, uint32_t);
    in->impact = NEW_ROOM(a, p->doc_at[p->n], uint8_t);
    in->term = NEW_ROOM(a, p->doc_at[p->n], uint32_t);
    for (uint32_t i = 0; i < p->doc_at[p->n]; i++)
        in->term[i] = in->number[p->doc_term[i]];
    for (uint32_t t = 0; t < p->terms.n; t++)
        for (uint32_t i = p->post_at[t]; i < p->post_at[t + 1]; i++) {
            uint32_t row = p->post_row[i];
            in->impact[p->doc_at[row] + next[row]++] = p->post_impact[i];
        }
}

static void put_rows(struct draft *d, const struct input *in)
{
    const struct part *p = in->layer->part;
    for (uint32_t row = 0; row < p->n; row++) {
        if (!layer_has(in->layer, row))
            continue;
        uint32_t first = p->doc_at[row], n = p->doc_at[row + 1] - first;
        d->row[d->n] = columns_get(&p->col, row);
        d->doc[d->n++] = (struct draft_doc){ in->term + first, in->impact + first, n };
    }
}

struct part *merge_layers(const struct layer *layers, uint32_t n)
{
    struct arena a;
    arena_init(&a, 0);
    struct input *in = NEW_ARRAY(&a, n, struct input);
    size_t rows = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct part *p = layers[i].part;
        in[i].layer = &layers[i];
        in[i].number = NEW_ARRAY(&a, p->terms.n, uint32_t);
        rows += p->n - layers[i].n_dead;
    }
    must(rows < UINT32_MAX);
    struct draft d = { .row = NEW_ROOM(&a, rows, struct row),
                       .doc = NEW_ROOM(&a, rows, struct draft_doc) };
    merge_names(&a, &d, in, n);
    for (uint32_t i = 0; i < n; i++) {
        find_terms(&a, &in[i]);
        put_rows(&d, &in[i]);
    }
    struct part *p = part_new(&d);
    arena_free(&a);
    return p;
}
