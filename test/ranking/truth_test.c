/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether every reason is true: random people over the offers of a demo town, each sentence worked
 * out once more from the rows (truth.c). Inside a request, by a page that only this test has.
 */
#include <stdio.h>

#include "base/test.h"
#include "feature/exchange/exchange.h"
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

static const struct route routes[] = { GET("/probe", probe, ANYONE), { 0 } };
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

static void run(struct test_store *store)
{
    struct product p;
    ok(product_open(&p, store, &probe_feature));
    int64_t town = world_town(&p, "stadt", "Lübeck");
    import(&p, town, "organisations");
    import(&p, town, "opportunities");
    told = untrue = 0;
    struct answer a = get(&p, NULL, "/stadt/probe");
    eq_int(a.status, 200);
    ok(told > 2000);
    eq_int(untrue, 0);
    printf("# %d sentences told\n", told);
    product_close(&p);
}

static void every_reason_is_true(void)
{
    test_each_store(run);
}

static const struct test tests[] = { TEST(every_reason_is_true) };
TEST_MAIN(tests)
