/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office's pages of people: list, entry during a talk, one person with history and consents,
 * erasing. Neighbours: support.c (support needs), fields.c (the form), twin.c (known already?).
 */
#include "base/utf8.h"
#include "feature/appointment/appointment.h"
#include "feature/person/merge.h"
#include "feature/person/pages.h"
#include "feature/person/self.h"
#include "office.text.h"
#include "person.html.h"
#include "person.sql.web.h"
#include "person.text.h"
#include "web.text.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/erasure.h"
#include "web/export.h"
#include "web/vocab_label.h"

#define PER_PAGE 100
#define ALL      20000

void person_desk_crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_person_title(rq), link_to(rq, S("/buero/personen")));
}

/* ---- list ---- */

static struct person_filter filter_of(struct rq *rq)
{
    int64_t page = rq_param_int(rq, "page", 1);
    return (struct person_filter){ .q = rq_param(rq, "q"),
                                   .state = rq_param(rq, "state"),
                                   .field = rq_param(rq, "field"),
                                   .mine = rq_param(rq, "mine").n > 0,
                                   .page = page < 1 || page > 1000 ? 1 : page };
}

static struct person_list_in list_in(struct rq *rq, const struct person_filter *f)
{
    int field = vocab_find(&vocab_field, f->field);
    str folded = utf8_fold(rq->arena, f->q); /* leaves no wildcard */
    return (struct person_list_in){ .city = rq->city->id,
                                    .state = f->state,
                                    .field = field >= 0 ? (int64_t)vocab_bit(field) : 0,
                                    .worker = f->mine ? rq->who.account_id : 0,
                                    .pattern =
                                        str_fmt(rq->arena, "%%%.*s%%", STR_FMT(str_trim(folded))) };
}

/* GET /buero/personen */
void person_desk_list(struct rq *rq)
{
    struct person_listing list = { .filter = filter_of(rq) };
    struct person_list_in in = list_in(rq, &list.filter);
    in.limit = PER_PAGE + 1;
    in.offset = (list.filter.page - 1) * PER_PAGE;
    list.rows = person_list(rq->db, &in);
    const struct person_count_row *count =
        person_count(rq->db, &(struct person_count_in){ .city = in.city,
                                                        .state = in.state,
                                                        .field = in.field,
                                                        .worker = in.worker,
                                                        .pattern = in.pattern });
    list.total = count ? count->n : 0;
    list.more = list.rows.n > PER_PAGE;
    list.rows.n = list.more ? PER_PAGE : list.rows.n;
    person_desk_crumbs(rq);
    view_person_list(rq, &list);
}

/* POST /buero/personen/export: the list with its filters as a file. */
void person_desk_export(struct rq *rq, struct tx *tx)
{
    static const struct export_file file = { STR_INIT("personen"), STR_INIT("Personen"),
                                             STR_INIT("person.export"),
                                             STR_INIT("/buero/personen") };
    struct person_filter f = filter_of(rq);
    struct person_list_in in = list_in(rq, &f);
    in.limit = ALL;
    struct person_card_rows rows = person_list(rq->db, &in);
    person_card_export(rq, tx, &file, rows.v, rows.n);
}

/* ---- one ---- */

void person_desk_page(struct rq *rq, struct person_page *page)
{
    const struct person_row *p = page->person;
    struct person_form f = person_said(p);
    page->consents = person_consents(rq->db, rq->city->id, p->id);
    page->support = person_support_get(rq->db, rq->city->id, p->id);
    worker_load(rq, page);
    person_alike(rq, &f, p->id, &page->likes);
    procedure_view(rq, &person_procedure, p->id, &page->course);
    page->course.events = person_history(rq, p->id);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    person_desk_crumbs(rq);
    rq_crumb(rq, person_name(rq, p), link_id(rq, S("/buero/personen/"), p->id));
    view_person_page(rq, page);
}

/* GET /buero/personen/{id} */
void person_desk_show(struct rq *rq)
{
    struct person_page page = { .person = person_get(rq, rq_id(rq)) };
    if (!page.person)
        return;
    if (page.person->id != rq_id(rq))
        rq_moved(rq, link_id(rq, S("/buero/personen/"), page.person->id));
    else
        person_desk_page(rq, &page);
}

static void done(struct rq *rq, int64_t id, enum msg note)
{
    rq_note(rq, note);
    rq_see(rq, S("/buero/personen/"), id);
}

/* ---- entering and editing ---- */

