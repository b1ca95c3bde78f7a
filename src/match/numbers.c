/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers for values that occur often. */
#include "match/numbers.h"

#include "base/err.h"
#include "base/str.h"

struct numbers numbers_new(size_t size)
{
    struct numbers x = { .size = size };
    arena_init(&x.arena, 0);
    return x;
}

void numbers_free(struct numbers *x)
{
    arena_free(&x->arena);
}

static char *value_of(const struct numbers *x, uint32_t number)
{
    return x->values + number * x->size;
}

/* Where the value stands in the table, or could. */
static size_t place_of(const struct numbers *x, const void *value)
{
    size_t mask = (size_t)x->room * 2 - 1;
    size_t i = (size_t)str_hash((str){ value, x->size }) & mask;
    while (x->at[i] && memcmp(value_of(x, x->at[i] - 1), value, x->size) != 0)
        i = (i + 1) & mask;
    return i;
}

static void grow(struct numbers *x)
{
    struct arena old = x->arena;
    const char *values = x->values;
    must(x->room < UINT32_MAX / 4);
    x->room = x->room ? x->room * 2 : 16;
    arena_init(&x->arena, 0);
    x->values = arena_room(&x->arena, x->room, x->size);
    x->at = NEW_ARRAY(&x->arena, (size_t)x->room * 2, uint32_t);
    if (x->n)
        memcpy(x->values, values, x->n * x->size);
    for (uint32_t i = 0; i < x->n; i++)
        x->at[place_of(x, value_of(x, i))] = i + 1;
    arena_free(&old);
}

uint32_t numbers_add(struct numbers *x, const void *value)
{
    if (x->n == x->room)
        grow(x);
    size_t i = place_of(x, value);
    if (!x->at[i]) {
        memcpy(value_of(x, x->n), value, x->size);
        x->at[i] = ++x->n;
    }
    return x->at[i] - 1;
}

void *numbers_values(const struct numbers *x, struct arena *a)
{
    void *copy = arena_room(a, x->n, x->size);
    if (x->n)
        memcpy(copy, x->values, x->n * x->size);
    return copy;
}
