/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The pages behind the links with which an offer is entered and looked after. The contact's link
 * opens as long as the offer's contact has the address to which it was sent; when the offer has
 * been merged, it opens the other one. That of somebody who enters an offer opens this offer. What
 * they can do are the steps of states.c that are marked BY_LINK, changing the offer, and making a
 * copy.
 */
#include "feature/opportunity/manage.h"

#include "feature/opportunity/entry.h"
#include "feature/opportunity/fields.h"
#include "feature/opportunity/fresh.h"
#include "web/languages.h"
#include "feature/opportunity/release.h"
#include "feature/opportunity/states.h"
#include "feature/opportunity/twin.h"
#include "feature/tally/tally.h"
#include "opportunity.html.h"
#include "opportunity.text.h"
#include "web/token.h"

static bool find_entered(struct rq *rq, const struct token *token, struct holder *h)
{
    h->entry = opp_entry_get(rq->db, rq->city->id, token->subject_id);
    if (!h->entry)
        return false;
    if (h->entry->opportunity_id.has)
        h->offer = opp_get(rq->db, rq->city->id, h->entry->opportunity_id.v);
    return h->offer || !h->entry->opportunity_id.has;
}

/* Who holds this link; false, with 404, where the offer or its contact has changed. */
static bool find(struct rq *rq, const struct token *token, struct holder *h)
{
    h->mail = token->mail;
    bool found = false;
    if (str_eq(token->purpose, S(ENTRY_LINK))) {
        found = find_entered(rq, token, h);
    } else {
        h->offer = opp_get(rq->db, rq->city->id, token->subject_id);
        found = h->offer && str_eq(h->offer->contact_mail, token->mail);
        const struct opp_merged_row *m =
            found ? opp_merged(rq->db, rq->city->id, token->subject_id) : NULL;
        if (m)
            h->offer = opp_get(rq->db, rq->city->id, m->merged_into.v);
        found = found && h->offer;
    }
    if (!found)
        rq_not_found(rq);
    return found;
}

/* Only of an offer that is there: what comes before has the form and nothing else. */
static bool find_offer(struct rq *rq, const struct token *token, struct holder *h)
{
    if (!find(rq, token, h))
        return false;
    if (!h->offer)
        rq_not_found(rq);
    return h->offer != NULL;
}

/* ---- the form ---- */

static struct opp_organisation_rows organisations(struct rq *rq, const struct holder *h)
{
    if (!h->offer)
        return entry_organisations(rq, h->entry);
    struct opp_organisation *own = NEW(rq->arena, struct opp_organisation);
    *own = (struct opp_organisation){ .id = h->offer->organisation_id,
                                      .name = h->offer->organisation };
    return (struct opp_organisation_rows){ .v = own, .n = 1 };
}

static void show_form(struct rq *rq, const struct holder *h, const struct opp_form *f,
                      struct opp_organisation_rows among)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, h->offer ? t_opp_manage_title(rq) : t_opp_entry_title(rq), token_page(rq, S("")));
    if (h->offer)
        rq_crumb(rq, t_opp_manage_edit(rq), token_page(rq, S("aendern")));
    view_manage_form(rq, h, f, among);
}

static void begin(struct rq *rq, const struct holder *h)
{
    struct opp_organisation_rows among = organisations(rq, h);
    struct opp_form f = entry_begin(rq, h->entry, among);
    show_form(rq, h, &f, among);
}

/* GET /l/{token}/aendern */
static void edit(struct rq *rq, const struct token *token)
{
    struct holder h = { 0 };
    if (!find(rq, token, &h))
        return;
    if (!h.offer) {
        begin(rq, &h);
        return;
    }
    struct opp_form f = compare_form_of(rq->arena, h.offer);
    change_apply_waiting(rq, h.offer->id, &f);
    f.languages = languages_words(rq, f.languages);
    show_form(rq, &h, &f, organisations(rq, &h));
}

/* Who has just written it down says with it that it is true. */
static void confirm(struct rq *rq, struct tx *tx, int64_t id)
{
    enum msg why;
    struct procedure_ask ask = {
        .procedure = &opportunity_procedure, .id = id, .verb = S("confirm"), .who = BY_LINK
    };
    (void)procedure_step(rq, tx, &ask, &why); /* only what is public can be confirmed */
}

static void after_change(struct rq *rq, const struct holder *h, enum msg note, str contact)
{
    rq_note(rq, note);
    if (h->entry || str_eq(contact, h->mail))
        rq_see_url(rq, token_page(rq, S("")));
    else /* the key belongs to another address from now on */
        rq_see(rq, S("/angebote/"), h->offer->id);
}

/* What may be public without a release waits for one, unless the office trusts who asks. */
static bool must_wait(struct rq *rq, const struct holder *h)
{
    return change_must_wait(h->offer) &&
           !release_is_free(rq, h->offer->organisation_id, BY_LINK, h->mail);
}

static void change(struct rq *rq, struct tx *tx, const struct holder *h, struct opp_form *f)
{
    const struct opp_full *o = h->offer;
    if (must_wait(rq, h)) {
        confirm(rq, tx, o->id);
        bool asked = change_propose(rq, tx, o, f, (struct proposer){ BY_LINK, h->mail });
        if (!rq->refused)
            after_change(rq, h, asked ? MSG_opp_manage_note_proposed : MSG_opp_manage_note_saved,
                         h->mail);
        return;
    }
    opp_form_keep_point(f, o);
    struct opp_arrival arrival = { .city_id = rq->city->id,
                                   .organisation_id = o->organisation_id,
                                   .by_link = true };
    opportunity_save(tx, o->id, &arrival, f);
    confirm(rq, tx, o->id);
    after_change(rq, h, MSG_opp_manage_note_saved, f->contact_mail);
}

