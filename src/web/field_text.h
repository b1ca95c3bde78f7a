/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What stands in a field of a form (web/form.h), as text that can be kept and put back: texts as
 * they are, numbers and bits in decimal.
 */
#ifndef WEB_FIELD_TEXT_H
#define WEB_FIELD_TEXT_H

#include "web/form.h"

/* Whether the member is an int64_t; else it is a str. */
bool field_is_number(const struct field *f);
str field_text(struct arena *a, const struct field *f, const void *form);
/* A number that cannot be read leaves the field as it is. */
void field_set_text(const struct field *f, void *form, str text);
/*
 * The same in words of the page, where the type says enough: bits, answers about access, codes,
 * days. Numbers and texts are returned as they are. Empty where nothing is said.
 */
str field_words(struct rq *rq, const struct field *f, str text);

#endif
