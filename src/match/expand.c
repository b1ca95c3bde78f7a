/* SPDX-License-Identifier: EUPL-1.2 */
/* What a person typed, as what to look for. */
#include "match/expand.h"

#include "base/out.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "match/compound.h"
#include "match/own.h"
#include "match/stem.h"
#include "match/text.h"
#include "match/vocabulary.h"

#define WEIGHT_PARTS       200 /* the parts of a compound, instead of the compound */
#define WEIGHT_PREFIX      150
#define WEIGHT_PART_ALONE  128
#define WEIGHT_WITHOUT_END 200 /* a compound whose last part is empty, without it */
#define PART_ALONE_SHARE   20  /* a part that at most 1 in 20 offers has */
#define WEIGHT_COMPLETED   200 /* what a word that is being typed most likely becomes */
#define WEIGHT_EDIT_1      180
#define WEIGHT_EDIT_2      120
#define PREFIX_MIN         3
#define PREFIX_MOST        40
#define COMPLETE_MIN       4 /* letters from which on the most frequent completion is believed */
#define EDIT_SWAP_MIN      4 /* letters from which on a swap or one at the end is forgiven … */
#define EDIT_1_MIN         5 /* … any one edit … */
#define EDIT_2_MIN         8 /* … and two */
#define EDIT_FIRST_MIN     6 /* letters from which on the first one may be wrong */
#define IDF_MIN            16
#define SAME_ENOUGH        10 /* offers, half a page of them */
#define EQUALS_MOST        32 /* of a word, looked at in phrases */
#define PHRASE_WORDS       8  /* of a query that are looked at as a phrase */
#define SOFT_SHARE         4  /* a soft word counts this many times less */

struct expansion {
    struct arena *a;
    const struct snapshot *s;
    const struct lexicon *l;
    const struct lexicon *synonyms; /* the same, or that of one town */
    struct query_word *word;
};

static uint32_t scaled(uint32_t weight, uint32_t by)
{
    return weight * by / LEXICON_ONE;
}

/* log2 of n in 1/256, n > 0: whole bits, then eight binary digits by squaring. */
static uint32_t log2_256(uint64_t n)
{
    uint32_t bits = 63 - (uint32_t)__builtin_clzll(n);
    uint64_t x = bits > 30 ? n >> (bits - 30) : n << (30 - bits); /* 1…2 as 2^30 */
    uint32_t r = bits << 8;
    for (uint32_t digit = 128; digit; digit >>= 1) {
        x = x * x >> 30;
        if (x >> 31) {
            x >>= 1;
            r |= digit;
        }
    }
    return r;
}

uint32_t expand_idf(uint64_t n, uint64_t k)
{
    k = k < n ? k : n;
    uint32_t idf = log2_256(2 * n + 2) - log2_256(2 * k + 1);
    return idf > IDF_MIN ? idf : IDF_MIN;
}

static void want(struct expansion *x, struct slot *slot, str name, uint32_t weight)
{
    *vec_add(x->a, slot) = (struct wanted_term){ name, weight, vocabulary_count(x->s, name) };
}

/* A term and what is the same in one word, for one slot of a way. */
static struct slot slot_for(struct expansion *x, str term)
{
    struct slot slot = { 0 };
    want(x, &slot, term, LEXICON_ONE);
    const struct synonyms *also = lexicon_synonyms(x->synonyms, term);
    for (size_t i = 0; also && i < also->n; i++)
        if (also->v[i].weight >= LEXICON_STRONG && str_find_byte(also->v[i].phrase, ' ') < 0)
            want(x, &slot, also->v[i].phrase, also->v[i].weight);
    return slot;
}

static uint64_t slot_count(const struct slot *slot)
{
    uint64_t n = 0;
    for (size_t i = 0; i < slot->n; i++)
        n += slot->v[i].count;
    return n;
}

/* Adds a way unless one of its slots can never be filled. */
static void add_way(struct expansion *x, const struct way *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (!slot_count(&w->slot[i]))
            return;
    if (w->n && w->weight)
        *vec_add(x->a, x->word) = *w;
}

