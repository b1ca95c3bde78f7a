/* SPDX-License-Identifier: EUPL-1.2 */
/* Clocks, percentiles, memory. */
#include "bench/timing.h"

#include <unistd.h>

#include "base/arena.h"

#define READINGS 7

static int64_t read_clock(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t timing_now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t timing_cpu(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

int64_t timing_cpu_thread(void)
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

struct timing timing_new(struct arena *a, size_t most)
{
    return (struct timing){ NEW_ARRAY(a, most, int64_t), 0, most };
}

void timing_add(struct timing *t, int64_t ns)
{
    if (t->n < t->cap)
        t->v[t->n++] = ns;
}

void timing_keep(struct timing *t, size_t i, int64_t ns)
{
    if (i >= t->n)
        timing_add(t, ns);
    else if (ns < t->v[i])
        t->v[i] = ns;
}

static int compare_ns(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int64_t timing_percentile(struct timing *t, unsigned percent)
{
    if (!t->n)
        return 0;
    qsort(t->v, t->n, sizeof *t->v, compare_ns);
    size_t at = t->n * percent / 100;
    return t->v[at < t->n ? at : t->n - 1];
}

str timing_fmt(struct arena *a, int64_t ns)
{
    static const char *const units[] = { "ns", "µs", "ms", "s" };
    double v = (double)ns;
    int unit = 0;
    while (v >= 1000 && unit < 3) {
        v /= 1000;
        unit++;
    }
    if (!unit) {
        v /= 1000;
        unit = 1;
    }
    return str_fmt(a, "%.*f %s", v < 10 ? (v < 0.1 ? 2 : 1) : 0, v, units[unit]);
}

str timing_fmt_bytes(struct arena *a, int64_t bytes)
{
    double mb = (double)bytes / 1e6;
    return mb < 1000 ? str_fmt(a, "%.*f MB", mb < 10, mb) : str_fmt(a, "%.1f GB", mb / 1000);
}

/* A line of /proc/self/status, in KiB. */
static int64_t status(str name)
{
    char text[4096];
    FILE *f = fopen("/proc/self/status", "re");
    str all = { text, f ? fread(text, 1, sizeof text, f) : 0 };
    int64_t kib = 0;
    if (f)
        fclose(f);
    for (str line; str_next(&all, '\n', &line);)
        if (str_starts(line, name)) {
            str number = str_trim(str_slice(line, name.n, line.n));
            ptrdiff_t blank = str_find_byte(number, ' ');
            str_to_i64(str_slice(number, 0, blank < 0 ? number.n : (size_t)blank), &kib);
        }
    return kib * 1024;
}

int64_t timing_resident(void)
{
    return status(S("VmRSS:"));
}

int64_t timing_resident_most(void)
{
    return status(S("VmHWM:"));
}

str timing_machine(struct arena *a)
{
    double load = 0;
    if (getloadavg(&load, 1) != 1)
        load = 0;
    return str_fmt(a, "%ld cores, load %.1f", sysconf(_SC_NPROCESSORS_ONLN), load);
}

int64_t timing_plain_read(size_t bytes)
{
    struct arena a;
    arena_init(&a, 0);
    size_t n = bytes / sizeof(uint64_t);
    uint64_t *v = NEW_ARRAY(&a, n, uint64_t);
    struct timing t = timing_new(&a, READINGS);
    volatile uint64_t keep = 0;
    for (size_t i = 0; i < n; i++)
        v[i] = i;
    for (int r = 0; r < READINGS; r++) {
        int64_t from = timing_now();
        uint64_t sum[4] = { 0 };
        for (size_t i = 0; i + 4 <= n; i += 4)
            for (int k = 0; k < 4; k++)
                sum[k] += v[i + (size_t)k];
        keep += sum[0] + sum[1] + sum[2] + sum[3];
        timing_add(&t, timing_now() - from);
    }
    (void)keep; /* read: so that no compiler leaves the sums out */
    int64_t median = timing_percentile(&t, 50);
    arena_free(&a);
    return median;
}
