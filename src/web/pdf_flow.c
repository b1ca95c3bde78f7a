/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents over pages: blocks from top to bottom, a heading never alone at the foot, tables
 * whose head stands again on each page. Laid out twice: pages are counted first.
 */
#include "web/pdf_flow.h"

#define MARGIN  56.0
#define INNER   (PDF_WIDTH - 2 * MARGIN)
#define BOTTOM  (PDF_HEIGHT - 64)
#define PADDING 5.0
#define INK     "#111827"
#define GREY    "#4b5563"
#define LINE    "#cbd5e1"

#define LARGE 1.5 /* of large print to usual */

struct flow {
    struct pdf_draw *d;
    const struct pdf_doc *doc;
    struct pdf_style body, note, cell, head;
    double y;
    int page;
    int pages; /* 0 while they are counted */
};

static double scale_of(const struct pdf_doc *doc)
{
    return doc->large ? LARGE : 1;
}

static struct flow flow_new(struct pdf_draw *d, const struct pdf_doc *doc)
{
    double k = scale_of(doc);
    return (struct flow){ .d = d,
                          .doc = doc,
                          .body = { 10.5 * k, 1.45, false, PDF_LEFT, S(INK) },
                          .note = { 9 * k, 1.4, false, PDF_LEFT, S(GREY) },
                          .cell = { 9.5 * k, 1.35, false, PDF_LEFT, S(INK) },
                          .head = { 9.5 * k, 1.35, true, PDF_LEFT, S(INK) } };
}

static void put_foot(struct flow *f)
{
    struct pdf_style right = f->note;
    right.side = PDF_RIGHT;
    double y = PDF_HEIGHT - 44;
    pdf_rule(f->d, (struct pdf_box){ MARGIN, y - 6, INNER, 0 }, 0.5, S(LINE));
    pdf_text(f->d, &f->note, (struct pdf_box){ MARGIN, y, INNER - 60, 0 }, f->doc->footer);
    pdf_text(f->d, &right, (struct pdf_box){ PDF_WIDTH - MARGIN - 60, y, 60, 0 },
             str_fmt(f->doc->arena, "%d/%d", f->page, f->pages));
}

static void new_page(struct flow *f)
{
    if (f->page)
        pdf_draw_page(f->d);
    f->page++;
    f->y = MARGIN;
    put_foot(f);
}

/* Room for so much, on this page or the next one. */
static void need(struct flow *f, double height)
{
    if (f->y + height > BOTTOM && f->y > MARGIN)
        new_page(f);
}

/* A text as one element, or one on each page that it reaches. */
static void put_text(struct flow *f, const char *tag, const struct pdf_style *style,
                     struct pdf_box at, str text)
{
    struct pdf_para p = pdf_para_of(f->d, style, at.w, text);
    size_t done = 0;
    while (done < p.lines) {
        need(f, p.line);
        size_t fit = (size_t)((BOTTOM - f->y) / p.line);
        fit = fit < 1 ? 1 : fit;
        size_t to = done + fit < p.lines ? done + fit : p.lines;
        pdf_tag(f->d, tag);
        pdf_para_put(f->d, &p, (struct pdf_lines){ done, to, at.x, f->y });
        pdf_untag(f->d, tag);
        f->y += (double)(to - done) * p.line;
        done = to;
    }
}

static void put_heading(struct flow *f, const struct pdf_block *b)
{
    static const double sizes[] = { 22, 15, 12.5, 11 };
    static const char *const tags[] = { "H1", "H2", "H3", "H4" };
    int i = b->level >= 1 && b->level <= 4 ? b->level - 1 : 1;
    double size = sizes[i] * (1 + (scale_of(f->doc) - 1) / 2);
    struct pdf_style style = { size, 1.25, true, PDF_LEFT, f->doc->colour, true };
    double height = pdf_para_of(f->d, &style, INNER, b->texts[0]).height;
    f->y += f->y > MARGIN ? size * 0.8 : 0;
    need(f, height + 3 * f->body.size * f->body.leading);
    put_text(f, tags[i], &style, (struct pdf_box){ .x = MARGIN, .w = INNER }, b->texts[0]);
    f->y += 4;
}

static void put_items(struct flow *f, const struct pdf_block *b, size_t n)
{
    pdf_tag(f->d, "L");
    for (size_t i = 0; i < n; i++) {
        need(f, f->body.size * f->body.leading);
        pdf_tag(f->d, "LI");
        pdf_tag(f->d, "Lbl");
        pdf_text(f->d, &f->body, (struct pdf_box){ MARGIN + 4, f->y, 14, 0 }, S("•"));
        pdf_untag(f->d, "Lbl");
        put_text(f, "LBody", &f->body, (struct pdf_box){ .x = MARGIN + 18, .w = INNER - 18 },
                 b[i].texts[0]);
        pdf_untag(f->d, "LI");
        f->y += 2;
    }
    pdf_untag(f->d, "L");
    f->y += 5;
}

/* ---- tables ---- */

struct columns {
    size_t n;
    double width[PDF_CELLS];
};

/* What each column would like, in proportion; none gets less than a tenth of the width. */
static struct columns columns_of(struct flow *f, const struct pdf_block *rows, size_t n)
{
    struct columns c = { 0 };
    double all = 0;
    for (size_t i = 0; i < n; i++)
        c.n = rows[i].n > c.n ? rows[i].n : c.n;
    for (size_t k = 0; k < c.n; k++) {
        for (size_t i = 0; i < n && i < 200; i++) {
            str text = k < rows[i].n ? rows[i].texts[k] : S("");
            struct pdf_para p = pdf_para_of(f->d, i ? &f->cell : &f->head, 4 * INNER, text);
            c.width[k] = p.widest > c.width[k] ? p.widest : c.width[k];
        }
        c.width[k] += 2 * PADDING + 2;
        c.width[k] = c.width[k] < INNER / 10 ? INNER / 10 : c.width[k];
        c.width[k] = c.width[k] > INNER * 0.6 ? INNER * 0.6 : c.width[k];
        all += c.width[k];
    }
    for (size_t k = 0; k < c.n; k++)
        c.width[k] *= INNER / all;
    return c;
}

