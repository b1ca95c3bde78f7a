/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Organisations: the public list and page, and the office's list and form.
 * Table: organisation. Neighbour: opportunity (its offers). Storing is in store.c.
 */
#include "feature/organisation/organisation.h"

#include "feature/opportunity/opportunity.h"
#include "feature/organisation/fields.h"
#include "feature/organisation/merge.h"
#include "feature/organisation/people.h"
#include "feature/organisation/review.h"
#include "office.text.h"
#include "organisation.html.h"
#include "organisation.sql.web.h"
#include "organisation.text.h"
#include "web/audit.h"
#include "web/erasure.h"
#include "web/follow_up.h"
#include "web/json.h"
#include "web/schema.h"

#define PER_PAGE    24
#define OFFICE_PAGE 100

static int64_t page_of(const struct rq *rq)
{
    int64_t page = rq_param_int(rq, "page", 1);
    return page < 1 || page > 100000 ? 1 : page;
}

static void put_card(struct rq *rq, struct json *j, const struct org_card *g)
{
    json_object(j);
    json_key(j, S("id"));
    json_str(j, str_fmt(rq->arena, "%lld", (long long)g->id));
    json_key(j, S("name"));
    json_str(j, g->name);
    json_key(j, S("kind"));
    json_str(j, g->kind);
    json_key(j, S("fields"));
    json_array(j);
    for (size_t i = 0; i < vocab_field.n; i++)
        if ((uint64_t)g->fields & vocab_bit((int)i))
            json_str(j, vocab_field.codes[i]);
    json_array_end(j);
    json_key(j, S("district"));
    json_str(j, g->district);
    json_key(j, S("url"));
    json_str(j, link_absolute(rq, link_id(rq, S("/organisationen/"), g->id)).s);
    json_object_end(j);
}

static void answer_list(struct rq *rq, const struct org_page *page)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    json_object(&j);
    json_key(&j, S("total"));
    json_int(&j, page->total);
    json_key(&j, S("page"));
    json_int(&j, page->page);
    json_key(&j, S("per"));
    json_int(&j, PER_PAGE);
    json_key(&j, S("items"));
    json_array(&j);
    for (size_t i = 0; i < page->rows.n; i++)
        put_card(rq, &j, &page->rows.v[i]);
    json_array_end(&j);
    json_object_end(&j);
}

/* GET /organisationen: all, by words and field. */
static void list(struct rq *rq)
{
    struct org_page page = { .q = rq_param(rq, "q"), .page = page_of(rq) };
    str field = rq_param(rq, "field");
    page.field = vocab_find(&vocab_field, field);
    int64_t bits = page.field >= 0 ? (int64_t)vocab_bit(page.field) : 0;
    str pattern = organisation_pattern(rq->arena, page.q);
    const struct org_count_row *count = org_count(rq->db, rq->city->id, bits, pattern);
    page.total = count ? count->n : 0;
    page.pages = (page.total + PER_PAGE - 1) / PER_PAGE;
    page.rows = org_list(rq->db, &(struct org_list_in){ .city = rq->city->id,
                                                        .fields = bits,
                                                        .pattern = pattern,
                                                        .limit = PER_PAGE,
                                                        .offset = (page.page - 1) * PER_PAGE });
    if (rq_wants_json(rq)) {
        answer_list(rq, &page);
        return;
    }
    rq_crumb(rq, t_org_list_title(rq), link_to(rq, S("/organisationen")));
    view_org_list(rq, &page);
}

static void answer_show(struct rq *rq, const struct org_full *g)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    org_full_json(&j, g);
}

/* One that was merged is at the other one's address; true: answered. */
static bool has_moved(struct rq *rq, str path)
{
    const struct org_merged_row *m = org_merged(rq->db, rq->city->id, rq_id(rq));
    if (m)
        rq_moved(rq,
                 link_id_sub(rq, path, m->merged_into.v, rq_wants_json(rq) ? S(".json") : S("")));
    return m != NULL;
}

/* GET /organisationen/{id}: purpose, offers, members. */
static void show(struct rq *rq)
{
    const struct org_full *g = org_get(rq->db, rq->city->id, rq_id(rq));
    if (g && g->archived_at && has_moved(rq, S("/organisationen/")))
        return;
    if (!g || (g->archived_at && !may_for(rq, PERM_organisation_edit, rq_id(rq)))) {
        rq_not_found(rq);
        return;
    }
    if (rq_wants_json(rq)) {
        answer_show(rq, g);
        return;
    }
    rq_crumb(rq, t_org_list_title(rq), link_to(rq, S("/organisationen")));
    rq_crumb(rq, g->name, link_id(rq, S("/organisationen/"), g->id));
    view_org_show(rq, g, org_members(rq->db, rq->city->id, g->id),
                  opp_of_organisation(rq->db, rq->city->id, g->id, opportunity_fresh_since()));
}

/* ---- the office ---- */

static int64_t owner(struct rq *rq)
{
    return rq_id(rq);
}

