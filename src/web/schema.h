/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The shape of a JSON answer, for /openapi.json. A schema is a name and a table of
 * properties; the writers stand beside it, so that one reader sees both.
 */
#ifndef WEB_SCHEMA_H
#define WEB_SCHEMA_H

#include <stdbool.h>

struct schema;

struct property {
    const char *name;
    const char *type; /* "string", "integer", "number", "boolean", "object", "array" */
    const char *doc;
    const struct schema *of; /* of an object, or of an array's elements */
    const char *item;        /* type of an array's elements when it is no object */
    bool optional;
};

struct schema {
    const char *name; /* "Opportunity": its name in the document */
    const char *doc;
    const struct property *properties; /* ended by {0} */
};

#endif
