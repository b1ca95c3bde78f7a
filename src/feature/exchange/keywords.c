/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Derived values: words of title, text and organisation count for the values they stand
 * with in the table. A word counts once for each text; what has enough points is taken,
 * the best first.
 */
#include "feature/exchange/keywords.h"

#include "base/err.h"
#include "base/map.h"
#include "base/out.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "web/vocab.h"

extern const unsigned char exchange_keywords[];
extern const size_t exchange_keywords_size;

#define GROUPS         3
#define PATTERNS_MOST  4096
#define PATTERN_LENGTH 40

#define TITLE_POINTS        3
#define ORGANISATION_POINTS 2
#define TEXT_POINTS         1
/* An offer gets at most so many values of a group. */
#define MOST 3

struct pattern {
    str word; /* folded */
    uint8_t group;
    uint8_t value;
    uint32_t next; /* another one with this word, plus one; 0: none */
};

struct keywords {
    struct {
        struct pattern *v;
        size_t n, cap;
    } patterns;
    struct map exact, beginning, ending; /* word to its first pattern, plus one */
    struct {
        uint32_t *v;
        size_t n, cap;
    } inside; /* patterns to look for in every word */
};

struct points {
    int of[GROUPS][64];
};

static const struct vocab *const groups[GROUPS] = { &vocab_field, &vocab_kind, &vocab_target };
/* A value needs so many points; a target group is hardly ever mentioned in passing. */
static const int enough[GROUPS] = { 2, 2, 1 };

/* ---- the table ---- */

static void add_pattern(struct keywords *k, struct arena *a, struct pattern pattern, str text)
{
    bool open_end = str_ends(text, S("*"));
    bool open_start = str_starts(text, S("*"));
    uint32_t number = (uint32_t)k->patterns.n + 1;
    pattern.word = utf8_fold(a, text);
    must(pattern.word.n && pattern.word.n <= PATTERN_LENGTH && number <= PATTERNS_MOST);
    must(str_find_byte(pattern.word, ' ') < 0);
    if (open_start && open_end) {
        *vec_add(a, &k->inside) = number - 1;
    } else {
        struct map *map = open_end ? &k->beginning : open_start ? &k->ending : &k->exact;
        uint64_t *first = map_put(map, pattern.word);
        pattern.next = (uint32_t)*first;
        *first = number;
    }
    *vec_add(a, &k->patterns) = pattern;
}

/* "field education: lern* schule *unterricht" */
static void parse_line(struct keywords *k, struct arena *a, str line)
{
    str head;
    str name;
    str word;
    must(str_next(&line, ':', &head));
    str_next(&head, ' ', &name);
    struct pattern pattern = { .group = GROUPS };
    for (uint8_t g = 0; g < GROUPS; g++)
        if (str_eq(groups[g]->name, name))
            pattern.group = g;
    must(pattern.group < GROUPS);
    int value = vocab_find(groups[pattern.group], str_trim(head));
    must(value >= 0);
    pattern.value = (uint8_t)value;
    while (str_next(&line, ' ', &word))
        if (word.n)
            add_pattern(k, a, pattern, word);
}

const struct keywords *keywords_new(struct arena *a)
{
    struct keywords *k = NEW(a, struct keywords);
    k->exact = map_new(a);
    k->beginning = map_new(a);
    k->ending = map_new(a);
    str text = { (const char *)exchange_keywords, exchange_keywords_size };
    str line;
    while (str_next(&text, '\n', &line)) {
        line = str_trim(line);
        if (line.n && line.p[0] != '#')
            parse_line(k, a, line);
    }
    return k;
}

/* ---- points ---- */

struct judging {
    const struct keywords *k;
    struct points *points;
    int weight;
    uint8_t seen[PATTERNS_MOST / 8]; /* patterns that this text has had */
    uint64_t counted[GROUPS];        /* values that this word has counted for */
    struct {
        uint32_t *v;
        size_t n, cap;
    } inside; /* those that this text has at all */
};

