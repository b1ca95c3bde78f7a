/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading XML that is a list of records: each element of one name, with its attributes and
 * the texts of its children as fields. Constant memory. A document type declaration is
 * refused, so that there are no entities to expand and nothing to fetch.
 */
#ifndef WEB_XML_IN_H
#define WEB_XML_IN_H

#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define XML_IN_FIELDS 100

struct xml_field {
    str name; /* of the child; "@name" for an attribute of the record */
    str text; /* clean UTF-8, trimmed */
};

struct xml_record {
    int64_t line;
    const struct xml_field *v;
    size_t n;
};

struct xml_in {
    const char *record; /* name of the element that is a record */
    const char *within; /* … right inside of an element of this name; NULL: anywhere */
    bool bare;          /* names are taken without their prefix, texts as they are */
    void (*each)(void *ctx, const struct xml_record *record);
    /* Attributes of the outermost element, once; may be NULL. */
    void (*root)(void *ctx, const struct xml_record *attributes);
    void *ctx;
};

/* ERR_INVALID with line and reason in *problem when the file is no such XML. */
MUST_CHECK enum err xml_in_read(struct arena *a, FILE *file, const struct xml_in *in, str *problem);
/* The text of a field; empty when the record lacks it. */
str xml_field(const struct xml_record *record, str name);

#endif
