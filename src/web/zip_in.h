/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Files out of a ZIP archive in memory, as spreadsheets are. Wraps libzip. What comes out is
 * bounded by the caller, whatever the archive says about it (ASVS 5.0, 5.2.3).
 */
#ifndef WEB_ZIP_IN_H
#define WEB_ZIP_IN_H

#include "base/err.h"
#include "base/str.h"

#define ZIP_IN_ENTRIES 2000

struct zip_in;

/* The bytes must outlive it. NULL: no archive, or one with more entries than that. */
struct zip_in *zip_in_open(str bytes);
void zip_in_close(struct zip_in *zip);
/*
 * ERR_NOT_FOUND: no file of that name; ERR_LIMIT: it holds more than `most` bytes; ERR_INVALID: it
 * is encrypted or damaged.
 */
struct zip_in_wish {
    str name;
    size_t most;
};
MUST_CHECK enum err zip_in_read(struct zip_in *zip, struct arena *a, const struct zip_in_wish *wish,
                                str *bytes);

#endif
