/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Companies: the record, the office's pages of them, and the contract of the feature. Tables:
 * company, company_item, company_match. Neighbours: item.c (offers and needs), fit.c (what fits
 * what), match.c and desk.c (what is brought together), link.c (outside of the office).
 */
#include "base/utf8.h"
#include "company.html.h"
#include "company.text.h"
#include "feature/company/pages.h"
#include "office.text.h"
#include "web/app.h"
#include "web/merge.h"

const struct field company_form_fields[] = {
    FIELD(struct company_form, name, TEXT, MSG_company_field_name, .required = true, .max = 120,
          .autocomplete = "organization"),
    FIELD(struct company_form, contact_name, TEXT, MSG_company_field_contact, .required = true,
          .max = 120, .autocomplete = "name"),
    FIELD(struct company_form, mail, MAIL, MSG_company_field_mail, .required = true,
          .autocomplete = "email"),
    FIELD(struct company_form, phone, PHONE, MSG_company_field_phone, .max = 40,
          .autocomplete = "tel"),
    FIELD(struct company_form, district, TEXT, MSG_company_field_district, .max = 80),
    FIELD(struct company_form, about, TEXT, MSG_company_field_about, .max = 200,
          .hint = MSG_company_field_about_hint),
    { 0 },
};

/* ---- the record ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct company_row *c = company_get(rq->db, rq->city->id, id);
    if (!c)
        return false;
    record->title = c->name;
    record->state = c->state;
    record->page = link_id(rq, S("/buero/unternehmen/"), id);
    return true;
}

const struct record_kind company_record = {
    .name = "company",
    .label = MSG_company_record,
    .permission = PERM_person_handle,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct company_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return company_set_state(tx, &in) == 1;
}

static const struct procedure_state states[] = {
    { "waiting", MSG_company_company_waiting, .starts = true },
    { "active", MSG_company_company_active, .starts = true },
    { "closed", MSG_company_company_closed },
    { 0 },
};

#define STEP(name, a, b)                                                 \
    .verb = #name, .from = a, .to = b, .permission = PERM_person_handle, \
    .label = MSG_company_company_##name, .past = MSG_company_company_past_##name

static const struct procedure_step steps[] = {
    { .verb = "begin", .from = "", .past = MSG_company_company_past_begin },
    { .verb = "change", .from = "", .past = MSG_company_company_past_change },
    { STEP(confirm, "waiting", "active"), .who = BY_LINK | BY_PERSON, .due_days = 7 },
    { STEP(close, "active", "closed"), .who = BY_PERSON },
    { STEP(reopen, "closed", "active"), .who = BY_PERSON, .due_days = PROCEDURE_NOT_DUE },
    { STEP(greet, "active", NULL), .who = BY_PERSON, .due_days = PROCEDURE_NOT_DUE },
    { 0 },
};

const struct procedure company_procedure = {
    .record = &company_record,
    .states = states,
    .steps = steps,
    .move = move,
};

/* ---- storing ---- */

static str search_of(struct rq *rq, const struct company_form *f)
{
    str all = str_fmt(rq->arena, "%.*s %.*s %.*s", STR_FMT(f->name), STR_FMT(f->contact_name),
                      STR_FMT(f->district));
    return utf8_fold(rq->arena, all);
}

static void note(const struct rq *rq, struct tx *tx, int64_t id, str to)
{
    procedure_record(tx, &(struct procedure_entry){ .procedure = &company_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = id,
                                                    .who = str_eq(to, S("waiting")) ? BY_LINK : 0,
                                                    .account_id = rq->who.account_id,
                                                    .verb = to.n ? S("begin") : S("change"),
                                                    .from = S(""),
                                                    .to = to,
                                                    .note = S("") });
}

int64_t company_new(struct rq *rq, struct tx *tx, const struct company_form *f, bool by_web)
{
    str state = by_web ? S("waiting") : S("active");
    struct company_insert_in in = { .id = db_new_id(),
                                    .city = rq->city->id,
                                    .state = state,
                                    .name = f->name,
                                    .search = search_of(rq, f),
                                    .contact_name = f->contact_name,
                                    .mail = f->mail,
                                    .phone = f->phone,
                                    .district = f->district,
                                    .about = f->about,
                                    .at = tx->now };
    company_insert(tx, &in);
    note(rq, tx, in.id, state);
    if (!by_web) /* whoever enters it here knows of it */
        due_clear(tx, rq->city->id, S("company"), in.id);
    return in.id;
}

