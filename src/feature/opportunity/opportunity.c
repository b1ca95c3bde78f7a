/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Opportunities: the public list and page, and the office's list and form.
 * Table: opportunity. Neighbours: search (finding), organisation (whose).
 * Storing is in store.c, the states in states.c, JSON in answer.c.
 */
#include "feature/opportunity/opportunity.h"

#include "base/clock.h"
#include "feature/opportunity/answer.h"
#include "feature/opportunity/calendar.h"
#include "feature/opportunity/bulk.h"
#include "feature/opportunity/entry.h"
#include "feature/opportunity/fields.h"
#include "feature/opportunity/fresh.h"
#include "feature/opportunity/manage.h"
#include "feature/opportunity/merge.h"
#include "feature/opportunity/poster.h"
#include "feature/opportunity/short.h"
#include "feature/opportunity/release.h"
#include "feature/opportunity/states.h"
#include "feature/search/search.h"
#include "feature/tally/tally.h"
#include "office.text.h"
#include "opportunity.html.h"
#include "opportunity.text.h"
#include "opportunity.sql.web.h"
#include "web/erasure.h"
#include "web/error.h"
#include "web/job.h"

#define SIMILAR 3

/* ---- the public ---- */

const struct opp_card **opp_hits(struct rq *rq, struct search_result *found)
{
    const struct opp_card **cards = NEW_ARRAY(rq->arena, found->hit_count, const struct opp_card *);
    str *texts = NEW_ARRAY(rq->arena, found->hit_count * 2, str);
    int64_t fresh = opportunity_fresh_since();
    size_t n = 0;
    for (size_t i = 0; i < found->hit_count; i++) {
        cards[i] = opp_card_get(rq->db, rq->city->id, found->hits[i].id, fresh);
        if (!cards[i])
            continue;
        texts[n++] = opp_title(rq, cards[i]);
        texts[n++] = opp_summary(rq, cards[i]);
    }
    if (rq->format == FORMAT_HTML)
        search_mark_all(rq, found, texts, n);
    return cards;
}

/* GET /angebote: what somebody may do, found by words, place and filters. */
static void list(struct rq *rq)
{
    struct search_result found = { 0 };
    search_run(rq, &found);
    const struct opp_card **cards = opp_hits(rq, &found);
    if (rq_wants_json(rq)) {
        answer_list(rq, &found, cards);
        return;
    }
    rq_crumb(rq, t_opp_list_title(rq), link_to(rq, S("/angebote")));
    view_opp_list(rq, &found, cards);
}

bool opportunity_visible(const struct rq *rq, const struct opp_full *o)
{
    bool public = str_eq(o->state, S("published")) && o->confirmed_at >= opportunity_fresh_since();
    return public || may_for(rq, PERM_opportunity_edit, o->organisation_id);
}

/* Other offers that somebody who reads this one may like. */
static struct opp_cards similar_to(struct rq *rq, int64_t id)
{
    struct search_hit hits[SIMILAR];
    struct opp_cards cards = { .v = NEW_ARRAY(rq->arena, SIMILAR, const struct opp_card *) };
    int64_t fresh = opportunity_fresh_since();
    size_t n = search_similar(rq, id, hits, SIMILAR);
    for (size_t i = 0; i < n; i++) {
        const struct opp_card *card = opp_card_get(rq->db, rq->city->id, hits[i].id, fresh);
        if (card)
            cards.v[cards.n++] = card;
    }
    return cards;
}

/* One that was merged is at the other one's address; true: answered. */
static bool has_moved(struct rq *rq)
{
    static const str ends[] = { STR_INIT(""), STR_INIT(".json"), STR_INIT(".ics") };
    const struct opp_merged_row *m = opp_merged(rq->db, rq->city->id, rq_id(rq));
    if (m)
        rq_moved(rq, link_id_sub(rq, S("/angebote/"), m->merged_into.v, ends[rq->format]));
    return m != NULL;
}

/* GET /angebote/{id}: everything about one offer. */
static void show(struct rq *rq)
{
    const struct opp_full *o = opp_get(rq->db, rq->city->id, rq_id(rq));
    if (o && str_eq(o->state, S("archived")) && has_moved(rq))
        return;
    if (!o || !opportunity_visible(rq, o)) {
        rq_not_found(rq);
        return;
    }
    if (rq_wants_json(rq)) {
        answer_show(rq, o);
        return;
    }
    if (rq->format == FORMAT_ICS) {
        if (o->starts_on.n)
            calendar_one(rq, o);
        else
            rq_not_found(rq);
        return;
    }
    rq_crumb(rq, t_opp_list_title(rq), link_to(rq, S("/angebote")));
    rq_crumb(rq, opp_full_title(rq, o), link_id(rq, S("/angebote/"), o->id));
    view_opp_show(rq, o, similar_to(rq, o->id));
}

