/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What both mailed links of a pair show and do: say yes or no, write down a meeting, answer a
 * check-in, stop. One page for both sides; whose link it is says its purpose.
 */
#include "base/utf8.h"
#include "feature/mentoring/pages.h"
#include "mentoring.html.h"
#include "mentoring.text.h"
#include "web/vocab_label.h"

#define SENTENCE_MOST 300 /* characters */

static bool is_mentor(const struct token *token)
{
    return str_eq(token->purpose, S(MENTORING_LINK_MENTOR));
}

/* NULL, and 404, where the person or what was said is gone. */
static const struct mentoring_pair_row *behind(struct rq *rq, const struct token *token)
{
    rq->personal = true;
    const struct mentoring_pair_row *p =
        mentoring_pair_get(rq->db, rq->city->id, token->subject_id);
    if (p && !p->erased_at && p->mentor.n && p->mentee.n)
        return p;
    rq_not_found(rq);
    return NULL;
}

str mentoring_first_name(str name)
{
    ptrdiff_t end = str_find_byte(name, ' ');
    return end < 0 ? name : str_slice(name, 0, (size_t)end);
}

str mentoring_age(const struct rq *rq, const struct mentoring_profile_row *p)
{
    const struct person_row as = { .birth_year = p->birth_year, .age_band = p->age_band };
    return vocab_label_of(rq, &vocab_age_band, person_age_band(&as, clock_today()));
}

int64_t mentoring_occasion(struct rq *rq, const struct mentoring_pair_row *p, bool mentor)
{
    int64_t occasion = p->closed_at ? MENTORING_OCCASION : p->checks;
    if (!p->started_on.n)
        return 0;
    struct mentoring_answer_row_rows rows = mentoring_answers(rq->db, rq->city->id, p->id);
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].occasion == occasion &&
            str_eq(rows.v[i].side, mentor ? S("mentor") : S("mentee")))
            return 0;
    return occasion;
}

static void show(struct rq *rq, const struct token *token, const struct mentoring_pair_row *p)
{
    bool mentor = is_mentor(token);
    struct mentoring_mine m = {
        .pair = p,
        .mentor = mentor,
        .other = mentoring_profile_get(rq->db, rq->city->id, mentor ? p->mentee_id : p->mentor_id),
        .answered = mentor ? p->mentor_yes_at > 0 : p->mentee_yes_at > 0,
        .occasion = mentoring_occasion(rq, p, mentor),
        .meetings = mentoring_meetings(rq->db, rq->city->id, p->id),
        .fits = mentoring_split(rq, p->fits),
        .misses = mentoring_split(rq, p->misses),
        .form = { .day = day_iso(rq->arena, clock_today()), .minutes = 60 },
    };
    if (!m.other) {
        rq_not_found(rq);
        return;
    }
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, p->title, token_page(rq, S("")));
    view_mentoring_mine(rq, &m);
}

void mentoring_link_show(struct rq *rq, const struct token *token)
{
    const struct mentoring_pair_row *p = behind(rq, token);
    if (p)
        show(rq, token, p);
}

/* ---- acting ---- */

static str sentence(struct rq *rq, const char *name)
{
    return utf8_cut(str_trim(utf8_clean(rq->arena, rq_param(rq, name))), SENTENCE_MOST);
}

/* One step; what a guard refuses is said above the page, in which nothing is lost. */
static void take(struct rq *rq, struct tx *tx, const struct token *token,
                 const struct procedure_ask *what)
{
    struct procedure_ask ask = *what;
    const struct mentoring_pair_row *p = behind(rq, token);
    if (!p)
        return;
    ask.procedure = &mentoring_pair_procedure;
    ask.id = p->id;
    ask.who = BY_LINK;
    enum procedure_result result = procedure_try(rq, tx, &ask);
    if (result == PROCEDURE_REFUSED) {
        show(rq, token, p);
    } else if (result == PROCEDURE_DONE) {
        rq_note(rq, MSG_mentoring_note_thanks);
        rq_see_url(rq, token_page(rq, S("")));
    }
}

static void yes(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct mentoring_said f = { .mentor = is_mentor(token), .said = sentence(rq, "said") };
    struct procedure_ask ask = { .verb = f.mentor ? S("accept_mentor") : S("accept_mentee"),
                                 .data = &f };
    take(rq, tx, token, &ask);
}

/* Without any reason. The link goes with it, so there is a page of its own to end on. */
static void no(struct rq *rq, struct tx *tx, const struct token *token)
{
    enum msg why;
    struct mentoring_said f = { .mentor = is_mentor(token) };
    const struct mentoring_pair_row *p = behind(rq, token);
    if (!p)
        return;
    struct procedure_ask ask = { .procedure = &mentoring_pair_procedure,
                                 .id = p->id,
                                 .verb = S("decline"),
                                 .who = BY_LINK,
                                 .data = &f };
    if (procedure_step(rq, tx, &ask, &why) == PROCEDURE_DONE)
        view_mentoring_declined(rq, p);
    else
        procedure_take(rq, tx, &ask);
}

static void met(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct day day;
    struct mentoring_said f = { .mentor = is_mentor(token),
                                .minutes = rq_param_int(rq, "minutes", 0),
                                .said = sentence(rq, "sentence") };
    if (day_parse(str_trim(rq_param(rq, "day")), clock_today(), &day))
        f.day = day_iso(rq->arena, day);
    struct procedure_ask ask = { .verb = S("meet"), .data = &f };
    take(rq, tx, token, &ask);
}

static void tell(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct mentoring_said f = { .mentor = is_mentor(token),
                                .going = rq_param(rq, "going"),
                                .said = sentence(rq, "said"),
                                .call = rq_has_param(rq, "call") };
    struct procedure_ask ask = { .verb = S("answer"), .data = &f };
    take(rq, tx, token, &ask);
}

static void stop(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct mentoring_said f = { .mentor = is_mentor(token) };
    struct procedure_ask ask = { .verb = S("end"), .data = &f };
    take(rq, tx, token, &ask);
}

const struct link_part mentoring_parts[] = {
    { .name = "ja", .act = yes },       { .name = "nein", .act = no },
    { .name = "treffen", .act = met },  { .name = "antworten", .act = tell },
    { .name = "beenden", .act = stop }, { 0 },
};