/* POST /l/{token}/aendern: the first time it makes the draft. */
static void save(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct holder h = { 0 };
    struct opp_form f = { 0 };
    if (!find(rq, token, &h))
        return;
    struct opp_organisation_rows among = organisations(rq, &h);
    if (!opp_form_read_among(rq, &f, &among))
        show_form(rq, &h, &f, among);
    else if (h.offer)
        change(rq, tx, &h, &f);
    else if (entry_save(rq, tx, h.entry, &f))
        rq_see_url(rq, token_page(rq, S("")));
}

/* ---- looking at it ---- */

static void review(struct rq *rq, const struct holder *h)
{
    struct twins twins;
    twins_find(rq, h->offer, &twins);
    rq_crumb(rq, t_opp_entry_title(rq), token_page(rq, S("")));
    view_entry_review(rq, h->offer, &twins, release_reason(rq, h->offer->id));
}

/* GET /l/{token} */
void manage_show(struct rq *rq, const struct token *token)
{
    struct holder h = { 0 };
    struct record record;
    if (!find(rq, token, &h))
        return;
    if (!h.offer) {
        begin(rq, &h);
        return;
    }
    if (str_eq(h.offer->state, S("draft"))) {
        review(rq, &h);
        return;
    }
    record_find(rq, &opportunity_record, h.offer->id, &record);
    rq_crumb(rq, t_opp_manage_title(rq), token_page(rq, S("")));
    struct manage_page page = {
        .offer = h.offer,
        .choices = procedure_choices(rq, &opportunity_procedure, &record, BY_LINK),
        .due = due_find(rq->db, rq->city->id, S("opportunity"), h.offer->id),
        .reason = release_reason(rq, h.offer->id),
        .waiting = opp_change_waiting(rq->db, rq->city->id, h.offer->id),
    };
    view_manage(rq, &page);
}

static enum msg note_of(str verb)
{
    if (str_eq(verb, S("confirm")))
        return MSG_opp_manage_note_confirmed;
    if (str_eq(verb, S("submit")))
        return MSG_opp_manage_note_submitted;
    bool back = str_eq(verb, S("renew")) || str_eq(verb, S("resume")) || str_eq(verb, S("reopen"));
    return back ? MSG_opp_manage_note_shown : MSG_opp_manage_note_moved;
}

/* POST /l/{token}: one step; the name of the part is its verb. */
static void step(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct holder h = { 0 };
    if (!find_offer(rq, token, &h))
        return;
    struct procedure_ask ask = { .procedure = &opportunity_procedure,
                                 .id = h.offer->id,
                                 .verb = rq_param(rq, "act"),
                                 .seen = rq_param(rq, "seen"),
                                 .who = BY_LINK };
    if (!procedure_take(rq, tx, &ask))
        return;
    bool public =
        str_eq(ask.verb, S("submit")) && release_at_once(rq, tx, h.offer, BY_LINK, h.mail);
    rq_note(rq, public ? MSG_opp_note_published : note_of(ask.verb));
    rq_see_url(rq, token_page(rq, S("")));
}

/* POST /l/{token} with act=kopie: goes on with the copy at once; its link is mailed as well. */
static void copy(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct holder h = { 0 };
    if (!find_offer(rq, token, &h) || entry_too_often(rq, h.mail))
        return;
    url link = entry_copy(rq, tx, &h);
    rq_note(rq, MSG_opp_manage_note_copied);
    rq_see_url(rq, link);
}

/* ---- an ended link ---- */

/* GET /l/{token}, when it has expired: offers a new one, to the address it was sent to. */
void manage_over(struct rq *rq, const struct token *token)
{
    struct holder h = { 0 };
    if (!find(rq, token, &h))
        return;
    rq_crumb(rq, t_opp_manage_title(rq), token_page(rq, S("")));
    view_manage_over(rq, h.offer ? h.offer->title : t_opp_entry_title(rq));
}

/* POST /l/{token} with act=neu. The mail is queued once a day, however often it is asked for. */
static void send_again(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct holder h = { 0 };
    if (!find(rq, token, &h))
        return;
    if (h.entry)
        entry_link_again(rq, tx, h.entry);
    else
        fresh_link_again(rq, tx, h.offer, token);
    rq_crumb(rq, t_opp_manage_title(rq), token_page(rq, S("")));
    view_manage_sent(rq);
}

/* GET /l/{token}/statistik */
static void figures(struct rq *rq, const struct token *token)
{
    struct holder h = { 0 };
    if (find_offer(rq, token, &h))
        tally_page(rq, h.offer->id, token_page(rq, S("")));
}

const struct link_part manage_parts[] = {
    { .name = "confirm", .act = step },
    { .name = "pause", .act = step },
    { .name = "fill", .act = step },
    { .name = "resume", .act = step },
    { .name = "reopen", .act = step },
    { .name = "renew", .act = step },
    { .name = "submit", .act = step },
    { .name = "archive", .act = step },
    { .name = "kopie", .act = copy },
    { .name = "statistik", .show = figures },
    { .name = "aendern", .show = edit, .act = save },
    { .name = "neu", .act = send_again, .when_over = true },
    { 0 },
};
