/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents and posters to bytes and back: one list of members serves both ways. */
#include "web/pdf_wire.h"

#include "base/vec.h"

#define DOC    "document"
#define POSTER "poster"

/* Writes members, or reads them: `out` or `in` is set. */
struct wire {
    struct arena *arena;
    struct out *out;
    str in;
    bool bad;
};

static void text(struct wire *w, str *s)
{
    if (w->out) {
        for (unsigned i = 0; i < 4; i++)
            out_char(w->out, (char)(uint8_t)(s->n >> 8 * i));
        out_str(w->out, *s);
        return;
    }
    size_t n = 0;
    for (unsigned i = 0; i < 4 && w->in.n >= 4; i++)
        n |= (size_t)(uint8_t)w->in.p[i] << 8 * i;
    if (w->in.n < 4 || n > w->in.n - 4) {
        w->bad = true;
        *s = S("");
        return;
    }
    *s = str_slice(w->in, 4, 4 + n);
    w->in = str_slice(w->in, 4 + n, w->in.n);
}

/* A number from 0 to `most`. */
static void number(struct wire *w, size_t *n, size_t most)
{
    str s = w->out ? str_fmt(w->arena, "%zu", *n) : S("");
    text(w, &s);
    int64_t value = 0;
    if (w->out)
        return;
    w->bad = w->bad || !str_to_i64(s, &value) || value < 0 || (uint64_t)value > most;
    *n = w->bad ? 0 : (size_t)value;
}

static void flag(struct wire *w, bool *set)
{
    size_t n = *set;
    number(w, &n, 1);
    *set = n == 1;
}

static void texts(struct wire *w, str *const *members, size_t n)
{
    for (size_t i = 0; i < n; i++)
        text(w, members[i]);
}

static void doc_block(struct wire *w, struct pdf_block *b)
{
    size_t kind = b->kind;
    size_t level = (size_t)b->level;
    number(w, &kind, PDF_KIND_COUNT - 1);
    number(w, &level, 4);
    number(w, &b->n, PDF_CELLS);
    b->kind = (enum pdf_kind)kind;
    b->level = (int)level;
    str *cells = NEW_ARRAY(w->arena, b->n, str);
    for (size_t i = 0; i < b->n; i++) {
        if (w->out)
            cells[i] = b->texts[i];
        text(w, &cells[i]);
    }
    b->texts = cells;
}

static void wire_doc(struct wire *w, struct pdf_doc *d)
{
    str *const members[] = { &d->title,  &d->lang,   &d->from, &d->date,
                             &d->footer, &d->colour, &d->logo };
    texts(w, members, sizeof members / sizeof *members);
    flag(w, &d->whole);
    flag(w, &d->large);
    size_t n = d->blocks.n;
    number(w, &n, PDF_ASK_MOST / 16);
    for (size_t i = 0; i < n && !w->bad; i++) {
        struct pdf_block b = w->out ? d->blocks.v[i] : (struct pdf_block){ 0 };
        doc_block(w, &b);
        if (!w->out)
            *vec_add(w->arena, &d->blocks) = b;
    }
}

static void wire_poster(struct wire *w, struct pdf_poster *p)
{
    str *const members[] = { &p->title,     &p->lang,         &p->brand,   &p->claim,
                             &p->shout,     &p->organisation, &p->text,    &p->colour,
                             &p->on_colour, &p->tint,         &p->accent,  &p->logo,
                             &p->art,       &p->qr,           &p->qr_text, &p->call,
                             &p->address,   &p->link,         &p->footer,  &p->strip_text };
    texts(w, members, sizeof members / sizeof *members);
    flag(w, &p->whole);
    flag(w, &p->strips);
    number(w, &p->fact_count, PDF_FACTS);
    for (size_t i = 0; i < p->fact_count; i++) {
        text(w, &p->facts[i].label);
        text(w, &p->facts[i].text);
    }
}

void pdf_put_doc(struct out *o, const struct pdf_doc *doc)
{
    struct wire w = { .arena = o->arena, .out = o };
    struct pdf_doc copy = *doc;
    str kind = S(DOC);
    text(&w, &kind);
    wire_doc(&w, &copy);
}

void pdf_put_poster(struct out *o, const struct pdf_poster *p)
{
    struct wire w = { .arena = o->arena, .out = o };
    struct pdf_poster copy = *p;
    str kind = S(POSTER);
    text(&w, &kind);
    wire_poster(&w, &copy);
}

bool pdf_parse(struct arena *a, str bytes, struct pdf_asked *asked)
{
    struct wire w = { .arena = a, .in = bytes };
    str kind = S("");
    *asked = (struct pdf_asked){ 0 };
    text(&w, &kind);
    asked->is_poster = str_eq(kind, S(POSTER));
    if (asked->is_poster)
        wire_poster(&w, &asked->poster);
    else if (str_eq(kind, S(DOC)))
        wire_doc(&w, &asked->doc);
    else
        w.bad = true;
    asked->doc.arena = a;
    return !w.bad && !w.in.n;
}
