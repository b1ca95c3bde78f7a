/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Values that may be absent: what a nullable column holds and a nullable parameter takes.
 *
 *     .ends_at = some_int(end), .place = no_str
 */
#ifndef DB_OPT_H
#define DB_OPT_H

#include "base/str.h"

typedef struct opt_int {
    bool has;
    int64_t v;
} opt_int;

typedef struct opt_real {
    bool has;
    double v;
} opt_real;

typedef struct opt_str {
    bool has;
    str v;
} opt_str;

#define no_int  ((opt_int){ .has = false })
#define no_real ((opt_real){ .has = false })
#define no_str  ((opt_str){ .has = false })

static inline opt_int some_int(int64_t v)
{
    return (opt_int){ true, v };
}

static inline opt_real some_real(double v)
{
    return (opt_real){ true, v };
}

static inline opt_str some_str(str v)
{
    return (opt_str){ true, v };
}

#endif