/* Two stems in one compound, in either order; false when no offer has such a compound. */
static bool add_pair(struct expansion *x, str a, str b, uint32_t weight)
{
    char *buf = arena_bytes(x->a, PAIR_MAX);
    struct way w = { .n = 1, .weight = weight };
    want(x, &w.slot[0], compound_pair(a, b, buf), LEXICON_ONE);
    size_t before = x->word->n;
    add_way(x, &w);
    return x->word->n > before;
}

/* A phrase of stems: all its words that carry meaning; of two, also a compound of both. */
static void add_phrase(struct expansion *x, str phrase, uint32_t weight)
{
    struct way w = { .weight = weight };
    for (str rest = phrase, term; w.n < EXPAND_SLOTS && str_next(&rest, ' ', &term);)
        if (lexicon_class(x->l, term) != WORD_STOP) {
            want(x, &w.slot[w.n], term, LEXICON_ONE);
            w.n++;
        }
    add_way(x, &w);
    if (w.n == 2)
        add_pair(x, w.slot[0].v[0].name, w.slot[1].v[0].name, weight);
}

/* The part that fewest offers have: it says most about what is meant. */
static size_t rarest_slot(const struct way *w, uint64_t *count)
{
    size_t rarest = 0;
    *count = UINT64_MAX;
    for (size_t i = 0; i < w->n; i++) {
        uint64_t n = slot_count(&w->slot[i]);
        if (n < *count) {
            *count = n;
            rarest = i;
        }
    }
    return rarest;
}

/*
 * A part of a compound that will do alone: its rarest, if offers use the compound and the part
 * does not bring in everything (Demenz of Demenzgruppe is telling, Kinder of Kinderspiel is not).
 */
static void add_part_alone(struct expansion *x, const struct way *w, bool known)
{
    uint64_t count;
    size_t rarest = rarest_slot(w, &count);
    if (known && count <= x->s->n_live / PART_ALONE_SHARE)
        add_way(x,
                &(struct way){ .slot = { w->slot[rarest] }, .n = 1, .weight = WEIGHT_PART_ALONE });
}

/* All parts but the last, where that is empty: the Demenz of Demenzbetreuung. */
static void add_without_end(struct expansion *x, const struct compound *c, const struct way *w)
{
    struct way rest = *w;
    rest.n--;
    rest.weight = WEIGHT_WITHOUT_END;
    if (lexicon_is_empty(x->l, c->part[c->n - 1]))
        add_way(x, &rest);
}

/* A compound by its parts together, or, of one that was typed, by some of them. */
static void add_parts(struct expansion *x, str folded, uint32_t weight)
{
    struct compound c = compound_split(x->l, folded);
    struct way w = { .n = c.n, .weight = scaled(WEIGHT_PARTS, weight) };
    for (size_t i = 0; i < c.n; i++)
        w.slot[i] = slot_for(x, c.part[i]);
    if (!c.n)
        return;
    add_way(x, &w);
    bool known = add_pair(x, c.part[0], c.part[1], c.n == 2 ? weight : w.weight);
    if (weight < LEXICON_ONE)
        return;
    add_part_alone(x, &w, known);
    add_without_end(x, &c, &w);
}

static void add_synonyms(struct expansion *x, str phrase, uint32_t weight)
{
    const struct synonyms *also = lexicon_synonyms(x->synonyms, phrase);
    for (size_t i = 0; also && i < also->n; i++) {
        uint32_t share = scaled(also->v[i].weight, weight);
        add_phrase(x, also->v[i].phrase, share);
        if (share < LEXICON_ONE)
            add_parts(x, also->v[i].phrase, share);
    }
}

/* Everything that a known word may be answered with. */
static void add_word(struct expansion *x, str folded, str term, uint32_t weight)
{
    add_phrase(x, term, weight);
    add_synonyms(x, term, weight);
    add_parts(x, folded, weight);
}

