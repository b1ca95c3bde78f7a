/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A town's own words for searching: what people say there, and what offers say. Saved is in force:
 * the hook of the commit gives the lines to the index (own.c). Table: search_word.
 */
#include "feature/search/words.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "feature/search/index.h"
#include "feature/search/search.h"
#include "office.text.h"
#include "search.html.h"
#include "search.text.h"
#include "web/app.h"
#include "web/audit.h"

#define PAGE  "/buero/suchwoerter"
#define MOST  300 /* rows of a town */
#define ITEMS 10  /* words on one side of a row */

#define F(member, type, text, ...) \
    FIELD(struct words_form, member, type, MSG_search_words_##text, ##__VA_ARGS__)

const struct field words_fields[] = {
    F(says, TEXT, says, .required = true, .max = 200, .hint = MSG_search_words_says_hint),
    F(means, TEXT, means, .required = true, .max = 400, .hint = MSG_search_words_means_hint),
    F(same, BOOL, same),
    { 0 },
};

static void crumbs(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_search_words_title(rq), link_to(rq, S(PAGE)));
}

/* How many offers somebody finds now who looks for the first word of the row. */
static int64_t offers_of(struct rq *rq, str word)
{
    uint16_t city = 0;
    struct match_query q = { .text = word,
                             .own = index_own(rq->app->search, rq->city->id),
                             .cities = &city,
                             .n_cities = 1,
                             .open_on = day_number(clock_today()) };
    if (!index_city(rq->app->search, rq->city->id, &city))
        return 0;
    return match_search(index_match(rq->app->search), rq->arena, &q)->total;
}

static struct words_row row_of(struct rq *rq, const struct search_word_row *r)
{
    str rest = r->says, word = S("");
    str_next(&rest, ',', &word);
    return (struct words_row){
        r, link_query(rq, S("/angebote"), &(struct http_field){ S("q"), word }, 1),
        offers_of(rq, word)
    };
}

/* GET /buero/suchwoerter */
void words_list(struct rq *rq)
{
    struct search_word_row_rows rows = search_word_list(rq->db, rq->city->id);
    struct words_rows shown = { NEW_ARRAY(rq->arena, rows.n, struct words_row), rows.n };
    rq->index_version = atomic_load(&rq->app->index_version);
    for (size_t i = 0; i < rows.n; i++)
        shown.v[i] = row_of(rq, &rows.v[i]);
    crumbs(rq);
    view_search_words_list(rq, shown);
}

static void show_form(struct rq *rq, int64_t id, const struct words_form *f)
{
    crumbs(rq);
    rq_crumb(rq, id ? f->says : t_search_words_new(rq), link_to(rq, rq->path));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_search_words_form(rq, id, f);
}

/* ---- reading the form ---- */

struct items {
    str v[ITEMS];
    size_t n;
};

static bool has_sign(str item)
{
    for (size_t i = 0; i < item.n; i++)
        if (str_find_byte(S("=<>#;|\"!~^"), item.p[i]) >= 0)
            return true;
    return false;
}

/* One word or phrase; false with an error when it cannot be one. */
static bool read_item(struct rq *rq, const char *field, str item)
{
    if (has_sign(item))
        rq_error(rq, field, t_search_words_error_sign(rq, item));
    else if (!match_speaks(index_match(rq->app->search), rq->arena, item))
        rq_error(rq, field, t_search_words_error_silent(rq, item));
    else
        return true;
    return false;
}

/* The list of a field, cleaned: parted by ", ". */
static str read_items(struct rq *rq, const char *field, str list, struct items *items)
{
    struct out o = out_new(rq->arena, list.n * 2 + 16);
    for (str item; str_next(&list, ',', &item);) {
        item = str_trim(item);
        if (!item.n)
            continue;
        if (items->n == ITEMS) {
            rq_error(rq, field, t_search_words_error_many(rq, ITEMS));
            break;
        }
        if (!read_item(rq, field, item))
            break;
        out_fmt(&o, "%s%.*s", o.n ? ", " : "", STR_FMT(item));
        items->v[items->n++] = item;
    }
    return out_text(&o);
}

