/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The feature NAME: a public list and page, and a form for the office.
 * Table: NAME. Neighbours: none yet.
 */
#include "feature/NAME/NAME.h"

#include "NAME.html.h"
#include "NAME.sql.web.h"
#include "NAME.text.h"
#include "web/audit.h"
#include "web/json.h"

const struct field NAME_fields[] = {
    FIELD(struct NAME_form, title, TEXT, MSG_NAME_field_title, .required = true, .max = 120),
    FIELD(struct NAME_form, body_md, LONG, MSG_NAME_field_body),
    { 0 },
};

/* GET /NAME */
static void list(struct rq *rq)
{
    struct NAME_row_rows rows = NAME_list(rq->db, rq->city->id);
    if (rq_wants_json(rq)) {
        struct json j = json_new(rq->out);
        rq_type(rq, S("application/json"));
        json_array(&j);
        for (size_t i = 0; i < rows.n; i++)
            NAME_row_json(&j, &rows.v[i]);
        json_array_end(&j);
        return;
    }
    rq_crumb(rq, t_NAME_title(rq), link_to(rq, S("/NAME")));
    view_NAME_list(rq, rows);
}

/* GET /NAME/{id} */
static void show(struct rq *rq)
{
    const struct NAME_row *row = NAME_get(rq->db, rq->city->id, rq_id(rq));
    if (!row) {
        rq_not_found(rq);
        return;
    }
    rq_crumb(rq, t_NAME_title(rq), link_to(rq, S("/NAME")));
    rq_crumb(rq, row->title, link_id(rq, S("/NAME/"), row->id));
    view_NAME_show(rq, row);
}

static void show_form(struct rq *rq, const struct NAME_form *f)
{
    rq_crumb(rq, t_NAME_title(rq), link_to(rq, S("/NAME")));
    rq_crumb(rq, t_NAME_new(rq), link_to(rq, S("/buero/NAME/neu")));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_NAME_form(rq, f);
}

/* GET /buero/NAME/neu */
static void new_form(struct rq *rq)
{
    struct NAME_form f = { 0 };
    show_form(rq, &f);
}

/* POST /buero/NAME/neu */
static void create(struct rq *rq, struct tx *tx)
{
    struct NAME_form f = { 0 };
    if (!rq_form(rq, NAME_fields, &f)) {
        show_form(rq, &f);
        return;
    }
    struct NAME_insert_in in = { .id = db_new_id(),
                                 .city = rq->city->id,
                                 .title = f.title,
                                 .body_md = f.body_md,
                                 .created_at = tx->now };
    NAME_insert(tx, &in);
    audit(rq, tx, S("NAME.create"), in.id, S(""));
    rq_note(rq, MSG_NAME_saved);
    rq_see(rq, S("/NAME/"), in.id);
}

static const struct route routes[] = {
    GET("/NAME", list, ANYONE, .listed = true, .doc = "Lists NAME."),
    GET("/NAME/{id}", show, ANYONE),
    GET("/buero/NAME/neu", new_form, CAN(office_open)),
    POST("/buero/NAME/neu", create, CAN(office_open)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_NAME_title, .path = "/NAME", .kind = ACCESS_ANYONE, .order = 50 },
    { 0 },
};

const struct feature NAME_feature = { .name = "NAME", .routes = routes, .nav = nav };
