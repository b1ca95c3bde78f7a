/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The statement of a year (Stundennachweis) as PDF: what organisations have confirmed, and nothing
 * else. The same for the person behind the mailed link and for the office. Neighbours: web/pdf.h.
 */
#include "base/clock.h"
#include "feature/hours/pages.h"
#include "hours.text.h"
#include "web/city.h"
#include "web/error.h"
#include "web/page.h"
#include "web/pdf.h"

static void put_months(const struct rq *rq, struct pdf_doc *doc, const struct hours_sum *s)
{
    pdf_row(doc, (const str[]){ t_hours_month(rq), t_hours_where(rq), t_hours_time(rq) }, 3);
    for (size_t i = s->n; i-- > 0;) {
        const struct hours_sheet_row *m = &s->v[i];
        str where = str_fmt(rq->arena, "%.*s: %.*s", STR_FMT(m->organisation), STR_FMT(m->title));
        if (str_eq(m->state, S("confirmed")))
            pdf_row(doc,
                    (const str[]){ hours_month(rq, m->month), where, hours_time(rq, m->minutes) },
                    3);
    }
    pdf_row(doc, (const str[]){ t_hours_statement_sum(rq), S(""), hours_time(rq, s->confirmed) },
            3);
}

struct hours_statement hours_statement_of(struct rq *rq, int64_t person_id, str name)
{
    struct hours_statement s = { .name = name, .year = hours_year(rq) };
    struct hours_sums sums = hours_sums(rq, s.year, person_id);
    s.sum = sums.n ? &sums.v[0] : NULL;
    return s;
}

url hours_statement_link(const struct rq *rq, str path, int year)
{
    const struct http_field field = { S("year"), str_fmt(rq->arena, "%d", year) };
    return link_query(rq, path, &field, 1);
}

void hours_statement_put(struct rq *rq, const struct hours_statement *s)
{
    str pdf = S("");
    str title = t_hours_statement_title(rq, str_fmt(rq->arena, "%d", s->year));
    struct pdf_doc doc = { .arena = rq->arena,
                           .title = title,
                           .lang = rq->lang == LANG_EN ? S("en") : S("de"),
                           .from = page_brand(rq),
                           .date = page_day(rq, clock_now()),
                           .footer = str_fmt(rq->arena, "%.*s · %.*s", STR_FMT(page_brand(rq)),
                                             STR_FMT(title)),
                           .colour = rq->city->colour,
                           .whole = rq->lang == LANG_DE_SIMPLE };
    rq->personal = true;
    pdf_paragraph(&doc, s->name);
    if (s->sum && s->sum->confirmed) {
        put_months(rq, &doc, s->sum);
        pdf_paragraph(&doc, t_hours_statement_words(rq, page_day(rq, clock_now())));
    } else {
        pdf_paragraph(&doc, t_hours_statement_none(rq));
    }
    if (pdf_make_doc(rq->app, &doc, &pdf) != ERR_OK) {
        error_page(rq, 503);
        return;
    }
    rq_type(rq, S("application/pdf"));
    rq_header(rq, S("Content-Disposition"),
              str_fmt(rq->arena, "inline; filename=\"stunden-%d.pdf\"", s->year));
    out_str(rq->out, pdf);
}
