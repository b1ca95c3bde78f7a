/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What mailed links of this feature do. The citizen's: confirm, move, cancel, keep as a file. The
 * counsellor's: a calendar to subscribe to, as long as its owner works in the office.
 */
#include "appointment.html.h"
#include "appointment.text.h"
#include "base/clock.h"
#include "feature/appointment/pages.h"
#include "office.text.h"
#include "web/audit.h"

#define FEED_LINK  "appointment-feed"
#define FEED_DAYS  730
#define FEED_PAST  31  /* days of the feed that are over */
#define FEED_AHEAD 120 /* days to come */

#define DAY ((int64_t)86400)

/* ---- the citizen's ---- */

/* The appointment behind a link; 404 when it has been erased meanwhile. */
static const struct appointment_row *find(struct rq *rq, const struct token *token)
{
    rq->personal = true;
    const struct appointment_row *b = appointment_get(rq->db, rq->city->id, token->subject_id);
    if (!b)
        rq_not_found(rq);
    return b;
}

void link_mine(struct rq *rq, const struct token *token)
{
    const struct appointment_row *b = find(rq, token);
    if (!b)
        return;
    rq_crumb(rq, t_appointment_mine(rq), token_page(rq, S("")));
    view_appointment_mine(rq, b);
}

static void step(struct rq *rq, struct tx *tx, const struct token *token, const char *verb)
{
    struct procedure_ask ask = { .procedure = &appointment_procedure,
                                 .id = token->subject_id,
                                 .verb = str_from_c(verb),
                                 .who = BY_LINK };
    bool confirmed = str_eq(ask.verb, S("confirm"));
    rq->personal = true;
    if (!procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, confirmed ? MSG_appointment_note_booked : MSG_appointment_note_cancelled);
    rq_see_url(rq, token_page(rq, S("")));
}

static void confirm(struct rq *rq, struct tx *tx, const struct token *token)
{
    step(rq, tx, token, "confirm");
}

static void cancel(struct rq *rq, struct tx *tx, const struct token *token)
{
    step(rq, tx, token, "cancel");
}

static void move_show(struct rq *rq, const struct token *token)
{
    struct week w;
    const struct appointment_row *b = find(rq, token);
    if (!b)
        return;
    if (!str_eq(b->state, S("booked")) || !appointment_ahead(b)) {
        rq_see_url(rq, token_page(rq, S("")));
        return;
    }
    week_load(rq, WEEK_MOVE, &w);
    rq_crumb(rq, t_appointment_mine(rq), token_page(rq, S("")));
    rq_crumb(rq, t_appointment_move_title(rq), token_page(rq, S("verschieben")));
    view_appointment_move(rq, b, &w);
}

static void move(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct slot slot;
    const struct appointment_row *b = find(rq, token);
    if (!b)
        return;
    if (!week_slot(rq, rq_param(rq, "slot"), &slot) || !slots_open(tx->now, &slot) ||
        !move_channel(b, &slot).n) {
        rq_conflict(rq);
        return;
    }
    struct appointment_to to = { &slot, move_channel(b, &slot) };
    if (!appointment_move(rq, tx, b->id, &to, BY_LINK))
        return;
    rq_note(rq, MSG_appointment_note_moved);
    rq_see_url(rq, token_page(rq, S("")));
}

static void calendar(struct rq *rq, const struct token *token)
{
    const struct appointment_row *b = find(rq, token);
    if (b)
        calendar_mine(rq, b);
}

const struct link_part link_parts[] = {
    { .name = "bestaetigen", .act = confirm },
    { .name = "absagen", .act = cancel },
    { .name = "verschieben", .show = move_show, .act = move },
    { .name = "termin", .show = calendar },
    { 0 },
};

/* ---- the counsellor's ---- */

/* Whether the owner still works on appointments here. */
static bool may_still(struct rq *rq, int64_t account_id)
{
    struct appointment_role_row_rows rows = appointment_roles(rq->db, rq->city->id, account_id);
    enum role role;
    for (size_t i = 0; i < rows.n; i++)
        if (role_find(rows.v[i].role, &role) &&
            (role_info(role)->permissions & (1u << PERM_appointment_handle)))
            return true;
    return false;
}

void feed_show(struct rq *rq, const struct token *token)
{
    rq->personal = true;
    if (!may_still(rq, token->subject_id)) {
        rq_not_found(rq);
        return;
    }
    if (rq->format != FORMAT_ICS) {
        rq_crumb(rq, t_appointment_feed_title(rq), token_page(rq, S("")));
        view_appointment_feed(rq);
        return;
    }
    int64_t now = clock_now();
    struct appointment_days_in in = { .city = rq->city->id,
                                      .from = now - FEED_PAST * DAY,
                                      .to = now + FEED_AHEAD * DAY,
                                      .now = now,
                                      .account = token->subject_id };
    calendar_feed(rq, appointment_days(rq->db, &in));
}

static void feed_end(struct rq *rq, struct tx *tx, const struct token *token)
{
    token_revoke(tx, rq->city->id, S(FEED_LINK), token->subject_id);
    rq_note(rq, MSG_appointment_feed_ended);
    rq_see(rq, S("/buero/termine"), 0);
}

const struct link_part feed_parts[] = {
    { .name = "beenden", .act = feed_end },
    { 0 },
};

/* The address is shown once, and an older one is over: whoever has lost it makes a new one. */
void feed_make(struct rq *rq, struct tx *tx)
{
    rq->personal = true;
    token_revoke(tx, rq->city->id, S(FEED_LINK), rq->who.account_id);
    url link = token_new(rq, tx,
                         &(struct token_wish){ .purpose = S(FEED_LINK),
                                               .subject_id = rq->who.account_id,
                                               .seconds = FEED_DAYS * DAY });
    audit(rq, tx, S("appointment.feed"), rq->who.account_id, S(""));
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_appointment_desk(rq), link_to(rq, S("/buero/termine")));
    rq_crumb(rq, t_appointment_feed_title(rq), link_to(rq, S("/buero/termine/kalender")));
    view_appointment_feed_made(rq, str_join(rq->arena, link.s, S(".ics")));
}
