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

static bool in_wide_word(uint32_t c)
{
    if (c == 0xAD || c == 0x200B || c == 0x200D)
        return true;
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c < 0x2070) && c != 0xFFFD;
}

size_t text_wide_letter(str text, size_t i)
{
    str rest = str_slice(text, i, text.n);
    return in_wide_word(utf8_next(&rest)) ? text.n - rest.n : i;
}

size_t text_word_begin(str text, size_t i)
{
    for (; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool begins_wide = c >= 0xC0 && text_wide_letter(text, i) > i;
        if (text_ascii_letter(c) || begins_wide)
            break;
    }
    return i;
}

size_t text_word_end(str text, size_t i)
{
    while (i < text.n) {
        unsigned char c = (unsigned char)text.p[i];
        size_t next = c >= 0x80 ? text_wide_letter(text, i) : text_ascii_letter(c) ? i + 1 : i;
        if (next == i)
            return i;
        i = next;
    }
    return i;
}
