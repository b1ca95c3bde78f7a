/* SPDX-License-Identifier: EUPL-1.2 */
/* What is known about words: reading the three tables. */
#include "match/lexicon.h"

#include <stdatomic.h>

#include "base/out.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "match/stem.h"
#include "match/text.h"

/* Shorter parts only come from the table, where a person has looked at them. */
#define LEARN_MIN 4
#define LEARN_MAX 24

extern const unsigned char lexicon_synonyms_table[], lexicon_parts_table[], lexicon_stop_table[];
extern const size_t lexicon_synonyms_table_size, lexicon_parts_table_size, lexicon_stop_table_size;

struct match_words match_words_default(void)
{
    return (struct match_words){
        .synonyms = { (const char *)lexicon_synonyms_table, lexicon_synonyms_table_size },
        .parts = { (const char *)lexicon_parts_table, lexicon_parts_table_size },
        .stop = { (const char *)lexicon_stop_table, lexicon_stop_table_size },
    };
}

static size_t put_stems(const struct lexicon *l, struct out *o, str folded, bool all)
{
    size_t words = 0;
    for (str word; text_next(&folded, &word);) {
        char buf[STEM_MAX];
        if (!all && lexicon_class(l, word) == WORD_STOP)
            continue;
        if (words++)
            out_char(o, ' ');
        out_str(o, stem(word, buf));
    }
    return words;
}

str lexicon_phrase(struct arena *a, const struct lexicon *l, str text)
{
    str folded = utf8_fold(a, text);
    struct out without = out_new(a, folded.n * 2 + 16), all = out_new(a, folded.n * 2 + 16);
    if (put_stems(l, &without, folded, false) >= 2)
        return out_text(&without);
    put_stems(l, &all, folded, true);
    return out_text(&all);
}

static bool all_letters(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'a' || s.p[i] > 'z')
            return false;
    return s.n > 0;
}

/* A state of the words that there was never before. */
static void renew(struct lexicon *l)
{
    static _Atomic uint64_t ids;
    l->id = atomic_fetch_add(&ids, 1) + 1;
}

/* `key` must stay as long as the lexicon. */
static void put_part(struct lexicon *l, str key, uint64_t number)
{
    renew(l);
    *map_put(&l->parts, key) = number;
    if (key.n >= LEXICON_BEGINNING)
        l->lengths[lexicon_beginning(key.p)] |= lexicon_length(key.n);
}

static void add_part(struct lexicon *l, str folded, str stemmed, size_t shortest_stem)
{
    if (map_find(&l->parts, folded))
        return;
    str kept = str_copy(&l->arena, stemmed);
    *vec_add(&l->arena, &l->stems) = kept;
    put_part(l, str_copy(&l->arena, folded), l->stems.n - 1);
    if (kept.n >= shortest_stem && !map_find(&l->parts, kept))
        put_part(l, kept, l->stems.n - 1);
}

void lexicon_learn(struct lexicon *l, str folded, str stemmed)
{
    bool fits = folded.n >= LEARN_MIN && folded.n <= LEARN_MAX && all_letters(folded);
    if (fits && lexicon_class(l, folded) == WORD_PLAIN)
        add_part(l, folded, stemmed, LEARN_MIN);
}

/* The next line without its comment and outer blanks; empty lines are passed over. */
static bool next_line(str *rest, str *line)
{
    while (str_next(rest, '\n', line)) {
        ptrdiff_t hash = str_find_byte(*line, '#');
        *line = str_trim(hash < 0 ? *line : str_slice(*line, 0, (size_t)hash));
        if (line->n)
            return true;
    }
    return false;
}

/* Words parted by blanks; "!word" is never taken apart. */
static void read_parts(struct lexicon *l, str table)
{
    for (str line; next_line(&table, &line);)
        for (str word; str_next(&line, ' ', &word);) {
            if (!word.n)
                continue;
            char buf[STEM_MAX];
            str folded = utf8_fold(&l->arena, word);
            if (word.p[0] == '!')
                *map_put(&l->whole, folded) = 1;
            else
                add_part(l, folded, stem(folded, buf), 3);
        }
}

static void read_stop_word(struct lexicon *l, str word)
{
    char buf[STEM_MAX];
    str folded = utf8_fold(&l->arena, word);
    if (word.p[0] == '-')
        *map_put(&l->empty, str_copy(&l->arena, stem(folded, buf))) = 1;
    else
        *map_put(&l->stop, folded) = word.p[0] == '~'   ? WORD_SOFT
                                     : word.p[0] == '^' ? WORD_MUTE
                                                        : WORD_STOP;
}

/* Words parted by blanks; "~word" is soft, "^word" mute, "-word" empty as the end of a compound. */
static void read_stop(struct lexicon *l, str table)
{
    for (str line; next_line(&table, &line);)
        for (str word; str_next(&line, ' ', &word);)
            if (word.n)
                read_stop_word(l, word);
}

