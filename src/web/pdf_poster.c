/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The poster: header, picture, title, text, facts, and at the foot how one gets to the offer.
 * What the words leave is the picture's; a long title becomes smaller, a long text is cut.
 */
#include "web/pdf_flow.h"

#define MARGIN     42.0
#define INNER      (PDF_WIDTH - 2 * MARGIN)
#define HEAD       40.0 /* height of the logo */
#define BAND_MOST  236.0
#define BAND_LEAST 86.0 /* below, there is no picture */
#define ART_SHAPE  (720.0 / 460.0)
#define PANEL      124.0
#define CODE       100.0
#define STRIPS     9
#define STRIP      132.0 /* height of the strips */
#define GREY       "#4b5563"

struct poster {
    struct pdf_draw *d;
    const struct pdf_poster *p;
    double bottom; /* where the panel with the code ends */
    struct pdf_style title, organisation, text, label, fact;
    double text_lines; /* how many of the text are shown */
};

/* ---- measuring ---- */

static double height_of(struct poster *s, const struct pdf_style *style, double width, str text)
{
    return text.n ? pdf_para_of(s->d, style, width, text).height : 0;
}

static double fact_width(void)
{
    return (INNER - 24) / 2;
}

static double fact_height(struct poster *s, size_t i)
{
    return s->label.size * s->label.leading +
           height_of(s, &s->fact, fact_width(), s->p->facts[i].text) + 9;
}

/* Of the two facts that stand beside each other from i on, the higher. */
static double row_height(struct poster *s, size_t i)
{
    double left = fact_height(s, i);
    double right = i + 1 < s->p->fact_count ? fact_height(s, i + 1) : 0;
    return left > right ? left : right;
}

static double facts_height(struct poster *s)
{
    double h = 0;
    for (size_t i = 0; i < s->p->fact_count; i += 2)
        h += row_height(s, i);
    return h;
}

/* A size in which the title needs at most three lines, and no word is broken. */
static void fit_title(struct poster *s)
{
    for (int points = 46; points >= 24; points -= 2) {
        s->title.size = points;
        struct pdf_para p = pdf_para_of(s->d, &s->title, INNER, s->p->title);
        if (p.lines <= 3 && p.widest <= INNER)
            return;
    }
}

/* Everything but band and text. */
static double fixed_height(struct poster *s)
{
    return MARGIN - 8 + HEAD + 16 + 20 + height_of(s, &s->title, INNER, s->p->title) + 4 +
           height_of(s, &s->organisation, INNER, s->p->organisation) + 12 + 14 + facts_height(s) +
           12 + PANEL;
}

/* The largest size at which all of the text leaves so much room; false: there is none. */
static bool fit_size(struct poster *s, double room)
{
    for (int halves = 34; halves >= 25; halves--) {
        s->text.size = halves / 2.0;
        if (pdf_para_of(s->d, &s->text, INNER, s->p->text).height <= room)
            return true;
    }
    return false;
}

/* How large the text is and how many of its lines are shown; what is left for the picture. */
static double fit_text(struct poster *s)
{
    double room = s->bottom - fixed_height(s);
    if (!fit_size(s, room - BAND_LEAST))
        fit_size(s, room);
    struct pdf_para p = pdf_para_of(s->d, &s->text, INNER, s->p->text);
    double fit = room > 0 ? (double)(int)(room / p.line) : 0;
    s->text_lines = (double)p.lines < fit ? (double)p.lines : fit;
    return room - s->text_lines * p.line;
}

/* ---- drawing ---- */

static double put_head(struct poster *s)
{
    struct pdf_style brand = { 17, 1.2, true, PDF_LEFT, S("#111827"), true };
    struct pdf_style claim = { 11.5, 1.3, false, PDF_LEFT, S(GREY) };
    double y = MARGIN - 8;
    double x = MARGIN;
    if (pdf_picture(s->d, (struct pdf_box){ x, y, HEAD, HEAD }, s->p->logo))
        x += HEAD + 12;
    pdf_tag(s->d, "P");
    double h = pdf_text(s->d, &brand, (struct pdf_box){ x, y + 2, INNER - HEAD, 0 }, s->p->brand);
    pdf_text(s->d, &claim, (struct pdf_box){ x, y + 2 + h, INNER - HEAD, 0 }, s->p->claim);
    pdf_untag(s->d, "P");
    return y + HEAD + 16;
}

