/* SPDX-License-Identifier: EUPL-1.2 */
/* A report on paper: the same numbers as its page, for council and Land. Neighbours: web/pdf.h. */
#include "base/clock.h"
#include "feature/report/pages.h"
#include "report.text.h"
#include "web/app.h"
#include "web/error.h"
#include "web/limit.h"
#include "web/page.h"
#include "web/pdf.h"

static const struct limit_rule paper_rule = { "report", 20, 6 };

static void put_head(const struct report *r, struct pdf_doc *doc, str first)
{
    pdf_row(doc, (const str[]){ first, r->brief[REPORT_NOW], r->brief[REPORT_BEFORE] }, 3);
}

static void put_both(const struct rq *rq, struct pdf_doc *doc, const struct report_figure *f,
                     str label, const struct report_number *v)
{
    const str cells[] = { label, report_fmt_unit(rq, f, &v[REPORT_NOW]),
                          report_fmt_unit(rq, f, &v[REPORT_BEFORE]) };
    pdf_row(doc, cells, 3);
}

static void put_overview(const struct rq *rq, struct pdf_doc *doc, const struct report *r,
                         enum report_section s)
{
    put_head(r, doc, t_report_column_figure(rq));
    for (size_t i = 0; i < r->n; i++)
        if (report_is_main(&r->v[i], s))
            put_both(rq, doc, r->v[i].figure, report_name(rq, r->v[i].figure), r->v[i].total);
}

static void put_breakdown(const struct rq *rq, struct pdf_doc *doc, const struct report *r,
                          const struct report_result *f)
{
    bool several = report_by_several(f->figure->by);
    pdf_heading(doc, 3, report_title(rq, f->figure));
    put_head(r, doc, report_by_name(rq, f->figure->by));
    for (size_t i = 0; i < f->n; i++)
        put_both(rq, doc, f->figure, f->lines[i].label, f->lines[i].v);
    put_both(rq, doc, f->figure, several ? t_report_total_several(rq) : t_report_total(rq),
             f->total);
}

static void put_section(const struct rq *rq, struct pdf_doc *doc, const struct report *r,
                        enum report_section s)
{
    pdf_heading(doc, 2, text_of(rq, report_section_name(s)));
    put_overview(rq, doc, r, s);
    for (size_t i = 0; i < r->n; i++)
        if (report_has_lines(&r->v[i], s))
            put_breakdown(rq, doc, r, &r->v[i]);
}

static void put_definitions(const struct rq *rq, struct pdf_doc *doc, const struct report *r)
{
    pdf_heading(doc, 2, t_report_how_title(rq));
    pdf_paragraph(doc, t_report_how_all(rq));
    for (size_t i = 0; i < r->n; i++)
        if (!(r->v[i].figure->flags & PART))
            pdf_item(doc, str_fmt(rq->arena, "%.*s: %.*s", STR_FMT(report_name(rq, r->v[i].figure)),
                                  STR_FMT(text_of(rq, r->v[i].figure->how))));
}

static struct pdf_doc document(const struct rq *rq, const struct report *r)
{
    struct pdf_doc doc = { .arena = rq->arena,
                           .title = t_report_year(rq, r->words[REPORT_NOW]),
                           .lang = rq->lang == LANG_EN ? S("en") : S("de"),
                           .from = page_brand(rq),
                           .date = page_day(rq, clock_now()),
                           .footer = str_fmt(rq->arena, "%.*s · %.*s", STR_FMT(page_brand(rq)),
                                             STR_FMT(t_report_year(rq, r->words[REPORT_NOW]))),
                           .colour = rq->city->colour,
                           .whole = rq->lang == LANG_DE_SIMPLE };
    pdf_paragraph(&doc, t_report_lead(rq, r->words[REPORT_BEFORE]));
    if (r->office.n)
        pdf_paragraph(&doc, t_report_office_only(rq, r->office));
    if (report_hides(r))
        pdf_note(&doc, t_report_hidden_why(rq));
    for (enum report_section s = 0; s < REPORT_SECTION_COUNT; s++)
        if (report_has_section(r, s))
            put_section(rq, &doc, r, s);
    pdf_heading(&doc, 2, t_report_anchor(rq));
    pdf_paragraph(&doc, t_report_anchor_text(rq));
    pdf_note(&doc, t_report_anchor_source(rq));
    put_definitions(rq, &doc, r);
    return doc;
}

/* GET /buero/zahlen/bericht.pdf */
void report_paper(struct rq *rq)
{
    str pdf = S("");
    if (rq_limited(rq, &paper_rule, (uint64_t)rq->who.account_id))
        return;
    struct report r = report_asked(rq);
    struct pdf_doc doc = document(rq, &r);
    rq->personal = true;
    if (pdf_make_doc(rq->app, &doc, &pdf) != ERR_OK) {
        error_page(rq, 503);
        return;
    }
    rq_type(rq, S("application/pdf"));
    rq_header(
        rq, S("Content-Disposition"),
        str_fmt(rq->arena, "inline; filename=\"%.*s.pdf\"", STR_FMT(report_file_name(rq, &r))));
    out_str(rq->out, pdf);
}
