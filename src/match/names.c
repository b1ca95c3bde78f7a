/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sorted names in one pool. Near misses are found by walking the names like a tree: the table of
 * edit distances (optimal string alignment) is kept letter by letter, names with a common
 * beginning share its rows, and a beginning that is already too far away is passed over with all
 * its names.
 */
#include "match/names.h"

str names_get(const struct names *names, uint32_t i)
{
    return (str){ names->pool + names->at[i], names->at[i + 1] - names->at[i] };
}

uint32_t names_lower_bound(const struct names *names, str name)
{
    uint32_t from = 0, to = names->n;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (str_cmp(names_get(names, mid), name) < 0)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

uint32_t names_find(const struct names *names, str name)
{
    uint32_t i = names_lower_bound(names, name);
    return i < names->n && str_eq(names_get(names, i), name) ? i : NAMES_NONE;
}

static uint8_t least(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

/* Row n of the table for a name, from the rows before it; the smallest distance in it. */
static uint32_t fill_row(struct names_walk *w, str name, size_t n)
{
    uint8_t *row = w->row[n];
    const uint8_t *above = w->row[n - 1];
    row[0] = (uint8_t)n;
    uint8_t smallest = row[0];
    for (size_t j = 1; j <= w->word.n; j++) {
        bool same = name.p[n - 1] == w->word.p[j - 1];
        uint8_t d = least((uint8_t)(above[j] + 1), (uint8_t)(row[j - 1] + 1));
        d = least(d, (uint8_t)(above[j - 1] + (same ? 0 : 1)));
        bool swapped = n > 1 && j > 1 && name.p[n - 1] == w->word.p[j - 2] &&
                       name.p[n - 2] == w->word.p[j - 1];
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

/* The first name behind i that does not begin as i does for n letters. */
static uint32_t behind_prefix(const struct names *names, uint32_t i, size_t n)
{
    str prefix = str_slice(names_get(names, i), 0, n);
    uint32_t from = i + 1, to = names->n;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (str_starts(names_get(names, mid), prefix))
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

void names_walk_begin(struct names_walk *w, const struct names *names, str word, uint32_t limit)
{
    w->names = names;
    w->word = str_slice(word, 0, NAMES_WALK_MAX);
    w->before = (str){ NULL, 0 };
    w->limit = limit;
    w->next = 0;
    for (size_t j = 0; j <= w->word.n; j++)
        w->row[0][j] = (uint8_t)j;
}

bool names_walk_next(struct names_walk *w)
{
    while (w->next < w->names->n) {
        uint32_t i = w->next;
        str name = str_slice(names_get(w->names, i), 0, NAMES_WALK_MAX);
        size_t n = common(w->before, name);
        uint32_t smallest = 0;
        while (n < name.n && smallest <= w->limit)
            smallest = fill_row(w, name, ++n);
        w->before = str_slice(name, 0, n);
        if (smallest > w->limit) {
            w->next = behind_prefix(w->names, i, n);
            continue;
        }
        w->next = i + 1;
        w->found = i;
        w->distance = w->row[name.n][w->word.n];
        if (w->distance <= w->limit)
            return true;
    }
    return false;
}
