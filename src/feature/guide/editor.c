/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The office writes the guide: list, form, preview, history, and the steps of an article.
 * Saving adds a version that nobody else sees; publishing shows the newest one to all;
 * checking says that text and sources still hold, and sets the day of the next check.
 */
#include "base/utf8.h"
#include "feature/guide/find.h"
#include "feature/guide/install.h"
#include "feature/guide/pages.h"
#include "feature/guide/store.h"
#include "guide.html.h"
#include "guide.sql.web.h"
#include "guide.text.h"
#include "office.text.h"
#include "opportunity.text.h"
#include "web.text.h"
#include "web/audit.h"

#define F(member, type, text, ...) \
    FIELD(struct guide_form, member, type, MSG_guide_field_##text, ##__VA_ARGS__)
#define BODY_MAX 30000

const struct field guide_fields[] = {
    F(topic, CODE, topic, .required = true, .vocab = &vocab_topic),
    F(office, INT, office, .max = INT64_MAX),
    F(title, TEXT, title, .required = true, .max = 120),
    F(summary, TEXT, summary, .required = true, .max = 300, .hint = MSG_guide_field_summary_hint),
    F(body_md, LONG, body, .required = true, .max = BODY_MAX, .hint = MSG_opp_hint_markdown),
    F(title_simple, TEXT, title_simple, .max = 120),
    F(summary_simple, TEXT, summary_simple, .max = 300),
    F(body_simple, LONG, body_simple, .max = BODY_MAX, .hint = MSG_opp_hint_simple),
    F(title_en, TEXT, title_en, .max = 120),
    F(summary_en, TEXT, summary_en, .max = 300),
    F(body_en, LONG, body_en, .max = BODY_MAX),
    F(sources, LONG, sources, .required = true, .hint = MSG_guide_field_sources_hint),
    F(amounts, BOOL, amounts, .hint = MSG_guide_field_amounts_hint),
    F(stated_on, DAY, stated_on, .required = true, .hint = MSG_guide_field_stated_on_hint),
    F(note, TEXT, note, .max = 200, .hint = MSG_guide_field_note_hint),
    { 0 },
};

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_guide_office_title(rq), link_to(rq, S("/buero/ratgeber")));
}

static str today_iso(const struct rq *rq)
{
    return day_iso(rq->arena, clock_today());
}

/* The addressed article; NULL, and refused, when there is none. */
static const struct guide_full *addressed(struct rq *rq)
{
    const struct guide_full *a = guide_get(rq->db, rq->city->id, rq_id(rq));
    if (!a)
        rq_not_found(rq);
    return a;
}

/* ---- list ---- */

str editor_state(const struct rq *rq, const struct guide_office_row *row)
{
    if (str_eq(row->state, S("archived")))
        return t_guide_state_archived(rq);
    if (!str_eq(row->state, S("published")))
        return t_guide_state_draft(rq);
    if (row->latest != row->published)
        return t_guide_state_changed(rq);
    return row->due ? t_guide_state_due(rq) : t_guide_state_published(rq);
}

str editor_origin(const struct rq *rq, str source, int64_t edited)
{
    if (!str_eq(source, S("shared")))
        return t_guide_origin_own(rq);
    return edited ? t_guide_origin_edited(rq) : t_guide_origin_shared(rq);
}

static bool matches(struct rq *rq, const struct guide_filter *f, const struct guide_office_row *row)
{
    return (!f->due || row->due) && (!f->topic.n || str_eq(f->topic, row->topic)) &&
           (!f->state.n || str_eq(f->state, row->state)) &&
           (!f->q.n || str_find(utf8_fold(rq->arena, row->title), utf8_fold(rq->arena, f->q)) >= 0);
}

struct guide_found {
    struct guide_filter filter;
    struct guide_office_row_rows rows;
};

