/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The pages behind the link that the contact of an offer gets. The link opens as long as the
 * offer's contact has the address to which it was sent; what it can do are the steps of
 * states.c that are marked BY_LINK, and changing the offer.
 */
#include "feature/opportunity/manage.h"

#include "feature/opportunity/fields.h"
#include "feature/opportunity/fresh.h"
#include "feature/opportunity/states.h"
#include "opportunity.html.h"
#include "opportunity.text.h"
#include "web/token.h"

/* The offer of a link; NULL, with 404, where the offer or its contact has changed. */
static const struct opp_full *find(struct rq *rq, const struct token *token)
{
    const struct opp_full *o = opp_get(rq->db, rq->city->id, token->subject_id);
    if (o && str_eq(o->contact_mail, token->mail))
        return o;
    rq_not_found(rq);
    return NULL;
}

/* GET /l/{token} */
void manage_show(struct rq *rq, const struct token *token)
{
    struct record record;
    const struct opp_full *o = find(rq, token);
    if (!o)
        return;
    record_find(rq, &opportunity_record, o->id, &record);
    rq_crumb(rq, t_opp_manage_title(rq), token_page(rq, S("")));
    view_manage(rq, o, procedure_choices(rq, &opportunity_procedure, &record, BY_LINK));
}

static enum msg note_of(str verb)
{
    if (str_eq(verb, S("confirm")))
        return MSG_opp_manage_note_confirmed;
    bool back = str_eq(verb, S("renew")) || str_eq(verb, S("resume")) || str_eq(verb, S("reopen"));
    return back ? MSG_opp_manage_note_shown : MSG_opp_manage_note_moved;
}

/* POST /l/{token}: one step; the name of the part is its verb. */
static void step(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct procedure_ask ask = { .procedure = &opportunity_procedure,
                                 .id = token->subject_id,
                                 .verb = rq_param(rq, "act"),
                                 .seen = rq_param(rq, "seen"),
                                 .who = BY_LINK };
    if (!find(rq, token) || !procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, note_of(ask.verb));
    rq_see_url(rq, token_page(rq, S("")));
}

/* ---- changing it ---- */

static void show_form(struct rq *rq, const struct opp_full *o, const struct opp_form *f)
{
    struct opp_organisation own = { .id = o->organisation_id, .name = o->organisation };
    struct opp_organisation_rows one = { .v = &own, .n = 1 };
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_opp_manage_title(rq), token_page(rq, S("")));
    rq_crumb(rq, t_opp_manage_edit(rq), token_page(rq, S("aendern")));
    view_manage_form(rq, o, f, one);
}

/* GET /l/{token}/aendern */
static void edit(struct rq *rq, const struct token *token)
{
    const struct opp_full *o = find(rq, token);
    if (!o)
        return;
    struct opp_form f = opp_form_of(rq, o);
    show_form(rq, o, &f);
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

/* POST /l/{token}/aendern */
static void save(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct opp_form f = { 0 };
    const struct opp_full *o = find(rq, token);
    if (!o)
        return;
    if (!opp_form_read_of(rq, &f, o->organisation_id)) {
        show_form(rq, o, &f);
        return;
    }
    opp_form_keep_point(&f, o);
    struct opp_arrival arrival = { .city_id = rq->city->id,
                                   .organisation_id = o->organisation_id,
                                   .by_link = true };
    opportunity_save(tx, o->id, &arrival, &f);
    confirm(rq, tx, o->id);
    rq_note(rq, MSG_opp_manage_note_saved);
    if (str_eq(f.contact_mail, token->mail))
        rq_see_url(rq, token_page(rq, S("")));
    else /* the key belongs to another address from now on */
        rq_see(rq, S("/angebote/"), o->id);
}

/* ---- an ended link ---- */

/* GET /l/{token}, when it has expired: offers a new one, to the address it was sent to. */
void manage_over(struct rq *rq, const struct token *token)
{
    const struct opp_full *o = find(rq, token);
    if (!o)
        return;
    rq_crumb(rq, t_opp_manage_title(rq), token_page(rq, S("")));
    view_manage_over(rq, o);
}

/* POST /l/{token} with act=neu. The mail is queued once a day, however often it is asked for. */
static void send_again(struct rq *rq, struct tx *tx, const struct token *token)
{
    const struct opp_full *o = find(rq, token);
    if (!o)
        return;
    fresh_link_again(rq, tx, o, token);
    rq_crumb(rq, t_opp_manage_title(rq), token_page(rq, S("")));
    view_manage_sent(rq);
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
    { .name = "aendern", .show = edit, .act = save },
    { .name = "neu", .act = send_again, .when_over = true },
    { 0 },
};
