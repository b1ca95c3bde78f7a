/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * `tandem bench search`: the index and the databases side by side, over the same made offers, with
 * the same questions, in the same run; their answers are compared.
 */
#include "bench/search.h"

#include <unistd.h>

#include "base/arena.h"
#include "bench/bench.h"

#define SIZES_MOST    8
#define SECONDS_USUAL 10 /* that one pass over one kind of question takes a peer */
#define ASKED_LEAST   10 /* times, however long it takes */

static const char *const question_names[PEER_QUESTIONS] = {
    "word + field + 10 km + weekdays + open, facets",
    "field + 10 km + weekdays + open, facets",
    "one or two words, everywhere, facets",
    "one or two words, everywhere",
    "one or two words, everywhere, each its own rank",
};

const char *search_question(enum peer_question kind)
{
    return question_names[kind];
}

/* ---- filling ---- */

/* Offers are made on the way; the time for that is left out. */
struct filling {
    int64_t ns;          /* wall clock of what is measured */
    int64_t cpu, making; /* processor time: when it began, and what making took of it */
};

static void make_one(struct search_world *w, struct filling *f, int64_t number,
                     struct made_offer *o)
{
    int64_t from = timing_cpu_thread();
    maker_offer(w->maker, w->arena, number, o);
    f->making += timing_cpu_thread() - from;
}

static void settle_filling(struct search_world *w, size_t k, const struct filling *f)
{
    w->build_ns[k] = f->ns;
    w->build_cpu[k] = timing_cpu() - f->cpu - f->making;
}

static void fill_match(struct search_world *w)
{
    struct match_load *load = match_load_new(w->match);
    struct filling f = { .cpu = timing_cpu() };
    for (int64_t i = 1; i <= w->offers; i++) {
        struct arena_mark mark = arena_mark(w->arena);
        struct made_offer o;
        make_one(w, &f, i, &o);
        int64_t from = timing_now();
        match_load_add(load, &o.m);
        f.ns += timing_now() - from;
        arena_rewind(w->arena, mark);
    }
    int64_t from = timing_now();
    match_load_end(load);
    f.ns += timing_now() - from;
    settle_filling(w, 0, &f);
    w->bytes[0] = (int64_t)match_stats(w->match).bytes;
}

/* Only what the peer itself does is counted: its words are stems already. */
static bool fill_peer(struct search_world *w, size_t k)
{
    struct peer *p = &w->peers[k];
    struct filling f = { .cpu = timing_cpu() };
    bool good = true;
    int64_t from;
    for (int64_t i = 1; good && i <= w->offers; i++) {
        struct arena_mark mark = arena_mark(w->arena);
        struct made_offer o;
        make_one(w, &f, i, &o);
        from = timing_cpu_thread();
        struct peer_offer row = { &o.m, peer_terms(w->match, w->arena, &o.m) };
        f.making += timing_cpu_thread() - from;
        from = timing_now();
        good = p->add(p->impl, &row);
        f.ns += timing_now() - from;
        arena_rewind(w->arena, mark);
    }
    from = timing_now();
    good = good && p->finish(p->impl);
    f.ns += timing_now() - from;
    settle_filling(w, 1 + k, &f);
    if (p->elsewhere)
        w->build_cpu[1 + k] = 0;
    w->bytes[1 + k] = p->bytes(p->impl);
    return good;
}

/* ---- asking ---- */

struct asking_run {
    struct search_world *w;
    const struct timing *ours; /* the index's times, question by question */
    struct asking x;
    enum peer_question kind;
    size_t questions;
    int64_t most_ns;
};

/* The first n samples in order, which the others are not put into. */
static struct timing first_of(struct arena *a, const struct timing *t, size_t n)
{
    struct timing first = timing_new(a, n);
    for (size_t i = 0; i < n && i < t->n; i++)
        timing_add(&first, t->v[i]);
    return first;
}

static void settle(struct asking_run *r, struct search_time *to, const struct timing *t)
{
    struct arena *a = r->w->arena;
    struct timing all = first_of(a, t, t->n), ours = first_of(a, r->ours, t->n);
    to->asked = t->n;
    to->p50 = timing_percentile(&all, 50);
    to->p99 = timing_percentile(&all, 99);
    to->ours = timing_percentile(&ours, 50);
}

/* Asks the index all questions once. */
static void pass_match(struct asking_run *r, struct timing *t, struct arena *answers)
{
    struct search_world *w = r->w;
    size_t n = 0;
    for (size_t i = 0; i < r->questions; i++) {
        struct arena_mark mark = arena_mark(w->arena);
        struct match_query q;
        if (ask_make(&r->x, w->arena, r->kind, (int64_t)i, &q)) {
            struct arena_mark begun = arena_mark(answers);
            int64_t from = timing_now();
            match_search(w->match, answers, &q);
            timing_keep(t, n++, timing_now() - from);
            arena_rewind(answers, begun);
        }
        arena_rewind(w->arena, mark);
    }
}

