/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Amounts that the law sets (tax-free lump sums …): a table by time for the articles, and the
 * pages on which the office keeps it. A change of the law is a new row with a new first day,
 * so that last year's amount stays readable. Table: guide_amount.
 */
#include "feature/guide/amount.h"

#include "base/utf8.h"
#include "guide.html.h"
#include "guide.text.h"
#include "office.text.h"
#include "web/audit.h"
#include "web/page.h"
#include "web/url.h"

/* ---- the table ---- */

static bool same_period(const struct guide_period *p, const struct guide_amount_row *row)
{
    return str_eq(p->from, row->valid_from) && str_eq(p->until, row->valid_until);
}

static bool holds(const struct guide_period *p, str today)
{
    return str_cmp(p->from, today) <= 0 && (!p->until.n || str_cmp(today, p->until) <= 0);
}

/* Keeps the periods sorted by their first day; the oldest goes when there are too many. */
static void add_period(struct guide_table *t, const struct guide_amount_row *row)
{
    size_t at = t->period_count;
    for (size_t i = 0; i < t->period_count; i++)
        if (same_period(&t->periods[i], row))
            return;
    while (at && str_cmp(t->periods[at - 1].from, row->valid_from) > 0)
        at--;
    if (t->period_count == GUIDE_PERIODS) {
        if (!at)
            return;
        for (size_t i = 1; i < at; i++)
            t->periods[i - 1] = t->periods[i];
        at--;
    } else {
        for (size_t i = t->period_count++; i > at; i--)
            t->periods[i] = t->periods[i - 1];
    }
    t->periods[at] = (struct guide_period){ row->valid_from, row->valid_until, false };
}

static str label_of(enum lang lang, const struct guide_amount_row *row)
{
    if (lang == LANG_DE_SIMPLE && row->label_simple.n)
        return row->label_simple;
    return lang == LANG_EN && row->label_en.n ? row->label_en : row->label;
}

/* The rows of one ref are one line: its newest row names it. */
static struct guide_line *line_of(struct guide_line *lines, size_t *n, const str *refs,
                                  const struct guide_amount_row *row)
{
    for (size_t i = 0; i < *n; i++)
        if (str_eq(refs[i], row->ref))
            return &lines[i];
    for (size_t p = 0; p < GUIDE_PERIODS; p++)
        lines[*n].cents[p] = -1;
    return &lines[(*n)++];
}

struct guide_table guide_table_made(struct arena *a, enum lang lang,
                                    struct guide_amount_row_rows rows, struct day today)
{
    struct guide_table t = { .period_count = 0 };
    struct guide_line *lines = NEW_ARRAY(a, rows.n + 1, struct guide_line);
    str *refs = NEW_ARRAY(a, rows.n + 1, str);
    str now = day_iso(a, today);
    for (size_t i = 0; i < rows.n; i++)
        add_period(&t, &rows.v[i]);
    for (size_t p = 0; p < t.period_count; p++)
        t.periods[p].current = holds(&t.periods[p], now);
    for (size_t i = 0; i < rows.n; i++) {
        const struct guide_amount_row *row = &rows.v[i];
        struct guide_line *line = line_of(lines, &t.line_count, refs, row);
        refs[line - lines] = row->ref;
        line->label = label_of(lang, row);
        line->law = row->law;
        line->web = url_of(a, row->web);
        for (size_t p = 0; p < t.period_count; p++)
            if (same_period(&t.periods[p], row))
                line->cents[p] = row->cents;
    }
    t.lines = lines;
    return t;
}

const struct guide_table *guide_table_of(struct rq *rq)
{
    struct guide_amount_row_rows rows = guide_amounts(rq->db, rq->city->id);
    struct guide_table *t = NEW(rq->arena, struct guide_table);
    *t = guide_table_made(rq->arena, rq->lang, rows, clock_today());
    return t->line_count ? t : NULL;
}

