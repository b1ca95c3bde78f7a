/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office's pages about the offices of its town: list, form, places, closing.
 * Tables: office, office_place, office_hours. The public page is in offices.c.
 */
#include "city.html.h"
#include "city.text.h"
#include "feature/city/hours.h"
#include "feature/city/pages.h"
#include "office.text.h"
#include "web/audit.h"
#include "web/locate.h"

#define OFFICES "/buero/stadt/stellen"

#define F(member, type, text, ...) \
    FIELD(struct office_form, member, type, MSG_city_stelle_##text, ##__VA_ARGS__)

const struct field office_fields[] = {
    F(name, TEXT, name, .required = true, .max = 120),
    F(short_name, TEXT, short_name, .max = 60, .hint = MSG_city_stelle_short_hint),
    F(kind, CODE, kind, .required = true, .vocab = &vocab_office_kind),
    F(position, INT, position, .required = true, .min = 1, .max = 99,
      .hint = MSG_city_stelle_position_hint),
    F(about, LONG, about, .required = true, .max = 3000, .hint = MSG_city_stelle_about_hint),
    F(about_simple, LONG, about_simple, .max = 3000),
    F(about_en, LONG, about_en, .max = 3000),
    F(topics, LONG, topics, .max = 2000, .hint = MSG_city_stelle_topics_hint),
    F(phone, PHONE, phone),
    F(mail, MAIL, mail),
    F(hours, LONG, hours, .max = 2000, .hint = MSG_city_stelle_hours_hint),
    { 0 },
};

#define PLACE(member, type, text, ...) \
    FIELD(struct office_place_form, member, type, MSG_city_ort_##text, ##__VA_ARGS__)

const struct field office_place_fields[] = {
    PLACE(name, TEXT, name, .max = 120, .hint = MSG_city_ort_name_hint),
    PLACE(street, TEXT, street, .required = true, .max = 120),
    PLACE(postcode, POSTCODE, postcode, .required = true),
    PLACE(place, TEXT, place, .required = true, .max = 80),
    PLACE(district, TEXT, district, .max = 80),
    PLACE(note, LONG, note, .max = 500, .hint = MSG_city_ort_note_hint),
    PLACE(access, ACCESS, access, .required = true),
    { 0 },
};

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_city_desk_title(rq), link_to(rq, S("/buero/stadt")));
    rq_crumb(rq, t_city_stellen_title(rq), link_to(rq, S(OFFICES)));
}

/* GET /buero/stadt/stellen: open ones in their order, then those that have closed. */
void office_desk_list(struct rq *rq)
{
    crumbs(rq);
    view_office_desk_list(rq, office_all(rq->db, rq->city->id));
}

/* ---- one office ---- */

/* The hours of an office as its form shows them, one a line. */
static str hours_words(struct rq *rq, int64_t office_id)
{
    struct office_hours_row_rows rows = office_hours_list(rq->db, rq->city->id);
    struct out o = out_new(rq->arena, 8192);
    for (size_t i = 0; i < rows.n; i++) {
        const struct office_hours_row *h = &rows.v[i];
        if (h->office_id != office_id)
            continue;
        out_fmt(&o, "%.*s %.*s\n", STR_FMT(vocab_label(rq, &vocab_day, (int)h->weekday)),
                STR_FMT(office_hours_text(rq, h)));
    }
    return str_trim(out_text(&o));
}

static struct office_form form_of(struct rq *rq, const struct office_full *o)
{
    return (struct office_form){ .name = o->name,
                                 .short_name = o->short_name,
                                 .kind = o->kind,
                                 .position = o->position + 1,
                                 .about = o->about,
                                 .about_simple = o->about_simple,
                                 .about_en = o->about_en,
                                 .topics = o->topics,
                                 .mail = o->mail,
                                 .phone = o->phone,
                                 .hours = hours_words(rq, o->id) };
}

static void show_office(struct rq *rq, const struct office_full *stored,
                        const struct office_form *f)
{
    struct office_place_row_rows places = { 0 };
    crumbs(rq);
    rq_crumb(rq, stored ? stored->name : t_city_stelle_new(rq), link_to(rq, rq->path));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    if (stored)
        places = office_places_of(rq->db, rq->city->id, stored->id);
    view_office_desk_form(rq, stored, f, places);
}

