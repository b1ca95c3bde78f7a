/* SPDX-License-Identifier: EUPL-1.2 */
/* The public form, and the page of the mailed link. Neighbours: self_mail.c, states.c. */
#include "feature/person/self.h"

#include "feature/consent/consent.h"
#include "feature/person/merge.h"
#include "feature/person/pages.h"
#include "person.html.h"
#include "person.text.h"
#include "web.text.h"
#include "web/app.h"
#include "web/erasure.h"
#include "web/languages.h"
#include "web/limit.h"
#include "web/locate.h"
#include "web/session.h"
#include "web/trap.h"

static const struct limit_rule by_peer = { "person.peer", 6, 600 };
static const struct limit_rule by_mail = { "person.mail", 5, 4 * 3600 };

#define S_(member, type, ...) \
    FIELD(struct person_form, member, type, MSG_person_self_##member, ##__VA_ARGS__)

/* clang-format off */
const struct field self_fields[] = {
    S_(mail, MAIL, .required = true, .hint = MSG_person_self_mail_hint, .autocomplete = "email"),
    S_(name, TEXT, .required = true, .max = 120, .autocomplete = "name"),
    S_(phone, PHONE, .max = 40, .autocomplete = "tel"),
    S_(postcode, POSTCODE, .autocomplete = "postal-code"),
    S_(birth_year, INT, .min = 0, .max = 9999, .hint = MSG_person_self_year_hint),
    S_(guardian, TEXT, .hint = MSG_person_self_guardian_hint),
    S_(like_fields, BITS, .vocab = &vocab_field),
    S_(like_kinds, BITS, .vocab = &vocab_kind),
    S_(grid, GRID, .vocab = &vocab_grid),
    S_(hours_week, DECIMAL, .max = 400, .scale = 10),
    S_(mobility, BITS, .vocab = &vocab_mobility),
    S_(languages, TEXT, .hint = MSG_person_hint_languages),
    S_(motivation, LONG, .max = 2000),
    { 0 },
};
/* clang-format on */

/* ---- the form ---- */

static void show_form(struct rq *rq, const struct person_input *in)
{
    rq->no_cache = true;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_person_self_title(rq), link_to(rq, S("/mitmachen")));
    view_self_form(rq, in);
}

/* GET /mitmachen */
void self_new(struct rq *rq)
{
    struct person_input in = { .agree_keep = 0 };
    show_form(rq, &in);
}

/* The fields from `first` on, over what `f` says already. */
static bool read_form(struct rq *rq, const struct field *first, struct person_form *f)
{
    str unknown;
    rq_form(rq, first, f);
    if (!languages_read(rq, f->languages, &f->languages, &unknown))
        rq_error(rq, "languages", t_person_error_languages(rq, unknown));
    person_form_check(rq, f);
    return rq_ok(rq);
}

/* POST /mitmachen: nobody sees it before the mailed link is used. */
void self_send(struct rq *rq, struct tx *tx)
{
    struct person_input in = { .agree_keep = 0 };
    read_form(rq, self_fields, &in.f);
    rq_form(rq, person_agreeing, &in);
    if (!in.agree_keep)
        rq_error(rq, "agree_keep", t_person_self_keep(rq));
    if (rq_ok(rq))
        trap_passed(rq);
    if (!rq_ok(rq)) {
        show_form(rq, &in);
        return;
    }
    if (rq_limited(rq, &by_peer, rq_peer_key(rq)) || rq_limited(rq, &by_mail, str_hash(in.f.mail)))
        return;
    /* Who sends it twice is not told so on the page: it would say who is known here. */
    if (!person_waiting(rq->db, rq->city->id, in.f.mail)) {
        in.f.lang = lang_info(rq->lang)->code;
        in.agree_guardian = 0; /* not by the child's own link */
        struct person_arrival arrival = { .city_id = rq->city->id,
                                          .source = S("self"),
                                          .state = S("waiting") };
        int64_t id = person_new(tx, &arrival, &in.f);
        person_agree_ticked(rq, tx, id, &in, S("web"));
        self_mail_confirm(rq, tx, person_find(rq->db, rq->city->id, id));
    }
    rq_see_url(rq, link_to(rq, S("/mitmachen/danke")));
}

/* GET /mitmachen/danke */
void self_sent(struct rq *rq)
{
    rq_crumb(rq, t_person_self_title(rq), link_to(rq, S("/mitmachen")));
    rq_crumb(rq, t_person_self_sent(rq), link_to(rq, S("/mitmachen/danke")));
    view_self_sent(rq);
}

/* ---- by link ---- */

/* The record behind a link; 404 when it is gone. */
static const struct person_row *person_of(struct rq *rq, const struct token *token)
{
    rq->personal = true;
    return person_get(rq, token->subject_id);
}

static void back(struct rq *rq, enum msg note)
{
    rq_note(rq, note);
    rq_see_url(rq, token_page(rq, S("")));
}

