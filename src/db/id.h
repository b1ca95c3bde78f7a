/* SPDX-License-Identifier: EUPL-1.2 */
/* The arithmetic behind db_new_id, apart from clock and randomness; for its test. */
#ifndef DB_ID_H
#define DB_ID_H

#include <stdint.h>

/*
 * The id after `last` at `ms` (milliseconds since 1970): always greater than `last`, also
 * when the clock was set back or the millisecond is used up.
 */
int64_t id_next(int64_t last, int64_t ms, uint64_t random);

#endif
