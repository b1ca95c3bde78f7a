/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Drawing a tagged PDF: text in lines, boxes, pictures, links. Wraps cairo, pango and librsvg;
 * its users (pdf_flow.c, pdf_poster.c) know none of them. Points of 1/72 inch, from the top left.
 * One drawing at a time in one process: for the PDF helper.
 */
#ifndef WEB_PDF_DRAW_H
#define WEB_PDF_DRAW_H

#include "base/arena.h"
#include "base/out.h"

#define PDF_WIDTH  595.28 /* A4 */
#define PDF_HEIGHT 841.89
#define PDF_MM     (72 / 25.4)

struct pdf_draw;

/* Opens fonts and patterns and uses each once: behind the filter no file can be read. */
struct pdf_draw *pdf_draw_open(struct arena *a);

/* Learns to divide the words of this text (hyphenate.h). */
void pdf_draw_learn(struct pdf_draw *d, str lang, str text);

struct pdf_about {
    str title;
    str author;
    str lang;
    bool whole;     /* words are not divided */
    str figures[4]; /* what the figures show, in their order */
    size_t figure_count;
};
void pdf_draw_begin(struct pdf_draw *d, const struct pdf_about *about);
/* The next page begins. */
void pdf_draw_page(struct pdf_draw *d);
/* The file; ERR handled: empty when drawing has failed. */
str pdf_draw_end(struct pdf_draw *d);

struct pdf_box {
    double x, y, w, h;
};

enum pdf_side { PDF_LEFT, PDF_MIDDLE, PDF_RIGHT };

struct pdf_style {
    double size;
    double leading; /* line height to size */
    bool bold;
    enum pdf_side side;
    str colour; /* "#rrggbb"; empty: black */
    bool whole; /* words are not divided: headings */
};

/* A text broken into lines of a width. */
struct pdf_para {
    double width;
    double line; /* height of one */
    size_t lines;
    double height;
    double widest; /* line that there is */
    const struct pdf_style *style;
    void *layout; /* of pango */
};
struct pdf_para pdf_para_of(struct pdf_draw *d, const struct pdf_style *style, double width,
                            str text);
/* Lines from..to of a paragraph, the first one's top at (x, y). */
struct pdf_lines {
    size_t from, to;
    double x, y;
};
void pdf_para_put(struct pdf_draw *d, const struct pdf_para *p, struct pdf_lines at);
/* The whole text at (x, y) in this width; how high it became. */
double pdf_text(struct pdf_draw *d, const struct pdf_style *style, struct pdf_box at, str text);

/* Tags of ISO 32000-1, 14.8.4: "H1", "P", "L" …; they nest. */
void pdf_tag(struct pdf_draw *d, const char *name);
void pdf_untag(struct pdf_draw *d, const char *name);
void pdf_link(struct pdf_draw *d, str address);
void pdf_unlink(struct pdf_draw *d);

void pdf_fill(struct pdf_draw *d, struct pdf_box box, double radius, str colour);
void pdf_rule(struct pdf_draw *d, struct pdf_box b, double width, str colour);
/* The same, dashed: where to cut. */
void pdf_cut(struct pdf_draw *d, struct pdf_box b, str colour);
/* An SVG picture into the box, as large as it fits, in its middle; false: it cannot be read. */
bool pdf_picture(struct pdf_draw *d, struct pdf_box box, str svg);
/* What is drawn from here on is turned by a quarter, its top left at (x, y), until pdf_unturn. */
void pdf_turn(struct pdf_draw *d, double x, double y);
void pdf_unturn(struct pdf_draw *d);

#endif
