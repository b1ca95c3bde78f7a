/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Follow-ups (Wiedervorlagen): somebody of the office wants to see a record again on a day,
 * for a reason. Any record of any feature can have some (record.h); they are shown beside
 * it (follow_up.html) and in "Heute". The routes are those of feature/office. Table: follow_up.
 */
#ifndef WEB_FOLLOW_UP_H
#define WEB_FOLLOW_UP_H

#include "web.sql.h"
#include "web/form.h"
#include "web/record.h"

struct follow_up_form {
    str due_on;
    str what;          /* is to be done */
    int64_t everybody; /* whoever works on such records, not only who writes it down */
};
extern const struct field follow_up_fields[];

/* Those of a record; none for people outside of the office. */
struct follow_up_row_rows follow_ups_of(struct rq *rq, const struct record *record);
void follow_up_new(struct rq *rq, struct tx *tx, const struct record *record,
                   const struct follow_up_form *form);

#endif