void self_show(struct rq *rq, const struct token *token)
{
    struct self_page page = { .person = person_of(rq, token) };
    if (!page.person)
        return;
    for (size_t i = 0; person_purposes[i].n; i++)
        page.agrees[i] =
            person_consent_now(rq->db, rq->city->id, page.person->id, person_purposes[i]) != NULL;
    page.events = person_history(rq, page.person->id);
    rq_crumb(rq, t_person_self_mine(rq), token_page(rq, S("")));
    view_self_show(rq, &page);
}

static void step(struct rq *rq, struct tx *tx, const struct token *token, const char *verb)
{
    const struct person_row *p = person_of(rq, token);
    struct procedure_ask ask = { .procedure = &person_procedure,
                                 .verb = str_from_c(verb),
                                 .who = BY_LINK };
    if (!p)
        return;
    ask.id = p->id;
    if (procedure_take(rq, tx, &ask))
        back(rq, MSG_person_self_note);
}

static void act_confirm(struct rq *rq, struct tx *tx, const struct token *token)
{
    step(rq, tx, token, "confirm");
}

static void act_rest(struct rq *rq, struct tx *tx, const struct token *token)
{
    step(rq, tx, token, "rest");
}

static void act_resume(struct rq *rq, struct tx *tx, const struct token *token)
{
    step(rq, tx, token, "resume");
}

/* "Yes, keep it": the time until erasure begins anew. */
static void act_keep(struct rq *rq, struct tx *tx, const struct token *token)
{
    const struct person_row *p = person_of(rq, token);
    if (!p)
        return;
    person_touch(tx, rq->city->id, p->id);
    back(rq, MSG_person_self_kept);
}

/* Consents as they are ticked now: what is no longer ticked is withdrawn. */
static void act_agree(struct rq *rq, struct tx *tx, const struct token *token)
{
    const struct person_row *p = person_of(rq, token);
    struct person_input in = { .agree_keep = 0 };
    if (!p)
        return;
    if (!person_open(p)) {
        rq_conflict(rq);
        return;
    }
    rq_form(rq, person_agreeing, &in);
    in.f.mail = p->mail;
    in.agree_keep = 0;     /* whoever takes that back erases the record */
    in.agree_guardian = 0; /* is not theirs to give */
    if (!in.agree_propose)
        person_withdraw(rq, tx, p->id, S(PERSON_AGREES_PROPOSE));
    if (!in.agree_pass_on)
        person_withdraw(rq, tx, p->id, S(PERSON_AGREES_PASS_ON));
    person_agree_ticked(rq, tx, p->id, &in, S("web"));
    consent_confirm(rq, tx, S(PERSON_AGREES_PROPOSE), p->id); /* the link has shown who it is */
    consent_confirm(rq, tx, S(PERSON_AGREES_PASS_ON), p->id);
    back(rq, MSG_person_self_note);
}

static void show_edit(struct rq *rq, const struct person_form *f)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_person_self_mine(rq), token_page(rq, S("")));
    rq_crumb(rq, t_person_edit(rq), token_page(rq, S("aendern")));
    view_self_edit(rq, f);
}

static void edit(struct rq *rq, const struct token *token)
{
    const struct person_row *p = person_of(rq, token);
    if (!p)
        return;
    struct person_input in = person_form_of(rq, p);
    show_edit(rq, &in.f);
}

/* What the form does not ask stays as the office knows it. */
static void act_edit(struct rq *rq, struct tx *tx, const struct token *token)
{
    const struct person_row *p = person_of(rq, token);
    if (!p)
        return;
    struct person_form f = person_said(p);
    if (!read_form(rq, self_fields + 1, &f)) {
        show_edit(rq, &f);
        return;
    }
    f.never_fields &= ~f.like_fields;
    f.never_kinds &= ~f.like_kinds;
    person_form_keep_point(&f, p);
    struct person_arrival arrival = { .city_id = rq->city->id, .source = S("self") };
    if (person_save(tx, p->id, &arrival, &f))
        back(rq, MSG_person_self_note);
    else
        rq_conflict(rq);
}

static void leave(struct rq *rq, const struct token *token)
{
    const struct person_row *p = person_of(rq, token);
    if (!p)
        return;
    rq_crumb(rq, t_person_self_mine(rq), token_page(rq, S("")));
    rq_crumb(rq, t_person_self_erase(rq), token_page(rq, S("loeschen")));
    view_self_erase(rq, p);
}

static void act_leave(struct rq *rq, struct tx *tx, const struct token *token)
{
    const struct person_row *p = person_of(rq, token);
    if (!p)
        return;
    struct erasure e = {
        .app = rq->app, .city_id = rq->city->id, .id = p->id, .why = ERASE_BY_PERSON
    };
    erasure_do(tx, privacy_table_get(S("person")), &e);
    rq_note(rq, MSG_person_self_erased);
    rq_see_url(rq, link_to(rq, S("/mitmachen")));
}

const struct link_part self_parts[] = {
    { .name = "bestaetigen", .act = act_confirm },
    { .name = "aendern", .show = edit, .act = act_edit },
    { .name = "ruhen", .act = act_rest },
    { .name = "wieder", .act = act_resume },
    { .name = "behalten", .act = act_keep },
    { .name = "einwilligung", .act = act_agree },
    { .name = "loeschen", .show = leave, .act = act_leave },
    { 0 },
};
