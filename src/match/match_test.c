/* SPDX-License-Identifier: EUPL-1.2 */
/* The index by examples: words, filters, facets, paging, updates. Random cases: property_test.c. */
#include "base/clock.h"
#include "base/test.h"
#include "match/compound.h"
#include "match/match.h"
#include "match/stem.h"

static struct match_words words(void)
{
    return (struct match_words){
        .parts =
            S("kinder betreuung haus aufgaben hilfe senioren besuch dienst computer\n!freiwillige"),
        .synonyms = S("omi, oma, senioren, ältere menschen\n= pc, computer\nhund > tiere"),
        .stop = S("und mit der die das von in\n~helfen"),
    };
}

static struct match_offer offer(int64_t id, str title, str body)
{
    return (struct match_offer){
        .id = id, .city = 1, .text[MATCH_TITLE] = title, .text[MATCH_BODY] = body
    };
}

static struct match *small(void)
{
    struct match_words w = words();
    struct match *m = match_new(&w);
    struct match_offer o[] = {
        offer(1, S("Betreuung von Kindern"), S("Am Nachmittag in der Gruppe")),
        offer(2, S("Kinderbetreuung"), S("Spielen und Basteln")),
        offer(3, S("Seniorinnen besuchen"), S("Gespräche führen, zuhören")),
        offer(4, S("Gärten für alle Häuser"), S("Mit Menschen, die älter sind, gärtnern")),
        offer(5, S("Computerhilfe"), S("Fragen zum Telefon beantworten")),
        offer(6, S("Tiere versorgen"), S("Kaninchen und Hühner")),
    };
    match_put(m, o, sizeof o / sizeof *o);
    return m;
}

static const struct match_result *find(struct match *m, str text)
{
    struct match_query q = { .text = text, .limit = 20, .want = MATCH_WANT_FACETS };
    return match_search(m, &t_arena, &q);
}

static bool finds(struct match *m, str text, int64_t id)
{
    const struct match_result *r = find(m, text);
    for (size_t i = 0; i < r->n; i++)
        if (r->hits[i].id == id)
            return true;
    return false;
}

static void words_have_stems(void)
{
    char a[STEM_MAX], b[STEM_MAX];
    eq_str(stem(S("haeuser"), a), stem(S("haus"), b));
    eq_str(stem(S("gaerten"), a), stem(S("garten"), b));
    eq_str(stem(S("seniorinnen"), a), stem(S("senioren"), b));
    eq_str(stem(S("betreuen"), a), stem(S("betreuung"), b));
    eq_str(stem(S("neue"), a), S("neu"));
}

static void compounds_are_taken_apart(void)
{
    struct match_words w = words();
    struct lexicon *l = lexicon_new(&w);
    struct compound c = compound_split(l, S("hausaufgabenhilfe"));
    eq_int(c.n, 3);
    eq_str(c.part[1], S("aufgab"));
    eq_int(compound_split(l, S("seniorenbesuchsdienst")).n, 3);
    eq_int(compound_split(l, S("kinder")).n, 0);
    eq_int(compound_split(l, S("freiwillige")).n, 0);
    lexicon_learn(l, S("hausaufgaben"), S("hausaufgab"));
    eq_int(compound_split(l, S("hausaufgabenhilfe")).n, 2);
    lexicon_free(l);
}

static void german_words_find_each_other(void)
{
    struct match *m = small();
    ok(finds(m, S("Kinderbetreuung"), 1));
    ok(finds(m, S("Kinder betreuen"), 2));
    ok(finds(m, S("gaerten"), 4) && finds(m, S("Garten"), 4) && finds(m, S("GÄRTEN"), 4));
    ok(finds(m, S("Omi besuchen"), 3));
    ok(finds(m, S("ältere Menschen besuchen"), 3));
    ok(finds(m, S("aeltere menschen besuchen"), 3));
    ok(finds(m, S("PC"), 5));
    ok(finds(m, S("Hund"), 6) && !finds(m, S("Tiere"), 5));
    ok(finds(m, S("Kinderbetreung"), 2));
    ok(finds(m, S("Kaninhcen"), 6));
    ok(!finds(m, S("Zahnarzt"), 1) && find(m, S("Zahnarzt"))->total == 0);
    ok(finds(m, S("mit Kindern helfen"), 1));
    match_free(m);
}

