/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * German compounds, by dictionary: a word is cut into known parts, with linking letters
 * between them (Arbeit-s-kreis, Senior-en-heim). Of several ways the one with the longest
 * parts wins (sum of squared lengths), which also means few parts.
 */
#include "match/compound.h"

#define PART_MIN     3
#define COMPOUND_MIN 7 /* shorter words are not taken apart */

static const str links[] = {
    STR_INIT(""),   STR_INIT("s"),  STR_INIT("es"), STR_INIT("n"),
    STR_INIT("en"), STR_INIT("er"), STR_INIT("e"),
};

struct search {
    const struct lexicon *lexicon;
    str word;
    struct compound now, best;
    size_t best_score;
};

static void try_from(struct search *s, size_t at, size_t score);

/* The part ends at `end`; go on behind it, with or without linking letters. */
static void try_behind(struct search *s, size_t end, size_t score)
{
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        str rest = str_slice(s->word, end, s->word.n);
        if (str_starts(rest, links[i]) && rest.n >= links[i].n + PART_MIN)
            try_from(s, end + links[i].n, score);
    }
}

/* A part as it stands; the last one also by its stem, for it carries the ending of the word. */
static const uint64_t *find_part(const struct search *s, size_t at, size_t end)
{
    str part = str_slice(s->word, at, end);
    const uint64_t *found = map_find(&s->lexicon->parts, part);
    if (found || end < s->word.n || part.n <= PART_MIN)
        return found;
    char buf[STEM_MAX];
    str bare = stem(part, buf);
    return bare.n > PART_MIN ? map_find(&s->lexicon->parts, bare) : NULL;
}

static void try_part(struct search *s, size_t at, size_t end, size_t score)
{
    const uint64_t *found = find_part(s, at, end);
    if (!found)
        return;
    size_t sum = score + (end - at) * (end - at);
    s->now.part[s->now.n++] = s->lexicon->stems.v[*found];
    if (end < s->word.n) {
        try_behind(s, end, sum);
    } else if (sum > s->best_score) {
        s->best_score = sum;
        s->best = s->now;
    }
    s->now.n--;
}

/* Whether a stem may begin otherwise than its word: baeume, baum. */
static bool umlaut_ahead(const char *p)
{
    return p[1] == 'e' || p[2] == 'e';
}

/* Most places are where no known part begins: one look at the table of beginnings tells. */
static void try_from(struct search *s, size_t at, size_t score)
{
    const char *begin = s->word.p + at;
    size_t longest = s->lexicon->longest[lexicon_beginning(begin)];
    if (s->now.n == COMPOUND_MAX || (!longest && !umlaut_ahead(begin)))
        return;
    for (size_t end = at + PART_MIN; end < s->word.n && end - at <= longest; end++)
        try_part(s, at, end, score);
    if (at)
        try_part(s, at, s->word.n, score);
}

struct compound compound_split(const struct lexicon *l, str folded)
{
    struct search s = { .lexicon = l, .word = folded };
    if (folded.n >= COMPOUND_MIN && !map_find(&l->whole, folded))
        try_from(&s, 0, 0);
    return s.best;
}

str compound_pair(str a, str b, char buf[PAIR_MAX])
{
    str first = str_cmp(a, b) <= 0 ? a : b;
    str second = first.p == a.p ? b : a;
    memcpy(buf, first.p, first.n);
    buf[first.n] = '+';
    memcpy(buf + first.n + 1, second.p, second.n);
    return (str){ buf, first.n + 1 + second.n };
}

static void add(struct analysis *r, str term, unsigned share)
{
    r->term[r->n] = term;
    r->share[r->n++] = (uint8_t)share;
}

static void add_parts(const struct lexicon *l, str folded, struct analysis *r)
{
    struct compound c = compound_split(l, folded);
    for (size_t i = 0; i < c.n; i++) {
        add(r, c.part[i], i + 1 < c.n ? SHARE_PART : SHARE_HEAD);
        struct compound sub = compound_split(l, c.part[i]);
        for (size_t k = 0; k < sub.n; k++)
            add(r, sub.part[k], SHARE_SUBPART);
    }
    for (size_t i = 0; i + 1 < c.n; i++)
        add(r, compound_pair(c.part[i], c.part[i + 1], r->pair[i]), SHARE_PAIR);
}

void analyse(const struct lexicon *l, str folded, struct analysis *r)
{
    r->n = 0;
    if (lexicon_class(l, folded) == WORD_STOP)
        return;
    add(r, stem(folded, r->buf), SHARE_WORD);
    add_parts(l, folded, r);
}

void analyse_parts(const struct lexicon *l, str folded, struct analysis *r)
{
    r->n = 0;
    add_parts(l, folded, r);
}
