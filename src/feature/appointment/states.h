/* SPDX-License-Identifier: EUPL-1.2 */
/* The states of an appointment (web/procedure.h), and the mails that come of its steps. */
#ifndef FEATURE_APPOINTMENT_STATES_H
#define FEATURE_APPOINTMENT_STATES_H

#include "appointment.sql.h"
#include "feature/appointment/slots.h"
#include "web/erasure.h"
#include "web/procedure.h"
#include "web/token.h"

extern const struct record_kind appointment_record;
/* held, booked, then attended, missed or cancelled; `data` of a move is a struct appointment_to. */
extern const struct procedure appointment_procedure;

/* Purpose of the citizen's link, and how long it lasts: longer than anybody books ahead. */
#define APPOINTMENT_LINK      "appointment"
#define APPOINTMENT_LINK_DAYS 90
/* So long a time is kept for somebody who has not confirmed yet. */
#define APPOINTMENT_HOLD 3600

/* What somebody types who books. */
struct book_form {
    str channel, name, mail, phone, subject;
};

/* Where to, and how the two will talk. */
struct appointment_to {
    const struct slot *slot;
    str channel;
};

/*
 * Keeps a new appointment at a free time: held until it is confirmed, or booked at once by the
 * office. Its id; 0: somebody was faster, and the transaction must be rolled back.
 */
int64_t appointment_keep(struct rq *rq, struct tx *tx, const struct appointment_to *to,
                         const struct book_form *f, bool by_office);
/* The same without mails, where there is no request. */
struct appointment_keeping {
    int64_t city_id;
    enum lang lang; /* in which the person is written to */
    bool by_office;
};
int64_t appointment_insert_kept(struct tx *tx, const struct appointment_keeping *k,
                                const struct appointment_to *to, const struct book_form *f);
/* Moves it and writes to who must know; false: answered already. `who` as in procedure_ask. */
bool appointment_move(struct rq *rq, struct tx *tx, int64_t id, const struct appointment_to *to,
                      enum procedure_who who);
/* Deletes it with its history and links. */
void appointment_erase(struct tx *tx, const struct erasure *e);

/* The code of one channel: "onsite", "phone", "video"; and back, 0: none of them. */
str appointment_channel_code(int channel);
int appointment_channel_find(str code);
/* Whether it has not begun yet. */
bool appointment_ahead(const struct appointment_row *b);

/* ---- mails.c ---- */

/* To the citizen: "please confirm". */
void appointment_mail_confirm(struct rq *rq, struct tx *tx, const struct appointment_row *b);
/* To the citizen, after a step, and to the counsellor, when somebody else took it. */
void appointment_mail_booked(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                             const struct appointment_row *b);
void appointment_mail_moved(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                            const struct appointment_row *b);
void appointment_mail_cancelled(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                                const struct appointment_row *b);
void appointment_mail_entered(struct rq *rq, struct tx *tx, const struct appointment_row *b);
void appointment_mail_remind(struct rq *rq, struct tx *tx, const struct appointment_row *b);

/* ---- words.c ---- */

/* "Dienstag, 1. Dezember 2026, 9:00 bis 9:30 Uhr" */
str appointment_when(const struct rq *rq, int64_t starts, int64_t ends);
/* "9:00" */
str appointment_clock(const struct rq *rq, int64_t instant);
/* "Dienstag, 1. Dezember 2026" */
str appointment_day(const struct rq *rq, struct day day);
/* "Vor Ort" */
str appointment_channel(const struct rq *rq, str code);
/* "vor Ort, Telefon" of bits. */
str appointment_channels(const struct rq *rq, int64_t bits);
/* Where one goes, is called or dials in. */
str appointment_where(const struct rq *rq, const struct appointment_row *b);
/* When, how and where, a line each, for mails and calendars. */
str appointment_facts(const struct rq *rq, const struct appointment_row *b);
/* "Haus der Vereine, Königstraße 1"; what of both there is. */
str appointment_place(const struct rq *rq, opt_str name, opt_str street);
str appointment_office(str name, str short_name);
str appointment_holiday(const struct rq *rq, enum holiday holiday);

#endif
