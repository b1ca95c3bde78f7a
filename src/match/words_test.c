/* SPDX-License-Identifier: EUPL-1.2 */
/* Rules of language by example, one test each, with tables of their own. */
#include "base/test.h"
#include "match/lexicon.h"
#include "match/match.h"

/* An index over titles only; ids count from 1. */
static struct match *index_of(struct match_words w, const str *titles, size_t n)
{
    struct match *m = match_new(&w);
    struct match_offer *o = NEW_ARRAY(&t_arena, n, struct match_offer);
    for (size_t i = 0; i < n; i++)
        o[i] = (struct match_offer){ .id = (int64_t)i + 1, .text[MATCH_TITLE] = titles[i] };
    match_put(m, o, n);
    return m;
}

static const struct match_result *ask(struct match *m, str text, unsigned want)
{
    struct match_query q = { .text = text, .limit = 50, .want = want };
    return match_search(m, &t_arena, &q);
}

static bool has(const struct match_result *r, int64_t id)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->hits[i].id == id)
            return true;
    return false;
}

static bool finds(struct match *m, str text, int64_t id)
{
    return has(ask(m, text, 0), id);
}

static bool finds_only(struct match *m, str text, int64_t id)
{
    const struct match_result *r = ask(m, text, 0);
    return r->total == 1 && r->hits[0].id == id;
}

static void a_phrase_may_have_stop_words(void)
{
    const str titles[] = { S("Kinderbetreuung"), S("Obdachlose"), S("Straßenmusik Straße") };
    struct match_words w = { .stop = S("auf die der"),
                             .synonyms = S("auf Kinder aufpassen > Kinderbetreuung\n"
                                           "auf der Straße > Obdachlose") };
    struct match *m = index_of(w, titles, 3);
    ok(finds_only(m, S("auf Kinder aufpassen"), 1));
    ok(finds_only(m, S("auf die Kinder aufpassen"), 1));
    ok(finds_only(m, S("Kinder aufpassen"), 1));
    /* One word that speaks is no phrase: its stop words must be there. */
    ok(finds(m, S("auf der Straße"), 2));
    ok(!finds(m, S("Straße"), 2));
    match_free(m);
}

static void a_phrase_is_known_by_equals_of_its_words(void)
{
    const str titles[] = { S("Gassi"), S("Ausführen"), S("Dackel") };
    struct match_words w = { .synonyms = S("= Hund, Köter\nHund, Dackel\n"
                                           "Hund ausführen > Gassi") };
    struct match *m = index_of(w, titles, 3);
    ok(finds(m, S("Hund ausführen"), 1));
    ok(finds(m, S("Köter ausführen"), 1));
    ok(!finds(m, S("Dackel ausführen"), 1)); /* alike is not the same */
    ok(!finds(m, S("Köter"), 1));
    match_free(m);
}

static void the_same_thing_may_mean_the_same(void)
{
    const str titles[] = { S("Senioren"), S("Heim"), S("Besuch") };
    struct match_words before = { .synonyms = S("= Omma, Oma\nOma > Senioren\nSenioren > Heim") };
    struct match_words behind = { .synonyms = S("Senioren > Heim\nOma > Senioren\n= Omma, Oma") };
    const struct match_words *tables[] = { &before, &behind };
    for (size_t i = 0; i < 2; i++) {
        struct match *m = index_of(*tables[i], titles, 3);
        ok(finds_only(m, S("Oma"), 1));
        ok(finds_only(m, S("Omma"), 1)); /* … and no step further */
        match_free(m);
    }
}

static void a_mute_word_counts_in_compounds(void)
{
    const str titles[] = { S("Verein sucht Hilfe"), S("Suchthilfe"), S("Drogenberatung Drogen") };
    struct match_words w = { .stop = S("^sucht"),
                             .parts = S("sucht hilfe"),
                             .synonyms = S("= Sucht, Drogen") };
    struct match *m = index_of(w, titles, 3);
    ok(!finds(m, S("Sucht"), 1));
    ok(finds(m, S("Sucht"), 2));
    ok(finds(m, S("Sucht"), 3));
    ok(finds(m, S("Hilfe"), 1));
    match_free(m);
}

static void what_is_typed_becomes_a_word(void)
{
    const str titles[] = { S("Flüchtlinge"), S("Geflüchtete"), S("Flüsterpost") };
    struct match_words w = { .synonyms = S("= Flüchtlinge, Geflüchtete") };
    struct match *m = index_of(w, titles, 3);
    const struct match_result *r = ask(m, S("Flüchtl"), MATCH_WANT_PREFIX);
    ok(has(r, 1) && has(r, 2) && !has(r, 3));
    eq_int(r->hits[0].id, 1);
    ok(has(ask(m, S("flüs"), MATCH_WANT_PREFIX), 3));
    match_free(m);
}

static void a_completion_makes_phrases_and_pairs(void)
{
    const str titles[] = { S("Kinderbetreuung"), S("Betrieb"), S("Betreuung"), S("Babysitten") };
    struct match_words w = { .parts = S("kinder betreuung"),
                             .synonyms = S("Kinder betreuen > Babysitten") };
    struct match *m = index_of(w, titles, 4);
    const struct match_result *r = ask(m, S("Kinder betreu"), MATCH_WANT_PREFIX);
    ok(has(r, 1) && has(r, 4) && !has(r, 2));
    match_free(m);
}