static double row_height(struct flow *f, const struct columns *c, const struct pdf_block *row,
                         const struct pdf_style *style)
{
    double most = style->size * style->leading;
    for (size_t k = 0; k < row->n; k++) {
        double h = pdf_para_of(f->d, style, c->width[k] - 2 * PADDING, row->texts[k]).height;
        most = h > most ? h : most;
    }
    return most + 2 * PADDING;
}

static void put_row(struct flow *f, const struct columns *c, const struct pdf_block *row,
                    bool is_head)
{
    const struct pdf_style *style = is_head ? &f->head : &f->cell;
    const char *tag = is_head ? "TH" : "TD";
    double height = row_height(f, c, row, style);
    double x = MARGIN;
    if (is_head)
        pdf_fill(f->d, (struct pdf_box){ MARGIN, f->y, INNER, height }, 0, S("#f1f5f9"));
    pdf_tag(f->d, "TR");
    for (size_t k = 0; k < c->n; k++) {
        pdf_tag(f->d, tag);
        pdf_text(f->d, style,
                 (struct pdf_box){ x + PADDING, f->y + PADDING, c->width[k] - 2 * PADDING, 0 },
                 k < row->n ? row->texts[k] : S(""));
        pdf_untag(f->d, tag);
        x += c->width[k];
    }
    pdf_untag(f->d, "TR");
    f->y += height;
    pdf_rule(f->d, (struct pdf_box){ MARGIN, f->y, INNER, 0 }, 0.5, S(LINE));
}

/* A row is never divided: what is higher than a page is cut at its foot. */
static void put_table(struct flow *f, const struct pdf_block *rows, size_t n)
{
    struct columns c = columns_of(f, rows, n);
    double first = row_height(f, &c, &rows[0], &f->head);
    need(f, first + (n > 1 ? row_height(f, &c, &rows[1], &f->cell) : 0));
    pdf_tag(f->d, "Table");
    put_row(f, &c, &rows[0], true);
    for (size_t i = 1; i < n; i++) {
        if (f->y + row_height(f, &c, &rows[i], &f->cell) > BOTTOM && f->y > MARGIN + first) {
            pdf_untag(f->d, "Table");
            new_page(f);
            pdf_tag(f->d, "Table");
            put_row(f, &c, &rows[0], true);
        }
        put_row(f, &c, &rows[i], false);
    }
    pdf_untag(f->d, "Table");
    f->y += 10;
}

/* ---- the whole ---- */

static void put_letterhead(struct flow *f)
{
    const struct pdf_doc *doc = f->doc;
    struct pdf_style right = f->note;
    right.side = PDF_RIGHT;
    double x = MARGIN, wide = 110 * scale_of(doc); /* the date in one line */
    if (!doc->from.n && !doc->date.n)
        return;
    if (pdf_picture(f->d, (struct pdf_box){ x, f->y, 28, 28 }, doc->logo))
        x += 38;
    pdf_tag(f->d, "P");
    pdf_text(f->d, &f->head, (struct pdf_box){ x, f->y + 8, INNER - wide - 40, 0 }, doc->from);
    pdf_text(f->d, &right, (struct pdf_box){ PDF_WIDTH - MARGIN - wide, f->y + 8, wide, 0 },
             doc->date);
    pdf_untag(f->d, "P");
    f->y += 48;
}

static size_t same_kind(const struct pdf_block *b, size_t n)
{
    size_t k = 1;
    while (k < n && b[k].kind == b[0].kind)
        k++;
    return k;
}

/* Puts what begins at b; how many blocks it took. */
static size_t put_block(struct flow *f, const struct pdf_block *b, size_t n)
{
    struct pdf_box at = { .x = MARGIN, .w = INNER };
    size_t same = same_kind(b, n);
    if (b->kind != PDF_PAGE && !b->n)
        return 1;
    switch (b->kind) {
    case PDF_HEADING:
        put_heading(f, b);
        return 1;
    case PDF_ITEM:
        put_items(f, b, same);
        return same;
    case PDF_ROW:
        put_table(f, b, same);
        return same;
    case PDF_PAGE:
        new_page(f);
        return 1;
    default:
        put_text(f, "P", b->kind == PDF_NOTE ? &f->note : &f->body, at, b->texts[0]);
        f->y += 6;
        return 1;
    }
}

static str lay_out(struct flow *f)
{
    const struct pdf_doc *doc = f->doc;
    struct pdf_about about = {
        .title = doc->title, .author = doc->from, .lang = doc->lang, .whole = doc->whole
    };
    struct pdf_block title = { PDF_HEADING, 1, &doc->title, 1 };
    pdf_draw_begin(f->d, &about);
    new_page(f);
    put_letterhead(f);
    put_heading(f, &title);
    f->y += 6;
    for (size_t i = 0; i < doc->blocks.n;)
        i += put_block(f, &doc->blocks.v[i], doc->blocks.n - i);
    return pdf_draw_end(f->d);
}

str pdf_flow(struct pdf_draw *d, const struct pdf_doc *doc)
{
    struct flow counted = flow_new(d, doc);
    struct arena_mark mark = arena_mark(doc->arena);
    lay_out(&counted);
    arena_rewind(doc->arena, mark);
    struct flow f = flow_new(d, doc);
    f.pages = counted.page;
    return lay_out(&f);
}
