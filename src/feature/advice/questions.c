/* SPDX-License-Identifier: EUPL-1.2 */
/* What the offices ask in a talk. A question is never changed, only closed: answers stay true. */
#include "advice.html.h"
#include "advice.text.h"
#include "feature/advice/pages.h"
#include "web.text.h"
#include "web/audit.h"

#define Q(member, type, ...) \
    FIELD(struct question_form, member, type, MSG_advice_question_##member, ##__VA_ARGS__)

const struct field question_fields[] = {
    Q(label, TEXT, .required = true, .max = 160),
    Q(choices, LONG, .max = 1000, .hint = MSG_advice_question_choices_hint),
    Q(position, INT, .min = 0, .max = 99),
    { 0 },
};

bool advice_office_known(struct rq *rq, str typed, opt_int *office)
{
    struct advice_office_rows offices = advice_offices(rq->db, rq->city->id);
    int64_t id = 0;
    *office = no_int;
    if (!typed.n)
        return true;
    if (!str_to_i64(typed, &id))
        return false;
    for (size_t i = 0; i < offices.n; i++)
        if (offices.v[i].id == id)
            *office = some_int(id);
    return office->has;
}

static void show(struct rq *rq, const struct question_form *f)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    advice_crumbs(rq);
    rq_crumb(rq, t_advice_questions(rq), link_to(rq, S("/buero/beratungen/fragen")));
    view_advice_questions(rq, f, advice_questions(rq->db, rq->city->id, 0),
                          advice_offices(rq->db, rq->city->id));
}

/* GET /buero/beratungen/fragen */
void questions_show(struct rq *rq)
{
    struct question_form f = { .position = 0 };
    show(rq, &f);
}

/* POST /buero/beratungen/fragen */
void questions_add(struct rq *rq, struct tx *tx)
{
    struct question_form f = { .position = 0 };
    opt_int office;
    rq_form(rq, question_fields, &f);
    f.office = rq_param(rq, "office");
    if (!advice_office_known(rq, f.office, &office))
        rq_error(rq, "office", t_form_error_choice(rq));
    if (!rq_ok(rq)) {
        show(rq, &f);
        return;
    }
    struct advice_question_insert_in in = { .id = db_new_id(),
                                            .city = rq->city->id,
                                            .office = office,
                                            .position = f.position,
                                            .label = f.label,
                                            .choices = f.choices,
                                            .at = tx->now };
    advice_question_insert(tx, &in);
    audit(rq, tx, S("advice.question"), in.id, S(""));
    rq_note(rq, MSG_advice_note_saved);
    rq_see_url(rq, link_to(rq, S("/buero/beratungen/fragen")));
}

/* POST /buero/beratungen/fragen/{id}/schliessen: it is asked no more, its answers stay. */
void questions_close(struct rq *rq, struct tx *tx)
{
    if (advice_question_close(tx, tx->now, rq->city->id, rq_id(rq)) != 1) {
        rq_not_found(rq);
        return;
    }
    audit(rq, tx, S("advice.question_close"), rq_id(rq), S(""));
    rq_note(rq, MSG_advice_note_saved);
    rq_see_url(rq, link_to(rq, S("/buero/beratungen/fragen")));
}
