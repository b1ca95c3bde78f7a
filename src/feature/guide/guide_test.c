/* SPDX-License-Identifier: EUPL-1.2 */
/* Files of articles, sources, the table of amounts, finding; pages are in test/scenario. */
#include "base/test.h"
#include "feature/guide/amount.h"
#include "feature/guide/document.h"
#include "feature/guide/find.h"
#include "feature/guide/install.h"
#include "feature/guide/shipped.h"

/* ---- files ---- */

#define HEAD "---\ntopic: law\nstated: 2026-11-22\nsource: § 3 EStG | https://www.example.org/ |\n"
#define TEXT "lang: de\ntitle: Titel\nsummary: Kurz.\n---\nEin Text.\n\nNoch einer.\n"

static bool parses(const char *file, struct guide_document *d, const char *problem)
{
    str why;
    bool good = guide_document_parse(&t_arena, str_from_c(file), d, &why);
    eq_str(why, str_from_c(problem));
    return good;
}

static void reads_a_file(void)
{
    struct guide_document d;
    ok(parses(HEAD TEXT "---\nlang: en\ntitle: A title\nsummary: Short.\n---\nText.", &d, ""));
    eq_str(d.topic, S("law"));
    eq_str(d.text[LANG_DE].title, S("Titel"));
    eq_str(d.text[LANG_DE].body_md, S("Ein Text.\n\nNoch einer."));
    eq_str(d.text[LANG_EN].body_md, S("Text."));
    eq_int(d.text[LANG_DE_SIMPLE].title.n, 0);
    ok(!d.amounts);
}

static void says_what_is_wrong_with_a_file(void)
{
    struct guide_document d;
    ok(!parses("topic: law\n", &d, "line 1: a file begins with ---"));
    ok(!parses("---\ntopic: nothing\n" TEXT, &d, "line 2: this topic is unknown"));
    ok(!parses("---\nstated: 22.11.2026\n" TEXT, &d, "line 2: this is not a day"));
    ok(!parses("---\nauthor: me\n" TEXT, &d, "line 2: this key is unknown"));
    ok(!parses("---\ntopic: law\nstated: 2026-11-22\n" TEXT, &d,
               "line 11: topic, stated or source is missing"));
    ok(!parses(HEAD "lang: en\ntitle: T\nsummary: S.\n---\nText.\n", &d,
               "line 10: the German text is missing"));
    ok(!parses(HEAD TEXT "---\nlang: en\ntitle: T\n---\nText.\n", &d,
               "line 17: a text has title, summary and body"));
}

/* Every sentence of a file may be wrong, but its form is not: the program stands on it. */
static void the_shipped_articles_are_whole(void)
{
    size_t n = 0;
    for (const struct guide_shipped *s; (s = guide_shipped_at(n)); n++) {
        struct guide_document d;
        str why;
        bool good = guide_document_parse(&t_arena, s->text, &d, &why);
        test_check(good, str_to_c(&t_arena, s->slug), __FILE__, __LINE__);
        ok(d.text[LANG_DE].title.n && d.text[LANG_DE_SIMPLE].title.n && d.text[LANG_EN].title.n);
        ok(guide_sources_of(&t_arena, d.sources).n > 0);
        ok(d.text[LANG_DE].title.n <= 120 && d.text[LANG_DE].summary.n <= 300);
        ok(guide_shipped_find(s->slug) == s);
    }
    ok(n >= 10);
    ok(!guide_shipped_find(S("gibt-es-nicht")));
}

/* ---- sources ---- */

static void reads_sources(void)
{
    str lines = S("§ 2 SGB VII | https://www.example.org/a | 2026-01-31\n\nEin Buch\n");
    struct guide_sources s = guide_sources_of(&t_arena, lines);
    eq_int(s.n, 2);
    eq_str(s.v[0].title, S("§ 2 SGB VII"));
    eq_str(s.v[0].link.s, S("https://www.example.org/a"));
    eq_str(s.v[0].read_on, S("2026-01-31"));
    eq_int(s.v[1].link.s.n, 0);
    eq_str(guide_sources_bad(&t_arena, lines), S(""));
    eq_str(guide_sources_bad(&t_arena, S("A | javascript:x")), S("A | javascript:x"));
    eq_str(guide_sources_bad(&t_arena, S("A | | 31.1.2026")), S("A | | 31.1.2026"));
    eq_str(guide_sources_bad(&t_arena, S("A | | | b")), S("A | | | b"));
    eq_str(guide_sources_bad(&t_arena, S("| https://a.example")), S("| https://a.example"));
    str read = guide_sources_read(&t_arena, lines, S("2026-11-22"));
    eq_str(guide_sources_of(&t_arena, read).v[1].read_on, S("2026-11-22"));
    eq_str(guide_sources_of(&t_arena, read).v[0].link.s, S("https://www.example.org/a"));
}

static void a_check_is_due_a_year_later(void)
{
    eq_int(guide_year_later((struct day){ 2026, 11, 22 }).year, 2027);
    eq_int(guide_year_later((struct day){ 2028, 2, 29 }).day, 28);
}

/* ---- amounts ---- */

static struct guide_amount_row amount(const char *ref, int64_t cents, const char *from,
                                      const char *until)
{
    return (struct guide_amount_row){ .ref = str_from_c(ref),
                                      .label = str_from_c(ref),
                                      .cents = cents,
                                      .valid_from = str_from_c(from),
                                      .valid_until = str_from_c(until),
                                      .law = S("§ 1"),
                                      .web = S("") };
}

