/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What cairo 1.16 cannot say in a PDF: the language of the document, that its title is to be
 * shown, and what figures show (ISO 32000-1, 14.9.2, 12.2, 14.9.3). Appended to the file as an
 * incremental update (7.5.6). Neighbour: pdf_draw.c.
 */
#ifndef WEB_PDF_FINISH_H
#define WEB_PDF_FINISH_H

#include "web/pdf_draw.h"

/* The file with these; the file as it is where its shape is not as expected. */
str pdf_finish(struct arena *a, str pdf, const struct pdf_about *about);

#endif
