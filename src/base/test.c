/* SPDX-License-Identifier: EUPL-1.2 */
/* The test runner behind base/test.h: TAP on stdout, 1 as exit status when a check failed. */
#include "base/test.h"

#include <stdlib.h>

struct arena t_arena;

static int checks;
static int failures;
static const char *running;

void test_check(bool good, const char *what, const char *file, int line)
{
    checks++;
    if (good) {
        printf("ok %d - %s: %s\n", checks, running, what);
        return;
    }
    failures++;
    printf("not ok %d - %s: %s\n# at %s:%d\n", checks, running, what, file, line);
}

void test_eq_str(str got, str want, const char *file, int line)
{
    bool same = str_eq(got, want);
    test_check(same, "texts are equal", file, line);
    if (!same)
        printf("#  got: %.*s\n# want: %.*s\n", STR_FMT(got), STR_FMT(want));
}

void test_eq_int(int64_t got, int64_t want, const char *file, int line)
{
    test_check(got == want, "numbers are equal", file, line);
    if (got != want)
        printf("#  got: %lld\n# want: %lld\n", (long long)got, (long long)want);
}

void test_skip(const char *why)
{
    checks++;
    printf("ok %d - %s # SKIP %s\n", checks, running, why);
}

const char *test_path(const char *name)
{
    const char *source = getenv("TANDEM_SOURCE");
    return str_to_c(&t_arena, str_fmt(&t_arena, "%s/%s", source ? source : ".", name));
}

str test_read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return (str){ NULL, 0 };
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    rewind(f);
    char *p = arena_bytes(&t_arena, (size_t)size + 1);
    size_t n = fread(p, 1, (size_t)size, f);
    fclose(f);
    return (str){ p, n };
}

int test_run(const struct test *tests, size_t n)
{
    arena_init(&t_arena, 0);
    for (size_t i = 0; i < n; i++) {
        running = tests[i].name;
        tests[i].run();
        arena_free(&t_arena);
    }
    printf("1..%d\n", checks);
    arena_thread_end();
    return failures ? 1 : 0;
}
