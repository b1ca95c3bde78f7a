/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Further bans for web/, match/ and the features, included after every system header
 * they need: memory comes from arenas, strings carry their length, output is a struct out.
 */
#ifndef BASE_BANNED_FEATURE_H
#define BASE_BANNED_FEATURE_H

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* glibc has some of them as macros, which cannot be poisoned. */
#undef isalpha
#undef isdigit
#undef isspace
#undef isupper
#undef islower
#undef isalnum
#undef tolower
#undef toupper
#undef snprintf
#undef vsnprintf

#pragma GCC poison malloc calloc realloc free strdup strndup strlen strcmp strncmp strcasecmp
#pragma GCC poison strchr strrchr strstr snprintf vsnprintf strtol strtod sscanf
#pragma GCC poison isalpha isdigit isspace isupper islower isalnum tolower toupper

#endif