static bool read_office(struct rq *rq, struct office_form *f, struct hours_list *hours)
{
    rq_form(rq, office_fields, f);
    str wrong = hours_parse(rq->arena, f->hours, hours);
    if (wrong.n)
        rq_error(rq, "hours", t_city_stelle_hours_wrong(rq, wrong));
    return rq_ok(rq);
}

static void save_hours(struct rq *rq, struct tx *tx, int64_t office_id,
                       const struct hours_list *hours)
{
    office_hours_delete(tx, rq->city->id, office_id);
    for (size_t i = 0; i < hours->n; i++)
        city_office_hours_new(tx, &(struct office_hours_arrival){ .city_id = rq->city->id,
                                                                  .office_id = office_id,
                                                                  .weekday = hours->v[i].weekday,
                                                                  .opens = hours->v[i].opens,
                                                                  .closes = hours->v[i].closes,
                                                                  .note = hours->v[i].note });
}

/* GET /buero/stadt/stellen/neu */
void office_desk_new(struct rq *rq)
{
    struct office_row_rows rows = office_list(rq->db, rq->city->id);
    struct office_form f = { .kind = S("agentur"), .position = (int64_t)rows.n + 1 };
    show_office(rq, NULL, &f);
}

/* POST /buero/stadt/stellen/neu */
void office_desk_create(struct rq *rq, struct tx *tx)
{
    struct office_form f = { 0 };
    struct hours_list hours;
    if (!read_office(rq, &f, &hours)) {
        show_office(rq, NULL, &f);
        return;
    }
    int64_t id = city_office_new(
        tx,
        &(struct office_arrival){ .city_id = rq->city->id,
                                  .ref = str_fmt(rq->arena, "stelle-%lld", (long long)db_new_id()),
                                  .position = f.position - 1,
                                  .name = f.name,
                                  .short_name = f.short_name,
                                  .kind = f.kind,
                                  .about = f.about,
                                  .about_simple = f.about_simple,
                                  .about_en = f.about_en,
                                  .topics = f.topics,
                                  .mail = f.mail,
                                  .phone = f.phone });
    save_hours(rq, tx, id, &hours);
    audit(rq, tx, S("city.office_create"), id, S(""));
    rq_note(rq, MSG_city_stelle_created);
    rq_see(rq, S(OFFICES "/"), id);
}

/* GET /buero/stadt/stellen/{id} */
void office_desk_show(struct rq *rq)
{
    const struct office_full *o = office_get(rq->db, rq->city->id, rq_id(rq));
    if (!o) {
        rq_not_found(rq);
        return;
    }
    struct office_form f = form_of(rq, o);
    show_office(rq, o, &f);
}

/* POST /buero/stadt/stellen/{id} */
void office_desk_save(struct rq *rq, struct tx *tx)
{
    struct office_form f = { 0 };
    struct hours_list hours;
    const struct office_full *o = office_get(rq->db, rq->city->id, rq_id(rq));
    if (!o) {
        rq_not_found(rq);
        return;
    }
    if (!read_office(rq, &f, &hours)) {
        show_office(rq, o, &f);
        return;
    }
    office_update(tx, &(struct office_update_in){ .position = f.position - 1,
                                                  .name = f.name,
                                                  .short_name = f.short_name,
                                                  .kind = f.kind,
                                                  .about = f.about,
                                                  .about_simple = f.about_simple,
                                                  .about_en = f.about_en,
                                                  .topics = f.topics,
                                                  .mail = f.mail,
                                                  .phone = f.phone,
                                                  .city = rq->city->id,
                                                  .id = o->id });
    save_hours(rq, tx, o->id, &hours);
    audit(rq, tx, S("city.office_change"), o->id, S(""));
    rq_note(rq, MSG_city_note_saved);
    rq_see(rq, S(OFFICES "/"), o->id);
}

/* POST /buero/stadt/stellen/{id}/geschlossen: off the public page, or back on it. */
void office_desk_close(struct rq *rq, struct tx *tx)
{
    bool close = rq_has_param(rq, "closed");
    if (office_close(tx, close ? tx->now : 0, rq->city->id, rq_id(rq)) != 1) {
        rq_not_found(rq);
        return;
    }
    audit(rq, tx, close ? S("city.office_close") : S("city.office_reopen"), rq_id(rq), S(""));
    rq_note(rq, close ? MSG_city_stelle_closed : MSG_city_stelle_reopened);
    rq_see(rq, S(OFFICES), 0);
}

/* ---- its places ---- */

