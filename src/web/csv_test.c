/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/test.h"
#include "web/csv.h"

static void rows_and_quotes(void)
{
    struct out o = out_new(&t_arena, 0);
    struct csv c = csv_new(&o);
    csv_str(&c, S("ref"));
    csv_str(&c, S("Kochen, backen"));
    csv_str(&c, S("sagt \"ja\""));
    csv_str(&c, S("zwei\nZeilen"));
    csv_row_end(&c);
    csv_str(&c, S("4"));
    csv_str(&c, S(""));
    csv_row_end(&c);
    eq_str(out_text(&o), S("ref,\"Kochen, backen\",\"sagt \"\"ja\"\"\",\"zwei\nZeilen\"\r\n"
                           "4,\r\n"));
}

static void german_form(void)
{
    struct out o = out_new(&t_arena, 0);
    struct csv c = csv_new_german(&o);
    csv_str(&c, S("a,b"));
    csv_str(&c, S("a;b"));
    csv_row_end(&c);
    eq_str(out_text(&o), S("\xEF\xBB\xBF"
                           "a,b;\"a;b\"\r\n"));
}

static str one(str s)
{
    struct out *o = NEW(&t_arena, struct out);
    *o = out_new(&t_arena, 0);
    struct csv c = csv_new(o);
    csv_str(&c, s);
    return out_text(o);
}

static void formulas_are_guarded(void)
{
    eq_str(one(S("=1+1")), S("'=1+1"));
    eq_str(one(S("+49 451")), S("'+49 451"));
    eq_str(one(S("-5")), S("'-5"));
    eq_str(one(S("@SUM(A1)")), S("'@SUM(A1)"));
    eq_str(one(S("\tx")), S("'\tx"));
    eq_str(one(S("\rx")), S("\"'\rx\""));
    eq_str(one(S("\xEF\xBC\x9D"
                 "1")),
           S("'\xEF\xBC\x9D"
             "1"));
    eq_str(one(S("'=1")), S("''=1"));
    eq_str(one(S("'s Gravenhage")), S("'s Gravenhage"));
    eq_str(one(S("a=b")), S("a=b"));
}

static void guard_is_undone(void)
{
    static const str samples[] = {
        STR_INIT("=1"), STR_INIT("'=1"), STR_INIT("''=1"), STR_INIT("'"),
        STR_INIT("''"), STR_INIT("'s"),  STR_INIT("a"),    STR_INIT(""),
        STR_INIT("@"),  STR_INIT("'@"),  STR_INIT("-"),    STR_INIT("'\xEF\xBC\xA0"),
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        eq_str(csv_unguard(one(samples[i])), samples[i]);
}

static const struct test tests[] = {
    TEST(rows_and_quotes),
    TEST(german_form),
    TEST(formulas_are_guarded),
    TEST(guard_is_undone),
};
TEST_MAIN(tests)
