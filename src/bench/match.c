/* SPDX-License-Identifier: EUPL-1.2 */
/* `tandem bench match`: who fits an offer, among made people of several numbers. */
#include "base/arena.h"
#include "bench/bench.h"
#include "bench/maker.h"
#include "bench/timing.h"

#define SIZES_MOST 8
#define PEOPLE     20 /* asked for */
#define RADIUS     50000
#define ASKED_NS   20000000000 /* slow questions are asked less often */

struct world {
    const struct maker *maker;
    struct people *people;
    int64_t n;
    struct arena *arena; /* of the run */
    struct arena *a;     /* of one question */
};

/* People are made on the way; the processor time for that is left out. */
static void fill(struct world *w)
{
    struct people_load *load = people_load_new(w->people);
    int64_t cpu = timing_cpu(), making = 0;
    for (int64_t i = 1; i <= w->n; i++) {
        struct person p;
        int64_t from = timing_cpu_thread();
        maker_person(w->maker, i, &p, NULL);
        making += timing_cpu_thread() - from;
        people_load_add(load, &p);
    }
    people_load_end(load);
    cpu = timing_cpu() - cpu - making;
    struct people_stats s = people_stats(w->people);
    printf("\nBuilt in %.*s of processor time, %.0f people a second and core; %.*s, %.0f bytes a "
           "person.\n",
           STR_FMT(timing_fmt(w->arena, cpu)), (double)w->n * 1e9 / (double)(cpu ? cpu : 1),
           STR_FMT(timing_fmt_bytes(w->arena, (int64_t)s.bytes)), (double)s.bytes / (double)w->n);
}

/* An offer that is somewhere, or nowhere: at home, in the whole area. */
static void some_offer(struct world *w, int64_t number, bool somewhere, struct made_offer *o)
{
    number *= 100;
    do
        maker_offer(w->maker, w->a, ++number, o);
    while (o->m.point.known != somewhere);
}

static int64_t find(struct world *w, const struct made_offer *o, uint32_t radius, bool count)
{
    struct people_query q = {
        .offer = &o->m, .radius_m = radius, .today = MAKER_TODAY, .count = count, .limit = PEOPLE
    };
    int64_t from = timing_now();
    people_find(w->people, w->a, &q);
    return timing_now() - from;
}

static int64_t ask_radius(struct world *w, int64_t number)
{
    struct made_offer o;
    some_offer(w, number, true, &o);
    return find(w, &o, RADIUS, false);
}

static int64_t ask_radius_count(struct world *w, int64_t number)
{
    struct made_offer o;
    some_offer(w, number, true, &o);
    return find(w, &o, RADIUS, true);
}

static int64_t ask_reach(struct world *w, int64_t number)
{
    struct made_offer o;
    some_offer(w, number, true, &o);
    return find(w, &o, 0, false);
}

static int64_t ask_nowhere(struct world *w, int64_t number)
{
    struct made_offer o;
    some_offer(w, number, false, &o);
    return find(w, &o, 0, false);
}

static int64_t put_one(struct world *w, int64_t number)
{
    struct person p;
    maker_person(w->maker, 1 + number * 7919 % w->n, &p, NULL);
    p.confirmed = MAKER_TODAY;
    int64_t from = timing_now();
    people_put(w->people, &p, 1);
    return timing_now() - from;
}

static const struct {
    const char *name;
    int64_t (*ask)(struct world *w, int64_t number);
} questions[] = {
    { "offer → 20 people within 50 km, with reasons", ask_radius },
    { "the same, and how many there are", ask_radius_count },
    { "offer → 20 people, as far as each of them gets", ask_reach },
    { "offer without a place → 20 people of the whole country", ask_nowhere },
    { "put one person", put_one },
};

/* The first pass ends when its time is over; the others ask the same questions again. */
static void measure(struct world *w, size_t kind, size_t most)
{
    struct arena_mark all = arena_mark(w->arena);
    struct timing t = timing_new(w->arena, most);
    for (int pass = 0; pass < TIMING_PASSES; pass++) {
        int64_t begun = timing_now();
        size_t n = pass ? t.n : most;
        for (size_t i = 0; i < n && (pass || timing_now() - begun < ASKED_NS); i++) {
            struct arena_mark mark = arena_mark(w->a);
            timing_keep(&t, i, questions[kind].ask(w, (int64_t)i + 1));
            arena_rewind(w->a, mark);
        }
    }
    printf("| %s | %.*s | %.*s |\n", questions[kind].name,
           STR_FMT(timing_fmt(w->arena, timing_percentile(&t, 50))),
           STR_FMT(timing_fmt(w->arena, timing_percentile(&t, 99))));
    arena_rewind(w->arena, all);
}

static void run(struct world *w, size_t most)
{
    printf("\n### %lld people\n%.*s\n", (long long)w->n, STR_FMT(timing_machine(w->arena)));
    w->people = people_new();
    fill(w);
    printf("\n| | p50 | p99 |\n|---|---:|---:|\n");
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        measure(w, i, most);
    size_t bytes = people_stats(w->people).bytes;
    int64_t limit = timing_plain_read(bytes);
    printf("| the limit: a plain read of it all | %.*s | %.1f GB/s |\n",
           STR_FMT(timing_fmt(w->arena, limit)), (double)bytes / (double)(limit ? limit : 1));
    printf("\nResident now %.*s, at most %.*s.\n",
           STR_FMT(timing_fmt_bytes(w->arena, timing_resident())),
           STR_FMT(timing_fmt_bytes(w->arena, timing_resident_most())));
    people_free(w->people);
    fflush(stdout);
}

int bench_match(struct cli *cli)
{
    int64_t sizes[SIZES_MOST] = { 100000, 1000000, 10000000 };
    int64_t asked = 1000, seed = MAKER_SEED;
    size_t n = 3;
    if (!bench_sizes(cli, "people", sizes, &n) || !bench_number(cli, "seed", &seed, INT64_MAX) ||
        !bench_number(cli, "questions", &asked, 100000))
        return CLI_USAGE;
    struct arena a;
    arena_init(&a, 0);
    struct world w = { .maker = maker_new(cli->arena, (uint64_t)seed, MAKER_TODAY),
                       .arena = cli->arena,
                       .a = &a };
    for (size_t i = 0; i < n; i++) {
        w.n = sizes[i];
        run(&w, (size_t)asked);
    }
    arena_free(&a);
    return CLI_DONE;
}
