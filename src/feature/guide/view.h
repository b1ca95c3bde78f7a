/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of the guide show, beside the rows of the database. */
#ifndef FEATURE_GUIDE_VIEW_H
#define FEATURE_GUIDE_VIEW_H

#include "feature/guide/document.h"
#include "feature/guide/guide.h"
#include "web/form.h"
#include "web/schema.h"
#include "web/vocab_label.h"

/* ---- the amounts that the law sets: amount.c ---- */

#define GUIDE_PERIODS 4 /* columns of the table; older ones are left out */

struct guide_period {
    str from, until;
    bool current; /* it holds today */
};

struct guide_line {
    str label;
    str law;
    url web;
    int64_t cents[GUIDE_PERIODS]; /* -1: nothing was said for that time */
};

struct guide_table {
    struct guide_period periods[GUIDE_PERIODS];
    size_t period_count;
    const struct guide_line *lines;
    size_t line_count;
};

/* All amounts of the town in the language of the page. */
const struct guide_table *guide_table_of(struct rq *rq);
/* "2025" for a calendar year, else "seit 1. Januar 2026", "ab …", "… bis …". */
str guide_period_text(const struct rq *rq, const struct guide_period *p);
/* "3.300 Euro"; "–" for less than zero. */
str guide_money(const struct rq *rq, int64_t cents);

/* ---- one article ---- */

struct guide_page {
    const struct guide_full *article;
    const struct guide_version_row *version;
    enum lang lang; /* of the text that is shown */
    struct guide_words words;
    uint32_t langs; /* bits of the languages that there are */
    struct guide_sources sources;
    const struct guide_table *amounts; /* NULL: not on this page */
    struct guide_hits related;
    bool preview; /* for the office, not public */
};

/* Fills the page from a version; the language of the request, else German. */
struct guide_page guide_page_of(struct rq *rq, const struct guide_full *article,
                                const struct guide_version_row *version);
/* Whether the yearly check is late, or has never been. */
bool guide_due(str reviewed_on, str review_due);
/* "Stand: … · geprüft am …" */
str guide_checked(const struct rq *rq, str stated_on, str reviewed_on);
/* For lang="" where the text is in another language than the page. */
str guide_text_lang(const struct rq *rq, enum lang lang);
str guide_card_lang(const struct rq *rq, const struct guide_card *card);
url guide_share_mail(const struct rq *rq, const struct guide_page *p);

/* ---- answer.c ---- */

extern const struct schema guide_list_schema, guide_full_schema;

void guide_answer_list(struct rq *rq, struct guide_hits hits);
void guide_answer_page(struct rq *rq, const struct guide_page *p);
str guide_json_ld(struct rq *rq, const struct guide_page *p);

/* ---- list ---- */

struct guide_list {
    str q;
    str topic;
    struct guide_hits hits; /* by fit when something was asked, else by topic */
    size_t of_topic[TOPIC_COUNT];
    bool grouped; /* by topic */
};

#endif
