/* SPDX-License-Identifier: EUPL-1.2 */
/* Mappings and the transformations of their cells. */
#include "feature/exchange/mapping.h"

#include "base/clock.h"
#include "base/out.h"
#include "base/test.h"
#include "feature/exchange/offer_cells.h"
#include "feature/exchange/transform.h"

/* ---- transformations ---- */

static str made(const char *name, str argument, str text)
{
    enum transform transform;
    if (!transform_find(str_from_c(name), &transform) || !transform_takes(transform, argument))
        return S("no such transformation");
    return transform_text(&t_arena, transform, argument, text);
}

static void days_in_many_forms(void)
{
    eq_str(made("date", S(""), S("March 17 2011")), S("2011-03-17"));
    eq_str(made("date", S(""), S("Mar 7, 2011")), S("2011-03-07"));
    eq_str(made("date", S(""), S("17.3.2011")), S("2011-03-17"));
    eq_str(made("date", S(""), S("2011-03-17")), S("2011-03-17"));
    eq_str(made("date", S(""), S("2011-03-17T23:15:00")), S("2011-03-17"));
    eq_str(made("date", S(""), S("1518703985")), S("2018-02-15"));
    eq_str(made("date", S(""), S("0")), S(""));
    eq_str(made("date", S(""), S("irgendwann")), S("irgendwann"));
    eq_str(made("date", S(""), S("February 30 2011")), S("February 30 2011"));
    eq_str(made("date", S("d/m/y"), S("03/04/2011")), S("2011-04-03"));
    eq_str(made("date", S("m/d/y"), S("3/4/11")), S("2011-03-04"));
    eq_str(made("date", S("m/d/y"), S("17/3/2011")), S("17/3/2011"));
}

static void numbers_and_points(void)
{
    eq_str(made("decimal", S(""), S("53,4554")), S("53.4554"));
    eq_str(made("decimal", S(""), S("9.97522")), S("9.97522"));
    eq_str(made("decimal", S(""), S("0")), S(""));
    eq_str(made("decimal", S(""), S("0.000000")), S(""));
    eq_str(made("decimal", S(""), S("[entfernt]")), S(""));
    str address = S("5 22nd St (Hof)\nNew York\n(40.5, -73.25)");
    eq_str(made("latitude", S(""), address), S("40.5"));
    eq_str(made("longitude", S(""), address), S("-73.25"));
    eq_str(made("latitude", S(""), S("Hof (hinten)")), S(""));
    eq_str(made("latitude", S(""), S("ohne")), S(""));
    eq_str(made("line", S("1"), address), S("5 22nd St (Hof)"));
    eq_str(made("line", S("2"), address), S("New York"));
    eq_str(made("line", S("9"), address), S(""));
}

static void texts(void)
{
    eq_str(made("html", S(""), S("<p>Tee&nbsp;&amp; <b>Kuchen</b></p>")), S("Tee & **Kuchen**"));
    eq_str(made("plain", S(""), S("Tee &amp; Kuchen\n\n<b>f\xC3\xBCr alle</b>")),
           S("Tee & Kuchen  für alle"));
}

static void arguments_are_checked(void)
{
    eq_str(made("line", S(""), S("x")), S("no such transformation"));
    eq_str(made("line", S("0"), S("x")), S("no such transformation"));
    eq_str(made("date", S("y/m/d"), S("x")), S("no such transformation"));
    eq_str(made("html", S("x"), S("x")), S("no such transformation"));
    eq_str(made("values", S(""), S("x")), S("no such transformation"));
    eq_str(made("upper", S(""), S("x")), S("no such transformation"));
    eq_str(made("", S(""), S("x")), S("no such transformation"));
}

/* ---- mappings ---- */

/* A row "a=1;b=zwei Worte" as cells. */
static str row_cell(void *ctx, str name)
{
    str row = *(str *)ctx;
    str part;
    while (str_next(&row, ';', &part)) {
        str key;
        str_next(&part, '=', &key);
        if (str_eq(key, name))
            return part.p ? part : S("");
    }
    return (str){ NULL, 0 };
}

static str problem;

static struct mapping *parse(str text)
{
    problem = S("");
    return mapping_parse(&t_arena, text, &problem);
}

static str cell(struct mapping *m, str row, str target)
{
    struct cells cells = { row_cell, &row };
    return m ? mapping_cell(m, &t_arena, &cells, target) : S("no mapping");
}

#define BEGIN "source test\nref = id\n"

