/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether every reason is true: random people over the offers of a demo town, each sentence worked
 * out once more from the rows (truth.c). What the finder says is asked for inside a request, by a
 * page that only this test has; what the desk says is read from its page, of people who are stored.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/test.h"
#include "base/vec.h"
#include "feature/exchange/exchange.h"
#include "feature/person/person.h"
#include "feature/search/search.h"
#include "truth.h"
#include "world.h"

#define PEOPLE 150
#define OFFERS 10

static uint64_t seed = 88172645463325252u;
static int told, untrue;

static uint32_t any(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % n;
}

static uint32_t any_set(unsigned width, uint32_t rare)
{
    uint32_t set = 0;
    for (unsigned i = 0; i < width; i++)
        set |= (uint32_t)(any(rare) == 0) << i;
    return set;
}

static const str words[] = { STR_INIT("Garten"),  STR_INIT("Musik"),       STR_INIT("Oma"),
                             STR_INIT("Fahrrad"), STR_INIT("vorlesen"),    STR_INIT("Computer"),
                             STR_INIT("Kinder"),  STR_INIT("Hausaufgaben") };
#define WORDS (sizeof words / sizeof *words)

static struct match_profile any_person(struct rq *rq)
{
    str *said = NEW_ARRAY(rq->arena, 3, str);
    struct match_profile p = { .said = said,
                               .n_said = any(4),
                               .languages_known = any(2),
                               .levels = MATCH_LEVEL(0, 7) | MATCH_LEVEL(1, any(8)),
                               .grid = any(2) ? 0 : any_set(28, 4),
                               .hours = (uint8_t)any(6),
                               .age = (uint8_t)(any(2) ? 0 : 14 + any(40)),
                               .certificate = (int8_t)((int)any(4) - 1),
                               .access = any(2) ? 0 : any_set(6, 4),
                               .near = { any(4) > 0, 53.8 + any(1000) / 8000.0,
                                         10.6 + any(1000) / 6000.0 },
                               .reach_m = any(2) ? 0 : 2000 + any(20000),
                               .limit = OFFERS };
    for (size_t i = 0; i < p.n_said; i++)
        said[i] = words[any(WORDS)];
    for (int d = MATCH_FIELD; d <= MATCH_TARGET; d++) {
        p.like[d] = any(3) ? any_set(16, 4) : 0;
        p.rather[d] = any(2) ? any_set(16, 6) : 0;
        p.never[d] = any(3) ? 0 : any_set(16, 12);
    }
    p.like[MATCH_TIME] = any(2) ? any_set(8, 3) : 0;
    p.like[MATCH_PLACE] = any(2) ? any_set(7, 3) : 0;
    return p;
}

static void look(struct rq *rq, const struct match_profile *p, const struct match_fit *fit)
{
    struct finder_asker who = { p, S("Zuhause") };
    struct judged_offer o = { .fit = fit,
                              .card = opp_card_get(rq->db, rq->city->id, fit->id,
                                                   opportunity_fresh_since()),
                              .needs = finder_needs(rq->db, rq->city->id, fit->id) };
    if (!o.card)
        return;
    struct reasons said = finder_reasons(rq, &who, &o);
    told += (int)(said.fits.n + said.misses.n);
    untrue += truth_differs(rq, &who, opp_get(rq->db, rq->city->id, fit->id), &said);
}

static void probe(struct rq *rq)
{
    for (int i = 0; i < PEOPLE; i++) {
        struct arena_mark mark = arena_mark(rq->arena);
        struct match_profile p = any_person(rq);
        const struct match_fits *fits = search_fits(rq, &p);
        for (size_t k = 0; k < fits->n; k++)
            look(rq, &p, &fits->v[k]);
        arena_rewind(rq->arena, mark);
    }
    rq_type(rq, S("text/plain"));
    OUT(rq->out, "looked");
}

/* ---- the desk ---- */

#define STORED 25

static struct person_form any_form(struct rq *rq)
{
    struct match_profile p = any_person(rq);
    struct person_form f = { .name = S("Muster"), .lang = S("de"), .postcode = S("23552") };
    f.like_fields = p.like[MATCH_FIELD];
    f.like_kinds = p.like[MATCH_KIND];
    f.like_targets = p.like[MATCH_TARGET];
    f.rather_not_fields = p.rather[MATCH_FIELD];
    f.rather_not_kinds = p.rather[MATCH_KIND];
    f.never_targets = p.never[MATCH_TARGET];
    f.times = p.like[MATCH_TIME];
    f.place_kinds = p.like[MATCH_PLACE];
    f.grid = p.grid;
    f.hours_week = p.hours * 10;
    f.birth_year = p.age ? clock_today().year - p.age - 1 : 0;
    f.languages = p.languages_known ? S("de:native en:b1") : S("");
    f.reach_km = p.reach_m / 1000;
    f.lat = some_real(p.near.lat);
    f.lon = some_real(p.near.lon);
    for (size_t i = 0; i < p.n_said; i++)
        f.skills =
            str_fmt(&t_arena, "%.*s%s%.*s", STR_FMT(f.skills), i ? ", " : "", STR_FMT(p.said[i]));
    return f;
}

static int64_t store_person(struct product *p, int64_t town)
{
    struct tx tx;
    struct rq nobody = { .arena = &t_arena };
    struct person_form f = any_form(&nobody);
    must(tx_begin(p->app.store, &t_arena, &tx) == ERR_OK);
    int64_t id = person_new(&tx, &(struct person_arrival){ .city_id = town }, &f);
    must(tx_commit(&tx) == ERR_OK);
    return id;
}

