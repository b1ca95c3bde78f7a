/* SPDX-License-Identifier: EUPL-1.2 */
/* Is a password made of common words? Neighbours: easy_words.c (the list), password.c. */
#include "feature/account/easy.h"

#include "base/out.h"
#include "base/utf8.h"

/* Words that may stand beside each other and still be easy. */
#define WORDS_MOST 2
/* Digits that are free: a year, a birthday, what a rule of some other site asked for. */
#define DIGITS_MOST 8
/* Digits alone are dates, phone and account numbers. */
#define NUMBER_MOST 14
#define ROW_LEAST   3
#define WORD_MOST   32
#define LENGTH_MOST 128 /* longer ones are not looked at: nobody guesses them */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

str easy_squeezed(struct arena *a, str s)
{
    str folded = utf8_fold(a, s);
    char *p = arena_bytes(a, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++)
        if (folded.p[i] != ' ')
            p[n++] = folded.p[i];
    return (str){ p, n };
}

bool easy_repeats(str s)
{
    for (size_t period = 1; period < 8 && period * 2 <= s.n; period++) {
        size_t i = period;
        while (i < s.n && s.p[i] == s.p[i - period])
            i++;
        if (i == s.n)
            return true;
    }
    return false;
}

/* ---- other spellings ---- */

static char letter_for(char c, char one)
{
    static const char from[] = "@4830!$579";
    static const char to[] = "aabeoisstg";
    if (c == '1')
        return one;
    for (size_t i = 0; from[i]; i++)
        if (from[i] == c)
            return to[i];
    return c;
}

/* "p@ssw0rt!" is "passwort!": only between letters, what stands around them is decoration. */
static str spelt_out(struct arena *a, str s, char one)
{
    size_t first = 0;
    size_t last = s.n;
    while (first < s.n && !is_letter(s.p[first]))
        first++;
    while (last > first && !is_letter(s.p[last - 1]))
        last--;
    char *p = arena_bytes(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = i > first && i < last ? letter_for(s.p[i], one) : s.p[i];
    return (str){ p, s.n };
}

/* ---- words ---- */

struct list {
    str *v; /* in order */
    size_t n;
    str own; /* folded, with blanks between them */
};

/* "petra.muster@verein.example" is four words. */
static str own_words(struct arena *a, struct easy_words own)
{
    struct out o = out_new(a, 0);
    for (size_t i = 0; i < own.n; i++)
        out_fmt(&o, "%.*s ", STR_FMT(utf8_fold(a, own.v[i])));
    return out_text(&o);
}

static struct list words_of(struct arena *a, struct easy_words own)
{
    struct list list = { .own = own_words(a, own) };
    str rest = easy_common_words;
    str word = S("");
    while (str_next(&rest, ' ', &word))
        list.n++;
    list.v = NEW_ARRAY(a, list.n, str);
    rest = easy_common_words;
    for (size_t i = 0; i < list.n && str_next(&rest, ' ', &word); i++)
        list.v[i] = word;
    return list;
}

static bool is_word(const struct list *list, str s)
{
    size_t low = 0;
    size_t high = list->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_cmp(s, list->v[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

static bool is_own(const struct list *list, str s)
{
    str rest = list->own;
    str word = S("");
    while (str_next(&rest, ' ', &word))
        if (str_eq(word, s))
            return true;
    return false;
}

bool easy_is_row(str s)
{
    static const str rows[] = {
        STR_INIT("01234567890123456789"),       STR_INIT("98765432109876543210"),
        STR_INIT("abcdefghijklmnopqrstuvwxyz"), STR_INIT("zyxwvutsrqponmlkjihgfedcba"),
        STR_INIT("qwertzuiopasdfghjklyxcvbnm"), STR_INIT("qwertyuiopasdfghjklzxcvbnm"),
        STR_INIT("mnbvcxylkjhgfdsapoiuztrewq"), STR_INIT("mnbvcxzlkjhgfdsapoiuytrewq"),
        STR_INIT("1qay2wsx3edc4rfv5tgb6zhn"),   STR_INIT("1qaz2wsx3edc4rfv5tgb6yhn7ujm"),
        STR_INIT("qazwsxedcrfvtgbyhnujm"),      STR_INIT("qaywsxedcrfvtgbzhnujm"),
        STR_INIT("1q2w3e4r5t6z7u8i9o0p"),       STR_INIT("1q2w3e4r5t6y7u8i9o0p"),
        STR_INIT("1a2b3c4d5e6f7g8h9i"),         STR_INIT("a1b2c3d4e5f6g7h8i9"),
        STR_INIT("q1w2e3r4t5z6u7i8o9p0"),       STR_INIT("q1w2e3r4t5y6u7i8o9p0"),
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_find(rows[i], s) >= 0)
            return true;
    return false;
}

/* Fewest words and digits that cover the password so far; none when it cannot be covered. */
struct cover {
    bool has;
    int words;
    int digits;
};

static void offer(struct cover *to, const struct cover *from, int words, int digits)
{
    struct cover c = { true, from->words + words, from->digits + digits };
    bool fits = c.words <= WORDS_MOST && c.digits <= DIGITS_MOST;
    if (fits &&
        (!to->has || c.words < to->words || (c.words == to->words && c.digits < to->digits)))
        *to = c;
}

/* Goes through it from left to right, one piece after the other. */
static bool is_covered(struct arena *a, const struct list *list, str s)
{
    struct cover *at = NEW_ARRAY(a, s.n + 1, struct cover);
    at[0].has = true;
    for (size_t i = 0; i < s.n; i++) {
        if (!at[i].has)
            continue;
        if (is_digit(s.p[i]))
            offer(&at[i + 1], &at[i], 0, 1);
        for (size_t n = ROW_LEAST; i + n <= s.n && n <= WORD_MOST; n++) {
            str piece = str_slice(s, i, i + n);
            if (easy_is_row(piece) || is_own(list, piece))
                offer(&at[i + n], &at[i], 0, 0);
            if (is_word(list, piece))
                offer(&at[i + n], &at[i], 1, 0);
        }
    }
    return s.n && at[s.n].has;
}

static bool is_number(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]))
            return false;
    return s.n > 0 && s.n <= NUMBER_MOST;
}

bool easy_to_guess(struct arena *a, str password, struct easy_words own)
{
    str plain = easy_squeezed(a, password);
    if (plain.n > LENGTH_MOST)
        return false;
    if (is_number(plain))
        return true;
    struct list list = words_of(a, own);
    return is_covered(a, &list, plain) ||
           is_covered(a, &list, easy_squeezed(a, spelt_out(a, password, 'i'))) ||
           is_covered(a, &list, easy_squeezed(a, spelt_out(a, password, 'l')));
}
