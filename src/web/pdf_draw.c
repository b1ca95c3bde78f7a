/* SPDX-License-Identifier: EUPL-1.2 */
/* Drawing with cairo, pango and librsvg; see pdf_draw.h. */
#include "web/pdf_draw.h"

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>
#include <pango/pangocairo.h>

#include "base/err.h"
#include "base/utf8.h"
#include "web/hyphenate.h"
#include "web/pdf_finish.h"
#include "web/pdf_font.h"

#define SOFT "\xc2\xad" /* a soft hyphen */

struct pdf_draw {
    struct arena *arena;
    PangoFontMap *fonts;
    PangoContext *context;
    cairo_surface_t *surface;
    cairo_t *cr;
    struct out out;
    struct pdf_about about;
    struct hyphens *hyphens;
};

static cairo_status_t keep(void *ctx, const unsigned char *p, unsigned int n)
{
    struct out *o = ctx;
    out_bytes(o, (const char *)p, n);
    return o->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* Each weight, with Latin and Cyrillic letters, and a picture: all that reads files. */
static void warm_up(struct pdf_draw *d)
{
    static const str sample = STR_INIT("Hamburgefonstiv Übungsgröße Привіт 0123 – „\u00ad“ "
                                       "Freiwilligenagentur Engagement");
    pdf_draw_begin(d, &(struct pdf_about){ .title = S("x"), .author = S("x"), .lang = S("de") });
    for (int bold = 0; bold < 2; bold++) {
        struct pdf_style style = { .size = 12, .leading = 1.4, .bold = bold };
        pdf_text(d, &style, (struct pdf_box){ .w = 60 }, sample);
    }
    pdf_picture(d, (struct pdf_box){ 0, 0, 9, 9 },
                S("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">"
                  "<path d=\"M0 0h9v9z\" fill=\"#123\" opacity=\".5\"/></svg>"));
    must(pdf_draw_end(d).n > 0);
}

struct pdf_draw *pdf_draw_open(struct arena *a)
{
    struct pdf_draw *d = NEW(a, struct pdf_draw);
    d->arena = a;
    d->fonts = pdf_fonts_open();
    d->context = pango_font_map_create_context(d->fonts);
    /* A page of paper has no pixels to which letters would have to be moved. */
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(d->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(d->context, FALSE);
    d->hyphens = hyphens_open(a);
    warm_up(d);
    return d;
}

void pdf_draw_learn(struct pdf_draw *d, str lang, str text)
{
    hyphens_learn(d->hyphens, lang, text);
}

void pdf_draw_begin(struct pdf_draw *d, const struct pdf_about *about)
{
    d->about = *about;
    d->out = out_new(d->arena, 0);
    d->surface = cairo_pdf_surface_create_for_stream(keep, &d->out, PDF_WIDTH, PDF_HEIGHT);
    cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_TITLE,
                                   str_to_c(d->arena, about->title));
    cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_AUTHOR,
                                   str_to_c(d->arena, about->author));
    cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_CREATOR, "Tandem");
    d->cr = cairo_create(d->surface);
    pango_context_set_language(d->context,
                               pango_language_from_string(str_to_c(d->arena, about->lang)));
    pango_cairo_update_context(d->cr, d->context);
    pdf_tag(d, "Document");
}

void pdf_draw_page(struct pdf_draw *d)
{
    cairo_show_page(d->cr);
}

