/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Figures: the dashboard and the report. Table: report_kept; reads what others count. Neighbours:
 * figures.h (the table of figures), count.c, file.c.
 */
#include "base/clock.h"
#include "feature/report/pages.h"
#include "office.text.h"
#include "report.html.h"
#include "report.text.h"

/* GET /buero/zahlen */
void report_desk(struct rq *rq)
{
    struct report_span span = report_span_now(rq);
    struct report r = report_make(rq, &span, 0);
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_report_desk(rq), link_to(rq, S("/buero/zahlen")));
    view_report_desk(rq, &r, clock_today().year - 1);
}

/* GET /buero/zahlen/bericht */
void report_page(struct rq *rq)
{
    struct report r = report_asked(rq);
    if (rq_wants_json(rq)) {
        report_put_json(rq, &r);
        return;
    }
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_report_desk(rq), link_to(rq, S("/buero/zahlen")));
    rq_crumb(rq, t_report_year(rq, r.words[REPORT_NOW]), link_to(rq, S("/buero/zahlen/bericht")));
    view_report_year(rq, &r);
}

static const struct param params[] = {
    { "year", "integer", "A calendar year; the last one that is over where nothing is given." },
    { "from", "string", "First day, instead of a year." },
    { "to", "string", "Last day." },
    { "office", "string", "One office of the town; all without it." },
    { 0 },
};

static const struct route routes[] = {
    GET("/buero/zahlen", report_desk, CAN(office_open)),
    GET("/buero/zahlen/bericht", report_page, CAN(office_open), .api = "/report", .params = params,
        .answer = &report_schema, .doc = "The figures of a time beside those of the time before."),
    GET("/buero/zahlen/bericht.pdf", report_paper, CAN(office_open), .slow = true),
    POST("/buero/zahlen/bericht/export", report_file, CAN(office_open), .slow = true,
         .reads = true),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_report_desk,
      .path = "/buero/zahlen",
      .kind = ACCESS_CAN,
      .permission = PERM_office_open,
      .office = true,
      .menu = NAV_SELDOM,
      .order = 27 },
    { 0 },
};

const struct feature report_feature = { .name = "report", .routes = routes, .nav = nav };