static struct guide_found find_articles(struct rq *rq)
{
    struct guide_filter f = { .q = rq_param(rq, "q"),
                              .topic = rq_param(rq, "topic"),
                              .state = rq_param(rq, "state"),
                              .due = rq_param(rq, "due").n > 0 };
    struct guide_office_row_rows all = guide_office_list(rq->db, today_iso(rq), rq->city->id);
    struct guide_office_row *some = NEW_ARRAY(rq->arena, all.n + 1, struct guide_office_row);
    struct guide_office_row_rows rows = { some, 0 };
    for (size_t i = 0; i < all.n; i++) {
        f.due_count += all.v[i].due != 0;
        if (matches(rq, &f, &all.v[i]))
            some[rows.n++] = all.v[i];
    }
    return (struct guide_found){ f, rows };
}

/* GET /buero/ratgeber: what is due first. */
void editor_list(struct rq *rq)
{
    struct guide_found found = find_articles(rq);
    crumbs(rq);
    view_guide_office_list(rq, &found.filter, found.rows);
}

/* POST /buero/ratgeber/export: the list with its filters as a file. */
void editor_export(struct rq *rq, struct tx *tx)
{
    static const struct export_file file = { STR_INIT("ratgeber"), STR_INIT("Ratgeber"),
                                             STR_INIT("guide.export"),
                                             STR_INIT("/buero/ratgeber") };
    struct guide_office_row_rows rows = find_articles(rq).rows;
    guide_office_row_export(rq, tx, &file, rows.v, rows.n);
}

/* POST /buero/ratgeber/mitgeliefert: the same as `tandem guide install`. */
void editor_install(struct rq *rq, struct tx *tx)
{
    guide_install(tx, rq->city->id);
    audit(rq, tx, S("guide.install"), rq->city->id, S(""));
    rq_note(rq, MSG_guide_note_installed);
    rq_see(rq, S("/buero/ratgeber"), 0);
}

/* ---- form ---- */

static void show_form(struct rq *rq, const struct guide_full *a, const struct guide_form *f)
{
    struct guide_document shared;
    str hash = S("");
    struct guide_desk desk = { .article = a, .offices = guide_offices(rq->db, rq->city->id) };
    if (a && str_eq(a->source, S("shared")) && guide_shared(rq->arena, a->slug, &shared, &hash))
        desk.newer = a->edited || !str_eq(hash, a->shared_hash);
    crumbs(rq);
    rq_crumb(rq, a ? f->title : t_guide_new_title(rq), link_to(rq, rq->path));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_guide_form(rq, &desk, f);
}

/* A text in another language is there as a whole or not at all. */
static void check_whole(struct rq *rq, const struct guide_words *w, const char *field)
{
    if (w->title.n + w->summary.n + w->body_md.n && !(w->title.n && w->summary.n && w->body_md.n))
        rq_error(rq, field, t_guide_error_whole(rq));
}

static bool read_form(struct rq *rq, struct guide_form *f, struct guide_document *d)
{
    rq_form(rq, guide_fields, f);
    *d = (struct guide_document){
        .topic = f->topic,
        .stated_on = f->stated_on,
        .sources = f->sources,
        .amounts = f->amounts != 0,
        .text = { [LANG_DE] = { f->title, f->summary, f->body_md },
                  [LANG_DE_SIMPLE] = { f->title_simple, f->summary_simple, f->body_simple },
                  [LANG_EN] = { f->title_en, f->summary_en, f->body_en } },
    };
    check_whole(rq, &d->text[LANG_DE_SIMPLE], "title_simple");
    check_whole(rq, &d->text[LANG_EN], "title_en");
    str bad = guide_sources_bad(rq->arena, f->sources);
    if (bad.n)
        rq_error(rq, "sources", t_guide_error_source(rq, bad));
    struct guide_office_rows offices = guide_offices(rq->db, rq->city->id);
    bool known = !f->office;
    for (size_t i = 0; i < offices.n; i++)
        known = known || offices.v[i].id == f->office;
    if (!known)
        rq_error(rq, "office", t_form_error_choice(rq));
    return rq_ok(rq);
}

