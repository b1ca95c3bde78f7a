/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The form on an offer, and the office's list. Table: interest. Neighbours:
 * steps.c (states), mails.c, links.c (what the mailed links do), care.c (the daily job),
 * consent (the ledger), opportunity (the button).
 */
#include "feature/interest/interest.h"

#include "feature/consent/consent.h"
#include "feature/opportunity/opportunity.h"
#include "interest.html.h"
#include "interest.sql.h"
#include "interest.text.h"
#include "office.text.h"
#include "opportunity.text.h"
#include "web/app.h"
#include "web/limit.h"
#include "web/merge.h"
#include "web/session.h"
#include "web/trap.h"

static const struct limit_rule by_peer = { "interest.peer", 6, 600 };
static const struct limit_rule by_mail = { "interest.mail", 5, 4 * 3600 };

const struct field interest_fields[] = {
    FIELD(struct interest_form, name, TEXT, MSG_interest_name, .required = true, .max = 100,
          .autocomplete = "name"),
    FIELD(struct interest_form, mail, MAIL, MSG_interest_mail, .required = true, .max = 200,
          .hint = MSG_interest_mail_hint, .autocomplete = "email"),
    FIELD(struct interest_form, phone, PHONE, MSG_interest_phone, .max = 40,
          .hint = MSG_interest_phone_hint, .autocomplete = "tel"),
    FIELD(struct interest_form, message, LONG, MSG_interest_message, .required = true, .max = 2000,
          .hint = MSG_interest_message_hint),
    FIELD(struct interest_form, consent, BOOL, MSG_interest_consent),
    { 0 },
};

str interest_addressee(const struct rq *rq, const struct interest_offer_row *offer)
{
    if (mail_valid(offer->contact_mail))
        return offer->contact_mail;
    if (mail_valid(offer->organisation_mail))
        return offer->organisation_mail;
    return mail_valid(rq->city->mail) ? rq->city->mail : S("");
}

str interest_consent_words(const struct rq *rq, str organisation)
{
    return t_interest_consent_words(rq, organisation, rq->city->name);
}

/* The offer of the address, when somebody can be written to about it; else 404. */
static const struct interest_offer_row *offer_of(struct rq *rq)
{
    const struct interest_offer_row *offer = interest_offer(rq->db, rq->city->id, rq_id(rq));
    bool public = offer && str_eq(offer->state, S("published")) &&
                  offer->confirmed_at >= opportunity_fresh_since();
    if (public && interest_addressee(rq, offer).n)
        return offer;
    rq_not_found(rq);
    return NULL;
}

static void show_form(struct rq *rq, const struct interest_offer_row *offer,
                      const struct interest_form *f)
{
    rq->no_cache = true;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_opp_list_title(rq), link_to(rq, S("/angebote")));
    rq_crumb(rq, offer->title, link_id(rq, S("/angebote/"), offer->id));
    rq_crumb(rq, t_interest_title(rq),
             link_id_sub(rq, S("/angebote/"), offer->id, S("/interesse")));
    view_interest_form(rq, offer, f, interest_consent_words(rq, offer->organisation));
}

/* GET /angebote/{id}/interesse */
static void form(struct rq *rq)
{
    const struct interest_offer_row *offer = offer_of(rq);
    struct interest_form f = { 0 };
    if (offer)
        show_form(rq, offer, &f);
}

static bool read_form(struct rq *rq, struct interest_form *f)
{
    rq_form(rq, interest_fields, f);
    if (!f->consent)
        rq_error(rq, "consent", t_interest_consent_missing(rq));
    if (rq_ok(rq))
        trap_passed(rq);
    return rq_ok(rq);
}

/* How often one connection, and one address, may be used. True: too often, and answered. */
static bool too_often(struct rq *rq, str mail)
{
    return rq_limited(rq, &by_peer, rq_peer_key(rq)) || rq_limited(rq, &by_mail, str_hash(mail));
}

static void store(struct rq *rq, struct tx *tx, const struct interest_offer_row *offer,
                  const struct interest_form *f)
{
    int64_t id = db_new_id();
    struct interest_insert_in in = { .id = id,
                                     .city = rq->city->id,
                                     .opportunity = offer->id,
                                     .name = f->name,
                                     .mail = f->mail,
                                     .phone = f->phone,
                                     .message = f->message,
                                     .lang = lang_info(rq->lang)->code,
                                     .at = tx->now };
    interest_insert(tx, &in);
    procedure_record(tx, &(struct procedure_entry){ .procedure = &interest_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = id,
                                                    .who = BY_LINK,
                                                    .verb = S("write"),
                                                    .from = S(""),
                                                    .to = S("unconfirmed"),
                                                    .note = S("") });
    consent_give(rq, tx,
                 &(struct consent_wish){ S("interest"), id, f->mail,
                                         interest_consent_words(rq, offer->organisation) });
    interest_mail_confirm(rq, tx, interest_get(rq->db, rq->city->id, id), offer);
}