/* The contact goes; what the company gave stays. */
static void erase(struct tx *tx, const struct erasure *e)
{
    struct record record = { .kind = &company_record, .id = e->id };
    const struct company_row *c = company_get(&tx->db, e->city_id, e->id);
    if (!c)
        return;
    struct company_id_rows rows = company_match_ids(&tx->db, e->city_id, e->id);
    for (size_t i = 0; i < rows.n; i++)
        company_match_erase(tx, &(struct erasure){ e->app, e->city_id, rows.v[i].id, e->why });
    procedure_forget(tx, e->city_id, &record);
    token_revoke(tx, e->city_id, S(COMPANY_LINK), e->id);
    struct company_forget_in in = {
        .search = utf8_fold(tx->db.arena, c->name), .at = tx->now, .city = e->city_id, .id = e->id
    };
    company_forget(tx, &in);
}

/* ---- pages ---- */

void company_crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_company_title(rq), link_to(rq, S("/buero/unternehmen")));
}

/* GET /buero/unternehmen */
void company_desk_list(struct rq *rq)
{
    str q = rq_param(rq, "q");
    str folded = utf8_fold(rq->arena, q); /* which leaves no wildcard */
    str pattern = str_fmt(rq->arena, "%%%.*s%%", STR_FMT(str_trim(folded)));
    company_crumbs(rq);
    view_company_list(rq, q, company_list(rq->db, rq->city->id, pattern));
}

static void show_form(struct rq *rq, const struct company_page *page)
{
    const struct company_row *c = page->company;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    company_crumbs(rq);
    if (c)
        rq_crumb(rq, c->name, link_id(rq, S("/buero/unternehmen/"), c->id));
    rq_crumb(rq, c ? t_company_edit(rq) : t_company_new(rq),
             c ? link_id_sub(rq, S("/buero/unternehmen/"), c->id, S("/bearbeiten"))
               : link_to(rq, S("/buero/unternehmen/neu")));
    view_company_form(rq, page);
}

/* GET /buero/unternehmen/neu */
void company_desk_new(struct rq *rq)
{
    struct company_page page = { 0 };
    show_form(rq, &page);
}

/* POST /buero/unternehmen/neu */
void company_desk_create(struct rq *rq, struct tx *tx)
{
    struct company_page page = { 0 };
    if (!rq_form(rq, company_form_fields, &page.form)) {
        show_form(rq, &page);
        return;
    }
    int64_t id = company_new(rq, tx, &page.form, false);
    rq_note(rq, MSG_company_note_saved);
    rq_see(rq, S("/buero/unternehmen/"), id);
}

static const struct company_row *addressed(struct rq *rq)
{
    const struct company_row *c = company_get(rq->db, rq->city->id, rq_id(rq));
    if (!c)
        rq_not_found(rq);
    return c;
}

/* GET /buero/unternehmen/{id} */
void company_desk_show(struct rq *rq)
{
    struct company_view v = { .company = addressed(rq) };
    if (!v.company)
        return;
    struct company_items_in in = { .city = rq->city->id,
                                   .state = S("all"),
                                   .kind = S(""),
                                   .side = S(""),
                                   .company = v.company->id,
                                   .pattern = S("%") };
    v.items = company_items(rq->db, &in);
    if (!procedure_view(rq, &company_procedure, v.company->id, &v.course))
        return;
    company_crumbs(rq);
    rq_crumb(rq, v.company->name, v.course.record.page);
    view_company_show(rq, &v);
}

/* GET /buero/unternehmen/{id}/bearbeiten */
void company_desk_edit(struct rq *rq)
{
    struct company_page page = { .company = addressed(rq) };
    const struct company_row *c = page.company;
    if (!c)
        return;
    page.form =
        (struct company_form){ c->name, c->contact_name, c->mail, c->phone, c->district, c->about };
    show_form(rq, &page);
}

/* POST /buero/unternehmen/{id} */
void company_desk_save(struct rq *rq, struct tx *tx)
{
    struct company_page page = { .company = addressed(rq) };
    if (!page.company)
        return;
    if (!rq_form(rq, company_form_fields, &page.form)) {
        show_form(rq, &page);
        return;
    }
    struct company_update_in in = { .name = page.form.name,
                                    .search = search_of(rq, &page.form),
                                    .contact_name = page.form.contact_name,
                                    .mail = page.form.mail,
                                    .phone = page.form.phone,
                                    .district = page.form.district,
                                    .about = page.form.about,
                                    .at = tx->now,
                                    .city = rq->city->id,
                                    .id = page.company->id };
    company_update(tx, &in);
    note(rq, tx, page.company->id, S(""));
    rq_note(rq, MSG_company_note_saved);
    rq_see(rq, S("/buero/unternehmen/"), page.company->id);
}

