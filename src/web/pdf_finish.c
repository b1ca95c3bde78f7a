/* SPDX-License-Identifier: EUPL-1.2 */
/* An incremental update: changed objects, their places, a trailer that points to the old one. */
#include "web/pdf_finish.h"

#include "base/utf8.h"
#include "base/vec.h"

#define ENTRY 20 /* bytes of a line of the cross-reference table (ISO 32000-1, 7.5.4) */

struct changed {
    int64_t number;
    size_t at;
};

struct file {
    struct arena *arena;
    str text;
    str table;     /* entries of all objects, from number 0 on */
    int64_t count; /* of objects */
    int64_t xref;  /* where the table stands */
    str trailer;   /* between << and >> */
    struct out out;
    struct {
        struct changed *v;
        size_t n, cap;
    } changed;
};

static str after(str s, str mark)
{
    ptrdiff_t at = str_find(s, mark);
    return at < 0 ? S("") : str_slice(s, (size_t)at + mark.n, s.n);
}

/* The number at the beginning; -1: there is none. */
static int64_t number_at(str s)
{
    size_t n = 0;
    int64_t value = -1;
    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n && str_to_i64(str_slice(s, 0, n), &value) ? value : -1;
}

/* Finds table and trailer as cairo writes them: one table, plain text, at the end. */
static bool open_file(struct file *f)
{
    size_t tail = f->text.n > 64 ? f->text.n - 64 : 0;
    f->xref = number_at(after(str_slice(f->text, tail, f->text.n), S("startxref\n")));
    if (f->xref < 0 || (uint64_t)f->xref >= f->text.n)
        return false;
    str table = after(str_slice(f->text, (size_t)f->xref, f->text.n), S("xref\n0 "));
    f->count = number_at(table);
    f->table = after(table, S("\n"));
    f->trailer = after(table, S("trailer\n<<"));
    ptrdiff_t end = str_find(f->trailer, S(">>"));
    if (end < 0 || f->count < 1 || f->table.n < (size_t)f->count * ENTRY)
        return false;
    f->trailer = str_slice(f->trailer, 0, (size_t)end);
    return true;
}

/* "7 0 obj\n<< … >>"; empty where the object is no dictionary. */
static str object(const struct file *f, int64_t number)
{
    int64_t at = -1;
    str entry = str_slice(f->table, (size_t)number * ENTRY, (size_t)(number + 1) * ENTRY);
    if (!str_to_i64(str_slice(entry, 0, 10), &at) || (uint64_t)at >= f->text.n)
        return S("");
    str text = str_slice(f->text, (size_t)at, f->text.n);
    ptrdiff_t end = str_find(text, S("\nendobj"));
    text = str_trim(str_slice(text, 0, end < 0 ? 0 : (size_t)end));
    return str_ends(text, S(">>")) ? text : S("");
}

/* The object once more, with these members at its end. */
static void change(struct file *f, int64_t number, str text, str members)
{
    *vec_add(f->arena, &f->changed) = (struct changed){ number, f->text.n + f->out.n };
    out_str(&f->out, str_slice(text, 0, text.n - 2));
    out_str(&f->out, members);
    OUT(&f->out, "\n>>\nendobj\n");
}

/* A text string: UTF-16BE with its mark, in hex (7.9.2.2). */
static str hex_text(struct arena *a, str s)
{
    struct out o = out_new(a, 0);
    OUT(&o, "<FEFF");
    while (s.n) {
        uint32_t c = utf8_next(&s);
        if (c >= 0x10000)
            out_fmt(&o, "%04X%04X", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + (c & 0x3ff));
        else
            out_fmt(&o, "%04X", c);
    }
    OUT(&o, ">");
    return out_text(&o);
}

static void change_catalog(struct file *f, const struct pdf_about *about)
{
    int64_t root = number_at(after(f->trailer, S("/Root ")));
    str text = root > 0 && root < f->count ? object(f, root) : S("");
    if (text.n)
        change(f, root, text,
               str_fmt(f->arena,
                       "   /Lang (%.*s)\n   /ViewerPreferences << /DisplayDocTitle true >>",
                       STR_FMT(about->lang)));
}

static void change_figures(struct file *f, const struct pdf_about *about)
{
    size_t done = 0;
    for (int64_t i = 1; i < f->count && done < about->figure_count; i++) {
        str text = object(f, i);
        if (str_find(text, S("/Type /StructElem")) < 0 || str_find(text, S("/S /Figure")) < 0)
            continue;
        str alt = hex_text(f->arena, about->figures[done++]);
        change(f, i, text, str_fmt(f->arena, "   /Alt %.*s", STR_FMT(alt)));
    }
}

str pdf_finish(struct arena *a, str pdf, const struct pdf_about *about)
{
    struct file f = { .arena = a, .text = pdf, .out = out_new(a, 0) };
    if (!open_file(&f))
        return pdf;
    change_catalog(&f, about);
    change_figures(&f, about);
    size_t at = pdf.n + f.out.n;
    OUT(&f.out, "xref\n");
    for (size_t i = 0; i < f.changed.n; i++)
        out_fmt(&f.out, "%lld 1\n%010zu 00000 n \n", (long long)f.changed.v[i].number,
                f.changed.v[i].at);
    out_fmt(&f.out, "trailer\n<<%.*s/Prev %lld\n>>\nstartxref\n%zu\n%%%%EOF\n", STR_FMT(f.trailer),
            (long long)f.xref, at);
    return str_join(a, pdf, out_text(&f.out));
}