static void time_match(struct asking_run *r, struct timing *t)
{
    struct arena answers; /* as in a request: its memory is there already */
    arena_init(&answers, 0);
    for (int pass = 0; pass < TIMING_PASSES; pass++)
        pass_match(r, t, &answers);
    r->ours = t;
    settle(r, &r->w->times[r->kind][0], t);
    arena_free(&answers);
}

static void compare(struct asking_run *r, size_t k, const struct match_query *q,
                    const struct peer_answer *answer)
{
    struct search_world *w = r->w;
    const struct match_result *ours = match_search(w->match, w->arena, q);
    str difference = ask_difference(w->arena, r->kind, ours, answer);
    w->compared++;
    w->different += difference.n > 0;
    if (difference.n)
        printf("  different: %s, question %d: %.*s\n", w->peers[k].name, (int)r->kind,
               STR_FMT(difference));
}

/* One question, as sample *n; false when the peer failed. */
static bool ask_peer(struct asking_run *r, size_t k, int64_t number, struct timing *t, size_t *n)
{
    struct search_world *w = r->w;
    const struct peer *p = &w->peers[k];
    struct match_query q;
    struct peer_answer answer = { 0 };
    bool plain;
    if (!ask_make(&r->x, w->arena, r->kind, number, &q))
        return true;
    struct peer_asked asked = { &q,
                                peer_expression(w->match, w->arena, q.text, p->dialect, &plain) };
    int64_t from = timing_now();
    bool good = p->ask(p->impl, r->kind, &asked, &answer);
    timing_keep(t, (*n)++, timing_now() - from);
    if (good)
        compare(r, k, &q, &answer);
    return good;
}

/* The first pass ends when its time is over; the others ask the same questions again. */
static bool time_peer(struct asking_run *r, size_t k)
{
    struct search_world *w = r->w;
    struct arena_mark all = arena_mark(w->arena);
    struct timing t = timing_new(w->arena, r->questions);
    size_t questions = r->questions;
    bool good = true;
    for (int pass = 0; good && pass < TIMING_PASSES; pass++) {
        int64_t begun = timing_now();
        size_t n = 0;
        for (size_t i = 0; good && i < questions; i++) {
            struct arena_mark mark = arena_mark(w->arena);
            good = ask_peer(r, k, (int64_t)i, &t, &n);
            if (!pass && n >= ASKED_LEAST && timing_now() - begun > r->most_ns)
                questions = i + 1;
            arena_rewind(w->arena, mark);
        }
    }
    settle(r, &w->times[r->kind][1 + k], &t);
    arena_rewind(w->arena, all);
    return good;
}

/* ---- tables ---- */

static void print_cell(const struct search_world *w, const struct search_time *t)
{
    struct arena_mark mark = arena_mark(w->arena);
    if (t->asked)
        printf(" %.*s | %.*s |", STR_FMT(timing_fmt(w->arena, t->p50)),
               STR_FMT(timing_fmt(w->arena, t->p99)));
    else
        printf(" – | – |");
    arena_rewind(w->arena, mark);
}

/* How many times longer a peer takes; medians over the same questions, and their number. */
static void print_ratio(const struct search_time *t)
{
    if (t->asked && t->ours)
        printf(" %.0f (%zu) |", (double)t->p50 / (double)t->ours, t->asked);
    else
        printf(" – |");
}

static void print_questions(const struct search_world *w)
{
    printf("\n| question | Tandem p50 | p99 | SQLite p50 | p99 | PostgreSQL p50 | p99 | to SQLite "
           "| to "
           "PostgreSQL |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (int q = 0; q < PEER_QUESTIONS; q++) {
        printf("| %s |", question_names[q]);
        for (size_t k = 0; k < SEARCH_CONTESTANTS; k++)
            print_cell(w, &w->times[q][k]);
        for (size_t k = 1; k < SEARCH_CONTESTANTS; k++)
            print_ratio(&w->times[q][k]);
        printf("\n");
    }
}

static void print_builds(const struct search_world *w)
{
    static const char *const names[] = { "Tandem", "SQLite", "PostgreSQL" };
    printf("\n| | build | processor time | offers a second and core | size | bytes an offer |\n"
           "|---|---:|---:|---:|---:|---:|\n");
    for (size_t k = 0; k < SEARCH_CONTESTANTS; k++) {
        if (!w->build_ns[k])
            continue;
        int64_t cpu = w->build_cpu[k];
        str time = cpu ? timing_fmt(w->arena, cpu) : S("–");
        str rate = cpu ? str_fmt(w->arena, "%.0f", (double)w->offers * 1e9 / (double)cpu) : S("–");
        printf("| %s | %.*s | %.*s | %.*s | %.*s | %.0f |\n", names[k],
               STR_FMT(timing_fmt(w->arena, w->build_ns[k])), STR_FMT(time), STR_FMT(rate),
               STR_FMT(timing_fmt_bytes(w->arena, w->bytes[k])),
               (double)w->bytes[k] / (double)w->offers);
    }
}

