/* SPDX-License-Identifier: EUPL-1.2 */
/* The guide as JSON, the schemas of it, and schema.org data for search engines. */
#include "feature/guide/view.h"
#include "web/json.h"

/* ---- the shape ---- */

static const struct property card_properties[] = {
    { "id", "string", "decimal id" },
    { "slug", "string", "in its address" },
    { "title", "string", "in the language of the answer, where there is one" },
    { "summary", "string", "one or two sentences" },
    { "language", "string", "of title and summary" },
    { "topic", "string", "code of the topic" },
    { "stated_on", "string", "day as of which it is written" },
    { "reviewed_on", "string", "day on which the office last checked it; empty: never" },
    { "url", "string", "the page for people" },
    { 0 },
};
static const struct schema card_schema = { "GuideArticle", "An article in a list.",
                                           card_properties };
static const struct property list_properties[] = {
    { "total", "integer", "number of articles" },
    { "items", "array", "the articles", .of = &card_schema },
    { 0 },
};
const struct schema guide_list_schema = { "GuideList", "Articles of the guide.", list_properties };

static const struct property source_properties[] = {
    { "title", "string", "name of the source" },
    { "url", "string", "its address; may be empty" },
    { "read_on", "string", "day on which it was read; may be empty" },
    { 0 },
};
static const struct schema source_schema = { "GuideSource", "Where it is written.",
                                             source_properties };
static const struct property value_properties[] = {
    { "from", "string", "first day" },
    { "until", "string", "last day; empty: open" },
    { "cents", "integer", "the amount" },
    { 0 },
};
static const struct schema value_schema = { "GuideAmountValue", "An amount and its time.",
                                            value_properties };
static const struct property amount_properties[] = {
    { "label", "string", "what it is" },
    { "law", "string", "where it is written" },
    { "values", "array", "by time", .of = &value_schema },
    { 0 },
};
static const struct schema amount_schema = { "GuideAmount", "An amount that the law sets.",
                                             amount_properties };
static const struct property full_properties[] = {
    { "id", "string", "decimal id" },
    { "slug", "string", "in its address" },
    { "title", "string", "title" },
    { "summary", "string", "one or two sentences" },
    { "body_md", "string", "Markdown" },
    { "language", "string", "of the text" },
    { "languages", "array", "in which there is a text", .item = "string" },
    { "topic", "string", "code of the topic" },
    { "stated_on", "string", "day as of which it is written" },
    { "reviewed_on", "string", "day of the last check; empty: never" },
    { "review_due", "string", "day of the next check" },
    { "office", "string", "who answers for it; may be empty" },
    { "sources", "array", "where it is written", .of = &source_schema },
    { "amounts", "array", "dated amounts that belong to it", .of = &amount_schema },
    { "url", "string", "the page for people" },
    { 0 },
};
const struct schema guide_full_schema = { "GuideArticleFull", "One article.", full_properties };

/* ---- the writers ---- */

static void pair(struct json *j, str key, str value)
{
    json_key(j, key);
    json_str(j, value);
}

static void put_id(struct rq *rq, struct json *j, int64_t id)
{
    pair(j, S("id"), str_fmt(rq->arena, "%lld", (long long)id));
}

static void put_url(struct rq *rq, struct json *j, str slug)
{
    pair(j, S("url"), link_absolute(rq, guide_link(rq, slug)).s);
}

static void put_card(struct rq *rq, struct json *j, const struct guide_card *card)
{
    json_object(j);
    put_id(rq, j, card->id);
    pair(j, S("slug"), card->slug);
    pair(j, S("title"), card->title);
    pair(j, S("summary"), card->summary);
    pair(j, S("language"), card->lang);
    pair(j, S("topic"), card->topic);
    pair(j, S("stated_on"), card->stated_on);
    pair(j, S("reviewed_on"), card->reviewed_on);
    put_url(rq, j, card->slug);
    json_object_end(j);
}

