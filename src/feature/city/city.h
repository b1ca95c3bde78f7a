/* SPDX-License-Identifier: EUPL-1.2 */
/* Towns, their districts and offices, as other features may make them. */
#ifndef FEATURE_CITY_H
#define FEATURE_CITY_H

#include "db/opt.h"
#include "web/feature.h"

extern const struct feature city_feature;

/* A town as it comes from a file or a command; what is empty takes the schema's default. */
struct city_arrival {
    str slug, name, long_name;
    str kind; /* stadt, gemeinde, landkreis */
    str ags;  /* official municipality key, eight digits (five for a landkreis) */
    str domain, mail, phone, address;
    str colour, accent; /* "#rrggbb" */
    str logo;
    double lat, lon;
    str langs; /* "de de-simple en" */
    str lang;
};

int64_t city_new(struct tx *tx, const struct city_arrival *c);
void city_district_new(struct tx *tx, int64_t city_id, const struct district *d);
/* The town's own wording of a text, for instance of "home.claim" in English. */
void city_words(struct tx *tx, int64_t city_id, const struct override *words);

struct office_arrival {
    int64_t city_id;
    str ref;
    int64_t position;
    str name, short_name;
    str kind;                          /* stabsstelle, servicestelle, agentur */
    str about, about_simple, about_en; /* Markdown */
    str topics;                        /* one a line */
    str mail, phone;
};

int64_t city_office_new(struct tx *tx, const struct office_arrival *o);

struct office_place_arrival {
    int64_t city_id;
    int64_t office_id;
    int64_t position;
    str name, street, postcode, place, district, note;
    int64_t access; /* six answers, web/vocab.h */
    opt_real lat, lon;
};

int64_t city_office_place_new(struct tx *tx, const struct office_place_arrival *p);

struct office_hours_arrival {
    int64_t city_id;
    int64_t office_id;
    int64_t weekday;   /* 0 Monday … 6 Sunday */
    str opens, closes; /* "09:00"; both empty: only the note */
    str note;
};

void city_office_hours_new(struct tx *tx, const struct office_hours_arrival *h);

/*
 * The office that is responsible for a topic (web/vocab.h) by its own description; 0 when none
 * says so.
 */
int64_t city_office_of_topic(struct db *db, int64_t city_id, str topic);

/* The Land of a municipality key: "01003000" is "SH"; empty when there is none. */
str city_land_of(str ags);

#endif
