/* SPDX-License-Identifier: EUPL-1.2 */
/* Dividing words. The only file that knows libhyphen. */
#include "web/hyphenate.h"

#include <hyphen.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/utf8.h"

#define SHORTEST  6  /* letters of a word that is divided */
#define LONGEST   63 /* letters; what is longer is no word */
#define LEAST     3  /* letters on each side of a hyphen */
#define LATIN1    256
#define FILE_MOST ((size_t)4 << 20)
#define TRIPLES   65536 /* bits of a set of three letters, folded together */

enum { GERMAN, ENGLISH, LANGUAGES };

struct hyphens {
    struct arena *arena;
    str files[LANGUAGES]; /* as they are; empty: not installed */
    HyphenDict *patterns;
};

static str read_file(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return S("");
    char *p = arena_bytes(a, FILE_MOST);
    size_t n = fread(p, 1, FILE_MOST, f);
    fclose(f);
    return (str){ p, n };
}

struct hyphens *hyphens_open(struct arena *a)
{
    struct hyphens *h = NEW(a, struct hyphens);
    h->arena = a;
    h->files[GERMAN] = read_file(a, "/usr/share/hyphen/hyph_de_DE.dic");
    h->files[ENGLISH] = read_file(a, "/usr/share/hyphen/hyph_en_US.dic");
    return h;
}

/* Letters of ISO 8859-1 in lower case, which is what the patterns are made of; 0: no letter. */
static unsigned char letter(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7))
        return (unsigned char)(c + 32);
    bool is = (c >= 'a' && c <= 'z') || (c >= 0xdf && c < LATIN1 && c != 0xf7);
    return is ? (unsigned char)c : 0;
}

/* ---- which patterns a text has use for ---- */

struct triples {
    uint8_t bits[TRIPLES / 8];
    unsigned char last[2]; /* letters before; 0: none */
};

/* Where the three letters that end in this one have their bit; -1: there are no three yet. */
static long place_of(struct triples *t, unsigned char l)
{
    long place = -1;
    if (t->last[0] && t->last[1] && l)
        place =
            (long)((t->last[0] * 31U * 31U + t->last[1] * 31U + l) * 2654435761U >> 16) % TRIPLES;
    t->last[0] = l ? t->last[1] : 0;
    t->last[1] = l;
    return place;
}

static void note_text(struct triples *t, str text)
{
    while (text.n) {
        uint32_t c = utf8_next(&text);
        long at = place_of(t, c < LATIN1 ? letter(c) : 0);
        if (at >= 0)
            t->bits[at / 8] |= (uint8_t)(1u << at % 8);
    }
}

/* Whether all that the pattern asks for occurs; digits and dots between its letters are skipped. */
static bool is_of_use(struct triples *t, str pattern)
{
    t->last[0] = t->last[1] = 0;
    for (size_t i = 0; i < pattern.n; i++) {
        unsigned char l = letter((unsigned char)pattern.p[i]);
        long at = l ? place_of(t, l) : -1;
        if (at >= 0 && !(t->bits[at / 8] & 1u << at % 8))
            return false;
    }
    return true;
}

/* The lines of a file that are settings, or of use. The first one is the character set. */
static str file_for(struct arena *a, str file, struct triples *t)
{
    struct out o = out_new(a, 2 * FILE_MOST);
    str line;
    while (str_next(&file, '\n', &line)) {
        bool comment = str_starts(line, S("#")) || str_starts(line, S("%"));
        bool setting = line.n && line.p[0] >= 'A' && line.p[0] <= 'Z';
        if (!line.n || comment || !(setting || is_of_use(t, line)))
            continue;
        out_str(&o, line);
        out_char(&o, '\n');
    }
    return out_text(&o);
}

void hyphens_learn(struct hyphens *h, str lang, str text)
{
    int language = str_eq(lang, S("de")) ? GERMAN : str_eq(lang, S("en")) ? ENGLISH : LANGUAGES;
    if (h->patterns)
        hnj_hyphen_free(h->patterns);
    h->patterns = NULL;
    if (language == LANGUAGES || !h->files[language].n)
        return;
    struct triples *t = NEW(h->arena, struct triples);
    note_text(t, text);
    str wanted = file_for(h->arena, h->files[language], t);
    FILE *f = fmemopen(str_to_c(h->arena, wanted), wanted.n, "r");
    if (!f)
        return;
    h->patterns = hnj_hyphen_load_file(f);
    fclose(f);
}

/* A word of n letters: `bytes` as the patterns know them, `text` as it is written. */
static void put_word(struct out *o, const struct hyphens *h, const char *bytes, size_t n, str text)
{
    char marks[LONGEST + 6] = { 0 };
    char **rep = NULL;
    int *pos = NULL;
    int *cut = NULL;
    bool plain = n >= SHORTEST && n <= LONGEST;
    if (!plain ||
        hnj_hyphen_hyphenate2(h->patterns, bytes, (int)n, marks, NULL, &rep, &pos, &cut) != 0) {
        out_str(o, text);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        str before = text;
        utf8_next(&text);
        out_bytes(o, before.p, before.n - text.n);
        if (marks[i] & 1 && i + 1 >= LEAST && i + 1 + LEAST <= n)
            out_str(o, S("\u00ad"));
    }
}

str hyphens_put(struct arena *a, const struct hyphens *h, str text)
{
    if (!h || !h->patterns)
        return text;
    struct out o = out_new(a, 0);
    char word[LONGEST + 1];
    size_t n = 0;
    str start = text;
    while (text.n) {
        str before = text;
        uint32_t c = utf8_next(&text);
        unsigned char l = c < LATIN1 ? letter(c) : 0;
        if (l) {
            if (!n)
                start = before;
            if (n < LONGEST)
                word[n] = (char)l;
            n++;
            continue;
        }
        put_word(&o, h, word, n, str_slice(start, 0, n ? start.n - before.n : 0));
        n = 0;
        start = text;
        out_bytes(&o, before.p, before.n - text.n);
    }
    put_word(&o, h, word, n, str_slice(start, 0, n ? start.n : 0));
    return out_text(&o);
}
