/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Appointments: the consulting hours of the offices, what citizens book into them without
 * account, and what the office sees of it.
 */
#ifndef FEATURE_APPOINTMENT_H
#define FEATURE_APPOINTMENT_H

#include "appointment.sql.h"
#include "base/clock.h"
#include "web/feature.h"

extern const struct feature appointment_feature;

/* Whether citizens of this town can book at /termine: other pages then lead there. */
bool appointment_offered(struct rq *rq);

/* A consulting hour from the demo or another feature; times in minutes of the German day. */
struct appointment_hours_arrival {
    int64_t city_id;
    int64_t office_id;
    int64_t place_id;   /* 0: by phone or video only */
    int64_t account_id; /* 0: whoever is there */
    int weekday;        /* 0 Monday … 6 Sunday */
    int opens, closes;
    int minutes, pause;
    int channels; /* bits: 1 on site, 2 phone, 4 video */
    str video;
    struct day from;
};
int64_t appointment_hours_new(struct tx *tx, const struct appointment_hours_arrival *h);

/* An appointment that nobody asked for by mail; nobody is written to. */
struct appointment_arrival {
    int64_t hours_id; /* of appointment_hours_new */
    struct day day;
    int minute; /* of the German day at which it begins */
    str channel;
    str name, mail, phone, subject;
};
/* Its id; 0: the time is taken, and the transaction must be rolled back. */
int64_t appointment_new(struct tx *tx, int64_t city_id, const struct appointment_arrival *a);

/* The office says that this person comes with it; not possible when it was cancelled. */
void appointment_meet(struct rq *rq, struct tx *tx, int64_t id, int64_t person_id);

#endif
