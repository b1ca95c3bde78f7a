/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Programmes of the office: list, form, and the page of one with who takes part and the pairs. A
 * closed one takes nobody in and proposes nobody; what runs in it goes on.
 */
#include "feature/mentoring/pages.h"
#include "mentoring.html.h"
#include "mentoring.text.h"
#include "office.text.h"

#define MONTHS_MOST 60

const struct field mentoring_programme_fields[] = {
    FIELD(struct mentoring_programme_form, title, TEXT, MSG_mentoring_field_title, .required = true,
          .max = 120),
    FIELD(struct mentoring_programme_form, aim, LONG, MSG_mentoring_field_aim, .required = true,
          .max = 1000, .hint = MSG_mentoring_field_aim_hint),
    FIELD(struct mentoring_programme_form, audience, TEXT, MSG_mentoring_field_audience,
          .required = true, .hint = MSG_mentoring_field_audience_hint),
    FIELD(struct mentoring_programme_form, minors, BOOL, MSG_mentoring_field_minors,
          .hint = MSG_mentoring_field_minors_hint),
    FIELD(struct mentoring_programme_form, mentor_word, TEXT, MSG_mentoring_field_mentor_word,
          .required = true, .max = 60, .hint = MSG_mentoring_field_mentor_word_hint),
    FIELD(struct mentoring_programme_form, mentee_word, TEXT, MSG_mentoring_field_mentee_word,
          .required = true, .max = 60),
    FIELD(struct mentoring_programme_form, topics, BITS, MSG_mentoring_field_topics,
          .vocab = &vocab_mentoring_topic),
    FIELD(struct mentoring_programme_form, rhythm, CODE, MSG_mentoring_field_rhythm,
          .required = true, .vocab = &vocab_rhythm),
    FIELD(struct mentoring_programme_form, months, INT, MSG_mentoring_field_months,
          .max = MONTHS_MOST, .hint = MSG_mentoring_field_months_hint),
    FIELD(struct mentoring_programme_form, starts_on, DAY, MSG_mentoring_field_starts_on),
    FIELD(struct mentoring_programme_form, ends_on, DAY, MSG_mentoring_field_ends_on),
    FIELD(struct mentoring_programme_form, questions, LONG, MSG_mentoring_field_questions,
          .max = 1000, .hint = MSG_mentoring_field_questions_hint),
    FIELD(struct mentoring_programme_form, office_id, INT, MSG_mentoring_field_office),
    { 0 },
};

/* ---- the record ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct mentoring_programme_row *p = mentoring_programme_get(rq->db, rq->city->id, id);
    if (!p)
        return false;
    record->title = p->title;
    record->state = p->state;
    record->page = link_id(rq, S("/buero/mentoring/"), id);
    return true;
}

const struct record_kind mentoring_programme_record = {
    .name = "mentoring_programme",
    .label = MSG_mentoring_programme,
    .permission = PERM_person_handle,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct mentoring_programme_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return mentoring_programme_set_state(tx, &in) == 1;
}

static const struct procedure_state states[] = {
    { "open", MSG_mentoring_programme_open, .starts = true },
    { "closed", MSG_mentoring_programme_closed },
    { 0 },
};

#define STEP(name, a, b)                                                                   \
    .verb = #name, .from = a, .to = b, .who = BY_PERSON, .permission = PERM_person_handle, \
    .label = MSG_mentoring_programme_##name, .past = MSG_mentoring_programme_past_##name

static const struct procedure_step steps[] = {
    { .verb = "begin", .from = "", .past = MSG_mentoring_programme_past_begin },
    { .verb = "change", .from = "", .past = MSG_mentoring_programme_past_change },
    { STEP(close, "open", "closed") },
    { STEP(reopen, "closed", "open") },
    { 0 },
};

const struct procedure mentoring_programme_procedure = {
    .record = &mentoring_programme_record,
    .states = states,
    .steps = steps,
    .move = move,
};

/* ---- storing ---- */

static opt_int office_of(int64_t id)
{
    return (opt_int){ .has = id > 0, .v = id };
}

