/* SPDX-License-Identifier: EUPL-1.2 */
/* What people ask for: confirmed concerns of a year by topic, and how long answers took. */
#include "base/clock.h"
#include "concern.html.h"
#include "concern.sql.web.h"
#include "concern.text.h"
#include "feature/concern/pages.h"
#include "office.text.h"

static int64_t new_year(int64_t year)
{
    return clock_instant((struct local_time){ .day = { (int)year, 1, 1 } });
}

str report_days(const struct rq *rq, const struct concern_count *row)
{
    if (!row->answered)
        return S("–");
    int64_t tenths = (row->seconds / row->answered * 10 + 43200) / 86400;
    return t_concern_report_days(rq, str_fmt(rq->arena, "%lld%s%lld", (long long)(tenths / 10),
                                             rq->lang == LANG_EN ? "." : ",",
                                             (long long)(tenths % 10)));
}

static struct report_page page_of(struct rq *rq)
{
    struct report_page page = { .year = rq_param_int(rq, "year", clock_today().year) };
    if (page.year < 2000 || page.year > 9998)
        page.year = clock_today().year;
    page.rows = concern_counts(rq->db, rq->city->id, new_year(page.year), new_year(page.year + 1));
    for (size_t i = 0; i < page.rows.n; i++)
        page.total += page.rows.v[i].n;
    return page;
}

/* POST /buero/anliegen/bericht/export?year= */
void report_export(struct rq *rq, struct tx *tx)
{
    static const struct export_file file = { STR_INIT("anliegen-bericht"), STR_INIT("Anliegen"),
                                             STR_INIT("concern.report"),
                                             STR_INIT("/buero/anliegen/bericht") };
    struct report_page page = page_of(rq);
    concern_count_export(rq, tx, &file, page.rows.v, page.rows.n);
}

/* GET /buero/anliegen/bericht?year= */
void report_show(struct rq *rq)
{
    struct report_page page = page_of(rq);
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_concern_office_title(rq), link_to(rq, S("/buero/anliegen")));
    rq_crumb(rq, t_concern_report_title(rq), link_to(rq, S("/buero/anliegen/bericht")));
    view_concern_report(rq, &page);
}
