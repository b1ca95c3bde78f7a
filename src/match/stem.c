/* SPDX-License-Identifier: EUPL-1.2 */
/* German word stems. The only file that knows libstemmer (Snowball, "german"). */
#include "match/stem.h"

#include <libstemmer.h>
#include <pthread.h>

#include "base/err.h"

/*
 * Of ASCII, which folded words mostly are, both make the same stem; the one that does not look for
 * UTF-8 is quicker.
 */
enum stemmer {
    STEMMER_ASCII,
    STEMMER_UTF8,
    STEMMERS,
};
static const char *const encodings[STEMMERS] = { "ISO_8859_1", "UTF_8" };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t keys[STEMMERS]; /* one of each per thread, deleted when the thread ends */

static void stemmer_delete(void *p)
{
    sb_stemmer_delete(p);
}

static void make_keys(void)
{
    for (size_t i = 0; i < STEMMERS; i++)
        must(pthread_key_create(&keys[i], stemmer_delete) == 0);
}

static struct sb_stemmer *stemmer(enum stemmer which)
{
    pthread_once(&once, make_keys);
    struct sb_stemmer *s = pthread_getspecific(keys[which]);
    if (!s) {
        s = sb_stemmer_new("german", encodings[which]);
        must(s && pthread_setspecific(keys[which], s) == 0);
    }
    return s;
}

static bool is_ascii(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] & 0x80)
            return false;
    return true;
}

/*
 * The stemmer takes some thousand instructions for a word, and the same words come again and
 * again: as words of titles, as ends of compounds. So each thread remembers the last ones, one
 * for each hash.
 */
#define MEMO_SLOTS 4096
#define MEMO_WORD  23

struct memo {
    uint8_t word_n, stem_n; /* word_n 0: empty */
    char word[MEMO_WORD], stem[MEMO_WORD];
};
static _Thread_local struct memo memos[MEMO_SLOTS];

static struct memo *memo_of(str word)
{
    return &memos[str_hash(word) % MEMO_SLOTS];
}

static void remember(str word, str stemmed)
{
    struct memo *m = memo_of(word);
    if (!word.n || word.n > MEMO_WORD || stemmed.n > MEMO_WORD)
        return;
    *m = (struct memo){ .word_n = (uint8_t)word.n, .stem_n = (uint8_t)stemmed.n };
    memcpy(m->word, word.p, word.n);
    memcpy(m->stem, stemmed.p, stemmed.n);
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Seniorinnen, Schuelerin: the woman's form gives way to the common one. */
static str without_feminine(str w)
{
    if (w.n >= 8 && str_ends(w, S("innen")))
        return str_slice(w, 0, w.n - 5);
    if (w.n >= 7 && (str_ends(w, S("erin")) || str_ends(w, S("orin"))))
        return str_slice(w, 0, w.n - 2);
    return w;
}

/* Here the umlaut makes another word: Küche, Kuchen; fördern, fordern; zählen, zahlen. */
static bool keeps_umlaut(str stemmed)
{
    static const str beginnings[] = { STR_INIT("kuech"),  STR_INIT("foerder"), STR_INIT("zaehl"),
                                      STR_INIT("drueck"), STR_INIT("schwuel"), STR_INIT("schoen") };
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (str_starts(stemmed, beginnings[i]))
            return true;
    return false;
}

/* ae, oe, ue become a, o, u, unless they follow a vowel or q: neue, frauen, quelle stay. */
static size_t level_umlauts(char *p, size_t n)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        p[m++] = p[i];
        bool umlaut = (p[i] == 'a' || p[i] == 'o' || p[i] == 'u') && i + 1 < n && p[i + 1] == 'e';
        if (umlaut && (i == 0 || (!is_vowel(p[i - 1]) && p[i - 1] != 'q')))
            i++;
    }
    return m;
}

/* Lebensmitteln, basteln: the stemmer knows no ending -n behind -el. */
static str without_n(str w)
{
    return w.n >= 6 && str_ends(w, S("eln")) ? str_slice(w, 0, w.n - 1) : w;
}

str stem(str folded, char buf[STEM_MAX])
{
    const struct memo *m = memo_of(folded);
    if (folded.n && str_eq(folded, (str){ m->word, m->word_n })) {
        memcpy(buf, m->stem, m->stem_n);
        return (str){ buf, m->stem_n };
    }
    str w = without_n(without_feminine(str_slice(folded, 0, STEM_MAX)));
    struct sb_stemmer *s = stemmer(is_ascii(w) ? STEMMER_ASCII : STEMMER_UTF8);
    const sb_symbol *got = sb_stemmer_stem(s, (const sb_symbol *)w.p, (int)w.n);
    must(got != NULL);
    size_t n = (size_t)sb_stemmer_length(s);
    memcpy(buf, got, n);
    str stemmed = { buf, keeps_umlaut((str){ buf, n }) ? n : level_umlauts(buf, n) };
    remember(folded, stemmed);
    return stemmed;
}

str stem_beginning(str folded, char buf[STEM_MAX])
{
    folded = str_slice(folded, 0, STEM_MAX);
    memcpy(buf, folded.p, folded.n);
    return (str){ buf, keeps_umlaut(folded) ? folded.n : level_umlauts(buf, folded.n) };
}
