/* SPDX-License-Identifier: EUPL-1.2 */
/* Working days. */
#include "feature/concern/days.h"

#include "base/holiday.h"

struct day day_add_working(struct day day, int n)
{
    while (n > 0) {
        day = day_add(day, 1);
        if (day_weekday(day) < 5 && !holiday_find(day, S("")))
            n--;
    }
    return day;
}