static void title_comes_before_body(void)
{
    struct match_words w = words();
    struct match *m = match_new(&w);
    struct match_offer o[] = { offer(1, S("Verein"), S("Garten")),
                               offer(2, S("Garten"), S("Verein")) };
    match_put(m, o, 2);
    const struct match_result *r = find(m, S("garten"));
    eq_int(r->total, 2);
    eq_int(r->hits[0].id, 2);
    ok(r->hits[0].score > r->hits[1].score);
    match_free(m);
}

static void typing_is_a_prefix(void)
{
    struct match *m = small();
    struct match_query q = { .text = S("kinderbe"), .limit = 20, .want = MATCH_WANT_PREFIX };
    const struct match_result *r = match_search(m, &t_arena, &q);
    eq_int(r->total, 2);
    eq_int(r->hits[0].id, 2);
    eq_int(r->hits[1].id, 1); /* what it becomes is answered by its parts, too */
    match_free(m);
}

static void facets_ignore_their_own_choice(void)
{
    struct match_words w = words();
    struct match *m = match_new(&w);
    struct match_offer o[3] = { offer(1, S("a"), S("")), offer(2, S("b"), S("")),
                                offer(3, S("c"), S("")) };
    for (uint32_t i = 0; i < 3; i++) {
        o[i].dim[MATCH_FIELD] = 1u << i;
        o[i].dim[MATCH_KIND] = i ? 2 : 1;
        o[i].grid = 1u << (i * MATCH_PARTS); /* Monday, Tuesday, Wednesday morning */
    }
    match_put(m, o, 3);
    struct match_query q = { .limit = 9, .want = MATCH_WANT_FACETS | MATCH_WANT_LOOSEN };
    q.dim[MATCH_FIELD].any = 1 | 2;
    q.dim[MATCH_KIND].any = 2;
    q.days = 2 | 4;
    const struct match_result *r = match_search(m, &t_arena, &q);
    eq_int(r->total, 1);
    eq_int(r->facets->dim[MATCH_FIELD][1], 1);
    eq_int(r->facets->dim[MATCH_FIELD][2], 1);
    eq_int(r->facets->dim[MATCH_FIELD][0], 0);
    eq_int(r->facets->dim[MATCH_KIND][0], 0);
    eq_int(r->facets->days[1], 1);
    eq_int(r->facets->days[0], 0);
    eq_int(r->facets->parts[0], 1);
    eq_int(r->loosen[MATCH_FIELD], 2);
    eq_int(r->loosen[MATCH_KIND], 1);
    ok(r->loosen[MATCH_TIME] == UINT32_MAX);
    q.dim[MATCH_KIND].any = 0;
    q.days = 0;
    q.dim[MATCH_FIELD] = (struct match_filter){ .none = 1 };
    eq_int(match_search(m, &t_arena, &q)->total, 2);
    q.dim[MATCH_TARGET].any = 1u << 20; /* no such value: nothing has it */
    eq_int(match_search(m, &t_arena, &q)->total, 0);
    match_free(m);
}

static void radius_and_distance(void)
{
    struct match_words w = words();
    struct match *m = match_new(&w);
    struct match_offer o[3] = { offer(1, S("Lübeck"), S("")), offer(2, S("Hamburg"), S("")),
                                offer(3, S("nirgends"), S("")) };
    o[0].point = (struct match_point){ true, 53.8655, 10.6866 };
    o[1].point = (struct match_point){ true, 53.5511, 9.9937 };
    match_put(m, o, 3);
    struct match_query q = { .near = { true, 53.86, 10.68 }, .radius_m = 10000, .limit = 9 };
    const struct match_result *r = match_search(m, &t_arena, &q);
    eq_int(r->total, 1);
    ok(r->hits[0].distance_m > 700 && r->hits[0].distance_m < 760);
    q.radius_m = 0;
    q.sort = MATCH_DISTANCE;
    r = match_search(m, &t_arena, &q);
    eq_int(r->total, 3);
    eq_int(r->hits[1].id, 2);
    ok(r->hits[1].distance_m > 56000 && r->hits[1].distance_m < 58000);
    ok(r->hits[2].distance_m == MATCH_NOWHERE);
    match_free(m);
}

