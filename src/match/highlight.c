/* SPDX-License-Identifier: EUPL-1.2 */
/* Marking: which words of a text answer a query. */
#include "match/highlight.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "match/compound.h"
#include "match/text.h"

/*
 * Words that can answer have a part that begins like one of the terms: stemming takes endings off
 * and levels umlauts (gaertner: gartn), but leaves the rest of a word alone. So one pass over the
 * text finds its words and whether four letters of one begin a term; such a word is folded and
 * looked at again; analysed, which is dear, is what really has a term in it. Never wrong about a
 * word that does answer.
 */
#define FIRST_LETTERS 4
#define FIRST_BITS    15

struct terms {
    str *v; /* of a pair of stems its first one */
    size_t n, cap;
};

#define LETTERS (1 << 5) /* five bits each */

struct match_terms {
    struct map names;
    struct terms terms[LETTERS];             /* by their first letter */
    uint64_t first[(1u << FIRST_BITS) / 64]; /* by their first four letters, hashed */
    bool all;                                /* a term is too short to tell */
};

static uint32_t letter_of(char c)
{
    return (uint32_t)c % LETTERS;
}

/* Letters as five bits each, the last one lowest; what was there before goes out above. */
static uint32_t code_with(uint32_t code, char c)
{
    return code << 5 | letter_of(c);
}

/* Of the last letters of a code: those before them are multiplied out of the number. */
static uint32_t first_hash(uint32_t code)
{
    return code * (0x9e3779b1u << (32 - 5 * FIRST_LETTERS)) >> (32 - FIRST_BITS);
}

static bool is_first(const struct match_terms *t, uint32_t code)
{
    uint32_t h = first_hash(code);
    return t->first[h / 64] >> (h % 64) & 1;
}

static bool has_umlaut(char c)
{
    return c == 'a' || c == 'o' || c == 'u';
}

/* The first letters of a term from p on, and those of words that have an umlaut there. */
static void put_first(struct match_terms *t, str rest, uint32_t code, int letters)
{
    if (letters == FIRST_LETTERS) {
        uint32_t h = first_hash(code);
        t->first[h / 64] |= (uint64_t)1 << (h % 64);
        return;
    }
    if (!rest.n) { /* anything may follow the term */
        for (char c = 0; c < 32; c++)
            put_first(t, rest, code_with(code, c), letters + 1);
        return;
    }
    code = code_with(code, rest.p[0]);
    put_first(t, str_slice(rest, 1, rest.n), code, letters + 1);
    if (has_umlaut(rest.p[0]) && letters + 1 < FIRST_LETTERS)
        put_first(t, str_slice(rest, 1, rest.n), code_with(code, 'e'), letters + 2);
}

static void put_term(struct arena *a, struct match_terms *t, str name)
{
    uint64_t *known = map_find(&t->names, name);
    if (known)
        return;
    str kept = str_copy(a, name);
    *map_put(&t->names, kept) = 1;
    ptrdiff_t plus = str_find_byte(kept, '+');
    str stem = plus < 0 ? kept : str_slice(kept, 0, (size_t)plus);
    if (stem.n < LEXICON_BEGINNING) {
        t->all = true;
        return;
    }
    *vec_add(a, &t->terms[letter_of(stem.p[0])]) = stem;
    put_first(t, stem, 0, 0);
}

const struct match_terms *highlight_terms(struct arena *a, str names)
{
    struct match_terms *terms = NEW(a, struct match_terms);
    terms->names = map_new(a);
    for (str name; str_next(&names, ' ', &name);)
        if (name.n)
            put_term(a, terms, name);
    return terms;
}

/* What German letters are folded to: UTF-8 writes them as 0xC3 and one more byte. */
static const char german[64][2] = { [0x04] = "ae", [0x16] = "oe", [0x1C] = "ue", [0x1F] = "ss",
                                    [0x24] = "ae", [0x36] = "oe", [0x3C] = "ue" };

static const char *german_letters(str text, size_t i)
{
    if (text.p[i] != '\xC3' || i + 1 == text.n)
        return NULL;
    const char *two = german[(unsigned char)text.p[i + 1] % 64];
    return two[0] ? two : NULL;
}

/* ---- one pass over a text ---- */

