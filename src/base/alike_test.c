/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/alike.h"

#include "base/test.h"

static int share(str a, str b)
{
    return alike_share(alike_of(&t_arena, a), alike_of(&t_arena, b));
}

static void the_same_is_the_same(void)
{
    eq_int(share(S("Vorlesen in der Kita"), S("Vorlesen in der Kita")), 100);
    eq_int(share(S("VORLESEN, in der Kita!"), S("Vorlesen in der Kita")), 100);
    eq_int(share(S("Grüne Straße"), S("Gruene Strasse")), 100);
    eq_int(share(S("a"), S("a")), 100);
}

static void nothing_is_like_nothing(void)
{
    eq_int(share(S(""), S("")), 0);
    eq_int(share(S(""), S("Vorlesen")), 0);
    eq_int(share(S("–"), S("–")), 0);
    eq_int(share(S("Fahrdienst"), S("Vogelbuch")), 0);
}

static void typing_errors_are_forgiven(void)
{
    ok(share(S("Vorlesen in der Kita"), S("Vorleesen in der Kita")) >= 80);
    ok(share(S("Vorlesen in der Kita"), S("In der Kita vorlesen")) >= 80);
    ok(share(S("Vorlesen in der Kita"), S("Garten der Kita pflegen")) < 60);
    ok(share(S("Hausaufgabenhilfe"), S("Hausaufgaben-Hilfe")) >= 70);
}

static const struct test tests[] = {
    TEST(the_same_is_the_same),
    TEST(nothing_is_like_nothing),
    TEST(typing_errors_are_forgiven),
};
TEST_MAIN(tests)
