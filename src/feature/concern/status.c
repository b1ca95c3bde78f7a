/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The page of a concern for whoever asked, by mailed link: where it stands, until when we
 * answer, what was said, and what they can do. Notes of the office, names of its people and
 * reasons of a hand-over are not read here at all.
 */
#include "concern.html.h"
#include "concern.text.h"
#include "feature/concern/pages.h"
#include "feature/concern/states.h"
#include "web/vocab_label.h"

static bool is_one_of(str verb, const char *const *list)
{
    for (size_t i = 0; list[i]; i++)
        if (str_eq(verb, str_from_c(list[i])))
            return true;
    return false;
}

bool status_is_public(const struct event_row *e)
{
    static const char *const verbs[] = { "ask",       "confirm", "take",     "ask_back", "add",
                                         "hand_over", "answer",  "withdraw", "close",    NULL };
    return is_one_of(e->verb, verbs);
}

str status_event(const struct rq *rq, const struct event_row *e)
{
    return procedure_event_text(rq, &concern_procedure, e);
}

str message_heading(const struct rq *rq, str kind)
{
    if (str_eq(kind, S("asker")))
        return t_concern_message_asker(rq);
    if (str_eq(kind, S("question")))
        return t_concern_message_question(rq);
    return str_eq(kind, S("note")) ? t_concern_message_note(rq) : t_concern_message_answer(rq);
}

static struct concern_status load(struct rq *rq, const struct concern_full *c)
{
    struct record record = { .kind = &concern_record, .id = c->id, .state = c->state };
    struct procedure_choices can = procedure_choices(rq, &concern_procedure, &record, BY_LINK);
    struct concern_status s = {
        .concern = c,
        .messages = concern_public_messages(rq->db, rq->city->id, c->id),
        .events = procedure_history(rq, &concern_record, c->id),
        .action = token_page(rq, S("")),
    };
    for (size_t i = 0; i < can.n; i++) {
        str verb = str_from_c(can.v[i].step->verb);
        s.can_confirm = s.can_confirm || str_eq(verb, S("confirm"));
        s.can_add = s.can_add || str_eq(verb, S("add"));
        s.can_close = s.can_close || str_eq(verb, S("close"));
        s.can_withdraw = s.can_withdraw || str_eq(verb, S("withdraw"));
    }
    return s;
}

static void show(struct rq *rq, const struct concern_full *c)
{
    struct concern_status s = load(rq, c);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_concern_status_title(rq, c->number), s.action);
    view_concern_status(rq, &s);
}

void status_show(struct rq *rq, const struct token *token)
{
    const struct concern_full *c = concern_get(rq->db, rq->city->id, token->subject_id);
    if (c && !c->erased_at)
        show(rq, c);
    else
        rq_not_found(rq);
}

static void act(struct rq *rq, struct tx *tx, const struct token *token, const char *verb,
                enum msg note)
{
    struct procedure_ask ask = { .procedure = &concern_procedure,
                                 .id = token->subject_id,
                                 .verb = str_from_c(verb),
                                 .who = BY_LINK };
    if (!procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, note);
    rq_see_url(rq, token_page(rq, S("")));
}

static void act_confirm(struct rq *rq, struct tx *tx, const struct token *token)
{
    act(rq, tx, token, "confirm", MSG_concern_note_confirmed);
}

static void act_close(struct rq *rq, struct tx *tx, const struct token *token)
{
    act(rq, tx, token, "close", MSG_concern_note_closed);
}

static void act_withdraw(struct rq *rq, struct tx *tx, const struct token *token)
{
    act(rq, tx, token, "withdraw", MSG_concern_note_withdrawn);
}

const struct field reply_fields[] = {
    FIELD(struct reply_form, body, LONG, MSG_concern_field_message, .required = true, .max = 6000),
    { 0 },
};

static void act_add(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct reply_form f = { 0 };
    if (!rq_form(rq, reply_fields, &f)) {
        status_show(rq, token);
        return;
    }
    struct concern_act with = { .text = f.body };
    struct procedure_ask ask = { .procedure = &concern_procedure,
                                 .id = token->subject_id,
                                 .verb = S("add"),
                                 .who = BY_LINK,
                                 .data = &with };
    if (!procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, MSG_concern_note_added);
    rq_see_url(rq, token_page(rq, S("")));
}

const struct link_part status_parts[] = {
    { .name = "confirm", .act = act_confirm },
    { .name = "add", .act = act_add },
    { .name = "close", .act = act_close },
    { .name = "withdraw", .act = act_withdraw },
    { 0 },
};
