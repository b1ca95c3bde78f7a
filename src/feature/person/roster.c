/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The pages on which the office takes a list of people in: upload, columns, who is known already,
 * result. The list itself is taken in roster_take.c, before the request's own transaction. Tables:
 * person_file, person_line, person_roster.
 */
#include "feature/person/roster.h"

#include "exchange.text.h"
#include "feature/person/pages.h"
#include "feature/person/roster_page.h"
#include "person.html.h"
#include "person.text.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/erasure.h"
#include "web/job.h"

#define PER_PAGE  20
#define LINES     200
#define NAME_MOST 60

const struct field roster_fields[] = {
    FIELD(struct roster_form, file, TEXT, MSG_exchange_field_file, .required = true),
    FIELD(struct roster_form, name, TEXT, MSG_exchange_field_name, .required = true,
          .max = NAME_MOST, .hint = MSG_person_roster_name_hint),
    FIELD(struct roster_form, assured, BOOL, MSG_person_roster_assured,
          .hint = MSG_person_roster_assured_hint),
    { 0 },
};

static void crumbs(struct rq *rq)
{
    person_desk_crumbs(rq);
    rq_crumb(rq, t_person_roster_title(rq), link_to(rq, S(ROSTER)));
}

/* The file of the address; NULL, with 404 said, when there is none. */
static const struct person_file_row *file_of(struct rq *rq)
{
    const struct person_file_row *f = person_file_get(rq->db, rq->city->id, rq_id(rq));
    if (!f)
        rq_not_found(rq);
    return f;
}

static void see_file(struct rq *rq, int64_t id)
{
    rq_see(rq, S(ROSTER "/"), id);
}

static str bytes_of(struct rq *rq, int64_t id)
{
    const struct person_file_content *b = person_file_bytes(rq->db, rq->city->id, id);
    return b ? b->bytes : S("");
}

/* ---- words ---- */

str roster_page_title(const struct rq *rq, const struct roster_page *page)
{
    return str_eq(page->file->state, S("applied")) ? t_exchange_result_title(rq)
                                                   : t_exchange_preview_title(rq);
}

str roster_state(const struct rq *rq, str state)
{
    if (str_eq(state, S("applied")))
        return t_exchange_state_applied(rq);
    return str_eq(state, S("checked")) ? t_exchange_state_checked(rq)
                                       : t_exchange_state_columns(rq);
}

str roster_outcome_label(const struct rq *rq, enum roster_outcome outcome)
{
    static const enum msg labels[] = {
        [ROSTER_NEW] = MSG_exchange_outcome_new,
        [ROSTER_CHANGED] = MSG_exchange_outcome_changed,
        [ROSTER_SAME] = MSG_exchange_outcome_same,
        [ROSTER_KEPT] = MSG_exchange_outcome_same,
        [ROSTER_ALIKE] = MSG_person_roster_undecided_one,
        [ROSTER_LEFT] = MSG_exchange_left_out,
        [ROSTER_FAILED] = MSG_exchange_refused,
    };
    return text_of(rq, labels[outcome]);
}

str roster_control(const struct rq *rq, int64_t line)
{
    return str_fmt(rq->arena, "z%lld", (long long)line);
}

str roster_take_value(const struct rq *rq, int64_t person_id)
{
    return str_fmt(rq->arena, "take-%lld", (long long)person_id);
}

struct roster_others roster_others(struct rq *rq, const struct person_line_row *line)
{
    struct roster_others others = { .n = 0 };
    str rest = line->others;
    str id, reasons;
    while (others.n < PERSON_LIKES && str_next(&rest, ' ', &id) && str_next(&rest, ' ', &reasons)) {
        struct roster_other *o = &others.v[others.n];
        int64_t number = 0;
        if (!str_to_i64(id, &number) || !str_to_i64(reasons, &o->reasons))
            break;
        o->person = person_find(rq->db, rq->city->id, number);
        others.n += o->person && person_open(o->person);
    }
    return others;
}

/* ---- upload ---- */

static void show_start(struct rq *rq)
{
    crumbs(rq);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_roster_start(rq, person_file_list(rq->db, rq->city->id));
}

/* GET /buero/personen/einlesen */
void roster_start(struct rq *rq)
{
    show_start(rq);
}

void roster_upload_prepare(struct rq *rq)
{
    struct table_upload *up = NEW(rq->arena, struct table_upload);
    *up = table_upload(rq);
    if (!up->refused.n && sample_of(rq->arena, up->bytes).n < 2)
        up->refused = t_exchange_error_unknown(rq);
    rq->prepared = up;
}

