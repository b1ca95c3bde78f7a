/* SPDX-License-Identifier: EUPL-1.2 */
/* Derived values: beginnings of words in title and text, the title counting three times. */
#include "feature/exchange/keywords.h"

#include "base/err.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "web/vocab.h"

extern const unsigned char exchange_keywords[];
extern const size_t exchange_keywords_size;

#define TITLE_WEIGHT 3
/* A value needs this much evidence, and an offer gets at most so many values. */
#define ENOUGH 3
#define MOST   3

struct keyword {
    str stem; /* folded beginning of a word; with a leading '-' anywhere in it */
    int value;
    bool inside;
};

struct group {
    const struct vocab *vocab;
    size_t offset; /* of the bits in struct opp_form */
    struct {
        struct keyword *v;
        size_t n, cap;
    } words;
};

struct keywords {
    struct group groups[3];
};

static struct group *group_of(struct keywords *k, str name)
{
    for (size_t i = 0; i < 3; i++)
        if (str_eq(k->groups[i].vocab->name, name))
            return &k->groups[i];
    return NULL;
}

/* "field education: lern schul -unterricht" */
static void parse_line(struct keywords *k, struct arena *a, str line)
{
    str name;
    str head;
    str word;
    must(str_next(&line, ':', &head));
    str_next(&head, ' ', &name);
    struct group *g = group_of(k, name);
    must(g);
    int value = vocab_find(g->vocab, str_trim(head));
    must(value >= 0);
    while (str_next(&line, ' ', &word)) {
        if (!word.n)
            continue;
        bool inside = word.p[0] == '-';
        *vec_add(a, &g->words) = (struct keyword){ utf8_fold(a, word), value, inside };
    }
}

const struct keywords *keywords_new(struct arena *a)
{
    struct keywords *k = NEW(a, struct keywords);
    k->groups[0] = (struct group){ &vocab_field, offsetof(struct opp_form, fields), { 0 } };
    k->groups[1] = (struct group){ &vocab_kind, offsetof(struct opp_form, kinds), { 0 } };
    k->groups[2] = (struct group){ &vocab_target, offsetof(struct opp_form, targets), { 0 } };
    str text = { (const char *)exchange_keywords, exchange_keywords_size };
    str line;
    while (str_next(&text, '\n', &line)) {
        line = str_trim(line);
        if (line.n && line.p[0] != '#')
            parse_line(k, a, line);
    }
    return k;
}

/* Adds the evidence of one text to the points of each value. */
static void judge(const struct group *g, str folded, int weight, int points[32])
{
    str word;
    while (str_next(&folded, ' ', &word))
        for (size_t i = 0; i < g->words.n; i++) {
            const struct keyword *k = &g->words.v[i];
            bool hit = k->inside ? str_find(word, k->stem) >= 0 : str_starts(word, k->stem);
            if (hit)
                points[k->value] += weight;
        }
}

static uint64_t best(const struct vocab *v, const int points[32])
{
    uint64_t bits = 0;
    for (int n = 0; n < MOST; n++) {
        int top = -1;
        for (int i = 0; i < (int)v->n && i < 32; i++)
            if (!(bits & vocab_bit(i)) && points[i] >= ENOUGH &&
                (top < 0 || points[i] > points[top]))
                top = i;
        if (top < 0)
            break;
        bits |= vocab_bit(top);
    }
    return bits;
}

void keywords_derive(const struct keywords *k, struct arena *a, struct opp_form *f)
{
    str title = utf8_fold(a, f->title);
    str body = utf8_fold(a, f->tasks_md);
    for (size_t i = 0; i < 3; i++) {
        const struct group *g = &k->groups[i];
        int64_t *bits = (int64_t *)(void *)((char *)f + g->offset);
        int points[32] = { 0 };
        if (*bits)
            continue;
        judge(g, title, TITLE_WEIGHT, points);
        judge(g, body, 1, points);
        *bits = (int64_t)best(g->vocab, points);
        f->derived = f->derived || *bits;
    }
}
