/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables for choosing by weight. */
#include "bench/dice.h"

#include "base/arena.h"
#include "base/err.h"

/* Fields above the average give what they have too much to fields below it. */
struct balance {
    uint64_t *share; /* weight * n; a field of average weight has `sum` */
    uint64_t sum;
    uint32_t *small, *large;
    uint32_t n_small, n_large;
};

static void sort_field(struct balance *b, uint32_t i)
{
    if (b->share[i] < b->sum)
        b->small[b->n_small++] = i;
    else
        b->large[b->n_large++] = i;
}

struct weights weights_new(struct arena *a, const uint64_t *weight, uint32_t n)
{
    uint32_t *cut = NEW_ARRAY(a, n, uint32_t), *other = NEW_ARRAY(a, n, uint32_t);
    struct balance b = { .share = NEW_ARRAY(a, n, uint64_t),
                         .small = NEW_ARRAY(a, n, uint32_t),
                         .large = NEW_ARRAY(a, n, uint32_t) };
    for (uint32_t i = 0; i < n; i++)
        b.sum += weight[i];
    must(b.sum && b.sum < UINT64_C(1) << 32);
    for (uint32_t i = 0; i < n; i++) {
        b.share[i] = weight[i] * n;
        cut[i] = UINT32_MAX;
        other[i] = i;
        sort_field(&b, i);
    }
    while (b.n_small && b.n_large) {
        uint32_t s = b.small[--b.n_small], l = b.large[--b.n_large];
        uint64_t part = (b.share[s] << 32) / b.sum;
        cut[s] = part ? (uint32_t)(part - 1) : 0;
        other[s] = l;
        b.share[l] -= b.sum - b.share[s];
        sort_field(&b, l);
    }
    return (struct weights){ n, cut, other };
}
