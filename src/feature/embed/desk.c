/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's pages of partners: list, form, the markup to pass on, a preview. */
#include "embed.html.h"
#include "embed.text.h"
#include "feature/embed/embed.h"
#include "office.text.h"
#include "web/html.h"

#define HEIGHT_PX 640

/*
 * What the partner puts into its page. The sandbox lets nothing run there (nothing would); links
 * open in a window of their own. The frame needs to be of its own origin to fetch its style.
 */
str embed_snippet(const struct rq *rq, const struct embed_partner *p)
{
    struct out o = out_new(rq->arena, 0);
    OUT(&o, "<iframe src=\"");
    html_put_attr(&o, embed_address(rq, p));
    OUT(&o, "\"\n        title=\"");
    html_put_attr(&o, t_embed_frame_title(rq, rq->city->name));
    out_fmt(&o, "\" loading=\"lazy\" width=\"100%%\" height=\"%d\"\n", HEIGHT_PX);
    OUT(&o, "        sandbox=\"allow-same-origin allow-popups allow-popups-to-escape-sandbox\">"
            "</iframe>");
    return out_text(&o);
}

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_embed_title(rq), link_to(rq, S("/buero/einbettungen")));
}

/* GET /buero/einbettungen */
void embed_desk_list(struct rq *rq)
{
    crumbs(rq);
    view_embed_list(rq, embed_list(rq->db, rq->city->id));
}

static void show_form(struct rq *rq, const struct embed_partner *p, const struct embed_form *f)
{
    int64_t organisation = 0;
    str_to_i64(f->organisation, &organisation);
    struct embed_desk desk = {
        .partner = p,
        .organisations = opp_organisations(rq->db, rq->city->id, organisation),
    };
    crumbs(rq);
    rq_crumb(rq, p ? p->name : t_embed_new(rq), link_to(rq, rq->path));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    if (p) {
        procedure_view(rq, &embed_procedure, p->id, &desk.course);
        desk.snippet = embed_snippet(rq, p);
        desk.preview =
            link_to(rq, str_fmt(rq->arena, "/einbetten/angebote?partner=%lld&lang=%.*s",
                                (long long)p->id, STR_FMT(lang_info(rq->city->lang)->code)));
    }
    if (p)
        desk.json = link_absolute(
            rq, link_to(rq, str_fmt(rq->arena, "/einbetten/angebote.json?partner=%lld",
                                    (long long)p->id)));
    view_embed_form(rq, &desk, f);
}

/* GET /buero/einbettungen/neu */
void embed_desk_new(struct rq *rq)
{
    struct embed_form f = embed_form_of(rq, NULL);
    show_form(rq, NULL, &f);
}

static void keep_event(struct rq *rq, struct tx *tx, int64_t id, bool created)
{
    struct procedure_entry e = { .procedure = &embed_procedure,
                                 .city_id = rq->city->id,
                                 .id = id,
                                 .account_id = rq->who.account_id,
                                 .verb = created ? S("create") : S("change"),
                                 .to = created ? S("active") : S("") };
    procedure_record(tx, &e);
}

/* POST /buero/einbettungen/neu */
void embed_desk_create(struct rq *rq, struct tx *tx)
{
    struct embed_form f = { 0 };
    if (!embed_read(rq, &f)) {
        show_form(rq, NULL, &f);
        return;
    }
    struct embed_insert_in in = { .id = db_new_id(),
                                  .city = rq->city->id,
                                  .name = f.name,
                                  .origins = f.origins,
                                  .query = f.query,
                                  .per = f.per,
                                  .shows = f.shows,
                                  .accent = f.accent,
                                  .ink = f.ink,
                                  .ground = f.ground,
                                  .at = tx->now };
    embed_insert(tx, &in);
    keep_event(rq, tx, in.id, true);
    rq_note(rq, MSG_embed_note_created);
    rq_see(rq, S("/buero/einbettungen/"), in.id);
}

/* GET /buero/einbettungen/{id} */
void embed_desk_edit(struct rq *rq)
{
    const struct embed_partner *p = embed_get(rq->db, rq->city->id, rq_id(rq));
    if (!p) {
        rq_not_found(rq);
        return;
    }
    struct embed_form f = embed_form_of(rq, p);
    show_form(rq, p, &f);
}

/* POST /buero/einbettungen/{id} */
void embed_desk_save(struct rq *rq, struct tx *tx)
{
    struct embed_form f = { 0 };
    const struct embed_partner *p = embed_get(rq->db, rq->city->id, rq_id(rq));
    if (!p) {
        rq_not_found(rq);
        return;
    }
    if (!embed_read(rq, &f)) {
        show_form(rq, p, &f);
        return;
    }
    struct embed_update_in in = { .name = f.name,
                                  .origins = f.origins,
                                  .query = f.query,
                                  .per = f.per,
                                  .shows = f.shows,
                                  .accent = f.accent,
                                  .ink = f.ink,
                                  .ground = f.ground,
                                  .at = tx->now,
                                  .city = rq->city->id,
                                  .id = p->id };
    if (embed_update(tx, &in) != 1) {
        rq_conflict(rq);
        return;
    }
    keep_event(rq, tx, p->id, false);
    rq_note(rq, MSG_embed_note_saved);
    rq_see(rq, S("/buero/einbettungen/"), p->id);
}

/* POST /buero/einbettungen/{id}/status */
void embed_desk_step(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = procedure_asked(rq, &embed_procedure);
    if (!procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, MSG_embed_note_moved);
    rq_see(rq, S("/buero/einbettungen/"), rq_id(rq));
}
