/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Canned answers: texts that an office gives often, with placeholders, and an article of the
 * guide to point to. They are a beginning: the answer is read and sent by a person.
 */
#include "concern.html.h"
#include "concern.text.h"
#include "feature/concern/pages.h"
#include "office.text.h"
#include "web.text.h"
#include "web/audit.h"
#include "web/vocab_label.h"

static const str known[] = { STR_INIT("{nummer}"), STR_INIT("{name}"), STR_INIT("{stelle}"),
                             STR_INIT("{stadt}"), STR_INIT("{ratgeber}") };
enum { PLACE_NUMBER, PLACE_NAME, PLACE_OFFICE, PLACE_CITY, PLACE_GUIDE, PLACES };

/* Which placeholder stands at the front; PLACES: none. */
static size_t place_at(str text)
{
    size_t i = 0;
    while (i < PLACES && !str_starts(text, known[i]))
        i++;
    return i;
}

str canned_unknown(str body)
{
    for (size_t i = 0; i < body.n; i++) {
        str rest = str_slice(body, i, body.n);
        if (rest.p[0] != '{' || place_at(rest) < PLACES)
            continue;
        ptrdiff_t end = str_find_byte(rest, '}');
        return str_slice(rest, 0, end < 0 ? 20 : (size_t)end + 1);
    }
    return S("");
}

static str value_of(struct rq *rq, size_t place, const struct concern_canned_row *k,
                    const struct concern_full *c)
{
    switch (place) {
    case PLACE_NUMBER:
        return c->number;
    case PLACE_NAME:
        return c->name.n ? c->name : t_concern_canned_somebody(rq);
    case PLACE_OFFICE:
        return c->office.has ? c->office.v : rq->city->name;
    case PLACE_CITY:
        return rq->city->name;
    default:
        return k->slug.n ? link_absolute(rq, guide_link(rq, k->slug)).s : S("");
    }
}

str canned_fill(struct rq *rq, const struct concern_canned_row *k, const struct concern_full *c)
{
    struct out o = out_new(rq->arena, OUT_MAX);
    for (size_t i = 0; i < k->body.n;) {
        size_t place = place_at(str_slice(k->body, i, k->body.n));
        if (place < PLACES) {
            out_str(&o, value_of(rq, place, k, c));
            i += known[place].n;
        } else {
            out_char(&o, k->body.p[i++]);
        }
    }
    return out_text(&o);
}

/* ---- the office's pages ---- */

const struct field canned_fields[] = {
    FIELD(struct canned_form, title, TEXT, MSG_concern_canned_field_title, .required = true,
          .max = 120),
    FIELD(struct canned_form, topic, CODE, MSG_concern_field_topic, .vocab = &vocab_topic),
    FIELD(struct canned_form, office, INT, MSG_concern_canned_field_office, .max = INT64_MAX),
    FIELD(struct canned_form, body, LONG, MSG_concern_canned_field_body, .required = true,
          .max = 6000, .hint = MSG_concern_canned_field_body_hint),
    FIELD(struct canned_form, slug, TEXT, MSG_concern_canned_field_guide, .max = 100),
    { 0 },
};

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_concern_office_title(rq), link_to(rq, S("/buero/anliegen")));
    rq_crumb(rq, t_concern_canned_title(rq), link_to(rq, S("/buero/anliegen/bausteine")));
}

/* GET /buero/anliegen/bausteine */
void canned_list(struct rq *rq)
{
    crumbs(rq);
    view_concern_canned_list(rq, concern_canned_list(rq->db, rq->city->id));
}

static void show_form(struct rq *rq, int64_t id, const struct canned_form *f)
{
    crumbs(rq);
    rq_crumb(rq, id ? f->title : t_concern_canned_new(rq), link_to(rq, rq->path));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_concern_canned_form(rq, id, f, concern_offices(rq->db, rq->city->id),
                             guide_fitting(rq, S(""), S(""), 200));
}

static bool read_form(struct rq *rq, struct canned_form *f)
{
    rq_form(rq, canned_fields, f);
    str unknown = canned_unknown(f->body);
    if (unknown.n)
        rq_error(rq, "body", t_concern_error_placeholder(rq, unknown));
    struct concern_office_rows offices = concern_offices(rq->db, rq->city->id);
    bool there = !f->office;
    for (size_t i = 0; i < offices.n; i++)
        there = there || offices.v[i].id == f->office;
    if (!there)
        rq_error(rq, "office", t_form_error_choice(rq));
    if (f->slug.n && !guide_by_slug(rq->db, rq->city->id, f->slug))
        rq_error(rq, "slug", t_form_error_choice(rq));
    return rq_ok(rq);
}

/* GET /buero/anliegen/bausteine/neu */
void canned_new(struct rq *rq)
{
    struct canned_form f = { .title = S("") };
    show_form(rq, 0, &f);
}

/* POST /buero/anliegen/bausteine/neu */
void canned_create(struct rq *rq, struct tx *tx)
{
    struct canned_form f = { 0 };
    if (!read_form(rq, &f)) {
        show_form(rq, 0, &f);
        return;
    }
    struct concern_canned_insert_in in = { .id = db_new_id(),
                                           .city = rq->city->id,
                                           .office = f.office ? some_int(f.office) : no_int,
                                           .topic = f.topic,
                                           .title = f.title,
                                           .body = f.body,
                                           .slug = f.slug,
                                           .at = tx->now };
    concern_canned_insert(tx, &in);
    audit(rq, tx, S("concern.canned_create"), in.id, S(""));
    rq_note(rq, MSG_concern_note_saved);
    rq_see(rq, S("/buero/anliegen/bausteine"), 0);
}

/* GET /buero/anliegen/bausteine/{id} */
void canned_edit(struct rq *rq)
{
    const struct concern_canned_row *k = concern_canned_get(rq->db, rq->city->id, rq_id(rq));
    if (!k) {
        rq_not_found(rq);
        return;
    }
    struct canned_form f = { .title = k->title,
                             .topic = k->topic,
                             .office = k->office_id.has ? k->office_id.v : 0,
                             .body = k->body,
                             .slug = k->slug };
    show_form(rq, k->id, &f);
}

/* POST /buero/anliegen/bausteine/{id} */
void canned_save(struct rq *rq, struct tx *tx)
{
    struct canned_form f = { 0 };
    if (!concern_canned_get(rq->db, rq->city->id, rq_id(rq))) {
        rq_not_found(rq);
        return;
    }
    if (!read_form(rq, &f)) {
        show_form(rq, rq_id(rq), &f);
        return;
    }
    struct concern_canned_update_in in = { .office = f.office ? some_int(f.office) : no_int,
                                           .topic = f.topic,
                                           .title = f.title,
                                           .body = f.body,
                                           .slug = f.slug,
                                           .at = tx->now,
                                           .city = rq->city->id,
                                           .id = rq_id(rq) };
    concern_canned_update(tx, &in);
    audit(rq, tx, S("concern.canned_save"), in.id, S(""));
    rq_note(rq, MSG_concern_note_saved);
    rq_see(rq, S("/buero/anliegen/bausteine"), 0);
}

/* POST /buero/anliegen/bausteine/{id}/loeschen */
void canned_erase(struct rq *rq, struct tx *tx)
{
    if (concern_canned_delete(tx, rq->city->id, rq_id(rq)) != 1) {
        rq_not_found(rq);
        return;
    }
    audit(rq, tx, S("concern.canned_delete"), rq_id(rq), S(""));
    rq_note(rq, MSG_concern_note_deleted);
    rq_see(rq, S("/buero/anliegen/bausteine"), 0);
}
