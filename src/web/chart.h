/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Charts as SVG, made by the server: bars of one or two times, lying under their labels or standing
 * side by side. A picture of a table that the caller shows beside it: title and description are
 * read aloud, the numbers stand at the bars, the time before is an outline, so that no colour is
 * needed. Drawn for a width of 320 pixels and larger. On pages the classes give the colours
 * (ui/css/80-office.css), elsewhere (PDF) the attributes. Pure.
 */
#ifndef WEB_CHART_H
#define WEB_CHART_H

#include "base/str.h"

#define CHART_TIMES 2

struct chart_bar {
    str label;             /* of standing bars at most three characters; may be empty */
    str said[CHART_TIMES]; /* the number as people read it; of standing bars not drawn */
    int64_t value[CHART_TIMES];
    bool hidden[CHART_TIMES]; /* not told: a dot stands for it */
};

struct chart {
    str id; /* of the picture on its page */
    str title;
    str desc;
    str times[CHART_TIMES]; /* what the bars stand for; the second one empty: there is only one */
    const struct chart_bar *v;
    size_t n;
    bool standing;
    str most;   /* of standing bars: the largest number, as people read it */
    str colour; /* "#8c1f33"; empty: black. Where no style sheet is */
};

/* In the arena; empty without bars. */
html chart_svg(struct arena *a, const struct chart *c);

#endif