/* GET /api/v1/{city}/opportunities/{id}/similar */
static void similar(struct rq *rq)
{
    const struct opp_full *o = opp_get(rq->db, rq->city->id, rq_id(rq));
    if (!o || !opportunity_visible(rq, o))
        rq_not_found(rq);
    else
        answer_cards(rq, similar_to(rq, o->id));
}

/* ---- the office ---- */

static int64_t owner(struct rq *rq)
{
    const struct opp_owner_row *row = opp_owner(rq->db, rq->city->id, rq_id(rq));
    return row ? row->organisation_id : 0;
}

static void show_form(struct rq *rq, int64_t id, const struct opp_form *f,
                      const struct opp_full *stored)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_opp_office_title(rq), link_to(rq, S("/buero/angebote")));
    rq_crumb(rq, id ? f->title : t_opp_new_title(rq),
             id ? link_id(rq, S("/buero/angebote/"), id) : link_to(rq, S("/buero/angebote/neu")));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    struct opp_office_page page = {
        .offer = stored,
        .organisations =
            opp_organisations(rq->db, rq->city->id, stored ? stored->organisation_id : 0),
    };
    if (id) {
        procedure_view(rq, &opportunity_procedure, id, &page.course);
        page.history = change_history(rq, id);
        page.entry = opp_entry_of(rq->db, rq->city->id, id);
        page.waiting = opp_change_waiting(rq->db, rq->city->id, id);
    }
    view_opp_form(rq, f, &page);
}

/* GET /buero/angebote/neu */
static void office_new(struct rq *rq)
{
    struct opp_form f = { .certificate = S("none"),
                          .expenses = S("none"),
                          .place_kind = S("fixed"),
                          .organisation = rq_param(rq, "organisation") };
    show_form(rq, 0, &f, NULL);
}

/* POST /buero/angebote/neu: a draft, or published at once by who may. */
static void office_create(struct rq *rq, struct tx *tx)
{
    struct opp_form f = { 0 };
    if (!opp_form_read(rq, &f)) {
        show_form(rq, 0, &f, NULL);
        return;
    }
    bool publish = rq_has_param(rq, "publish") && may(rq, PERM_opportunity_publish);
    struct opp_arrival arrival = { .city_id = rq->city->id,
                                   .organisation_id = opp_form_organisation(&f),
                                   .state = publish ? S("published") : S("draft"),
                                   .confirmed_at = tx->now,
                                   .confirmed_by = S("office"),
                                   .account_id = rq->who.account_id };
    int64_t id = opportunity_new(tx, &arrival, &f);
    rq_note(rq, publish ? MSG_opp_note_published : MSG_opp_note_saved);
    rq_see(rq, S("/buero/angebote/"), id);
}

/* GET /buero/angebote/{id} */
static void office_edit(struct rq *rq)
{
    const struct opp_full *o = opp_get(rq->db, rq->city->id, rq_id(rq));
    if (!o) {
        rq_not_found(rq);
        return;
    }
    struct opp_form f = opp_form_of(rq, o);
    show_form(rq, o->id, &f, o);
}

/* POST /buero/angebote/{id} */
static void office_save(struct rq *rq, struct tx *tx)
{
    struct opp_form f = { 0 };
    const struct opp_full *o = opp_get(rq->db, rq->city->id, rq_id(rq));
    if (!o) {
        rq_not_found(rq);
        return;
    }
    if (opp_merged(rq->db, rq->city->id, o->id)) {
        rq_conflict(rq);
        return;
    }
    if (!opp_form_read(rq, &f)) {
        show_form(rq, o->id, &f, o);
        return;
    }
    opp_form_keep_point(&f, o);
    struct opp_arrival arrival = { .city_id = rq->city->id,
                                   .organisation_id = opp_form_organisation(&f),
                                   .account_id = rq->who.account_id };
    bool waits = change_must_wait(o) && !release_is_free(rq, o->organisation_id, BY_PERSON, S(""));
    if (waits && !change_propose(rq, tx, o, &f, (struct proposer){ BY_PERSON, rq->who.mail }))
        waits = false;
    else if (!waits)
        opportunity_save(tx, o->id, &arrival, &f);
    if (rq->refused)
        return;
    rq_note(rq, waits ? MSG_opp_manage_note_proposed : MSG_opp_note_saved);
    rq_see(rq, S("/buero/angebote/"), o->id);
}

/* POST /buero/angebote/{id}/status: one step of the table in states.c. */
static void office_step(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = procedure_asked(rq, &opportunity_procedure);
    ask.note = rq_param(rq, "note");
    if (!procedure_take(rq, tx, &ask))
        return;
    if (str_eq(ask.verb, S("submit")))
        release_at_once(rq, tx, opp_get(rq->db, rq->city->id, ask.id), BY_PERSON, S(""));
    rq_note(rq, MSG_opp_note_moved);
    rq_see(rq, S("/buero/angebote/"), rq_id(rq));
}

