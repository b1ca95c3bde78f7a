/* SPDX-License-Identifier: EUPL-1.2 */
/* Feeds every file of the corpus folder to the harness, and each file cut at every length. */
#include <dirent.h>

#include "base/out.h"
#include "base/test.h"
#include "fuzz.h"

static const char *folder;

static void feed(const char *name)
{
    str path = str_fmt(&t_arena, "%s/%s", folder, name);
    str s = test_read_file(str_to_c(&t_arena, path));

    for (size_t n = 0; s.p && n <= s.n; n++)
        LLVMFuzzerTestOneInput((const uint8_t *)s.p, n);
    test_check(s.p != NULL, name, __FILE__, __LINE__);
}

static void replays_the_corpus(void)
{
    struct dirent **names = NULL;
    int n = scandir(folder, &names, NULL, alphasort);

    ok(n > 2);
    for (int i = 0; i < n; i++) {
        if (names[i]->d_name[0] != '.')
            feed(names[i]->d_name);
        free(names[i]);
    }
    free(names);
}

static const struct test tests[] = { TEST(replays_the_corpus) };

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : ".";
    return test_run(tests, 1);
}
