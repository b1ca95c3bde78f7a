/* SPDX-License-Identifier: EUPL-1.2 */
/* Marking: which words of a text answer a query. */
#include "match/highlight.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "match/compound.h"
#include "match/text.h"

/*
 * Words that can answer have a part that begins like one of the terms: stemming and inflection
 * leave the first letters of a word alone, but for umlauts (gaertner: gartn). One pass over a
 * word as it is written tells whether it may answer: cheap, and never wrong about a word that
 * does, while folding and analysing each word is dear.
 */
struct beginnings {
    uint32_t next[LEXICON_BEGINNINGS]; /* by three letters: those that may follow, one bit each */
    bool all;                          /* a term is too short to tell */
};

#define ANY_LETTER UINT32_MAX

struct match_terms {
    struct map names;
    struct beginnings beginnings;
};

static uint32_t letter_bit(char c)
{
    return 1u << (c & 31);
}

static bool has_umlaut(char c)
{
    return c == 'a' || c == 'o' || c == 'u';
}

/* Four letters, of which the last is NUL where the term is at its end: anything may follow. */
static void put_beginning(struct beginnings *b, const char p[4])
{
    uint32_t *next = &b->next[lexicon_beginning(p)];
    *next |= p[3] ? letter_bit(p[3]) : ANY_LETTER;
    if (has_umlaut(p[2]))
        *next |= letter_bit('e');
}

/* The beginning of a stem, and those of words that have an umlaut there. */
static void put_beginnings(struct beginnings *b, str term)
{
    const char *t = term.p;
    char fourth = term.n > 3 ? t[3] : '\0';
    put_beginning(b, (const char[]){ t[0], t[1], t[2], fourth });
    if (has_umlaut(t[0]))
        put_beginning(b, (const char[]){ t[0], 'e', t[1], t[2] });
    if (has_umlaut(t[1]))
        put_beginning(b, (const char[]){ t[0], t[1], 'e', t[2] });
}

static void put_term(struct arena *a, struct match_terms *terms, str name)
{
    if (map_find(&terms->names, name))
        return;
    *map_put(&terms->names, str_copy(a, name)) = 1;
    if (name.n < LEXICON_BEGINNING)
        terms->beginnings.all = true;
    else
        put_beginnings(&terms->beginnings, name);
}

static void put_way(struct arena *a, struct match_terms *terms, const struct way *w)
{
    for (size_t k = 0; k < w->n; k++)
        for (size_t t = 0; t < w->slot[k].n; t++)
            put_term(a, terms, w->slot[k].v[t].name);
}

const struct match_terms *highlight_terms(struct arena *a, const struct text_query *q)
{
    struct match_terms *terms = NEW(a, struct match_terms);
    terms->names = map_new(a);
    for (size_t i = 0; i < q->n; i++)
        for (size_t w = 0; w < q->word[i].n; w++)
            put_way(a, terms, &q->word[i].v[w]);
    return terms;
}

/* The last letters of a word that is being folded. */
struct letters {
    const struct beginnings *beginnings;
    char last[LEXICON_BEGINNING];
    bool may;
};

static void letter(struct letters *l, char c)
{
    uint32_t next = l->beginnings->next[lexicon_beginning(l->last)];
    l->may |= (next & letter_bit(c)) != 0;
    l->last[0] = l->last[1];
    l->last[1] = l->last[2];
    l->last[2] = c;
}

/* A German letter that UTF-8 writes as 0xC3 and `second`; false for others. */
static bool german_letter(struct letters *l, unsigned char second)
{
    static const char pairs[64][2] = { [0x04] = "ae", [0x16] = "oe", [0x1C] = "ue", [0x1F] = "ss",
                                       [0x24] = "ae", [0x36] = "oe", [0x3C] = "ue" };
    const char *pair = pairs[second % 64];
    if (!pair[0])
        return false;
    letter(l, pair[0]);
    letter(l, pair[1]);
    return true;
}

/* Words with letters that are not German are left to the analysis. */
static bool may_answer(const struct beginnings *b, str word)
{
    struct letters l = { .beginnings = b, .may = b->all };
    for (size_t i = 0; i < word.n && !l.may; i++) {
        char c = word.p[i];
        if (c >= 'A' && c <= 'Z')
            letter(&l, (char)(c + 32));
        else if ((unsigned char)c < 0x80)
            letter(&l, c);
        else if (c != '\xC3' || ++i == word.n || !german_letter(&l, (unsigned char)word.p[i]))
            return true;
    }
    letter(&l, '\0');
    return l.may;
}

struct marking {
    struct arena *arena;
    const struct lexicon *lexicon;
    const struct match_terms *terms;
    struct map known; /* words already judged: 1 no, 2 yes */
};

static bool judge(const struct marking *m, str part)
{
    struct analysis r;
    if (lexicon_class(m->lexicon, part) == WORD_STOP)
        return false;
    if (map_find(&m->terms->names, stem(part, r.buf)))
        return true;
    analyse_parts(m->lexicon, part, &r);
    for (size_t i = 0; i < r.n; i++)
        if (map_find(&m->terms->names, r.term[i]))
            return true;
    return false;
}

/* A word may fold to several (a soft hyphen does not, an odd sign may); one of them is enough. */
static bool answers(struct marking *m, str word)
{
    if (!may_answer(&m->terms->beginnings, word))
        return false;
    str folded = utf8_fold(m->arena, word);
    for (str part; text_next(&folded, &part);) {
        uint64_t *known = map_put(&m->known, part);
        if (!*known)
            *known = judge(m, part) ? 2 : 1;
        if (*known == 2)
            return true;
    }
    return false;
}

static struct match_spans spans_of(struct marking *m, str text)
{
    struct {
        struct match_span *v;
        size_t n, cap;
    } spans = { 0 };
    size_t at = 0, from = 0, to = 0;
    while (text_next_span(text, &at, &from, &to))
        if (answers(m, str_slice(text, from, to)))
            *vec_add(m->arena, &spans) = (struct match_span){ from, to };
    return (struct match_spans){ spans.v, spans.n };
}

const struct match_spans *match_highlight(struct match *m, struct arena *a,
                                          const struct match_terms *terms, const str *texts,
                                          size_t n)
{
    struct hold hold;
    struct match_spans *spans = NEW_ARRAY(a, n, struct match_spans);
    const struct snapshot *s = snapshot_hold(m, a, &hold);
    struct marking marking = {
        .arena = a, .lexicon = s->words->lexicon, .terms = terms, .known = map_new(a)
    };
    for (size_t i = 0; i < n; i++)
        spans[i] = spans_of(&marking, texts[i]);
    snapshot_release(&hold);
    return spans;
}
