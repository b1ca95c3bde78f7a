/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office works on concerns: list with filters, the page of one with its thread, answers
 * (also from canned ones), questions back, notes, assignment, hand-over to another office.
 * States and mails are those of states.c.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "concern.html.h"
#include "concern.sql.web.h"
#include "concern.text.h"
#include "feature/concern/note.h"
#include "feature/concern/pages.h"
#include "feature/concern/states.h"
#include "office.text.h"
#include "web.text.h"
#include "web/audit.h"
#include "web/page.h"
#include "web/vocab_label.h"

#define FITTING 4

str concern_pattern(struct rq *rq, str typed)
{
    str folded = utf8_fold(rq->arena, typed);
    return str_fmt(rq->arena, "%%%.*s%%", STR_FMT(folded)); /* folding leaves no wildcard */
}

bool desk_late(const struct rq *rq, str state, str promised_on)
{
    bool open = !str_eq(state, S("answered")) && !str_eq(state, S("closed")) &&
                !str_eq(state, S("withdrawn")) && !str_eq(state, S("question"));
    return open && str_cmp(promised_on, day_iso(rq->arena, clock_today())) < 0;
}

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_concern_office_title(rq), link_to(rq, S("/buero/anliegen")));
}

/* ---- list ---- */

static int by_number(const void *a, const void *b)
{
    const struct concern_row *x = a;
    const struct concern_row *y = b;
    return str_cmp(y->number, x->number);
}