/* POST /buero/personen/einlesen */
void roster_upload(struct rq *rq, struct tx *tx)
{
    const struct table_upload *up = rq->prepared;
    if (up->refused.n) {
        rq_error(rq, "file", up->refused);
        show_start(rq);
        return;
    }
    struct person_file_insert_in in = { .id = db_new_id(),
                                        .city = rq->city->id,
                                        .account = rq->who.account_id,
                                        .name = up->name,
                                        .bytes = up->bytes,
                                        .size = (int64_t)up->bytes.n,
                                        .at = tx->now };
    person_file_insert(tx, &in);
    rq_see_url(rq, link_id_sub(rq, S(ROSTER "/"), in.id, S("/spalten")));
}

/* ---- columns ---- */

/* What was assigned as text, a line for each column: name, tab, target. */
static str columns_text(struct arena *a, const struct roster_columns *columns)
{
    struct out o = out_new(a, 0);
    for (size_t i = 0; i < columns->sample->n; i++)
        if (columns->targets[i])
            out_fmt(&o, "%.*s\t%s\n", STR_FMT(columns->sample->v[i].name),
                    columns->targets[i]->name);
    return out_text(&o);
}

static int column_of(const struct sample *sample, str name)
{
    for (size_t i = 0; i < sample->n; i++)
        if (str_eq(sample->v[i].name, name))
            return (int)i;
    return -1;
}

/* The other way round; false when the file lacks one of the columns. */
static bool columns_read(struct arena *a, struct roster_columns *columns, str text)
{
    str line, name;
    columns->targets = NEW_ARRAY(a, columns->sample->n + 1, const struct assign_target *);
    while (str_next(&text, '\n', &line)) {
        if (!line.n || !str_next(&line, '\t', &name))
            continue;
        int at = column_of(columns->sample, name);
        if (at < 0)
            return false;
        columns->targets[at] = assign_find_in(roster_targets, line);
    }
    return true;
}

/* As the file was read before; else as the newest list that has its columns; else a guess. */
static void beginning(struct rq *rq, const struct person_file_row *f,
                      struct roster_columns *columns, struct roster_form *form)
{
    *form = (struct roster_form){ .name = f->list, .assured = f->assured };
    if (f->columns.n && columns_read(rq->arena, columns, f->columns))
        return;
    struct person_roster_row_rows lists = person_roster_all(rq->db, rq->city->id);
    for (size_t i = 0; i < lists.n; i++)
        if (columns_read(rq->arena, columns, lists.v[i].columns)) {
            form->name = lists.v[i].name;
            return;
        }
    columns->targets = assign_guess_in(rq->arena, columns->sample, roster_targets);
}

static void show_columns(struct rq *rq, const struct person_file_row *f,
                         const struct roster_columns *columns, const struct roster_form *form)
{
    crumbs(rq);
    rq_crumb(rq, f->name, link_id(rq, S(ROSTER "/"), f->id));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_roster_columns(rq, f, columns, form);
}

/* GET /buero/personen/einlesen/{id}/spalten */
void roster_columns_show(struct rq *rq)
{
    const struct person_file_row *f = file_of(rq);
    struct roster_form form;
    if (!f)
        return;
    if (str_eq(f->state, S("applied"))) {
        see_file(rq, f->id);
        return;
    }
    struct sample sample = sample_of(rq->arena, bytes_of(rq, f->id));
    struct roster_columns columns = { .sample = &sample };
    beginning(rq, f, &columns, &form);
    show_columns(rq, f, &columns, &form);
}

/* What was assigned on the page, and what a trial of it told. */
struct assigned {
    struct sample sample;
    struct roster_columns columns;
    struct roster_form form;
    struct roster roster;
    bool tried;
    str refused;
};

static void read_assignment(struct rq *rq, struct assigned *got)
{
    rq_form(rq, form_field(roster_fields, "name"), &got->form);
    for (size_t i = 0; i < got->sample.n; i++) {
        const char *name = str_to_c(rq->arena, str_fmt(rq->arena, "c%zu", i));
        got->columns.targets[i] = assign_find_in(roster_targets, rq_param(rq, name));
    }
    if (got->form.name.n && !roster_source(rq->arena, got->form.name).n)
        rq_error(rq, "name", t_exchange_error_name(rq));
    if (!roster_has(&got->columns, "name") && !roster_has(&got->columns, "last_name"))
        rq_error(rq, NULL, t_person_roster_error_no_name(rq));
    if (!roster_has(&got->columns, "mail") && !roster_has(&got->columns, "phone") &&
        !roster_has(&got->columns, "mobile") && !roster_has(&got->columns, "street"))
        rq_error(rq, NULL, t_person_roster_error_no_contact(rq));
    if (!got->form.assured && !roster_has(&got->columns, "keep_on"))
        rq_error(rq, "assured", t_person_roster_error_assured(rq));
}

