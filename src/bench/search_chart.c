/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The chart: how the time of a question grows with the number of offers. Both axes by powers of
 * ten; lines differ by colour, dashes and marks; the picture says itself in words.
 */
#include <math.h>

#include "base/arena.h"
#include "base/err.h"
#include "bench/search.h"

#define WIDTH   860
#define PANEL_H 330
#define LEFT    80
#define RIGHT   190 /* room for names at the ends of lines */
#define TOP     46
#define BOTTOM  44
#define LABEL   15 /* height of a name */

struct scale {
    double low, high; /* powers of ten */
    double from, to;  /* pixels */
};

static double at(const struct scale *s, double v)
{
    return s->from + (log10(v) - s->low) / (s->high - s->low) * (s->to - s->from);
}

/* At the end of a line. */
struct label {
    double y;
    const char *name, *which;
};

struct panel {
    struct out *o;
    const struct search_world *runs;
    size_t n;
    enum peer_question kind;
    struct scale x, y;
    struct label label[2 * SEARCH_CONTESTANTS];
    size_t labels;
};

static const char *const names[SEARCH_CONTESTANTS] = { "Tandem", "SQLite", "PostgreSQL" };

/* The least and greatest power of ten around all medians and 99th percentiles. */
static void find_range(struct panel *p)
{
    double least = 1e12, most = 1;
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; k < SEARCH_CONTESTANTS; k++) {
            const struct search_time *t = &p->runs[i].times[p->kind][k];
            if (!t->asked || !t->p50)
                continue;
            least = fmin(least, (double)t->p50);
            most = fmax(most, (double)t->p99);
        }
    p->y.low = floor(log10(fmin(least, most)));
    p->y.high = fmax(ceil(log10(most)), p->y.low + 1);
    p->x.low = log10((double)p->runs[0].offers);
    p->x.high = fmax(log10((double)p->runs[p->n - 1].offers), p->x.low + 0.1);
}

/* 1 000 000, with narrow blanks that do not break. */
static str fmt_count(struct arena *a, int64_t n)
{
    if (n < 1000)
        return str_fmt(a, "%lld", (long long)n);
    str front = fmt_count(a, n / 1000);
    return str_fmt(a, "%.*s\u202f%03lld", STR_FMT(front), (long long)(n % 1000));
}

static void put_axes(struct panel *p)
{
    struct out *o = p->o;
    for (int i = 0; p->y.low + i <= p->y.high; i++) {
        double e = p->y.low + i;
        double y = at(&p->y, pow(10, e));
        out_fmt(o, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT,
                WIDTH - RIGHT, y, y);
        str label = timing_fmt(o->arena, (int64_t)(pow(10, e) + 0.5));
        out_fmt(o, "<text class=\"end\" x=\"%d\" y=\"%.1f\">%.*s</text>\n", LEFT - 8, y + 4,
                STR_FMT(label));
    }
    for (size_t i = 0; i < p->n; i++)
        out_fmt(o, "<text class=\"mid\" x=\"%.1f\" y=\"%.1f\">%.*s</text>\n",
                at(&p->x, (double)p->runs[i].offers), p->y.from + 20,
                STR_FMT(fmt_count(o->arena, p->runs[i].offers)));
}

/* A line of one contestant, through medians or 99th percentiles, with a mark at each size. */
static void put_line(struct panel *p, size_t k, bool p99)
{
    struct out *o = p->o;
    double x = 0, y = 0;
    bool any = false;
    out_fmt(o, "<polyline class=\"c%zu%s\" points=\"", k, p99 ? " p99" : "");
    for (size_t i = 0; i < p->n; i++) {
        const struct search_time *t = &p->runs[i].times[p->kind][k];
        if (!t->asked || !t->p50)
            continue;
        x = at(&p->x, (double)p->runs[i].offers);
        y = at(&p->y, (double)(p99 ? t->p99 : t->p50));
        out_fmt(o, "%s%.1f,%.1f", any ? " " : "", x, y);
        any = true;
    }
    OUT(o, "\"/>\n");
    if (any)
        p->label[p->labels++] = (struct label){ y, names[k], p99 ? "p99" : "p50" };
}

static int compare_label(const void *a, const void *b)
{
    const struct label *x = a, *y = b;
    return (x->y > y->y) - (x->y < y->y);
}

