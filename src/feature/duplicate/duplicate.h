/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's desk for records that were entered twice. What is merged: web/merge.h. */
#ifndef FEATURE_DUPLICATE_H
#define FEATURE_DUPLICATE_H

#include "duplicate.sql.h"
#include "web/merge.h"

/* So long a merge can be taken back; duplicate.privacy keeps its record as long. */
#define UNDO_DAYS 30

extern const struct feature duplicate_feature;

struct job_run;

/* How sure one can be, of a score. */
enum duplicate_level { LEVEL_POSSIBLE, LEVEL_LIKELY, LEVEL_SURE };
enum duplicate_level duplicate_level(int64_t score);

/* ---- find.c ---- */

/* The suspicions of a town, found anew. What the office has decided stays. */
void find_in_town(struct tx *tx, const struct app *app, int64_t city_id);
/* The job of the night. */
void find_run(struct job_run *job);

/* ---- merge.c: both side by side, and merging ---- */

/* A field in which the two differ. */
struct merge_line {
    const struct field *field;
    str kept, gone;  /* in words */
    bool takes_gone; /* chosen, or proposed: the value of the one that goes */
};
/* Rows that would be moved. */
struct merge_count {
    str label;
    int64_t n;
};
struct merge_page {
    const struct dup_pair *pair;
    const struct merge_kind *kind;
    struct merge_row kept, gone;
    struct record kept_record, gone_record;
    struct {
        struct merge_line *v;
        size_t n, cap;
    } lines;
    struct {
        struct merge_count *v;
        size_t n, cap;
    } moves;
    size_t same;        /* fields that say the same */
    enum msg objection; /* 0: can be merged */
    bool adopts;        /* the one that stays takes over where an import finds it */
    str version;        /* of what both say */
};
void merge_show(struct rq *rq);
void merge_act(struct rq *rq, struct tx *tx);

/* ---- undo.c ---- */

/* A value that comes back, or does not because it is another one by now. */
struct undo_line {
    str label;
    str now, back; /* in words */
    bool stays;    /* as it is now */
};
struct undo_page {
    const struct dup_merge *merge;
    const struct merge_kind *kind;
    struct merge_row kept, gone;
    struct record kept_record, gone_record;
    struct {
        struct undo_line *v;
        size_t n, cap;
    } lines;
    struct {
        struct merge_count *v;
        size_t n, cap;
    } moves;
    size_t staying;     /* lines that stay as they are */
    enum msg objection; /* 0: can be taken back */
    int64_t until;      /* the last instant for it */
};
void undo_show(struct rq *rq);
void undo_act(struct rq *rq, struct tx *tx);

/* What the desk shows of a merge or a pair. */
struct desk_row {
    int64_t id;
    struct record one, other; /* of a merge: the one that stayed, the one that went */
    str why;                  /* "gleicher Name, gleiche Anschrift" */
    enum duplicate_level level;
    int64_t at;
};
struct desk_page {
    str kind;
    str view;                              /* open, different, merged */
    int64_t organisations, offers, people; /* open suspicions */
    struct {
        struct desk_row *v;
        size_t n, cap;
    } rows;
};

#endif
