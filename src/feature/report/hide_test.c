/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Hidden numbers cannot be worked out: tables that tell it by hand, and random ones on which
 * somebody does sums with all that is shown.
 */
#include "feature/report/hide.h"

#include "base/out.h"
#include "base/test.h"

static uint64_t state;

static unsigned dice(unsigned sides)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state >> 33) % sides;
}

static void sum_up(struct hide_table *t)
{
    for (size_t r = 0; r < t->rows; r++)
        for (size_t c = 0; c < t->columns; c++)
            t->n[hide_at(t, r, t->columns)] += t->n[hide_at(t, r, c)];
    for (size_t c = 0; t->rows && c <= t->columns; c++)
        for (size_t r = 0; r < t->rows; r++)
            t->n[hide_at(t, t->rows, c)] += t->n[hide_at(t, r, c)];
}

/* One row of numbers and its sum: which of them are hidden, as "x" and "."; the sum last. */
static str pattern(const int64_t *n, size_t count)
{
    struct hide_table t = hide_table_new(&t_arena, 0, count);
    struct out o = out_new(&t_arena, 0);
    for (size_t i = 0; i < count; i++) {
        t.n[i] = n[i];
        t.n[count] += n[i];
    }
    hide_small(&t);
    for (size_t i = 0; i <= count; i++)
        out_str(&o, t.hidden[i] ? S("x") : S("."));
    return out_text(&o);
}
#define PATTERN(...) \
    pattern((const int64_t[]){ __VA_ARGS__ }, sizeof((const int64_t[]){ __VA_ARGS__ }) / 8)

static void small_numbers_are_hidden(void)
{
    eq_str(PATTERN(5, 7, 12), S("...."));
    eq_str(PATTERN(0, 7, 0), S("...."));       /* nobody is told by a 0 */
    eq_str(PATTERN(3, 7, 12), S("xx.."));      /* the smallest one besides */
    eq_str(PATTERN(4, 4, 12), S("xx.."));      /* together enough */
    eq_str(PATTERN(1, 1, 12, 30), S("xxx..")); /* together 2: both would be 1 */
    eq_str(PATTERN(1, 2, 0), S("xx.x"));       /* all of it is small */
    eq_str(PATTERN(0, 0, 0), S("...."));
    eq_str(PATTERN(3, 0, 0, 9), S("x..x."));
}

/* A number of the town and two of offices, each alone: no breakdown. */
static void offices_do_not_tell_each_other(void)
{
    struct hide_table t = hide_table_new(&t_arena, 2, 0);
    t.n[0] = 3;
    t.n[1] = 10;
    sum_up(&t);
    hide_small(&t);
    ok(t.hidden[0] && t.hidden[1] && !t.hidden[2]);
}

/* ---- doing sums ---- */

/* A line of which one number is unknown tells it. True when it did. */
static bool work_out(struct hide_table *t, size_t first, size_t step, size_t count)
{
    size_t unknown = 0, which = 0;
    for (size_t i = 0; i <= count; i++)
        if (t->hidden[first + i * step]) {
            unknown++;
            which = first + i * step;
        }
    if (unknown != 1)
        return false;
    t->hidden[which] = false;
    return true;
}

/* Lines whose sum is known: what is hidden in them comes to so much together. */
static bool tells_few(const struct hide_table *t, size_t first, size_t step, size_t count)
{
    int64_t together = 0;
    for (size_t i = 0; i < count; i++)
        together += t->hidden[first + i * step] ? t->n[first + i * step] : 0;
    return !t->hidden[first + count * step] && together > 0 && together < HIDE_BELOW;
}

static bool attack(struct hide_table *t)
{
    bool found = false, told = false;
    do {
        found = false;
        for (size_t r = 0; t->columns && r <= t->rows; r++)
            found |= work_out(t, hide_at(t, r, 0), 1, t->columns);
        for (size_t c = 0; t->rows && c <= t->columns; c++)
            found |= work_out(t, c, t->columns + 1, t->rows);
        told |= found;
    } while (found);
    for (size_t r = 0; t->columns && r <= t->rows; r++)
        told |= tells_few(t, hide_at(t, r, 0), 1, t->columns);
    for (size_t c = 0; t->rows && c <= t->columns; c++)
        told |= tells_few(t, c, t->columns + 1, t->rows);
    return told;
}

static bool random_table_is_safe(void)
{
    struct hide_table t = hide_table_new(&t_arena, dice(4), dice(9));
    unsigned sides = 2 + dice(20);
    for (size_t r = 0; r < t.rows; r++)
        for (size_t c = 0; c < t.columns; c++)
            t.n[hide_at(&t, r, c)] = dice(3) ? dice(sides) : 0;
    for (size_t c = 0; !t.rows && c < t.columns; c++) {
        t.n[c] = dice(3) ? dice(sides) : 0;
        t.n[t.columns] += t.n[c];
    }
    for (size_t r = 0; !t.columns && r < t.rows; r++)
        t.n[r] = dice(sides);
    sum_up(&t);
    hide_small(&t);
    for (size_t i = 0; i < (t.rows + 1) * (t.columns + 1); i++)
        if ((t.n[i] > 0 && t.n[i] < HIDE_BELOW && !t.hidden[i]) || (!t.n[i] && t.hidden[i]))
            return false;
    return !attack(&t);
}

static void random_tables_cannot_be_worked_out(void)
{
    size_t safe = 0, tries = 20000;
    state = 20261123;
    for (size_t i = 0; i < tries; i++)
        safe += random_table_is_safe();
    eq_int((int64_t)safe, (int64_t)tries);
}

static const struct test tests[] = {
    TEST(small_numbers_are_hidden),
    TEST(offices_do_not_tell_each_other),
    TEST(random_tables_cannot_be_worked_out),
};
TEST_MAIN(tests)
