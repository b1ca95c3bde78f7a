/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/out.h"
#include "base/test.h"
#include "web/json_in.h"

static str problem;

static const struct json_in *parse(str text)
{
    problem = S("");
    return json_in_parse(&t_arena, text, &problem);
}

static void reads_all_kinds(void)
{
    const struct json_in *in =
        parse(S("{\"near\":\"L\\u00fcbeck\",\"radius\":5,\"lat\":53.87,\"step_free\":true,"
                "\"none\":null,\"grid\":[\"mo-morning\",7],\"o\":{\"a\":-1}}"));
    ok(json_in_is(in, JSON_IN_OBJECT) && in->n == 7);
    eq_str(json_in_str(json_in_find(in, S("near"))), S("Lübeck"));
    eq_int(json_in_int(json_in_find(in, S("radius")), 0), 5);
    ok(json_in_real(json_in_find(in, S("lat")), 0) == 53.87);
    ok(json_in_real(json_in_find(in, S("radius")), 0) == 5.0);
    ok(json_in_bool(json_in_find(in, S("step_free")), false));
    ok(json_in_is(json_in_find(in, S("none")), JSON_IN_NULL));
    const struct json_in *grid = json_in_find(in, S("grid"));
    ok(json_in_is(grid, JSON_IN_ARRAY) && grid->n == 2);
    eq_str(json_in_str(&grid->v[0]), S("mo-morning"));
    eq_str(json_in_str(&grid->v[1]), S(""));
    eq_int(json_in_int(json_in_find(json_in_find(in, S("o")), S("a")), 0), -1);
    eq_str(in->v[6].key, S("o"));
}

static void absence_is_quiet(void)
{
    ok(json_in_find(NULL, S("a")) == NULL);
    ok(json_in_find(parse(S("[1]")), S("a")) == NULL);
    eq_int(json_in_int(NULL, 7), 7);
    eq_int(json_in_int(parse(S("\"5\"")), 7), 7);
    ok(!json_in_bool(parse(S("1")), false));
}

static void refuses(void)
{
    ok(!parse(S("")));
    ok(!parse(S("{\"a\":1,\"a\":2}")));
    ok(!parse(S("{} x")));
    ok(!parse(S("\"\\u0000\"")));
    ok(!parse(S("\"\xFF\"")));
    ok(!parse(S("99999999999999999999")));
    ok(!parse(S("{\n\"a\":\n}")));
    ok(str_starts(problem, S("line 3")));
}

static str repeated(char c, size_t n)
{
    char *p = arena_bytes(&t_arena, n);
    for (size_t i = 0; i < n; i++)
        p[i] = c;
    return (str){ p, n };
}

static str nested(size_t depth)
{
    return str_join(&t_arena, repeated('[', depth), repeated(']', depth));
}

static void limits(void)
{
    ok(parse(nested(JSON_IN_DEPTH)) != NULL);
    ok(!parse(nested(JSON_IN_DEPTH + 1)));
    eq_str(problem, S("nested too deeply"));
    ok(!parse(repeated(' ', JSON_IN_BYTES + 1)));
    struct out o = out_new(&t_arena, 0);
    OUT(&o, "[0");
    for (int i = 1; i < JSON_IN_VALUES; i++)
        OUT(&o, ",0");
    OUT(&o, "]");
    ok(!parse(out_text(&o)));
    eq_str(problem, S("too many values"));
}

static const struct test tests[] = {
    TEST(reads_all_kinds),
    TEST(absence_is_quiet),
    TEST(refuses),
    TEST(limits),
};
TEST_MAIN(tests)