/* Names at the ends of the lines, from the top; none runs into the one above. */
static void put_labels(struct panel *p)
{
    double below = p->y.to - 2 * LABEL;
    if (p->labels)
        qsort(p->label, p->labels, sizeof *p->label, compare_label);
    for (size_t i = 0; i < p->labels; i++) {
        double y = fmax(p->label[i].y, below + LABEL);
        out_fmt(p->o, "<text x=\"%.1f\" y=\"%.1f\">%s %s</text>\n", p->x.to + 10, y + 4,
                p->label[i].name, p->label[i].which);
        below = y;
    }
}

static void put_panel(struct out *o, const struct search_world *runs, size_t n,
                      enum peer_question kind, double top)
{
    struct panel p = { .o = o, .runs = runs, .n = n, .kind = kind };
    find_range(&p);
    p.x.from = LEFT + 30;
    p.x.to = WIDTH - RIGHT - 10;
    p.y.from = top + PANEL_H - BOTTOM;
    p.y.to = top + TOP;
    out_fmt(o, "<text class=\"head\" x=\"%d\" y=\"%.1f\">%s</text>\n", LEFT, top + 24,
            search_question(kind));
    put_axes(&p);
    for (size_t k = 0; k < SEARCH_CONTESTANTS; k++) {
        put_line(&p, k, false);
        put_line(&p, k, true);
    }
    put_labels(&p);
}

/* The same in words, for who does not see it. */
static void put_words(struct out *o, const struct search_world *runs, size_t n,
                      enum peer_question kind)
{
    out_fmt(o, "%s: ", search_question(kind));
    for (size_t i = 0; i < n; i++) {
        out_fmt(o, "with %lld offers", (long long)runs[i].offers);
        for (size_t k = 0; k < SEARCH_CONTESTANTS; k++) {
            const struct search_time *t = &runs[i].times[kind][k];
            if (t->asked)
                out_fmt(o, "%s %s %.*s", k ? "," : "", names[k],
                        STR_FMT(timing_fmt(o->arena, t->p50)));
        }
        out_fmt(o, "%s", i + 1 < n ? "; " : ". ");
    }
}

static const char style[] =
    "<style>\n"
    "text{font:13px system-ui,sans-serif;fill:#1c1c28}.head{font-weight:600;font-size:15px}\n"
    ".end{text-anchor:end}.mid{text-anchor:middle}.grid{stroke:#c9ccd6;stroke-width:1}\n"
    "polyline{fill:none;stroke-width:2.5;stroke-linejoin:round}.p99{stroke-width:1.5;opacity:.75}\n"
    ".c0{stroke:#0b57a4}.c1{stroke:#a34a00;stroke-dasharray:9 4}"
    ".c2{stroke:#5b2c83;stroke-dasharray:2 4;stroke-linecap:round}\n"
    ".back{fill:#fff}\n"
    "@media "
    "(prefers-color-scheme:dark){text{fill:#e8e8ee}.grid{stroke:#444957}.back{fill:#14161c}\n"
    ".c0{stroke:#7db8f5}.c1{stroke:#f0a060}.c2{stroke:#c9a2ee}}\n"
    "</style>\n";

str search_chart(struct arena *a, const struct search_world *runs, size_t n)
{
    static const enum peer_question shown[] = { PEER_TEXT_NEAR, PEER_NEAR, PEER_WORDS_FACETS };
    size_t panels = sizeof shown / sizeof *shown;
    struct out o = out_new(a, 256 << 10);
    must(n > 0);
    out_fmt(&o,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %zu\" role=\"img\" "
            "aria-labelledby=\"title desc\">\n"
            "<!-- SPDX-License-Identifier: EUPL-1.2, made by tandem bench search -->\n"
            "<title id=\"title\">Time of a search by the number of offers</title>\n"
            "<desc id=\"desc\">Medians. ",
            WIDTH, panels * PANEL_H + 10);
    for (size_t i = 0; i < panels; i++)
        put_words(&o, runs, n, shown[i]);
    out_fmt(&o, "</desc>\n%s<rect class=\"back\" width=\"100%%\" height=\"100%%\"/>\n", style);
    for (size_t i = 0; i < panels; i++)
        put_panel(&o, runs, n, shown[i], (double)(i * PANEL_H));
    OUT(&o, "</svg>\n");
    must(!o.full);
    return out_text(&o);
}
