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
#define vec_add(arena, vec)                                                                        \
    ((vec)->v = (vec)->n < (vec)->cap ? (vec)->v                                                   \
                                      : vec_grow((arena), (vec)->v, &(vec)->cap,                   \
                                                 (struct vec_need){ (vec)->n, sizeof *(vec)->v }), \
     &(vec)->v[(vec)->n++])

struct vec_need {
    size_t n;    /* elements so far */
    size_t size; /* of one */
};

/* For the macro: an array with room for one element more; *cap is raised as needed. */
void *vec_grow(struct arena *a, void *v, size_t *cap, struct vec_need need);

#endif
