/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From machine-readable reasons (match/match.h) to sentences. What the offer does not say is
 * no reason against it: it is named as unknown where somebody asked for it, else left out.
 */
#include "feature/finder/finder.h"

#include "base/clock.h"
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
    const struct finder_asker *who;
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
        say_fits(t, t_finder_fit_distance(t->rq, km, t->who->near_name));
    else
        say_misses(t, t_finder_miss_distance(t->rq, km, t->who->near_name));
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

/* What somebody says in words and the offer has, as it was said. */
static void say_said(struct telling *t, const struct match_reason *r)
{
    struct out words = out_new(t->rq->arena, 4096);
    for (uint64_t bits = r->detail; bits; bits &= bits - 1)
        out_fmt(&words, "%s%.*s", words.n ? ", " : "",
                STR_FMT(t->who->profile->said[__builtin_ctzll(bits)]));
    if (words.n)
        say_fits(t, t_finder_fit_said(t->rq, out_text(&words)));
}

/* What the offer is, of what somebody would rather not do. */
static void say_rather(struct telling *t)
{
    const struct opp_card *o = t->o->card;
    const struct {
        const struct vocab *vocab;
        enum match_dim dim;
        int64_t has;
    } dims[] = { { &vocab_field, MATCH_FIELD, o->fields },
                 { &vocab_kind, MATCH_KIND, o->kinds },
                 { &vocab_target, MATCH_TARGET, o->targets } };
    for (size_t i = 0; i < sizeof dims / sizeof *dims; i++) {
        int64_t both = dims[i].has & t->who->profile->rather[dims[i].dim];
        if (both)
            say_misses(t, t_finder_miss_rather(t->rq, vocab_labels(t->rq, dims[i].vocab, both)));
    }
}

/* Days of the calendar here; the index counts days of universal time. */
static void say_waiting(struct telling *t)
{
    struct day since = clock_local(t->o->card->published_at).day;
    int64_t days = day_number(clock_today()) - day_number(since);
    if (t->o->card->published_at && days >= LONG_WAITING)
        say_fits(t, t_finder_fit_waiting(t->rq, days));
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
    case MATCH_C_SAID:
        say_said(t, r);
        return;
    case MATCH_C_RATHER:
        say_rather(t);
        return;
    case MATCH_C_WAITING:
        say_waiting(t);
        return;
    default:
        say_liked(t, r);
    }
}

static bool has_skill(const struct telling *t, str skill)
{
    str folded = utf8_fold(t->rq->arena, skill);
    const struct match_profile *p = t->who->profile;
    for (size_t i = 0; i < p->n_said; i++)
        if (str_eq(folded, utf8_fold(t->rq->arena, p->said[i])))
            return true;
    return false;
}

/* Skills are words of the offer; who names own ones hears which of them are wanted. */
static void say_skills(struct telling *t, str wanted)
{
    struct out brought = out_new(t->rq->arena, 2048);
    struct out missing = out_new(t->rq->arena, 2048);
    str word;
    while (t->who->profile->n_said && str_next(&wanted, ' ', &word)) {
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
    const struct match_profile *p = t->who->profile;
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

struct reasons finder_reasons(const struct rq *rq, const struct finder_asker *who,
                              const struct judged_offer *o)
{
    struct telling t = { .rq = rq, .who = who, .o = o };
    for (size_t i = 0; i < o->fit->n_reasons; i++)
        say(&t, &o->fit->reasons[i]);
    if (o->needs)
        say_needs(&t, o->needs);
    return t.said;
}

struct sentences finder_excluded(const struct rq *rq, const struct match_fits *fits)
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
