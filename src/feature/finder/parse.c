/* SPDX-License-Identifier: EUPL-1.2 */
/* Wishes from the JSON of POST /api/v1/{city}/matches. Neighbours: wish.c (the same from an
 * address). */
#include "base/clock.h"
#include "feature/finder/wish.h"
#include "finder.text.h"
#include "web/json_in.h"

#define PER_PAGE    20
#define PER_MOST    100
#define HOURS_MOST  168
#define AGE_MOST    120
#define RADIUS_MOST 500
#define PAGE_MOST   1000

/* Which member says what of which dimension: {"fields":{"like":[…],"never":[…]}}. */
static const struct {
    const char *member;
    const struct vocab *vocab;
    enum match_dim dim;
} members[] = {
    { "fields", &vocab_field, MATCH_FIELD },      { "kinds", &vocab_kind, MATCH_KIND },
    { "targets", &vocab_target, MATCH_TARGET },   { "times", &vocab_time, MATCH_TIME },
    { "places", &vocab_place_kind, MATCH_PLACE },
};

static void wrong(struct rq *rq, const char *member, str what)
{
    rq_error(rq, member, t_finder_wrong(rq, what));
}

/* A list of codes as bits; one code alone counts as a list. */
static uint64_t codes(struct rq *rq, const char *member, const struct json_in *list,
                      const struct vocab *v)
{
    uint64_t bits = 0;
    if (!list)
        return 0;
    bool alone = list->kind == JSON_IN_STR;
    if (!alone && list->kind != JSON_IN_ARRAY)
        wrong(rq, member, str_from_c(member));
    size_t n = alone ? 1 : list->kind == JSON_IN_ARRAY ? list->n : 0;
    for (size_t i = 0; i < n; i++) {
        str code = json_in_str(alone ? list : &list->v[i]);
        int value = vocab_find(v, code);
        if (value < 0)
            wrong(rq, member, code);
        else
            bits |= vocab_bit(value);
    }
    return bits;
}

static void parse_dims(struct rq *rq, const struct json_in *in, struct match_profile *p)
{
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const char *member = members[i].member;
        const struct json_in *said = json_in_find(in, str_from_c(member));
        if (said && said->kind != JSON_IN_OBJECT) {
            wrong(rq, member, str_from_c(member));
            continue;
        }
        const struct json_in *like = json_in_find(said, S("like"));
        const struct json_in *rather = json_in_find(said, S("rather_not"));
        const struct json_in *never = json_in_find(said, S("never"));
        p->like[members[i].dim] = (uint32_t)codes(rq, member, like, members[i].vocab);
        p->rather[members[i].dim] = (uint32_t)codes(rq, member, rather, members[i].vocab);
        p->never[members[i].dim] = (uint32_t)codes(rq, member, never, members[i].vocab);
    }
}

/* [{"code":"de","level":"b1"}]; without a level, fluently. */
static void parse_languages(struct rq *rq, const struct json_in *list, struct match_profile *p)
{
    if (!list)
        return;
    p->languages_known = true;
    if (list->kind != JSON_IN_ARRAY)
        wrong(rq, "languages", S("languages"));
    for (size_t i = 0; list->kind == JSON_IN_ARRAY && i < list->n; i++) {
        str code = json_in_str(json_in_find(&list->v[i], S("code")));
        str level = json_in_str(json_in_find(&list->v[i], S("level")));
        int language = vocab_find(&vocab_language, code);
        int spoken = level.n ? vocab_find(&vocab_level, level) : LEVEL_native;
        if (language < 0 || spoken < 0)
            wrong(rq, "languages", language < 0 ? code : level);
        else if (language < 16) /* as many as the index knows (match.h) */
            p->levels |= MATCH_LEVEL(language, spoken + 1);
    }
}

static void parse_skills(struct rq *rq, const struct json_in *list, struct wish *w)
{
    if (list && list->kind != JSON_IN_ARRAY)
        wrong(rq, "skills", S("skills"));
    for (size_t i = 0; list && list->kind == JSON_IN_ARRAY && i < list->n; i++)
        if (w->profile.n_said < MATCH_SAID && json_in_str(&list->v[i]).n)
            w->said[w->profile.n_said++] = json_in_str(&list->v[i]);
    w->profile.said = w->said;
}

struct bounds {
    int64_t least, most, fallback;
};

static int64_t number(struct rq *rq, const struct json_in *in, const char *member, struct bounds b)
{
    const struct json_in *v = json_in_find(in, str_from_c(member));
    if (!v)
        return b.fallback;
    bool whole = v->kind == JSON_IN_INT;
    if (whole && v->i >= b.least && v->i <= b.most)
        return v->i;
    wrong(rq, member, str_from_c(member));
    return b.fallback;
}

static int64_t day(struct rq *rq, const struct json_in *in, const char *member)
{
    const struct json_in *v = json_in_find(in, str_from_c(member));
    struct day d;
    if (!v)
        return 0;
    if (day_parse_iso(json_in_str(v), &d))
        return day_number(d);
    wrong(rq, member, str_from_c(member));
    return 0;
}

static void parse_person(struct rq *rq, const struct json_in *in, struct match_profile *p)
{
    p->grid = (uint32_t)codes(rq, "grid", json_in_find(in, S("grid")), &vocab_grid);
    p->access = (uint32_t)codes(rq, "access", json_in_find(in, S("access")), &vocab_accessible);
    p->hours = (uint8_t)number(rq, in, "hours_per_week", (struct bounds){ 0, HOURS_MOST, 0 });
    p->age = (uint8_t)number(rq, in, "age", (struct bounds){ 0, AGE_MOST, 0 });
    p->from = day(rq, in, "from");
    p->to = day(rq, in, "to");
    const struct json_in *certificate = json_in_find(in, S("certificate"));
    p->certificate = (int8_t)vocab_find(&vocab_certificate, json_in_str(certificate));
    if (certificate && p->certificate < 0)
        wrong(rq, "certificate", json_in_str(certificate));
}

void wish_parse(struct rq *rq, str body, struct wish *w)
{
    str problem = S("");
    *w = (struct wish){ .profile = { .certificate = -1 } };
    const struct json_in *in = json_in_parse(rq->arena, body, &problem);
    if (!in || in->kind != JSON_IN_OBJECT) {
        rq_error(rq, NULL, problem.n ? problem : t_finder_wrong(rq, S("{}")));
        return;
    }
    parse_dims(rq, in, &w->profile);
    parse_languages(rq, json_in_find(in, S("languages")), &w->profile);
    parse_skills(rq, json_in_find(in, S("skills")), w);
    parse_person(rq, in, &w->profile);
    w->near = json_in_str(json_in_find(in, S("near")));
    w->radius = number(rq, in, "radius", (struct bounds){ 0, RADIUS_MOST, 0 });
    w->page = number(rq, in, "page", (struct bounds){ 1, PAGE_MOST, 1 });
    w->per = number(rq, in, "per", (struct bounds){ 1, PER_MOST, PER_PAGE });
    wish_locate(rq, w);
    if (w->near_unknown)
        wrong(rq, "near", w->near);
}
