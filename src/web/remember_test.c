/* SPDX-License-Identifier: EUPL-1.2 */
/* The remembered list: what a cookie may say, and how much. */
#include "web/remember.h"

#include "base/test.h"

static void reads_only_ids(void)
{
    struct remembered r = remember_parse(S("12.7.12.x.-3.0..9"));
    eq_str(remember_fmt(&t_arena, &r), S("12.7.9"));
    r = remember_parse(S(""));
    eq_int(r.n, 0);
    r = remember_parse(S("99999999999999999999"));
    eq_int(r.n, 0);
}

static void adds_and_removes(void)
{
    struct remembered r = remember_parse(S("1.2.3"));
    ok(remember_add(&r, 2));
    eq_int(r.n, 3);
    remember_remove(&r, 2);
    remember_remove(&r, 8);
    ok(remember_add(&r, 4));
    eq_str(remember_fmt(&t_arena, &r), S("1.3.4"));
}

static void is_bounded(void)
{
    struct remembered r = { 0 };
    for (int64_t id = 1; id <= REMEMBER_MOST; id++)
        ok(remember_add(&r, id));
    ok(!remember_add(&r, 1000));
    ok(remember_add(&r, 5));
    str list = str_join(&t_arena, remember_fmt(&t_arena, &r), S(".2000"));
    eq_int(remember_parse(list).n, REMEMBER_MOST);
}

static const struct test tests[] = { TEST(reads_only_ids), TEST(adds_and_removes),
                                     TEST(is_bounded) };
TEST_MAIN(tests)