void guide_answer_list(struct rq *rq, struct guide_hits hits)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    json_object(&j);
    json_key(&j, S("total"));
    json_int(&j, (int64_t)hits.n);
    json_key(&j, S("items"));
    json_array(&j);
    for (size_t i = 0; i < hits.n; i++)
        put_card(rq, &j, hits.v[i]);
    json_array_end(&j);
    json_object_end(&j);
    json_done(&j);
}

static void put_sources(struct json *j, struct guide_sources sources)
{
    json_key(j, S("sources"));
    json_array(j);
    for (size_t i = 0; i < sources.n; i++) {
        json_object(j);
        pair(j, S("title"), sources.v[i].title);
        pair(j, S("url"), sources.v[i].link.s);
        pair(j, S("read_on"), sources.v[i].read_on);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_values(struct json *j, const struct guide_table *t, const struct guide_line *line)
{
    json_key(j, S("values"));
    json_array(j);
    for (size_t p = 0; p < t->period_count; p++) {
        if (line->cents[p] < 0)
            continue;
        json_object(j);
        pair(j, S("from"), t->periods[p].from);
        pair(j, S("until"), t->periods[p].until);
        json_key(j, S("cents"));
        json_int(j, line->cents[p]);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_amounts(struct json *j, const struct guide_table *t)
{
    json_key(j, S("amounts"));
    json_array(j);
    for (size_t i = 0; t && i < t->line_count; i++) {
        json_object(j);
        pair(j, S("label"), t->lines[i].label);
        pair(j, S("law"), t->lines[i].law);
        put_values(j, t, &t->lines[i]);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_langs(struct json *j, uint32_t langs)
{
    json_key(j, S("languages"));
    json_array(j);
    for (int i = 0; i < LANG_COUNT; i++)
        if (langs & 1u << i)
            json_str(j, lang_info((enum lang)i)->code);
    json_array_end(j);
}

void guide_answer_page(struct rq *rq, const struct guide_page *p)
{
    struct json j = json_new(rq->out);
    rq_type(rq, S("application/json"));
    json_object(&j);
    put_id(rq, &j, p->article->id);
    pair(&j, S("slug"), p->article->slug);
    pair(&j, S("title"), p->words.title);
    pair(&j, S("summary"), p->words.summary);
    pair(&j, S("body_md"), p->words.body_md);
    pair(&j, S("language"), lang_info(p->lang)->code);
    put_langs(&j, p->langs);
    pair(&j, S("topic"), p->article->topic);
    pair(&j, S("stated_on"), p->version->stated_on);
    pair(&j, S("reviewed_on"), p->article->reviewed_on);
    pair(&j, S("review_due"), p->article->review_due);
    pair(&j, S("office"), p->article->office.has ? p->article->office.v : S(""));
    put_sources(&j, p->sources);
    put_amounts(&j, p->amounts);
    put_url(rq, &j, p->article->slug);
    json_object_end(&j);
    json_done(&j);
}

str guide_json_ld(struct rq *rq, const struct guide_page *p)
{
    struct out out = out_new(rq->arena, OUT_MAX);
    struct json j = json_new(&out);
    json_object(&j);
    pair(&j, S("@context"), S("https://schema.org"));
    pair(&j, S("@type"), S("Article"));
    pair(&j, S("headline"), p->words.title);
    pair(&j, S("description"), p->words.summary);
    pair(&j, S("inLanguage"), p->lang == LANG_DE_SIMPLE ? S("de") : lang_info(p->lang)->code);
    pair(&j, S("dateModified"), p->version->stated_on);
    put_url(rq, &j, p->article->slug);
    json_key(&j, S("citation"));
    json_array(&j);
    for (size_t i = 0; i < p->sources.n; i++)
        json_str(&j, p->sources.v[i].title);
    json_array_end(&j);
    json_key(&j, S("publisher"));
    json_object(&j);
    pair(&j, S("@type"), S("GovernmentOrganization"));
    pair(&j, S("name"), rq->city->long_name.n ? rq->city->long_name : rq->city->name);
    json_object_end(&j);
    json_object_end(&j);
    json_done(&j);
    return out_text(&out);
}
