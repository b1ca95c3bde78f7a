/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/cache.h"

#include "base/test.h"

static void put(struct cache *c, str key, str value)
{
    /* In pieces, one of them empty, as callers have them. */
    const str pieces[] = { str_slice(value, 0, 1), S(""), str_slice(value, 1, value.n) };
    cache_put(c, key, pieces, 3);
}

static void keeps_and_replaces(void)
{
    struct cache *c = cache_new((size_t)1 << 20);
    put(c, S("a"), S("one"));
    put(c, S("a"), S("two"));
    struct cache_entry *e = cache_get(c, S("a"));
    ok(e != NULL);
    eq_str(e->value, S("two"));
    cache_drop(c, S("a"));
    ok(cache_get(c, S("a")) == NULL);
    eq_str(e->value, S("two")); /* still ours */
    cache_release(c, e);
    cache_free(c);
}

static void forgets_the_least_used(void)
{
    struct cache *c = cache_new(16 * 4096);
    char page[600] = { 'x' };
    put(c, S("kept"), (str){ page, sizeof page });
    for (int i = 0; i < 2000; i++) {
        str key = str_fmt(&t_arena, "page %d", i);
        put(c, key, (str){ page, sizeof page });
        put(c, key, (str){ page, sizeof page }); /* the second time it gets in */
        struct cache_entry *e = cache_get(c, S("kept"));
        if (!e)
            break;
        cache_release(c, e);
    }
    struct cache_entry *kept = cache_get(c, S("kept"));
    ok(kept != NULL);
    if (kept)
        cache_release(c, kept);
    ok(cache_get(c, S("page 0")) == NULL);
    put(c, S("large"), (str){ str_to_c(&t_arena, S("")), 0 });
    ok(cache_get(c, S("large")) == NULL);
    cache_free(c);
}

static bool has(struct cache *c, str key)
{
    struct cache_entry *e = cache_get(c, key);
    if (e)
        cache_release(c, e);
    return e;
}

/* Fills every shard, each by what fits into it. */
static void fill(struct cache *c, str page)
{
    for (int i = 0; i < 400; i++)
        put(c, str_fmt(&t_arena, "page %d", i), page);
}

static void lets_newcomers_in_at_their_second_visit_once_it_is_full(void)
{
    struct cache *c = cache_new(16 * 4096);
    char page[600] = { 'x' };
    put(c, S("first"), (str){ page, sizeof page });
    ok(has(c, S("first"))); /* there was room */
    fill(c, (str){ page, sizeof page });
    put(c, S("newcomer"), (str){ page, sizeof page });
    ok(!has(c, S("newcomer")));
    put(c, S("newcomer"), (str){ page, sizeof page });
    ok(has(c, S("newcomer")));
    put(c, S("newcomer"), S("changed")); /* what is known is replaced at once */
    struct cache_entry *e = cache_get(c, S("newcomer"));
    ok(e && str_eq(e->value, S("changed")));
    if (e)
        cache_release(c, e);
    cache_free(c);
}

static const struct test tests[] = { TEST(keeps_and_replaces), TEST(forgets_the_least_used),
                                     TEST(
                                         lets_newcomers_in_at_their_second_visit_once_it_is_full) };
TEST_MAIN(tests)
