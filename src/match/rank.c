/* SPDX-License-Identifier: EUPL-1.2 */
/* The best few of many. */
#include "match/rank.h"

#include "base/arena.h"

#define WEIGHT_TEXT         850u
#define WEIGHT_FRESH        100u
#define WEIGHT_NEAR         50u
#define WEIGHT_NEAR_NO_TEXT 150u

/* Whether a comes before b. */
static bool better(const struct ranked *a, const struct ranked *b)
{
    return a->key != b->key ? a->key < b->key : a->id < b->id;
}

struct top top_new(struct arena *a, size_t most)
{
    return (struct top){ .v = NEW_ARRAY(a, most, struct ranked), .most = most };
}

static void sink(struct top *t)
{
    size_t i = 0;
    for (;;) {
        size_t worst = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < t->n; child++)
            if (better(&t->v[worst], &t->v[child]))
                worst = child;
        if (worst == i)
            return;
        struct ranked swap = t->v[i];
        t->v[i] = t->v[worst];
        t->v[worst] = swap;
        i = worst;
    }
}

static void rise(struct top *t, size_t i)
{
    while (i && better(&t->v[(i - 1) / 2], &t->v[i])) {
        struct ranked swap = t->v[i];
        t->v[i] = t->v[(i - 1) / 2];
        t->v[(i - 1) / 2] = swap;
        i = (i - 1) / 2;
    }
}

void top_put(struct top *t, struct ranked r)
{
    if (t->n < t->most) {
        t->v[t->n] = r;
        rise(t, t->n++);
    } else if (t->n && better(&r, &t->v[0])) {
        t->v[0] = r;
        sink(t);
    }
}

/* The heap gives its worst each time; it goes to the end. */
void top_sort(struct top *t)
{
    size_t n = t->n;
    while (t->n > 1) {
        struct ranked worst = t->v[0];
        t->v[0] = t->v[--t->n];
        sink(t);
        t->v[t->n] = worst;
    }
    t->n = n;
}

uint32_t rank_fresh(uint16_t confirmed, uint16_t today)
{
    if (!confirmed || !today)
        return 0;
    uint32_t age = confirmed < today ? (uint32_t)(today - confirmed) : 0;
    return age < FRESH_DAYS ? (FRESH_DAYS - age) * (MATCH_SCORE_MAX / FRESH_DAYS) : 0;
}

uint32_t rank_near(uint32_t distance, uint32_t radius)
{
    if (distance == MATCH_NOWHERE || distance >= radius)
        return 0;
    return (uint32_t)((uint64_t)(radius - distance) * MATCH_SCORE_MAX / radius);
}

struct rank_weights rank_weights(const struct match_query *q, bool has_text, uint16_t today)
{
    float text = has_text ? WEIGHT_TEXT : 0;
    float fresh = today ? WEIGHT_FRESH : 0;
    float near = !q->near.known ? 0 : has_text ? WEIGHT_NEAR : WEIGHT_NEAR_NO_TEXT;
    float all = text + fresh + near > 0 ? text + fresh + near : 1;
    return (struct rank_weights){ text / all, fresh / all, near / all,
                                  q->radius_m ? q->radius_m : RANK_RADIUS };
}

uint32_t rank_score(const struct match_query *q, const struct rank_input *in)
{
    uint64_t sum = 0, weights = 0;
    if (in->has_text) {
        sum += (uint64_t)WEIGHT_TEXT * in->text;
        weights += WEIGHT_TEXT;
    }
    if (in->today) {
        sum += (uint64_t)WEIGHT_FRESH * rank_fresh(in->confirmed, in->today);
        weights += WEIGHT_FRESH;
    }
    if (q->near.known) {
        uint32_t weight = in->has_text ? WEIGHT_NEAR : WEIGHT_NEAR_NO_TEXT;
        uint32_t radius = q->radius_m ? q->radius_m : RANK_RADIUS;
        sum += (uint64_t)weight * rank_near(in->distance, radius);
        weights += weight;
    }
    return weights ? (uint32_t)(sum / weights) : 0;
}
