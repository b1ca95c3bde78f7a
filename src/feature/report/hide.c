/* SPDX-License-Identifier: EUPL-1.2 */
/* Which numbers of a table are hidden: see hide.h for the rule. */
#include "feature/report/hide.h"

/* A row or a column: the places of its numbers, its sum last. */
struct line {
    struct hide_table *t;
    size_t first, step, count; /* without the sum */
    bool is_column;
    size_t index;
};

struct hide_table hide_table_new(struct arena *a, size_t rows, size_t columns)
{
    size_t cells = (rows + 1) * (columns + 1);
    return (struct hide_table){ rows, columns, NEW_ARRAY(a, cells, int64_t),
                                NEW_ARRAY(a, cells, bool) };
}

static size_t place(const struct line *l, size_t i)
{
    return l->first + i * l->step;
}

static size_t numbers_in(const struct hide_table *t, size_t first, size_t step, size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += t->n[first + i * step] != 0;
    return n;
}

/*
 * Whether the line that crosses at this number has another one to hide beside it: without, hiding
 * this one would only lead to its sum. Where a sum crosses, or nothing, it does no harm.
 */
static bool has_company(const struct line *l, size_t i)
{
    const struct hide_table *t = l->t;
    if (l->is_column && l->index < t->columns)
        return numbers_in(t, hide_at(t, i, 0), 1, t->columns) > 1;
    if (!l->is_column && l->index == t->rows && t->rows)
        return numbers_in(t, i, t->columns + 1, t->rows) > 1;
    return true;
}

/* The smallest number that can be hidden besides; the sum where there is none. */
static size_t smallest(const struct line *l, bool alone)
{
    size_t best = l->count;
    for (size_t i = 0; i < l->count; i++) {
        size_t at = place(l, i);
        if (l->t->hidden[at] || !l->t->n[at] || !(alone || has_company(l, i)))
            continue;
        if (best == l->count || l->t->n[at] < l->t->n[place(l, best)])
            best = i;
    }
    return place(l, best);
}

static size_t next_to_hide(const struct line *l)
{
    size_t sum = place(l, l->count);
    size_t at = smallest(l, false);
    bool sum_serves = l->is_column && !l->t->hidden[sum]; /* another office would tell more */
    return at == sum && !sum_serves ? smallest(l, true) : at;
}

static bool can_be_told(const struct line *l)
{
    const struct hide_table *t = l->t;
    size_t hidden = 0;
    int64_t together = 0;
    bool sum = t->hidden[place(l, l->count)];
    for (size_t i = 0; i < l->count; i++)
        if (t->hidden[place(l, i)]) {
            hidden++;
            together += t->n[place(l, i)];
        }
    if (sum)
        return t->n[place(l, l->count)] > 0 && !hidden;
    return hidden == 1 || (hidden && together < HIDE_BELOW);
}

/* True when something was hidden. */
static bool guard(const struct line *l)
{
    bool changed = false;
    while (can_be_told(l)) {
        size_t at = next_to_hide(l);
        if (l->t->hidden[at])
            break;
        l->t->hidden[at] = true;
        changed = true;
    }
    return changed;
}

static bool guard_all(struct hide_table *t)
{
    bool changed = false;
    for (size_t r = 0; t->columns && r <= t->rows; r++)
        changed |= guard(&(struct line){ t, hide_at(t, r, 0), 1, t->columns, false, r });
    for (size_t c = 0; t->rows && c <= t->columns; c++)
        changed |= guard(&(struct line){ t, c, t->columns + 1, t->rows, true, c });
    return changed;
}

void hide_small(struct hide_table *t)
{
    size_t cells = (t->rows + 1) * (t->columns + 1);
    for (size_t i = 0; i < cells; i++)
        t->hidden[i] = t->n[i] > 0 && t->n[i] < HIDE_BELOW;
    while (guard_all(t))
        ;
}
