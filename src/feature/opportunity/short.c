/* SPDX-License-Identifier: EUPL-1.2 */
/* Short addresses: base 32 both ways. */
#include "feature/opportunity/short.h"

#include "base/out.h"
#include "feature/tally/tally.h"

#define GROUP 4

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

str short_fmt(struct arena *a, int64_t id)
{
    char code[16];
    size_t n = 0;
    struct out o = out_new(a, 64);
    for (uint64_t left = (uint64_t)id; left || !n; left /= 32)
        code[n++] = digits[left % 32];
    for (size_t i = 0; i < n; i++) {
        if (i && i % GROUP == 0)
            out_char(&o, '-');
        out_char(&o, code[n - 1 - i]);
    }
    return out_text(&o);
}

/* -1: no digit. */
static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c + 32);
    c = c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
    for (int i = 0; i < 32; i++)
        if (digits[i] == c)
            return i;
    return -1;
}

bool short_parse(str code, int64_t *id)
{
    uint64_t value = 0;
    size_t n = 0;
    for (size_t i = 0; i < code.n; i++) {
        int digit = digit_of(code.p[i]);
        if (code.p[i] == '-')
            continue;
        if (digit < 0 || value >> 58)
            return false;
        value = value << 5 | (uint64_t)digit;
        n++;
    }
    *id = (int64_t)value;
    return n > 0;
}

url short_link(const struct rq *rq, int64_t id)
{
    return link_absolute(rq, link_to(rq, str_join(rq->arena, S("/k/"), short_fmt(rq->arena, id))));
}

str short_typed(const struct rq *rq, int64_t id)
{
    str address = short_link(rq, id).s;
    ptrdiff_t at = str_find(address, S("://"));
    return str_slice(address, at < 0 ? 0 : (size_t)at + 3, address.n);
}

void short_follow(struct rq *rq)
{
    int64_t id = 0;
    if (short_parse(rq_segment(rq, 0), &id))
        rq_see_url(rq, tally_link(rq, id, TALLY_paper));
    else
        rq_not_found(rq);
}
