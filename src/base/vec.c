/* SPDX-License-Identifier: EUPL-1.2 */
/* Growing arrays: doubling, in place where the arena allows it. */
#include "base/vec.h"

#include "base/err.h"

void *vec_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return v;
    size_t more = *cap ? *cap * 2 : 8;
    must(more > *cap);
    if (v && arena_extend(a, v, *cap * size, more * size)) {
        memset((char *)v + *cap * size, 0, (more - *cap) * size);
        *cap = more;
        return v;
    }
    void *w = arena_array(a, more, size);
    if (n)
        memcpy(w, v, n * size);
    *cap = more;
    return w;
}
