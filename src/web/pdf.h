/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PDF: a document or a poster is described as data, and made by a sandboxed helper (helper.h)
 * that knows cairo and pango. Tagged for readers aloud, with title and language, in the fonts of
 * the pages, hyphenated; A4.
 *
 *     struct pdf_doc doc = { .arena = rq->arena, .title = t_card_title(rq), .lang = S("de") };
 *     pdf_heading(&doc, 2, t_card_hours(rq));
 *     pdf_paragraph(&doc, text);
 *     pdf_row(&doc, (const str[]){ S("Jahr"), S("Stunden") }, 2);    (the first row is the head)
 *     pdf_row(&doc, (const str[]){ S("2026"), S("120") }, 2);
 *     str pdf;
 *     if (pdf_make_doc(rq->app, &doc, &pdf) == ERR_OK) …
 *
 * Takes about a tenth of a second in another process: in routes that are `slow` and in jobs only.
 * Thread-safe. Neighbours: pdf_wire.h (what travels), pdf_helper.c (the other side).
 */
#ifndef WEB_PDF_H
#define WEB_PDF_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct app;

/* The hidden verb of the program that makes documents; see src/app/main.c. */
#define PDF_VERB "helper-pdf"

enum pdf_kind { PDF_HEADING, PDF_PARAGRAPH, PDF_NOTE, PDF_ITEM, PDF_ROW, PDF_PAGE, PDF_KIND_COUNT };

struct pdf_block {
    enum pdf_kind kind;
    int level; /* of a heading: 2 … 4 (the title is 1) */
    const str *texts;
    size_t n; /* 1, cells of a row, 0 of a new page */
};

/* A text of as many pages as it needs, in reading order. */
struct pdf_doc {
    struct arena *arena;
    str title;  /* the first heading, and the title of the file */
    str lang;   /* "de", "en": for readers aloud and for hyphens */
    str from;   /* who writes, above the title on the first page; may be empty */
    str date;   /* beside it; may be empty */
    str footer; /* at the foot of each page, beside its number; may be empty */
    str colour; /* "#8c1f33" of headings; empty: black */
    str logo;   /* an SVG picture beside `from`; may be empty */
    bool whole; /* words are not divided, as Leichte Sprache wants it */
    bool large; /* in large print: 16 points */
    struct {
        struct pdf_block *v;
        size_t n, cap;
    } blocks;
};

void pdf_heading(struct pdf_doc *doc, int level, str text);
void pdf_paragraph(struct pdf_doc *doc, str text);
/* Small print. */
void pdf_note(struct pdf_doc *doc, str text);
/* A point of a list; points that follow each other are one list. */
void pdf_item(struct pdf_doc *doc, str text);
/* A row of a table of up to PDF_CELLS columns; rows that follow each other are one table, whose
 * head is the first one and stands again on each page. */
#define PDF_CELLS 8
void pdf_row(struct pdf_doc *doc, const str *cells, size_t n);
/* What follows begins on a new page. */
void pdf_page(struct pdf_doc *doc);

/* The file, in the document's arena. ERR_LIMIT or ERR_IO: no PDF today (503). */
MUST_CHECK enum err pdf_make_doc(struct app *app, const struct pdf_doc *doc, str *pdf);

#define PDF_FACTS 6

struct pdf_fact {
    str label; /* "Wann" */
    str text;
};

/* One page to hang up: what is offered, by whom, and how one gets there. */
struct pdf_poster {
    str title;
    str lang;
    bool whole; /* words are not divided */
    str brand;  /* "Hansestadt Lübeck" */
    str claim;  /* "Ehrenamt in Lübeck": below it */
    str shout;  /* "Machen Sie mit!": beside the picture */
    str organisation;
    str text; /* two or three sentences */
    struct pdf_fact facts[PDF_FACTS];
    size_t fact_count;
    str colour, on_colour, tint; /* of the town; "#rrggbb" */
    str accent;
    str logo, art;  /* SVG pictures; may be empty */
    str qr;         /* SVG picture */
    str qr_text;    /* what it is, for readers aloud */
    str call;       /* "Interesse? Scannen …" */
    str address;    /* as people type it */
    str link;       /* as the QR code has it */
    str footer;     /* "Stand: 22. November 2026" */
    bool strips;    /* with strips to tear off at the foot */
    str strip_text; /* on each, above the address */
};

MUST_CHECK enum err pdf_make_poster(struct app *app, struct arena *a, const struct pdf_poster *p,
                                    str *pdf);

#endif
