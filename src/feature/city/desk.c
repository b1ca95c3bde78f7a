/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the office does for its town's pages: name, contact and look, legal pages, reports
 * of barriers. Tables: legal_page, barrier_report; of web: city, city_text.
 */
#include "base/clock.h"
#include "city.html.h"
#include "city.text.h"
#include "feature/city/pages.h"
#include "office.text.h"
#include "web.sql.h"
#include "web/audit.h"
#include "web/colour.h"
#include "web/text.h"

#define CLAIM S("home.claim")

#define F(member, type, text, ...) \
    FIELD(struct city_form, member, type, MSG_city_field_##text, ##__VA_ARGS__)

const struct field city_fields[] = {
    F(name, TEXT, name, .required = true, .max = 60, .hint = MSG_city_hint_name),
    F(long_name, TEXT, long_name, .max = 120, .hint = MSG_city_hint_long_name),
    F(claim, TEXT, claim, .max = 160, .hint = MSG_city_hint_claim),
    F(claim_simple, TEXT, claim_simple, .max = 160),
    F(claim_en, TEXT, claim_en, .max = 160),
    F(mail, MAIL, mail, .required = true),
    F(phone, PHONE, phone),
    F(address, LONG, address, .max = 300),
    F(colour, COLOUR, colour, .required = true, .hint = MSG_city_hint_colour),
    F(accent, COLOUR, accent, .required = true, .hint = MSG_city_hint_accent),
    F(domain, TEXT, domain, .max = 253, .hint = MSG_city_hint_domain),
    F(tiles, TEXT, tiles, .max = 500, .hint = MSG_city_hint_tiles),
    { 0 },
};

const struct field legal_fields[] = {
    FIELD(struct legal_form, body_md, LONG, MSG_city_legal_text, .max = 40000,
          .hint = MSG_city_legal_hint),
    { 0 },
};

/* ---- the town ---- */

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_city_desk_title(rq), link_to(rq, S("/buero/stadt")));
}

static str own_words(const struct city *c, enum lang lang, str key)
{
    for (size_t i = 0; i < c->override_count; i++)
        if (c->overrides[i].lang == lang && str_eq(c->overrides[i].key, key))
            return c->overrides[i].value;
    return S("");
}

static struct city_form form_of(const struct city *c)
{
    return (struct city_form){
        .name = c->name,
        .long_name = c->long_name,
        .claim = own_words(c, LANG_DE, CLAIM),
        .claim_simple = own_words(c, LANG_DE_SIMPLE, CLAIM),
        .claim_en = own_words(c, LANG_EN, CLAIM),
        .mail = c->mail,
        .phone = c->phone,
        .address = c->address,
        .colour = c->colour,
        .accent = c->accent,
        .domain = c->domain,
        .tiles = c->tiles,
    };
}

static void show(struct rq *rq, const struct city_form *f)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    view_city_desk(rq, f);
}

/* GET /buero/stadt */
void desk_show(struct rq *rq)
{
    struct city_form f = form_of(rq->city);
    show(rq, &f);
}

/* White text stands on the primary colour: on buttons, for instance. */
static void check_colours(struct rq *rq, const struct city_form *f)
{
    static const struct colour white = { 255, 255, 255 };
    struct colour primary;
    struct colour accent;
    struct theme theme;
    if (!colour_parse(f->colour, &primary) || !colour_parse(f->accent, &accent) ||
        theme_of(primary, accent, &theme))
        return;
    /* Rounded down, so that 4.49 is not shown as the 4.5 that would do. */
    int tenths = (int)(colour_contrast(primary, white) * 10);
    rq_error(rq, "colour",
             t_city_error_contrast(rq, str_fmt(rq->arena, "%d,%d", tenths / 10, tenths % 10)));
}

/* Letters, digits and hyphens with dots between, as in the Host header. */
static bool is_host(str s)
{
    str label;
    size_t labels = 0;
    while (str_next(&s, '.', &label)) {
        labels++;
        if (!label.n || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
        for (size_t i = 0; i < label.n; i++) {
            char c = label.p[i];
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
                return false;
        }
    }
    return labels > 1;
}

static void check_addresses(struct rq *rq, const struct city_form *f)
{
    const struct city *other = f->domain.n ? city_by_host(rq->cities, f->domain) : NULL;
    if (f->domain.n && (!is_host(f->domain) || (other && other->id != rq->city->id)))
        rq_error(rq, "domain", t_city_error_domain(rq));
    if (f->tiles.n && (!str_starts(f->tiles, S("https://")) || str_find(f->tiles, S("{z}")) < 0 ||
                       str_find(f->tiles, S("{x}")) < 0 || str_find(f->tiles, S("{y}")) < 0))
        rq_error(rq, "tiles", t_city_error_tiles(rq));
}

static void save_claims(struct tx *tx, int64_t city_id, const struct city_form *f)
{
    const struct override claims[] = { { LANG_DE, CLAIM, f->claim },
                                       { LANG_DE_SIMPLE, CLAIM, f->claim_simple },
                                       { LANG_EN, CLAIM, f->claim_en } };
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++)
        city_words(tx, city_id, &claims[i]);
}