static void puts_amounts_under_their_time(void)
{
    struct guide_amount_row v[] = { amount("a", 3300, "2026-01-01", ""),
                                    amount("a", 3000, "2025-01-01", "2025-12-31"),
                                    amount("b", 960, "2026-01-01", "") };
    struct guide_amount_row_rows rows = { v, 3 };
    struct day today = { 2026, 1, 1 };
    struct guide_table t = guide_table_made(&t_arena, LANG_DE, rows, today);
    eq_int(t.period_count, 2);
    eq_int(t.line_count, 2);
    eq_str(t.periods[0].from, S("2025-01-01"));
    ok(!t.periods[0].current && t.periods[1].current);
    eq_int(t.lines[0].cents[0], 3000);
    eq_int(t.lines[0].cents[1], 3300);
    eq_int(t.lines[1].cents[0], -1);
    t = guide_table_made(&t_arena, LANG_DE, rows, (struct day){ 2025, 12, 31 });
    ok(t.periods[0].current && !t.periods[1].current);
}

static void old_periods_make_room(void)
{
    static const char *const from[] = { "2027-01-01", "2022-01-01", "2024-01-01", "2023-01-01",
                                        "2026-01-01", "2025-01-01", "2021-01-01" };
    struct guide_amount_row v[7];
    for (size_t i = 0; i < 7; i++)
        v[i] = amount("a", (int64_t)i, from[i], "");
    struct guide_table t = guide_table_made(
        &t_arena, LANG_DE, (struct guide_amount_row_rows){ v, 7 }, (struct day){ 2026, 1, 1 });
    eq_int(t.period_count, GUIDE_PERIODS);
    eq_str(t.periods[0].from, S("2024-01-01"));
    eq_str(t.periods[1].from, S("2025-01-01"));
    eq_str(t.periods[2].from, S("2026-01-01"));
    eq_str(t.periods[3].from, S("2027-01-01"));
}

static void says_periods_as_people_do(void)
{
    struct rq rq = { .arena = &t_arena, .lang = LANG_DE };
    struct guide_period p = { S("2025-01-01"), S("2025-12-31"), false };
    eq_str(guide_period_text(&rq, &p), S("2025"));
    p = (struct guide_period){ S("2026-01-01"), S(""), true };
    eq_str(guide_period_text(&rq, &p), S("seit 1. Januar 2026"));
    p.current = false;
    eq_str(guide_period_text(&rq, &p), S("ab 1. Januar 2026"));
    p = (struct guide_period){ S("2026-07-01"), S("2026-12-31"), true };
    eq_str(guide_period_text(&rq, &p), S("1. Juli 2026 bis 31. Dezember 2026"));
    eq_str(guide_money(&rq, 330000), S("3.300 Euro"));
    eq_str(guide_money(&rq, 1250), S("12,50 Euro"));
    eq_str(guide_money(&rq, -1), S("–"));
}

/* ---- finding ---- */

static struct guide_card card(const char *topic, const char *title, const char *text)
{
    return (struct guide_card){ .topic = str_from_c(topic),
                                .slug = str_from_c(title),
                                .title = str_from_c(title),
                                .title_words = guide_stems(&t_arena, str_from_c(title)),
                                .words = guide_stems(&t_arena, str_from_c(text)) };
}

static const char *first(struct guide_card_rows cards, const char *topic, const char *words)
{
    struct guide_hits h = guide_rank(&t_arena, cards, str_from_c(topic), str_from_c(words));
    return h.n ? str_to_c(&t_arena, h.v[0]->slug) : "";
}

static void finds_what_was_meant(void)
{
    struct guide_card v[] = {
        card("insurance", "Versicherung",
             "Wie bin ich im Verein versichert? Die Haftpflicht zahlt."),
        card("law", "Steuern", "Wie ist das im Verein mit dem Freibetrag? Eine Versicherung?"),
        card("people", "Angebote", "Wie findet der Verein Menschen? Ein gutes Angebot schreiben."),
    };
    struct guide_card_rows cards = { v, 3 };
    eq_str(str_from_c(first(cards, "", "Wie bin ich als Vorstand versichert?")), S("Versicherung"));
    eq_str(str_from_c(first(cards, "", "Freibeträge")), S("Steuern"));
    eq_str(str_from_c(first(cards, "", "haftpflicht")), S("Versicherung"));
    eq_str(str_from_c(first(cards, "law", "Versicherung")), S("Steuern"));
    eq_str(str_from_c(first(cards, "", "Raumschiff")), S(""));
    /* A word that all have tells nothing, unless it is all that was asked. */
    eq_int(guide_rank(&t_arena, cards, S(""), S("Verein Raumschiff")).n, 0);
    eq_int(guide_rank(&t_arena, cards, S(""), S("Verein")).n, 3);
    eq_int(guide_rank(&t_arena, cards, S("people"), S("")).n, 1);
    eq_int(guide_rank(&t_arena, cards, S(""), S("")).n, 3);
}

static void keeps_each_stem_once(void)
{
    eq_str(guide_stems(&t_arena, S("Verein, Vereine und Vereins-Haus")), S(" verein und haus "));
    eq_str(guide_stems(&t_arena, S("")), S(" "));
}

static const struct test tests[] = {
    TEST(reads_a_file),
    TEST(says_what_is_wrong_with_a_file),
    TEST(the_shipped_articles_are_whole),
    TEST(reads_sources),
    TEST(a_check_is_due_a_year_later),
    TEST(puts_amounts_under_their_time),
    TEST(old_periods_make_room),
    TEST(says_periods_as_people_do),
    TEST(finds_what_was_meant),
    TEST(keeps_each_stem_once),
};
TEST_MAIN(tests)
