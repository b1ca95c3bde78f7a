/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The guide: its public pages, and the contract of the feature. The office's pages are in
 * editor.c and amount.c. Tables: guide_article, guide_version, guide_text, guide_amount.
 * Neighbour: concern (offers fitting articles to who asks).
 */
#include "feature/guide/guide.h"

#include "feature/guide/amount.h"
#include "feature/guide/find.h"
#include "feature/guide/install.h"
#include "feature/guide/pages.h"
#include "guide.html.h"
#include "guide.sql.web.h"
#include "guide.text.h"

#define RELATED 3

/* Articles by the order of the topics, as the list shows them. */
static struct guide_hits by_topic(struct rq *rq, struct guide_card_rows cards)
{
    struct guide_hits hits = { NEW_ARRAY(rq->arena, cards.n + 1, const struct guide_card *), 0 };
    for (size_t t = 0; t < vocab_topic.n; t++) {
        struct guide_hits some = guide_rank(rq->arena, cards, vocab_topic.codes[t], S(""));
        for (size_t i = 0; i < some.n; i++)
            hits.v[hits.n++] = some.v[i];
    }
    return hits;
}

/* GET /ratgeber: all articles, by topic and words. */
static void list(struct rq *rq)
{
    struct guide_card_rows cards = guide_cards(rq->db, lang_info(rq->lang)->code, rq->city->id);
    struct guide_list page = { .q = rq_param(rq, "q"), .topic = rq_param(rq, "topic") };
    if (vocab_find(&vocab_topic, page.topic) < 0)
        page.topic = S("");
    for (size_t i = 0; i < cards.n; i++) {
        int topic = vocab_find(&vocab_topic, cards.v[i].topic);
        if (topic >= 0)
            page.of_topic[topic]++;
    }
    page.grouped = !page.q.n && !page.topic.n;
    page.hits =
        page.grouped ? by_topic(rq, cards) : guide_rank(rq->arena, cards, page.topic, page.q);
    if (rq_wants_json(rq)) {
        guide_answer_list(rq, page.hits);
        return;
    }
    rq_crumb(rq, t_guide_title(rq), link_to(rq, S("/ratgeber")));
    view_guide_list(rq, &page);
}

/* Others of the topic first, then what shares the words of the title. */
static struct guide_hits related_to(struct rq *rq, const struct guide_page *p)
{
    struct guide_hits found = guide_fitting(rq, p->article->topic, p->words.title, RELATED + 1);
    struct guide_hits others = { NEW_ARRAY(rq->arena, RELATED + 1, const struct guide_card *), 0 };
    for (size_t i = 0; i < found.n && others.n < RELATED; i++)
        if (found.v[i]->id != p->article->id)
            others.v[others.n++] = found.v[i];
    return others;
}

static void show(struct rq *rq)
{
    const struct guide_id *known = guide_by_slug(rq->db, rq->city->id, rq_segment(rq, 0));
    const struct guide_full *article = known ? guide_get(rq->db, rq->city->id, known->id) : NULL;
    const struct guide_version_row *version = NULL;
    if (article && str_eq(article->state, S("published")))
        version = guide_version_get(rq->db, rq->city->id, article->id, article->published);
    if (!version) {
        rq_not_found(rq);
        return;
    }
    struct guide_page page = guide_page_of(rq, article, version);
    if (rq_wants_json(rq)) {
        guide_answer_page(rq, &page);
        return;
    }
    page.related = related_to(rq, &page);
    rq_crumb(rq, t_guide_title(rq), link_to(rq, S("/ratgeber")));
    rq_crumb(rq, page.words.title, guide_link(rq, article->slug));
    view_guide_article(rq, &page);
}

/* GET /ratgeber/{id}: the lasting address, for links from elsewhere. */
static void show_id(struct rq *rq)
{
    const struct guide_full *article = guide_get(rq->db, rq->city->id, rq_id(rq));
    if (!article || !str_eq(article->state, S("published"))) {
        rq_not_found(rq);
        return;
    }
    rq_see_url(rq, guide_link(rq, article->slug));
}

/* ---- persons ---- */

static void person_erase(struct rq *rq, struct tx *tx, int64_t account_id)
{
    (void)rq;
    guide_versions_forget(tx, account_id);
}

/* ---- the contract ---- */

static const struct param list_params[] = {
    { "q", "string", "words of the question" },
    { "topic", "string", "code of a topic" },
    { 0 },
};

static const struct route routes[] = {
    GET("/ratgeber", list, ANYONE, .api = "/guide", .params = list_params,
        .answer = &guide_list_schema, .listed = true, .doc = "Articles of the town's guide."),
    GET("/ratgeber/{slug}", show, ANYONE, .api = "/guide/{slug}", .answer = &guide_full_schema,
        .doc = "One article of the guide."),
    GET("/ratgeber/{id}", show_id, ANYONE),
    GET("/buero/ratgeber", editor_list, CAN(guide_edit)),
    POST("/buero/ratgeber/export", editor_export, CAN(guide_edit)),
    POST("/buero/ratgeber/mitgeliefert", editor_install, CAN(guide_edit)),
    GET("/buero/ratgeber/neu", editor_new, CAN(guide_edit)),
    POST("/buero/ratgeber/neu", editor_create, CAN(guide_edit)),
    GET("/buero/ratgeber/betraege", amount_list, CAN(guide_edit)),
    GET("/buero/ratgeber/betraege/neu", amount_new, CAN(guide_edit)),
    POST("/buero/ratgeber/betraege/neu", amount_create, CAN(guide_edit)),
    GET("/buero/ratgeber/betraege/{id}", amount_edit, CAN(guide_edit)),
    POST("/buero/ratgeber/betraege/{id}", amount_save, CAN(guide_edit)),
    POST("/buero/ratgeber/betraege/{id}/loeschen", amount_erase, CAN(guide_edit)),
    GET("/buero/ratgeber/{id}", editor_edit, CAN(guide_edit)),
    POST("/buero/ratgeber/{id}", editor_save, CAN(guide_edit)),
    GET("/buero/ratgeber/{id}/vorschau", editor_preview, CAN(guide_edit)),
    GET("/buero/ratgeber/{id}/verlauf", editor_history, CAN(guide_edit)),
    POST("/buero/ratgeber/{id}/veroeffentlichen", editor_publish, CAN(guide_edit)),
    POST("/buero/ratgeber/{id}/geprueft", editor_review, CAN(guide_edit)),
    POST("/buero/ratgeber/{id}/archiv", editor_archive, CAN(guide_edit)),
    POST("/buero/ratgeber/{id}/zurueck", editor_restore, CAN(guide_edit)),
    POST("/buero/ratgeber/{id}/uebernehmen", editor_take, CAN(guide_edit)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_guide_nav, .path = "/ratgeber", .kind = ACCESS_ANYONE, .order = 50 },
    { .label = MSG_guide_nav,
      .path = "/buero/ratgeber",
      .kind = ACCESS_CAN,
      .permission = PERM_guide_edit,
      .office = true,
      .order = 50 },
    { 0 },
};

static const struct command commands[] = {
    { "guide install", "--city SLUG",
      "gives a town the articles that come with Tandem; edited ones stay as they are",
      guide_command_install },
    { 0 },
};

const struct feature guide_feature = {
    .name = "guide",
    .routes = routes,
    .nav = nav,
    .commands = commands,
    .person_erase = person_erase,
};
