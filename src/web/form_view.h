/* SPDX-License-Identifier: EUPL-1.2 */
/* Small answers for form.html: ids, types, classes, links of the error summary. */
#ifndef WEB_FORM_VIEW_H
#define WEB_FORM_VIEW_H

#include "web/form.h"
#include "web/vocab_label.h"

str form_id(const struct field *f);
str form_input_type(const struct field *f);
/* Lines of a text area: more where longer texts are expected. */
int form_rows(const struct field *f);
str form_autocomplete(const struct field *f);
/* Ids of hint and error, as far as they are on the page. */
str form_described_by(const struct rq *rq, const struct field *f);
/* The text when the field has an error, else nothing. */
str form_error_class(const struct rq *rq, const struct field *f, str text);
url form_error_link(const struct rq *rq, size_t n);
/* "Titel: Bitte füllen Sie dieses Feld aus." */
str form_error_text(const struct rq *rq, const struct field *fields, size_t n);
/* Class for the width of a line, as wide as what goes in. */
str form_width(const struct field *f);

/* The answers in the order of the form: yes, no, not known. */
int form_answer(size_t place);

#endif
