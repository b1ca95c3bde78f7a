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
    size_t score, best_score;
};

static void try_from(struct search *s, size_t at);

/* The part ends at `end`; go on behind it, with or without linking letters. */
static void try_behind(struct search *s, size_t end)
{
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        str rest = str_slice(s->word, end, s->word.n);
        if (str_starts(rest, links[i]) && rest.n >= links[i].n + PART_MIN)
            try_from(s, end + links[i].n);
    }
}

static const uint64_t *known_part(const struct search *s, size_t at, size_t end)
{
    return map_find(&s->lexicon->parts, str_slice(s->word, at, end));
}

/* The part at…end is in the lexicon by this entry. */
static void take_part(struct search *s, size_t at, size_t end, const uint64_t *entry)
{
    s->score += (end - at) * (end - at);
    s->now.part[s->now.n++] = s->lexicon->stems.v[*entry];
    if (end < s->word.n) {
        try_behind(s, end);
    } else if (s->score > s->best_score) {
        s->best_score = s->score;
        s->best = s->now;
    }
    s->now.n--;
    s->score -= (end - at) * (end - at);
}

static bool has_umlaut(str s)
{
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i] == 'e' && (s.p[i - 1] == 'a' || s.p[i - 1] == 'o' || s.p[i - 1] == 'u'))
            return true;
    return false;
}

/*
 * The last part carries the ending of the word, so it may be known by its stem only. That is the
 * part without its ending: where no known part begins the rest it cannot be known either, unless
 * its umlaut was levelled (baeume, baum). Asking before stemming saves nearly all of it.
 */
static void try_last(struct search *s, size_t at, bool begun)
{
    str rest = str_slice(s->word, at, s->word.n);
    const uint64_t *entry = map_find(&s->lexicon->parts, rest);
    if (!entry && rest.n > PART_MIN && (begun || has_umlaut(rest))) {
        char buf[STEM_MAX];
        str bare = stem(rest, buf);
        entry = bare.n > PART_MIN ? map_find(&s->lexicon->parts, bare) : NULL;
    }
    if (entry)
        take_part(s, at, s->word.n, entry);
}

/* Most places are where no known part begins: one look at the table of beginnings tells. */
static void try_from(struct search *s, size_t at)
{
    uint32_t lengths = s->lexicon->lengths[lexicon_beginning(s->word.p + at)];
    bool begun = false;
    if (s->now.n == COMPOUND_MAX)
        return;
    for (size_t end = at + PART_MIN; lengths && end < s->word.n; end++) {
        const uint64_t *entry = lengths & lexicon_length(end - at) ? known_part(s, at, end) : NULL;
        begun |= entry != NULL;
        if (entry)
            take_part(s, at, end, entry);
    }
    if (at)
        try_last(s, at, begun);
}

static struct compound split(const struct lexicon *l, str folded)
{
    struct search s = { .lexicon = l, .word = folded };
    if (!map_find(&l->whole, folded))
        try_from(&s, 0);
    return s.best;
}

/*
 * The same words come again and again: in titles on every page, as parts of others. So each
 * thread remembers the last ones, one for each hash; of one lexicon, which never has the number
 * of another.
 */
#define MEMO_SLOTS 4096
#define MEMO_WORD  39

struct memo {
    uint64_t lexicon; /* 0: empty */
    char word[MEMO_WORD];
    uint8_t n;
    struct compound compound;
};
static _Thread_local struct memo memos[MEMO_SLOTS];

struct compound compound_split(const struct lexicon *l, str folded)
{
    if (folded.n < COMPOUND_MIN)
        return (struct compound){ 0 };
    if (folded.n > MEMO_WORD)
        return split(l, folded);
    struct memo *m = &memos[str_hash(folded) % MEMO_SLOTS];
    if (m->lexicon != l->id || !str_eq(folded, (str){ m->word, m->n })) {
        m->compound = split(l, folded);
        m->lexicon = l->id;
        m->n = (uint8_t)folded.n;
        memcpy(m->word, folded.p, folded.n);
    }
    return m->compound;
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

void analyse(const struct lexicon *l, str folded, str stem, struct analysis *r)
{
    r->n = 0;
    if (!lexicon_speaks(l, folded))
        return;
    add(r, stem, SHARE_WORD);
    add_parts(l, folded, r);
}

void analyse_parts(const struct lexicon *l, str folded, struct analysis *r)
{
    r->n = 0;
    add_parts(l, folded, r);
}
