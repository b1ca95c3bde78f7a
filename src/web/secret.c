/* SPDX-License-Identifier: EUPL-1.2 */
/* A secret is the first line of its file. It is read each time, so that it may be changed. */
#include "web/secret.h"

#include "base/arena.h"

str secret_line(struct arena *a, const char *path)
{
    char line[256] = { 0 };
    FILE *f = path[0] ? fopen(path, "r") : NULL;
    if (!f)
        return S("");
    char *got = fgets(line, sizeof line, f);
    fclose(f);
    return got ? str_copy(a, str_trim(str_from_c(line))) : S("");
}
