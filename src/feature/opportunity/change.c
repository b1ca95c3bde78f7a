/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables: opportunity_change, opportunity_change_field. The steps are in states.c. */
#include "feature/opportunity/change.h"

#include "feature/opportunity/release.h"
#include "opportunity.text.h"
#include "web.text.h"
#include "web/locate.h"

#define FIELDS_MOST 64 /* more than the form has */

/* ---- keeping ---- */

static void keep_fields(struct tx *tx, int64_t city_id, int64_t change, const struct differences *d,
                        bool waits)
{
    for (size_t i = 0; i < d->n; i++) {
        bool silent = !waits && compare_is_personal(d->v[i].field);
        struct opp_change_field_insert_in in = { .id = db_new_id(),
                                                 .city = city_id,
                                                 .change = change,
                                                 .field = str_from_c(d->v[i].field->name),
                                                 .was = silent ? S("") : d->v[i].was,
                                                 .said = silent ? S("") : d->v[i].said };
        opp_change_field_insert(tx, &in);
    }
}

void change_keep(struct tx *tx, int64_t city_id, const struct opp_full *before,
                 const struct opp_form *said, int64_t event_id)
{
    struct opp_form was = compare_form_of(tx->db.arena, before);
    struct differences d = compare_forms(tx->db.arena, &was, said);
    if (!d.n)
        return;
    struct opp_change_insert_in in = { .id = db_new_id(),
                                       .city = city_id,
                                       .opportunity = before->id,
                                       .event = event_id,
                                       .at = tx->now,
                                       .state = S("done"),
                                       .mail = S("") };
    opp_change_insert(tx, &in);
    keep_fields(tx, city_id, in.id, &d, false);
}

void change_forget(struct tx *tx, int64_t city_id, int64_t offer_id)
{
    opp_change_fields_delete(tx, city_id, offer_id);
    opp_changes_delete(tx, city_id, offer_id);
}

/* ---- proposals ---- */

bool change_must_wait(const struct opp_full *o)
{
    return !str_eq(o->state, S("draft")) && !str_eq(o->state, S("submitted"));
}

bool change_propose(struct rq *rq, struct tx *tx, const struct opp_full *o,
                    const struct opp_form *said, struct proposer by)
{
    struct opp_form was = compare_form_of(rq->arena, o);
    struct proposal p = { .differences = compare_forms(rq->arena, &was, said), .mail = by.mail };
    struct procedure_ask ask = { .procedure = &opportunity_procedure,
                                 .id = o->id,
                                 .verb = S("propose"),
                                 .who = by.who,
                                 .data = &p };
    return p.differences.n && procedure_take(rq, tx, &ask);
}

bool change_apply_waiting(struct rq *rq, int64_t offer_id, struct opp_form *form)
{
    const struct opp_change_waiting_row *c = opp_change_waiting(rq->db, rq->city->id, offer_id);
    if (!c)
        return false;
    struct opp_change_field_row_rows rows = opp_change_fields(rq->db, rq->city->id, c->id);
    for (size_t i = 0; i < rows.n; i++) {
        const struct field *f = compare_field(rows.v[i].field);
        if (f)
            compare_set(f, form, rows.v[i].said);
    }
    return true;
}

/* These steps belong to a page of their own: nobody takes them by their name alone. */
enum msg change_guard(struct rq *rq, const struct procedure_at *at)
{
    return at->data ? 0 : MSG_opp_change_apart;
}

/* What stood in the contact's fields goes, once it is decided. */
static void close_change(struct rq *rq, struct tx *tx, int64_t id, str state)
{
    struct opp_change_field_row_rows rows = opp_change_fields(&tx->db, rq->city->id, id);
    opp_change_decide(tx, state, rq->city->id, id);
    for (size_t i = 0; i < rows.n; i++) {
        const struct field *f = compare_field(rows.v[i].field);
        if (f && compare_is_personal(f))
            opp_change_field_close(tx, rq->city->id, rows.v[i].id);
    }
}

void change_proposed(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct proposal *p = at->data;
    const struct opp_change_waiting_row *older =
        opp_change_waiting(&tx->db, rq->city->id, at->record->id);
    if (older)
        close_change(rq, tx, older->id, S("replaced"));
    struct opp_change_insert_in in = { .id = db_new_id(),
                                       .city = rq->city->id,
                                       .opportunity = at->record->id,
                                       .event = at->event_id,
                                       .at = tx->now,
                                       .state = S("waiting"),
                                       .mail = p->mail };
    opp_change_insert(tx, &in);
    keep_fields(tx, rq->city->id, in.id, &p->differences, true);
}

/* A place that was changed is looked up anew; guessed categories that were chosen are no guesses.
 */
static void follow(struct rq *rq, struct opp_form *f, const struct opp_full *before)
{
    if (f->fields != before->fields || f->kinds != before->kinds || f->targets != before->targets)
        f->derived = 0;
    struct located at = locate_words(rq, f->district, f->postcode);
    f->lat = at.lat;
    f->lon = at.lon;
    f->geo_from = at.from;
    opp_form_keep_point(f, before);
}

