/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Unit tests in TAP. A test program lists its tests and runs them:
 *
 *     static void joins_two(void)
 *     {
 *         ok(str_eq(str_join(&t_arena, S("a"), S("b")), S("ab")));
 *     }
 *     static const struct test tests[] = { TEST(joins_two), TEST(…) };
 *     TEST_MAIN(tests)
 *
 * Each check is one TAP line. `t_arena` is emptied between tests. test_skip() counts a
 * test as skipped, for instance because data that only some machines have is absent.
 */
#ifndef BASE_TEST_H
#define BASE_TEST_H

#include "base/arena.h"
#include "base/str.h"

extern struct arena t_arena;

void test_check(bool good, const char *what, const char *file, int line);
void test_eq_str(str got, str want, const char *file, int line);
void test_eq_int(int64_t got, int64_t want, const char *file, int line);
void test_skip(const char *why);
/* The path of a file by its name in the source folder, whatever folder the test runs in. */
const char *test_path(const char *name);
/* A file as text in t_arena; absent files give {NULL, 0}. */
str test_read_file(const char *path);

#define ok(condition)     test_check((condition), #condition, __FILE__, __LINE__)
#define eq_str(got, want) test_eq_str((got), (want), __FILE__, __LINE__)
#define eq_int(got, want) test_eq_int((int64_t)(got), (int64_t)(want), __FILE__, __LINE__)

struct test {
    const char *name;
    void (*run)(void);
};
#define TEST(function)      \
    {                       \
#function, function \
    }
int test_run(const struct test *tests, size_t n);
#define TEST_MAIN(tests)                                           \
    int main(void)                                                 \
    {                                                              \
        return test_run((tests), sizeof(tests) / sizeof *(tests)); \
    }

#endif
