/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Offers of companies and needs of organisations: one form, one list, one page with what fits from
 * the other side. The office enters both; an organisation does it by a mailed link as well.
 */
#include "base/utf8.h"
#include "company.html.h"
#include "company.sql.web.h"
#include "company.text.h"
#include "feature/company/pages.h"
#include "web/audit.h"

#define PEOPLE_MOST 10000
#define HOURS_MOST  24

#define LINE(member, kind, text, ...) \
    FIELD(struct company_item_form, member, kind, text, ##__VA_ARGS__)

const struct field company_item_fields[] = {
    LINE(kind, CODE, MSG_company_field_kind, .required = true, .vocab = &vocab_contribution),
    LINE(title, TEXT, MSG_company_field_title, .required = true, .max = 120,
         .hint = MSG_company_field_title_hint),
    LINE(details, LONG, MSG_company_field_details, .max = 2000),
    LINE(people, INT, MSG_company_field_people, .max = PEOPLE_MOST,
         .hint = MSG_company_field_people_hint),
    LINE(hours, INT, MSG_company_field_hours, .max = HOURS_MOST,
         .hint = MSG_company_field_hours_hint),
    LINE(starts_on, DAY, MSG_company_field_starts_on),
    LINE(ends_on, DAY, MSG_company_field_ends_on, .hint = MSG_company_field_ends_on_hint),
    LINE(setting, CODE, MSG_company_field_setting, .vocab = &vocab_setting),
    LINE(district, TEXT, MSG_company_field_district, .max = 80),
    { 0 },
};

/* ---- the record ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct company_item_row *i = company_item_get(rq->db, rq->city->id, id);
    if (!i)
        return false;
    record->title = i->title;
    record->state = i->state;
    record->page = link_id(rq, S("/buero/unternehmen/bedarf/"), id);
    return true;
}

const struct record_kind company_item_record = {
    .name = "company_item",
    .label = MSG_company_item,
    .permission = PERM_person_handle,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct company_item_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return company_item_set_state(tx, &in) == 1;
}

static const struct procedure_state states[] = {
    { "open", MSG_company_item_open, .starts = true },
    { "closed", MSG_company_item_closed },
    { 0 },
};

#define STEP(name, a, b)                                                                   \
    .verb = #name, .from = a, .to = b, .who = BY_PERSON, .permission = PERM_person_handle, \
    .label = MSG_company_item_##name, .past = MSG_company_item_past_##name

static const struct procedure_step steps[] = {
    { .verb = "begin", .from = "", .past = MSG_company_item_past_begin },
    { .verb = "change", .from = "", .past = MSG_company_item_past_change },
    { STEP(close, "open", "closed") },
    { STEP(reopen, "closed", "open") },
    { 0 },
};

const struct procedure company_item_procedure = {
    .record = &company_item_record,
    .states = states,
    .steps = steps,
    .move = move,
};

/* ---- storing ---- */

static str search_of(struct rq *rq, const struct company_item_form *f)
{
    str all = str_fmt(rq->arena, "%.*s %.*s %.*s", STR_FMT(f->title), STR_FMT(f->details),
                      STR_FMT(f->district));
    return utf8_fold(rq->arena, all);
}

static void note(const struct rq *rq, struct tx *tx, int64_t id, bool fresh)
{
    procedure_record(tx, &(struct procedure_entry){ .procedure = &company_item_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = id,
                                                    .who = rq_signed_in(rq) ? 0 : BY_LINK,
                                                    .account_id = rq->who.account_id,
                                                    .verb = fresh ? S("begin") : S("change"),
                                                    .from = S(""),
                                                    .to = fresh ? S("open") : S(""),
                                                    .note = S("") });
}

int64_t company_item_new(struct rq *rq, struct tx *tx, int64_t company_id, int64_t organisation_id,
                         const struct company_item_form *f)
{
    must(!company_id != !organisation_id);
    struct company_item_insert_in in = { .id = db_new_id(),
                                         .city = rq->city->id,
                                         .company = { .has = company_id > 0, .v = company_id },
                                         .organisation = { .has = organisation_id > 0,
                                                           .v = organisation_id },
                                         .kind = f->kind,
                                         .title = f->title,
                                         .search = search_of(rq, f),
                                         .details = f->details,
                                         .people = f->people,
                                         .hours = f->hours,
                                         .starts_on = f->starts_on,
                                         .ends_on = f->ends_on,
                                         .setting = f->setting,
                                         .district = f->district,
                                         .at = tx->now };
    company_item_insert(tx, &in);
    note(rq, tx, in.id, true);
    return in.id;
}

static void save(struct rq *rq, struct tx *tx, int64_t id, const struct company_item_form *f)
{
    struct company_item_update_in in = { .kind = f->kind,
                                         .title = f->title,
                                         .search = search_of(rq, f),
                                         .details = f->details,
                                         .people = f->people,
                                         .hours = f->hours,
                                         .starts_on = f->starts_on,
                                         .ends_on = f->ends_on,
                                         .setting = f->setting,
                                         .district = f->district,
                                         .at = tx->now,
                                         .city = rq->city->id,
                                         .id = id };
    company_item_update(tx, &in);
    note(rq, tx, id, false);
}

bool company_item_read(struct rq *rq, struct company_item_form *f)
{
    rq_form(rq, company_item_fields, f);
    if (f->starts_on.n && f->ends_on.n && str_cmp(f->ends_on, f->starts_on) < 0)
        rq_error(rq, "ends_on", t_company_error_order(rq));
    if (str_eq(f->kind, S("team_day")) && !f->people)
        rq_error(rq, "people", t_company_error_people(rq));
    return rq_ok(rq);
}

/* ---- list ---- */

static struct company_items_in list_in(struct rq *rq, struct company_filter *f)
{
    *f = (struct company_filter){ .q = rq_param(rq, "q"),
                                  .side = rq_param(rq, "side"),
                                  .kind = rq_param(rq, "kind"),
                                  .state = rq_param(rq, "state") };
    str folded = utf8_fold(rq->arena, f->q); /* which leaves no wildcard */
    return (struct company_items_in){ .city = rq->city->id,
                                      .state = f->state,
                                      .kind = f->kind,
                                      .side = f->side,
                                      .pattern = str_fmt(rq->arena, "%%%.*s%%",
                                                         STR_FMT(str_trim(folded))) };
}

/* GET /buero/unternehmen/bedarf */
void company_items_list(struct rq *rq)
{
    struct company_items_view v = { 0 };
    struct company_items_in in = list_in(rq, &v.filter);
    v.rows = company_items(rq->db, &in);
    company_crumbs(rq);
    rq_crumb(rq, t_company_items(rq), link_to(rq, S("/buero/unternehmen/bedarf")));
    view_company_items(rq, &v);
}

/* POST /buero/unternehmen/bedarf/export: the list with its filters as a file. */
void company_items_export(struct rq *rq, struct tx *tx)
{
    static const struct export_file file = { STR_INIT("angebote-und-bedarf"),
                                             STR_INIT("Angebote und Bedarf"),
                                             STR_INIT("company.export"),
                                             STR_INIT("/buero/unternehmen/bedarf") };
    struct company_filter f;
    struct company_items_in in = list_in(rq, &f);
    struct company_item_row_rows rows = company_items(rq->db, &in);
    company_item_row_export(rq, tx, &file, rows.v, rows.n);
}

/* ---- form ---- */

static void show_form(struct rq *rq, const struct company_item_page *page)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    company_crumbs(rq);
    rq_crumb(rq, t_company_items(rq), link_to(rq, S("/buero/unternehmen/bedarf")));
    rq_crumb(rq, page->item ? t_company_edit(rq) : t_company_item_new(rq),
             page->item ? link_id_sub(rq, S("/buero/unternehmen/bedarf/"), page->item->id,
                                      S("/bearbeiten"))
                        : link_to(rq, S("/buero/unternehmen/bedarf/neu")));
    view_company_item_form(rq, page);
}