static opt_int office_of(const struct guide_form *f)
{
    return f->office ? some_int(f->office) : no_int;
}

/* GET /buero/ratgeber/neu */
void editor_new(struct rq *rq)
{
    struct guide_form f = { .stated_on = today_iso(rq) };
    show_form(rq, NULL, &f);
}

/* A free address made of the title; a number alone would be taken for an id. */
static str free_slug(struct rq *rq, str title)
{
    int64_t number = 0;
    str slug = utf8_slug(rq->arena, title, 60);
    if (!slug.n || str_to_i64(slug, &number))
        slug = str_fmt(rq->arena, "artikel-%.*s", STR_FMT(slug));
    str tried = slug;
    for (int n = 2; guide_by_slug(rq->db, rq->city->id, tried) && n < 100; n++)
        tried = str_fmt(rq->arena, "%.*s-%d", STR_FMT(slug), n);
    return tried;
}

/* POST /buero/ratgeber/neu */
void editor_create(struct rq *rq, struct tx *tx)
{
    struct guide_form f = { 0 };
    struct guide_document d;
    if (!read_form(rq, &f, &d)) {
        show_form(rq, NULL, &f);
        return;
    }
    struct guide_arrival arrival = { .city_id = rq->city->id,
                                     .slug = free_slug(rq, f.title),
                                     .source = S(""),
                                     .topic = f.topic,
                                     .office = office_of(&f) };
    int64_t id = guide_new(tx, &arrival);
    struct guide_edition e = { .city_id = rq->city->id,
                               .account_id = rq->who.account_id,
                               .article_id = id,
                               .event = S("edited"),
                               .note = f.note,
                               .shared_hash = S(""),
                               .document = &d };
    guide_add(tx, &e);
    audit(rq, tx, S("guide.create"), id, S(""));
    rq_note(rq, MSG_guide_note_draft);
    rq_see(rq, S("/buero/ratgeber/"), id);
}

static struct guide_form form_of(const struct guide_full *a, const struct guide_document *d)
{
    const struct guide_words *de = &d->text[LANG_DE];
    const struct guide_words *simple = &d->text[LANG_DE_SIMPLE];
    const struct guide_words *en = &d->text[LANG_EN];
    return (struct guide_form){ .topic = a->topic,
                                .office = a->office_id.has ? a->office_id.v : 0,
                                .title = de->title,
                                .summary = de->summary,
                                .body_md = de->body_md,
                                .title_simple = simple->title,
                                .summary_simple = simple->summary,
                                .body_simple = simple->body_md,
                                .title_en = en->title,
                                .summary_en = en->summary,
                                .body_en = en->body_md,
                                .sources = d->sources,
                                .amounts = d->amounts,
                                .stated_on = d->stated_on };
}

/* GET /buero/ratgeber/{id}: the newest version. */
void editor_edit(struct rq *rq)
{
    const struct guide_full *a = addressed(rq);
    if (!a)
        return;
    const struct guide_version_row *v = guide_version_get(rq->db, rq->city->id, a->id, a->latest);
    must(v);
    struct guide_document d = guide_document_of(rq->db, rq->city->id, v);
    struct guide_form f = form_of(a, &d);
    show_form(rq, a, &f);
}

/* Adds a version on behalf of this person; false, and refused, when somebody was faster. */
static bool add(struct rq *rq, struct tx *tx, const struct guide_full *a, struct guide_edition *e)
{
    e->city_id = rq->city->id;
    e->account_id = rq->who.account_id;
    e->article_id = a->id;
    if (guide_add(tx, e))
        return true;
    rq_conflict(rq);
    return false;
}