/* POST /buero/unternehmen/{id}/schritt */
void company_desk_step(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = procedure_asked(rq, &company_procedure);
    if (!procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, MSG_company_note_saved);
    rq_see(rq, S("/buero/unternehmen/"), ask.id);
}

/* ---- the contract ---- */

#define AT "/buero/unternehmen"
static const struct route routes[] = {
    GET("/unternehmen", company_public, ANYONE, .listed = true),
    POST("/unternehmen", company_public_send, ANYONE),
    GET("/unternehmen/danke", company_public_sent, ANYONE),
    GET(AT, company_desk_list, CAN(person_handle)),
    GET(AT "/neu", company_desk_new, CAN(person_handle)),
    POST(AT "/neu", company_desk_create, CAN(person_handle)),
    GET(AT "/bedarf", company_items_list, CAN(person_handle)),
    POST(AT "/bedarf/export", company_items_export, CAN(person_handle), .slow = true),
    GET(AT "/bedarf/neu", company_item_fresh, CAN(person_handle)),
    POST(AT "/bedarf/neu", company_item_create, CAN(person_handle)),
    POST(AT "/bedarf/fragen", company_item_send, CAN(person_handle)),
    GET(AT "/bedarf/{id}", company_item_show, CAN(person_handle)),
    POST(AT "/bedarf/{id}", company_item_save, CAN(person_handle)),
    GET(AT "/bedarf/{id}/bearbeiten", company_item_edit, CAN(person_handle)),
    POST(AT "/bedarf/{id}/schritt", company_item_step, CAN(person_handle)),
    POST(AT "/bedarf/{id}/vermitteln", company_item_propose, CAN(person_handle)),
    GET(AT "/vermittlungen", company_matches_list, CAN(person_handle)),
    GET(AT "/vermittlungen/{id}", company_match_show, CAN(person_handle)),
    POST(AT "/vermittlungen/{id}/schritt", company_match_step, CAN(person_handle)),
    GET(AT "/{id}", company_desk_show, CAN(person_handle)),
    POST(AT "/{id}", company_desk_save, CAN(person_handle)),
    GET(AT "/{id}/bearbeiten", company_desk_edit, CAN(person_handle)),
    POST(AT "/{id}/schritt", company_desk_step, CAN(person_handle)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_company_title,
      .path = AT,
      .kind = ACCESS_CAN,
      .permission = PERM_person_handle,
      .office = true,
      .menu = NAV_PEOPLE,
      .order = 28 },
    { 0 },
};

static const struct mailed_link links[] = {
    { .purpose = COMPANY_LINK, .show = company_link_show, .parts = company_parts, .lasts = true },
    { .purpose = COMPANY_LINK_MATCH,
      .show = company_match_link_show,
      .parts = company_match_parts,
      .lasts = true },
    { .purpose = COMPANY_LINK_ORGANISATION,
      .show = company_match_link_show,
      .parts = company_match_parts,
      .lasts = true },
    { .purpose = COMPANY_LINK_NEED,
      .show = company_need_link_show,
      .parts = company_need_parts,
      .lasts = true },
    { 0 },
};

static const struct erasure_act erasures[] = {
    { .table = "company", .erase = erase },
    { .table = "company_match", .erase = company_match_erase },
    { 0 },
};

/* ---- merging organisations ---- */

static struct merge_ids needs_of(struct db *db, int64_t city_id, int64_t id)
{
    struct company_id_rows rows = company_need_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_need(struct tx *tx, const struct merge_way *w, int64_t row)
{
    struct company_need_move_in in = { w->to, w->city_id, row, w->from };
    return company_need_move(tx, &in) == 1;
}

static struct merge_ids matches_of(struct db *db, int64_t city_id, int64_t id)
{
    struct company_id_rows rows = company_match_of_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_match(struct tx *tx, const struct merge_way *w, int64_t row)
{
    struct company_match_move_in in = { w->to, w->city_id, row, w->from };
    return company_match_move(tx, &in) == 1;
}

static const struct merge_ref merge_refs[] = {
    { "organisation", "company_item.organisation_id", MSG_company_needs, needs_of, move_need },
    { "organisation", "company_match.organisation_id", MSG_company_matches, matches_of,
      move_match },
    { 0 },
};

static const struct record_kind *const records[] = { &company_record, &company_item_record,
                                                     &company_match_record, NULL };
static const struct procedure *const procedures[] = { &company_procedure, &company_item_procedure,
                                                      &company_match_procedure, NULL };

const struct feature company_feature = {
    .name = "company",
    .routes = routes,
    .nav = nav,
    .links = links,
    .erasures = erasures,
    .records = records,
    .procedures = procedures,
    .merge_refs = merge_refs,
};
