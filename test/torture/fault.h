/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Planted failures: the N-th allocation in an arena that has a `full` hook, or the N-th call
 * to the database, of this thread. The program itself knows nothing of it: the linker puts
 * fault.c between the callers and the functions (--wrap, see meson.build).
 */
#ifndef TORTURE_FAULT_H
#define TORTURE_FAULT_H

#include <stdbool.h>

enum fault { FAULT_MEMORY, FAULT_DATABASE };

/* The n-th call from now on fails, and only that one. */
void fault_plant(enum fault fault, long n);
/* Takes it back; true when it has come to pass. */
bool fault_clear(void);

#endif