/* POST /buero/ratgeber/{id}: a new version on top of the one that was opened. */
void editor_save(struct rq *rq, struct tx *tx)
{
    const struct guide_full *a = addressed(rq);
    struct guide_form f = { 0 };
    struct guide_document d;
    if (!a)
        return;
    if (!read_form(rq, &f, &d)) {
        show_form(rq, a, &f);
        return;
    }
    struct guide_edition e = { .before = rq_param_int(rq, "latest", 0),
                               .event = S("edited"),
                               .note = f.note,
                               .shared_hash = a->shared_hash,
                               .edited = str_eq(a->source, S("shared")),
                               .document = &d };
    if (!add(rq, tx, a, &e))
        return;
    guide_set_place(tx, &(struct guide_set_place_in){ .topic = f.topic,
                                                      .office = office_of(&f),
                                                      .now = tx->now,
                                                      .city = rq->city->id,
                                                      .id = a->id });
    audit(rq, tx, S("guide.save"), a->id, S(""));
    rq_note(rq, MSG_guide_note_draft);
    rq_see(rq, S("/buero/ratgeber/"), a->id);
}

/* ---- versions ---- */

/* GET /buero/ratgeber/{id}/vorschau: a version as the public would see it; the newest one. */
void editor_preview(struct rq *rq)
{
    const struct guide_full *a = addressed(rq);
    if (!a)
        return;
    const struct guide_version_row *v =
        guide_version_get(rq->db, rq->city->id, a->id, rq_param_int(rq, "version", a->latest));
    if (!v) {
        rq_not_found(rq);
        return;
    }
    struct guide_page page = guide_page_of(rq, a, v);
    page.preview = true;
    crumbs(rq);
    rq_crumb(rq, page.words.title, link_id(rq, S("/buero/ratgeber/"), a->id));
    rq_crumb(rq, t_guide_preview(rq), link_to(rq, rq->path));
    view_guide_article(rq, &page);
}

str editor_event(const struct rq *rq, const struct guide_version_row *v)
{
    if (str_eq(v->event, S("shared")))
        return t_guide_event_shared(rq);
    if (str_eq(v->event, S("restored")))
        return t_guide_event_restored(rq);
    if (str_eq(v->event, S("reviewed")))
        return t_guide_event_reviewed(rq);
    return v->number == 1 ? t_guide_event_created(rq) : t_guide_event_edited(rq);
}

/* GET /buero/ratgeber/{id}/verlauf */
void editor_history(struct rq *rq)
{
    const struct guide_full *a = addressed(rq);
    if (!a)
        return;
    const struct guide_version_row *v = guide_version_get(rq->db, rq->city->id, a->id, a->latest);
    must(v);
    struct guide_document d = guide_document_of(rq->db, rq->city->id, v);
    crumbs(rq);
    rq_crumb(rq, d.text[LANG_DE].title, link_id(rq, S("/buero/ratgeber/"), a->id));
    rq_crumb(rq, t_guide_history(rq), link_to(rq, rq->path));
    view_guide_history(rq, a, d.text[LANG_DE].title,
                       guide_version_list(rq->db, rq->city->id, a->id));
}

static void set_state(struct rq *rq, struct tx *tx, const struct guide_full *a, str state)
{
    bool public = str_eq(state, S("published"));
    struct guide_set_state_in in = { .state = state,
                                     .published = public ? a->latest : a->published,
                                     .now = tx->now,
                                     .city = rq->city->id,
                                     .id = a->id };
    guide_set_state(tx, &in);
}

/* POST /buero/ratgeber/{id}/veroeffentlichen: the newest version to everybody. */
void editor_publish(struct rq *rq, struct tx *tx)
{
    const struct guide_full *a = addressed(rq);
    if (!a)
        return;
    set_state(rq, tx, a, S("published"));
    audit(rq, tx, S("guide.publish"), a->id, S(""));
    rq_note(rq, MSG_guide_note_published);
    rq_see(rq, S("/buero/ratgeber/"), a->id);
}

