/* SPDX-License-Identifier: EUPL-1.2 */
/* The other side of pdf.h: what runs in the helper process. Only src/app/main.c links it. */
#ifndef WEB_PDF_HELPER_H
#define WEB_PDF_HELPER_H

/* Reads a question, answers with a PDF, ends the process. */
_Noreturn void pdf_helper(void);

#endif
