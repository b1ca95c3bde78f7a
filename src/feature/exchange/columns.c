/* SPDX-License-Identifier: EUPL-1.2 */
/* The columns of offers and organisations. */
#include "feature/exchange/columns.h"

#include "feature/exchange/exchange.h"

#define COLUMN(form, name, type, member, ...)                    \
    {                                                            \
        name, CELL_##type, offsetof(form, member), ##__VA_ARGS__ \
    }
#define OPP(name, type, member, ...) COLUMN(struct opp_form, name, type, member, ##__VA_ARGS__)
#define ORG(name, type, member, ...) COLUMN(struct org_form, name, type, member, ##__VA_ARGS__)

const struct column offer_columns[] = {
    OPP("title", TITLE, title),
    OPP("title_simple", TITLE, title_simple),
    OPP("title_en", TITLE, title_en),
    OPP("summary", TEXT, summary),
    OPP("summary_en", TEXT, summary_en),
    OPP("tasks_md", TEXT, tasks_md),
    OPP("simple_md", TEXT, simple_md),
    OPP("needs_md", TEXT, needs_md),
    OPP("gives_md", TEXT, gives_md),
    OPP("fields", BITS, fields, &vocab_field),
    OPP("kinds", BITS, kinds, &vocab_kind),
    OPP("targets", BITS, targets, &vocab_target),
    OPP("suits", BITS, suits, &vocab_suits),
    OPP("derived", YES, derived),
    OPP("time", CODE, time, &vocab_time),
    OPP("hours_week", TENTHS, hours_week),
    OPP("grid", BITS, grid, &vocab_grid),
    OPP("from", DAY, starts_on),
    OPP("to", DAY, ends_on),
    OPP("commitment", TEXT, commitment),
    OPP("wanted", INT, wanted),
    OPP("placed", INT, placed),
    OPP("min_age", INT, min_age),
    OPP("languages", LANGUAGES, languages),
    OPP("skills", TEXT, skills),
    OPP("place_kind", CODE, place_kind, &vocab_place_kind),
    OPP("street", TITLE, street),
    OPP("postcode", TITLE, postcode),
    OPP("place", TITLE, place),
    OPP("district", TITLE, district),
    OPP("lat", LAT, lat),
    OPP("lon", LON, lon),
    OPP("geo_from", TITLE, geo_from),
    OPP("training", GIVEN, training),
    OPP("supervision", GIVEN, supervision),
    OPP("certificate", CODE, certificate, &vocab_certificate),
    OPP("measles", YES, measles),
    OPP("insurance", GIVEN, insurance),
    OPP("expenses", CODE, expenses, &vocab_expenses),
    OPP("expenses_cents", INT, expenses_cents),
    OPP("contact_name", TITLE, contact_name),
    OPP("contact_email", TITLE, contact_mail),
    OPP("contact_phone", TITLE, contact_phone),
    OPP("valid_until", DAY, valid_until),
    { 0 },
};

const struct column organisation_columns[] = {
    ORG("name", TITLE, name),
    ORG("kind", CODE, kind, &vocab_org_kind),
    ORG("purpose_md", TEXT, purpose_md),
    ORG("purpose_simple", TEXT, purpose_simple),
    ORG("fields", BITS, fields, &vocab_field),
    ORG("street", TITLE, street),
    ORG("postcode", TITLE, postcode),
    ORG("place", TITLE, place),
    ORG("district", TITLE, district),
    ORG("lat", LAT, lat),
    ORG("lon", LON, lon),
    ORG("geo_from", TITLE, geo_from),
    ORG("web", TITLE, web),
    ORG("email", TITLE, mail),
    ORG("phone", TITLE, phone),
    { 0 },
};
