/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/test.h"
#include "web/lang.h"

static void has_a_table(void)
{
    enum lang l = LANG_COUNT;
    ok(lang_parse(S("de-simple"), &l) && l == LANG_DE_SIMPLE);
    ok(lang_parse(S("UK"), &l) && l == LANG_UK);
    ok(!lang_parse(S("fr"), &l) && !lang_parse(S(""), &l) && !lang_parse(S("de-"), &l));
    eq_int(l, LANG_UK);
    for (enum lang i = 0; i < LANG_COUNT; i++) {
        ok(lang_info(i)->code.n && lang_info(i)->name.n);
        ok(lang_info(i)->forms >= 1 && lang_info(i)->forms <= LANG_FORMS_MAX);
        eq_str(lang_dir(i), i == LANG_AR ? S("rtl") : S("ltr"));
        for (int64_t n = -200; n < 1200; n++)
            if (lang_form(i, n) < 0 || lang_form(i, n) >= lang_info(i)->forms)
                ok(!"a form that the language does not have");
    }
}

/* Samples from CLDR 42, supplemental/plurals.xml. */
static void counts_as_people_do(void)
{
    static const struct {
        enum lang lang;
        int form;
        int64_t samples[8];
    } cases[] = {
        { LANG_DE, 0, { 1, 1, 1, 1, 1, 1, 1, 1 } },
        { LANG_DE, 1, { 0, 2, 11, 21, 100, 101, 1000, 1000000 } },
        { LANG_UK, 0, { 1, 21, 31, 41, 51, 101, 1001, 121 } },
        { LANG_UK, 1, { 2, 3, 4, 22, 23, 24, 102, 1002 } },
        { LANG_UK, 2, { 0, 5, 19, 11, 12, 14, 100, 111 } },
        { LANG_AR, 0, { 0, 0, 0, 0, 0, 0, 0, 0 } },
        { LANG_AR, 1, { 1, 1, 1, 1, 1, 1, 1, 1 } },
        { LANG_AR, 2, { 2, 2, 2, 2, 2, 2, 2, 2 } },
        { LANG_AR, 3, { 3, 10, 103, 110, 1003, 7, 205, 310 } },
        { LANG_AR, 4, { 11, 26, 111, 1011, 99, 199, 60, 12 } },
        { LANG_AR, 5, { 100, 102, 200, 202, 300, 1000, 10000, 101 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; k < 8; k++)
            eq_int(lang_form(cases[i].lang, cases[i].samples[k]), cases[i].form);
}

static void groups_digits(void)
{
    eq_str(lang_number(&t_arena, LANG_DE, 0), S("0"));
    eq_str(lang_number(&t_arena, LANG_DE, 999), S("999"));
    eq_str(lang_number(&t_arena, LANG_DE, 1000), S("1.000"));
    eq_str(lang_number(&t_arena, LANG_DE, -100), S("-100"));
    eq_str(lang_number(&t_arena, LANG_DE, -1234567), S("-1.234.567"));
    eq_str(lang_number(&t_arena, LANG_EN, INT64_MIN), S("-9,223,372,036,854,775,808"));
    eq_str(lang_number(&t_arena, LANG_UK, 12345), S("12\u00a0345"));
}

/* The language chosen for a header, or -1. */
static int chosen(str header, uint32_t offered)
{
    enum lang l;
    return lang_accepted(header, offered, &l) ? (int)l : -1;
}

static void chooses_by_header(void)
{
    uint32_t all = (1u << LANG_COUNT) - 1;
    eq_int(chosen(S("de-AT,de;q=0.9,en;q=0.7"), all), LANG_DE);
    eq_int(chosen(S("fr, en;q=0.5, tr;q=0.8"), all), LANG_TR);
    eq_int(chosen(S("fr, en;q=0.5, tr;q=0.8"), 1u << LANG_EN | 1u << LANG_DE), LANG_EN);
    eq_int(chosen(S("uk-UA"), all), LANG_UK);
    eq_int(chosen(S("en;q=0"), all), -1);
    eq_int(chosen(S("*"), all), -1);
    eq_int(chosen(S(""), all), -1);
    eq_int(chosen(S("de;q=x, en;q=, ,;"), all), -1);
    eq_int(chosen(S("de-simple, de;q=0.5"), all), LANG_DE_SIMPLE);
}

static const struct test tests[] = {
    TEST(has_a_table),
    TEST(counts_as_people_do),
    TEST(groups_digits),
    TEST(chooses_by_header),
};
TEST_MAIN(tests)
