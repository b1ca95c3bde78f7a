/* SPDX-License-Identifier: EUPL-1.2 */
/* How names of places are compared. Used by place.c and, at build time, by tool/placec. */
#include "base/arena.h"
#include "base/out.h"
#include "base/utf8.h"
#include "match/place_table.h"

str place_key(struct arena *a, str name)
{
    str folded = utf8_fold(a, name);
    struct out o = out_new(a, folded.n + 16);
    for (str word; str_next(&folded, ' ', &word);) {
        if (o.n)
            out_char(&o, ' ');
        out_str(&o, str_eq(word, S("sankt")) ? S("st") : word);
    }
    return out_text(&o);
}