static void note(const struct rq *rq, struct tx *tx, int64_t id, bool fresh)
{
    procedure_record(tx, &(struct procedure_entry){ .procedure = &mentoring_programme_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = id,
                                                    .account_id = rq->who.account_id,
                                                    .verb = fresh ? S("begin") : S("change"),
                                                    .from = S(""),
                                                    .to = fresh ? S("open") : S(""),
                                                    .note = S("") });
}

int64_t mentoring_programme_new(struct rq *rq, struct tx *tx,
                                const struct mentoring_programme_form *f)
{
    struct mentoring_programme_insert_in in = { .id = db_new_id(),
                                                .city = rq->city->id,
                                                .office = office_of(f->office_id),
                                                .title = f->title,
                                                .aim = f->aim,
                                                .audience = f->audience,
                                                .mentor_word = f->mentor_word,
                                                .mentee_word = f->mentee_word,
                                                .minors = f->minors,
                                                .topics = f->topics,
                                                .rhythm = f->rhythm,
                                                .months = f->months,
                                                .starts_on = f->starts_on,
                                                .ends_on = f->ends_on,
                                                .questions = f->questions,
                                                .at = tx->now };
    mentoring_programme_insert(tx, &in);
    note(rq, tx, in.id, true);
    return in.id;
}

static void save(const struct rq *rq, struct tx *tx, int64_t id,
                 const struct mentoring_programme_form *f)
{
    struct mentoring_programme_update_in in = { .office = office_of(f->office_id),
                                                .title = f->title,
                                                .aim = f->aim,
                                                .audience = f->audience,
                                                .mentor_word = f->mentor_word,
                                                .mentee_word = f->mentee_word,
                                                .minors = f->minors,
                                                .topics = f->topics,
                                                .rhythm = f->rhythm,
                                                .months = f->months,
                                                .starts_on = f->starts_on,
                                                .ends_on = f->ends_on,
                                                .questions = f->questions,
                                                .at = tx->now,
                                                .city = rq->city->id,
                                                .id = id };
    mentoring_programme_update(tx, &in);
    note(rq, tx, id, false);
}

static struct mentoring_programme_form said(const struct mentoring_programme_row *p)
{
    return (struct mentoring_programme_form){ .office_id = p->office_id.has ? p->office_id.v : 0,
                                              .title = p->title,
                                              .aim = p->aim,
                                              .audience = p->audience,
                                              .mentor_word = p->mentor_word,
                                              .mentee_word = p->mentee_word,
                                              .minors = p->minors,
                                              .topics = p->topics,
                                              .rhythm = p->rhythm,
                                              .months = p->months,
                                              .starts_on = p->starts_on,
                                              .ends_on = p->ends_on,
                                              .questions = p->questions };
}

/* ---- pages ---- */

void mentoring_crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_mentoring_title(rq), link_to(rq, S("/buero/mentoring")));
}

void mentoring_programme_crumb(struct rq *rq, int64_t id, str title)
{
    mentoring_crumbs(rq);
    rq_crumb(rq, title, link_id(rq, S("/buero/mentoring/"), id));
}

const struct mentoring_programme_row *mentoring_programme_of(struct rq *rq, int64_t id)
{
    const struct mentoring_programme_row *p = mentoring_programme_get(rq->db, rq->city->id, id);
    if (!p)
        rq_not_found(rq);
    return p;
}

/* GET /buero/mentoring */
void mentoring_programmes_list(struct rq *rq)
{
    mentoring_crumbs(rq);
    view_mentoring_programmes(rq, mentoring_programmes(rq->db, rq->city->id));
}

static void show_form(struct rq *rq, struct mentoring_programme_page *page)
{
    const struct mentoring_programme_row *p = page->programme;
    page->offices = office_list(rq->db, rq->city->id);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    if (p) {
        mentoring_programme_crumb(rq, p->id, p->title);
        rq_crumb(rq, t_mentoring_edit(rq),
                 link_id_sub(rq, S("/buero/mentoring/"), p->id, S("/bearbeiten")));
    } else {
        mentoring_crumbs(rq);
        rq_crumb(rq, t_mentoring_new(rq), link_to(rq, S("/buero/mentoring/neu")));
    }
    view_mentoring_programme_form(rq, page);
}