/* GET /buero/organisationen */
static void office_list(struct rq *rq)
{
    str q = rq_param(rq, "q");
    int64_t page = page_of(rq);
    struct org_office_list_in in = { .city = rq->city->id,
                                     .pattern = organisation_pattern(rq->arena, q),
                                     .limit = OFFICE_PAGE + 1,
                                     .offset = (page - 1) * OFFICE_PAGE };
    struct org_office_row_rows rows = org_office_list(rq->db, &in);
    bool more = rows.n > OFFICE_PAGE;
    rows.n = more ? OFFICE_PAGE : rows.n;
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_org_office_title(rq), link_to(rq, S("/buero/organisationen")));
    view_org_office_list(rq, q, rows, page, more);
}

static bool find_record(struct rq *rq, int64_t id, struct record *record)
{
    const struct org_full *g = org_get(rq->db, rq->city->id, id);
    if (!g)
        return false;
    record->title = g->name;
    record->organisation_id = g->id;
    record->page = link_id(rq, S("/buero/organisationen/"), id);
    return true;
}

const struct record_kind organisation_record = { .name = "organisation",
                                                 .label = MSG_org_record,
                                                 .permission = PERM_organisation_edit,
                                                 .find = find_record };

static void show_form(struct rq *rq, const struct org_full *stored, const struct org_form *f)
{
    struct org_office_page page = { .stored = stored };
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_org_office_title(rq), link_to(rq, S("/buero/organisationen")));
    rq_crumb(rq, stored ? stored->name : t_org_new_title(rq),
             stored ? link_id(rq, S("/buero/organisationen/"), stored->id)
                    : link_to(rq, S("/buero/organisationen/neu")));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    if (stored && record_find(rq, &organisation_record, stored->id, &page.record)) {
        page.follow_ups = follow_ups_of(rq, &page.record);
        page.standing = org_standing(rq->db, rq->city->id, stored->id);
    }
    view_org_form(rq, f, &page);
}

/* GET /buero/organisationen/neu */
static void office_new(struct rq *rq)
{
    struct org_form f = { .kind = S("verein") };
    show_form(rq, NULL, &f);
}

/* POST /buero/organisationen/neu */
static void office_create(struct rq *rq, struct tx *tx)
{
    struct org_form f = { 0 };
    if (!org_form_read(rq, &f)) {
        show_form(rq, NULL, &f);
        return;
    }
    struct org_arrival arrival = { .city_id = rq->city->id, .account_id = rq->who.account_id };
    int64_t id = organisation_new(tx, &arrival, &f);
    rq_note(rq, MSG_org_note_saved);
    rq_see(rq, S("/buero/organisationen/"), id);
}

/* GET /buero/organisationen/{id} */
static void office_edit(struct rq *rq)
{
    const struct org_full *g = org_get(rq->db, rq->city->id, rq_id(rq));
    if (!g) {
        rq_not_found(rq);
        return;
    }
    if (g->archived_at && has_moved(rq, S("/buero/organisationen/")))
        return;
    struct org_form f = organisation_said(g);
    show_form(rq, g, &f);
}

/* Nothing is changed any more in one that was merged; true: answered. */
static bool is_merged(struct rq *rq)
{
    bool merged = org_merged(rq->db, rq->city->id, rq_id(rq)) != NULL;
    if (merged)
        rq_conflict(rq);
    return merged;
}

/* POST /buero/organisationen/{id} */
static void office_save(struct rq *rq, struct tx *tx)
{
    struct org_form f = { 0 };
    const struct org_full *g = org_get(rq->db, rq->city->id, rq_id(rq));
    if (!g) {
        rq_not_found(rq);
        return;
    }
    if (is_merged(rq))
        return;
    if (!org_form_read(rq, &f)) {
        show_form(rq, g, &f);
        return;
    }
    f.umbrella = g->umbrella_id;
    org_form_keep_point(&f, g);
    struct org_arrival arrival = { .city_id = rq->city->id, .account_id = rq->who.account_id };
    organisation_save(tx, g->id, &arrival, &f);
    rq_note(rq, MSG_org_note_saved);
    rq_see(rq, S("/buero/organisationen/"), g->id);
}

/* POST /buero/organisationen/{id}/pruefung: the office has checked that it is genuine. */
static void office_verify(struct rq *rq, struct tx *tx)
{
    bool yes = rq_has_param(rq, "verified");
    struct org_verify_in in = {
        .at = yes ? tx->now : 0, .now = tx->now, .city = rq->city->id, .id = rq_id(rq)
    };
    if (org_verify(tx, &in) != 1) {
        rq_not_found(rq);
        return;
    }
    audit(rq, tx, yes ? S("organisation.verify") : S("organisation.unverify"), in.id, S(""));
    rq_note(rq, MSG_org_note_saved);
    rq_see(rq, S("/buero/organisationen/"), in.id);
}

/* POST /buero/organisationen/{id}/vertrauen: its people publish at once, or after release. */
static void office_trust(struct rq *rq, struct tx *tx)
{
    bool yes = rq_has_param(rq, "trust");
    struct org_set_trust_in in = {
        .trust = yes, .now = tx->now, .city = rq->city->id, .id = rq_id(rq)
    };
    if (org_set_trust(tx, &in) != 1) {
        rq_not_found(rq);
        return;
    }
    audit(rq, tx, yes ? S("organisation.trust") : S("organisation.distrust"), in.id, S(""));
    rq_note(rq, MSG_org_note_saved);
    rq_see(rq, S("/buero/organisationen/"), in.id);
}

