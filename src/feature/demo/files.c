/* SPDX-License-Identifier: EUPL-1.2 */
/* The embedded files: names that tool/embedc gave them, gathered into one table. */
#include "feature/demo/files.h"

#define EMBEDDED(name)                        \
    extern const unsigned char demo_##name[]; \
    extern const size_t demo_##name##_size
#define TOWN(town)                  \
    EMBEDDED(town##_city);          \
    EMBEDDED(town##_organisations); \
    EMBEDDED(town##_opportunities)

TOWN(luebeck);
TOWN(lueneburg);
TOWN(bitburg);

struct demo_town demo_towns[4];

#define TEXT(name) ((str){ (const char *)demo_##name, demo_##name##_size })
#define FILL(at, town)                                                                       \
    demo_towns[at] = (struct demo_town)                                                      \
    {                                                                                        \
        .name = #town, .city = TEXT(town##_city),                                            \
        .organisations = { "organisations", TEXT(town##_organisations) }, .opportunities = { \
            "opportunities",                                                                 \
            TEXT(town##_opportunities)                                                       \
        }                                                                                    \
    }

/* Sizes of embedded files are known to the linker only, so the table is filled at start. */
__attribute__((constructor)) static void fill_table(void)
{
    FILL(0, luebeck);
    FILL(1, lueneburg);
    FILL(2, bitburg);
}
