/* SPDX-License-Identifier: EUPL-1.2 */
/* Passwords of other servers: a setting names a file, never the secret itself. */
#ifndef WEB_SECRET_H
#define WEB_SECRET_H

#include "base/str.h"

/* The first line of the file, trimmed; empty when it cannot be read, or no file is named. */
str secret_line(struct arena *a, const char *path);

#endif
