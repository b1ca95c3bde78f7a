/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A parsed HTML page: elements by selector, their text, and forms as a browser would send
 * them. Wraps libxml2's HTML parser. Not thread-safe.
 *
 * A selector is one or more compounds separated by blanks (descendant); a compound is
 * tag, #id, .class, [attribute], [attribute=value] or ["quoted value"] in any combination.
 */
#ifndef SCENARIO_PAGE_H
#define SCENARIO_PAGE_H

#include "base/str.h"

typedef struct _xmlNode element;
typedef struct _xmlDoc page;

struct elements {
    element **v; /* in document order */
    size_t n, cap;
};

/* A field of a form with the value that would be sent for it now. */
struct form_field {
    str name;
    str value;
};

struct form {
    str method; /* "get" or "post" */
    str action; /* as written; empty: the page itself */
    struct form_field *v;
    size_t n, cap;
};

/* Any bytes make a page, as in a browser. To be given back with page_free. */
page *page_parse(str text);
void page_free(page *p);
/* False when the selector is not understood. */
bool page_find(struct arena *a, page *p, str selector, struct elements *found);
/* The text of an element and what is in it, white space collapsed, no-break space as space. */
str page_text(struct arena *a, element *e);
/* {NULL, 0} when the element has no such attribute. */
str page_attribute(struct arena *a, element *e, const char *name);
/* What pressing the form's first submit button would send. */
struct form page_form(struct arena *a, element *form);

#endif