static void fresh_before_stale(void)
{
    struct match_words w = words();
    struct match *m = match_new(&w);
    struct match_offer o[2] = { offer(1, S("Garten"), S("")), offer(2, S("Garten"), S("")) };
    int64_t today = day_number((struct day){ 2026, 11, 22 });
    o[0].confirmed = today - 80;
    o[1].confirmed = today - 3;
    match_put(m, o, 2);
    struct match_query q = { .text = S("garten"), .today = today, .limit = 9 };
    eq_int(match_search(m, &t_arena, &q)->hits[0].id, 2);
    match_free(m);
}

static void pages_do_not_overlap(void)
{
    struct match_words w = words();
    struct match *m = match_new(&w);
    for (int64_t i = 1; i <= 45; i++) {
        struct match_offer o = offer((i * 7) % 45 + 1, S("Garten"), S(""));
        match_put(m, &o, 1);
    }
    int64_t next = 1;
    for (uint32_t page = 0; page < 5; page++) {
        struct match_query q = { .text = S("garten"), .offset = page * 10, .limit = 10 };
        const struct match_result *r = match_search(m, &t_arena, &q);
        eq_int(r->total, 45);
        eq_int(r->n, page < 4 ? 10 : 5);
        for (size_t i = 0; i < r->n; i++)
            if (r->hits[i].id != next++)
                ok(!"ids in order");
    }
    eq_int(next, 46);
    match_free(m);
}

/* More than a search remembers while it counts words (KEPT_MOST of query.c). */
static void many_answers(void)
{
    struct match *m = small();
    struct match_load *l = match_load_new(m);
    for (int64_t id = 1; id <= 5000; id++) {
        struct match_offer o = offer(id, S("Kindern vorlesen"), S(""));
        o.dim[MATCH_FIELD] = 1u << (id % 4);
        match_load_add(l, &o);
    }
    match_load_end(l);
    struct match_query q = { .text = S("Kinder vorlesen"), .limit = 20, .want = MATCH_WANT_FACETS };
    const struct match_result *r = match_search(m, &t_arena, &q);
    eq_int(r->total, 5000);
    eq_int(r->words_required, 2);
    eq_int(r->hits[19].id, 20);
    eq_int(r->facets->dim[MATCH_FIELD][3], 1250);
    match_free(m);
}

static void changes_are_seen(void)
{
    struct match *m = small();
    struct match_offer o = offer(2, S("Kaninchen streicheln"), S(""));
    match_put(m, &o, 1);
    ok(finds(m, S("Kaninchen"), 2) && !finds(m, S("Kinderbetreuung"), 2));
    match_erase(m, (int64_t[]){ 2, 99 }, 2);
    ok(!finds(m, S("Kaninchen"), 2));
    eq_int(match_stats(m).offers, 5);
    match_compact(m);
    eq_int(match_stats(m).parts, 1);
    ok(finds(m, S("Omi"), 3));
    match_erase(m, (int64_t[]){ 1, 3, 4, 5, 6 }, 5);
    eq_int(find(m, S(""))->total, 0);
    match_free(m);
}

static const struct match_spans *marks(struct match *m, str query, const str *texts, size_t n)
{
    struct match_query q = { .text = query, .want = MATCH_WANT_TERMS };
    return match_highlight(m, &t_arena, match_search(m, &t_arena, &q)->terms, texts, n);
}

/* Stems have no umlauts, words do. */
static const struct match_reason *reason_of(const struct match_verdict *v, enum match_criterion c)
{
    for (size_t i = 0; i < v->fit.n_reasons; i++)
        if (v->fit.reasons[i].criterion == c)
            return &v->fit.reasons[i];
    return NULL;
}

/* What a person says is looked for entry by entry; what only touches on it is not named. */
static void own_words_are_judged(void)
{
    struct match *m = small();
    str aside = S("Im Saal steht ein Klavier.");
    for (int i = 0; i < 500; i++)
        aside = str_join(&t_arena, aside, S(" Stühle"));
    struct match_offer more[] = { offer(7, S("Klavier"), S("")), offer(8, S("Saal"), aside) };
    const str said[] = { S("Klavier"), S("und"), S("Fragen beantworten") };
    const int64_t ids[] = { 7, 8, 5, 3, 99 };
    match_put(m, more, 2);
    struct match_profile p = { .certificate = -1, .said = said, .n_said = 3 };
    const struct match_verdict *v = match_judge(m, &t_arena, &p, ids, 5);
    const struct match_reason *title = reason_of(&v[0], MATCH_C_SAID);
    const struct match_reason *body = reason_of(&v[1], MATCH_C_SAID);
    const struct match_reason *questions = reason_of(&v[2], MATCH_C_SAID);
    ok(title && title->detail == 1 && title->missing == 4); /* "und" asks for nothing */
    ok(body && !body->detail && body->grade > 0 && body->grade < title->grade);
    ok(questions && questions->detail == 4);
    ok(reason_of(&v[3], MATCH_C_SAID)->grade == 0);
    ok(v[3].known && v[3].excluded == 1u << MATCH_H_FULL); /* nobody is wanted */
    ok(!v[4].known && v[4].fit.id == 99);
    match_free(m);
}

