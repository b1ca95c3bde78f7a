/* SPDX-License-Identifier: EUPL-1.2 */
/* What dump.c and restore.c share: the values of a row, and statements made from a table. */
#ifndef DB_DUMP_FORMAT_H
#define DB_DUMP_FORMAT_H

#include "db/dump.h"
#include "db/engine.h"

enum { DUMP_NULL, DUMP_INT, DUMP_REAL, DUMP_TEXT, DUMP_BLOB };

/* Letters, digits and _, not too many: what may become part of a statement. */
bool dump_is_name(str s);

#endif