static int by_arrival(const void *a, const void *b)
{
    const struct concern_row *x = a;
    const struct concern_row *y = b;
    if (x->created_at != y->created_at)
        return x->created_at > y->created_at ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static struct desk_filter filter_of(struct rq *rq)
{
    return (struct desk_filter){ .q = rq_param(rq, "q"),
                                 .state = rq_param(rq, "state"),
                                 .topic = rq_param(rq, "topic"),
                                 .sort = rq_param(rq, "sort"),
                                 .office = rq_param_int(rq, "office", 0),
                                 .all = rq_param(rq, "all").n > 0,
                                 .mine = rq_param(rq, "mine").n > 0 };
}

static struct concern_row_rows find_rows(struct rq *rq, const struct desk_filter *f)
{
    struct concern_list_in in = { .city = rq->city->id,
                                  .open = !f->all && !f->state.n,
                                  .state = f->state,
                                  .topic = f->topic,
                                  .office = f->office,
                                  .worker = f->mine ? rq->who.account_id : 0,
                                  .pattern = concern_pattern(rq, f->q) };
    struct concern_row_rows rows = concern_list(rq->db, &in);
    struct concern_row *sorted = NEW_ARRAY(rq->arena, rows.n + 1, struct concern_row);
    for (size_t i = 0; i < rows.n; i++)
        sorted[i] = rows.v[i];
    if (rows.n && str_eq(f->sort, S("number")))
        qsort(sorted, rows.n, sizeof *sorted, by_number);
    else if (rows.n && str_eq(f->sort, S("new")))
        qsort(sorted, rows.n, sizeof *sorted, by_arrival);
    return (struct concern_row_rows){ sorted, rows.n };
}

/* GET /buero/anliegen */
void desk_list(struct rq *rq)
{
    struct desk_filter f = filter_of(rq);
    struct concern_row_rows rows = find_rows(rq, &f);
    crumbs(rq);
    view_concern_desk_list(rq, &f, rows, concern_offices(rq->db, rq->city->id));
}

/* POST /buero/anliegen/export: the list with its filters as a file. */
void desk_export(struct rq *rq, struct tx *tx)
{
    static const struct export_file file = { STR_INIT("anliegen"), STR_INIT("Anliegen"),
                                             STR_INIT("concern.export"),
                                             STR_INIT("/buero/anliegen") };
    struct desk_filter f = filter_of(rq);
    struct concern_row_rows rows = find_rows(rq, &f);
    concern_row_export(rq, tx, &file, rows.v, rows.n);
}

/* ---- one ---- */

static const struct concern_full *addressed(struct rq *rq)
{
    const struct concern_full *c = concern_get(rq->db, rq->city->id, rq_id(rq));
    if (c && c->confirmed_at)
        return c;
    rq_not_found(rq); /* what nobody has confirmed is nobody's business yet */
    return NULL;
}

/* A canned answer that was chosen, else what was typed and refused. */
static str draft_of(struct rq *rq, const struct concern_full *c)
{
    const struct concern_canned_row *k =
        concern_canned_get(rq->db, rq->city->id, rq_param_int(rq, "canned", 0));
    return k ? canned_fill(rq, k, c) : S("");
}

static void show_with(struct rq *rq, const struct concern_full *c, bool opened)
{
    str words = str_fmt(rq->arena, "%.*s %.*s", STR_FMT(c->subject), STR_FMT(c->question));
    struct desk_page page = {
        .concern = c,
        .messages = concern_messages(rq->db, rq->city->id, c->id),
        .canned = concern_canned_list(rq->db, rq->city->id),
        .offices = concern_offices(rq->db, rq->city->id),
        .people = concern_people(rq->db, rq->city->id),
        .guides = guide_fitting(rq, c->topic, words, FITTING),
        .draft = draft_of(rq, c),
        .opened = opened,
    };
    procedure_view(rq, &concern_procedure, c->id, &page.course);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    rq_crumb(rq, c->number, link_id(rq, S("/buero/anliegen/"), c->id));
    view_concern_desk(rq, &page);
}

static void show(struct rq *rq, const struct concern_full *c)
{
    show_with(rq, c, false);
}

/* GET /buero/anliegen/{id}; ?canned= fills the answer in. */
void desk_concern(struct rq *rq)
{
    const struct concern_full *c = addressed(rq);
    if (c)
        show(rq, c);
}

static void done(struct rq *rq, enum msg note)
{
    rq_note(rq, note);
    rq_see(rq, S("/buero/anliegen/"), rq_id(rq));
}

/* POST /buero/anliegen/{id}/schritt: take it, close it. */
void desk_take(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = procedure_asked(rq, &concern_procedure);
    if (!addressed(rq))
        return;
    /* The other steps say something, and have forms of their own. */
    if (!str_eq(ask.verb, S("take")) && !str_eq(ask.verb, S("close"))) {
        rq_conflict(rq);
        return;
    }
    if (procedure_take(rq, tx, &ask))
        done(rq, MSG_concern_note_saved);
}

/* POST /buero/anliegen/{id}/antwort: the answer, or with step=ask_back a question. */
void desk_reply(struct rq *rq, struct tx *tx)
{
    struct reply_form f = { 0 };
    const struct concern_full *c = addressed(rq);
    if (!c)
        return;
    if (!rq_form(rq, reply_fields, &f)) {
        show(rq, c);
        return;
    }
    bool question = str_eq(rq_param(rq, "step"), S("ask_back"));
    struct concern_act with = { .text = f.body };
    struct procedure_ask ask = { .procedure = &concern_procedure,
                                 .id = c->id,
                                 .verb = question ? S("ask_back") : S("answer"),
                                 .seen = rq_param(rq, "seen"),
                                 .data = &with };
    if (procedure_take(rq, tx, &ask))
        done(rq, question ? MSG_concern_note_asked_back : MSG_concern_note_answered);
}

/* POST /buero/anliegen/{id}/notiz: for the office only. */
void desk_note(struct rq *rq, struct tx *tx)
{
    const struct concern_full *c = addressed(rq);
    str text = str_trim(utf8_clean(rq->arena, rq_param(rq, "note")));
    if (!c)
        return;
    if (!text.n || utf8_count(text) > 4000) {
        rq_error(rq, "note", text.n ? t_form_error_long(rq, 4000) : t_form_error_required(rq));
        show(rq, c);
        return;
    }
    concern_message_add(rq, tx, c->id, S("note"), text);
    audit(rq, tx, S("concern.note"), c->id, S(""));
    done(rq, MSG_concern_note_saved);
}

/* POST /buero/anliegen/{id}/notizen: the page with its notes opened; who reads them is noted. */
void desk_notes(struct rq *rq, struct tx *tx)
{
    const struct concern_full *c = addressed(rq);
    if (!c)
        return;
    seal_note_reading(rq, tx, NOTE_COLUMN, c->id);
    show_with(rq, c, true);
}

/* POST /buero/anliegen/{id}/zuweisen: to somebody of the staff, or to nobody. */
void desk_assign(struct rq *rq, struct tx *tx)
{
    const struct concern_full *c = addressed(rq);
    int64_t worker = rq_param_int(rq, "worker", 0);
    if (!c)
        return;
    struct concern_person_rows people = concern_people(rq->db, rq->city->id);
    bool known = !worker;
    for (size_t i = 0; i < people.n; i++)
        known = known || people.v[i].id == worker;
    if (!known) {
        rq_error(rq, "worker", t_form_error_choice(rq));
        show(rq, c);
        return;
    }
    struct procedure_ask ask = { .procedure = &concern_procedure,
                                 .id = c->id,
                                 .verb = S("assign") };
    if (!procedure_take(rq, tx, &ask))
        return;
    concern_set_worker(tx, worker, rq->city->id, c->id);
    done(rq, MSG_concern_note_saved);
}

/* POST /buero/anliegen/{id}/uebergeben: the whole concern, with its history and a reason. */
void desk_hand_over(struct rq *rq, struct tx *tx)
{
    const struct concern_full *c = addressed(rq);
    struct concern_act with = { .office = rq_param_int(rq, "office", 0) };
    str reason = str_trim(utf8_clean(rq->arena, rq_param(rq, "reason")));
    if (!c)
        return;
    struct concern_office_rows offices = concern_offices(rq->db, rq->city->id);
    bool known = false;
    for (size_t i = 0; i < offices.n; i++)
        known = known || offices.v[i].id == with.office;
    if (!known || (c->office_id.has && c->office_id.v == with.office))
        rq_error(rq, "office", t_concern_error_office(rq));
    if (!reason.n || utf8_count(reason) > 500)
        rq_error(rq, "reason", t_concern_error_reason(rq));
    if (!rq_ok(rq)) {
        show(rq, c);
        return;
    }
    struct procedure_ask ask = { .procedure = &concern_procedure,
                                 .id = c->id,
                                 .verb = S("hand_over"),
                                 .seen = rq_param(rq, "seen"),
                                 .note = reason,
                                 .data = &with };
    if (procedure_take(rq, tx, &ask))
        done(rq, MSG_concern_note_handed);
}
