/* SPDX-License-Identifier: EUPL-1.2 */
/* What offers have of a person's own words. Neighbours: expand.c (what a word means), postings.c.
 */
#include "match/said.h"

#include "base/vec.h"
#include "match/grade.h"
#include "match/sort.h"

/* An offer has an entry when it has at least one part in so many of what the best in scope has. */
#define SHARE 2

/* A row that answers one entry. */
struct answer {
    uint32_t row, entry;
    uint64_t sum;
};

struct answers {
    struct answer *v;
    size_t n, cap;
};

struct finding {
    struct arena *a;
    const struct scope *scope;
    uint32_t entry;
    uint64_t best[MATCH_SAID];
    struct answers *rows; /* of one layer, in no order */
};

static void take(void *ctx, struct block *b)
{
    struct finding *f = ctx;
    scope_block(f->scope, b);
    for (uint64_t rows = block_inside(b); rows; rows &= rows - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(rows);
        uint64_t sum = b->sum[i];
        *vec_add(f->a, f->rows) = (struct answer){ block_row(b, i), f->entry, sum };
        f->best[f->entry] = sum > f->best[f->entry] ? sum : f->best[f->entry];
    }
}

/* Ascending, one for each row; what is only touched on by the way is not named. */
static void put_layer(const struct finding *f, const struct answers *rows, struct said *s,
                      uint32_t layer)
{
    struct sort_key *order = NEW_ROOM(f->a, rows->n, struct sort_key);
    struct said_row *v = NEW_ROOM(f->a, rows->n, struct said_row);
    size_t n = 0;
    for (size_t i = 0; i < rows->n; i++)
        order[i] = (struct sort_key){ rows->v[i].row, (uint32_t)i };
    sort_by_key(f->a, order, rows->n);
    for (size_t i = 0; i < rows->n; i++) {
        const struct answer *r = &rows->v[order[i].what];
        if (!n || v[n - 1].row != r->row)
            v[n++] = (struct said_row){ .row = r->row };
        v[n - 1].entries |= r->sum * SHARE >= f->best[r->entry] ? 1u << r->entry : 0;
        v[n - 1].sum += r->sum;
        s->most = v[n - 1].sum > s->most ? v[n - 1].sum : s->most;
    }
    s->layer[layer].v = v;
    s->layer[layer].n = n;
}

static void find_layer(struct finding *f, const struct layer *l, const struct text_query *text)
{
    struct ranges in = scope_ranges(f->a, l->part, f->scope);
    struct text_scan t = text_scan_new(f->a, text);
    t.least = text->required;
    t.take = take;
    t.ctx = f;
    if (t.least)
        text_scan(&t, l, &in);
}

const struct said *said_find(struct arena *a, const struct snapshot *s,
                             const struct match_profile *p, const struct scope *scope)
{
    struct said *said = NEW(a, struct said);
    struct answers rows[LAYERS_MAX] = { { 0 } };
    struct finding f = { .a = a, .scope = scope };
    size_t n = p->n_said < MATCH_SAID ? p->n_said : MATCH_SAID;
    for (f.entry = 0; f.entry < n; f.entry++) {
        struct text_query text =
            expand(a, s, &(struct match_query){ .text = p->said[f.entry], .own = p->own });
        said->asked |= text.required ? 1u << f.entry : 0;
        for (uint32_t i = 0; i < s->n_layers; i++) {
            f.rows = &rows[i];
            find_layer(&f, &s->layer[i], &text);
        }
    }
    for (uint32_t i = 0; i < s->n_layers; i++)
        put_layer(&f, &rows[i], said, i);
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
