/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Hours of people who write nothing down behind a link: the office enters them from paper, submits
 * a month, or confirms it by what lies on paper, and says what that is.
 */
#include "base/clock.h"
#include "feature/hours/pages.h"
#include "hours.html.h"
#include "hours.text.h"
#include "office.text.h"

/* The placement of the address; NULL, with 404 said, when it is gone. */
static const struct placement_full *placement_of(struct rq *rq)
{
    const struct placement_full *p = placement_get(rq->db, rq->city->id, rq_id(rq));
    if (p && !p->erased_at && p->name.n)
        return p;
    rq_not_found(rq);
    return NULL;
}

static void show(struct rq *rq, const struct placement_full *p, const struct entry_form *f)
{
    struct hours_mine m;
    hours_load(rq, p, &m);
    m.entry = *f;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_hours_desk(rq), link_to(rq, S("/buero/stunden")));
    rq_crumb(rq, p->name, link_id(rq, S("/buero/stunden/vermittlungen/"), p->id));
    view_hours_paper(rq, &m);
}

/* GET /buero/stunden/vermittlungen/{id} */
void hours_paper(struct rq *rq)
{
    const struct placement_full *p = placement_of(rq);
    struct entry_form f = { .day = day_iso(rq->arena, clock_today()), .time = 100 };
    if (p)
        show(rq, p, &f);
}

/* POST /buero/stunden/vermittlungen/{id}: one entry, as on the paper. */
void hours_paper_enter(struct rq *rq, struct tx *tx)
{
    struct entry_form f = { .time = 0 };
    const struct placement_full *p = placement_of(rq);
    if (!p)
        return;
    if (!hours_read_entry(rq, p, &f)) {
        show(rq, p, &f);
        return;
    }
    int64_t sheet = hours_enter(tx, rq->city->id, p, &f);
    procedure_record(tx, &(struct procedure_entry){ .procedure = &hours_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = sheet,
                                                    .account_id = rq->who.account_id,
                                                    .verb = S("enter") });
    rq_note(rq, MSG_hours_note_entered);
    rq_see(rq, S("/buero/stunden/vermittlungen/"), p->id);
}

/* POST /buero/stunden/vermittlungen/{id}/streichen */
void hours_paper_strike(struct rq *rq, struct tx *tx)
{
    const struct placement_full *p = placement_of(rq);
    int64_t sheet = p ? hours_strike(rq, tx, p->id) : 0;
    if (!sheet)
        return;
    procedure_record(tx, &(struct procedure_entry){ .procedure = &hours_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = sheet,
                                                    .account_id = rq->who.account_id,
                                                    .verb = S("strike") });
    rq_note(rq, MSG_hours_note_struck);
    rq_see(rq, S("/buero/stunden/vermittlungen/"), p->id);
}
