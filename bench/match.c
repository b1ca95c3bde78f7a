/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * match_bench [OFFERS…]: how long the matching index takes, over offers made up from the words of
 * the lexicon at the places of Germany (the same for every run). Prints a table of text, in time
 * of the processor, so that other work on the machine disturbs little: build
 * time, bytes per offer, and for each kind of question the median and the 99th percentile.
 */
#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/vec.h"
#include "match/columns.h"
#include "match/match.h"
#include "match/place.h"

#define RUNS       2000
#define RUNS_NS    4000000000 /* slow questions are asked less often */
#define TODAY      20779
#define BODY_WORDS 60
#define PLACES     2000

static uint64_t state = 0x9E3779B97F4A7C15u;

static uint32_t any(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 32) * n >> 32);
}

/* Small numbers are much more likely, as with words and the size of towns. */
static uint32_t any_small(uint32_t n)
{
    uint64_t x = any(1u << 16);
    return (uint32_t)(x * x * x / (UINT64_C(1) << 32) * n >> 16);
}

static uint32_t any_set(uint32_t width, uint32_t most)
{
    uint32_t set = 0;
    for (uint32_t i = 1 + any(most); i > 0; i--)
        set |= 1u << any(width);
    return set;
}

struct maker {
    struct arena arena; /* words and places */
    struct arena text;  /* of one offer */
    struct {
        str *v;
        size_t n, cap;
    } words;
    struct places places;
};

static struct maker maker_new(void)
{
    struct maker k = { 0 };
    arena_init(&k.arena, 0);
    arena_init(&k.text, 0);
    str table = match_words_default().parts;
    for (str line; str_next(&table, '\n', &line);) {
        if (line.n && line.p[0] == '#')
            continue;
        for (str word; str_next(&line, ' ', &word);)
            if (word.n && word.p[0] != '!')
                *vec_add(&k.arena, &k.words) = word;
    }
    k.places = place_in_box(&k.arena, (struct place_box){ 47, 5, 56, 16 }, PLACES);
    return k;
}

static str any_word(struct maker *k)
{
    return k->words.v[any_small((uint32_t)k->words.n)];
}

/* Words, every fifth a compound of two. */
static str any_text(struct maker *k, uint32_t n)
{
    struct out o = out_new(&k->text, (size_t)n * 64 + 16);
    for (; n > 0; n--) {
        out_str(&o, any_word(k));
        if (any(5) == 0)
            out_str(&o, any_word(k));
        out_char(&o, ' ');
    }
    return out_text(&o);
}

static struct match_point any_point(struct maker *k, uint32_t place)
{
    const struct place *p = &k->places.v[place];
    return (struct match_point){ true, p->lat + any(1000) / 20000.0 - 0.025,
                                 p->lon + any(1000) / 12000.0 - 0.04 };
}

static struct match_offer any_offer(struct maker *k, int64_t id)
{
    uint32_t place = any_small((uint32_t)k->places.n);
    struct match_offer o = { .id = id,
                             .org = id / 3,
                             .city = (uint16_t)(1 + place),
                             .point = any_point(k, place),
                             .grid = any_set(28, 8),
                             .levels = MATCH_LEVEL(0, any(5)),
                             .min_age = (uint8_t)(any(3) ? 0 : 18),
                             .hours = (uint8_t)(1 + any(8)),
                             .wanted = (uint16_t)(1 + any(4)),
                             .confirmed = TODAY - any(100),
                             .published = (int64_t)(TODAY - any(300)) * 86400 };
    o.text[MATCH_TITLE] = any_text(k, 5);
    o.text[MATCH_BODY] = any_text(k, BODY_WORDS);
    o.dim[MATCH_FIELD] = any_set(23, 2);
    o.dim[MATCH_KIND] = any_set(28, 2);
    o.dim[MATCH_TARGET] = any_set(15, 2);
    o.dim[MATCH_TIME] = 1u << any(8);
    o.dim[MATCH_PLACE] = 1u << any(7);
    o.dim[MATCH_ACCESS] = any_set(6, 3);
    o.access_known = 63;
    o.dim[MATCH_CERTIFICATE] = 1u << any(3);
    return o;
}

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- questions ---- */

struct asked {
    struct match *m;
    struct arena *a;
    struct maker *k;
    int64_t offers;
};

static struct match_query near_somewhere(struct asked *x)
{
    return (struct match_query){ .near = any_point(x->k, any_small((uint32_t)x->k->places.n)),
                                 .radius_m = 10000,
                                 .dim[MATCH_FIELD].any = any_set(23, 2),
                                 .days = 31,
                                 .open_on = TODAY,
                                 .today = TODAY,
                                 .limit = 20,
                                 .want = MATCH_WANT_FACETS };
}

static void ask_all(struct asked *x)
{
    struct match_query q = near_somewhere(x);
    q.text = any_word(x->k);
    match_search(x->m, x->a, &q);
}

static void ask_filters(struct asked *x)
{
    struct match_query q = near_somewhere(x);
    match_search(x->m, x->a, &q);
}

static void ask_town(struct asked *x)
{
    uint16_t city = (uint16_t)(1 + any_small((uint32_t)x->k->places.n));
    struct match_query q = {
        .cities = &city, .n_cities = 1, .today = TODAY, .limit = 20, .want = MATCH_WANT_FACETS
    };
    match_search(x->m, x->a, &q);
}