/* Whose it is, by the address: ?company= or ?organisation=; 404 where there is none such. */
static bool find_whose(struct rq *rq, struct company_item_page *page)
{
    int64_t company = rq_param_int(rq, "company", 0);
    int64_t organisation = rq_param_int(rq, "organisation", 0);
    if (company)
        page->company = company_get(rq->db, rq->city->id, company);
    else if (organisation)
        page->organisation = company_organisation_get(rq->db, rq->city->id, organisation);
    if (page->company || page->organisation || (!company && !organisation))
        return true;
    rq_not_found(rq);
    return false;
}

static void show_fresh(struct rq *rq, struct company_item_page *page)
{
    page->q = rq_param(rq, "q");
    str folded = utf8_fold(rq->arena, page->q); /* which leaves no wildcard */
    str pattern = str_fmt(rq->arena, "%%%.*s%%", STR_FMT(str_trim(folded)));
    if (!page->company && !page->organisation)
        page->choices = company_organisations(rq->db, rq->city->id, pattern);
    show_form(rq, page);
}

/* GET /buero/unternehmen/bedarf/neu?company= or ?organisation=: whose it is, then what. */
void company_item_fresh(struct rq *rq)
{
    struct company_item_page page = { 0 };
    if (find_whose(rq, &page))
        show_fresh(rq, &page);
}

