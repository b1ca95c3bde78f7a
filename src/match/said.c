/* SPDX-License-Identifier: EUPL-1.2 */
/* What offers have of a person's own words. Neighbours: expand.c (what a word means), postings.c.
 */
#include "match/said.h"

#include "base/vec.h"
#include "match/grade.h"
#include "match/sort.h"

struct finding {
    struct arena *a;
    const struct scope *scope;
    uint32_t entry;
    struct {
        struct said_row *v;
        size_t n, cap;
    } rows; /* of one layer, in no order, one for each entry that a row has */
};

static void take(void *ctx, struct block *b)
{
    struct finding *f = ctx;
    scope_block(f->scope, b);
    for (uint64_t rows = block_inside(b); rows; rows &= rows - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(rows);
        *vec_add(f->a, &f->rows) = (struct said_row){ block_row(b, i), 1u << f->entry, b->sum[i] };
    }
}

/* Ascending, one for each row. */
static void put_layer(struct finding *f, struct said *s, uint32_t layer)
{
    struct sort_key *order = NEW_ROOM(f->a, f->rows.n, struct sort_key);
    struct said_row *v = NEW_ROOM(f->a, f->rows.n, struct said_row);
    size_t n = 0;
    for (size_t i = 0; i < f->rows.n; i++)
        order[i] = (struct sort_key){ f->rows.v[i].row, (uint32_t)i };
    sort_by_key(f->a, order, f->rows.n);
    for (size_t i = 0; i < f->rows.n; i++) {
        const struct said_row *r = &f->rows.v[order[i].what];
        if (!n || v[n - 1].row != r->row)
            v[n++] = (struct said_row){ .row = r->row };
        v[n - 1].entries |= r->entries;
        v[n - 1].sum += r->sum;
        s->most = v[n - 1].sum > s->most ? v[n - 1].sum : s->most;
    }
    s->layer[layer].v = v;
    s->layer[layer].n = n;
}

const struct said *said_find(struct arena *a, const struct snapshot *s,
                             const struct match_profile *p, const struct scope *scope)
{
    struct said *said = NEW(a, struct said);
    struct text_query text[MATCH_SAID];
    size_t n = p->n_said < MATCH_SAID ? p->n_said : MATCH_SAID;
    for (uint32_t e = 0; e < n; e++) {
        text[e] = expand(a, s, &(struct match_query){ .text = p->said[e], .own = p->own });
        said->asked |= text[e].required ? 1u << e : 0;
    }
    for (uint32_t i = 0; said->asked && i < s->n_layers; i++) {
        struct ranges in = scope_ranges(a, s->layer[i].part, scope);
        struct finding f = { .a = a, .scope = scope };
        for (f.entry = 0; f.entry < n; f.entry++) {
            struct text_scan t = text_scan_new(a, &text[f.entry]);
            t.least = text[f.entry].required;
            t.take = take;
            t.ctx = &f;
            if (t.least)
                text_scan(&t, &s->layer[i], &in);
        }
        put_layer(&f, said, i);
    }
    return said;
}

static const struct said_row *find(const struct said *s, uint8_t layer, uint32_t row)
{
    const struct said_row *v = s->layer[layer].v;
    size_t from = 0, to = s->layer[layer].n;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        if (v[mid].row < row)
            from = mid + 1;
        else
            to = mid;
    }
    return from < s->layer[layer].n && v[from].row == row ? &v[from] : NULL;
}

bool said_reason(const struct said *s, uint8_t layer, uint32_t row, struct match_reason *r)
{
    if (!s->most)
        return false;
    const struct said_row *has = find(s, layer, row);
    uint32_t entries = has ? has->entries : 0;
    *r = (struct match_reason){ .criterion = MATCH_C_SAID,
                                .grade = (uint16_t)(has ? has->sum * GRADE_MAX / s->most : 0),
                                .detail = entries,
                                .missing = s->asked & ~entries };
    return true;
}
