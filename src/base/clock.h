/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Time. An instant is UTC seconds since 1970; a day is a civil date without a clock.
 * Local time is German time: UTC+1, and UTC+2 in summer, from the last Sunday of March to
 * the last Sunday of October, both at 01:00 UTC (directive 2000/84/EC). The system's time
 * zone data is not consulted, so every machine computes the same.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/str.h"

struct day {
    int year; /* 1…9999; 0 means no day */
    int month;
    int day;
};

struct local_time {
    struct day day;
    int hour;
    int minute;
    int second;
};

/* Now; a test or `tandem job run --now` may set another clock with clock_set. */
int64_t clock_now(void);
/* Fixes the clock of this process at an instant; 0 lets it run again. */
void clock_set(int64_t instant);
/* Microseconds that only grow, for measuring. */
int64_t clock_ticks(void);

struct local_time clock_local(int64_t instant);
/* The instant of a German wall-clock time; the skipped hour in spring counts as after it. */
int64_t clock_instant(struct local_time t);
struct day clock_today(void);

bool day_valid(struct day d);
/* Days since 1970-01-01; the inverse of day_from_number. */
int64_t day_number(struct day d);
/* The same for the German day of an instant. */
int64_t clock_day_number(int64_t instant);
struct day day_from_number(int64_t n);
struct day day_add(struct day d, int days);
/* 0 Monday … 6 Sunday. */
int day_weekday(struct day d);

/* "2026-11-22"; anything else is refused. */
bool day_parse_iso(str s, struct day *d);
/*
 * As people write days in German: "3.12.", "03.12.2026", "3. Dezember", "3. Dez 26", and ISO.
 * Without a year the next such day from `today` on is meant.
 */
bool day_parse(str s, struct day today, struct day *d);
str day_iso(struct arena *a, struct day d);
/* "2026-11-22T15:04:05Z" */
str instant_iso(struct arena *a, int64_t instant);
/* "Sun, 22 Nov 2026 15:04:05 GMT" (RFC 9110, section 5.6.7) */
str instant_http(struct arena *a, int64_t instant);

#endif