static void show_form(struct rq *rq, const struct person_form_page *page)
{
    const struct person_row *p = page->stored;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    person_desk_crumbs(rq);
    if (p)
        rq_crumb(rq, person_name(rq, p), link_id(rq, S("/buero/personen/"), p->id));
    rq_crumb(rq, p ? t_person_edit(rq) : t_person_new(rq),
             p ? link_id_sub(rq, S("/buero/personen/"), p->id, S("/bearbeiten"))
               : link_to(rq, S("/buero/personen/neu")));
    view_person_form(rq, page);
}

/* GET /buero/personen/neu */
void person_desk_new(struct rq *rq)
{
    struct person_input in = { .agree_keep = 0 };
    int64_t appointment = rq_param_int(rq, "termin", 0);
    const struct appointment_row *b =
        appointment ? appointment_get(rq->db, rq->city->id, appointment) : NULL;
    if (b) { /* whoever has booked: what was typed then */
        in.f.name = b->name;
        in.f.mail = b->mail;
        in.f.phone = b->phone;
    }
    show_form(rq, &(struct person_form_page){ .input = &in, .appointment_id = b ? b->id : 0 });
}

/* Whether somebody of the town may be the same, and nobody has said that they are not. */
static bool known_already(struct rq *rq, struct person_form_page *page)
{
    if (rq_has_param(rq, "other"))
        return false;
    person_alike(rq, &page->input->f, 0, &page->likes);
    return page->likes.n > 0;
}

/* POST /buero/personen/neu */
void person_desk_create(struct rq *rq, struct tx *tx)
{
    struct person_input in = { .agree_keep = 0 };
    struct person_form_page page = { .input = &in,
                                     .appointment_id = rq_param_int(rq, "termin", 0) };
    person_form_read(rq, &in);
    if (!in.agree_keep)
        rq_error(rq, "agree_keep", t_person_error_keep(rq));
    if (rq_ok(rq) && known_already(rq, &page))
        rq_error(rq, NULL, t_person_known(rq));
    if (!rq_ok(rq)) {
        show_form(rq, &page);
        return;
    }
    in.f.lang = lang_info(rq->city->lang)->code;
    struct person_arrival arrival = { .city_id = rq->city->id, .account_id = rq->who.account_id };
    int64_t id = person_new(tx, &arrival, &in.f);
    person_agree_ticked(rq, tx, id, &in, S("office"));
    if (page.appointment_id)
        appointment_meet(rq, tx, page.appointment_id, id);
    done(rq, id, MSG_person_note_created);
}

/* GET /buero/personen/{id}/bearbeiten */
void person_desk_edit(struct rq *rq)
{
    const struct person_row *p = person_get(rq, rq_id(rq));
    if (!p)
        return;
    struct person_input in = person_form_of(rq, p);
    show_form(rq, &(struct person_form_page){ .input = &in, .stored = p });
}

/* POST /buero/personen/{id} */
void person_desk_save(struct rq *rq, struct tx *tx)
{
    const struct person_row *p = person_get(rq, rq_id(rq));
    struct person_input in = { .agree_keep = 0 };
    if (!p)
        return;
    if (!person_form_read(rq, &in)) {
        show_form(rq, &(struct person_form_page){ .input = &in, .stored = p });
        return;
    }
    in.f.lang = p->lang;
    person_form_keep_point(&in.f, p);
    struct person_arrival arrival = { .city_id = rq->city->id, .account_id = rq->who.account_id };
    if (!str_eq(in.f.mail, p->mail)) /* whoever reads the old address has no key any more */
        token_revoke(tx, rq->city->id, S(PERSON_LINK), p->id);
    if (person_save(tx, p->id, &arrival, &in.f))
        done(rq, p->id, MSG_person_note_saved);
    else
        rq_conflict(rq);
}

/* POST /buero/personen/{id}/schritt: rest, resume. */
void person_desk_step(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = procedure_asked(rq, &person_procedure);
    if (procedure_take(rq, tx, &ask))
        done(rq, ask.id, MSG_person_note_saved);
}

/* POST /buero/personen/{id}/einwilligung: `give` or `withdraw` names the purpose. */
void person_desk_agree(struct rq *rq, struct tx *tx)
{
    const struct person_row *p = person_get(rq, rq_id(rq));
    str give = rq_param(rq, "give");
    str withdraw = rq_param(rq, "withdraw");
    if (!p)
        return;
    if (!person_purpose_label(give) && !person_purpose_label(withdraw)) {
        rq_not_found(rq);
        return;
    }
    if (give.n)
        person_agree(rq, tx,
                     &(struct person_consent_given){
                         .person_id = p->id,
                         .mail = p->mail,
                         .purpose = give,
                         .channel = rq_has_param(rq, "paper") ? S("paper") : S("office") });
    else
        person_withdraw(rq, tx, p->id, withdraw);
    done(rq, p->id, MSG_person_note_saved);
}

