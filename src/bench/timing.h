/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Measuring: wall-clock time of single questions, percentiles, memory, tables for the terminal
 * and for Markdown. Everything that is compared is measured by the same clock in the same run.
 */
#ifndef BENCH_TIMING_H
#define BENCH_TIMING_H

#include "base/out.h"

/* Nanoseconds that only grow. */
int64_t timing_now(void);

/* Processor time of all threads of this process, and of the calling one, in nanoseconds. */
int64_t timing_cpu(void);
int64_t timing_cpu_thread(void);

/* So many samples at most; what comes later is not kept. */
struct timing {
    int64_t *v; /* nanoseconds */
    size_t n, cap;
};
struct timing timing_new(struct arena *a, size_t most);
void timing_add(struct timing *t, int64_t ns);
/*
 * Sample i of a further pass over the same questions: of each question the fastest pass counts, so
 * that other work on the machine disturbs little. All who are compared get the same passes.
 */
#define TIMING_PASSES 3
void timing_keep(struct timing *t, size_t i, int64_t ns);
/* The sample below which so many of a hundred lie; sorts. 0 when there is none. */
int64_t timing_percentile(struct timing *t, unsigned percent);

/* "0.4 µs", "12 µs", "3.1 ms", "2.5 s": three digits at most. */
str timing_fmt(struct arena *a, int64_t ns);
/* "78 MB" */
str timing_fmt_bytes(struct arena *a, int64_t bytes);
/* Resident memory of this process, and the most that it ever was, in bytes. */
int64_t timing_resident(void);
int64_t timing_resident_most(void);
/* "2 cores, load 3.4" */
str timing_machine(struct arena *a);

/*
 * The limit: how long one core takes to read so many bytes from memory once, in order. Median of
 * several readings.
 */
int64_t timing_plain_read(size_t bytes);

#endif
