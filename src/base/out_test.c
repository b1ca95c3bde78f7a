/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/out.h"

#include "base/test.h"

static void writes_numbers(void)
{
    struct out o = out_new(&t_arena, 0);
    out_i64(&o, INT64_MIN);
    out_char(&o, ' ');
    out_i64(&o, 0);
    out_char(&o, ' ');
    out_f64(&o, -53.4554, 3);
    out_char(&o, ' ');
    out_f64(&o, 0.999, 2);
    out_char(&o, ' ');
    out_f64(&o, 2.5, 0);
    eq_str(out_text(&o), S("-9223372036854775808 0 -53.455 1.00 3"));
}

static void grows(void)
{
    struct out o = out_new(&t_arena, 0);
    for (int i = 0; i < 10000; i++)
        out_fmt(&o, "%04d,", i);
    eq_int(o.n, 50000);
    eq_str(str_slice(out_text(&o), 49995, 50000), S("9999,"));
}

static void sticks_when_full(void)
{
    struct out o = out_new(&t_arena, 2000);
    for (int i = 0; i < 300; i++)
        OUT(&o, "0123456789");
    ok(o.full);
    eq_int(o.n, 2000);
    OUT(&o, "");
    out_char(&o, 'x');
    eq_int(o.n, 2000);
}

static const struct test tests[] = { TEST(writes_numbers), TEST(grows), TEST(sticks_when_full) };
TEST_MAIN(tests)
