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

/*
 * ASCII is decided here; of the rest everything counts as a letter but the general punctuation
 * block (dashes, quotation marks), the no-break space and the Latin-1 signs.
 */
static bool in_word(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c == 0xAD || c == 0x200B || c == 0x200D)
        return true;
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c < 0x2070) && c != 0xFFFD;
}

bool text_next_span(str text, size_t *at, size_t *from, size_t *to)
{
    str rest = str_slice(text, *at, text.n);
    bool inside = false;
    while (rest.n) {
        size_t here = text.n - rest.n;
        uint32_t c = utf8_next(&rest);
        if (in_word(c) && !inside) {
            inside = true;
            *from = here;
        } else if (!in_word(c) && inside) {
            *to = here;
            *at = text.n - rest.n;
            return true;
        }
    }
    *to = *at = text.n;
    return inside;
}
