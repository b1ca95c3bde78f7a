/* SPDX-License-Identifier: EUPL-1.2 */
/* The link of a saved search: confirm, change how often, end. And the one click of mail programs.
 */
#include "feature/consent/consent.h"
#include "feature/alert/alert.h"
#include "feature/search/search.h"
#include "alert.html.h"
#include "alert.text.h"
#include "web/token.h"

#define PURPOSE "alert"
#define UNDER   "/l/"

url alert_link_new(struct rq *rq, struct tx *tx, const struct alert_row *w)
{
    struct token_wish wish = {
        .purpose = S(PURPOSE), .subject_id = w->id, .seconds = ALERT_LINK_SECONDS, .mail = w->mail
    };
    return token_new(rq, tx, &wish);
}

url alert_leave_link(const struct rq *rq, url link)
{
    ptrdiff_t at = str_find(link.s, S(UNDER));
    must(at >= 0);
    str token = str_slice(link.s, (size_t)at + sizeof UNDER - 1, link.s.n);
    return link_absolute(
        rq, link_to(rq, str_fmt(rq->arena, "/suche-merken/ende/%.*s", STR_FMT(token))));
}

void alert_stop(struct rq *rq, struct tx *tx, int64_t id)
{
    if (alert_end(tx, tx->now, rq->city->id, id) == 1)
        consent_withdraw(rq, tx, S(PURPOSE), id);
}

/* The search behind a link; 404 when it has been erased meanwhile. */
static const struct alert_row *find(struct rq *rq, const struct token *token)
{
    rq->personal = true;
    const struct alert_row *w = alert_get(rq->db, rq->city->id, token->subject_id);
    if (!w)
        rq_not_found(rq);
    return w;
}

void alert_link_show(struct rq *rq, const struct token *token)
{
    const struct alert_row *w = find(rq, token);
    if (!w)
        return;
    rq_crumb(rq, t_alert_mine(rq), token_page(rq, S("")));
    view_alert_mine(rq, w, search_words(rq, w->query));
}

static void back(struct rq *rq, enum msg note)
{
    rq_note(rq, note);
    rq_see_url(rq, token_page(rq, S("")));
}

static void begin(struct rq *rq, struct tx *tx, const struct token *token)
{
    const struct alert_row *w = find(rq, token);
    if (!w)
        return;
    struct alert_begin_in in = { .due = alert_next(rq->arena, tx->now, w->every),
                                 .at = tx->now,
                                 .city = rq->city->id,
                                 .id = w->id };
    if (alert_begin(tx, &in) != 1) {
        rq_conflict(rq);
        return;
    }
    consent_confirm(rq, tx, S(PURPOSE), w->id);
    back(rq, MSG_alert_note_begun);
}

static void change(struct rq *rq, struct tx *tx, const struct token *token, str every)
{
    const struct alert_row *w = find(rq, token);
    if (!w)
        return;
    struct alert_set_every_in in = { .every = every,
                                     .due = alert_next(rq->arena, tx->now, every),
                                     .at = tx->now,
                                     .city = rq->city->id,
                                     .id = w->id };
    if (alert_set_every(tx, &in) == 1)
        back(rq, MSG_alert_note_changed);
    else
        rq_conflict(rq);
}

static void daily(struct rq *rq, struct tx *tx, const struct token *token)
{
    change(rq, tx, token, S("daily"));
}

static void weekly(struct rq *rq, struct tx *tx, const struct token *token)
{
    change(rq, tx, token, S("weekly"));
}

static void end(struct rq *rq, struct tx *tx, const struct token *token)
{
    const struct alert_row *w = find(rq, token);
    if (!w)
        return;
    alert_stop(rq, tx, w->id);
    back(rq, MSG_alert_note_ended);
}

const struct link_part alert_parts[] = {
    { .name = "bestaetigen", .act = begin },
    { .name = "taeglich", .act = daily },
    { .name = "woechentlich", .act = weekly },
    { .name = "beenden", .act = end },
    { 0 },
};

/* ---- one click ---- */

/*
 * The search of the address; 404 for links of another purpose. A link that is over still leaves:
 * nobody should get mails because they kept one for long.
 */
static const struct alert_row *leaving(struct rq *rq)
{
    struct token token;
    rq->personal = true;
    if (token_find(rq, rq_segment(rq, 0), &token) && str_eq(token.purpose, S(PURPOSE)))
        return find(rq, &token);
    rq_not_found(rq);
    return NULL;
}

void alert_leave_show(struct rq *rq)
{
    const struct alert_row *w = leaving(rq);
    if (!w)
        return;
    rq_crumb(rq, t_alert_mine(rq),
             link_to(rq, str_join(rq->arena, S("/suche-merken/ende/"), rq_segment(rq, 0))));
    view_alert_leave(rq, w, search_words(rq, w->query), rq_segment(rq, 0));
}

/* RFC 8058: a POST of "List-Unsubscribe=One-Click", without cookie. The address is the key. */
void alert_leave(struct rq *rq, struct tx *tx)
{
    const struct alert_row *w = leaving(rq);
    if (!w)
        return;
    alert_stop(rq, tx, w->id);
    view_alert_left(rq);
}
