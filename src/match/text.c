/* SPDX-License-Identifier: EUPL-1.2 */
/* Words of a text: runs of letters and digits. */
#include "match/text.h"

#include "base/utf8.h"

bool text_next(str *folded, str *word)
{
    while (str_next(folded, ' ', word))
        if (word->n) {
            *word = str_slice(*word, 0, TEXT_WORD_MAX);
            return true;
        }
    return false;
}

static bool in_ascii_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/*
 * Beyond ASCII everything counts as a letter but the general punctuation block (dashes,
 * quotation marks), the no-break space and the Latin-1 signs.
 */
static bool in_wide_word(uint32_t c)
{
    if (c == 0xAD || c == 0x200B || c == 0x200D)
        return true;
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c < 0x2070) && c != 0xFFFD;
}

/* Takes the next letter or sign; whether it belongs to a word. */
static bool take(str *rest)
{
    char c = rest->p[0];
    if ((unsigned char)c >= 0x80)
        return in_wide_word(utf8_next(rest));
    *rest = (str){ rest->p + 1, rest->n - 1 };
    return in_ascii_word(c);
}

bool text_next_span(str text, size_t *at, size_t *from, size_t *to)
{
    str rest = str_slice(text, *at, text.n);
    bool inside = false;
    while (rest.n) {
        size_t here = text.n - rest.n;
        bool letter = take(&rest);
        if (letter && !inside) {
            inside = true;
            *from = here;
        } else if (!letter && inside) {
            *to = here;
            *at = text.n - rest.n;
            return true;
        }
    }
    *to = *at = text.n;
    return inside;
}
