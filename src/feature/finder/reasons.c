/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From machine-readable reasons (match/match.h) to sentences. What the offer does not say is
 * no reason against it: it is named as unknown where somebody asked for it, else left out.
 */
#include "feature/finder/reasons.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "finder.text.h"
#include "web/html.h"
#include "web/vocab_label.h"

#define GOOD_GRADE   500 /* of 1000: from here on a reason speaks for the offer */
#define FULL_GRADE   1000
#define LONG_WAITING 60 /* days */

struct telling {
    const struct rq *rq;
    const struct wish *wish;
    const struct judged_offer *o;
    struct reasons said;
};

static void say_fits(struct telling *t, str sentence)
{
    if (sentence.n)
        *vec_add(t->rq->arena, &t->said.fits) = sentence;
}

static void say_misses(struct telling *t, str sentence)
{
    if (sentence.n)
        *vec_add(t->rq->arena, &t->said.misses) = sentence;
}

/* The sentences of what somebody likes: all of the first kind take the labels in common. */
static const struct {
    enum match_criterion criterion;
    const struct vocab *vocab;
    str (*fits)(const struct rq *rq, str labels);
    str (*misses)(const struct rq *rq);
} liked[] = {
    { MATCH_C_FIELD, &vocab_field, t_finder_fit_field, t_finder_miss_field },
    { MATCH_C_KIND, &vocab_kind, t_finder_fit_kind, t_finder_miss_kind },
    { MATCH_C_TARGET, &vocab_target, t_finder_fit_target, t_finder_miss_target },
    { MATCH_C_TIME, &vocab_time, t_finder_fit_time, t_finder_miss_time },
    { MATCH_C_PLACE, &vocab_place_kind, t_finder_fit_place, t_finder_miss_place },
};

/* Whether the offer says anything in this matter. */
static bool offer_says(const struct opp_card *o, enum match_criterion c)
{
    switch (c) {
    case MATCH_C_FIELD:
        return o->fields != 0;
    case MATCH_C_KIND:
        return o->kinds != 0;
    case MATCH_C_TARGET:
        return o->targets != 0;
    case MATCH_C_TIME:
        return o->time.n > 0;
    case MATCH_C_PLACE:
        return o->place_kind.n > 0;
    default:
        return true;
    }
}

static void say_liked(struct telling *t, const struct match_reason *r)
{
    for (size_t i = 0; i < sizeof liked / sizeof *liked; i++) {
        if (liked[i].criterion != r->criterion)
            continue;
        if (r->detail)
            say_fits(t,
                     liked[i].fits(t->rq, vocab_labels(t->rq, liked[i].vocab, (int64_t)r->detail)));
        else if (offer_says(t->o->card, r->criterion))
            say_misses(t, liked[i].misses(t->rq));
    }
}

static void say_grid(struct telling *t, const struct match_reason *r)
{
    if (r->detail)
        say_fits(t, t_finder_fit_grid(t->rq, opp_when(t->rq, (int64_t)r->detail)));
    else
        say_misses(t, t->o->card->grid ? t_finder_miss_grid(t->rq) : t_finder_unknown_grid(t->rq));
}

static void say_distance(struct telling *t, const struct match_reason *r)
{
    str km = opp_distance(t->rq, (double)r->detail / 1000);
    if (r->grade >= GOOD_GRADE)
        say_fits(t, t_finder_fit_distance(t->rq, km, t->wish->near_name));
    else
        say_misses(t, t_finder_miss_distance(t->rq, km, t->wish->near_name));
}

static void say_hours(struct telling *t, const struct match_reason *r)
{
    if (r->grade == FULL_GRADE)
        say_fits(t, t_finder_fit_hours(t->rq, (int64_t)r->detail));
    else
        say_misses(t, t_finder_miss_hours(t->rq, (int64_t)r->detail));
}

static void say_access(struct telling *t, const struct match_reason *r)
{
    if (r->detail)
        say_fits(t, t_finder_fit_access(
                        t->rq, vocab_labels(t->rq, &vocab_accessible, (int64_t)r->detail)));
    if (r->missing)
        say_misses(t, t_finder_unknown_access(
                          t->rq, vocab_labels(t->rq, &vocab_accessible, (int64_t)r->missing)));
}

