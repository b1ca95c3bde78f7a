/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A town's own pages: legal pages, offices, look. This file has the feature's tables and
 * what other features call; the public pages are in pages.c, the office's in desk.c.
 * Tables: office, office_place, office_hours, legal_page, barrier_report; of web: city,
 * city_district, city_text.
 */
#include "feature/city/city.h"

#include "city.sql.h"
#include "city.text.h"
#include "feature/city/pages.h"
#include "web.sql.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/job.h"

/* The first two digits of a municipality key name the Land (ISO 3166-2:DE behind the hyphen). */
static const str lands[] = {
    STR_INIT("SH"), STR_INIT("HH"), STR_INIT("NI"), STR_INIT("HB"), STR_INIT("NW"), STR_INIT("HE"),
    STR_INIT("RP"), STR_INIT("BW"), STR_INIT("BY"), STR_INIT("SL"), STR_INIT("BE"), STR_INIT("BB"),
    STR_INIT("MV"), STR_INIT("SN"), STR_INIT("ST"), STR_INIT("TH"),
};

str city_land_of(str ags)
{
    int64_t number = 0;
    bool good = ags.n >= 2 && str_to_i64(str_slice(ags, 0, 2), &number) && number >= 1 &&
                number <= (int64_t)(sizeof lands / sizeof *lands);
    return good ? lands[number - 1] : S("");
}

static str or_else(str s, str otherwise)
{
    return s.n ? s : otherwise;
}

int64_t city_new(struct tx *tx, const struct city_arrival *c)
{
    int64_t id = db_new_id();
    city_insert(tx, &(struct city_insert_in){
                        .id = id,
                        .slug = c->slug,
                        .name = c->name,
                        .long_name = c->long_name,
                        .kind = or_else(c->kind, S("stadt")),
                        .ags = c->ags,
                        .land = city_land_of(c->ags),
                        .domain = c->domain,
                        .mail = c->mail,
                        .phone = c->phone,
                        .address = c->address,
                        .colour = or_else(c->colour, S("#1b4b73")),
                        .accent = or_else(c->accent, S("#e3a33b")),
                        .logo = c->logo,
                        .lat = c->lat,
                        .lon = c->lon,
                        .langs = or_else(c->langs, S("de de-simple en")),
                        .lang = or_else(c->lang, S("de")),
                        .tiles = S(""),
                        .created_at = tx->now,
                    });
    audit_add(tx, (struct audit_by){ id, 0 }, S("city.create"), id, S(""));
    return id;
}

void city_district_new(struct tx *tx, int64_t city_id, const struct district *d)
{
    city_district_insert(
        tx,
        &(struct city_district_insert_in){
            .id = db_new_id(), .city = city_id, .name = d->name, .lat = d->lat, .lon = d->lon });
}

void city_words(struct tx *tx, int64_t city_id, const struct override *words)
{
    str lang = lang_info(words->lang)->code;
    city_text_delete(tx, city_id, lang, words->key);
    if (words->value.n)
        city_text_insert(tx, &(struct city_text_insert_in){ .id = db_new_id(),
                                                            .city = city_id,
                                                            .lang = lang,
                                                            .msg = words->key,
                                                            .value = words->value });
}

int64_t city_office_new(struct tx *tx, const struct office_arrival *o)
{
    int64_t id = db_new_id();
    office_insert(tx, &(struct office_insert_in){ .id = id,
                                                  .city = o->city_id,
                                                  .ref = o->ref,
                                                  .position = o->position,
                                                  .name = o->name,
                                                  .short_name = o->short_name,
                                                  .kind = o->kind,
                                                  .about = o->about,
                                                  .about_simple = o->about_simple,
                                                  .about_en = o->about_en,
                                                  .topics = o->topics,
                                                  .mail = o->mail,
                                                  .phone = o->phone });
    return id;
}

