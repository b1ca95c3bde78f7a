/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From consulting hours to times that can be booked. An hour is cut into appointments in German
 * wall-clock time; what falls into a holiday of the Land, a closure, or an hour that summer time
 * skips, is none. What is taken is asked from the database.
 */
#ifndef FEATURE_APPOINTMENT_SLOTS_H
#define FEATURE_APPOINTMENT_SLOTS_H

#include "appointment.sql.h"
#include "base/holiday.h"
#include "web/rq.h"

/* Appointments begin, last and pause in steps of five minutes: what appointment_time counts in. */
#define APPOINTMENT_STEP 5
/* Citizens book from two hours before … */
#define APPOINTMENT_NOTICE (2 * 3600)
/* … up to eight weeks ahead. */
#define APPOINTMENT_WEEKS 8

enum appointment_channel { CHANNEL_ONSITE = 1, CHANNEL_PHONE = 2, CHANNEL_VIDEO = 4 };

struct slot {
    const struct appointment_hours_row *hours;
    int64_t starts, ends;
    bool taken;
};
struct slots {
    struct slot *v;
    size_t n;
};

/*
 * The times of one consulting hour on a day, whether they are taken or not; `v` has room for
 * SLOTS_MOST. Nothing is looked at but the hour itself: its weekday and its validity are the
 * caller's business.
 */
#define SLOTS_MOST 288
size_t slots_cut(const struct appointment_hours_row *h, struct day day, struct slot *v);

/* Why nothing is held on a day. */
struct slots_off {
    enum holiday holiday; /* of the Land */
    str reason;           /* of a closure of all offices */
    bool closed;
};

struct slots_wish {
    struct day from, to; /* both included */
    int64_t not_before;  /* an instant; 0: any */
    int64_t office;      /* 0: any */
    int64_t account;     /* 0: any */
    int channels;        /* bits of those that will do; 0: any */
    bool all;            /* also those that are taken */
};
/* In the order of their beginning, then of office and consulting hour. */
struct slots slots_list(struct rq *rq, const struct slots_wish *wish);
/* Whether all of the town's offices are closed on that day. */
struct slots_off slots_off(struct rq *rq, struct day day);
/* The free time of a consulting hour that begins at an instant; false when there is none. */
bool slots_find(struct rq *rq, int64_t hours_id, int64_t starts, struct slot *slot);
/* What citizens may choose from: from two hours to eight weeks ahead. */
bool slots_open(int64_t now, const struct slot *slot);

/* ---- whose time is taken ---- */

/*
 * Takes the time of a slot for an appointment, its hour's and its counsellor's; false: somebody was
 * faster, and the transaction must be rolled back.
 */
bool slots_take(struct tx *tx, int64_t city_id, int64_t appointment_id, const struct slot *slot);
void slots_drop(struct tx *tx, int64_t city_id, int64_t appointment_id);

#endif