static bool whole_year(const struct guide_period *p)
{
    return p->from.n == 10 && p->until.n == 10 &&
           str_eq(str_slice(p->from, 0, 4), str_slice(p->until, 0, 4)) &&
           str_ends(p->from, S("-01-01")) && str_ends(p->until, S("-12-31"));
}

str guide_period_text(const struct rq *rq, const struct guide_period *p)
{
    if (whole_year(p))
        return str_slice(p->from, 0, 4);
    str from = page_iso_day(rq, p->from);
    if (p->until.n)
        return t_guide_amount_between(rq, from, page_iso_day(rq, p->until));
    return p->current ? t_guide_amount_since(rq, from) : t_guide_amount_from(rq, from);
}

str guide_money(const struct rq *rq, int64_t cents)
{
    if (cents < 0)
        return S("–");
    str whole = lang_number(rq->arena, rq->lang, cents / 100);
    if (cents % 100)
        whole = str_fmt(rq->arena, "%.*s%s%02lld", STR_FMT(whole), rq->lang == LANG_EN ? "." : ",",
                        (long long)(cents % 100));
    return t_guide_money(rq, whole);
}

/* ---- the office's pages ---- */

const struct field amount_fields[] = {
    FIELD(struct amount_form, label, TEXT, MSG_guide_amount_label, .required = true, .max = 120),
    FIELD(struct amount_form, label_simple, TEXT, MSG_guide_amount_label_simple, .max = 120),
    FIELD(struct amount_form, label_en, TEXT, MSG_guide_amount_label_en, .max = 120),
    FIELD(struct amount_form, ref, TEXT, MSG_guide_amount_ref, .required = true, .max = 40,
          .hint = MSG_guide_amount_ref_hint),
    FIELD(struct amount_form, cents, DECIMAL, MSG_guide_amount_value, .required = true,
          .scale = 100, .max = 100000000),
    FIELD(struct amount_form, valid_from, DAY, MSG_guide_amount_valid_from, .required = true),
    FIELD(struct amount_form, valid_until, DAY, MSG_guide_amount_valid_until,
          .hint = MSG_guide_amount_valid_until_hint),
    FIELD(struct amount_form, law, TEXT, MSG_guide_amount_law, .required = true, .max = 120,
          .hint = MSG_guide_amount_law_hint),
    FIELD(struct amount_form, web, WEB, MSG_guide_amount_web, .max = 300),
    { 0 },
};

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_guide_office_title(rq), link_to(rq, S("/buero/ratgeber")));
    rq_crumb(rq, t_guide_amounts_title(rq), link_to(rq, S("/buero/ratgeber/betraege")));
}

/* GET /buero/ratgeber/betraege */
void amount_list(struct rq *rq)
{
    crumbs(rq);
    view_guide_amount_list(rq, guide_amounts(rq->db, rq->city->id));
}

static void show_form(struct rq *rq, int64_t id, const struct amount_form *f)
{
    crumbs(rq);
    rq_crumb(rq, id ? f->label : t_guide_amount_new(rq), link_to(rq, rq->path));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_guide_amount_form(rq, id, f);
}

/* GET /buero/ratgeber/betraege/neu; ?ref= continues a line: its names are filled in. */
void amount_new(struct rq *rq)
{
    struct amount_form f = { .ref = rq_param(rq, "ref") };
    struct guide_amount_row_rows rows = guide_amounts(rq->db, rq->city->id);
    for (size_t i = 0; i < rows.n; i++)
        if (f.ref.n && str_eq(rows.v[i].ref, f.ref)) {
            f.label = rows.v[i].label;
            f.label_simple = rows.v[i].label_simple;
            f.label_en = rows.v[i].label_en;
            f.law = rows.v[i].law;
            f.web = rows.v[i].web;
        }
    show_form(rq, 0, &f);
}