static void add_prefix(struct expansion *x, str folded)
{
    char buf[STEM_MAX];
    str beginning = stem_beginning(folded, buf);
    if (beginning.n < PREFIX_MIN)
        return;
    struct near_terms found = vocabulary_prefix(x->a, x->s, beginning, PREFIX_MOST);
    struct way w = { .n = 1, .weight = WEIGHT_PREFIX };
    for (size_t i = 0; i < found.n; i++)
        *vec_add(x->a, &w.slot[0]) =
            (struct wanted_term){ found.v[i].name, LEXICON_ONE, found.v[i].count };
    if (found.n)
        add_way(x, &w);
}

/* Whether two letters beside each other have changed places: bakcen, backen. */
static bool is_swap(str a, str b)
{
    size_t i = 0;
    while (i < a.n && i < b.n && a.p[i] == b.p[i])
        i++;
    return a.n == b.n && i + 1 < a.n && a.p[i] == b.p[i + 1] && a.p[i + 1] == b.p[i] &&
           str_eq(str_slice(a, i + 2, a.n), str_slice(b, i + 2, b.n));
}

/*
 * Whether one is the other mistyped. In a short word a letter more or less makes another word
 * (stechen, stehen), unless it is at the end, where stems differ anyway.
 */
static bool is_slip(str term, str name)
{
    bool at_end = str_starts(term, name) || str_starts(name, term);
    return (term.n >= EDIT_1_MIN && name.n >= EDIT_1_MIN) || at_end || is_swap(term, name);
}

/* The nearest terms, of those that begin like the word or of the others. */
static bool add_nearest(struct expansion *x, str term, const struct near_terms *found, bool alike)
{
    uint32_t nearest = UINT32_MAX;
    for (size_t i = 0; i < found->n && found->v[i].distance <= nearest; i++) {
        str name = found->v[i].name;
        if ((name.p[0] == term.p[0]) != alike || !is_slip(term, name))
            continue;
        nearest = found->v[i].distance;
        add_word(x, name, name, nearest == 1 ? WEIGHT_EDIT_1 : WEIGHT_EDIT_2);
    }
    return nearest != UINT32_MAX;
}

/* People rarely mistype how a word begins, and in a short word that makes another one. */
static void add_near(struct expansion *x, str term)
{
    if (term.n < EDIT_SWAP_MIN)
        return;
    struct near_terms found = vocabulary_near(x->a, x->s, term, term.n < EDIT_2_MIN ? 1 : 2);
    if (!add_nearest(x, term, &found, true) && term.n >= EDIT_FIRST_MIN)
        add_nearest(x, term, &found, false);
}

/* As rare as its rarest slot: a way needs all of them. */
static uint64_t way_count(const struct way *w)
{
    uint64_t rarest;
    rarest_slot(w, &rarest);
    return rarest;
}

/*
 * Where a page of offers says the thing itself, what may be meant besides weighs less the more
 * offers have it. Where few do (Omi), that is what is meant.
 */
static void weigh_suggestions(struct expansion *x, uint64_t same)
{
    uint32_t idf = expand_idf(x->s->n_live, same);
    for (size_t i = 0; same >= SAME_ENOUGH && i < x->word->n; i++) {
        struct way *w = &x->word->v[i];
        uint32_t own = expand_idf(x->s->n_live, way_count(w));
        if (w->weight < WEIGHT_PARTS && own < idf)
            w->weight = w->weight * own / idf;
    }
}

/* As rare as its most frequent way. */
static uint32_t idf_of(struct expansion *x)
{
    uint64_t same = 0, most = 0;
    for (size_t i = 0; i < x->word->n; i++) {
        uint64_t n = way_count(&x->word->v[i]);
        most = n > most ? n : most;
        if (x->word->v[i].weight >= LEXICON_STRONG)
            same = n > same ? n : same;
    }
    weigh_suggestions(x, same);
    return expand_idf(x->s->n_live, most);
}