static double put_band(struct poster *s, double y, double h)
{
    if (h < BAND_LEAST || !s->p->art.n) {
        pdf_fill(s->d, (struct pdf_box){ MARGIN, y, 64, 6 }, 3, s->p->accent);
        return y + 6;
    }
    h = h > BAND_MOST ? BAND_MOST : h;
    double width = h * ART_SHAPE;
    struct pdf_style shout = { 34, 1.15, true, PDF_LEFT, s->p->colour, true };
    struct pdf_box left = { MARGIN, y, PDF_WIDTH - MARGIN - width - 12, h };
    while (shout.size > 14 && height_of(s, &shout, left.w, s->p->shout) > h - 24)
        shout.size -= 1;
    pdf_fill(s->d, (struct pdf_box){ 0, y, PDF_WIDTH, h }, 0, s->p->tint);
    pdf_picture(s->d, (struct pdf_box){ PDF_WIDTH - width, y, width, h }, s->p->art);
    left.y += (h - height_of(s, &shout, left.w, s->p->shout)) / 2;
    pdf_tag(s->d, "P");
    pdf_text(s->d, &shout, left, s->p->shout);
    pdf_untag(s->d, "P");
    pdf_fill(s->d, (struct pdf_box){ 0, y + h, PDF_WIDTH, 5 }, 0, s->p->colour);
    return y + h + 5;
}

static double put_title(struct poster *s, double y)
{
    pdf_tag(s->d, "H1");
    y += pdf_text(s->d, &s->title, (struct pdf_box){ MARGIN, y, INNER, 0 }, s->p->title) + 4;
    pdf_untag(s->d, "H1");
    pdf_tag(s->d, "P");
    y += pdf_text(s->d, &s->organisation, (struct pdf_box){ MARGIN, y, INNER, 0 },
                  s->p->organisation);
    pdf_untag(s->d, "P");
    struct pdf_para text = pdf_para_of(s->d, &s->text, INNER, s->p->text);
    pdf_tag(s->d, "P");
    pdf_para_put(s->d, &text, (struct pdf_lines){ 0, (size_t)s->text_lines, MARGIN, y + 12 });
    pdf_untag(s->d, "P");
    return y + 12 + s->text_lines * text.line;
}

static void put_fact(struct poster *s, size_t i, double x, double y)
{
    const struct pdf_fact *f = &s->p->facts[i];
    struct pdf_box at = { x, y, fact_width(), 0 };
    pdf_tag(s->d, "LI");
    pdf_tag(s->d, "Lbl");
    at.y += pdf_text(s->d, &s->label, at, f->label);
    pdf_untag(s->d, "Lbl");
    pdf_tag(s->d, "LBody");
    pdf_text(s->d, &s->fact, at, f->text);
    pdf_untag(s->d, "LBody");
    pdf_untag(s->d, "LI");
}

static void put_facts(struct poster *s, double y)
{
    if (!s->p->fact_count)
        return;
    pdf_tag(s->d, "L");
    for (size_t i = 0; i < s->p->fact_count; i += 2) {
        put_fact(s, i, MARGIN, y);
        if (i + 1 < s->p->fact_count)
            put_fact(s, i + 1, MARGIN + fact_width() + 24, y);
        y += row_height(s, i);
    }
    pdf_untag(s->d, "L");
}

/* The address becomes smaller until it stands on two lines. */
static void put_address(struct poster *s, struct pdf_box at)
{
    struct pdf_style style = { 17, 1.3, true, PDF_LEFT, s->p->on_colour };
    while (style.size > 9 && pdf_para_of(s->d, &style, at.w, s->p->address).lines > 2)
        style.size -= 0.5;
    pdf_link(s->d, s->p->link);
    pdf_text(s->d, &style, at, s->p->address);
    pdf_unlink(s->d);
}