static void a_slip_leaves_a_word_as_it_begins(void)
{
    const str titles[] = { S("Fohlen"), S("Computer"), S("Garten"),
                           S("stehen"), S("backen"),   S("Fisch") };
    struct match *m = index_of((struct match_words){ 0 }, titles, 6);
    ok(finds(m, S("Fohlem"), 1));
    ok(!finds(m, S("Kohle"), 1)); /* another word */
    ok(finds(m, S("Fitsch"), 6));
    ok(!finds(m, S("Tisch"), 6));   /* so is one of five letters */
    ok(finds(m, S("Komputer"), 2)); /* a long one may have nothing else that it could be */
    ok(finds(m, S("Gartne"), 3));
    ok(!finds(m, S("stechen"), 4)); /* a short word with a letter less is another one */
    ok(finds(m, S("bakcen"), 5));   /* two that changed places are a slip */
    match_free(m);
}

static void an_umlaut_may_make_another_word(void)
{
    const str titles[] = { S("Kuchen"), S("Küche"), S("Garten"), S("Gärten"), S("Zahlen") };
    struct match *m = index_of((struct match_words){ 0 }, titles, 5);
    ok(finds_only(m, S("Kuchen"), 1));
    ok(finds_only(m, S("Küchen"), 2));
    ok(finds_only(m, S("kuechen"), 2));
    ok(finds(m, S("Gärten"), 3) && finds(m, S("Garten"), 4));
    ok(!finds(m, S("zählen"), 5));
    match_free(m);
}

/* Thirty offers say Klönen in their text, twice as many Gespräch in their title, three times. */
static void suggestions_step_back_behind_a_page(void)
{
    struct match_offer o[100] = { 0 };
    struct match_words w = { .synonyms = S("Klönen > Gespräch") };
    struct match *m = match_new(&w);
    for (size_t i = 0; i < 100; i++) {
        o[i].id = (int64_t)i + 1;
        o[i].text[MATCH_TITLE] = i < 30   ? S("Nachmittag")
                                 : i < 90 ? S("Gespräch Gespräch Gespräch")
                                          : S("Garten");
        o[i].text[MATCH_BODY] = i < 30 ? S("Für alle zum Klönen und mehr im Haus") : S("");
    }
    match_put(m, o, 100);
    const struct match_result *r = ask(m, S("Klönen"), 0);
    eq_int(r->total, 90);
    for (size_t i = 0; i < 30; i++)
        ok(r->hits[i].id <= 30);
    match_free(m);
}

static void a_town_has_words_of_its_own(void)
{
    const str titles[] = { S("Leihoma"), S("Wunschoma"), S("Senioren") };
    struct match_words w = { .stop = S("die der"),
                             .synonyms = S("= Leihoma, Wunschoma\nOma > Senioren") };
    struct match *m = index_of(w, titles, 3);
    struct match_own *own = match_own_new(m, S("= Kiezoma, Leihoma\nMuddi > Oma\n= Omsen, Oma"));
    struct match_query q = { .text = S("Kiezoma"), .limit = 9, .own = own };
    const struct match_result *r = match_search(m, &t_arena, &q);
    ok(has(r, 1) && has(r, 2) && r->hits[0].id == 1);
    q.text = S("Omsen"); /* inherits from a shipped word */
    ok(has(match_search(m, &t_arena, &q), 3));
    q.text = S("Leihoma"); /* the shipped lines still count */
    ok(has(match_search(m, &t_arena, &q), 2));
    ok(!finds(m, S("Kiezoma"), 1)); /* other towns do not know it */
    ok(match_speaks(m, &t_arena, S("die Kiezoma")) && !match_speaks(m, &t_arena, S("die, der")));
    match_own_free(own);
    match_free(m);
}

/* What the shipped tables must know, by one example of each kind. */
static void the_shipped_tables_hold(void)
{
    const str titles[] = { S("Senioren besuchen"), S("Gassi gehen mit Hunden"),
                           S("Kinderbetreuung"), S("Feste planen"), S("Suchtberatung") };
    struct match *m = index_of(match_words_default(), titles, 5);
    ok(finds_only(m, S("Omma besuchen"), 1));
    ok(finds_only(m, S("Köter ausführen"), 2));
    ok(finds_only(m, S("auf Blagen aufpassen"), 3));
    eq_int(ask(m, S("Hochzeitsreise planen"), 0)->total, 0); /* a soft word is not enough */
    ok(finds_only(m, S("Sucht"), 5));
    match_free(m);
}

static const struct test tests[] = {
    TEST(a_phrase_may_have_stop_words),
    TEST(a_phrase_is_known_by_equals_of_its_words),
    TEST(the_same_thing_may_mean_the_same),
    TEST(a_mute_word_counts_in_compounds),
    TEST(what_is_typed_becomes_a_word),
    TEST(a_completion_makes_phrases_and_pairs),
    TEST(a_slip_leaves_a_word_as_it_begins),
    TEST(an_umlaut_may_make_another_word),
    TEST(suggestions_step_back_behind_a_page),
    TEST(a_town_has_words_of_its_own),
    TEST(the_shipped_tables_hold),
};
TEST_MAIN(tests)
