/* SPDX-License-Identifier: EUPL-1.2 */
/* The log: formatted on the stack, written with one call, so that lines never mix. */
#include "base/log.h"

#include <stdatomic.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/out.h"

#define LINE_MAX_BYTES 4096

static _Atomic int least_level = LOG_INFO;

void log_level_set(enum log_level least)
{
    atomic_store(&least_level, (int)least);
}

static void put_value(struct out *o, str v)
{
    out_char(o, '"');
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        if (c == '"' || c == '\\')
            out_char(o, '\\');
        if (c < 0x20 || c == 0x7f)
            out_fmt(o, "\\x%02x", c);
        else
            out_char(o, (char)c);
    }
    out_char(o, '"');
}

void log_pairs(enum log_level level, const char *event, const struct log_pair *pairs, size_t n)
{
    static const char names[][8] = { "debug", "info", "warning", "error" };
    if ((int)level < atomic_load(&least_level))
        return;
    struct arena a;
    arena_init(&a, 0);
    struct out o = out_new(&a, LINE_MAX_BYTES);
    out_str(&o, instant_iso(&a, clock_now()));
    out_fmt(&o, " %s %s", names[level], event);
    for (size_t i = 0; i < n; i++) {
        out_fmt(&o, " %s=", pairs[i].key);
        put_value(&o, pairs[i].value);
    }
    out_char(&o, '\n');
    str line = out_text(&o);
    ssize_t written = write(STDERR_FILENO, line.p, line.n);
    (void)written;
    arena_free(&a);
}