/* POST /buero/ratgeber/{id}/geprueft: text and sources hold today. */
void editor_review(struct rq *rq, struct tx *tx)
{
    const struct guide_full *a = addressed(rq);
    if (!a)
        return;
    if (a->latest != a->published) { /* what is not public has nobody to be checked for */
        rq_conflict(rq);
        return;
    }
    const struct guide_version_row *v = guide_version_get(rq->db, rq->city->id, a->id, a->latest);
    must(v);
    struct guide_document d = guide_document_of(rq->db, rq->city->id, v);
    d.sources = guide_sources_read(rq->arena, d.sources, today_iso(rq));
    struct guide_edition e = { .before = a->latest,
                               .event = S("reviewed"),
                               .note = S(""),
                               .shared_hash = a->shared_hash,
                               .edited = a->edited != 0,
                               .document = &d };
    if (!add(rq, tx, a, &e))
        return;
    struct guide_full newer = *a;
    newer.latest = a->latest + 1;
    set_state(rq, tx, &newer, a->state);
    guide_reviewed(tx, rq->city->id, a->slug, clock_today());
    audit(rq, tx, S("guide.review"), a->id, S(""));
    rq_note(rq, MSG_guide_note_reviewed);
    rq_see(rq, S("/buero/ratgeber/"), a->id);
}

/* POST /buero/ratgeber/{id}/archiv: off the public list; back as a draft. */
void editor_archive(struct rq *rq, struct tx *tx)
{
    const struct guide_full *a = addressed(rq);
    if (!a)
        return;
    bool away = rq_has_param(rq, "archived");
    set_state(rq, tx, a, away ? S("archived") : S("draft"));
    audit(rq, tx, away ? S("guide.archive") : S("guide.unarchive"), a->id, S(""));
    rq_note(rq, MSG_guide_note_saved);
    rq_see(rq, S("/buero/ratgeber/"), a->id);
}

/* POST /buero/ratgeber/{id}/zurueck: an earlier version once more, as the newest. */
void editor_restore(struct rq *rq, struct tx *tx)
{
    const struct guide_full *a = addressed(rq);
    if (!a)
        return;
    int64_t number = rq_param_int(rq, "version", 0);
    const struct guide_version_row *v = guide_version_get(rq->db, rq->city->id, a->id, number);
    if (!v) {
        rq_error(rq, NULL, t_guide_error_version(rq));
        rq_status(rq, 422);
        crumbs(rq);
        view_guide_history(rq, a, t_guide_history(rq),
                           guide_version_list(rq->db, rq->city->id, a->id));
        return;
    }
    struct guide_document d = guide_document_of(rq->db, rq->city->id, v);
    struct guide_edition e = { .before = a->latest,
                               .event = S("restored"),
                               .note = t_guide_restored_note(rq, number),
                               .shared_hash = a->shared_hash,
                               .edited = str_eq(a->source, S("shared")),
                               .document = &d };
    if (!add(rq, tx, a, &e))
        return;
    audit(rq, tx, S("guide.restore"), a->id, S(""));
    rq_note(rq, MSG_guide_note_draft);
    rq_see(rq, S("/buero/ratgeber/"), a->id);
}

/* POST /buero/ratgeber/{id}/uebernehmen: the text that comes with Tandem, as a new version. */
void editor_take(struct rq *rq, struct tx *tx)
{
    const struct guide_full *a = addressed(rq);
    struct guide_document d;
    str hash = S("");
    if (!a)
        return;
    if (!str_eq(a->source, S("shared")) || !guide_shared(rq->arena, a->slug, &d, &hash)) {
        rq_conflict(rq);
        return;
    }
    struct guide_edition e = { .before = a->latest,
                               .event = S("shared"),
                               .note = S(""),
                               .shared_hash = hash,
                               .document = &d };
    if (!add(rq, tx, a, &e))
        return;
    audit(rq, tx, S("guide.take"), a->id, S(""));
    rq_note(rq, MSG_guide_note_draft);
    rq_see(rq, S("/buero/ratgeber/"), a->id);
}
