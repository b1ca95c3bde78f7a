/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of this feature show, and their handlers. */
#ifndef FEATURE_APPOINTMENT_PAGES_H
#define FEATURE_APPOINTMENT_PAGES_H

#include "feature/appointment/states.h"
#include "feature/person/person.h"
#include "web/form.h"
#include "web/json.h"
#include "web/merge.h"
#include "web/schema.h"

/* ---- week.c: a week of free times, as all three places of choice show it ---- */

struct week_group { /* times of one day at one office and place */
    const struct appointment_hours_row *hours;
    const struct slot **v;
    size_t n;
};
struct week_day {
    struct day day;
    struct slots_off off;
    struct week_group *v;
    size_t n;
    size_t vacant; /* times of all groups */
};
enum week_use { WEEK_BOOK, WEEK_MOVE, WEEK_ENTER };
struct week {
    enum week_use use;
    struct day monday;
    struct week_day days[7];
    size_t vacant;
    str previous, next; /* ISO days; empty: there is nothing to choose */
    str first;          /* where the week has nothing: the Monday of the next free time, or empty */
    int64_t office;
    int channel;
    struct appointment_office_row_rows offices;
};
/* Reads `from`, `office` and `channel` of the request. */
void week_load(struct rq *rq, enum week_use use, struct week *w);
/* "1. bis 7. Dezember 2026" */
str week_title(const struct rq *rq, const struct week *w);
/* Days worth a heading: all but an empty weekend. */
bool week_shows(const struct week *w, int day);
/* Why there is nothing on that day: a holiday, a closure, or simply no free time. */
str week_nothing(const struct rq *rq, const struct week_day *d);
/* The address that a free time leads to, for use WEEK_BOOK and WEEK_ENTER. */
url week_link(const struct rq *rq, const struct week *w, const struct slot *slot);
/* The same as the value of a button, "HOURS-INSTANT", and back; false: not free, or nonsense. */
str week_value(const struct rq *rq, const struct slot *slot);
bool week_slot(struct rq *rq, str value, struct slot *slot);

/* ---- book.c: citizens ---- */

extern const struct field book_fields[];
extern const struct schema book_schema;
extern const struct param book_params[];

void book_week(struct rq *rq);
void book_show(struct rq *rq);
void book_send(struct rq *rq, struct tx *tx);
void book_thanks(struct rq *rq);
/* Whether a channel may be chosen for a time. */
bool book_offers(const struct slot *slot, str channel);
/*
 * How the two talk after a move: as before, where the new time has that, else what it has first;
 * empty when there is no way.
 */
str move_channel(const struct appointment_row *b, const struct slot *slot);
/* What is wrong with what was typed, at its field. */
void book_check(struct rq *rq, const struct slot *slot, struct book_form *f);

/* ---- link.c: the citizen's link, and the counsellor's feed ---- */

extern const struct link_part link_parts[], feed_parts[];
void link_mine(struct rq *rq, const struct token *token);
void feed_show(struct rq *rq, const struct token *token);
/* POST /buero/termine/kalender */
void feed_make(struct rq *rq, struct tx *tx);

/* ---- desk.c: the office ---- */

struct desk_line { /* a booking, or a free time */
    int64_t starts, ends;
    const struct appointment_day_row *b;
    const struct slot *slot;
};
struct desk_day {
    struct day day;
    struct slots_off off;
    const struct desk_line *v;
    size_t n;
    int64_t booked, vacant;
};
struct desk {
    bool week;
    struct desk_day days[7];
    size_t n;
    str previous, next, today;
    int64_t account, office;
    struct appointment_person_rows people;
    struct appointment_office_row_rows offices;
};

extern const struct field enter_fields[];

void appointment_desk_show(struct rq *rq);
void appointment_desk_one(struct rq *rq);
void appointment_desk_step(struct rq *rq, struct tx *tx);
void appointment_desk_form(struct rq *rq);
void appointment_desk_enter(struct rq *rq, struct tx *tx);
void appointment_desk_move(struct rq *rq);
void appointment_desk_moved(struct rq *rq, struct tx *tx);

/* ---- meet.c: who comes ---- */

#define MEET_FOUND 10
struct meet {
    struct person_likes likes; /* by what was typed at the booking */
    str q;                     /* looked for by name … */
    struct person_card_rows found;
};
bool meet_possible(const struct appointment_row *b);
void meet_load(struct rq *rq, const struct appointment_row *b, struct meet *m);
void meet_person(struct rq *rq, struct tx *tx);
void meet_case(struct rq *rq, struct tx *tx);
extern const struct merge_ref meet_merge_refs[];
void meet_erased(struct tx *tx, const struct erasure *e);

/* ---- plan.c: consulting hours and closures ---- */

struct plan_form {
    int64_t office, place, account;
    str weekday, opens, closes;
    int64_t minutes, pause, onsite, phone, with_video;
    str video, valid_from, valid_until;
    int64_t extra;
};
extern const struct field plan_fields[];
struct closure_form {
    int64_t office, account;
    str from_day, to_day, reason;
};
extern const struct field closure_fields[];

struct plan_page {
    struct appointment_hours_row_rows hours;
    struct appointment_closure_row_rows closures;
    const struct day *holidays;
    size_t holiday_count;
    const struct closure_form *closure;
    struct appointment_person_rows people;
    struct appointment_office_row_rows offices;
};
struct plan_edit {
    int64_t id; /* 0: a new one */
    const struct plan_form *form;
    bool extra;
    struct appointment_person_rows people;
    struct appointment_office_row_rows offices;
    struct appointment_place_row_rows places;
};

void plan_list(struct rq *rq);
void plan_new(struct rq *rq);
void plan_create(struct rq *rq, struct tx *tx);
void plan_show(struct rq *rq);
void plan_save(struct rq *rq, struct tx *tx);
void closure_create(struct rq *rq, struct tx *tx);
void closure_erase(struct rq *rq, struct tx *tx);
/* "Montag 9:00 bis 12:00 Uhr" */
str plan_span(const struct rq *rq, const struct appointment_hours_row *h);
/* "seit 1. Januar 2026, bis 31. März 2027" */
str plan_validity(const struct rq *rq, const struct appointment_hours_row *h);

/* ---- calendar.c ---- */

void calendar_mine(struct rq *rq, const struct appointment_row *b);
void calendar_feed(struct rq *rq, struct appointment_day_row_rows rows);

/* ---- remind.c ---- */

void appointment_remind(struct job_run *job);

#endif
