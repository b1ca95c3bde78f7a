/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The pages on which the office takes files in: upload, columns, preview, result. What happens to
 * a file is in intake_file.c; the pages work without script.
 */
#include "feature/exchange/intake.h"

#include "exchange.html.h"
#include "exchange.text.h"
#include "feature/exchange/mapping.h"
#include "office.text.h"
#include "opportunity.text.h"
#include "web.text.h"
#include "web/audit.h"
#include "web/csv.h"

const struct field intake_fields[] = {
    FIELD(struct intake_form, file, TEXT, MSG_exchange_field_file, .required = true),
    FIELD(struct intake_form, name, TEXT, MSG_exchange_field_name, .required = true, .max = 60,
          .hint = MSG_exchange_field_name_hint),
    FIELD(struct intake_form, organisation, TEXT, MSG_exchange_field_organisation, .max = 120,
          .hint = MSG_exchange_field_organisation_hint),
    FIELD(struct intake_form, derive, BOOL, MSG_exchange_field_derive,
          .hint = MSG_exchange_field_derive_hint),
    { 0 },
};

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_opp_office_title(rq), link_to(rq, S("/buero/angebote")));
    rq_crumb(rq, t_exchange_title(rq), link_to(rq, S("/buero/einlesen")));
}

/* The file of the address; NULL, with 404 said, when there is none. */
static const struct import_file_row *file_of(struct rq *rq)
{
    const struct import_file_row *f = import_file_get(rq->db, rq->city->id, rq_id(rq));
    if (!f)
        rq_not_found(rq);
    return f;
}

static void see_file(struct rq *rq, int64_t id)
{
    rq_see(rq, S("/buero/einlesen/"), id);
}

/* ---- words ---- */

str intake_state(const struct rq *rq, str state)
{
    if (str_eq(state, S("applied")))
        return t_exchange_state_applied(rq);
    return str_eq(state, S("checked")) ? t_exchange_state_checked(rq)
                                       : t_exchange_state_columns(rq);
}

str intake_outcome(const struct rq *rq, str outcome)
{
    if (str_eq(outcome, S("new")))
        return t_exchange_outcome_new(rq);
    return str_eq(outcome, S("changed")) ? t_exchange_outcome_changed(rq)
                                         : t_exchange_outcome_same(rq);
}

/* ---- upload ---- */

static void show_start(struct rq *rq)
{
    crumbs(rq);
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_exchange_start(rq, import_file_list(rq->db, rq->city->id),
                        import_list_all(rq->db, rq->city->id));
}

/* GET /buero/einlesen */
void intake_start(struct rq *rq)
{
    show_start(rq);
}

void intake_take_prepare(struct rq *rq)
{
    struct intake *in = NEW(rq->arena, struct intake);
    struct table_upload up = table_upload(rq);
    in->name = up.name;
    in->bytes = up.bytes;
    in->refused = up.refused;
    if (!up.refused.n)
        intake_look(rq, in);
    rq->prepared = in;
}

/* POST /buero/einlesen */
void intake_take(struct rq *rq, struct tx *tx)
{
    const struct intake *in = rq->prepared;
    if (in->refused.n) {
        rq_error(rq, "file", in->refused);
        show_start(rq);
        return;
    }
    see_file(rq, intake_keep(rq, tx, in));
}

/* ---- columns ---- */

static str bytes_of(struct rq *rq, const struct import_file_row *f)
{
    const struct import_bytes *b = import_file_bytes(rq->db, rq->city->id, f->id);
    return b ? b->bytes : S("");
}

/* Whether the file has all the columns that the list's mapping names. */
static bool fits(struct rq *rq, const struct sample *sample, const struct import_list_row *list)
{
    str problem = S("");
    const struct mapping *m = mapping_parse(rq->arena, list->mapping, &problem);
    struct cells head = sample_head(sample);
    return m && !mapping_missing(m, &head).n;
}

/* The list that the file was read with, that was asked for, or the newest that fits; or a guess. */
static struct assignment beginning(struct rq *rq, const struct import_file_row *f,
                                   const struct sample *sample, struct import_list_row_rows lists)
{
    int64_t wanted = rq_param_int(rq, "liste", 0);
    struct assignment as = assign_guess(rq->arena, sample);
    if (f->list.n && !wanted) {
        as = assign_read(rq->arena, sample, f->mapping);
        as.name = f->list;
        return as;
    }
    for (size_t i = 0; i < lists.n; i++) {
        const struct import_list_row *list = &lists.v[i];
        if (wanted ? list->id != wanted : !fits(rq, sample, list))
            continue;
        as = assign_read(rq->arena, sample, list->mapping);
        as.name = list->name;
        break;
    }
    return as;
}

