/* SPDX-License-Identifier: EUPL-1.2 */
/* Runs of three letters; a blank stands before the first and behind the last one. */
#include "base/alike.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"

static int order(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static uint32_t run_at(str s, size_t i)
{
    uint32_t run = 0;
    for (size_t k = i; k < i + 3; k++)
        run = run << 8 | (k == 0 || k > s.n ? ' ' : (unsigned char)s.p[k - 1]);
    return run;
}

struct alike alike_of(struct arena *a, str text)
{
    str folded = str_trim(utf8_fold(a, text));
    struct alike result = { 0 };
    if (!folded.n)
        return result;
    uint32_t *v = NEW_ARRAY(a, folded.n, uint32_t);
    for (size_t i = 0; i < folded.n; i++)
        v[i] = run_at(folded, i);
    qsort(v, folded.n, sizeof *v, order);
    for (size_t i = 0; i < folded.n; i++)
        if (!i || v[i] != v[i - 1])
            v[result.n++] = v[i];
    result.v = v;
    return result;
}

int alike_share(struct alike a, struct alike b)
{
    size_t common = 0;
    size_t k = 0;
    for (size_t i = 0; i < a.n; i++) {
        while (k < b.n && b.v[k] < a.v[i])
            k++;
        common += k < b.n && b.v[k] == a.v[i];
    }
    return a.n + b.n ? (int)(common * 200 / (a.n + b.n)) : 0;
}
