/* SPDX-License-Identifier: EUPL-1.2 */
/* Laying out the two things that the PDF helper makes: documents over pages, posters on one. */
#ifndef WEB_PDF_FLOW_H
#define WEB_PDF_FLOW_H

#include "web/pdf.h"
#include "web/pdf_draw.h"

/* pdf_flow.c; the file, empty when drawing has failed */
str pdf_flow(struct pdf_draw *d, const struct pdf_doc *doc);
/* pdf_poster.c; the same */
str pdf_poster_draw(struct pdf_draw *d, const struct pdf_poster *p);

#endif
