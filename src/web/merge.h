/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Merging two records that are the same. A feature says in its table `merges` how a record of it
 * is read and written as named values, what makes two of them suspicious, and what follows from a
 * merge; every feature says in `merge_refs` which of its rows hang on such a record. With that the
 * feature `duplicate` compares, merges and takes back, and knows no table but its own.
 *
 * The record that goes keeps its row, out of sight, and names the one that stays (`merged_into`,
 * always the last of a chain): addresses, mailed links and imports that know the old one follow it.
 */
#ifndef WEB_MERGE_H
#define WEB_MERGE_H

#include "web/form.h"
#include "web/record.h"

struct feature;

/* ---- a record as values ---- */

#define MERGE_VALUES_MOST 96
#define MERGE_INTO        "merged_into"

struct merge_value {
    str name;
    str value; /* numbers in decimal; empty: nothing */
};
/* First the fields of the form, in its order; then what nobody chooses. */
struct merge_row {
    int64_t city_id;
    int64_t id;
    struct merge_value v[MERGE_VALUES_MOST];
    size_t n;
};

void merge_add(struct merge_row *row, str name, str value);
void merge_add_int(struct arena *a, struct merge_row *row, str name, int64_t value);
void merge_add_real(struct arena *a, struct merge_row *row, str name, opt_real value);
/* Where a record is, and by whom that was said: lat, lon, geo_from. */
void merge_add_place(struct arena *a, struct merge_row *row, opt_real lat, opt_real lon,
                     str geo_from);
/* What every record has of where it comes from, and of merging. */
struct merge_origin {
    str source, ref, content_hash; /* of an import */
    int64_t edited_at;             /* by the office, since */
    int64_t created_at;
    opt_int merged_into;
};
void merge_add_origin(struct arena *a, struct merge_row *row, const struct merge_origin *o);
/* The value of that name, which must be there. */
str merge_get(const struct merge_row *row, str name);
int64_t merge_get_int(const struct merge_row *row, str name);
opt_int merge_get_id(const struct merge_row *row, str name);
opt_real merge_get_real(const struct merge_row *row, str name);
void merge_set(struct merge_row *row, str name, str value);
/* What an import knows `gone` by goes to `choice`, where that has nothing like it. */
void merge_take_origin(struct merge_row *choice, struct merge_row *gone);
/* Of a record from an import: edited by the office unless `hash`, of what it says now, is still
 * its. */
void merge_set_edited(struct tx *tx, struct merge_row *choice, str hash);
/* All fields of a form as values, and back. */
void merge_add_form(struct arena *a, struct merge_row *row, const struct field *fields,
                    const void *form);
void merge_get_form(const struct merge_row *row, const struct field *fields, void *form);

/* ---- suspicions ---- */

struct merge_pair {
    int64_t low, high; /* ids, low < high */
    int64_t reasons;   /* bits, in the order of merge_kind.reasons */
    int score;         /* 1 … 100 */
};
struct merge_pairs {
    struct merge_pair *v;
    size_t n, cap;
};

/* ---- what a feature says ---- */

struct merge_step {
    str verb;
    const struct merge_row *before, *after;
};

struct merge_kind {
    const struct record_kind *record;
    const struct field *fields; /* of the form: what one chooses from */
    const enum msg *reasons;    /* ended by 0 */
    const char *public_path;    /* "/organisationen/" */
    /* A value in words of the page. */
    str (*words)(struct rq *rq, const struct field *f, str value);
    /* Whether a field tells who somebody is. */
    bool (*personal)(const struct field *f);
    /* Which field has the address by which that person is found. */
    const char *mail;
    /* All pairs of a town that may be the same. */
    void (*find)(struct db *db, int64_t city_id, struct merge_pairs *pairs);
    /* False: there is no such record. */
    bool (*read)(struct db *db, int64_t city_id, int64_t id, struct merge_row *row);
    /* Writes all values back; the record counts as changed now. */
    void (*write)(struct tx *tx, const struct merge_row *row);
    /* 0, or why the second cannot go into the first. */
    enum msg (*objection)(struct rq *rq, const struct merge_row *kept,
                          const struct merge_row *gone);
    /*
     * What follows from a merge beside the fields that were chosen: the one that goes is out of
     * sight, what an import knows it by goes to the other one where that has nothing like it.
     * `choice` is the row as chosen. Both are written afterwards, the one that goes first.
     */
    void (*settle)(struct tx *tx, struct merge_row *choice, struct merge_row *gone);
    /*
     * Keeps in history and audit trail what became of a record: "merge" (another one came into
     * it), "merged" (it went into another one), "unmerge".
     */
    void (*note)(struct rq *rq, struct tx *tx, const struct merge_step *step);
    /* Of two, the one that weighs more is proposed to stay. */
    int (*weight)(const struct merge_row *row);
};

struct merge_ids {
    int64_t *v;
    size_t n;
};
struct merge_way {
    int64_t city_id;
    int64_t from, to; /* records */
};
/* Rows that hang on a record. */
struct merge_ref {
    const char *kind; /* of the record: "organisation" */
    const char *name; /* "opportunity.organisation_id": kept with a merge, never renamed */
    enum msg label;   /* "Angebote" */
    struct merge_ids (*list)(struct db *db, int64_t city_id, int64_t id);
    /* Only if the row still hangs on `from`, and can hang on `to`; whether it was moved. */
    bool (*move)(struct tx *tx, const struct merge_way *way, int64_t row);
};

/* Turns the rows of a statement with the one column `id` into ids. */
#define MERGE_IDS(db, rows)                                            \
    ((void)sizeof(char[sizeof *(rows).v == sizeof(int64_t) ? 1 : -1]), \
     merge_ids_of((db)->arena, (rows).n ? &(rows).v[0].id : NULL, (rows).n))
struct merge_ids merge_ids_of(struct arena *a, const int64_t *v, size_t n);

/* "gleiche Organisation, fast gleicher Titel" */
str merge_reasons(const struct rq *rq, const enum msg *words, int64_t reasons);

/* NULL: records of that kind are not merged. */
const struct merge_kind *merge_kind_find(const struct app *app, str name);
/* NULL: nobody chooses that value. */
const struct field *merge_field(const struct merge_kind *kind, str name);
/* The n-th table row of all features for records of that kind; NULL: no more. */
const struct merge_ref *merge_ref_at(const struct app *app, str kind, size_t n);

/* Of web: follow-ups, which hang on records of every kind. Use as .list and .move. */
struct merge_ids merge_follow_ups(struct db *db, int64_t city_id, str kind, int64_t id);
bool merge_follow_up_move(struct tx *tx, const struct merge_way *way, str kind, int64_t row);

#endif