/* GET /buero/mentoring/neu */
void mentoring_programme_fresh(struct rq *rq)
{
    struct mentoring_programme_page page = { .form = { .mentor_word = t_mentoring_usual_mentor(rq),
                                                       .mentee_word = t_mentoring_usual_mentee(rq),
                                                       .months = 12 } };
    show_form(rq, &page);
}

static bool is_office(struct rq *rq, int64_t id)
{
    struct office_row_rows rows = office_list(rq->db, rq->city->id);
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].id == id)
            return true;
    return id == 0;
}

static bool read_form(struct rq *rq, struct mentoring_programme_form *f)
{
    rq_form(rq, mentoring_programme_fields, f);
    if (f->starts_on.n && f->ends_on.n && str_cmp(f->ends_on, f->starts_on) < 0)
        rq_error(rq, "ends_on", t_mentoring_error_order(rq));
    if (!is_office(rq, f->office_id))
        rq_error(rq, "office_id", t_mentoring_error_office(rq));
    size_t lines = 0;
    str rest = f->questions;
    str line;
    while (str_next(&rest, '\n', &line))
        lines += str_trim(line).n > 0;
    if (lines > MENTORING_QUESTIONS)
        rq_error(rq, "questions", t_mentoring_error_questions(rq, MENTORING_QUESTIONS));
    return rq_ok(rq);
}

/* POST /buero/mentoring/neu */
void mentoring_programme_create(struct rq *rq, struct tx *tx)
{
    struct mentoring_programme_page page = { 0 };
    if (!read_form(rq, &page.form)) {
        show_form(rq, &page);
        return;
    }
    int64_t id = mentoring_programme_new(rq, tx, &page.form);
    rq_note(rq, MSG_mentoring_note_saved);
    rq_see(rq, S("/buero/mentoring/"), id);
}

/* GET /buero/mentoring/{id}/bearbeiten */
void mentoring_programme_edit(struct rq *rq)
{
    struct mentoring_programme_page page = { .programme = mentoring_programme_of(rq, rq_id(rq)) };
    if (!page.programme)
        return;
    page.form = said(page.programme);
    show_form(rq, &page);
}

/* POST /buero/mentoring/{id} */
void mentoring_programme_save(struct rq *rq, struct tx *tx)
{
    struct mentoring_programme_page page = { .programme = mentoring_programme_of(rq, rq_id(rq)) };
    if (!page.programme)
        return;
    if (!read_form(rq, &page.form)) {
        show_form(rq, &page);
        return;
    }
    save(rq, tx, page.programme->id, &page.form);
    rq_note(rq, MSG_mentoring_note_saved);
    rq_see(rq, S("/buero/mentoring/"), page.programme->id);
}

/* GET /buero/mentoring/{id} */
void mentoring_programme_show(struct rq *rq)
{
    struct mentoring_programme_view v = { .programme = mentoring_programme_of(rq, rq_id(rq)) };
    if (!v.programme)
        return;
    struct mentoring_pairs_in in = {
        .city = rq->city->id, .state = S(""), .programme = v.programme->id, .pattern = S("%")
    };
    v.profiles = mentoring_profiles(rq->db, rq->city->id, v.programme->id);
    v.pairs = mentoring_pairs(rq->db, &in);
    if (!procedure_view(rq, &mentoring_programme_procedure, v.programme->id, &v.course))
        return;
    mentoring_programme_crumb(rq, v.programme->id, v.programme->title);
    view_mentoring_programme_show(rq, &v);
}

/* POST /buero/mentoring/{id}/schritt */
void mentoring_programme_step(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = procedure_asked(rq, &mentoring_programme_procedure);
    if (!procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, MSG_mentoring_note_saved);
    rq_see(rq, S("/buero/mentoring/"), ask.id);
}