static void person_erase(struct rq *rq, struct tx *tx, int64_t account_id)
{
    (void)rq;
    opp_filters_erase(tx, account_id);
}

/* ---- the contract ---- */

static const struct route routes[] = {
    GET("/angebote", list, ANYONE, .api = "/opportunities", .params = search_params,
        .answer = &opp_list_schema, .listed = true, .doc = "Searches the offers of a town."),
    GET("/angebote/{id}", show, ANYONE, .api = "/opportunities/{id}", .answer = &opp_full_schema,
        .seen = tally_seen, .doc = "One offer."),
    GET("/angebote/{id}/aehnliche", similar, ANYONE, .api = "/opportunities/{id}/similar",
        .answer = &opp_cards_schema, .doc = "Offers that are like this one."),
    GET("/angebote/{id}/poster.pdf", poster_pdf, ANYONE, .slow = true, .params = poster_params,
        .doc = "A poster of the offer, as PDF."),
    GET("/k/{code}", short_follow, ANYONE, .doc = "A short address of an offer, for paper."),
    GET("/feed/angebote.ics", calendar_all, ANYONE, .doc = "Dated offers as a calendar."),
    GET("/anbieten", entry_ask, ANYONE, .listed = true),
    POST("/anbieten", entry_ask_send, ANYONE),
    GET("/anbieten/gesendet", entry_asked, ANYONE),
    GET("/buero/angebote", bulk_list, CAN(opportunity_edit), .params = bulk_params),
    POST("/buero/angebote/filter", bulk_filter, CAN(opportunity_edit)),
    GET("/buero/angebote/auswahl", bulk_chosen, CAN(opportunity_edit)),
    POST("/buero/angebote/auswahl", bulk_act, CAN(opportunity_edit)),
    GET("/buero/angebote/neu", office_new, CAN(opportunity_edit)),
    POST("/buero/angebote/neu", office_create, CAN(opportunity_edit)),
    GET("/buero/angebote/{id}", office_edit, CAN_OWN(opportunity_edit, owner)),
    POST("/buero/angebote/{id}", office_save, CAN_OWN(opportunity_edit, owner)),
    GET("/buero/freigaben", release_queue, CAN(opportunity_publish)),
    GET("/buero/angebote/{id}/freigabe", release_show, CAN(opportunity_publish)),
    POST("/buero/angebote/{id}/freigabe", release_act, CAN(opportunity_publish)),
    POST("/buero/angebote/{id}/status", office_step, CAN_OWN(opportunity_edit, owner)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_opp_nav, .path = "/angebote", .kind = ACCESS_ANYONE, .order = 10 },
    { .label = MSG_opp_nav,
      .path = "/buero/angebote",
      .kind = ACCESS_CAN,
      .permission = PERM_opportunity_edit,
      .office = true,
      .order = 20 },
    { .label = MSG_opp_release_title,
      .path = "/buero/freigaben",
      .kind = ACCESS_CAN,
      .permission = PERM_opportunity_publish,
      .office = true,
      .order = 15 },
    { 0 },
};

static const struct mailed_link links[] = {
    { .purpose = "opportunity",
      .show = manage_show,
      .parts = manage_parts,
      .lasts = true,
      .over = manage_over },
    { .purpose = ENTRY_LINK,
      .show = manage_show,
      .parts = manage_parts,
      .lasts = true,
      .over = manage_over },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "opportunity.fresh",
      .doc = "Asks whether offers still hold, and takes those off the list that nobody confirms.",
      .hour = 6,
      .run = fresh_run },
    { .name = "opportunity.tidy",
      .doc = "Forgets links for entering an offer that came to nothing, with their drafts.",
      .hour = 3,
      .run = entry_tidy },
    { 0 },
};

static const struct record_kind *const records[] = { &opportunity_record, NULL };
static const struct procedure *const procedures[] = { &opportunity_procedure, NULL };

/* An offer stays; whom to ask about it goes. */
static void contact_erase(struct tx *tx, const struct erasure *e)
{
    opp_contact_forget(tx, tx->now, e->city_id, e->id);
    opp_contact_forget_changes(tx, e->city_id, e->id);
}

static void change_erase(struct tx *tx, const struct erasure *e)
{
    opp_change_forget(tx, e->city_id, e->id);
    opp_change_forget_fields(tx, e->city_id, e->id);
}

static const struct erasure_act erasures[] = {
    { "opportunity", contact_erase },
    { "opportunity_entry", entry_erase },
    { "opportunity_change", change_erase },
    { 0 },
};

const struct feature opportunity_feature = {
    .name = "opportunity",
    .routes = routes,
    .nav = nav,
    .links = links,
    .jobs = jobs,
    .records = records,
    .erasures = erasures,
    .procedures = procedures,
    .person_erase = person_erase,
    .merges = &opportunity_merges,
    .merge_refs = opportunity_merge_refs,
};