/* POST /buero/unternehmen/bedarf/neu */
void company_item_create(struct rq *rq, struct tx *tx)
{
    struct company_item_page page = { 0 };
    if (!find_whose(rq, &page))
        return;
    bool known = page.company || page.organisation;
    if (!company_item_read(rq, &page.form) || !known) {
        if (!known)
            rq_error(rq, NULL, t_company_error_whose(rq));
        show_fresh(rq, &page);
        return;
    }
    int64_t id = company_item_new(rq, tx, page.company ? page.company->id : 0,
                                  page.company ? 0 : page.organisation->id, &page.form);
    rq_note(rq, MSG_company_note_saved);
    rq_see(rq, S("/buero/unternehmen/bedarf/"), id);
}

/* POST /buero/unternehmen/bedarf/fragen: an organisation gets a link to say what it needs. */
void company_item_send(struct rq *rq, struct tx *tx)
{
    const struct company_organisation_row *g =
        company_organisation_get(rq->db, rq->city->id, rq_param_int(rq, "organisation", 0));
    if (!g) {
        rq_not_found(rq);
        return;
    }
    bool sent = company_mail_need(rq, tx, g);
    if (sent)
        audit(rq, tx, S("company.link"), g->id, S(""));
    rq_note(rq, sent ? MSG_company_note_sent : MSG_company_note_no_mail);
    rq_see_url(rq, link_to(rq, S("/buero/unternehmen/bedarf")));
}

/* ---- one ---- */

static const struct company_item_row *addressed(struct rq *rq)
{
    const struct company_item_row *i = company_item_get(rq->db, rq->city->id, rq_id(rq));
    if (!i)
        rq_not_found(rq);
    return i;
}

static void show(struct rq *rq, const struct company_item_row *item)
{
    struct company_item_view v = { .item = item };
    if (str_eq(item->state, S("open")))
        v.fits = company_fits_of(rq, item);
    v.matches = company_matches(rq->db, rq->city->id, S("all"), item->id);
    if (!procedure_view(rq, &company_item_procedure, item->id, &v.course))
        return;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    company_crumbs(rq);
    rq_crumb(rq, t_company_items(rq), link_to(rq, S("/buero/unternehmen/bedarf")));
    rq_crumb(rq, item->title, v.course.record.page);
    view_company_item_show(rq, &v);
}

/* GET /buero/unternehmen/bedarf/{id} */
void company_item_show(struct rq *rq)
{
    const struct company_item_row *i = addressed(rq);
    if (i)
        show(rq, i);
}

static void find_owner(struct rq *rq, struct company_item_page *page)
{
    const struct company_item_row *i = page->item;
    if (i->company_id.has)
        page->company = company_get(rq->db, rq->city->id, i->company_id.v);
    else
        page->organisation = company_organisation_get(rq->db, rq->city->id, i->organisation_id.v);
}

/* GET /buero/unternehmen/bedarf/{id}/bearbeiten */
void company_item_edit(struct rq *rq)
{
    struct company_item_page page = { .item = addressed(rq) };
    const struct company_item_row *i = page.item;
    if (!i)
        return;
    find_owner(rq, &page);
    page.form =
        (struct company_item_form){ i->kind,      i->title,   i->details, i->people,  i->hours,
                                    i->starts_on, i->ends_on, i->setting, i->district };
    show_form(rq, &page);
}

/* POST /buero/unternehmen/bedarf/{id} */
void company_item_save(struct rq *rq, struct tx *tx)
{
    struct company_item_page page = { .item = addressed(rq) };
    if (!page.item)
        return;
    find_owner(rq, &page);
    if (!company_item_read(rq, &page.form)) {
        show_form(rq, &page);
        return;
    }
    save(rq, tx, page.item->id, &page.form);
    rq_note(rq, MSG_company_note_saved);
    rq_see(rq, S("/buero/unternehmen/bedarf/"), page.item->id);
}

/* POST /buero/unternehmen/bedarf/{id}/schritt */
void company_item_step(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = procedure_asked(rq, &company_item_procedure);
    if (!procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, MSG_company_note_saved);
    rq_see(rq, S("/buero/unternehmen/bedarf/"), ask.id);
}

/* POST /buero/unternehmen/bedarf/{id}/vermitteln: `other` is the item of the other side. */
void company_item_propose(struct rq *rq, struct tx *tx)
{
    enum msg why;
    const struct company_item_row *i = addressed(rq);
    int64_t other = rq_param_int(rq, "other", 0);
    if (!i)
        return;
    bool offer = i->company_id.has;
    int64_t id = company_match_new(rq, tx, offer ? i->id : other, offer ? other : i->id, &why);
    if (!id) {
        rq_error(rq, NULL, text_of(rq, why));
        show(rq, i);
        return;
    }
    rq_note(rq, MSG_company_note_proposed);
    rq_see(rq, S("/buero/unternehmen/vermittlungen/"), id);
}