static void refuse_both_sides(struct rq *rq, const struct items *says, const struct items *means)
{
    for (size_t i = 0; i < says->n; i++)
        for (size_t k = 0; k < means->n; k++)
            if (str_eq(utf8_fold(rq->arena, says->v[i]), utf8_fold(rq->arena, means->v[k])))
                rq_error(rq, "means", t_search_words_error_both(rq, means->v[k]));
}

/* `id`: the row that is edited, 0 for a new one. */
static bool read_form(struct rq *rq, int64_t id, struct words_form *f)
{
    struct items says = { 0 }, means = { 0 };
    if (!rq_form(rq, words_fields, f))
        return false;
    f->says = read_items(rq, "says", f->says, &says);
    f->means = read_items(rq, "means", f->means, &means);
    if (rq_ok(rq) && !says.n)
        rq_error(rq, "says", t_search_words_error_silent(rq, S(",")));
    if (rq_ok(rq) && !means.n)
        rq_error(rq, "means", t_search_words_error_silent(rq, S(",")));
    refuse_both_sides(rq, &says, &means);
    struct search_word_row_rows rows = search_word_list(rq->db, rq->city->id);
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].id != id && str_eq(rows.v[i].says, f->says) &&
            str_eq(rows.v[i].means, f->means))
            rq_error(rq, "says", t_search_words_error_known(rq));
    if (!id && rows.n >= MOST)
        rq_error(rq, "says", t_search_words_error_full(rq, MOST));
    return rq_ok(rq);
}

/* ---- writing ---- */

int64_t search_word_new(struct tx *tx, int64_t city_id, const struct search_word *w)
{
    struct search_word_insert_in in = { .id = db_new_id(),
                                        .city = city_id,
                                        .says = w->says,
                                        .means = w->means,
                                        .same = w->same,
                                        .at = tx->now };
    search_word_insert(tx, &in);
    return in.id;
}

/* GET /buero/suchwoerter/neu */
void words_add(struct rq *rq)
{
    struct words_form f = { .says = S("") };
    show_form(rq, 0, &f);
}

/* POST /buero/suchwoerter/neu */
void words_create(struct rq *rq, struct tx *tx)
{
    struct words_form f = { 0 };
    if (!read_form(rq, 0, &f)) {
        show_form(rq, 0, &f);
        return;
    }
    int64_t id =
        search_word_new(tx, rq->city->id, &(struct search_word){ f.says, f.means, f.same });
    audit(rq, tx, S("search.word_create"), id, S(""));
    rq_note(rq, MSG_search_words_saved);
    rq_see(rq, S(PAGE), 0);
}

/* GET /buero/suchwoerter/{id} */
void words_edit(struct rq *rq)
{
    const struct search_word_row *r = search_word_get(rq->db, rq->city->id, rq_id(rq));
    if (!r) {
        rq_not_found(rq);
        return;
    }
    struct words_form f = { .says = r->says, .means = r->means, .same = r->same };
    show_form(rq, r->id, &f);
}

/* POST /buero/suchwoerter/{id} */
void words_save(struct rq *rq, struct tx *tx)
{
    struct words_form f = { 0 };
    if (!search_word_get(rq->db, rq->city->id, rq_id(rq))) {
        rq_not_found(rq);
        return;
    }
    if (!read_form(rq, rq_id(rq), &f)) {
        show_form(rq, rq_id(rq), &f);
        return;
    }
    struct search_word_update_in in = { .says = f.says,
                                        .means = f.means,
                                        .same = f.same,
                                        .at = tx->now,
                                        .city = rq->city->id,
                                        .id = rq_id(rq) };
    search_word_update(tx, &in);
    audit(rq, tx, S("search.word_change"), in.id, S(""));
    rq_note(rq, MSG_search_words_saved);
    rq_see(rq, S(PAGE), 0);
}

/* POST /buero/suchwoerter/{id}/loeschen */
void words_erase(struct rq *rq, struct tx *tx)
{
    if (search_word_delete(tx, rq->city->id, rq_id(rq)) != 1) {
        rq_not_found(rq);
        return;
    }
    audit(rq, tx, S("search.word_erase"), rq_id(rq), S(""));
    rq_note(rq, MSG_search_words_erased);
    rq_see(rq, S(PAGE), 0);
}
