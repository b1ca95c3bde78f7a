/* SPDX-License-Identifier: EUPL-1.2 */
/* What only the index is asked: words as people type them, slips, profiles, changes; and the limit.
 */
#include "base/arena.h"
#include "bench/search.h"
#include "match/columns.h"

#define ASKED_NS 4000000000 /* slow questions are asked less often */

/* What an offer takes without its text: its columns, and its place in the order of ids. */
#define X(type, name) sizeof(type) +
#define ROW_BYTES     (COLUMNS(X) COLUMN_WORDS * sizeof(uint32_t) + sizeof(uint32_t))

struct own {
    const struct search_world *w;
    struct asking x;
    struct arena *a; /* of one question */
    struct dice dice;
    int64_t took; /* of the last question, without making it */
};

static void search(struct own *o, const struct match_query *q)
{
    int64_t from = timing_now();
    match_search(o->w->match, o->a, q);
    o->took = timing_now() - from;
}

static struct match_query everywhere(str text, unsigned want)
{
    return (struct match_query){
        .text = text, .open_on = MAKER_TODAY, .today = MAKER_TODAY, .limit = PEER_PAGE, .want = want
    };
}

static void ask_town(struct own *o)
{
    uint16_t city = (uint16_t)(1 + dice_below(&o->dice, maker_land(o->w->maker)->kreise));
    struct match_query q = everywhere(S(""), MATCH_WANT_FACETS);
    q.cities = &city;
    q.n_cities = 1;
    search(o, &q);
}

static void ask_typed(struct own *o)
{
    struct match_query q = everywhere(ask_words(&o->x, o->a, &o->dice, 2), MATCH_WANT_FACETS);
    search(o, &q);
}

static void ask_loosen(struct own *o)
{
    struct match_query q;
    if (ask_make(&o->x, o->a, PEER_TEXT_NEAR, dice_below(&o->dice, 1 << 20), &q)) {
        q.want |= MATCH_WANT_LOOSEN;
        search(o, &q);
    }
}

/* One letter in the middle is another one. */
static void ask_slip(struct own *o)
{
    str word = ask_words(&o->x, o->a, &o->dice, 1);
    str text = str_fmt(o->a, "%.*sx%.*s", (int)(word.n / 2), word.p, (int)(word.n - word.n / 2),
                       word.p + word.n / 2);
    struct match_query q = everywhere(text, 0);
    search(o, &q);
}

static void ask_prefix(struct own *o)
{
    str word = ask_words(&o->x, o->a, &o->dice, 1);
    struct match_query q = everywhere(str_slice(word, 0, 4), MATCH_WANT_PREFIX);
    search(o, &q);
}

static void profile(struct own *o, uint32_t reach)
{
    struct person p;
    maker_person(o->w->maker, 1 + dice_below(&o->dice, 1u << 30), &p, NULL);
    p.profile.reach_m = reach;
    p.profile.today = MAKER_TODAY;
    p.profile.limit = PEER_PAGE;
    p.profile.near.known = reach > 0;
    int64_t from = timing_now();
    match_profile(o->w->match, o->a, &p.profile);
    o->took = timing_now() - from;
}

static void ask_profile(struct own *o)
{
    profile(o, 10000);
}

static void ask_profile_everywhere(struct own *o)
{
    profile(o, 0);
}

static void ask_similar(struct own *o)
{
    struct match_query within = { .limit = 5 };
    int64_t id = 1 + (int64_t)dice_below(&o->dice, (uint32_t)o->w->offers);
    int64_t from = timing_now();
    match_similar(o->w->match, o->a, id, &within);
    o->took = timing_now() - from;
}

static void change_one(struct own *o)
{
    struct made_offer offer;
    maker_offer(o->w->maker, o->a, 1 + (int64_t)dice_below(&o->dice, (uint32_t)o->w->offers),
                &offer);
    int64_t from = timing_now();
    match_put(o->w->match, &offer.m, 1);
    o->took = timing_now() - from;
}

static const struct {
    const char *name;
    void (*ask)(struct own *o);
} own_questions[] = {
    { "one town, no filter, facets", ask_town },
    { "two words as people type them, everywhere, facets", ask_typed },
    { "word + field + 10 km + …, with what loosening gives", ask_loosen },
    { "a word with a slip, everywhere", ask_slip },
    { "a word's first four letters, everywhere", ask_prefix },
    { "profile → 20 offers within 10 km, with reasons", ask_profile },
    { "profile → 20 offers of the whole country, with reasons", ask_profile_everywhere },
    { "similar offers, everywhere", ask_similar },
    { "put one offer", change_one },
};

/* The first pass ends when its time is over; the others ask the same questions again. */
static void measure(struct own *o, size_t kind, size_t most)
{
    struct arena_mark all = arena_mark(o->w->arena);
    struct timing t = timing_new(o->w->arena, most);
    for (int pass = 0; pass < TIMING_PASSES; pass++) {
        int64_t begun = timing_now();
        size_t questions = pass ? t.n : most;
        o->dice = dice_new(MAKER_SEED, 10, kind);
        for (size_t i = 0; i < questions && (pass || timing_now() - begun < ASKED_NS); i++) {
            struct arena_mark mark = arena_mark(o->a);
            own_questions[kind].ask(o);
            timing_keep(&t, i, o->took);
            arena_rewind(o->a, mark);
        }
    }
    printf("| %s | %.*s | %.*s |\n", own_questions[kind].name,
           STR_FMT(timing_fmt(o->w->arena, timing_percentile(&t, 50))),
           STR_FMT(timing_fmt(o->w->arena, timing_percentile(&t, 99))));
    arena_rewind(o->w->arena, all);
}

static void print_limit(const struct search_world *w, const char *name, size_t bytes_an_offer)
{
    struct arena_mark mark = arena_mark(w->arena);
    size_t bytes = bytes_an_offer * (size_t)w->offers;
    int64_t ns = timing_plain_read(bytes);
    printf("| %s, %zu bytes each | %.*s | %.1f GB/s |\n", name, bytes_an_offer,
           STR_FMT(timing_fmt(w->arena, ns)), (double)bytes / (double)(ns ? ns : 1));
    arena_rewind(w->arena, mark);
}

void search_own(const struct search_world *w, size_t most)
{
    struct arena a;
    arena_init(&a, 0);
    struct own o = { .w = w, .x = { w->maker, w->match, w->offers, false }, .a = &a };
    printf("\n| the index alone | p50 | p99 |\n|---|---:|---:|\n");
    for (size_t i = 0; i < sizeof own_questions / sizeof *own_questions; i++)
        measure(&o, i, most);
    print_limit(w, "the limit: a plain read of all filters", COLUMN_WORDS * sizeof(uint32_t));
    print_limit(w, "the limit: a plain read of all rows", ROW_BYTES);
    struct match_stats s = match_stats(w->match);
    printf("\n%zu terms, %zu postings; resident now %.*s, at most %.*s.\n", s.terms, s.postings,
           STR_FMT(timing_fmt_bytes(w->arena, timing_resident())),
           STR_FMT(timing_fmt_bytes(w->arena, timing_resident_most())));
    arena_free(&a);
}