static void put_panel(struct poster *s)
{
    double y = s->bottom - PANEL;
    double gap = (PANEL - CODE) / 2;
    struct pdf_style call = { 17, 1.25, false, PDF_LEFT, s->p->on_colour };
    struct pdf_box text = { MARGIN + gap + CODE + 18, y + gap + 4, INNER - CODE - 2 * gap - 18, 0 };
    pdf_fill(s->d, (struct pdf_box){ MARGIN, y, INNER, PANEL }, 10, s->p->colour);
    pdf_fill(s->d, (struct pdf_box){ MARGIN + gap, y + gap, CODE, CODE }, 6, S("#ffffff"));
    pdf_tag(s->d, "Figure");
    pdf_picture(s->d, (struct pdf_box){ MARGIN + gap, y + gap, CODE, CODE }, s->p->qr);
    pdf_untag(s->d, "Figure");
    pdf_tag(s->d, "P");
    text.y += pdf_text(s->d, &call, text, s->p->call) + 6;
    put_address(s, text);
    pdf_untag(s->d, "P");
}

static void put_footer(struct poster *s)
{
    struct pdf_style small = { 8.5, 1.3, false, PDF_LEFT, S(GREY) };
    pdf_tag(s->d, "P");
    pdf_text(s->d, &small, (struct pdf_box){ MARGIN, s->bottom + 8, INNER, 0 }, s->p->footer);
    pdf_untag(s->d, "P");
}

/* What somebody takes home: it says nothing new, and so has no tag. */
static void put_strips(struct poster *s)
{
    double width = PDF_WIDTH / STRIPS;
    double top = PDF_HEIGHT - STRIP;
    struct pdf_style what = { 9, 1.2, true, PDF_LEFT, S("") };
    struct pdf_style where = { 7.5, 1.2, false, PDF_LEFT, S("") };
    for (int i = 0; i < STRIPS; i++) {
        double x = width * i;
        if (i)
            pdf_cut(s->d, (struct pdf_box){ x, top, 0, STRIP }, S("#6b7280"));
        pdf_turn(s->d, x + 6, PDF_HEIGHT - 8);
        struct pdf_para p = pdf_para_of(s->d, &what, STRIP - 14, s->p->strip_text);
        size_t lines = p.lines < 3 ? p.lines : 3;
        pdf_para_put(s->d, &p, (struct pdf_lines){ 0, lines, 0, 0 });
        pdf_text(s->d, &where, (struct pdf_box){ 0, (double)lines * p.line + 3, STRIP - 14, 0 },
                 s->p->address);
        pdf_unturn(s->d);
    }
    pdf_cut(s->d, (struct pdf_box){ 0, top, PDF_WIDTH, 0 }, S("#6b7280"));
}

str pdf_poster_draw(struct pdf_draw *d, const struct pdf_poster *p)
{
    struct pdf_about about = { .title = p->title,
                               .author = p->brand,
                               .lang = p->lang,
                               .whole = p->whole,
                               .figures = { p->qr_text },
                               .figure_count = 1 };
    struct poster s = {
        .d = d,
        .p = p,
        .bottom = PDF_HEIGHT - 34 - (p->strips ? STRIP : 0),
        .title = { 46, 1.1, true, PDF_LEFT, p->colour, true },
        .organisation = { 16, 1.3, true, PDF_LEFT, S("#111827"), true },
        .text = { 16, 1.4, false, PDF_LEFT, S("#111827") },
        .label = { 11, 1.35, true, PDF_LEFT, p->colour },
        .fact = { 13, 1.32, false, PDF_LEFT, S("#111827") },
    };
    pdf_draw_begin(d, &about);
    fit_title(&s);
    double band = fit_text(&s);
    double y = put_band(&s, put_head(&s), band - 5);
    y = put_title(&s, y + 15);
    put_facts(&s, y + 14);
    put_panel(&s);
    put_footer(&s);
    if (p->strips)
        put_strips(&s);
    return pdf_draw_end(d);
}
