/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Internal notes are sealed (web/seal.h). A page shows that there are some; opening them is a
 * POST of its own, which leaves a line in the read log. Table: concern_message.
 */
#include "feature/concern/note.h"

#include "base/log.h"
#include "concern.text.h"
#include "web/feature.h"

struct seal_place note_place(int64_t message_id)
{
    return (struct seal_place){ NOTE_COLUMN, message_id };
}

str note_text(struct rq *rq, const struct concern_message_row *m, bool opened)
{
    str text = S("");
    if (!str_eq(m->kind, S("note")))
        return m->body;
    if (!opened)
        return t_concern_note_sealed(rq);
    return seal_open(rq->app, rq->arena, note_place(m->id), m->note, &text)
               ? text
               : t_concern_note_unreadable(rq);
}

bool note_any(const struct concern_message_row_rows *messages)
{
    for (size_t i = 0; i < messages->n; i++)
        if (str_eq(messages->v[i].kind, S("note")))
            return true;
    return false;
}

/* ---- notes from before they were sealed ---- */

struct moving {
    struct app *app;
    size_t n;
};

static void move_some(struct tx *tx, void *ctx)
{
    struct moving *m = ctx;
    struct concern_plain_note_rows rows = concern_plain_notes(&tx->db);
    m->n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        concern_seal_note(tx, seal_close(m->app, tx, note_place(rows.v[i].id), rows.v[i].body),
                          rows.v[i].id);
}

enum err note_start(struct app *app)
{
    struct moving m = { .app = app, .n = 1 };
    size_t all = 0;
    enum err e = ERR_OK;
    while (e == ERR_OK && m.n) {
        struct arena a;
        arena_init(&a, 0);
        e = tx_do(app->store, &a, move_some, &m);
        arena_free(&a);
        all += m.n;
    }
    if (e == ERR_OK && all)
        e = store_scrub(app->store); /* the log of the database still has them as they were */
    if (all)
        log_event(LOG_INFO, "concern.notes_sealed", { "ok", str_from_c(err_name(e)) });
    return e;
}