/* What the table of fields cannot see: the order of days, and a second row of one day. */
static bool read_form(struct rq *rq, int64_t id, struct amount_form *f)
{
    rq_form(rq, amount_fields, f);
    f->ref = utf8_slug(rq->arena, f->ref, 40);
    if (rq_ok(rq) && f->valid_until.n && str_cmp(f->valid_until, f->valid_from) < 0)
        rq_error(rq, "valid_until", t_guide_amount_order(rq));
    const struct guide_amount_id *same =
        rq_ok(rq) ? guide_amount_find(rq->db, rq->city->id, f->ref, f->valid_from) : NULL;
    if (same && same->id != id)
        rq_error(rq, "valid_from", t_guide_amount_twice(rq));
    return rq_ok(rq);
}

/* POST /buero/ratgeber/betraege/neu */
void amount_create(struct rq *rq, struct tx *tx)
{
    struct amount_form f = { 0 };
    if (!read_form(rq, 0, &f)) {
        show_form(rq, 0, &f);
        return;
    }
    struct guide_amount_row_rows rows = guide_amounts(rq->db, rq->city->id);
    int64_t position = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].ref, f.ref))
            position = rows.v[i].position;
    struct guide_amount_insert_in in = { .id = db_new_id(),
                                         .city = rq->city->id,
                                         .ref = f.ref,
                                         .position = position,
                                         .label = f.label,
                                         .label_simple = f.label_simple,
                                         .label_en = f.label_en,
                                         .cents = f.cents,
                                         .valid_from = f.valid_from,
                                         .valid_until = f.valid_until,
                                         .law = f.law,
                                         .web = f.web };
    guide_amount_insert(tx, &in);
    audit(rq, tx, S("guide.amount_create"), in.id, S(""));
    rq_note(rq, MSG_guide_note_saved);
    rq_see(rq, S("/buero/ratgeber/betraege"), 0);
}

/* GET /buero/ratgeber/betraege/{id} */
void amount_edit(struct rq *rq)
{
    const struct guide_amount_row *row = guide_amount_get(rq->db, rq->city->id, rq_id(rq));
    if (!row) {
        rq_not_found(rq);
        return;
    }
    struct amount_form f = { row->label, row->label_simple, row->label_en,    row->ref,  row->law,
                             row->web,   row->valid_from,   row->valid_until, row->cents };
    show_form(rq, row->id, &f);
}

/* POST /buero/ratgeber/betraege/{id} */
void amount_save(struct rq *rq, struct tx *tx)
{
    struct amount_form f = { 0 };
    int64_t id = rq_id(rq);
    if (!guide_amount_get(rq->db, rq->city->id, id)) {
        rq_not_found(rq);
        return;
    }
    if (!read_form(rq, id, &f)) {
        show_form(rq, id, &f);
        return;
    }
    struct guide_amount_update_in in = { .ref = f.ref,
                                         .label = f.label,
                                         .label_simple = f.label_simple,
                                         .label_en = f.label_en,
                                         .cents = f.cents,
                                         .valid_from = f.valid_from,
                                         .valid_until = f.valid_until,
                                         .law = f.law,
                                         .web = f.web,
                                         .city = rq->city->id,
                                         .id = id };
    guide_amount_update(tx, &in);
    audit(rq, tx, S("guide.amount_save"), id, S(""));
    rq_note(rq, MSG_guide_note_saved);
    rq_see(rq, S("/buero/ratgeber/betraege"), 0);
}

/* POST /buero/ratgeber/betraege/{id}/loeschen */
void amount_erase(struct rq *rq, struct tx *tx)
{
    if (guide_amount_delete(tx, rq->city->id, rq_id(rq)) != 1) {
        rq_not_found(rq);
        return;
    }
    audit(rq, tx, S("guide.amount_delete"), rq_id(rq), S(""));
    rq_note(rq, MSG_guide_note_deleted);
    rq_see(rq, S("/buero/ratgeber/betraege"), 0);
}