int64_t city_office_place_new(struct tx *tx, const struct office_place_arrival *p)
{
    int64_t id = db_new_id();
    office_place_insert(tx, &(struct office_place_insert_in){ .id = id,
                                                              .city = p->city_id,
                                                              .office = p->office_id,
                                                              .position = p->position,
                                                              .name = p->name,
                                                              .street = p->street,
                                                              .postcode = p->postcode,
                                                              .place = p->place,
                                                              .district = p->district,
                                                              .access = p->access,
                                                              .note = p->note,
                                                              .lat = p->lat,
                                                              .lon = p->lon });
    return id;
}

void city_office_hours_new(struct tx *tx, const struct office_hours_arrival *h)
{
    office_hours_insert(tx, &(struct office_hours_insert_in){ .id = db_new_id(),
                                                              .city = h->city_id,
                                                              .office = h->office_id,
                                                              .weekday = h->weekday,
                                                              .opens = h->opens,
                                                              .closes = h->closes,
                                                              .note = h->note });
}

/* ---- the contract ---- */

static const struct route routes[] = {
    GET("/impressum", page_imprint, ANYONE, .listed = true),
    GET("/datenschutz", page_privacy, ANYONE, .listed = true),
    GET("/barrierefreiheit", page_accessibility, ANYONE, .listed = true),
    POST("/barrierefreiheit", page_report, ANYONE),
    GET("/leichte-sprache", page_simple, ANYONE, .listed = true),
    GET("/beratung", page_offices, ANYONE, .api = "/offices", .answer = &offices_schema,
        .listed = true, .doc = "The offices of a town: what they do, when and where."),
    GET("/thema.css", theme_css, ANYONE, .lasting = true),
    GET("/buero/stadt", desk_show, CAN(city_edit)),
    POST("/buero/stadt", desk_save, CAN(city_edit)),
    GET("/buero/stadt/seiten", desk_legal_list, CAN(city_edit)),
    GET("/buero/stadt/seiten/{page}/{lang}", desk_legal_show, CAN(city_edit)),
    POST("/buero/stadt/seiten/{page}/{lang}", desk_legal_save, CAN(city_edit)),
    GET("/buero/stadt/stellen", office_desk_list, CAN(city_edit)),
    GET("/buero/stadt/stellen/neu", office_desk_new, CAN(city_edit)),
    POST("/buero/stadt/stellen/neu", office_desk_create, CAN(city_edit)),
    GET("/buero/stadt/stellen/{id}", office_desk_show, CAN(city_edit)),
    POST("/buero/stadt/stellen/{id}", office_desk_save, CAN(city_edit)),
    POST("/buero/stadt/stellen/{id}/geschlossen", office_desk_close, CAN(city_edit)),
    GET("/buero/stadt/stellen/{id}/orte/neu", office_place_desk_new, CAN(city_edit)),
    POST("/buero/stadt/stellen/{id}/orte/neu", office_place_desk_create, CAN(city_edit)),
    GET("/buero/stadt/orte/{id}", office_place_desk_show, CAN(city_edit)),
    POST("/buero/stadt/orte/{id}", office_place_desk_save, CAN(city_edit)),
    GET("/buero/barrieren", desk_reports, CAN(office_open)),
    POST("/buero/barrieren/{id}/beantwortet", desk_answered, CAN(city_edit)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_city_nav_offices, .path = "/beratung", .kind = ACCESS_ANYONE, .order = 40 },
    { .label = MSG_city_nav_town,
      .path = "/buero/stadt",
      .kind = ACCESS_CAN,
      .permission = PERM_city_edit,
      .office = true,
      .menu = NAV_SELDOM,
      .order = 60 },
    { .label = MSG_city_nav_reports,
      .path = "/buero/barrieren",
      .kind = ACCESS_CAN,
      .permission = PERM_office_open,
      .office = true,
      .menu = NAV_SELDOM,
      .order = 65 },
    { 0 },
};

static const struct command commands[] = {
    { "city add",
      "SLUG --name NAME --ags KEY [--kind stadt|gemeinde|landkreis] [--domain HOST] "
      "[--postcode PLZ]",
      "adds a town", command_city_add },
    { "city list", "", "the towns of this installation", command_city_list },
    { 0 },
};

const struct feature city_feature = {
    .name = "city",
    .routes = routes,
    .nav = nav,
    .commands = commands,
};