static void show_place(struct rq *rq, const struct office_full *o,
                       const struct office_place_row *stored, const struct office_place_form *f)
{
    crumbs(rq);
    rq_crumb(rq, o->name, link_id(rq, S(OFFICES "/"), o->id));
    rq_crumb(rq, stored ? stored->street : t_city_ort_new(rq), link_to(rq, rq->path));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_office_desk_place(rq, o, stored, f);
}

/* GET /buero/stadt/stellen/{id}/orte/neu */
void office_place_desk_new(struct rq *rq)
{
    const struct office_full *o = office_get(rq->db, rq->city->id, rq_id(rq));
    struct office_place_form f = { .place = rq->city->name };
    if (o)
        show_place(rq, o, NULL, &f);
    else
        rq_not_found(rq);
}

/* POST /buero/stadt/stellen/{id}/orte/neu */
void office_place_desk_create(struct rq *rq, struct tx *tx)
{
    struct office_place_form f = { 0 };
    const struct office_full *o = office_get(rq->db, rq->city->id, rq_id(rq));
    if (!o) {
        rq_not_found(rq);
        return;
    }
    if (!rq_form(rq, office_place_fields, &f)) {
        show_place(rq, o, NULL, &f);
        return;
    }
    struct located at = locate_words(rq, f.district, f.postcode);
    struct office_place_row_rows places = office_places_of(rq->db, rq->city->id, o->id);
    city_office_place_new(tx, &(struct office_place_arrival){
                                  .city_id = rq->city->id,
                                  .office_id = o->id,
                                  .position = places.n ? places.v[places.n - 1].position + 1 : 0,
                                  .name = f.name,
                                  .street = f.street,
                                  .postcode = f.postcode,
                                  .place = f.place,
                                  .district = f.district,
                                  .note = f.note,
                                  .access = f.access,
                                  .lat = at.lat,
                                  .lon = at.lon });
    audit(rq, tx, S("city.office_change"), o->id, S("place"));
    rq_note(rq, MSG_city_note_saved);
    rq_see(rq, S(OFFICES "/"), o->id);
}

/* GET /buero/stadt/orte/{id} */
void office_place_desk_show(struct rq *rq)
{
    const struct office_place_row *p = office_place_get(rq->db, rq->city->id, rq_id(rq));
    const struct office_full *o = p ? office_get(rq->db, rq->city->id, p->office_id) : NULL;
    if (!o) {
        rq_not_found(rq);
        return;
    }
    struct office_place_form f = { .name = p->name,
                                   .street = p->street,
                                   .postcode = p->postcode,
                                   .place = p->place,
                                   .district = p->district,
                                   .note = p->note,
                                   .access = p->access };
    show_place(rq, o, p, &f);
}

/* The point of the place's words; the stored one, as long as these stay the same. */
static struct located point_of(struct rq *rq, const struct office_place_form *f,
                               const struct office_place_row *p)
{
    bool same = str_eq(f->street, p->street) && str_eq(f->postcode, p->postcode) &&
                str_eq(f->district, p->district);
    return same ? (struct located){ p->lat, p->lon, S("") }
                : locate_words(rq, f->district, f->postcode);
}

/* POST /buero/stadt/orte/{id}: saved, or taken away. */
void office_place_desk_save(struct rq *rq, struct tx *tx)
{
    struct office_place_form f = { 0 };
    const struct office_place_row *p = office_place_get(rq->db, rq->city->id, rq_id(rq));
    const struct office_full *o = p ? office_get(rq->db, rq->city->id, p->office_id) : NULL;
    if (!o) {
        rq_not_found(rq);
        return;
    }
    if (rq_has_param(rq, "remove")) {
        office_place_delete(tx, rq->city->id, p->id);
    } else if (!rq_form(rq, office_place_fields, &f)) {
        show_place(rq, o, p, &f);
        return;
    } else {
        struct located at = point_of(rq, &f, p);
        office_place_update(tx, &(struct office_place_update_in){ .name = f.name,
                                                                  .street = f.street,
                                                                  .postcode = f.postcode,
                                                                  .place = f.place,
                                                                  .district = f.district,
                                                                  .access = f.access,
                                                                  .note = f.note,
                                                                  .lat = at.lat,
                                                                  .lon = at.lon,
                                                                  .city = rq->city->id,
                                                                  .id = p->id });
    }
    audit(rq, tx, S("city.office_change"), o->id, S("place"));
    rq_note(rq, MSG_city_note_saved);
    rq_see(rq, S(OFFICES "/"), o->id);
}