static void expand_one(struct expansion *x, const struct typed *t, bool typing)
{
    if (t->completed)
        add_word(x, t->stem, t->stem, WEIGHT_COMPLETED);
    else
        add_word(x, t->word, t->stem, LEXICON_ONE);
    if (typing)
        add_prefix(x, t->word);
    if (!x->word->n) {
        add_near(x, t->stem);
        add_prefix(x, t->stem);
    }
}

/* What is known of the words as they stand, or of two of them with what is the same as either. */
static bool find_stems(struct expansion *x, const struct typed *const *word, size_t n, str *phrase)
{
    struct out o = out_new(x->a, n * (STEM_MAX + 1) + 16);
    if (!lexicon_begins(x->synonyms, word[0]->stem))
        return false;
    for (size_t i = 0; i < n; i++)
        out_fmt(&o, "%s%.*s", i ? " " : "", STR_FMT(word[i]->stem));
    *phrase = out_text(&o);
    return lexicon_synonyms(x->synonyms, *phrase) != NULL;
}

/* A stem and those of one word that are the same. */
struct equals {
    str v[EQUALS_MOST];
    size_t n;
};

static void find_equals(const struct expansion *x, str stem, struct equals *e)
{
    const struct synonyms *also = lexicon_synonyms(x->synonyms, stem);
    *e = (struct equals){ .v = { stem }, .n = 1 };
    for (size_t i = 0; also && i < also->n && e->n < EQUALS_MOST; i++)
        if (also->v[i].weight >= LEXICON_STRONG && str_find_byte(also->v[i].phrase, ' ') < 0)
            e->v[e->n++] = also->v[i].phrase;
}

/* "Köter ausführen" is "Hund ausführen": a phrase of two is known by the equals of its words, too.
 */
static bool find_equal(struct expansion *x, const struct typed *const word[2], str *phrase)
{
    struct equals a, b;
    find_equals(x, word[0]->stem, &a);
    find_equals(x, word[1]->stem, &b);
    for (size_t i = 0; i < a.n; i++)
        for (size_t k = 0; lexicon_begins(x->synonyms, a.v[i]) && k < b.n; k++) {
            *phrase = str_fmt(x->a, "%.*s %.*s", STR_FMT(a.v[i]), STR_FMT(b.v[k]));
            if (lexicon_synonyms(x->synonyms, *phrase))
                return true;
        }
    return false;
}

/*
 * The longest known phrase that begins at word i: its number of words, its stems in *phrase.
 * Stop words may stand between its words.
 */
static size_t find_phrase(struct expansion *x, const struct typed *t, size_t n, str *phrase)
{
    const struct typed *all[PHRASE_WORDS], *speaking[PHRASE_WORDS];
    size_t spoken[PHRASE_WORDS + 1] = { 0 };
    n = n < PHRASE_WORDS ? n : PHRASE_WORDS;
    for (size_t i = 0; i < n; i++) {
        all[i] = &t[i];
        speaking[spoken[i]] = &t[i];
        spoken[i + 1] = spoken[i] + (t[i].kind != WORD_STOP);
    }
    for (size_t len = n; len >= 2; len--) {
        if (find_stems(x, all, len, phrase))
            return len;
        if (t[0].kind == WORD_STOP || t[len - 1].kind == WORD_STOP)
            continue;
        if (find_stems(x, speaking, spoken[len], phrase) ||
            (spoken[len] == 2 && find_equal(x, speaking, phrase)))
            return len;
    }
    return 0;
}

struct typed_words {
    struct typed *v;
    size_t n, cap;
};

static struct typed_words read_words(struct arena *a, const struct lexicon *l, str text)
{
    struct typed_words words = { 0 };
    str folded = utf8_fold(a, utf8_cut(text, 400));
    for (str word; text_next(&folded, &word);) {
        char buf[STEM_MAX];
        str s = str_copy(a, stem(word, buf));
        *vec_add(a, &words) = (struct typed){ word, s, lexicon_class(l, word), false };
    }
    return words;
}