static void say(struct telling *t, const struct match_reason *r)
{
    switch (r->criterion) {
    case MATCH_C_GRID:
        say_grid(t, r);
        return;
    case MATCH_C_DISTANCE:
        say_distance(t, r);
        return;
    case MATCH_C_HOURS:
        say_hours(t, r);
        return;
    case MATCH_C_ACCESS:
        say_access(t, r);
        return;
    case MATCH_C_WAITING:
        if (r->detail >= LONG_WAITING)
            say_fits(t, t_finder_fit_waiting(t->rq, (int64_t)r->detail));
        return;
    default:
        say_liked(t, r);
    }
}

static bool has_skill(const struct telling *t, str skill)
{
    str folded = utf8_fold(t->rq->arena, skill);
    for (size_t i = 0; i < t->wish->skill_count; i++)
        if (str_eq(folded, utf8_fold(t->rq->arena, t->wish->skills[i])))
            return true;
    return false;
}

/* Skills are words of the offer; who names own ones hears which of them are wanted. */
static void say_skills(struct telling *t, str wanted)
{
    struct out brought = out_new(t->rq->arena, 2048);
    struct out missing = out_new(t->rq->arena, 2048);
    str word;
    while (t->wish->skill_count && str_next(&wanted, ' ', &word)) {
        word = str_ends(word, S(",")) ? str_slice(word, 0, word.n - 1) : word;
        struct out *o = has_skill(t, word) ? &brought : &missing;
        if (o->n && word.n)
            OUT(o, ", ");
        out_str(o, word);
    }
    if (brought.n)
        say_fits(t, t_finder_fit_skills(t->rq, out_text(&brought)));
    if (missing.n)
        say_misses(t, t_finder_miss_skills(t->rq, out_text(&missing)));
}

static void say_needs(struct telling *t, const struct finder_need *n)
{
    const struct match_profile *p = &t->wish->profile;
    say_skills(t, n->skills);
    if (str_eq(n->certificate, S("simple")))
        say_misses(t, t_finder_need_simple(t->rq));
    if (str_eq(n->certificate, S("extended")))
        say_misses(t, t_finder_need_extended(t->rq));
    if (n->measles)
        say_misses(t, t_finder_need_measles(t->rq));
    if (n->min_age && !p->age)
        say_misses(t, t_finder_need_age(t->rq, n->min_age));
    if (n->languages.n && !p->languages_known)
        say_misses(t, t_finder_need_languages(t->rq, opp_languages(t->rq, n->languages)));
}

struct reasons reasons_of(const struct rq *rq, const struct wish *w, const struct judged_offer *o)
{
    struct telling t = { .rq = rq, .wish = w, .o = o };
    for (size_t i = 0; i < o->fit->n_reasons; i++)
        say(&t, &o->fit->reasons[i]);
    if (o->needs)
        say_needs(&t, o->needs);
    return t.said;
}

struct sentences reasons_excluded(const struct rq *rq, const struct match_fits *fits)
{
    static str (*const why[MATCH_HARDS])(const struct rq *rq, int64_t n) = {
        [MATCH_H_NEVER] = t_finder_out_never,
        [MATCH_H_AGE] = t_finder_out_age,
        [MATCH_H_LANGUAGE] = t_finder_out_language,
        [MATCH_H_DATES] = t_finder_out_dates,
        [MATCH_H_DISTANCE] = t_finder_out_distance,
        [MATCH_H_CERTIFICATE] = t_finder_out_certificate,
        [MATCH_H_ACCESS] = t_finder_out_access,
        [MATCH_H_FULL] = t_finder_out_full,
    };
    struct sentences s = { 0 };
    for (int h = 0; h < MATCH_HARDS; h++)
        if (fits->excluded[h])
            *vec_add(rq->arena, &s) = why[h](rq, fits->excluded[h]);
    return s;
}
