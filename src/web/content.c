/* SPDX-License-Identifier: EUPL-1.2 */
/* See content.h. Texts go in with their length, so that none can pass for its neighbour. */
#include "web/content.h"

#include "base/crypt.h"
#include "base/out.h"

static void put_number(struct out *o, int64_t v)
{
    out_i64(o, v);
    out_char(o, '\n');
}

static void put_point(struct out *o, opt_real v)
{
    out_f64(o, v.has ? v.v : 0, 6);
    out_char(o, v.has ? 'p' : '-');
}

str content_hash(struct arena *a, const struct content *content)
{
    struct out o = out_new(a, 0);
    for (size_t i = 0; i < content->text_count; i++) {
        put_number(&o, (int64_t)content->texts[i].n);
        out_str(&o, content->texts[i]);
    }
    for (size_t i = 0; i < content->number_count; i++)
        put_number(&o, content->numbers[i]);
    put_point(&o, content->lat);
    put_point(&o, content->lon);
    return crypt_sha256_hex(a, out_text(&o));
}