static void show_columns(struct rq *rq, const struct import_file_row *f,
                         const struct sample *sample, const struct assignment *as)
{
    struct intake_form form = { .name = as->name,
                                .organisation = as->organisation,
                                .derive = as->derive };
    crumbs(rq);
    rq_crumb(rq, f->name, link_id(rq, S("/buero/einlesen/"), f->id));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_exchange_columns(rq, f, sample, as, &form);
}

/* GET /buero/einlesen/{id}/spalten */
void intake_columns(struct rq *rq)
{
    const struct import_file_row *f = file_of(rq);
    if (!f)
        return;
    str bytes = bytes_of(rq, f);
    if (!bytes.n || !str_eq(f->format, S("map"))) {
        see_file(rq, f->id);
        return;
    }
    struct sample sample = sample_of(rq->arena, bytes);
    struct assignment as = beginning(rq, f, &sample, import_list_all(rq->db, rq->city->id));
    show_columns(rq, f, &sample, &as);
}

/* What was assigned on the page; c0, c1 … are the columns in the order of the file. */
struct assigned {
    struct intake in;
    struct sample sample;
    struct assignment as;
    struct intake_form form;
};

static void read_assignment(struct rq *rq, struct assigned *got)
{
    rq_form(rq, form_field(intake_fields, "name"), &got->form);
    got->as = (struct assignment){
        .name = got->form.name,
        .organisation = got->form.organisation,
        .targets = NEW_ARRAY(rq->arena, got->sample.n + 1, const struct assign_target *),
        .derive = got->form.derive != 0,
    };
    for (size_t i = 0; i < got->sample.n; i++) {
        const char *name = str_to_c(rq->arena, str_fmt(rq->arena, "c%zu", i));
        got->as.targets[i] = assign_find(rq_param(rq, name));
    }
}

/* What must be there so that a row can be taken at all. */
static void check_assignment(struct rq *rq, const struct assigned *got)
{
    if (got->form.name.n && !assign_source(rq->arena, got->form.name).n)
        rq_error(rq, "name", t_exchange_error_name(rq));
    if (!assign_has(&got->as, &got->sample, "title"))
        rq_error(rq, NULL, t_exchange_error_no_title(rq));
    if (!assign_has(&got->as, &got->sample, "organisation") && !got->form.organisation.n)
        rq_error(rq, "organisation", t_exchange_error_no_organisation(rq));
}

void intake_assign_prepare(struct rq *rq)
{
    struct assigned *got = NEW(rq->arena, struct assigned);
    const struct import_file_row *f = import_file_get(rq->db, rq->city->id, rq_id(rq));
    rq->prepared = got;
    if (!f || !str_eq(f->format, S("map")))
        return;
    got->sample = sample_of(rq->arena, bytes_of(rq, f));
    read_assignment(rq, got);
    check_assignment(rq, got);
    if (!got->sample.n || !rq_ok(rq))
        return;
    got->in.list = got->as.name;
    got->in.mapping = assign_text(rq->arena, &got->as, &got->sample);
    intake_try(rq, f, &got->in);
}

/* POST /buero/einlesen/{id}/spalten */
void intake_assign(struct rq *rq, struct tx *tx)
{
    struct assigned *got = rq->prepared;
    const struct import_file_row *f = file_of(rq);
    if (!f)
        return;
    if (!got->sample.n) {
        see_file(rq, f->id);
        return;
    }
    read_assignment(rq, got); /* what prepare found wrong is said here, once more */
    check_assignment(rq, got);
    if (got->in.refused.n)
        rq_error(rq, NULL, got->in.refused);
    if (!rq_ok(rq)) {
        show_columns(rq, f, &got->sample, &got->as);
        return;
    }
    import_list_save(
        tx, &(struct import_list_save_in){ .id = db_new_id(),
                                           .city = rq->city->id,
                                           .name = got->as.name,
                                           .source = assign_source(rq->arena, got->as.name),
                                           .mapping = got->in.mapping,
                                           .at = tx->now });
    audit(rq, tx, S("exchange.list_save"), f->id, S(""));
    intake_checked(rq, tx, f->id, &got->in);
    see_file(rq, f->id);
}

