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

/* Letters and digits of ASCII. */
static const bool ascii_words[128] = {
    ['0' ... '9'] = true,
    ['A' ... 'Z'] = true,
    ['a' ... 'z'] = true,
};

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

/* Passes over what belongs to a word, or over what does not, from i on. */
static size_t pass(str text, size_t i, bool words)
{
    while (i < text.n) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < 0x80) {
            if (ascii_words[c] != words)
                return i;
            i++;
            continue;
        }
        str rest = str_slice(text, i, text.n);
        if (in_wide_word(utf8_next(&rest)) != words)
            return i;
        i = text.n - rest.n;
    }
    return i;
}

bool text_next_span(str text, size_t *at, size_t *from, size_t *to)
{
    *from = pass(text, *at, false);
    *to = *at = pass(text, *from, true);
    return *to > *from;
}