str pdf_draw_end(struct pdf_draw *d)
{
    pdf_untag(d, "Document");
    cairo_show_page(d->cr);
    bool good = cairo_status(d->cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(d->cr);
    cairo_surface_finish(d->surface);
    good = good && cairo_surface_status(d->surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(d->surface);
    return good ? pdf_finish(d->arena, out_text(&d->out), &d->about) : S("");
}

/* ---- text ---- */

static double hex2(str s, size_t at)
{
    double v = 0;
    for (size_t i = at; i < at + 2 && i < s.n; i++) {
        char c = s.p[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : 0;
        v = v * 16 + digit;
    }
    return v / 255;
}

static void set_colour(struct pdf_draw *d, str c)
{
    c = c.n == 7 ? c : S("#000000");
    cairo_set_source_rgb(d->cr, hex2(c, 1), hex2(c, 3), hex2(c, 5));
}

static PangoLayout *layout_new(struct pdf_draw *d, const struct pdf_style *style, double width)
{
    PangoLayout *l = pango_layout_new(d->context);
    PangoFontDescription *font = pango_font_description_new();
    PangoAttrList *attributes = pango_attr_list_new();
    pango_font_description_set_family_static(font, PDF_FAMILY);
    pango_font_description_set_weight(font,
                                      style->bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
    pango_layout_set_font_description(l, font);
    pango_layout_set_width(l, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(l, style->side == PDF_LEFT     ? PANGO_ALIGN_LEFT
                                  : style->side == PDF_MIDDLE ? PANGO_ALIGN_CENTER
                                                              : PANGO_ALIGN_RIGHT);
    /* Without soft hyphens no hyphens: pango would divide at the end of a line by itself. */
    if (d->about.whole || style->whole)
        pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(l, attributes);
    pango_attr_list_unref(attributes);
    pango_font_description_free(font);
    return l;
}

/*
 * The text with those soft hyphens only at which a line ends: all others would lie in words as
 * signs that nobody sees and that readers aloud stumble over.
 */
static str used_only(struct pdf_draw *d, PangoLayout *l, str text)
{
    struct out o = out_new(d->arena, 0);
    int lines = pango_layout_get_line_count(l);
    for (int i = 0; i < lines; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(l, i);
        size_t from = (size_t)line->start_index;
        str part = str_slice(text, from, from + (size_t)line->length);
        bool divided = i + 1 < lines && str_ends(part, S(SOFT));
        ptrdiff_t at;
        while ((at = str_find(part, S(SOFT))) >= 0) {
            out_str(&o, str_slice(part, 0, (size_t)at));
            part = str_slice(part, (size_t)at + sizeof SOFT - 1, part.n);
        }
        out_str(&o, part);
        if (divided)
            OUT(&o, SOFT);
        else if (i + 1 < lines && text.p[from + (size_t)line->length] == '\n')
            OUT(&o, "\n");
    }
    return out_text(&o);
}

struct pdf_para pdf_para_of(struct pdf_draw *d, const struct pdf_style *style, double width,
                            str text)
{
    PangoLayout *l = layout_new(d, style, width);
    PangoRectangle ink;
    PangoRectangle all;
    text = utf8_clean(d->arena, text);
    if (!d->about.whole && !style->whole)
        text = hyphens_put(d->arena, d->hyphens, text);
    pango_layout_set_text(l, text.p, (int)text.n);
    if (str_find(text, S(SOFT)) >= 0) {
        text = used_only(d, l, text);
        pango_layout_set_text(l, text.p, (int)text.n);
    }
    pango_layout_get_extents(l, &ink, &all);
    struct pdf_para p = { .width = width,
                          .line = style->size * style->leading,
                          .lines = (size_t)pango_layout_get_line_count(l),
                          .widest = (double)all.width / PANGO_SCALE,
                          .style = style,
                          .layout = l };
    p.height = p.line * (double)p.lines;
    return p;
}

void pdf_para_put(struct pdf_draw *d, const struct pdf_para *p, struct pdf_lines at)
{
    PangoLayoutIter *i = pango_layout_get_iter(p->layout);
    set_colour(d, p->style->colour);
    for (size_t n = 0; n < at.to && n < p->lines; n++) {
        PangoRectangle ink;
        PangoRectangle all;
        pango_layout_iter_get_line_extents(i, &ink, &all);
        double top = (double)all.y / PANGO_SCALE;
        double height = (double)all.height / PANGO_SCALE;
        double baseline = (double)pango_layout_iter_get_baseline(i) / PANGO_SCALE - top;
        if (n >= at.from) {
            cairo_move_to(d->cr, at.x + (double)all.x / PANGO_SCALE,
                          at.y + (double)(n - at.from) * p->line + (p->line - height) / 2 +
                              baseline);
            pango_cairo_show_layout_line(d->cr, pango_layout_iter_get_line_readonly(i));
        }
        pango_layout_iter_next_line(i);
    }
    pango_layout_iter_free(i);
}

double pdf_text(struct pdf_draw *d, const struct pdf_style *style, struct pdf_box at, str text)
{
    struct pdf_para p = pdf_para_of(d, style, at.w, text);
    pdf_para_put(d, &p, (struct pdf_lines){ 0, p.lines, at.x, at.y });
    return p.height;
}

/* ---- structure ---- */

void pdf_tag(struct pdf_draw *d, const char *name)
{
    cairo_tag_begin(d->cr, name, NULL);
}

void pdf_untag(struct pdf_draw *d, const char *name)
{
    cairo_tag_end(d->cr, name);
}

void pdf_link(struct pdf_draw *d, str address)
{
    struct out o = out_new(d->arena, 4096);
    OUT(&o, "uri='");
    for (size_t i = 0; i < address.n; i++)
        if (address.p[i] != '\'' && address.p[i] != '\\')
            out_char(&o, address.p[i]);
    OUT(&o, "'");
    cairo_tag_begin(d->cr, CAIRO_TAG_LINK, str_to_c(d->arena, out_text(&o)));
}

void pdf_unlink(struct pdf_draw *d)
{
    cairo_tag_end(d->cr, CAIRO_TAG_LINK);
}

/* ---- shapes and pictures ---- */

void pdf_fill(struct pdf_draw *d, struct pdf_box b, double r, str colour)
{
    set_colour(d, colour);
    cairo_new_path(d->cr);
    if (r > 0) {
        cairo_arc(d->cr, b.x + b.w - r, b.y + r, r, -G_PI / 2, 0);
        cairo_arc(d->cr, b.x + b.w - r, b.y + b.h - r, r, 0, G_PI / 2);
        cairo_arc(d->cr, b.x + r, b.y + b.h - r, r, G_PI / 2, G_PI);
        cairo_arc(d->cr, b.x + r, b.y + r, r, G_PI, 3 * G_PI / 2);
        cairo_close_path(d->cr);
    } else {
        cairo_rectangle(d->cr, b.x, b.y, b.w, b.h);
    }
    cairo_fill(d->cr);
}

void pdf_rule(struct pdf_draw *d, struct pdf_box b, double width, str colour)
{
    set_colour(d, colour);
    cairo_set_line_width(d->cr, width);
    cairo_move_to(d->cr, b.x, b.y);
    cairo_line_to(d->cr, b.x + b.w, b.y + b.h);
    cairo_stroke(d->cr);
}

void pdf_cut(struct pdf_draw *d, struct pdf_box b, str colour)
{
    static const double dash[] = { 4, 3 };
    cairo_set_dash(d->cr, dash, 2, 0);
    pdf_rule(d, b, 0.6, colour);
    cairo_set_dash(d->cr, NULL, 0, 0);
}

bool pdf_picture(struct pdf_draw *d, struct pdf_box b, str svg)
{
    RsvgHandle *picture =
        svg.n ? rsvg_handle_new_from_data((const guint8 *)svg.p, svg.n, NULL) : NULL;
    RsvgRectangle box = { b.x, b.y, b.w, b.h };
    if (!picture)
        return false;
    rsvg_handle_set_dpi(picture, 72);
    bool good = rsvg_handle_render_document(picture, d->cr, &box, NULL);
    g_object_unref(picture);
    return good;
}

void pdf_turn(struct pdf_draw *d, double x, double y)
{
    cairo_save(d->cr);
    cairo_translate(d->cr, x, y);
    cairo_rotate(d->cr, -G_PI / 2);
    pango_cairo_update_context(d->cr, d->context);
}

void pdf_unturn(struct pdf_draw *d)
{
    cairo_restore(d->cr);
    pango_cairo_update_context(d->cr, d->context);
}
