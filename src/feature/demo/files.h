/* SPDX-License-Identifier: EUPL-1.2 */
/* The embedded files of data/demo. */
#ifndef FEATURE_DEMO_FILES_H
#define FEATURE_DEMO_FILES_H

#include "base/str.h"

struct demo_file {
    const char *kind; /* of the import */
    str text;
};

struct demo_town {
    const char *name;
    str city; /* city.json */
    struct demo_file organisations;
    struct demo_file opportunities;
};

/* Filled before main; ended by a NULL name. */
extern struct demo_town demo_towns[];

#endif