/* Runs the list, for good or as a trial; why it could not be, in the page's words. */
static str run(struct rq *rq, struct roster *r, bool keep)
{
    enum err e = roster_take(r, keep);
    if (e == ERR_INVALID)
        return t_exchange_error_broken(rq, import_said(rq, r->problem));
    return e == ERR_OK ? S("") : t_exchange_error_engine(rq);
}

void roster_assign_prepare(struct rq *rq)
{
    struct assigned *got = NEW(rq->arena, struct assigned);
    const struct person_file_row *f = person_file_get(rq->db, rq->city->id, rq_id(rq));
    rq->prepared = got;
    if (!f || str_eq(f->state, S("applied")))
        return;
    str bytes = bytes_of(rq, f->id);
    got->sample = sample_of(rq->arena, bytes);
    got->columns = (struct roster_columns){ &got->sample, NEW_ARRAY(rq->arena, got->sample.n + 1,
                                                                    const struct assign_target *) };
    read_assignment(rq, got);
    if (!got->sample.n || !rq_ok(rq))
        return;
    got->roster = (struct roster){ .rq = rq,
                                   .name = f->name,
                                   .bytes = bytes,
                                   .source = roster_source(rq->arena, got->form.name),
                                   .columns = got->columns,
                                   .assured = got->form.assured != 0 };
    got->refused = run(rq, &got->roster, false);
    got->tried = !got->refused.n;
}

/* In place of what was told before. */
static void put_lines(struct tx *tx, int64_t city_id, int64_t id, const struct roster *r)
{
    person_lines_delete(tx, city_id, id);
    for (size_t i = 0; i < r->lines.n; i++) {
        const struct roster_line *l = &r->lines.v[i];
        person_line_insert(
            tx, &(struct person_line_insert_in){ .id = db_new_id(),
                                                 .city = city_id,
                                                 .file = id,
                                                 .line = l->line,
                                                 .outcome = roster_outcome_code(l->outcome),
                                                 .name = l->name,
                                                 .said = l->text,
                                                 .others = l->others });
    }
}

#define COUNTS(r)                                                             \
    .fresh = (r)->counts[ROSTER_NEW], .changed = (r)->counts[ROSTER_CHANGED], \
    .same = (r)->counts[ROSTER_SAME], .kept = (r)->counts[ROSTER_KEPT],       \
    .alike = (r)->counts[ROSTER_ALIKE], .left_out = (r)->counts[ROSTER_LEFT], \
    .failed = (r)->counts[ROSTER_FAILED]

static void put_trial(struct rq *rq, struct tx *tx, int64_t id, const struct assigned *got)
{
    str columns = columns_text(rq->arena, &got->columns);
    struct person_file_checked_in in = { .list = got->form.name,
                                         .source = got->roster.source,
                                         .columns = columns,
                                         .assured = got->form.assured,
                                         COUNTS(&got->roster),
                                         .city = rq->city->id,
                                         .id = id };
    if (person_file_checked(tx, &in) != 1)
        return;
    put_lines(tx, rq->city->id, id, &got->roster);
    person_roster_save(tx, &(struct person_roster_save_in){ .id = db_new_id(),
                                                            .city = rq->city->id,
                                                            .name = got->form.name,
                                                            .source = got->roster.source,
                                                            .columns = columns,
                                                            .at = tx->now });
    audit(rq, tx, S("person.roster_columns"), id, S(""));
}

/* POST /buero/personen/einlesen/{id}/spalten */
void roster_assign(struct rq *rq, struct tx *tx)
{
    struct assigned *got = rq->prepared;
    const struct person_file_row *f = file_of(rq);
    if (!f)
        return;
    if (!got->sample.n) {
        see_file(rq, f->id);
        return;
    }
    if (!got->tried) {
        read_assignment(rq, got); /* what prepare found wrong is said here, once more */
        if (got->refused.n)
            rq_error(rq, NULL, got->refused);
        show_columns(rq, f, &got->columns, &got->form);
        return;
    }
    put_trial(rq, tx, f->id, got);
    see_file(rq, f->id);
}

/* ---- preview, decisions ---- */