/* The page of the desk that is to be looked at. */
static str page_of_desk;

/* The sentences behind one kind of icon in a piece of the page. */
static void read_sentences(struct rq *rq, str piece, str icon, struct sentences *s)
{
    int64_t at;
    while ((at = str_find(piece, icon)) >= 0) {
        piece = str_slice(piece, (size_t)at + icon.n, piece.n);
        int64_t end = str_find(piece, S("</li>"));
        *vec_add(rq->arena, s) = str_slice(piece, 0, end > 0 ? (size_t)end : 0);
    }
}

#define ICON(name) "t-icon--" name "\" aria-hidden=\"true\"></span>"

/* One offer of the page, from its id on. */
static void look_at_piece(struct rq *rq, const struct finder_asker *who, str piece)
{
    struct reasons said = { 0 };
    str number;
    int64_t id = 0;
    str_next(&piece, '"', &number);
    ok(str_to_i64(number, &id));
    read_sentences(rq, piece, S(ICON("tick")), &said.fits);
    read_sentences(rq, piece, S(ICON("unknown")), &said.misses);
    told += (int)(said.fits.n + said.misses.n);
    untrue += truth_differs(rq, who, opp_get(rq->db, rq->city->id, id), &said);
}

/* The wishes of a stored person, put together once more. */
static struct match_profile wishes_of(struct rq *rq, const struct person_row *p)
{
    struct match_profile m = person_profile(p, clock_today());
    str *said = NEW_ARRAY(rq->arena, MATCH_SAID, str), rest = p->skills, word;
    m.said = said;
    while (p->skills.n && str_next(&rest, ',', &word))
        said[m.n_said++] = str_trim(word);
    m.rather[MATCH_FIELD] = (uint32_t)p->rather_not_fields;
    m.rather[MATCH_KIND] = (uint32_t)p->rather_not_kinds;
    return m;
}

static void probe_desk(struct rq *rq)
{
    const str mark = S("id=\"angebot-");
    struct match_profile m = wishes_of(rq, person_find(rq->db, rq->city->id, rq_id(rq)));
    struct finder_asker who = { &m, S("23552") };
    str rest = page_of_desk;
    for (int64_t at = str_find(rest, mark); at >= 0;) {
        rest = str_slice(rest, (size_t)at + mark.n, rest.n);
        at = str_find(rest, mark);
        look_at_piece(rq, &who, at >= 0 ? str_slice(rest, 0, (size_t)at) : rest);
    }
    rq_type(rq, S("text/plain"));
    OUT(rq->out, "looked");
}

static const struct route routes[] = { GET("/probe", probe, ANYONE),
                                       GET("/probe/{id}", probe_desk, ANYONE),
                                       { 0 } };
static const struct feature probe_feature = { .name = "probe", .routes = routes };

/* One table of a demo town. */
static void import(struct product *p, int64_t town, const char *kind)
{
    struct import_report report = { 0 };
    str problem = S("");
    str path = str_fmt(&t_arena, "data/demo/luebeck/%s.csv", kind);
    str text = test_read_file(test_path(str_to_c(&t_arena, path)));
    FILE *file = fmemopen((void *)(uintptr_t)text.p, text.n, "rb");
    struct import_job job = { .app = &p->app, .city_id = town, .keep_days = true };
    job.source = (struct import_source){ file, str_slice(text, 0, IMPORT_HEAD), S(""), &t_arena };
    job.reader = import_reader_for(&job.source, str_from_c(kind), S("tandem"));
    ok(job.reader && import_alone(&job, true, &report, &problem) == ERR_OK);
    ok(report.imported > 10);
    fclose(file);
}

static void open_town(struct product *p, const struct test_store *store, int64_t *town)
{
    ok(product_open(p, store, &probe_feature));
    *town = world_town(p, "stadt", "Lübeck");
    import(p, *town, "organisations");
    import(p, *town, "opportunities");
    told = untrue = 0;
}

static void at_the_finder(struct test_store *store)
{
    struct product p;
    int64_t town;
    open_town(&p, store, &town);
    eq_int(get(&p, NULL, "/stadt/probe").status, 200);
    ok(told > 2000);
    eq_int(untrue, 0);
    printf("# %d sentences told\n", told);
    product_close(&p);
}

static void at_the_desk(struct test_store *store)
{
    struct product p;
    int64_t town;
    open_town(&p, store, &town);
    struct visitor who = product_sign_in(&p, world_account(&p, town, "counsellor", 0));
    for (int i = 0; i < STORED; i++) {
        int64_t person = store_person(&p, town);
        struct answer a = get(&p, &who, world_path("/stadt/buero/personen/{id}/passt", person));
        eq_int(a.status, 200);
        page_of_desk = a.body;
        eq_int(get(&p, NULL, world_path("/stadt/probe/{id}", person)).status, 200);
    }
    ok(told > 500);
    eq_int(untrue, 0);
    printf("# %d sentences told\n", told);
    product_close(&p);
}

static void every_reason_is_true(void)
{
    test_each_store(at_the_finder);
}

static void every_reason_is_true_at_the_desk(void)
{
    test_each_store(at_the_desk);
}

static const struct test tests[] = { TEST(every_reason_is_true),
                                     TEST(every_reason_is_true_at_the_desk) };
TEST_MAIN(tests)
