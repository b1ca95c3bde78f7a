/* SPDX-License-Identifier: EUPL-1.2 */
/* Radix sort. */
#include "match/sort.h"

#include "base/arena.h"

#define DIGITS 256

/* The bits in which any two keys differ; 0 also when the keys ascend already. */
static uint64_t differing_bits(const struct sort_key *v, size_t n)
{
    uint64_t differ = 0;
    bool sorted = true;
    for (size_t i = 1; i < n; i++) {
        differ |= v[i].key ^ v[0].key;
        sorted = sorted && v[i - 1].key <= v[i].key;
    }
    return sorted ? 0 : differ;
}

/* One digit: how many keys have which value, then each to its place. */
static void pass(const struct sort_key *from, struct sort_key *to, size_t n, unsigned shift)
{
    size_t next[DIGITS] = { 0 }, at = 0;
    for (size_t i = 0; i < n; i++)
        next[from[i].key >> shift & (DIGITS - 1)]++;
    for (size_t d = 0; d < DIGITS; d++) {
        size_t count = next[d];
        next[d] = at;
        at += count;
    }
    for (size_t i = 0; i < n; i++)
        to[next[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

void sort_by_key(struct arena *scratch, struct sort_key *v, size_t n)
{
    uint64_t differ = differing_bits(v, n);
    struct arena_mark mark = arena_mark(scratch);
    struct sort_key *from = v, *to = differ ? NEW_ROOM(scratch, n, struct sort_key) : NULL;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        if (!(differ >> shift & (DIGITS - 1)))
            continue;
        pass(from, to, n, shift);
        struct sort_key *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != v)
        memcpy(v, from, n * sizeof *v);
    arena_rewind(scratch, mark);
}