/* POST /buero/personen/{id}/link: mails the person the link to their own record. */
void person_desk_link(struct rq *rq, struct tx *tx)
{
    const struct person_row *p = person_get(rq, rq_id(rq));
    if (!p)
        return;
    if (!mail_valid(p->mail) || !person_open(p)) {
        rq_conflict(rq);
        return;
    }
    self_mail_link(rq, tx, p);
    audit(rq, tx, S("person.link"), p->id, S(""));
    done(rq, p->id, MSG_person_note_linked);
}

/* ---- erasing ---- */

/* GET /buero/personen/{id}/loeschen: what goes, what stays. */
void person_desk_erase_show(struct rq *rq)
{
    const struct person_row *p = person_get(rq, rq_id(rq));
    if (!p)
        return;
    person_desk_crumbs(rq);
    rq_crumb(rq, person_name(rq, p), link_id(rq, S("/buero/personen/"), p->id));
    rq_crumb(rq, t_person_erase(rq), link_id_sub(rq, S("/buero/personen/"), p->id, S("/loeschen")));
    view_person_erase(rq, p);
}

/* POST /buero/personen/{id}/loeschen */
void person_desk_erase(struct rq *rq, struct tx *tx)
{
    const struct person_row *p = person_get(rq, rq_id(rq));
    if (!p)
        return;
    struct erasure e = {
        .app = rq->app, .city_id = rq->city->id, .id = p->id, .why = ERASE_BY_PERSON
    };
    erasure_do(tx, privacy_table_get(S("person")), &e);
    rq_note(rq, MSG_person_note_erased);
    rq_see_url(rq, link_to(rq, S("/buero/personen")));
}

/* ---- words ---- */

static void add(struct out *o, str text)
{
    if (o->n && text.n)
        OUT(o, " · ");
    out_str(o, text);
}

bool person_has_wishes(const struct person_row *p)
{
    return p->like_fields | p->like_kinds | p->like_targets | p->rather_not_fields |
           p->rather_not_kinds | p->rather_not_targets | p->never_fields | p->never_kinds |
           p->never_targets | p->grid | p->hours_week | p->times | p->place_kinds | p->mobility |
           p->reach_km | (int64_t)(p->team.n + p->starts_on.n + p->ends_on.n);
}

bool person_has_gifts(const struct person_row *p)
{
    return p->languages.n + p->skills.n + p->experience.n + p->motivation.n + p->certificate.n +
           p->employment.n + p->heard_from.n;
}

str person_likings(const struct rq *rq, int64_t fields, int64_t kinds, int64_t targets)
{
    struct out o = out_new(rq->arena, 16384);
    add(&o, vocab_labels(rq, &vocab_field, fields));
    add(&o, vocab_labels(rq, &vocab_kind, kinds));
    add(&o, vocab_labels(rq, &vocab_target, targets));
    return out_text(&o);
}

str person_age_words(const struct rq *rq, int64_t birth_year, str age_band)
{
    if (birth_year)
        return t_person_born(rq, str_fmt(rq->arena, "%lld", (long long)birth_year));
    return age_band.n ? vocab_label_of(rq, &vocab_age_band, age_band) : S("");
}

str person_hours(const struct rq *rq, int64_t tenths)
{
    if (tenths % 10 == 0)
        return str_fmt(rq->arena, "%lld", (long long)(tenths / 10));
    return str_fmt(rq->arena, "%lld%s%lld", (long long)(tenths / 10),
                   rq->lang == LANG_EN ? "." : ",", (long long)(tenths % 10));
}

const str person_purposes[] = { STR_INIT(PERSON_AGREES_KEEP), STR_INIT(PERSON_AGREES_PROPOSE),
                                STR_INIT(PERSON_AGREES_PASS_ON), STR_INIT(PERSON_AGREES_GUARDIAN),
                                STR_INIT("") };

enum msg person_purpose_label(str purpose)
{
    static const enum msg labels[] = { MSG_person_agrees_keep, MSG_person_agrees_propose,
                                       MSG_person_agrees_pass_on, MSG_person_agrees_guardian };
    for (size_t i = 0; person_purposes[i].n; i++)
        if (str_eq(person_purposes[i], purpose))
            return labels[i];
    return 0;
}

const struct person_consent *person_holds(const struct person_page *page, str purpose)
{
    for (size_t i = 0; i < page->consents.n; i++) {
        const struct person_consent *c = &page->consents.v[i];
        if (str_eq(c->purpose, purpose) && c->confirmed_at && !c->withdrawn_at)
            return c;
    }
    return NULL;
}