static struct synonyms *list_of(struct lexicon *l, str phrase)
{
    uint64_t *at = map_find(&l->synonyms, phrase);
    if (!at) {
        *vec_add(&l->arena, &l->lists) = (struct synonyms){ .of = phrase };
        *map_put(&l->synonyms, phrase) = l->lists.n - 1;
        ptrdiff_t blank = str_find_byte(phrase, ' ');
        if (blank >= 0)
            *map_put(&l->begins, str_slice(phrase, 0, (size_t)blank)) = 1;
        return &l->lists.v[l->lists.n - 1];
    }
    return &l->lists.v[*at];
}

static void add_to(struct lexicon *l, struct synonyms *list, struct synonym s)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i].phrase, s.phrase)) {
            if (list->v[i].weight < s.weight)
                list->v[i].weight = s.weight;
            return;
        }
    *vec_add(&l->arena, list) = s;
}

static void add_synonym(struct lexicon *l, str phrase, struct synonym s)
{
    if (!str_eq(phrase, s.phrase))
        add_to(l, list_of(l, phrase), s);
}

/* What the other list has, at most as something alike … */
static void take_over(struct lexicon *l, struct synonyms *list, const struct synonyms *other)
{
    for (size_t i = 0; i < other->n; i++) {
        struct synonym s = other->v[i];
        s.weight = s.weight < LEXICON_ALIKE ? s.weight : LEXICON_ALIKE;
        if (!str_eq(s.phrase, list->of))
            add_to(l, list, s);
    }
}

/*
 * … and this is what equals inherit: Omma = Oma, Oma > Senioren. One step, from the table as it was
 * written, so that it does not matter in which order lines stand.
 */
static void inherit(struct lexicon *l)
{
    size_t n = l->lists.n;
    size_t *written = NEW_ARRAY(&l->arena, n, size_t);
    for (size_t i = 0; i < n; i++)
        written[i] = l->lists.v[i].n;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < written[i]; k++) {
            struct synonym same = l->lists.v[i].v[k];
            const uint64_t *at = map_find(&l->synonyms, same.phrase);
            if (same.weight >= LEXICON_STRONG && at)
                take_over(l, &l->lists.v[i],
                          &(struct synonyms){ .v = l->lists.v[*at].v, .n = written[*at] });
        }
}

struct phrases {
    str *v;
    size_t n, cap;
};

static struct phrases read_phrases(struct lexicon *l, str list)
{
    struct phrases found = { 0 };
    for (str item; str_next(&list, ',', &item);) {
        str phrase = lexicon_phrase(&l->arena, l, item);
        if (!phrase.n)
            continue;
        *vec_add(&l->arena, &found) = phrase;
        lexicon_learn(l, utf8_fold(&l->arena, item), phrase);
    }
    return found;
}

/* "a, b" alike; "= a, b" the same; "a, b > c, d": who says a or b may mean c or d. */
static void read_synonyms(struct lexicon *l, str table)
{
    for (str line; next_line(&table, &line);) {
        uint32_t weight = line.p[0] == '=' ? LEXICON_STRONG : LEXICON_ALIKE;
        line = line.p[0] == '=' ? str_slice(line, 1, line.n) : line;
        str left;
        str right = line;
        str_next(&right, '>', &left);
        struct phrases from = read_phrases(l, left);
        struct phrases to = right.n ? read_phrases(l, right) : from;
        for (size_t i = 0; i < from.n; i++)
            for (size_t j = 0; j < to.n; j++)
                add_synonym(l, from.v[i], (struct synonym){ to.v[j], weight });
    }
}

struct lexicon *lexicon_new(const struct match_words *words)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct lexicon *l = NEW(&arena, struct lexicon);
    l->arena = arena;
    renew(l);
    l->parts = map_new(&l->arena);
    l->whole = map_new(&l->arena);
    l->stop = map_new(&l->arena);
    l->empty = map_new(&l->arena);
    l->synonyms = map_new(&l->arena);
    l->begins = map_new(&l->arena);
    read_stop(l, words->stop);
    read_parts(l, words->parts);
    read_synonyms(l, words->synonyms);
    inherit(l);
    return l;
}

void lexicon_free(struct lexicon *l)
{
    struct arena arena = l->arena;
    arena_free(&arena);
}

enum word_class lexicon_class(const struct lexicon *l, str folded)
{
    uint64_t *found = map_find(&l->stop, folded);
    return found ? (enum word_class) * found : WORD_PLAIN;
}

bool lexicon_is_empty(const struct lexicon *l, str stem)
{
    return map_find(&l->empty, stem) != NULL;
}

bool lexicon_begins(const struct lexicon *l, str stem)
{
    return map_find(&l->begins, stem) != NULL;
}

const struct synonyms *lexicon_synonyms(const struct lexicon *l, str phrase)
{
    uint64_t *found = map_find(&l->synonyms, phrase);
    return found ? &l->lists.v[*found] : NULL;
}
