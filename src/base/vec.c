/* SPDX-License-Identifier: EUPL-1.2 */
/* Growing arrays: doubling, in place where the arena allows it. */
#include "base/vec.h"

#include "base/err.h"

void *vec_grow(struct arena *a, void *v, size_t *cap, struct vec_need need)
{
    size_t size = need.size;
    if (need.n < *cap)
        return v;
    size_t more = *cap ? *cap * 2 : 8;
    must(more > *cap);
    if (v && arena_extend(a, v, *cap * size, more * size)) {
        memset((char *)v + *cap * size, 0, (more - *cap) * size);
        *cap = more;
        return v;
    }
    void *w = arena_array(a, more, size);
    if (v)
        memcpy(w, v, need.n * size);
    *cap = more;
    return w;
}
