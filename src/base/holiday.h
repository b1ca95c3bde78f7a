/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Public holidays of the sixteen Länder, as their laws name them: fixed days, and days that
 * move with Easter or Advent. The table in holiday.c says for each who has it, from which year
 * to which, and by which law. Thread-safe: everything is constant.
 *
 * A Land is its code of ISO 3166-2:DE behind the hyphen ("SH"). Holidays that a Land has in
 * some municipalities only (Corpus Christi in parts of Saxony and Thuringia, Assumption in
 * Catholic municipalities of Bavaria, Augsburg's peace festival) are told apart: a program
 * that knows no list of municipalities must not guess.
 */
#ifndef BASE_HOLIDAY_H
#define BASE_HOLIDAY_H

#include "base/clock.h"

enum holiday {
    HOLIDAY_NONE,
    HOLIDAY_NEW_YEAR,
    HOLIDAY_EPIPHANY,
    HOLIDAY_WOMEN,
    HOLIDAY_GOOD_FRIDAY,
    HOLIDAY_EASTER_SUNDAY,
    HOLIDAY_EASTER_MONDAY,
    HOLIDAY_LABOUR,
    HOLIDAY_LIBERATION,
    HOLIDAY_ASCENSION,
    HOLIDAY_WHIT_SUNDAY,
    HOLIDAY_WHIT_MONDAY,
    HOLIDAY_CORPUS_CHRISTI,
    HOLIDAY_UPRISING,
    HOLIDAY_PEACE,
    HOLIDAY_ASSUMPTION,
    HOLIDAY_CHILDREN,
    HOLIDAY_UNITY,
    HOLIDAY_REFORMATION,
    HOLIDAY_ALL_SAINTS,
    HOLIDAY_REPENTANCE,
    HOLIDAY_CHRISTMAS,
    HOLIDAY_BOXING,
    HOLIDAY_COUNT
};

/* Easter Sunday of a year (Gregorian; Butcher's method). */
struct day day_easter(int year);

/* The holiday that a day is in all of a Land; `land` empty: in all of Germany. From 1995 on. */
enum holiday holiday_find(struct day day, str land);
/* The holiday that a day is in some municipalities of a Land only. */
enum holiday holiday_find_local(struct day day, str land);
/* The law that makes it one there, as it is cited: "SFTG § 2" (Land SH); empty: none does. */
str holiday_law(str land);

#endif