/* POST /buero/organisationen/{id}/archiv: off the public list, or back on it. */
static void office_archive(struct rq *rq, struct tx *tx)
{
    bool yes = rq_has_param(rq, "archived");
    struct org_archive_in in = {
        .at = yes ? tx->now : 0, .now = tx->now, .city = rq->city->id, .id = rq_id(rq)
    };
    if (is_merged(rq))
        return;
    if (org_archive(tx, &in) != 1) {
        rq_not_found(rq);
        return;
    }
    audit(rq, tx, yes ? S("organisation.archive") : S("organisation.restore"), in.id, S(""));
    rq_note(rq, MSG_org_note_saved);
    rq_see(rq, S("/buero/organisationen/"), in.id);
}

/* ---- my data: open invitations of the account's address ---- */

/* ---- the contract ---- */

static const struct param list_params[] = {
    { "q", "string", "words of the name or purpose" },
    { "field", "string", "code of a field" },
    { "page", "integer", "counts from 1" },
    { 0 },
};

static const struct property card_properties[] = {
    { "id", "string", "decimal id" },
    { "name", "string", "its name" },
    { "kind", "string", "verein, initiative, einrichtung, …" },
    { "fields", "array", "codes of the fields", .item = "string" },
    { "district", "string", "part of the town" },
    { "url", "string", "the page for people" },
    { 0 },
};
static const struct schema card_schema = { "Organisation", "An organisation in a list.",
                                           card_properties };
static const struct property list_properties[] = {
    { "total", "integer", "number of hits" },
    { "page", "integer", "counts from 1" },
    { "per", "integer", "on a page" },
    { "items", "array", "the organisations of this page", .of = &card_schema },
    { 0 },
};
static const struct schema list_schema = { "OrganisationList", "A page of organisations.",
                                           list_properties };
static const struct property full_properties[] = {
    { "id", "integer", "id" },
    { "name", "string", "its name" },
    { "kind", "string", "verein, initiative, einrichtung, …" },
    { "purpose_md", "string", "purpose, Markdown" },
    { "web", "string", "its own site" },
    { 0 },
};
static const struct schema full_schema = { "OrganisationFull", "Everything about one organisation.",
                                           full_properties };

static const struct route routes[] = {
    GET("/organisationen", list, ANYONE, .api = "/organisations", .params = list_params,
        .answer = &list_schema, .listed = true, .doc = "Lists the organisations of a town."),
    GET("/organisationen/{id}", show, ANYONE, .api = "/organisations/{id}", .answer = &full_schema,
        .doc = "One organisation."),
    GET("/buero/organisationen", office_list, CAN(organisation_edit)),
    GET("/buero/organisationen/neu", office_new, CAN(organisation_edit)),
    POST("/buero/organisationen/neu", office_create, CAN(organisation_edit)),
    GET("/buero/organisationen/{id}", office_edit, CAN_OWN(organisation_edit, owner)),
    POST("/buero/organisationen/{id}", office_save, CAN_OWN(organisation_edit, owner)),
    GET("/buero/organisationen/{id}/menschen", people_show, CAN_OWN(organisation_edit, owner)),
    POST("/buero/organisationen/{id}/menschen", people_act, CAN_OWN(organisation_edit, owner),
         .fresh = true),
    POST("/buero/organisationen/{id}/pruefung", office_verify, CAN(organisation_verify)),
    POST("/buero/organisationen/{id}/vertrauen", office_trust, CAN(organisation_verify)),
    POST("/buero/organisationen/{id}/archiv", office_archive, CAN(organisation_edit)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_org_nav, .path = "/organisationen", .kind = ACCESS_ANYONE, .order = 30 },
    { .label = MSG_org_nav,
      .path = "/buero/organisationen",
      .kind = ACCESS_CAN,
      .permission = PERM_organisation_edit,
      .office = true,
      .order = 30 },
    { 0 },
};

static const struct record_kind *const records[] = { &organisation_record, NULL };

static const struct mailed_link links[] = {
    { .purpose = INVITE_LINK, .show = invite_show, .act = invite_take },
    { .purpose = REVIEW_LINK, .show = review_show, .parts = review_parts, .lasts = true },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "organisation.review",
      .doc = "Asks organisations once a year whether their page still holds.",
      .hour = 6,
      .run = review_run },
    { 0 },
};

/* An organisation stays; whom to ask about it goes. */
static void contact_erase(struct tx *tx, const struct erasure *e)
{
    org_contact_forget(tx, tx->now, e->city_id, e->id);
}

static const struct erasure_act erasures[] = {
    { "organisation", contact_erase },
    { 0 },
};

const struct feature organisation_feature = {
    .name = "organisation",
    .routes = routes,
    .nav = nav,
    .links = links,
    .jobs = jobs,
    .records = records,
    .erasures = erasures,
    .merges = &organisation_merges,
    .merge_refs = organisation_merge_refs,
};
