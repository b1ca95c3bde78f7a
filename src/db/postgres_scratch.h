/* SPDX-License-Identifier: EUPL-1.2 */
/* Databases that come and go, for tests. */
#ifndef DB_POSTGRES_SCRATCH_H
#define DB_POSTGRES_SCRATCH_H

#include "base/str.h"

/*
 * Creates an empty database on the server that the address names, whose role may do that.
 * Returns its address, or NULL.
 */
const char *postgres_scratch_new(struct arena *a, const char *server);
void postgres_scratch_erase(const char *server, const char *scratch);

#endif