void change_accepted(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct opp_change_waiting_row *c = at->data;
    const struct opp_full *o = opp_get(&tx->db, rq->city->id, at->record->id);
    struct opp_form f = compare_form_of(rq->arena, o);
    change_apply_waiting(rq, o->id, &f);
    follow(rq, &f, o);
    struct opp_arrival arrival = { .city_id = rq->city->id,
                                   .organisation_id = organisation_now(&tx->db, rq->city->id,
                                                                       opp_form_organisation(&f)) };
    opportunity_replace(tx, o->id, &arrival, &f);
    close_change(rq, tx, c->id, S("accepted"));
    release_tell(rq, tx, at, c->mail);
}

void change_declined(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct opp_change_waiting_row *c = at->data;
    close_change(rq, tx, c->id, S("declined"));
    release_tell(rq, tx, at, c->mail);
}

/* ---- showing ---- */

static str name_of(struct rq *rq, const struct opp_change_row *c)
{
    str actor = c->actor.has ? c->actor.v : S("");
    if (str_eq(actor, S("link")))
        return t_procedure_by_link(rq);
    if (str_eq(actor, S("job")))
        return t_procedure_by_job(rq);
    return c->name.has && c->name.v.n ? c->name.v : t_procedure_by_person(rq);
}

static struct change_lines lines_of(struct rq *rq, const struct opp_change_row *c)
{
    struct opp_change_field_row_rows rows = opp_change_fields(rq->db, rq->city->id, c->id);
    struct change_line *v = NEW_ARRAY(rq->arena, rows.n, struct change_line);
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        const struct field *f = compare_field(rows.v[i].field);
        if (!f)
            continue;
        v[n++] = (struct change_line){ .field = f,
                                       .was = compare_words(rq, f, rows.v[i].was),
                                       .said = compare_words(rq, f, rows.v[i].said),
                                       .hidden = compare_is_personal(f) &&
                                                 !str_eq(c->state, S("waiting")) };
    }
    return (struct change_lines){ v, n };
}

struct change_history change_history(struct rq *rq, int64_t offer_id)
{
    struct opp_change_row_rows rows = opp_changes(rq->db, rq->city->id, offer_id);
    struct change_entry *v = NEW_ARRAY(rq->arena, rows.n, struct change_entry);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct change_entry){ .at = rows.v[i].at,
                                      .by = name_of(rq, &rows.v[i]),
                                      .state = rows.v[i].state,
                                      .lines = lines_of(rq, &rows.v[i]) };
    return (struct change_history){ v, rows.n };
}

/* The newest change comes first: its words stay, the older ones say what was there before. */
static void take_in(struct change_line *v, size_t *n, const struct change_line *line)
{
    size_t i = 0;
    while (i < *n && v[i].field != line->field)
        i++;
    if (i < *n) {
        v[i].was = line->was;
        return;
    }
    must(*n < FIELDS_MOST);
    v[(*n)++] = *line;
}

struct change_lines change_since(struct rq *rq, int64_t offer_id, int64_t since)
{
    struct change_history h = change_history(rq, offer_id);
    struct change_line *v = NEW_ARRAY(rq->arena, FIELDS_MOST, struct change_line);
    size_t n = 0;
    for (size_t i = 0; i < h.n && h.v[i].at >= since; i++)
        for (size_t k = 0; k < h.v[i].lines.n; k++)
            take_in(v, &n, &h.v[i].lines.v[k]);
    return (struct change_lines){ v, n };
}

struct change_lines change_waiting(struct rq *rq, const struct opp_full *o,
                                   const struct opp_change_waiting_row *waiting)
{
    struct opp_form now = compare_form_of(rq->arena, o);
    struct opp_change_field_row_rows rows = opp_change_fields(rq->db, rq->city->id, waiting->id);
    struct change_line *v = NEW_ARRAY(rq->arena, rows.n, struct change_line);
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        const struct field *f = compare_field(rows.v[i].field);
        if (f)
            v[n++] = (struct change_line){ .field = f,
                                           .was = compare_words(rq, f,
                                                                compare_value(rq->arena, f, &now)),
                                           .said = compare_words(rq, f, rows.v[i].said) };
    }
    return (struct change_lines){ v, n };
}

static bool is_among(struct change_lines lines, const struct field *f)
{
    for (size_t i = 0; i < lines.n; i++)
        if (lines.v[i].field == f)
            return true;
    return false;
}

struct change_lines change_unchanged(struct rq *rq, const struct opp_full *o,
                                     struct change_lines changed)
{
    struct opp_form now = compare_form_of(rq->arena, o);
    struct change_line *v = NEW_ARRAY(rq->arena, FIELDS_MOST, struct change_line);
    size_t n = 0;
    for (const struct field *f = opp_fields; f->name; f++) {
        str words = compare_words(rq, f, compare_value(rq->arena, f, &now));
        if (words.n && !is_among(changed, f))
            v[n++] = (struct change_line){ .field = f, .was = words, .said = words };
    }
    return (struct change_lines){ v, n };
}