static void rules_make_cells(void)
{
    struct mapping *m = parse(S("# a comment\n\n" BEGIN "title = name | plain\n"
                                "place = ort\nplace = \"Musterstadt\"\n"
                                "tasks_md = text | html\ntasks_md += mehr? | html\n"));
    eq_str(problem, S(""));
    eq_str(mapping_source(m), S("test"));
    eq_str(cell(m, S("id=7;name=<b>Vor</b> lesen"), S("ref")), S("7"));
    eq_str(cell(m, S("id=7;name=<b>Vor</b> lesen"), S("title")), S("Vor lesen"));
    eq_str(cell(m, S("ort=Hof"), S("place")), S("Hof"));
    eq_str(cell(m, S("ort="), S("place")), S("Musterstadt"));
    eq_str(cell(m, S("text=a;mehr=b"), S("tasks_md")), S("a\n\nb"));
    eq_str(cell(m, S("mehr=b"), S("tasks_md")), S("b"));
    eq_str(cell(m, S("text=a"), S("tasks_md")), S("a"));
    eq_str(cell(m, S("text=a"), S("summary")), S(""));
}

static void tables_of_values(void)
{
    struct mapping *m = parse(S(BEGIN "fields = art | values arten\ntime = zeit | values zeiten\n"
                                      "table arten\nKinder, Jugend & mehr = children_youth\n"
                                      "Sport = sport\n\xC3\x84ltere = ageing leisure\nNichts =\n"
                                      "end\ntable zeiten\nimmer = free\n* = once\nend\n"));
    eq_str(problem, S(""));
    eq_str(cell(m, S("art=Sport"), S("fields")), S("sport"));
    eq_str(cell(m, S("art=SPORT, aeltere"), S("fields")), S("sport ageing leisure"));
    eq_str(cell(m, S("art=Kinder, Jugend & mehr|Sport\nNichts"), S("fields")),
           S("children_youth sport"));
    eq_str(cell(m, S("art="), S("fields")), S(""));
    eq_str(cell(m, S("zeit=immer"), S("time")), S("free"));
    eq_str(cell(m, S("zeit=selten"), S("time")), S("once"));
    eq_int(mapping_misses(m).n, 0);
    eq_str(cell(m, S("art=Wassersport"), S("fields")), S(""));
    eq_str(cell(m, S("art=Wassersport, Sport"), S("fields")), S("sport"));
    struct mapping_misses misses = mapping_misses(m);
    eq_int(misses.n, 1);
    eq_str(misses.v[0].value, S("Wassersport"));
    eq_str(misses.v[0].table, S("arten"));
    eq_int(misses.v[0].count, 2);
}

static void tables_that_ship(void)
{
    struct mapping *m = parse(S(BEGIN "tables freinet-categories\n"
                                      "fields = k | values freinet-fields\n"
                                      "suits = k | values freinet-suits\n"
                                      "targets = z | values freinet-targets\n"));
    eq_str(problem, S(""));
    eq_str(cell(m, S("k=Gesundheit, Wohlbefinden & Hospiz|Soziales & Armut"), S("fields")),
           S("health_hospice social_poverty"));
    eq_str(cell(m, S("k=Junges Engagement, Leben im Alter"), S("fields")), S("ageing"));
    eq_str(cell(m, S("k=Junges Engagement, Leben im Alter"), S("suits")), S("pupils"));
    eq_str(cell(m,
                S("z=Senior*innen, Gefl\xC3\xBC"
                  "chtete"),
                S("targets")),
           S("seniors refugees"));
    eq_int(mapping_misses(m).n, 0);
}

static str skips(struct mapping *m, str row)
{
    struct cells cells = { row_cell, &row };
    return mapping_skips(m, &t_arena, &cells);
}

static void rows_are_left_out(void)
{
    struct mapping *m = parse(S(BEGIN "skip status unless aktiv\nskip art is intern\n"));
    eq_str(skips(m, S("status=aktiv;art=x")), S(""));
    eq_str(skips(m, S("status=alt;art=x")), S("left out: status is 'alt'"));
    eq_str(skips(m, S("status=aktiv;art=intern")), S("left out: art is 'intern'"));
}

static str missing(struct mapping *m, str head)
{
    struct cells cells = { row_cell, &head };
    return mapping_missing(m, &cells);
}

static void missing_columns_are_named(void)
{
    struct mapping *m = parse(S(BEGIN "title = name\nsummary = kurz?\nplace = \"Hof\"\n"
                                      "skip status is alt\n"));
    eq_str(missing(m, S("id=;name=;status=")), S(""));
    eq_str(missing(m, S("id=;status=")), S("name"));
    eq_str(missing(m, S("id=;name=")), S("status"));
}

static void head_of_xml(void)
{
    struct mapping *m = parse(S(BEGIN "record angebot\nannounced @anzahl\nderive keywords\n"));
    eq_str(mapping_record(m), S("angebot"));
    eq_str(mapping_announced(m), S("@anzahl"));
    ok(mapping_derives(m));
    m = parse(S(BEGIN));
    eq_str(mapping_record(m), S(""));
    ok(!mapping_derives(m));
}

static str refused(str text)
{
    return parse(text) ? S("accepted") : problem;
}

