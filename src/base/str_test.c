/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/test.h"

static void compares(void)
{
    ok(str_eq(S("ab"), S("ab")) && !str_eq(S("ab"), S("abc")) && str_eq(S(""), (str){ NULL, 0 }));
    ok(str_ieq(S("Accept"), S("aCCEPT")) && !str_ieq(S("Accept"), S("Accepts")));
    ok(str_cmp(S("a"), S("ab")) < 0 && str_cmp(S("b"), S("ab")) > 0 &&
       str_cmp(S("a"), S("a")) == 0);
    ok(str_starts(S("abc"), S("ab")) && !str_starts(S("a"), S("ab")) &&
       str_ends(S("abc"), S("bc")));
}

static void finds_and_cuts(void)
{
    eq_int(str_find(S("Haus am See"), S("am")), 5);
    eq_int(str_find(S("Haus"), S("Hausboot")), -1);
    eq_int(str_find((str){ NULL, 0 }, S("x")), -1);
    eq_str(str_trim(S(" \t a b\n")), S("a b"));
    eq_str(str_slice(S("abc"), 1, 99), S("bc"));
    eq_str(str_slice(S("abc"), 9, 1), S(""));
}

static void splits(void)
{
    str rest = S("a,,b");
    str part;
    ok(str_next(&rest, ',', &part) && str_eq(part, S("a")));
    ok(str_next(&rest, ',', &part) && str_empty(part));
    ok(str_next(&rest, ',', &part) && str_eq(part, S("b")));
    ok(!str_next(&rest, ',', &part));
}

static void reads_numbers(void)
{
    int64_t i = 0;
    double d = 0;
    ok(str_to_i64(S("-9223372036854775808"), &i) && i == INT64_MIN);
    ok(!str_to_i64(S("9223372036854775808"), &i) && !str_to_i64(S(""), &i) &&
       !str_to_i64(S("-"), &i) && !str_to_i64(S("1 "), &i));
    ok(str_to_f64(S("53.4554"), &d) && d > 53.45539 && d < 53.45541);
    ok(str_to_f64(S("-.5"), &d) && d == -0.5);
    ok(!str_to_f64(S("1e5"), &d) && !str_to_f64(S("."), &d) && !str_to_f64(S("nan"), &d));
}

static void formats_and_joins(void)
{
    eq_str(str_fmt(&t_arena, "%d-%s", 7, "x"), S("7-x"));
    eq_str(str_join(&t_arena, S("Ehren"), S("amt")), S("Ehrenamt"));
    ok(strcmp(str_to_c(&t_arena, S("c")), "c") == 0);
}

static const struct test tests[] = { TEST(compares), TEST(finds_and_cuts), TEST(splits),
                                     TEST(reads_numbers), TEST(formats_and_joins) };
TEST_MAIN(tests)