/* When all words are soft they are all that there is to look for. */
static void count_required(struct text_query *q)
{
    for (size_t i = 0; i < q->n; i++)
        q->required = (uint8_t)(q->required + !q->word[i].soft);
    if (q->required || !q->n)
        return;
    for (size_t i = 0; i < q->n; i++)
        q->word[i].soft = false;
    q->required = (uint8_t)q->n;
}

/* All compounds of two words, and of what is the same as either of them. */
static void add_pairs(struct expansion *x, const struct typed *left, const struct typed *right)
{
    struct slot a = slot_for(x, left->stem), b = slot_for(x, right->stem);
    for (size_t i = 0; i < a.n; i++)
        for (size_t k = 0; k < b.n; k++)
            add_pair(x, a.v[i].name, b.v[k].name, scaled(a.v[i].weight, b.v[k].weight));
}

/* "Kinder betreuen", "Betreuung von Kindern": a compound of both words answers each of them. */
static void join_neighbours(struct expansion *x, struct text_query *q)
{
    for (size_t i = 0; i + 1 < q->n; i++) {
        const struct typed *left = q->word[i].typed, *right = q->word[i + 1].typed;
        if (!left || !right)
            continue;
        x->word = &q->word[i];
        add_pairs(x, left, right);
        x->word = &q->word[i + 1];
        add_pairs(x, left, right);
    }
}

/* The last word may go on: where it is not known as it stands, what it most likely becomes. */
static void complete(struct expansion *x, struct typed *t)
{
    char buf[STEM_MAX];
    str beginning = stem_beginning(t->word, buf);
    if (t->kind != WORD_PLAIN || beginning.n < COMPLETE_MIN || vocabulary_count(x->s, t->stem))
        return;
    struct near_terms found = vocabulary_prefix(x->a, x->s, beginning, 1);
    if (!found.n)
        return;
    t->stem = found.v[0].name;
    t->completed = true;
}

struct text_query expand(struct arena *a, const struct snapshot *s, const struct match_query *from)
{
    struct text_query q = { 0 };
    struct expansion x = { .a = a, .s = s, .l = s->words->lexicon };
    bool typing = from->want & MATCH_WANT_PREFIX;
    struct typed_words typed = read_words(a, x.l, from->text);
    x.synonyms = from->own ? own_lexicon(from->own) : x.l;
    if (typing && typed.n)
        complete(&x, &typed.v[typed.n - 1]);
    for (size_t i = 0, used; i < typed.n && q.n < EXPAND_WORDS; i += used) {
        str phrase;
        used = find_phrase(&x, &typed.v[i], typed.n - i, &phrase);
        x.word = &q.word[q.n];
        if (used) {
            add_word(&x, S(""), phrase, LEXICON_ONE);
        } else {
            used = 1;
            if (typed.v[i].kind == WORD_STOP)
                continue;
            x.word->soft = typed.v[i].kind == WORD_SOFT;
            x.word->typed = &typed.v[i];
            expand_one(&x, &typed.v[i], typing && i + 1 == typed.n);
        }
        x.word->idf = idf_of(&x) / (x.word->soft ? SOFT_SHARE : 1);
        q.n++;
    }
    join_neighbours(&x, &q);
    count_required(&q);
    return q;
}

uint64_t expand_postings(const struct text_query *q)
{
    uint64_t n = 0;
    for (size_t i = 0; i < q->n; i++)
        for (size_t w = 0; w < q->word[i].n; w++)
            for (size_t k = 0; k < q->word[i].v[w].n; k++)
                n += slot_count(&q->word[i].v[w].slot[k]);
    return n;
}

static void put_names(struct out *o, const struct way *w)
{
    for (size_t k = 0; k < w->n; k++)
        for (size_t t = 0; t < w->slot[k].n; t++) {
            out_str(o, w->slot[k].v[t].name);
            out_char(o, ' ');
        }
}

str expand_names(struct arena *a, const struct text_query *q)
{
    struct out o = out_new(a, 0);
    for (size_t i = 0; i < q->n; i++)
        for (size_t w = 0; w < q->word[i].n; w++)
            put_names(&o, &q->word[i].v[w]);
    return out_text(&o);
}
