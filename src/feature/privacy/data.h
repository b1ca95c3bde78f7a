/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * All that is kept of somebody, found by the tables of db/privacy.h: for "my data", with account or
 * by mailed link. Secrets (hashes of keys and passwords) are left out: they say nothing about
 * the person.
 */
#ifndef FEATURE_PRIVACY_DATA_H
#define FEATURE_PRIVACY_DATA_H

#include "feature/privacy/privacy.h"
#include "web/erasure.h"

struct json;

/* Rows of one statement; tables with several stand after each other. */
struct data_rows {
    const struct privacy_table *table;
    const struct db_row_type *type;
    const void **v;
    size_t n;
};
struct data {
    struct data_rows *v;
    size_t n, cap;
};

/* city_id 0: in all towns. A mailed link of a town opens what this town keeps, and no more. */
struct data data_of(struct rq *rq, const struct somebody *who, int64_t city_id);
/* A member for each table, an array of its rows; instants as ISO text. */
void data_put_json(struct rq *rq, const struct data *data);
bool data_has_activity(const struct data *data, str activity);
/* The first value of a class, to begin a correction with; empty when there is none. */
str data_first(const struct data *data, enum privacy_class of);

/* For pages: what of a row is about the person, in words. */
struct data_item {
    str label;
    str value;
};
struct data_card {
    str title; /* of the activity */
    str when;  /* the row's first instant, as day; may be empty */
    struct data_item *v;
    size_t n, cap;
};
struct data_cards {
    struct data_card *v;
    size_t n, cap;
};
struct data_cards data_cards(struct rq *rq, const struct data *data);

#endif