/* A word as bytes of its text, and whether some of its letters may begin a term. */
struct word {
    size_t from, to;
    uint32_t code; /* of its last letters */
    bool may;
};

/* Past the letter beyond ASCII at i, which is taken into w; i where none is of a word. */
static size_t wide_at(const struct match_terms *t, str text, size_t i, struct word *w)
{
    const char *two = german_letters(text, i);
    size_t next = two ? i + 2 : text_wide_letter(text, i);
    if (next == i)
        return i;
    w->code = code_with(w->code, two ? two[0] : '\0');
    w->may |= !two || is_first(t, w->code); /* others are left to the analysis */
    w->code = code_with(w->code, two ? two[1] : '\0');
    w->may |= is_first(t, w->code);
    return next;
}

static struct word word_at(const struct match_terms *t, str text, size_t i)
{
    struct word w = { .from = i, .may = t->all };
    while (i < text.n) {
        unsigned char c = (unsigned char)text.p[i];
        if (text_ascii_letter(c)) {
            w.code = code_with(w.code, (char)c);
            w.may |= is_first(t, w.code);
            i++;
            continue;
        }
        size_t next = c < 0x80 ? i : wide_at(t, text, i, &w);
        if (next == i)
            break;
        i = next;
    }
    /* A term may be three letters at the end of the word. */
    w.may |= is_first(t, code_with(w.code, '\0'));
    w.to = i;
    return w;
}

/* ---- words that may answer ---- */

struct letters {
    char v[2 * TEXT_WORD_MAX];
    size_t n;
};

/* False for words that are too long or have letters that are not German. */
static bool fold(struct letters *l, str word)
{
    for (size_t i = 0; i < word.n; i++) {
        const char *two = german_letters(word, i);
        if (l->n + 2 > sizeof l->v || (!two && (unsigned char)word.p[i] >= 0x80))
            return false;
        /* Capitals become small, digits stay. */
        l->v[l->n++] = two ? two[0] : (char)(word.p[i] | 32);
        if (two) {
            l->v[l->n++] = two[1];
            i++;
        }
    }
    return true;
}

/* Whether the letters begin with the term, or with a word whose umlauts were levelled to it. */
static bool begins(str term, const char *w, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; k < term.n; i++) {
        if (i == n)
            return false;
        if (w[i] == term.p[k])
            k++;
        else if (w[i] != 'e' || !i || (!has_umlaut(w[i - 1]) && w[i - 1] != 'e'))
            return false;
    }
    return true;
}

static bool begins_at(const struct match_terms *t, const char *w, size_t n)
{
    const struct terms *terms = &t->terms[letter_of(w[0])];
    for (size_t k = 0; k < terms->n; k++)
        if (terms->v[k].p[0] == w[0] && begins(terms->v[k], w, n))
            return true;
    return false;
}

/* Words that the folding here does not know are left to the analysis. */
static bool may_answer(const struct match_terms *t, str word)
{
    struct letters l;
    l.n = 0;
    if (t->all || !fold(&l, word))
        return true;
    for (size_t i = 0; i + LEXICON_BEGINNING <= l.n; i++)
        if (begins_at(t, l.v + i, l.n - i))
            return true;
    return false;
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
    if (!lexicon_speaks(m->lexicon, part))
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
    if (!may_answer(m->terms, word))
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
    for (struct word w = { 0 }; (w.from = text_word_begin(text, w.to)) < text.n;) {
        w = word_at(m->terms, text, w.from);
        if (w.may && answers(m, str_slice(text, w.from, w.to)))
            *vec_add(m->arena, &spans) = (struct match_span){ w.from, w.to };
    }
    return (struct match_spans){ spans.v, spans.n };
}

const struct match_spans *match_highlight(struct match *m, struct arena *a,
                                          const struct match_terms *terms, const str *texts,
                                          size_t n)
{
    struct hold hold;
    struct match_spans *spans = NEW_ARRAY(a, n, struct match_spans);
    const struct snapshot *s = snapshot_hold(&m->shelf, a, &hold);
    struct marking marking = {
        .arena = a, .lexicon = s->words->lexicon, .terms = terms, .known = map_new(a)
    };
    for (size_t i = 0; i < n; i++)
        spans[i] = spans_of(&marking, texts[i]);
    snapshot_release(&hold);
    return spans;
}
