/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Small numbers about people are not told, nor can they be worked out: the rule of every table of
 * figures. Pure; knows nothing of what is counted.
 *
 * A table has a row for each office and one for the town, a column for each value of the breakdown
 * and one for all of them, so each row and each column ends in its sum. Hidden is what is from 1 to
 * 4. Where a sum stands beside it, a second number of that row or column is hidden as well, the
 * smallest that helps, until what is hidden there is at least 5 together and cannot be told apart.
 * Nothing is told by a 0: it is shown.
 */
#ifndef FEATURE_REPORT_HIDE_H
#define FEATURE_REPORT_HIDE_H

#include "base/arena.h"

#define HIDE_BELOW 5

struct hide_table {
    size_t rows, columns; /* without the sums */
    int64_t *n;           /* (rows + 1) * (columns + 1), the sums last */
    bool *hidden;
};

struct hide_table hide_table_new(struct arena *a, size_t rows, size_t columns);

static inline size_t hide_at(const struct hide_table *t, size_t row, size_t column)
{
    return row * (t->columns + 1) + column;
}

/* Without columns (rows) there is no breakdown (there are no offices) that could tell anything. */
void hide_small(struct hide_table *t);

#endif
