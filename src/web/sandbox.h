/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How a helper locks itself up (helper.h is the server's side): limits of memory, time and
 * files, then a filter of system calls (seccomp) behind which it can compute, read its question
 * and write its answer. Anything else ends the process at once. Wraps libseccomp.
 */
#ifndef WEB_SANDBOX_H
#define WEB_SANDBOX_H

#include "base/err.h"
#include "base/str.h"

struct arena;

/* First thing in a helper: closes what it was not given, limits memory and seconds of work. */
void sandbox_limit(size_t memory, int seconds);
/* For good, in all threads: no file, no socket, no process from here on. Stops when refused. */
void sandbox_enter(void);
/* The question on standard input, at most so many bytes; ERR_IO: cut off, ERR_LIMIT: too long. */
MUST_CHECK enum err sandbox_read(struct arena *a, size_t most, str *question);
/* The answer to standard output, and the end of the process. */
_Noreturn void sandbox_answer(str answer);

#endif
