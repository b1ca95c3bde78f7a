/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's pages: the year with its warnings, one sheet, a person's statement, links. */
#include "base/clock.h"
#include "feature/hours/pages.h"
#include "feature/person/person.h"
#include "hours.html.h"
#include "hours.sql.web.h"
#include "hours.text.h"
#include "office.text.h"
#include "web/audit.h"

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_hours_desk(rq), link_to(rq, S("/buero/stunden")));
}

/* GET /buero/stunden */
void hours_desk(struct rq *rq)
{
    struct hours_desk d = { .year = hours_year(rq),
                            .sums = hours_sums(rq, hours_year(rq), 0),
                            .running = hours_running(rq->db, rq->city->id) };
    crumbs(rq);
    view_hours_desk(rq, &d);
}

/* POST /buero/stunden/export: the sheets of a year as a file. */
void hours_export(struct rq *rq, struct tx *tx)
{
    static const struct export_file file = { STR_INIT("stunden"), STR_INIT("Stunden"),
                                             STR_INIT("hours.export"), STR_INIT("/buero/stunden") };
    str from = str_fmt(rq->arena, "%04d-01", hours_year(rq));
    str to = str_fmt(rq->arena, "%04d-12", hours_year(rq));
    struct hours_line_rows rows = hours_list(rq->db, rq->city->id, from, to);
    hours_line_export(rq, tx, &file, rows.v, rows.n);
}

/* POST /buero/stunden/link/{id}: the person of a placement gets a link. */
void hours_send(struct rq *rq, struct tx *tx)
{
    const struct placement_full *p = placement_get(rq->db, rq->city->id, rq_id(rq));
    if (!p || p->erased_at || !p->name.n) {
        rq_not_found(rq);
        return;
    }
    bool sent = hours_mail_link(rq, tx, p);
    if (sent)
        audit(rq, tx, S("hours.link"), p->id, S(""));
    rq_note(rq, sent ? MSG_hours_note_sent : MSG_hours_note_no_mail);
    rq_see(rq, S("/buero/stunden"), 0);
}

/* GET /buero/stunden/{id} */
void hours_sheet(struct rq *rq)
{
    struct procedure_view v;
    const struct hours_sheet_row *s = hours_sheet_get(rq->db, rq->city->id, rq_id(rq));
    if (!s || !procedure_view(rq, &hours_procedure, s->id, &v)) {
        rq_not_found(rq);
        return;
    }
    crumbs(rq);
    rq_crumb(rq, hours_month(rq, s->month), link_id(rq, S("/buero/stunden/"), s->id));
    view_hours_sheet(rq, s, hours_entries(rq->db, rq->city->id, s->id), &v);
}

/* POST /buero/stunden/{id}/schritt */
void hours_step(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = procedure_asked(rq, &hours_procedure);
    ask.note = rq_param(rq, "note");
    if (!procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, MSG_hours_note_done);
    rq_see(rq, S("/buero/stunden/"), rq_id(rq));
}

/* GET /buero/stunden/personen/{id}: the statement of a year, to be printed. */
void hours_person(struct rq *rq)
{
    const struct person_row *p = person_get(rq, rq_id(rq));
    if (!p)
        return;
    struct hours_statement s = hours_statement_of(rq, p->id, p->name);
    s.pdf = hours_statement_link(
        rq, str_fmt(rq->arena, "/buero/stunden/personen/%lld/nachweis.pdf", (long long)p->id),
        s.year);
    crumbs(rq);
    rq_crumb(rq, p->name, link_id(rq, S("/buero/stunden/personen/"), p->id));
    view_hours_statement(rq, &s);
}

/* GET /buero/stunden/personen/{id}/nachweis.pdf */
void hours_person_pdf(struct rq *rq)
{
    const struct person_row *p = person_get(rq, rq_id(rq));
    if (!p)
        return;
    struct hours_statement s = hours_statement_of(rq, p->id, p->name);
    hours_statement_put(rq, &s);
}
