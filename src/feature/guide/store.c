/* SPDX-License-Identifier: EUPL-1.2 */
/* Storing articles and their versions. */
#include "feature/guide/store.h"

#include "feature/city/city.h"
#include "feature/guide/find.h"

int64_t guide_new(struct tx *tx, const struct guide_arrival *arrival)
{
    int64_t id = db_new_id();
    guide_insert(
        tx, &(struct guide_insert_in){ .id = id,
                                       .city = arrival->city_id,
                                       .slug = arrival->slug,
                                       .source = arrival->source,
                                       .shared_hash = S(""),
                                       .topic = arrival->topic,
                                       .office = arrival->office,
                                       .state = arrival->published ? S("published") : S("draft"),
                                       .reviewed_on = S(""),
                                       .review_due = S(""),
                                       .now = tx->now });
    return id;
}

/* Who reads in another language may search with German words all the same. */
static str with_german(struct arena *a, str own, str german)
{
    return guide_stems(a, str_fmt(a, "%.*s %.*s", STR_FMT(own), STR_FMT(german)));
}

static void add_text(struct tx *tx, const struct guide_edition *e, int64_t version, enum lang lang)
{
    struct arena *a = tx->db.arena;
    const struct guide_words *w = &e->document->text[lang];
    const struct guide_words *german = &e->document->text[LANG_DE];
    str text = str_fmt(a, "%.*s %.*s", STR_FMT(w->summary), STR_FMT(w->body_md));
    struct guide_text_insert_in in = {
        .id = db_new_id(),
        .city = e->city_id,
        .version = version,
        .lang = lang_info(lang)->code,
        .title = w->title,
        .summary = w->summary,
        .body_md = w->body_md,
        .title_words = with_german(a, w->title, german->title),
        .words = with_german(a, text, german->body_md),
    };
    guide_text_insert(tx, &in);
}

bool guide_add(struct tx *tx, const struct guide_edition *e)
{
    struct guide_set_latest_in latest = { .latest = e->before + 1,
                                          .edited = e->edited,
                                          .shared_hash = e->shared_hash,
                                          .now = tx->now,
                                          .city = e->city_id,
                                          .id = e->article_id,
                                          .before = e->before };
    if (guide_set_latest(tx, &latest) != 1)
        return false;
    struct guide_version_insert_in in = { .id = db_new_id(),
                                          .city = e->city_id,
                                          .article = e->article_id,
                                          .number = latest.latest,
                                          .event = e->event,
                                          .note = e->note,
                                          .stated_on = e->document->stated_on,
                                          .sources = e->document->sources,
                                          .amounts = e->document->amounts,
                                          .at = tx->now,
                                          .account = e->account_id };
    guide_version_insert(tx, &in);
    for (int i = 0; i < LANG_COUNT; i++)
        if (e->document->text[i].title.n)
            add_text(tx, e, in.id, (enum lang)i);
    return true;
}

struct guide_document guide_document_of(struct db *db, int64_t city_id,
                                        const struct guide_version_row *version)
{
    struct guide_document d = { .stated_on = version->stated_on,
                                .sources = version->sources,
                                .amounts = version->amounts != 0 };
    struct guide_text_row_rows rows = guide_texts(db, city_id, version->id);
    for (size_t i = 0; i < rows.n; i++) {
        enum lang lang;
        if (lang_parse(rows.v[i].lang, &lang))
            d.text[lang] =
                (struct guide_words){ rows.v[i].title, rows.v[i].summary, rows.v[i].body_md };
    }
    return d;
}

opt_int guide_office_of(struct db *db, int64_t city_id, str topic)
{
    int64_t office = city_office_of_topic(db, city_id, topic);
    return office ? some_int(office) : no_int;
}
