/* SPDX-License-Identifier: EUPL-1.2 */
/* Follow-ups: the form, those of a record, and a new one. */
#include "web/follow_up.h"

#include "web.text.h"
#include "web/audit.h"

const struct field follow_up_fields[] = {
    FIELD(struct follow_up_form, due_on, DAY, MSG_follow_up_field_due_on, .required = true,
          .hint = MSG_follow_up_hint_due_on),
    FIELD(struct follow_up_form, what, TEXT, MSG_follow_up_field_note, .required = true),
    FIELD(struct follow_up_form, everybody, BOOL, MSG_follow_up_field_everybody),
    { 0 },
};

struct follow_up_row_rows follow_ups_of(struct rq *rq, const struct record *record)
{
    if (!may(rq, PERM_office_open))
        return (struct follow_up_row_rows){ 0 };
    return follow_up_of(rq->db, rq->city->id, str_from_c(record->kind->name), record->id);
}

void follow_up_new(struct rq *rq, struct tx *tx, const struct record *record,
                   const struct follow_up_form *form)
{
    struct follow_up_insert_in in = { .id = db_new_id(),
                                      .city = rq->city->id,
                                      .kind = str_from_c(record->kind->name),
                                      .subject = record->id,
                                      .due_on = form->due_on,
                                      .account = form->everybody ? 0 : rq->who.account_id,
                                      .note = form->what,
                                      .at = tx->now,
                                      .by = rq->who.account_id };
    follow_up_insert(tx, &in);
    audit(rq, tx, S("follow_up.create"), in.id, in.kind);
}
