/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who takes part in a programme: taking somebody in, what they bring and wish, the consent, the
 * sealed note. Both sides are person records; here is only what the programme asks beside them.
 */
#include "base/utf8.h"
#include "feature/consent/consent.h"
#include "feature/mentoring/pages.h"
#include "mentoring.html.h"
#include "mentoring.text.h"
#include "web.text.h"
#include "web/audit.h"
#include "web/seal.h"

#define ROOM_MOST   9
#define NOTE_MOST   2000
#define ANSWER_MOST 300

#define LINE(member, kind, text, ...) \
    FIELD(struct mentoring_profile_form, member, kind, text, ##__VA_ARGS__)

const struct field mentoring_profile_fields[] = {
    LINE(topics, BITS, MSG_mentoring_field_topics, .vocab = &vocab_mentoring_topic),
    LINE(languages, BITS, MSG_mentoring_field_languages, .required = true, .vocab = &vocab_language,
         .hint = MSG_mentoring_field_languages_hint),
    LINE(grid, GRID, MSG_mentoring_field_grid, .vocab = &vocab_grid),
    LINE(wish_gender, CODE, MSG_mentoring_field_wish_gender, .vocab = &vocab_gender,
         .hint = MSG_mentoring_field_wish_gender_hint),
    LINE(wish, TEXT, MSG_mentoring_field_wish, .hint = MSG_mentoring_field_wish_hint),
    LINE(room, INT, MSG_mentoring_field_room, .required = true, .min = 1, .max = ROOM_MOST,
         .hint = MSG_mentoring_field_room_hint),
    LINE(agreed, CODE, MSG_mentoring_field_agreed, .vocab = &vocab_given,
         .hint = MSG_mentoring_field_agreed_hint),
    { 0 },
};

/* ---- the record ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct mentoring_profile_row *p = mentoring_profile_get(rq->db, rq->city->id, id);
    if (!p)
        return false;
    record->title = p->name.n ? p->name : t_mentoring_erased(rq);
    record->state = p->state;
    record->page = link_id(rq, S("/buero/mentoring/profile/"), id);
    return true;
}

const struct record_kind mentoring_profile_record = {
    .name = "mentoring_profile",
    .label = MSG_mentoring_profile,
    .permission = PERM_person_handle,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct mentoring_profile_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return mentoring_profile_set_state(tx, &in) == 1;
}

/* Whoever is in a pair stays until that is over. */
static enum msg guard_close(struct rq *rq, const struct procedure_at *at)
{
    const struct mentoring_profile_row *p =
        mentoring_profile_get(rq->db, rq->city->id, at->record->id);
    return p && p->pairs ? MSG_mentoring_not_paired : 0;
}

static const struct procedure_state states[] = {
    { "open", MSG_mentoring_profile_open, .starts = true },
    { "resting", MSG_mentoring_profile_resting },
    { "closed", MSG_mentoring_profile_closed },
    { 0 },
};

#define STEP(name, a, b)                                                     \
    .verb = #name, .from = a, .to = b, .who = BY_PERSON | BY_JOB,            \
    .permission = PERM_person_handle, .label = MSG_mentoring_profile_##name, \
    .past = MSG_mentoring_profile_past_##name

static const struct procedure_step steps[] = {
    { .verb = "begin", .from = "", .past = MSG_mentoring_profile_past_begin },
    { .verb = "change", .from = "", .past = MSG_mentoring_profile_past_change },
    { .verb = "agree", .from = "", .past = MSG_mentoring_profile_past_agree },
    { STEP(rest, "open", "resting") },
    { STEP(resume, "resting", "open") },
    { STEP(close, "open", "closed"), .guard = guard_close },
    { STEP(close, "resting", "closed"), .guard = guard_close },
    { 0 },
};

const struct procedure mentoring_profile_procedure = {
    .record = &mentoring_profile_record,
    .states = states,
    .steps = steps,
    .move = move,
};

static void note(const struct rq *rq, struct tx *tx, int64_t id, const char *verb)
{
    bool fresh = str_eq(str_from_c(verb), S("begin"));
    procedure_record(tx, &(struct procedure_entry){ .procedure = &mentoring_profile_procedure,
                                                    .city_id = rq->city->id,
                                                    .id = id,
                                                    .account_id = rq->who.account_id,
                                                    .verb = str_from_c(verb),
                                                    .from = S(""),
                                                    .to = fresh ? S("open") : S(""),
                                                    .note = S("") });
}

/* ---- questions of the programme ---- */

/* What was answered to that question; empty: nothing. */
static str answer_to(str answers, str question)
{
    str asked;
    str said;
    while (str_next(&answers, '\n', &asked) && str_next(&answers, '\n', &said))
        if (str_eq(asked, question))
            return said;
    return S("");
}

struct mentoring_answers mentoring_answers_of(str questions, str answers)
{
    struct mentoring_answers a = { .n = 0 };
    str line;
    while (a.n < MENTORING_QUESTIONS && str_next(&questions, '\n', &line)) {
        str question = str_trim(line);
        if (question.n)
            a.v[a.n++] = (struct mentoring_answer_line){ question, answer_to(answers, question) };
    }
    return a;
}

/* What was typed, as it is kept: a line for the question, one for the answer. */
static str read_answers(struct rq *rq, struct mentoring_answers *a)
{
    struct out o = out_new(rq->arena, 8192);
    for (size_t i = 0; i < a->n; i++) {
        const char *name = str_to_c(rq->arena, str_fmt(rq->arena, "frage-%zu", i));
        str said = str_trim(utf8_clean(rq->arena, rq_param(rq, name)));
        ptrdiff_t end = str_find_byte(said, '\n');
        a->v[i].answer = utf8_cut(end < 0 ? said : str_slice(said, 0, (size_t)end), ANSWER_MOST);
        if (!a->v[i].answer.n)
            continue;
        out_str(&o, a->v[i].question);
        out_char(&o, '\n');
        out_str(&o, a->v[i].answer);
        out_char(&o, '\n');
    }
    return out_text(&o);
}

/* ---- storing ---- */

static void agree(struct rq *rq, struct tx *tx, const struct mentoring_profile_row *p, str channel)
{
    if (person_consent_now(rq->db, rq->city->id, p->person_id, S(MENTORING_AGREES)))
        return;
    consent_give(rq, tx,
                 &(struct consent_wish){ .purpose = S(MENTORING_AGREES),
                                         .subject_id = p->person_id,
                                         .mail = p->mail,
                                         .words = mentoring_consent_words(rq),
                                         .channel = channel });
    note(rq, tx, p->id, "agree");
}

static enum msg objection(struct rq *rq, const struct mentoring_place *w)
{
    const struct mentoring_programme_row *g =
        mentoring_programme_get(rq->db, rq->city->id, w->programme_id);
    const struct person_row *p = person_find(rq->db, rq->city->id, w->person_id);
    str side = w->mentor ? S("mentor") : S("mentee");
    if (!g || !str_eq(g->state, S("open")))
        return MSG_mentoring_not_open;
    if (!p || !person_open(p))
        return MSG_mentoring_not_person;
    struct mentoring_profile_open_in in = {
        .city = rq->city->id, .programme = w->programme_id, .person = w->person_id, .side = side
    };
    return mentoring_profile_open(rq->db, &in) ? MSG_mentoring_not_twice : 0;
}

int64_t mentoring_profile_new(struct rq *rq, struct tx *tx, const struct mentoring_place *place,
                              const struct mentoring_profile_form *f, enum msg *why_not)
{
    int64_t id = db_new_id();
    *why_not = objection(rq, place);
    if (*why_not)
        return 0;
    struct mentoring_profile_insert_in in = {
        .id = id,
        .city = rq->city->id,
        .programme = place->programme_id,
        .person = place->person_id,
        .side = place->mentor ? S("mentor") : S("mentee"),
        .topics = f->topics,
        .languages = f->languages,
        .grid = f->grid,
        .wish_gender = f->wish_gender,
        .wish = f->wish,
        .answers = f->answers,
        .note = seal_close(rq->app, tx, (struct seal_place){ MENTORING_NOTE, id }, S("")),
        .room = f->room,
        .at = tx->now
    };
    mentoring_profile_insert(tx, &in);
    note(rq, tx, id, "begin");
    const struct mentoring_profile_row *p = mentoring_profile_get(rq->db, rq->city->id, id);
    if (p && f->agreed.n)
        agree(rq, tx, p, f->agreed);
    return id;
}

/* ---- forms ---- */

static bool read_form(struct rq *rq, struct mentoring_profile_page *page)
{
    rq_form(rq, mentoring_profile_fields, &page->form);
    page->form.answers = read_answers(rq, &page->answers);
    return rq_ok(rq);
}

static void show_form(struct rq *rq, struct mentoring_profile_page *page)
{
    const struct mentoring_programme_row *g = page->programme;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    mentoring_programme_crumb(rq, g->id, g->title);
    if (page->profile) {
        rq_crumb(rq, page->profile->name,
                 link_id(rq, S("/buero/mentoring/profile/"), page->profile->id));
        rq_crumb(
            rq, t_mentoring_edit(rq),
            link_id_sub(rq, S("/buero/mentoring/profile/"), page->profile->id, S("/bearbeiten")));
    } else {
        rq_crumb(rq, t_mentoring_take_in(rq),
                 link_id_sub(rq, S("/buero/mentoring/"), g->id, S("/aufnehmen")));
    }
    view_mentoring_profile_form(rq, page);
}

/* "de:native tr:b1" of the person's record: what they speak, however well. */
static int64_t spoken(str codes)
{
    struct language_levels levels;
    str unknown;
    uint64_t bits = 0;
    languages_parse(codes, &levels, &unknown);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (levels.level[i])
            bits |= vocab_bit(i);
    return (int64_t)bits;
}

/* What the person's own record says already. */
static void begin_with(struct mentoring_profile_page *page)
{
    page->form = (struct mentoring_profile_form){
        .languages = spoken(page->person->languages),
        .grid = page->person->grid,
        .room = 1,
    };
    page->answers = mentoring_answers_of(page->programme->questions, S(""));
}

/* Programme, side and person of the address; 404 where one of them is not there. */
static bool find_fresh(struct rq *rq, struct mentoring_profile_page *page)
{
    str side = rq_param(rq, "side");
    int64_t id = rq_param_int(rq, "person", 0);
    page->programme = mentoring_programme_of(rq, rq_id(rq));
    page->mentor = !str_eq(side, S("mentee"));
    if (!page->programme)
        return false;
    page->person = id ? person_find(rq->db, rq->city->id, id) : NULL;
    if (!id || (page->person && person_open(page->person)))
        return true;
    rq_not_found(rq);
    return false;
}

/* GET /buero/mentoring/{id}/aufnehmen?side=mentor: who it is, then what they bring. */
void mentoring_profile_fresh(struct rq *rq)
{
    struct mentoring_profile_page page = { .q = rq_param(rq, "q") };
    if (!find_fresh(rq, &page))
        return;
    if (page.person) {
        begin_with(&page);
    } else {
        str folded = utf8_fold(rq->arena, page.q); /* which leaves no wildcard */
        struct mentoring_people_in in = { .city = rq->city->id,
                                          .pattern = str_fmt(rq->arena, "%%%.*s%%",
                                                             STR_FMT(str_trim(folded))),
                                          .programme = page.programme->id,
                                          .side = page.mentor ? S("mentor") : S("mentee") };
        page.people = mentoring_people(rq->db, &in);
    }
    show_form(rq, &page);
}

/* POST /buero/mentoring/{id}/aufnehmen */
void mentoring_profile_create(struct rq *rq, struct tx *tx)
{
    enum msg why = 0;
    struct mentoring_profile_page page = { 0 };
    if (!find_fresh(rq, &page))
        return;
    if (!page.person) {
        rq_not_found(rq);
        return;
    }
    page.answers = mentoring_answers_of(page.programme->questions, S(""));
    struct mentoring_place place = { page.programme->id, page.person->id, page.mentor };
    int64_t id = read_form(rq, &page) ? mentoring_profile_new(rq, tx, &place, &page.form, &why) : 0;
    if (why)
        rq_error(rq, NULL, text_of(rq, why));
    if (!id) {
        show_form(rq, &page);
        return;
    }
    rq_note(rq, MSG_mentoring_note_taken_in);
    rq_see(rq, S("/buero/mentoring/profile/"), id);
}

/* ---- one ---- */

static const struct mentoring_profile_row *addressed(struct rq *rq)
{
    const struct mentoring_profile_row *p = mentoring_profile_get(rq->db, rq->city->id, rq_id(rq));
    if (p && !p->erased_at)
        return p;
    rq_not_found(rq);
    return NULL;
}

static void show(struct rq *rq, struct mentoring_profile_view *v)
{
    const struct mentoring_profile_row *p = v->profile;
    const struct person_row *person = person_find(rq->db, rq->city->id, p->person_id);
    v->answers = mentoring_answers_of(p->questions, p->answers);
    v->pairs = mentoring_pairs_of(rq->db, rq->city->id, p->id);
    v->agreed = mentoring_agreed(rq, p->person_id);
    v->child = person && person_is_child(person, clock_today());
    if (!procedure_view(rq, &mentoring_profile_procedure, p->id, &v->course))
        return;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    mentoring_programme_crumb(rq, p->programme_id, p->title);
    rq_crumb(rq, v->course.record.title, v->course.record.page);
    view_mentoring_profile_show(rq, v);
}

/* GET /buero/mentoring/profile/{id} */
void mentoring_profile_show(struct rq *rq)
{
    struct mentoring_profile_view v = { .profile = addressed(rq) };
    if (v.profile)
        show(rq, &v);
}

/* GET /buero/mentoring/profile/{id}/bearbeiten */
void mentoring_profile_edit(struct rq *rq)
{
    struct mentoring_profile_page page = { .profile = addressed(rq) };
    if (!page.profile)
        return;
    const struct mentoring_profile_row *p = page.profile;
    page.programme = mentoring_programme_of(rq, p->programme_id);
    page.person = person_find(rq->db, rq->city->id, p->person_id);
    page.mentor = str_eq(p->side, S("mentor"));
    page.answers = mentoring_answers_of(p->questions, p->answers);
    page.form = (struct mentoring_profile_form){ .topics = p->topics,
                                                 .languages = p->languages,
                                                 .grid = p->grid,
                                                 .wish_gender = p->wish_gender,
                                                 .wish = p->wish,
                                                 .room = p->room };
    if (page.programme)
        show_form(rq, &page);
}

/* POST /buero/mentoring/profile/{id} */
void mentoring_profile_save(struct rq *rq, struct tx *tx)
{
    struct mentoring_profile_page page = { .profile = addressed(rq) };
    if (!page.profile)
        return;
    const struct mentoring_profile_row *p = page.profile;
    page.programme = mentoring_programme_of(rq, p->programme_id);
    page.person = person_find(rq->db, rq->city->id, p->person_id);
    page.mentor = str_eq(p->side, S("mentor"));
    page.answers = mentoring_answers_of(p->questions, p->answers);
    if (!page.programme)
        return;
    if (!read_form(rq, &page)) {
        show_form(rq, &page);
        return;
    }
    struct mentoring_profile_update_in in = { .topics = page.form.topics,
                                              .languages = page.form.languages,
                                              .grid = page.form.grid,
                                              .wish_gender = page.form.wish_gender,
                                              .wish = page.form.wish,
                                              .answers = page.form.answers,
                                              .room = page.form.room,
                                              .at = tx->now,
                                              .city = rq->city->id,
                                              .id = p->id };
    if (mentoring_profile_update(tx, &in) != 1) {
        rq_conflict(rq);
        return;
    }
    note(rq, tx, p->id, "change");
    if (page.form.agreed.n)
        agree(rq, tx, p, page.form.agreed);
    rq_note(rq, MSG_mentoring_note_saved);
    rq_see(rq, S("/buero/mentoring/profile/"), p->id);
}

/* POST /buero/mentoring/profile/{id}/schritt */
void mentoring_profile_step(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = procedure_asked(rq, &mentoring_profile_procedure);
    if (!procedure_take(rq, tx, &ask))
        return;
    rq_note(rq, MSG_mentoring_note_saved);
    rq_see(rq, S("/buero/mentoring/profile/"), ask.id);
}

/* POST /buero/mentoring/profile/{id}/einwilligung: `give` says how, else it is withdrawn. */
void mentoring_profile_agree(struct rq *rq, struct tx *tx)
{
    const struct mentoring_profile_row *p = addressed(rq);
    str give = rq_param(rq, "give");
    if (!p)
        return;
    if (vocab_find(&vocab_given, give) >= 0)
        agree(rq, tx, p, give);
    else
        consent_withdraw(rq, tx, S(MENTORING_AGREES), p->person_id);
    rq_note(rq, MSG_mentoring_note_saved);
    rq_see(rq, S("/buero/mentoring/profile/"), p->id);
}

/* ---- the sealed note ---- */

/* POST /buero/mentoring/profile/{id}/notiz: the page with the note opened; it is noted who reads.
 */
void mentoring_profile_note(struct rq *rq, struct tx *tx)
{
    struct mentoring_profile_view v = { .profile = addressed(rq), .opened = true };
    if (!v.profile)
        return;
    seal_note_reading(rq, tx, MENTORING_NOTE, v.profile->id);
    struct seal_place place = { MENTORING_NOTE, v.profile->id };
    if (!seal_open(rq->app, rq->arena, place, v.profile->note, &v.note))
        v.note = t_mentoring_note_unreadable(rq);
    show(rq, &v);
}

/* POST /buero/mentoring/profile/{id}/notiz/speichern */
void mentoring_profile_note_save(struct rq *rq, struct tx *tx)
{
    struct mentoring_profile_view v = { .profile = addressed(rq), .opened = true };
    if (!v.profile)
        return;
    v.note = str_trim(utf8_clean(rq->arena, rq_param(rq, "note")));
    if (utf8_count(v.note) > NOTE_MOST) {
        rq_error(rq, "note", t_form_error_long(rq, NOTE_MOST));
        show(rq, &v);
        return;
    }
    struct seal_place place = { MENTORING_NOTE, v.profile->id };
    struct mentoring_profile_set_note_in in = { .note = seal_close(rq->app, tx, place, v.note),
                                                .at = tx->now,
                                                .city = rq->city->id,
                                                .id = v.profile->id };
    mentoring_profile_set_note(tx, &in);
    audit(rq, tx, S("mentoring.note"), v.profile->id, S(""));
    rq_note(rq, MSG_mentoring_note_saved);
    rq_see(rq, S("/buero/mentoring/profile/"), v.profile->id);
}
