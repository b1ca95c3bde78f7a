/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the mailed links of a placement show and do: the person's, and the organisation's. Looking
 * changes nothing; one press answers, with a sentence or without.
 */
#include "base/utf8.h"
#include "feature/person/person.h"
#include "feature/placement/pages.h"
#include "placement.html.h"
#include "placement.text.h"

#define SENTENCE_MOST 500 /* characters */

/* How it ended is told in a talk, not by the word of a list. */
enum msg placement_public_state(str state)
{
    static const struct {
        str state;
        enum msg text;
    } words[] = {
        { STR_INIT("proposed"), MSG_placement_public_proposed },
        { STR_INIT("waiting"), MSG_placement_state_waiting },
        { STR_INIT("contact"), MSG_placement_public_contact },
        { STR_INIT("frozen"), MSG_placement_public_frozen },
        { STR_INIT("meeting"), MSG_placement_state_meeting },
        { STR_INIT("trial"), MSG_placement_state_trial },
        { STR_INIT("placed"), MSG_placement_public_placed },
        { STR_INIT("followed"), MSG_placement_public_placed },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(words[i].state, state))
            return words[i].text;
    return MSG_placement_public_over;
}

enum msg placement_rating_word(int64_t rating)
{
    static const enum msg words[] = { MSG_placement_rating_1, MSG_placement_rating_2,
                                      MSG_placement_rating_3, MSG_placement_rating_4,
                                      MSG_placement_rating_5 };
    must(rating >= 1 && rating <= 5);
    return words[rating - 1];
}

const struct placement_full *placement_behind(struct rq *rq, const struct token *token)
{
    rq->personal = true;
    const struct placement_full *p = placement_get(rq->db, rq->city->id, token->subject_id);
    if (p && !p->erased_at && p->name.n)
        return p;
    rq_not_found(rq);
    return NULL;
}

static str sentence(struct rq *rq, const char *name)
{
    return utf8_cut(str_trim(utf8_clean(rq->arena, rq_param(rq, name))), SENTENCE_MOST);
}

static bool take(struct rq *rq, struct tx *tx, const struct token *token,
                 const struct procedure_ask *what)
{
    struct procedure_ask ask = *what;
    ask.procedure = &placement_procedure;
    ask.id = token->subject_id;
    ask.who = BY_LINK;
    return placement_behind(rq, token) && procedure_take(rq, tx, &ask);
}

static void done(struct rq *rq, enum msg note)
{
    rq_note(rq, note);
    rq_see_url(rq, token_page(rq, S("")));
}

/* ---- the person's ---- */

void placement_mine_show(struct rq *rq, const struct token *token)
{
    const struct placement_full *p = placement_behind(rq, token);
    if (!p)
        return;
    rq_crumb(rq, t_placement_mine(rq), token_page(rq, S("")));
    view_placement_mine(rq, p, person_consent_words(rq, S(PERSON_AGREES_PASS_ON)));
}

/*
 * "Yes": with it the person agrees that data go out. Where the offer has become full meanwhile, the
 * yes is a place on the waiting list.
 */
void placement_mine_yes(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct placement_form f = { .writes = S("organisation") };
    struct procedure_ask agree = { .verb = S("agree"), .data = &f };
    struct procedure_ask contact = { .verb = S("contact"), .data = &f };
    struct procedure_ask wait = { .verb = S("wait"), .data = &f };
    const struct placement_full *p = placement_behind(rq, token);
    if (!p)
        return;
    bool agreed = p->consent_at && placement_agreed(rq, p->person_id);
    if (!agreed && !take(rq, tx, token, &agree))
        return;
    bool waits = p->is_full && str_eq(p->state, S("proposed"));
    if (str_eq(p->state, S("waiting")))
        done(rq, MSG_placement_note_waiting);
    else if (take(rq, tx, token, waits ? &wait : &contact))
        done(rq, waits ? MSG_placement_note_waiting : MSG_placement_note_passed);
}

void placement_mine_no(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct placement_form f = { .exit_reason = S("unknown") };
    struct procedure_ask ask = { .verb = S("no_interest"),
                                 .note = sentence(rq, "answer"),
                                 .data = &f };
    if (take(rq, tx, token, &ask))
        done(rq, MSG_placement_note_no);
}

void placement_mine_withdraw(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct procedure_ask ask = { .verb = S("withdraw") };
    if (take(rq, tx, token, &ask))
        done(rq, MSG_placement_note_withdrawn);
}

/* ---- what both sides say of it ---- */

static void rate(struct rq *rq, struct tx *tx, const struct token *token, bool person)
{
    int64_t rating = rq_param_int(rq, "rating", 0);
    int64_t fine = rating >= 1 && rating <= 5 ? rating : 0;
    struct placement_form f = { 0 };
    *(person ? &f.rating_person : &f.rating_organisation) = fine;
    *(person ? &f.said_person : &f.said_organisation) = sentence(rq, "answer");
    struct procedure_ask ask = { .verb = S("rate"), .data = &f };
    if (take(rq, tx, token, &ask))
        done(rq, MSG_placement_note_rated);
}

void placement_mine_rate(struct rq *rq, struct tx *tx, const struct token *token)
{
    rate(rq, tx, token, true);
}

void placement_theirs_rate(struct rq *rq, struct tx *tx, const struct token *token)
{
    rate(rq, tx, token, false);
}

/* ---- the organisation's ---- */

void placement_theirs_show(struct rq *rq, const struct token *token)
{
    const struct placement_full *p = placement_behind(rq, token);
    if (!p)
        return;
    struct placement_form f = placement_said(rq, p);
    rq_crumb(rq, t_placement_theirs(rq), token_page(rq, S("")));
    view_placement_theirs(rq, p, &f);
}

static void answer(struct rq *rq, struct tx *tx, const struct token *token, str verb)
{
    struct placement_form f = { .answer = sentence(rq, "answer") };
    struct procedure_ask ask = { .verb = verb, .data = &f };
    if (take(rq, tx, token, &ask))
        done(rq, MSG_placement_note_answered);
}

void placement_theirs_yes(struct rq *rq, struct tx *tx, const struct token *token)
{
    answer(rq, tx, token, S("answer_yes"));
}

void placement_theirs_full(struct rq *rq, struct tx *tx, const struct token *token)
{
    answer(rq, tx, token, S("answer_full"));
}

void placement_theirs_no(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct placement_form f = { .answer = sentence(rq, "answer") };
    struct procedure_ask ask = { .verb = S("answer_no"), .data = &f };
    if (take(rq, tx, token, &ask)) /* the link has ended with it: its page is shown no more */
        view_placement_declined(rq);
}

/* The commission in the organisation's own words and name: what the accident cover asks for. */
void placement_theirs_commission(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct placement_form f = { 0 };
    struct procedure_ask ask = { .verb = S("commission"), .data = &f };
    const struct placement_full *p = placement_behind(rq, token);
    if (!p)
        return;
    if (!rq_form(rq, placement_fields(S("commission")), &f)) {
        rq_status(rq, 422);
        rq_crumb(rq, t_placement_theirs(rq), token_page(rq, S("")));
        view_placement_theirs(rq, p, &f);
        return;
    }
    if (take(rq, tx, token, &ask))
        done(rq, MSG_placement_note_commissioned);
}
