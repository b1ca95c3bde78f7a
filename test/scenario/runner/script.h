/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Runs one scenario: the requests of a text file, and what their answers must be. The
 * language is described in test/README.md.
 */
#ifndef SCENARIO_SCRIPT_H
#define SCENARIO_SCRIPT_H

#include "base/str.h"

struct script {
    struct arena *arena; /* emptied by the caller after the run */
    str text;
    int port; /* of the server on 127.0.0.1 */
    /* Called for each request and each expectation; why: of a failure. */
    void (*report)(void *ctx, int line, str what, str why);
    void *ctx;
};

/* Faults of the script itself are reported as failures too. */
void script_run(const struct script *s);

#endif