static void rather_not_counts_and_excludes_nothing(void)
{
    struct match *m = small();
    struct match_offer o = offer(7, S("Basar"), S(""));
    o.wanted = 1;
    o.dim[MATCH_FIELD] = 2;
    match_put(m, &o, 1);
    struct match_profile p = { .certificate = -1, .limit = 5 };
    p.rather[MATCH_FIELD] = 2;
    const struct match_fits *fits = match_profile(m, &t_arena, &p);
    eq_int(fits->total, 1);
    eq_int(fits->v[0].reasons[0].criterion, MATCH_C_RATHER);
    eq_int(fits->v[0].reasons[0].detail, 1u << MATCH_FIELD);
    eq_int(fits->v[0].score, 0);
    p.rather[MATCH_FIELD] = 4;
    eq_int(match_profile(m, &t_arena, &p)->v[0].score, MATCH_SCORE_MAX);
    match_free(m);
}

static void marks_umlauts(void)
{
    struct match *m = small();
    str texts[] = { S("GÄRTEN, Gaerten und der Garten"), S("Bärte, Kräuter, Gassen") };
    const struct match_spans *s = marks(m, S("Garten"), texts, 2);
    eq_int(s[0].n, 3);
    eq_int(s[1].n, 0);
    match_free(m);
}

/* What a text came to is asked for again: the same marks, until something changes. */
static void texts_are_remembered(void)
{
    struct match *m = small();
    str texts[] = { S("GÄRTEN, Gaerten und der Garten"), S("Bärte, Kräuter, Gassen") };
    match_remember(m, 1 << 20);
    for (int i = 0; i < 2; i++) {
        eq_int(marks(m, S("Garten"), texts, 2)[0].n, 3);
        ok(!finds(m, S("Kaninchen"), 2));
    }
    struct match_offer o = offer(2, S("Kaninchen streicheln"), S(""));
    match_put(m, &o, 1);
    ok(finds(m, S("Kaninchen"), 2));
    struct match_own *own = match_own_new(m, S("= Mümmler, Kaninchen"));
    struct match_query q = { .text = S("Mümmler"), .limit = 1 };
    eq_int(match_search(m, &t_arena, &q)->total, 0);
    q.own = own;
    eq_int(match_search(m, &t_arena, &q)->hits[0].id, 2);
    match_own_free(own);
    match_free(m);
}

static void marks_what_was_found(void)
{
    struct match *m = small();
    str text = S("Für Kinder: „Kinderbetreuung“ im Hort");
    str texts[] = { text, S("Der Hort sucht Hilfe"), S("mit KINDERN") };
    const struct match_spans *s = marks(m, S("kind"), texts, 3);
    eq_int(s[0].n, 2);
    eq_str(str_slice(text, s[0].v[0].from, s[0].v[0].to), S("Kinder"));
    eq_str(str_slice(text, s[0].v[1].from, s[0].v[1].to), S("Kinderbetreuung"));
    eq_int(s[1].n, 0);
    eq_int(s[2].n, 1);
    match_free(m);
}

static const struct test tests[] = {
    TEST(words_have_stems),
    TEST(compounds_are_taken_apart),
    TEST(german_words_find_each_other),
    TEST(title_comes_before_body),
    TEST(typing_is_a_prefix),
    TEST(facets_ignore_their_own_choice),
    TEST(radius_and_distance),
    TEST(fresh_before_stale),
    TEST(pages_do_not_overlap),
    TEST(many_answers),
    TEST(texts_are_remembered),
    TEST(changes_are_seen),
    TEST(marks_what_was_found),
    TEST(marks_umlauts),
    TEST(own_words_are_judged),
    TEST(rather_not_counts_and_excludes_nothing),
};
TEST_MAIN(tests)
