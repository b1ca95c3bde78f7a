/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Work that must not happen in the serving process: a fresh process of this program, started
 * with a hidden verb, gets one message, answers one message and is gone. It knows no secret of
 * the server (a new image, no shared memory) and locks itself up (sandbox.h) before it reads.
 * A message is its length in four bytes, least first, and so many bytes.
 *
 * Blocks until the answer is there or the time is over: for workers and jobs, never for a
 * serving thread. Thread-safe. Neighbours: sandbox.c (the other side), pdf.c (who asks).
 */
#ifndef WEB_HELPER_H
#define WEB_HELPER_H

#include "base/err.h"
#include "base/str.h"

struct helper_job {
    const char *program; /* "/proc/self/exe", or the program's path; NULL: there is no helper */
    const char *verb;    /* its only argument */
    str input;
    size_t most; /* bytes of an answer */
    int seconds; /* then it is killed */
};

/*
 * The answer, in the arena. ERR_LIMIT: too slow or too long; ERR_IO: it could not be started or
 * died; both are logged, without what was asked.
 */
MUST_CHECK enum err helper_run(struct arena *a, const struct helper_job *job, str *answer);

#endif
