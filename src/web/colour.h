/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A town's two colours, and what the program computes from them: tints, colours for the
 * dark scheme, text that stands on them. A primary colour on which white text could not be
 * read is refused; everything computed is readable by construction (colour_test.c).
 */
#ifndef WEB_COLOUR_H
#define WEB_COLOUR_H

#include "base/out.h"

/* Text of normal size needs this contrast: WCAG 2.2, success criterion 1.4.3 (AA). */
#define COLOUR_READABLE 4.5

struct colour {
    uint8_t r, g, b;
};

/* "#8f1d2c"; false for anything else. */
bool colour_parse(str s, struct colour *c);
str colour_fmt(struct arena *a, struct colour c);
/* 1 … 21, whichever of the two is brighter (WCAG 2.2, "contrast ratio"). */
double colour_contrast(struct colour a, struct colour b);

/* The custom properties --town-* that ui/css expects, each of them a pair that reads well. */
struct theme {
    struct colour primary, on_primary, accent, on_accent, tint, tint_line;
    struct colour primary_night, on_primary_night, tint_night, tint_line_night;
};

/* False when white on the primary colour has less contrast than COLOUR_READABLE. */
bool theme_of(struct colour primary, struct colour accent, struct theme *t);
/* As a style sheet. */
void theme_put(struct out *o, const struct theme *t);

#endif
