/* SPDX-License-Identifier: EUPL-1.2 */
/* Places as people write them. */
#include "match/place.h"

#include "base/test.h"

static const struct place_district districts[] = {
    { STR_INIT("St. Jürgen"), STR_INIT("Lübeck"), 53.8430, 10.7050 },
    { STR_INIT("St. Lorenz Nord"), STR_INIT("Lübeck"), 53.8750, 10.6600 },
    { STR_INIT("Moisling"), STR_INIT("Lübeck"), 53.8390, 10.6370 },
};
static const struct place_hint luebeck = { districts, 3, { true, 53.8655, 10.6866 } };
static const struct place_hint nobody;

static str found(const struct place_hint *hint, str text)
{
    struct place p;
    return place_find(&t_arena, hint, text, &p) ? p.name : S("-");
}

static void postcodes(void)
{
    struct match_point p;
    ok(place_centroid(S("23552"), &p) && p.lat > 53.8 && p.lat < 53.9 && p.lon > 10.6 &&
       p.lon < 10.8);
    ok(!place_centroid(S("00000"), &p) && !place_centroid(S("2355"), &p));
    ok(!place_centroid(S("+2355"), &p) && !place_centroid(S("235525"), &p));
    eq_str(found(&nobody, S("23552")), S("23552 Lübeck"));
    eq_str(found(&nobody, S(" 23552 Lübeck ")), S("23552 Lübeck"));
    eq_str(found(&nobody, S("54634")), S("54634 Bitburg"));
    eq_str(found(&nobody, S("20095")), S("20095 Hamburg"));
}

static void towns(void)
{
    eq_str(found(&nobody, S("Lübeck")), S("Lübeck"));
    eq_str(found(&nobody, S("LUEBECK")), S("Lübeck"));
    eq_str(found(&nobody, S("Bitburg")), S("Bitburg"));
    eq_str(found(&nobody, S("Lünebrug")), S("Lüneburg"));
    eq_str(found(&nobody, S("Hambrg")), S("Hamburg"));
    eq_str(found(&luebeck, S("Essen")), S("Essen"));
    eq_str(found(&nobody, S("Hamburg Altona-Nord")), S("Hamburg Altona-Nord"));
    eq_str(found(&nobody, S("Lübeck Hauptbahnhof")), S("Lübeck"));
    eq_str(found(&nobody, S("Xyzzyqwertz")), S("-"));
    eq_str(found(&nobody, S("")), S("-"));
}

static void districts_of_the_town(void)
{
    static const char *const ways[] = { "Luebeck St. Jürgen", "lübeck sankt jürgen", "St. Jürgen",
                                        "sankt juergen", "Lübeck St Jürgn" };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        eq_str(found(&luebeck, str_from_c(ways[i])), S("Lübeck St. Jürgen"));
    eq_str(found(&luebeck, S("Moislng")), S("Lübeck Moisling"));
    eq_str(found(&nobody, S("Luebeck St. Jürgen")), S("Lübeck"));
}

static void the_nearest_of_one_name(void)
{
    struct place p;
    ok(place_find(&t_arena, &luebeck, S("Neustadt"), &p));
    eq_str(p.name, S("Neustadt in Holstein"));
    struct place_hint palatinate = { .near = { true, 49.35, 8.2 } };
    ok(place_find(&t_arena, &palatinate, S("Neustadt"), &p));
    ok(p.lat < 49.6 && p.lon < 8.6);
}

static void coordinates(void)
{
    struct place p;
    ok(place_find(&t_arena, &nobody, S("53.86,10.68"), &p) && p.kind == PLACE_POINT);
    ok(p.lat > 53.859 && p.lat < 53.861 && p.lon > 10.679 && p.lon < 10.681);
    ok(!place_find(&t_arena, &nobody, S("153.86,10.68"), &p));
}

static void suggestions(void)
{
    struct places s = place_suggest(&t_arena, &luebeck, S("Lüb"), 5);
    eq_int(s.n, 5);
    eq_str(s.v[0].name, S("Lübeck St. Lorenz Nord")); /* the nearest first */
    s = place_suggest(&t_arena, &nobody, S("Hamb"), 3);
    eq_str(s.v[0].name, S("Hamburg"));
    s = place_suggest(&t_arena, &nobody, S("2355"), 20);
    ok(s.n == 4 && str_starts(s.v[0].name, S("2355")));
    eq_int(place_suggest(&t_arena, &nobody, S("235525"), 20).n, 0);
    eq_int(place_suggest(&t_arena, &nobody, S(""), 20).n, 0);
}

static void names_for_the_map(void)
{
    struct place_box box = { 53.0, 9.5, 54.2, 11.2 };
    struct places s = place_in_box(&t_arena, box, 3);
    eq_int(s.n, 3);
    eq_str(s.v[0].name, S("Hamburg"));
    eq_str(s.v[1].name, S("Lübeck"));
    eq_int(place_in_box(&t_arena, (struct place_box){ 0, 0, 1, 1 }, 3).n, 0);
}

static const struct test tests[] = {
    TEST(postcodes),
    TEST(towns),
    TEST(districts_of_the_town),
    TEST(the_nearest_of_one_name),
    TEST(coordinates),
    TEST(suggestions),
    TEST(names_for_the_map),
};
TEST_MAIN(tests)
