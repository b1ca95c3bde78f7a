/* SPDX-License-Identifier: EUPL-1.2 */
/* Working days. */
#include "feature/concern/days.h"

struct day day_easter(int year)
{
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return (struct day){ year, f / 31, f % 31 + 1 };
}

bool day_is_holiday(struct day day)
{
    static const struct {
        int month, day;
    } fixed[] = { { 1, 1 }, { 5, 1 }, { 10, 3 }, { 12, 25 }, { 12, 26 } };
    static const int after_easter[] = { -2, 1, 39, 50 };
    int64_t distance = day_number(day) - day_number(day_easter(day.year));
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (day.month == fixed[i].month && day.day == fixed[i].day)
            return true;
    for (size_t i = 0; i < sizeof after_easter / sizeof *after_easter; i++)
        if (distance == after_easter[i])
            return true;
    return false;
}

struct day day_add_working(struct day day, int n)
{
    while (n > 0) {
        day = day_add(day, 1);
        if (day_weekday(day) < 5 && !day_is_holiday(day))
            n--;
    }
    return day;
}
