/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The report for translators: what is missing in each language, signs of a typewriter, and
 * sentences of Leichte Sprache that are too long (at most 12 words: rules of Netzwerk Leichte
 * Sprache and DIN SPEC 33429 ask for short sentences with one thought).
 */
#include "msgc.h"
#include "web/text_piece.h"

#define WORDS_MAX 12

struct count {
    size_t missing;
    size_t fuzzy;
};

static struct count count_of(const struct catalogue *c, enum lang l)
{
    struct count n = { 0 };
    for (size_t i = 0; i < c->in[LANG_DE].n; i++)
        n.missing += !msgc_find(c, l, c->in[LANG_DE].v[i].key);
    for (size_t i = 0; i < c->in[l].n; i++)
        n.fuzzy += c->in[l].v[i].fuzzy;
    return n;
}

static void put_missing(struct out *o, const struct catalogue *c, enum lang l)
{
    out_fmt(o, "\nMissing in %.*s:\n", STR_FMT(lang_info(l)->code));
    for (size_t i = 0; i < c->in[LANG_DE].n; i++) {
        const struct message *m = &c->in[LANG_DE].v[i];
        if (!msgc_find(c, l, m->key))
            out_fmt(o, "  %.*s (%s:%d)\n", STR_FMT(m->key), m->file, m->line);
    }
}

/* The words of the longest sentence; a sentence ends with . ! ? : or a line break. */
static size_t longest_sentence(str s)
{
    size_t longest = 0;
    size_t words = 0;
    bool in_word = false;
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        bool space = ch == ' ' || ch == '\n' || ch == '\t';
        bool last = i + 1 == s.n || s.p[i + 1] == ' ' || s.p[i + 1] == '\n';
        words += !space && !in_word;
        in_word = !space;
        if (words > longest)
            longest = words;
        if (ch == '\n' || (last && (ch == '.' || ch == '!' || ch == '?' || ch == ':')))
            words = 0;
    }
    return longest;
}

static size_t put_long(struct out *o, const struct catalogue *c)
{
    size_t found = 0;
    const struct messages *simple = &c->in[LANG_DE_SIMPLE];
    for (size_t i = 0; i < simple->n; i++) {
        for (int f = 0; f < simple->v[i].form_count; f++) {
            size_t words = longest_sentence(simple->v[i].forms[f]);
            if (words <= WORDS_MAX)
                continue;
            out_fmt(o, "  %.*s: %zu words (%s:%d)\n", STR_FMT(simple->v[i].key), words,
                    simple->v[i].file, simple->v[i].line);
            found++;
        }
    }
    return found;
}

/* "…" for three dots, „…“ or “…” for straight quotes, – for a hyphen between blanks. */
static bool typewritten(str s)
{
    return str_find(s, S("...")) >= 0 || str_find_byte(s, '"') >= 0 || str_find(s, S(" - ")) >= 0;
}

static void put_typewritten(struct out *o, const struct catalogue *c)
{
    OUT(o, "\nThree dots, straight quotes or hyphens for dashes:\n");
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        for (size_t i = 0; i < c->in[l].n; i++) {
            const struct message *m = &c->in[l].v[i];
            bool found = false;
            for (int f = 0; f < m->form_count; f++)
                found |= typewritten(m->forms[f]);
            if (found)
                out_fmt(o, "  %.*s (%s:%d)\n", STR_FMT(m->key), m->file, m->line);
        }
    }
}

str msgc_report(const struct catalogue *c)
{
    struct out o = out_new(&c->tool->arena, 0);
    struct out sentences = out_new(&c->tool->arena, 0);
    size_t too_long = put_long(&sentences, c);
    out_fmt(&o, "%-10s %6s %8s %6s\n", "language", "texts", "missing", "fuzzy");
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct count n = count_of(c, l);
        out_fmt(&o, "%-10.*s %6zu %8zu %6zu\n", STR_FMT(lang_info(l)->code),
                c->in[LANG_DE].n - n.missing, n.missing, n.fuzzy);
    }
    out_fmt(&o, "\nSentences of more than %d words in de-simple: %zu\n", WORDS_MAX, too_long);
    out_str(&o, out_text(&sentences));
    put_typewritten(&o, c);
    for (enum lang l = 0; l < LANG_COUNT; l++)
        if (c->in[l].n && count_of(c, l).missing)
            put_missing(&o, c, l);
    return out_text(&o);
}
