/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/languages.h"

#include "base/test.h"

static struct rq rq = { .arena = &t_arena, .lang = LANG_DE };

static str read_as(str typed)
{
    str codes;
    str unknown = S("");
    return languages_read(&rq, typed, &codes, &unknown)
               ? codes
               : str_fmt(&t_arena, "? %.*s", STR_FMT(unknown));
}

static void people_write_names(void)
{
    eq_str(read_as(S("Deutsch B1, englisch a2")), S("de:b1 en:a2"));
    eq_str(read_as(S("Deutsch Muttersprache")), S("de:native"));
    eq_str(read_as(S("Deutsche Gebärdensprache B2")), S("gsg:b2"));
    eq_str(read_as(S("Farsi A1")), S("fa:a1"));
    eq_str(read_as(S("Kroatisch C1")), S("sr:c1"));
    eq_str(read_as(S("")), S(""));
}

static void codes_stay(void)
{
    eq_str(read_as(S("de:b1 en:a2")), S("de:b1 en:a2"));
}

static void what_is_not_understood_is_named(void)
{
    eq_str(read_as(S("Deutsch B1, Klingonisch B2")), S("? Klingonisch B2"));
    eq_str(read_as(S("Deutsch")), S("? Deutsch"));
    eq_str(read_as(S("Deutsch gut")), S("? Deutsch gut"));
}

static void words_come_back(void)
{
    eq_str(languages_words(&rq, S("de:b1 fa:a2 sr:native")),
           S("Deutsch B1, Persisch A2, Serbisch Muttersprache"));
    eq_str(languages_words(&rq, S("")), S(""));
    rq.lang = LANG_EN;
    eq_str(languages_words(&rq, S("de:b1")), S("German B1"));
    eq_str(read_as(S("German B1, Englisch A2")), S("de:b1 en:a2"));
    rq.lang = LANG_DE;
}

static const struct test tests[] = {
    TEST(people_write_names),
    TEST(codes_stay),
    TEST(what_is_not_understood_is_named),
    TEST(words_come_back),
};
TEST_MAIN(tests)