/* What the file would do, with what was decided since it was tried. */
static void count(struct rq *rq, struct roster_page *p)
{
    const struct person_file_row *f = p->file;
    struct person_line_count_rows rows = person_line_counts(rq->db, rq->city->id, f->id);
    *p = (struct roster_page){ .file = f,
                               .fresh = f->fresh,
                               .changed = f->changed,
                               .same = f->same + f->kept,
                               .left = f->failed + f->left_out,
                               .alike = f->alike,
                               .undecided = f->alike };
    for (size_t i = 0; i < rows.n && !str_eq(f->state, S("applied")); i++) {
        const struct person_line_count *c = &rows.v[i];
        int64_t *to = str_eq(c->choice, S("new"))     ? &p->fresh
                      : str_eq(c->choice, S("take"))  ? &p->changed
                      : str_eq(c->choice, S("leave")) ? &p->left
                                                      : NULL;
        if (!to)
            continue;
        *to += c->n;
        p->undecided -= c->n;
    }
}

static struct person_lines_in lines_in(struct rq *rq, int64_t id, bool alike)
{
    return (struct person_lines_in){
        .city = rq->city->id, .file = id, .alike = alike, .limit = alike ? PER_PAGE + 1 : LINES
    };
}

static void show_file(struct rq *rq, const struct person_file_row *f)
{
    struct roster_page page = { .file = f };
    count(rq, &page);
    page.page = rq_param_int(rq, "page", 1);
    page.page = page.page < 1 || page.page > 1000 ? 1 : page.page;
    struct person_lines_in in = lines_in(rq, f->id, true);
    in.offset = (page.page - 1) * PER_PAGE;
    page.questions = person_lines(rq->db, &in);
    page.more = page.questions.n > PER_PAGE;
    page.questions.n = page.more ? PER_PAGE : page.questions.n;
    in = lines_in(rq, f->id, false);
    page.lines = person_lines(rq->db, &in);
    crumbs(rq);
    rq_crumb(rq, f->name, link_id(rq, S(ROSTER "/"), f->id));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_roster_page(rq, &page);
}

/* GET /buero/personen/einlesen/{id} */
void roster_show(struct rq *rq)
{
    const struct person_file_row *f = file_of(rq);
    if (!f)
        return;
    if (str_eq(f->state, S("columns")))
        rq_see_url(rq, link_id_sub(rq, S(ROSTER "/"), f->id, S("/spalten")));
    else
        show_file(rq, f);
}

/* One line's radio buttons; nothing was chosen: nothing is said. */
static void choose(struct rq *rq, struct tx *tx, int64_t id, const struct person_line_row *l)
{
    str value = rq_param(rq, str_to_c(rq->arena, roster_control(rq, l->line)));
    struct person_line_choose_in in = {
        .choice = value, .city = rq->city->id, .file = id, .line = l->line
    };
    struct roster_others others = roster_others(rq, l);
    bool known = str_eq(value, S("new")) || str_eq(value, S("leave"));
    for (size_t i = 0; i < others.n && !known; i++)
        if (str_eq(value, roster_take_value(rq, others.v[i].person->id))) {
            in.choice = S("take");
            in.person = others.v[i].person->id;
            known = true;
        }
    if (known)
        person_line_choose(tx, &in);
}

/* POST /buero/personen/einlesen/{id}/entscheiden */
void roster_decide(struct rq *rq, struct tx *tx)
{
    const struct person_file_row *f = file_of(rq);
    int64_t page = rq_param_int(rq, "page", 1);
    if (!f)
        return;
    page = page < 1 || page > 1000 ? 1 : page;
    struct person_lines_in in = lines_in(rq, f->id, true);
    in.offset = (page - 1) * PER_PAGE;
    struct person_line_row_rows rows = person_lines(rq->db, &in);
    for (size_t i = 0; i < rows.n && i < PER_PAGE; i++)
        choose(rq, tx, f->id, &rows.v[i]);
    struct http_field next = { S("page"), str_fmt(rq->arena, "%lld", (long long)page + 1) };
    url to = link_id(rq, S(ROSTER "/"), f->id);
    rq_note(rq, MSG_person_roster_decided);
    rq_see_url(rq,
               rows.n > PER_PAGE
                   ? link_query(rq, str_fmt(rq->arena, ROSTER "/%lld", (long long)f->id), &next, 1)
                   : to);
}

/* ---- taking it for good ---- */

struct accepted {
    int64_t id;
    str refused;
};

