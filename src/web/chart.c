/* SPDX-License-Identifier: EUPL-1.2 */
/* Drawing charts: see chart.h for the rules. */
#include "web/chart.h"

#include "base/err.h"
#include "base/utf8.h"
#include "web/html.h"

#define WIDTH  320
#define MOST   (512 << 10)
#define LEGEND 24 /* height of a line of the legend */

/* Lying bars. */
#define LABEL  18 /* height */
#define BAR    12
#define APART  4 /* between both */
#define GAP    12
#define SAID   74 /* width of a number at the end of a bar */
#define LETTER 7  /* width of a letter, roughly */

/* Standing bars. */
#define HIGH 130
#define FOOT 20

struct drawing {
    struct out *o;
    const struct chart *c;
    int64_t most;
    size_t times;
};

static int64_t most_of(const struct chart *c)
{
    int64_t most = 1;
    for (size_t i = 0; i < c->n; i++)
        for (size_t t = 0; t < CHART_TIMES; t++)
            most = c->v[i].value[t] > most ? c->v[i].value[t] : most;
    return most;
}

/* At least a pixel where there is something. */
static double length(const struct drawing *d, int64_t value, double most)
{
    double l = (double)value * most / (double)d->most;
    return value && l < 1 ? 1 : l;
}

static void put_text(const struct drawing *d, double x, double y, str text)
{
    out_fmt(d->o, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"13\">", x, y);
    html_put(d->o, text);
    OUT(d->o, "</text>\n");
}

struct box {
    double x, y, w, h;
};

static void put_bar(const struct drawing *d, size_t time, struct box b)
{
    str colour = d->c->colour.n ? d->c->colour : S("#000000");
    if (b.w <= 0 || b.h <= 0)
        return;
    if (time) /* an outline, inside of its box */
        out_fmt(d->o,
                "<rect class=\"before\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                "fill=\"none\" stroke=\"%.*s\" stroke-dasharray=\"3 2\"/>\n",
                b.x + 0.5, b.y + 0.5, b.w > 1 ? b.w - 1 : 0.5, b.h > 1 ? b.h - 1 : 0.5,
                STR_FMT(colour));
    else
        out_fmt(d->o,
                "<rect class=\"now\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                "fill=\"%.*s\"/>\n",
                b.x, b.y, b.w, b.h, STR_FMT(colour));
}

/* ---- lying ---- */

static double lying_height(const struct drawing *d)
{
    return (double)d->c->n * (LABEL + BAR + (d->times > 1 ? BAR + APART : 0) + GAP);
}

static void put_lying(const struct drawing *d, double y)
{
    for (size_t i = 0; i < d->c->n; i++) {
        const struct chart_bar *v = &d->c->v[i];
        bool cut = v->label.n > WIDTH / LETTER;
        str label = cut ? utf8_cut(v->label, WIDTH / LETTER - 1) : v->label;
        put_text(d, 0, y + 13, cut ? str_join(d->o->arena, label, S("…")) : label);
        y += LABEL;
        for (size_t t = 0; t < d->times; t++) {
            double wide = v->hidden[t] ? 0 : length(d, v->value[t], WIDTH - SAID);
            put_bar(d, t, (struct box){ 0, y, wide, BAR });
            put_text(d, wide + (wide > 0 ? 6 : 0), y + BAR - 1, v->said[t]);
            y += BAR + (t + 1 < d->times ? APART : 0);
        }
        y += GAP;
    }
}

/* ---- standing ---- */

static void put_column(const struct drawing *d, const struct chart_bar *v, struct box b)
{
    double wide = b.w / (double)d->times;
    for (size_t t = 0; t < d->times; t++) {
        double high = v->hidden[t] ? 0 : length(d, v->value[t], b.h);
        double x = b.x + (double)t * wide;
        put_bar(d, t, (struct box){ x, b.y + b.h - high, wide - 1, high });
        if (v->hidden[t])
            out_fmt(d->o, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"1.5\"/>\n", x + wide / 2,
                    b.y + b.h - 4);
    }
}

static void put_standing(const struct drawing *d, double y)
{
    double step = (double)WIDTH / (double)d->c->n;
    double top = y + 18;
    put_text(d, 0, y + 12, d->c->most);
    out_fmt(d->o, "<line x1=\"0\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#85837b\"/>\n", WIDTH,
            top, top);
    for (size_t i = 0; i < d->c->n; i++) {
        double x = (double)i * step;
        put_column(d, &d->c->v[i], (struct box){ x + 2, top, step - 4, HIGH });
        if (d->c->v[i].label.n) {
            out_fmt(d->o, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"11\" text-anchor=\"middle\">",
                    x + step / 2, top + HIGH + 14);
            html_put(d->o, d->c->v[i].label);
            OUT(d->o, "</text>\n");
        }
    }
    out_fmt(d->o, "<line x1=\"0\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#85837b\"/>\n", WIDTH,
            top + HIGH, top + HIGH);
}

/* ---- all of it ---- */

static void put_legend(const struct drawing *d)
{
    for (size_t t = 0; t < d->times && d->times > 1; t++) {
        put_bar(d, t, (struct box){ 0, (double)t * LEGEND + 4, 16, 12 });
        put_text(d, 22, (double)t * LEGEND + 15, d->c->times[t]);
    }
}

static void put_head(const struct drawing *d, double height)
{
    const struct chart *c = d->c;
    out_fmt(d->o,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"t-plot\" viewBox=\"0 0 %d %.0f\" "
            "width=\"%d\" height=\"%.0f\" role=\"img\" font-family=\"Tandem Sans, sans-serif\" "
            "aria-labelledby=\"%.*s-title %.*s-desc\">\n",
            WIDTH, height, WIDTH, height, STR_FMT(c->id), STR_FMT(c->id));
    out_fmt(d->o, "<title id=\"%.*s-title\">", STR_FMT(c->id));
    html_put(d->o, c->title);
    out_fmt(d->o, "</title>\n<desc id=\"%.*s-desc\">", STR_FMT(c->id));
    html_put(d->o, c->desc);
    OUT(d->o, "</desc>\n");
}

html chart_svg(struct arena *a, const struct chart *c)
{
    struct out o = out_new(a, MOST);
    struct drawing d = { &o, c, most_of(c), c->times[1].n ? CHART_TIMES : 1 };
    double legend = d.times > 1 ? 2 * LEGEND + 6 : 0;
    if (!c->n)
        return html_trusted(&o);
    put_head(&d, legend + (c->standing ? 18 + HIGH + FOOT : lying_height(&d)));
    put_legend(&d);
    if (c->standing)
        put_standing(&d, legend);
    else
        put_lying(&d, legend);
    OUT(&o, "</svg>\n");
    must(!o.full);
    return html_trusted(&o);
}
