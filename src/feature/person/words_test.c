/* SPDX-License-Identifier: EUPL-1.2 */
#include "feature/person/words.h"

#include "base/test.h"
#include "web/vocab.h"

static struct rq rq = { .arena = &t_arena, .lang = LANG_DE };

static struct likings likings;
static str unknown;

static void words_name_fields_kinds_and_targets(void)
{
    ok(likings_read(&rq, S("Kinder, garten"), &likings, &unknown));
    ok(likings.fields & 1 << FIELD_children_youth);
    ok(likings.targets & 1 << TARGET_children);
    ok(likings.kinds & 1 << KIND_gardening);
    ok(!(likings.fields & 1 << FIELD_sport));
    ok(likings_read(&rq, S("vorlesen"), &likings, &unknown));
    eq_int(likings.kinds, 1 << KIND_reading_aloud);
    ok(likings_read(&rq, S("  , "), &likings, &unknown));
    eq_int(likings.fields | likings.kinds | likings.targets, 0);
}

static void what_nothing_is_called_is_named(void)
{
    ok(!likings_read(&rq, S("sport, Quantenphysik, musik"), &likings, &unknown));
    eq_str(unknown, S("Quantenphysik"));
    ok(!likings_read(&rq, S("a"), &likings, &unknown)); /* too short to mean something */
}

static int64_t week(str typed)
{
    int64_t grid = 0;
    return when_read(&rq, typed, &grid, &unknown) ? grid : -1;
}

#define CELL(day, part) ((int64_t)1 << (DAY_##day * DAYPART_COUNT + DAYPART_##part))

static void weeks_are_typed_short(void)
{
    ok(week(S("mo abends")) == CELL(mo, evening));
    ok(week(S("Di-Do nachmittags")) ==
       (CELL(tu, afternoon) | CELL(we, afternoon) | CELL(th, afternoon)));
    ok(week(S("Samstag")) == (int64_t)0xF << (DAY_sa * DAYPART_COUNT));
    ok(week(S("Wochenende vormittags")) == (CELL(sa, morning) | CELL(su, morning)));
    ok(week(S("fr-mo abend")) ==
       (CELL(fr, evening) | CELL(sa, evening) | CELL(su, evening) | CELL(mo, evening)));
    ok(week(S("abends, so mittag")) == (week(S("mo-so abends")) | CELL(su, noon)));
    ok(week(S("")) == 0);
    ok(week(S("mo gestern")) == -1);
    eq_str(unknown, S("mo gestern"));
}

static const struct test tests[] = {
    TEST(words_name_fields_kinds_and_targets),
    TEST(what_nothing_is_called_is_named),
    TEST(weeks_are_typed_short),
};
TEST_MAIN(tests)