static void kept(const struct roster *r, struct tx *tx)
{
    const struct accepted *done = r->ctx;
    const struct rq *rq = r->rq;
    struct person_file_applied_in in = {
        .nothing = S(""), COUNTS(r), .at = tx->now, .city = rq->city->id, .id = done->id
    };
    if (person_file_applied(tx, &in) != 1) {
        db_fail(&tx->db, ERR_CONFLICT, S("the file has been taken or erased meanwhile"));
        return;
    }
    put_lines(tx, rq->city->id, done->id, r);
    int64_t same = r->counts[ROSTER_SAME] + r->counts[ROSTER_KEPT];
    int64_t out = r->counts[ROSTER_ALIKE] + r->counts[ROSTER_LEFT] + r->counts[ROSTER_FAILED];
    str sums = str_fmt(tx->db.arena, "new %lld, changed %lld, unchanged %lld, left out %lld",
                       (long long)r->counts[ROSTER_NEW], (long long)r->counts[ROSTER_CHANGED],
                       (long long)same, (long long)out);
    audit_add(tx, (struct audit_by){ rq->city->id, rq->who.account_id }, S("person.roster"),
              done->id, sums);
}

/* The decisions, as the list wants them. */
static void put_choices(struct rq *rq, int64_t id, struct roster *r)
{
    struct person_choice_row_rows rows = person_choices(rq->db, rq->city->id, id);
    struct roster_choice *v = NEW_ARRAY(rq->arena, rows.n + 1, struct roster_choice);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct roster_choice){ rows.v[i].line, rows.v[i].choice, rows.v[i].person_id };
    r->choices = v;
    r->choice_count = rows.n;
}

void roster_accept_prepare(struct rq *rq)
{
    struct accepted *done = NEW(rq->arena, struct accepted);
    const struct person_file_row *f = person_file_get(rq->db, rq->city->id, rq_id(rq));
    rq->prepared = done;
    if (!f || !str_eq(f->state, S("checked")))
        return;
    struct roster r = { .rq = rq,
                        .name = f->name,
                        .bytes = bytes_of(rq, f->id),
                        .source = f->source,
                        .assured = f->assured != 0,
                        .kept = kept,
                        .ctx = done };
    struct sample sample = sample_of(rq->arena, r.bytes);
    r.columns.sample = &sample;
    done->id = f->id;
    put_choices(rq, f->id, &r);
    if (columns_read(rq->arena, &r.columns, f->columns))
        done->refused = run(rq, &r, true);
}

/* POST /buero/personen/einlesen/{id}/uebernehmen: it has been done or refused before. */
void roster_accept(struct rq *rq, struct tx *tx)
{
    (void)tx;
    const struct accepted *done = rq->prepared;
    const struct person_file_row *f = file_of(rq);
    if (!f)
        return;
    if (!str_eq(f->state, S("applied")) && done->refused.n)
        rq_note(rq, MSG_exchange_note_failed);
    see_file(rq, f->id);
}

/* ---- erasing ---- */

static void erase(struct tx *tx, int64_t city_id, int64_t id)
{
    person_lines_delete(tx, city_id, id);
    person_file_delete(tx, city_id, id);
}

/* POST /buero/personen/einlesen/{id}/verwerfen */
void roster_discard(struct rq *rq, struct tx *tx)
{
    const struct person_file_row *f = file_of(rq);
    if (!f)
        return;
    erase(tx, rq->city->id, f->id);
    rq_note(rq, MSG_exchange_note_discarded);
    rq_see(rq, S(ROSTER), 0);
}

void roster_erase_account(struct tx *tx, int64_t account_id)
{
    struct person_file_key_rows rows = person_file_of(&tx->db, account_id);
    for (size_t i = 0; i < rows.n; i++)
        erase(tx, rows.v[i].city_id, rows.v[i].id);
}

void roster_erase_file(struct tx *tx, const struct erasure *e)
{
    erase(tx, e->city_id, e->id);
}

struct tidying {
    int64_t before;
    int64_t n;
};

static void tidy(struct tx *tx, void *ctx)
{
    struct tidying *t = ctx;
    struct person_file_key_rows rows = person_file_old(&tx->db, t->before);
    t->n = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++)
        erase(tx, rows.v[i].city_id, rows.v[i].id);
}

void roster_tidy(struct job_run *job)
{
    struct tidying t = { .before = job->now - ROSTER_SECONDS };
    if (tx_do(job->app->store, job->arena, tidy, &t) != ERR_OK)
        job_failed(job, S("not committed"));
    else
        job_result(job, str_fmt(job->arena, "erased %lld", (long long)t.n));
}