static void ask_word(struct asked *x)
{
    struct match_query q = { .text = any_word(x->k), .today = TODAY, .limit = 20 };
    q.want = MATCH_WANT_FACETS;
    match_search(x->m, x->a, &q);
}

static void ask_two_words(struct asked *x)
{
    str text = str_fmt(x->a, "%.*s %.*s", STR_FMT(any_word(x->k)), STR_FMT(any_word(x->k)));
    struct match_query q = { .text = text, .today = TODAY, .limit = 20 };
    q.want = MATCH_WANT_FACETS;
    match_search(x->m, x->a, &q);
}

static void ask_slip(struct asked *x)
{
    str word = any_word(x->k);
    str text = str_fmt(x->a, "%.*sx%.*s", (int)(word.n / 2), word.p, (int)(word.n - word.n / 2),
                       word.p + word.n / 2);
    struct match_query q = { .text = text, .today = TODAY, .limit = 20 };
    match_search(x->m, x->a, &q);
}

static void ask_profile(struct asked *x)
{
    struct match_profile p = { .near = any_point(x->k, any_small((uint32_t)x->k->places.n)),
                               .reach_m = 10000,
                               .like[MATCH_FIELD] = any_set(23, 3),
                               .like[MATCH_KIND] = any_set(28, 3),
                               .never[MATCH_TARGET] = 1u << any(15),
                               .grid = any_set(28, 9),
                               .hours = 3,
                               .age = 30,
                               .certificate = 1,
                               .today = TODAY,
                               .limit = 20 };
    match_profile(x->m, x->a, &p);
}

static void ask_similar(struct asked *x)
{
    struct match_query within = { .limit = 5 };
    match_similar(x->m, x->a, 1 + any((uint32_t)x->offers), &within);
}

static void change_one(struct asked *x)
{
    struct match_offer o = any_offer(x->k, 1 + any((uint32_t)x->offers));
    match_put(x->m, &o, 1);
}

static const struct {
    const char *name;
    void (*ask)(struct asked *x);
} questions[] = {
    { "text + field + 10 km + weekdays + open, facets", ask_all },
    { "field + 10 km + weekdays + open, facets", ask_filters },
    { "one town, no filter, facets", ask_town },
    { "one word, everywhere, facets", ask_word },
    { "two words, everywhere, facets", ask_two_words },
    { "one word with a slip, everywhere", ask_slip },
    { "profile, 10 km, top 20 with reasons", ask_profile },
    { "similar offers, everywhere", ask_similar },
    { "put one offer", change_one },
};

static int compare_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void measure(struct asked *x, const char *name, void (*ask)(struct asked *x))
{
    static int64_t took[RUNS];
    int64_t begin = now_ns();
    size_t n = 0;
    while (n < RUNS && now_ns() - begin < RUNS_NS) {
        struct arena_mark mark = arena_mark(x->a);
        struct arena_mark text = arena_mark(&x->k->text);
        int64_t t = now_ns();
        ask(x);
        took[n++] = now_ns() - t;
        arena_rewind(x->a, mark);
        arena_rewind(&x->k->text, text);
    }
    qsort(took, n, sizeof *took, compare_time);
    printf("  %-48s %10.1f µs %10.1f µs\n", name, (double)took[n / 2] / 1000,
           (double)took[n * 99 / 100] / 1000);
}

static void bench(int64_t offers)
{
    struct maker k = maker_new();
    struct match_words words = match_words_default();
    struct match *m = match_new(&words);
    struct match_load *l = match_load_new(m);
    int64_t adding = 0;
    for (int64_t id = 1; id <= offers; id++) {
        struct arena_mark mark = arena_mark(&k.text);
        struct match_offer o = any_offer(&k, id);
        int64_t t = now_ns();
        match_load_add(l, &o);
        adding += now_ns() - t;
        arena_rewind(&k.text, mark);
    }
    int64_t t = now_ns();
    match_load_end(l);
    double ms = (double)(adding + now_ns() - t) / 1e6;
    struct match_stats s = match_stats(m);
    printf("%lld offers: built in %.0f ms (%.0f a second), %zu terms, %zu postings\n",
           (long long)offers, ms, (double)offers / ms * 1000, s.terms, s.postings);
    printf("  %.1f MB with the lexicon, %.0f bytes an offer; its row without text %zu bytes\n",
           (double)s.bytes / 1e6, (double)s.bytes / (double)offers, COLUMN_BYTES);
    printf("  %-48s %13s %13s\n", "", "p50", "p99");
    struct arena a;
    arena_init(&a, 0);
    struct asked x = { m, &a, &k, offers };
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        measure(&x, questions[i].name, questions[i].ask);
    arena_free(&a);
    match_free(m);
    arena_free(&k.text);
    arena_free(&k.arena);
}

int main(int argc, char **argv)
{
    static const int64_t usual[] = { 1800, 100000 };
    for (int i = 1; i < argc; i++) {
        int64_t n = 0;
        if (!str_to_i64(str_from_c(argv[i]), &n) || n < 1 || n > 5000000) {
            fprintf(stderr, "usage: match_bench [OFFERS…]\n");
            return 2;
        }
        bench(n);
    }
    for (size_t i = 0; argc == 1 && i < sizeof usual / sizeof *usual; i++)
        bench(usual[i]);
    return 0;
}