static void mistakes_are_told_with_their_line(void)
{
    eq_str(refused(S("ref = id\n")), S("the mapping has no source"));
    eq_str(refused(S(BEGIN "titel = name\n")), S("mapping line 3: not understood: titel = name"));
    eq_str(refused(S(BEGIN "title name\n")), S("mapping line 3: not understood: title name"));
    ok(str_starts(refused(S(BEGIN "title = \n")), S("mapping line 3")));
    ok(str_starts(refused(S(BEGIN "title = name | shout\n")), S("mapping line 3")));
    ok(str_starts(refused(S(BEGIN "title = | plain\n")), S("mapping line 3")));
    ok(str_starts(refused(S(BEGIN "skip status\n")), S("mapping line 3")));
    ok(str_starts(refused(S(BEGIN "source other\n")), S("mapping line 3")));
    ok(str_starts(refused(S(BEGIN "tables unknown\n")), S("mapping line 3")));
    ok(str_starts(refused(S(BEGIN "table t\nx\nend\n")), S("mapping line 4")));
    eq_str(refused(S(BEGIN "table t\nx = y\n")), S("a table of the mapping has no end"));
    eq_str(refused(S(BEGIN "fields = x | values t\n")), S("the mapping has no table 't'"));
    eq_str(refused(S("source \xFF\n")), S("the mapping is no UTF-8 text"));
}

/* ---- the mappings that ship ---- */

static void check_shipped(const char *name)
{
    str path = str_fmt(&t_arena, "data/mapping/%s", name);
    str text = test_read_file(test_path(str_to_c(&t_arena, path)));
    ok(text.n > 0);
    ok(parse(text) != NULL);
    eq_str(problem, S(""));
}

static void shipped_mappings_are_understood(void)
{
    check_shipped("nyc-service.map");
    check_shipped("freinet-csv.map");
    check_shipped("freinet-xml.map");
}

/* ---- from cells to records ---- */

static str why;

static bool offer_of(str row, struct import_offer *offer)
{
    struct cells cells = { row_cell, &row };
    *offer = (struct import_offer){ 0 };
    why = S("");
    return offer_from_cells(&t_arena, &cells, offer, &why);
}

static void cells_become_an_offer(void)
{
    struct import_offer o;
    ok(offer_of(S("ref=7;title=Vor \n lesen;fields=education culture;time=free;hours_week=2.5;"
                  "from=2026-11-20;languages=de en:a2;lat=53.5;lon=-10;step_free=yes;toilet=no;"
                  "measles=yes;state=draft;published_on=2020-01-02"),
                &o));
    eq_str(o.form.title, S("Vor lesen"));
    eq_str(o.form.time, S("free"));
    eq_int(o.form.hours_week, 25);
    eq_str(o.form.starts_on, S("2026-11-20"));
    eq_str(o.form.languages, S("de:b1 en:a2"));
    ok(o.form.lat.has && o.form.lat.v == 53.5 && o.form.lon.v == -10.0);
    eq_int(o.form.access, 1 | 2 << 2);
    eq_int(o.form.measles, 1);
    eq_str(o.form.certificate, S("none"));
    eq_int(o.published_at, clock_instant((struct local_time){ { 2020, 1, 2 }, 12, 0, 0 }));
}

static void cells_that_do_not_fit(void)
{
    static const str bad[] = {
        STR_INIT("fields=sport unicorns"),
        STR_INIT("time=always"),
        STR_INIT("wanted=viele"),
        STR_INIT("wanted=-1"),
        STR_INIT("lat=91"),
        STR_INIT("lon=zehn"),
        STR_INIT("from=30.2.2026"),
        STR_INIT("hours_week=200"),
        STR_INIT("languages=klingonisch"),
        STR_INIT("step_free=vielleicht"),
        STR_INIT("state=gone"),
        STR_INIT("published_on=gestern"),
        STR_INIT("measles=ja"),
        STR_INIT("grid=mo-night"),
    };
    struct import_offer o;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ok(!offer_of(bad[i], &o));
        ok(str_ends(why, S("is not understood")));
    }
    char *p = arena_bytes(&t_arena, OFFER_TEXT_MAX + 20);
    memset(p, 'a', OFFER_TEXT_MAX + 20);
    memcpy(p, "tasks_md=", 9);
    ok(!offer_of((str){ p, OFFER_TEXT_MAX + 10 }, &o));
    eq_str(why, S("tasks_md: too long (65537 bytes)"));
    ok(offer_of((str){ p, OFFER_TEXT_MAX + 9 }, &o));
}

static const struct test tests[] = {
    TEST(days_in_many_forms),
    TEST(numbers_and_points),
    TEST(texts),
    TEST(arguments_are_checked),
    TEST(rules_make_cells),
    TEST(tables_of_values),
    TEST(tables_that_ship),
    TEST(rows_are_left_out),
    TEST(missing_columns_are_named),
    TEST(head_of_xml),
    TEST(mistakes_are_told_with_their_line),
    TEST(shipped_mappings_are_understood),
    TEST(cells_become_an_offer),
    TEST(cells_that_do_not_fit),
};
TEST_MAIN(tests)