/* POST /angebote/{id}/interesse: nothing is passed on before the mailed link is used. */
static void send(struct rq *rq, struct tx *tx)
{
    const struct interest_offer_row *offer = offer_of(rq);
    struct interest_form f = { 0 };
    if (!offer)
        return;
    if (!read_form(rq, &f)) {
        show_form(rq, offer, &f);
        return;
    }
    if (too_often(rq, f.mail))
        return;
    /* Who writes twice is not told so on the page: it would say who has written. */
    if (!interest_open(rq->db, rq->city->id, offer->id, f.mail))
        store(rq, tx, offer, &f);
    rq_see_url(rq, link_id_sub(rq, S("/angebote/"), offer->id, S("/interesse/danke")));
}

/* GET /angebote/{id}/interesse/danke: what happens now. */
static void thanks(struct rq *rq)
{
    const struct interest_offer_row *offer = offer_of(rq);
    if (!offer)
        return;
    rq_crumb(rq, t_opp_list_title(rq), link_to(rq, S("/angebote")));
    rq_crumb(rq, offer->title, link_id(rq, S("/angebote/"), offer->id));
    rq_crumb(rq, t_interest_thanks(rq),
             link_id_sub(rq, S("/angebote/"), offer->id, S("/interesse/danke")));
    view_interest_thanks(rq, offer);
}

/* GET /buero/interessen: which offers are asked for, and who has not answered yet. */
static void office(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_interest_office(rq), link_to(rq, S("/buero/interessen")));
    view_interest_office(rq, interest_list(rq->db, rq->city->id));
}

/* ---- the contract ---- */

static const struct route routes[] = {
    GET("/angebote/{id}/interesse", form, ANYONE),
    POST("/angebote/{id}/interesse", send, ANYONE),
    GET("/angebote/{id}/interesse/danke", thanks, ANYONE),
    GET("/buero/interessen", office, CAN(opportunity_edit)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_interest_office,
      .path = "/buero/interessen",
      .kind = ACCESS_CAN,
      .permission = PERM_opportunity_edit,
      .office = true,
      .menu = NAV_PEOPLE,
      .order = 25 },
    { 0 },
};

static const struct link_part mine_parts[] = {
    { .name = "bestaetigen", .act = interest_link_confirm },
    { .name = "zurueckziehen", .act = interest_link_withdraw },
    { 0 },
};
static const struct link_part answer_parts[] = {
    { .name = "gespraech", .act = interest_answer_talk },
    { .name = "voll", .act = interest_answer_full },
    { .name = "nein", .act = interest_answer_no },
    { 0 },
};
static const struct mailed_link links[] = {
    { .purpose = "interest", .show = interest_link_show, .parts = mine_parts, .lasts = true },
    { .purpose = "interest-answer",
      .show = interest_answer_show,
      .parts = answer_parts,
      .lasts = true },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "interest.care",
      .doc = "Reminds of interests without answer",
      .hour = 7,
      .run = interest_care },
    { 0 },
};

static const struct erasure_act erasures[] = {
    { "interest", interest_erase },
    { 0 },
};

static const struct record_kind *const records[] = { &interest_record, NULL };
static const struct procedure *const procedures[] = { &interest_procedure, NULL };

/* ---- merging offers ---- */

static struct merge_ids of_offer(struct db *db, int64_t city_id, int64_t id)
{
    struct interest_hung_row_rows rows = interest_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return interest_move(tx, &(struct interest_move_in){ w->to, w->city_id, row, w->from }) == 1;
}

static const struct merge_ref merge_refs[] = {
    { "opportunity", "interest.opportunity_id", MSG_interest_hung, of_offer, move },
    { 0 },
};

const struct feature interest_feature = {
    .name = "interest",
    .routes = routes,
    .nav = nav,
    .links = links,
    .jobs = jobs,
    .erasures = erasures,
    .records = records,
    .procedures = procedures,
    .merge_refs = merge_refs,
};
