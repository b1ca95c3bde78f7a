/* SPDX-License-Identifier: EUPL-1.2 */
/* Internal notes, sealed. */
#ifndef FEATURE_CONCERN_NOTE_H
#define FEATURE_CONCERN_NOTE_H

#include "concern.sql.h"
#include "web/seal.h"

#define NOTE_COLUMN "concern_message.note"

/* Where the note of a message is at home. */
struct seal_place note_place(int64_t message_id);
/* What the office reads of a message; of a note, unless it has been opened, that it is sealed. */
str note_text(struct rq *rq, const struct concern_message_row *m, bool opened);
bool note_any(const struct concern_message_row_rows *messages);
/* Seals what was stored before notes were sealed; at each start, until nothing is left. */
MUST_CHECK enum err note_start(struct app *app);

#endif
