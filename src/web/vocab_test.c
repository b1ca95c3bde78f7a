/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/test.h"
#include "web/vocab.h"

static void codes_and_numbers(void)
{
    eq_int(vocab_find(&vocab_field, S("children_youth")), FIELD_children_youth);
    eq_int(vocab_find(&vocab_field, S("self_help")), FIELD_COUNT - 1);
    eq_int(vocab_find(&vocab_field, S("kinder")), -1);
    eq_int(vocab_find(&vocab_time, S("free")), TIME_freely);
    eq_str(vocab_code(&vocab_time, TIME_3_5h), S("3_5h"));
    eq_str(vocab_code(&vocab_time, -1), S(""));
    eq_str(vocab_code(&vocab_time, TIME_COUNT), S(""));
}

/* Numbers are stored and compared for ever: a value that moved would change every offer. */
static void numbers_never_move(void)
{
    eq_int(FIELD_COUNT, 23);
    eq_int(FIELD_church_religion, 16);
    eq_int(KIND_COUNT, 28);
    eq_int(KIND_music_theatre, 18);
    eq_int(TARGET_COUNT, 15);
    eq_int(TARGET_none, 14);
    eq_int(SUITS_trial_day, 4);
    eq_int(STATE_published, 2);
    eq_int(ANSWER_no, 2);
    eq_int(LANGUAGE_de, 0);
}

static void bits_both_ways(void)
{
    uint64_t bits = 0;
    str unknown = S("");
    ok(vocab_parse_bits(&vocab_target, S(" seniors  children,animals\n"), &bits, &unknown));
    ok(bits ==
       (vocab_bit(TARGET_seniors) | vocab_bit(TARGET_children) | vocab_bit(TARGET_animals)));
    eq_str(vocab_fmt_bits(&t_arena, &vocab_target, bits), S("children seniors animals"));
    ok(!vocab_parse_bits(&vocab_target, S("seniors unicorns"), &bits, &unknown));
    eq_str(unknown, S("unicorns"));
    ok(bits == vocab_bit(TARGET_seniors));
    ok(vocab_parse_bits(&vocab_target, S(""), &bits, &unknown));
    eq_int(bits, 0);
}

static void grid_bits(void)
{
    uint64_t bits = 0;
    str unknown = S("");
    ok(vocab_parse_bits(&vocab_grid, S("mo-morning su-evening"), &bits, &unknown));
    ok(bits == (1 | vocab_bit(27)));
    eq_int(vocab_find(&vocab_grid, S("we-afternoon")), DAY_we * 4 + DAYPART_afternoon);
    eq_int(vocab_grid.n, DAY_COUNT * DAYPART_COUNT);
}

static void answers_are_packed(void)
{
    uint64_t access = accessible_with(0, ACCESSIBLE_toilet, ANSWER_yes);
    access = accessible_with(access, ACCESSIBLE_easy_language, ANSWER_no);
    eq_int(accessible_answer(access, ACCESSIBLE_step_free), ANSWER_unknown);
    eq_int(accessible_answer(access, ACCESSIBLE_toilet), ANSWER_yes);
    eq_int(accessible_answer(access, ACCESSIBLE_easy_language), ANSWER_no);
    access = accessible_with(access, ACCESSIBLE_toilet, ANSWER_unknown);
    eq_int(accessible_answer(access, ACCESSIBLE_toilet), ANSWER_unknown);
}

static void languages_with_levels(void)
{
    struct language_levels levels;
    str unknown = S("");
    struct out o = out_new(&t_arena, 0);
    ok(languages_parse(S("en:a2 de ar:native"), &levels, &unknown));
    languages_put(&o, &levels);
    eq_str(out_text(&o), S("de:b1 en:a2 ar:native"));
    ok(!languages_parse(S("de:z9"), &levels, &unknown));
    eq_str(unknown, S("de:z9"));
    ok(!languages_parse(S("xx:a1"), &levels, &unknown));
}

static const struct test tests[] = {
    TEST(codes_and_numbers), TEST(numbers_never_move), TEST(bits_both_ways),
    TEST(grid_bits),         TEST(answers_are_packed), TEST(languages_with_levels),
};
TEST_MAIN(tests)
