/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The fonts of PDFs: those of the pages, out of the program itself, and no font of the machine.
 * Neighbour: pdf_draw.c.
 */
#ifndef WEB_PDF_FONT_H
#define WEB_PDF_FONT_H

#define PDF_FAMILY "Tandem Sans"

/* A PangoFontMap that has them; the files behind it are in memory and stay open. */
void *pdf_fonts_open(void);

#endif