/* POST /buero/stadt */
void desk_save(struct rq *rq, struct tx *tx)
{
    struct city_form f = { 0 };
    if (rq_form(rq, city_fields, &f)) {
        check_colours(rq, &f);
        check_addresses(rq, &f);
    }
    if (!rq_ok(rq)) {
        show(rq, &f);
        return;
    }
    city_update(tx, &(struct city_update_in){ .name = f.name,
                                              .long_name = f.long_name,
                                              .mail = f.mail,
                                              .phone = f.phone,
                                              .address = f.address,
                                              .colour = f.colour,
                                              .accent = f.accent,
                                              .domain = f.domain,
                                              .tiles = f.tiles,
                                              .city = rq->city->id });
    save_claims(tx, rq->city->id, &f);
    audit(rq, tx, S("city.change"), rq->city->id, S(""));
    rq_note(rq, MSG_city_note_saved);
    rq_see(rq, S("/buero/stadt"), 0);
}

/* ---- legal pages ---- */

static int64_t changed_at(struct legal_list_row_rows rows, str name, str lang)
{
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].name, name) && str_eq(rows.v[i].lang, lang))
            return rows.v[i].changed_at;
    return 0;
}

/* GET /buero/stadt/seiten: each page in each language of the town. */
void desk_legal_list(struct rq *rq)
{
    struct legal_list_row_rows rows = legal_list(rq->db, rq->city->id);
    struct legal_line *lines = NEW_ARRAY(rq->arena, 3 * LANG_COUNT, struct legal_line);
    size_t n = 0;
    for (const struct legal_page *const *p = legal_pages; *p; p++)
        for (int i = 0; i < LANG_COUNT; i++) {
            enum lang lang = (enum lang)i;
            if (rq->city->langs & 1u << i)
                lines[n++] =
                    (struct legal_line){ *p, lang,
                                         changed_at(rows, (*p)->name, lang_info(lang)->code) };
        }
    crumbs(rq);
    rq_crumb(rq, t_city_legal_title(rq), link_to(rq, S("/buero/stadt/seiten")));
    view_city_legal_list(rq, (struct legal_lines){ lines, n });
}

/* The page and language of the address; false when there is no such page. */
static bool addressed(struct rq *rq, const struct legal_page **page, enum lang *lang)
{
    *page = legal_find(rq_segment(rq, 0));
    return *page && lang_parse(rq_segment(rq, 1), lang) && rq->city->langs & 1u << *lang;
}

static void show_legal(struct rq *rq, const struct legal_line *line, const struct legal_form *f)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    crumbs(rq);
    rq_crumb(rq, t_city_legal_title(rq), link_to(rq, S("/buero/stadt/seiten")));
    rq_crumb(rq, text_of(rq, line->page->title), link_to(rq, rq->path));
    view_city_legal_form(rq, line, f);
}

/* GET /buero/stadt/seiten/{page}/{lang}: the town's own text, else the sample to start from. */
void desk_legal_show(struct rq *rq)
{
    struct legal_line line = { 0 };
    if (!addressed(rq, &line.page, &line.lang)) {
        rq_not_found(rq);
        return;
    }
    struct rq in_lang = *rq;
    in_lang.lang = line.lang;
    const struct legal_row *row =
        legal_get(rq->db, rq->city->id, line.page->name, lang_info(line.lang)->code);
    line.changed_at = row ? row->changed_at : 0;
    struct legal_form f = { row ? row->body_md : line.page->sample(&in_lang) };
    show_legal(rq, &line, &f);
}

/* POST /buero/stadt/seiten/{page}/{lang}: an empty text brings the sample back. */
void desk_legal_save(struct rq *rq, struct tx *tx)
{
    struct legal_line line = { 0 };
    struct legal_form f = { 0 };
    if (!addressed(rq, &line.page, &line.lang)) {
        rq_not_found(rq);
        return;
    }
    str lang = lang_info(line.lang)->code;
    if (!rq_form(rq, legal_fields, &f)) {
        show_legal(rq, &line, &f);
        return;
    }
    legal_delete(tx, rq->city->id, line.page->name, lang);
    if (f.body_md.n && !rq_has_param(rq, "sample"))
        legal_insert(tx, &(struct legal_insert_in){ .id = db_new_id(),
                                                    .city = rq->city->id,
                                                    .name = line.page->name,
                                                    .lang = lang,
                                                    .body_md = f.body_md,
                                                    .changed_at = tx->now });
    audit(rq, tx, S("city.legal"), rq->city->id,
          str_fmt(rq->arena, "%.*s %.*s", STR_FMT(line.page->name), STR_FMT(lang)));
    rq_note(rq, MSG_city_note_saved);
    rq_see(rq, S("/buero/stadt/seiten"), 0);
}

/* ---- reports of barriers ---- */

int64_t report_due(int64_t created_at)
{
    struct local_time t = clock_local(created_at);
    int month = t.day.month % 12 + 1;
    struct day due = { t.day.year + (month == 1), month, t.day.day };
    while (!day_valid(due)) /* one month after 31 January is the last day of February */
        due.day--;
    t.day = due;
    return clock_instant(t);
}

/* GET /buero/barrieren */
void desk_reports(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_city_reports_title(rq), link_to(rq, S("/buero/barrieren")));
    view_city_reports(rq, barrier_list(rq->db, rq->city->id));
}

/* POST /buero/barrieren/{id}/beantwortet */
void desk_answered(struct rq *rq, struct tx *tx)
{
    if (barrier_answer(tx, tx->now, rq->city->id, rq_id(rq)) != 1) {
        rq_not_found(rq);
        return;
    }
    audit(rq, tx, S("city.barrier_answered"), rq_id(rq), S(""));
    rq_note(rq, MSG_city_note_answered);
    rq_see(rq, S("/buero/barrieren"), 0);
}