/* ---- one size ---- */

static void open_peers(struct cli *cli, struct search_world *w, const char *path)
{
    str why = S(""), server = cli_option(cli, "postgres", NULL);
    if (str_eq(cli_option(cli, "peers", NULL), S("no")))
        return;
    if (!peer_sqlite_open(w->arena, path, &w->peers[0], &why))
        cli_problem(cli, str_fmt(w->arena, "without SQLite: %.*s", STR_FMT(why)));
    if (!server.n)
        cli_problem(cli, S("without PostgreSQL: no --postgres URL"));
    else if (!peer_postgres_open(w->arena, str_to_c(w->arena, server), &w->peers[1], &why))
        cli_problem(cli, str_fmt(w->arena, "without PostgreSQL: %.*s", STR_FMT(why)));
}

/* A peer that fails is left out from then on. */
static void drop_peer(struct cli *cli, struct search_world *w, size_t k)
{
    struct peer *p = &w->peers[k];
    cli_problem(cli, str_fmt(w->arena, "%s: %.*s", p->name, STR_FMT(p->why(p->impl))));
    p->close(p->impl);
    p->name = NULL;
}

static void ask_all(struct cli *cli, struct search_world *w, size_t questions, int64_t seconds)
{
    struct asking_run r = { .w = w,
                            .x = { w->maker, w->match, w->offers, true },
                            .questions = questions,
                            .most_ns = seconds * 1000000000 };
    for (int q = 0; q < PEER_QUESTIONS; q++) {
        struct arena_mark mark = arena_mark(w->arena);
        struct timing ours = timing_new(w->arena, questions);
        r.kind = (enum peer_question)q;
        time_match(&r, &ours);
        for (size_t k = 0; k < SEARCH_PEERS; k++)
            if (w->peers[k].name && !time_peer(&r, k))
                drop_peer(cli, w, k);
        arena_rewind(w->arena, mark);
    }
}

static void measure(struct cli *cli, struct search_world *w, size_t questions, int64_t seconds)
{
    struct match_words words = match_words_default();
    const char *path =
        str_to_c(w->arena, str_fmt(w->arena, "%s/tandem-bench-%ld.db",
                                   getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", (long)getpid()));
    printf("\n### %lld offers\n%.*s\n", (long long)w->offers, STR_FMT(timing_machine(w->arena)));
    w->match = match_new(&words);
    fill_match(w);
    open_peers(cli, w, path);
    for (size_t k = 0; k < SEARCH_PEERS; k++)
        if (w->peers[k].name && !fill_peer(w, k))
            drop_peer(cli, w, k);
    ask_all(cli, w, questions, seconds);
    print_questions(w);
    printf("\n%zu answers compared, %zu different.\n", w->compared, w->different);
    print_builds(w);
    for (size_t k = 0; k < SEARCH_PEERS; k++)
        if (w->peers[k].name)
            w->peers[k].close(w->peers[k].impl);
    unlink(path);
    search_own(w, questions);
    match_free(w->match);
    fflush(stdout);
}

static bool write_chart(struct cli *cli, const struct search_world *runs, size_t n)
{
    str path = cli_option(cli, "svg", NULL);
    if (!path.n)
        return true;
    str svg = search_chart(cli->arena, runs, n);
    FILE *f = fopen(str_to_c(cli->arena, path), "we");
    bool good = f && fwrite(svg.p, 1, svg.n, f) == svg.n;
    good = f && fclose(f) == 0 && good;
    if (!good)
        cli_problem(cli, str_fmt(cli->arena, "%.*s cannot be written", STR_FMT(path)));
    return good;
}

int bench_search(struct cli *cli)
{
    struct search_world runs[SIZES_MOST] = { 0 };
    int64_t sizes[SIZES_MOST] = { 1800, 100000, 1000000 };
    int64_t questions = 1000, seconds = SECONDS_USUAL, seed = MAKER_SEED;
    size_t n = 3, different = 0;
    if (!bench_sizes(cli, "sizes", sizes, &n) || !bench_number(cli, "seed", &seed, INT64_MAX) ||
        !bench_number(cli, "questions", &questions, 100000) ||
        !bench_number(cli, "seconds", &seconds, 3600))
        return CLI_USAGE;
    const struct maker *maker = maker_new(cli->arena, (uint64_t)seed, MAKER_TODAY);
    for (size_t i = 0; i < n; i++) {
        runs[i] = (struct search_world){ .maker = maker, .offers = sizes[i], .arena = cli->arena };
        measure(cli, &runs[i], (size_t)questions, seconds);
        different += runs[i].different;
    }
    return write_chart(cli, runs, n) && !different ? CLI_DONE : CLI_REFUSED;
}