static void count(struct judging *j, uint32_t number)
{
    const struct pattern *p = &j->k->patterns.v[number];
    uint8_t bit = (uint8_t)(1u << (number % 8));
    if (j->seen[number / 8] & bit)
        return;
    j->seen[number / 8] |= bit;
    if (!(j->counted[p->group] & vocab_bit(p->value)))
        j->points->of[p->group][p->value] += j->weight;
    j->counted[p->group] |= vocab_bit(p->value);
}

static void count_all(struct judging *j, const struct map *map, str word)
{
    const uint64_t *first = map_find(map, word);
    for (uint32_t number = first ? (uint32_t)*first : 0; number;) {
        count(j, number - 1);
        number = j->k->patterns.v[number - 1].next;
    }
}

static void judge_word(struct judging *j, str word)
{
    memset(j->counted, 0, sizeof j->counted);
    count_all(j, &j->k->exact, word);
    for (size_t n = 1; n <= word.n && n <= PATTERN_LENGTH; n++) {
        count_all(j, &j->k->beginning, str_slice(word, 0, n));
        count_all(j, &j->k->ending, str_slice(word, word.n - n, word.n));
    }
    for (size_t i = 0; i < j->inside.n; i++)
        if (str_find(word, j->k->patterns.v[j->inside.v[i]].word) >= 0)
            count(j, j->inside.v[i]);
}

static bool has_word(str folded, str wanted)
{
    str word;
    while (str_next(&folded, ' ', &word))
        if (str_eq(word, wanted))
            return true;
    return false;
}

/* Folded, without the words of the place's name: they say where, not what ("Essen"). */
static str words_of(struct arena *a, str text, str place)
{
    struct out o = out_new(a, 4 * text.n + 16);
    str folded = utf8_fold(a, text);
    str word;
    while (str_next(&folded, ' ', &word)) {
        if (has_word(place, word))
            continue;
        out_str(&o, word);
        out_char(&o, ' ');
    }
    return out_text(&o);
}

/* Adds the points of one text. */
static void judge(struct judging *j, struct arena *a, str words)
{
    str word;
    memset(j->seen, 0, sizeof j->seen);
    j->inside.n = 0;
    for (size_t i = 0; i < j->k->inside.n; i++)
        if (str_find(words, j->k->patterns.v[j->k->inside.v[i]].word) >= 0)
            *vec_add(a, &j->inside) = j->k->inside.v[i];
    while (str_next(&words, ' ', &word))
        if (word.n)
            judge_word(j, word);
}

static uint64_t best(int group, const int points[64])
{
    uint64_t bits = 0;
    for (int n = 0; n < MOST; n++) {
        int top = -1;
        for (int i = 0; i < (int)groups[group]->n; i++)
            if (!(bits & vocab_bit(i)) && points[i] >= enough[group] &&
                (top < 0 || points[i] > points[top]))
                top = i;
        if (top < 0)
            break;
        bits |= vocab_bit(top);
    }
    return bits;
}

void keywords_derive(const struct keywords *k, struct arena *a, struct import_offer *offer)
{
    struct opp_form *f = &offer->form;
    int64_t *const bits[GROUPS] = { &f->fields, &f->kinds, &f->targets };
    struct points points = { 0 };
    struct judging j = { .k = k, .points = &points };
    const struct {
        str text;
        int weight;
    } texts[] = { { f->title, TITLE_POINTS },
                  { offer->organisation.name, ORGANISATION_POINTS },
                  { f->tasks_md, TEXT_POINTS } };
    if (*bits[0] && *bits[1] && *bits[2])
        return;
    str place = utf8_fold(a, f->place);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        j.weight = texts[i].weight;
        judge(&j, a, words_of(a, texts[i].text, place));
    }
    for (int g = 0; g < GROUPS; g++) {
        if (*bits[g])
            continue;
        *bits[g] = (int64_t)best(g, points.of[g]);
        f->derived = f->derived || *bits[g];
    }
}

bool exchange_guess(struct arena *a, str word, int64_t *const to[3])
{
    struct import_offer offer = { .form.title = word };
    keywords_derive(keywords_new(a), a, &offer);
    *to[0] |= offer.form.fields;
    *to[1] |= offer.form.kinds;
    *to[2] |= offer.form.targets;
    return offer.form.derived;
}
