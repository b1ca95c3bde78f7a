/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * `tandem bench germany`: everyone's ten best offers, for a region and for the country. Texts do
 * not count here, and offers without a place are left out.
 */
#include "base/arena.h"
#include "bench/bench.h"
#include "bench/maker.h"
#include "bench/timing.h"

#define OFFERS_EACH  10
#define RADIUS       20000 /* of who does not say how far they get */
#define THREADS_MOST 64
#define PEOPLE_MOST  INT64_C(100000000)
#define OFFERS_MOST  INT64_C(10000000)

/* A box on the map; what is made outside is left out. */
struct region {
    const char *name;
    double south, west, north, east;
    int64_t people, offers;
};

/* The Ruhr, one in seventeen of all; and everything. */
static const struct region ruhr = { "region (Ruhr)", 51.25, 6.4, 51.75, 7.75, 100000, 20000 };
static const struct region germany = { "Germany", 0, 0, 90, 90, 29000000, 600000 };

struct run {
    const struct maker *maker;
    const struct region *region;
    struct arena *arena;
    struct match *match;
    struct people *people;
    uint64_t persons, hits, sum; /* of the batch; the sum is the same in any order */
};

static bool within(const struct region *r, const struct match_point *p)
{
    return p->known && p->lat >= r->south && p->lat < r->north && p->lon >= r->west &&
           p->lon < r->east;
}

static void load_offers(struct run *r)
{
    struct match_load *load = match_load_new(r->match);
    struct arena a;
    arena_init(&a, 0);
    for (int64_t number = 1, n = 0; n < r->region->offers; number++) {
        struct arena_mark mark = arena_mark(&a);
        struct made_offer o;
        maker_offer(r->maker, &a, number, &o);
        for (int k = 0; k < MATCH_PIECES; k++)
            o.m.text[k] = S("");
        if (within(r->region, &o.m.point)) {
            match_load_add(load, &o.m);
            n++;
        }
        arena_rewind(&a, mark);
    }
    match_load_end(load);
    arena_free(&a);
}

static void load_people(struct run *r)
{
    struct people_load *load = people_load_new(r->people);
    for (int64_t number = 1, n = 0; n < r->region->people; number++) {
        struct person p;
        maker_person(r->maker, number, &p, NULL);
        if (within(r->region, &p.profile.near)) {
            people_load_add(load, &p);
            n++;
        }
    }
    people_load_end(load);
}

static void take(void *ctx, const struct batch_row *rows, size_t n)
{
    struct run *r = ctx;
    for (size_t i = 0; i < n; i++) {
        r->persons++;
        r->hits += rows[i].n;
        for (uint16_t k = 0; k < rows[i].n; k++)
            r->sum += (uint64_t)rows[i].person * UINT64_C(0x9E3779B97F4A7C15) ^
                      ((uint64_t)rows[i].hit[k].id * 1000003 + rows[i].hit[k].score) * (k + 1u);
    }
}

static void run(struct run *r, unsigned threads)
{
    const struct region *region = r->region;
    struct match_words words = match_words_default();
    printf("\n### %s: %lld people × %lld offers, %u threads\n%.*s\n\n", region->name,
           (long long)region->people, (long long)region->offers, threads,
           STR_FMT(timing_machine(r->arena)));
    fflush(stdout);
    int64_t begun = timing_now();
    r->match = match_new(&words);
    r->people = people_new();
    load_offers(r);
    load_people(r);
    int64_t made = timing_now() - begun;
    struct batch_query q = { .limit = OFFERS_EACH,
                             .radius_m = RADIUS,
                             .today = MAKER_TODAY,
                             .threads = threads,
                             .take = take,
                             .ctx = r };
    begun = timing_now();
    int64_t cpu = timing_cpu();
    batch_run(r->people, r->match, &q);
    int64_t ns = timing_now() - begun;
    cpu = timing_cpu() - cpu;
    size_t bytes = match_stats(r->match).bytes + people_stats(r->people).bytes;
    printf("| making and loading | %.*s |\n|---|---:|\n", STR_FMT(timing_fmt(r->arena, made)));
    printf("| everyone's ten best | %.*s |\n", STR_FMT(timing_fmt(r->arena, ns)));
    printf("| processor time of it | %.*s |\n", STR_FMT(timing_fmt(r->arena, cpu)));
    printf("| people a second and core | %.0f |\n",
           (double)r->persons * 1e9 / (double)(cpu ? cpu : 1));
    printf("| offers found, each | %.1f |\n", (double)r->hits / (double)r->persons);
    printf("| both indexes | %.*s |\n", STR_FMT(timing_fmt_bytes(r->arena, (int64_t)bytes)));
    printf("| resident at most | %.*s |\n",
           STR_FMT(timing_fmt_bytes(r->arena, timing_resident_most())));
    printf("| sum of the answers | %016llx |\n", (unsigned long long)r->sum);
    match_free(r->match);
    people_free(r->people);
    fflush(stdout);
}

int bench_germany(struct cli *cli)
{
    struct region chosen = germany;
    int64_t threads = 2, seed = MAKER_SEED;
    bool people = false, offers = false;
    cli_option(cli, "people", &people);
    cli_option(cli, "offers", &offers);
    if (!bench_number(cli, "people", &chosen.people, PEOPLE_MOST) ||
        !bench_number(cli, "offers", &chosen.offers, OFFERS_MOST) ||
        !bench_number(cli, "threads", &threads, THREADS_MOST) ||
        !bench_number(cli, "seed", &seed, INT64_MAX) || !chosen.people || !chosen.offers)
        return CLI_USAGE;
    const struct maker *maker = maker_new(cli->arena, (uint64_t)seed, MAKER_TODAY);
    struct run region = { .maker = maker, .region = &ruhr, .arena = cli->arena };
    struct run country = { .maker = maker, .region = &chosen, .arena = cli->arena };
    if (!people && !offers)
        run(&region, (unsigned)threads);
    run(&country, (unsigned)threads);
    return CLI_DONE;
}
