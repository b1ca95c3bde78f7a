/* SPDX-License-Identifier: EUPL-1.2 */
/* Failure: names of errors, and the end of the process for programmers' mistakes. */
#include "base/err.h"

const char *err_name(enum err e)
{
    switch (e) {
    case ERR_OK:
        return "ok";
    case ERR_NOT_FOUND:
        return "not found";
    case ERR_CONFLICT:
        return "conflict";
    case ERR_INVALID:
        return "invalid";
    case ERR_IO:
        return "input/output";
    case ERR_ENGINE:
        return "engine";
    case ERR_LIMIT:
        return "limit";
    case ERR_FULL:
        return "disk full";
    }
    return "unknown";
}

void must_failed(const char *what, const char *file, int line)
{
    fprintf(stderr, "tandem: %s:%d: must hold, but does not: %s\n", file, line, what);
    abort();
}
