/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/map.h"

#include "base/test.h"
#include "base/vec.h"

static void keeps_many(void)
{
    struct map m = map_new(&t_arena);
    for (int i = 0; i < 5000; i++)
        *map_put(&m, str_fmt(&t_arena, "key%d", i)) = (uint64_t)i;
    *map_put(&m, S("key7")) += 1;
    eq_int(m.n, 5000);
    eq_int(*map_find(&m, S("key7")), 8);
    eq_int(*map_find(&m, S("key4999")), 4999);
    ok(map_find(&m, S("key5000")) == NULL);
    ok(map_find(&(struct map){ 0 }, S("x")) == NULL);
}

static void vectors_grow(void)
{
    struct {
        int *v;
        size_t n, cap;
    } numbers = { 0 };
    for (int i = 0; i < 1000; i++) {
        *vec_add(&t_arena, &numbers) = i;
        arena_bytes(&t_arena, (size_t)i % 3);
    }
    bool good = numbers.n == 1000;
    for (int i = 0; i < 1000; i++)
        good = good && numbers.v[i] == i;
    ok(good);
    eq_int(*vec_add(&t_arena, &numbers), 0);
}

static const struct test tests[] = { TEST(keeps_many), TEST(vectors_grow) };
TEST_MAIN(tests)
