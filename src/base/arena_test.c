/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/arena.h"

#include <setjmp.h>

#include "base/test.h"

static jmp_buf bail;

static void unwind(void *ctx)
{
    *(int *)ctx += 1;
    longjmp(bail, 1);
}

static void zeroes_and_aligns(void)
{
    arena_bytes(&t_arena, 3);
    char *p = arena_alloc(&t_arena, 100);
    ok(((uintptr_t)p & 15) == 0);
    bool zero = true;
    for (size_t i = 0; i < 100; i++)
        zero = zero && p[i] == 0;
    ok(zero);
}

static void gives_large_blocks_their_own_chunk(void)
{
    char *small = arena_bytes(&t_arena, 8);
    memset(small, 'a', 8);
    char *large = arena_alloc(&t_arena, (size_t)1 << 20);
    large[(1 << 20) - 1] = 'z';
    ok(small[7] == 'a');
    eq_int(t_arena.used, 8 + (1 << 20));
}

static void stops_at_the_limit(void)
{
    static int calls;
    struct arena a;
    calls = 0;
    arena_init(&a, 1000);
    a.full = unwind;
    a.full_ctx = &calls;
    if (setjmp(bail) == 0) {
        arena_alloc(&a, 900);
        arena_alloc(&a, 101);
        ok(!"reached");
    }
    eq_int(calls, 1);
    if (setjmp(bail) == 0) {
        arena_array(&a, SIZE_MAX / 2, 4);
        ok(!"reached");
    }
    eq_int(calls, 2);
    arena_free(&a);
}

static void rewinds(void)
{
    arena_alloc(&t_arena, 10);
    struct arena_mark mark = arena_mark(&t_arena);
    size_t before = t_arena.used;
    for (int i = 0; i < 100; i++)
        arena_alloc(&t_arena, 5000);
    arena_rewind(&t_arena, mark);
    eq_int(t_arena.used, before);
    char *p = arena_alloc(&t_arena, 50);
    ok(p[0] == 0 && p[49] == 0);
}

static void extends_only_the_last(void)
{
    char *a = arena_bytes(&t_arena, 10);
    ok(arena_extend(&t_arena, a, 10, 20));
    arena_bytes(&t_arena, 1);
    ok(!arena_extend(&t_arena, a, 20, 30));
}

static void holds_its_limit_back(void)
{
    static int calls;
    struct arena a;
    calls = 0;
    arena_init(&a, 100);
    a.full = unwind;
    a.full_ctx = &calls;
    arena_release(&a, arena_hold(&a));
    eq_int(a.limit, 100);
    struct arena_hold hold = arena_hold(&a);
    arena_alloc(&a, 200);
    eq_int(calls, 0);
    if (setjmp(bail) == 0)
        arena_release(&a, hold);
    eq_int(calls, 1);
    arena_free(&a);
}

static const struct test tests[] = {
    TEST(zeroes_and_aligns),     TEST(gives_large_blocks_their_own_chunk),
    TEST(stops_at_the_limit),    TEST(rewinds),
    TEST(extends_only_the_last), TEST(holds_its_limit_back)
};
TEST_MAIN(tests)