/* ---- preview and result ---- */

/* GET /buero/einlesen/{id} */
void intake_show(struct rq *rq)
{
    const struct import_file_row *f = file_of(rq);
    if (!f)
        return;
    if (str_eq(f->state, S("columns"))) {
        rq_see_url(rq, link_id_sub(rq, S("/buero/einlesen/"), f->id, S("/spalten")));
        return;
    }
    crumbs(rq);
    rq_crumb(rq, f->name, link_to(rq, rq->path));
    view_exchange_file(rq, f, str_eq(f->state, S("applied")),
                       import_first_rows(rq->db, rq->city->id, f->id),
                       import_lines(rq->db, rq->city->id, f->id));
}

/* GET /buero/einlesen/{id}/bericht */
void intake_report(struct rq *rq)
{
    const struct import_file_row *f = file_of(rq);
    if (!f)
        return;
    struct import_line_row_rows lines = import_lines(rq->db, rq->city->id, f->id);
    struct csv c = csv_new_german(rq->out);
    csv_str(&c, t_exchange_line(rq));
    csv_str(&c, t_exchange_report_kind(rq));
    csv_str(&c, t_exchange_reason(rq));
    csv_row_end(&c);
    for (size_t i = 0; i < lines.n; i++) {
        csv_str(&c,
                lines.v[i].line ? str_fmt(rq->arena, "%lld", (long long)lines.v[i].line) : S(""));
        csv_str(&c, lines.v[i].refused ? t_exchange_refused(rq) : t_exchange_noted(rq));
        csv_str(&c, import_said(rq, lines.v[i].text));
        csv_row_end(&c);
    }
    rq_type(rq, S("text/csv; charset=utf-8"));
    rq_header(rq, S("Content-Disposition"), S("attachment; filename=\"bericht.csv\""));
}

void intake_again_prepare(struct rq *rq)
{
    struct intake *in = NEW(rq->arena, struct intake);
    const struct import_file_row *f = import_file_get(rq->db, rq->city->id, rq_id(rq));
    rq->prepared = in;
    if (!f || !str_eq(f->state, S("checked")))
        return;
    in->list = f->list;
    in->mapping = f->mapping;
    in->overwrite = str_eq(rq_param(rq, "overwrite"), S("1"));
    intake_try(rq, f, in);
}

/* POST /buero/einlesen/{id}/pruefen: once more, with or without what was edited here. */
void intake_again(struct rq *rq, struct tx *tx)
{
    const struct intake *in = rq->prepared;
    const struct import_file_row *f = file_of(rq);
    if (!f)
        return;
    if (in->refused.n)
        rq_note(rq, MSG_exchange_note_failed);
    else if (in->format.n)
        intake_checked(rq, tx, f->id, in);
    see_file(rq, f->id);
}

void intake_accept_prepare(struct rq *rq)
{
    struct intake *in = NEW(rq->arena, struct intake);
    const struct import_file_row *f = import_file_get(rq->db, rq->city->id, rq_id(rq));
    if (f && str_eq(f->state, S("checked")))
        intake_apply(rq, f, in);
    rq->prepared = in;
}

/* POST /buero/einlesen/{id}/uebernehmen: what there was to do has been done or refused before. */
void intake_accept(struct rq *rq, struct tx *tx)
{
    (void)tx;
    const struct intake *in = rq->prepared;
    const struct import_file_row *f = file_of(rq);
    if (!f)
        return;
    if (!str_eq(f->state, S("applied")) && in->refused.n)
        rq_note(rq, MSG_exchange_note_failed);
    see_file(rq, f->id);
}

/* POST /buero/einlesen/{id}/verwerfen */
void intake_discard(struct rq *rq, struct tx *tx)
{
    const struct import_file_row *f = file_of(rq);
    if (!f)
        return;
    intake_erase(tx, rq->city->id, f->id);
    rq_note(rq, MSG_exchange_note_discarded);
    rq_see(rq, S("/buero/einlesen"), 0);
}

/* POST /buero/einlesen/listen/{id}/loeschen */
void intake_forget_list(struct rq *rq, struct tx *tx)
{
    if (import_list_delete(tx, rq->city->id, rq_id(rq)) != 1) {
        rq_not_found(rq);
        return;
    }
    audit(rq, tx, S("exchange.list_delete"), rq_id(rq), S(""));
    rq_note(rq, MSG_exchange_note_list_deleted);
    rq_see(rq, S("/buero/einlesen"), 0);
}
