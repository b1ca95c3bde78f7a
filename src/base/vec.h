/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Growing arrays in an arena. A vector is any struct with the members v, n and cap:
 *
 *     struct { struct hit *v; size_t n, cap; } hits = {0};
 *     *vec_add(arena, &hits) = hit;
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

/* Room for one more element, counted already; a pointer to it (its bytes are zero). */
#define vec_add(arena, vec)                                                           \
    ((vec)->v = vec_grow((arena), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v), \
     &(vec)->v[(vec)->n++])

/* For the macro: an array with room for element n; *cap is raised as needed. */
void *vec_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size);

#endif
