/* SPDX-License-Identifier: EUPL-1.2 */
/* QR codes: the path has the modules that every such code must have. */
#include "web/qr.h"

#include "base/test.h"

static void draws_the_finder_patterns(void)
{
    struct qr qr;
    ok(qr_of(&t_arena, S("otpauth://totp/Tandem?secret=ABC"), &qr));
    ok(qr.size >= 21 && (qr.size - 17) % 4 == 0);
    str right = str_fmt(&t_arena, "M%d 0h7v1h-7z", qr.size - 7);
    str below = str_fmt(&t_arena, "M0 %dh7v1h-7z", qr.size - 1);
    ok(str_starts(qr.path, S("M0 0h7v1h-7z")));
    ok(str_find(qr.path, right) > 0);
    ok(str_find(qr.path, below) > 0);
    eq_str(qr_view(&t_arena, &qr), str_fmt(&t_arena, "-4 -4 %d %d", qr.size + 8, qr.size + 8));
}

static void different_texts_differ(void)
{
    struct qr one, two;
    ok(qr_of(&t_arena, S("eins"), &one) && qr_of(&t_arena, S("zwei"), &two));
    ok(!str_eq(one.path, two.path));
}

static void refuses_what_is_too_long(void)
{
    struct qr qr;
    char *text = arena_alloc(&t_arena, 5000);
    memset(text, 'a', 5000);
    ok(qr_of(&t_arena, (str){ text, 2000 }, &qr));
    ok(!qr_of(&t_arena, (str){ text, 5000 }, &qr));
}

static const struct test tests[] = {
    TEST(draws_the_finder_patterns),
    TEST(different_texts_differ),
    TEST(refuses_what_is_too_long),
};
TEST_MAIN(tests)
