/* SPDX-License-Identifier: EUPL-1.2 */
/* Sentences from rows, by looking at each value. */
#include "truth.h"

#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/test.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "feature/search/search.h"
#include "finder.text.h"
#include "web/vocab_label.h"

#define EARTH      6371008.8 /* metres */
#define ROUNDING   0.003     /* share by which the index, which has a rounder earth, may be off */
#define USUALLY    20.0      /* km: how far nearness counts where nobody said how far they get */
#define LONG       60        /* days */
#define FOUND_MOST 1000

struct telling {
    struct rq *rq;
    const struct finder_asker *who;
    const struct match_profile *p;
    const struct opp_full *o;
    struct reasons said;
};

static void fits(struct telling *t, str sentence)
{
    *vec_add(t->rq->arena, &t->said.fits) = sentence;
}

static void misses(struct telling *t, str sentence)
{
    *vec_add(t->rq->arena, &t->said.misses) = sentence;
}

static int64_t bit_of(const struct vocab *v, str code)
{
    int n = vocab_find(v, code);
    return n >= 0 ? (int64_t)vocab_bit(n) : 0;
}

struct liking {
    enum match_dim dim;
    const struct vocab *vocab;
    int64_t has;
    str (*fits)(const struct rq *rq, str labels);
    str (*misses)(const struct rq *rq);
};

static void tell_liking(struct telling *t, const struct liking *l)
{
    int64_t like = t->p->like[l->dim], both = like & l->has;
    int64_t unwanted = t->p->rather[l->dim] & l->has;
    if (both)
        fits(t, l->fits(t->rq, vocab_labels(t->rq, l->vocab, both)));
    else if (like && l->has)
        misses(t, l->misses(t->rq));
    if (unwanted)
        misses(t, t_finder_miss_rather(t->rq, vocab_labels(t->rq, l->vocab, unwanted)));
}

static void tell_likings(struct telling *t)
{
    const struct opp_full *o = t->o;
    const struct liking all[] = {
        { MATCH_FIELD, &vocab_field, o->fields, t_finder_fit_field, t_finder_miss_field },
        { MATCH_KIND, &vocab_kind, o->kinds, t_finder_fit_kind, t_finder_miss_kind },
        { MATCH_TARGET, &vocab_target, o->targets, t_finder_fit_target, t_finder_miss_target },
        { MATCH_TIME, &vocab_time, bit_of(&vocab_time, o->time), t_finder_fit_time,
          t_finder_miss_time },
        { MATCH_PLACE, &vocab_place_kind, bit_of(&vocab_place_kind, o->place_kind),
          t_finder_fit_place, t_finder_miss_place },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        tell_liking(t, &all[i]);
}

static void tell_week(struct telling *t)
{
    int64_t both = t->p->grid & t->o->grid;
    if (!t->p->grid)
        return;
    if (both)
        fits(t, t_finder_fit_grid(t->rq, opp_when(t->rq, both)));
    else
        misses(t, t->o->grid ? t_finder_miss_grid(t->rq) : t_finder_unknown_grid(t->rq));
}

/* Great circle, by the haversine. */
static double kilometres(const struct match_point *a, double lat, double lon)
{
    double rad = acos(-1.0) / 180, dlat = (lat - a->lat) * rad, dlon = (lon - a->lon) * rad;
    double h = pow(sin(dlat / 2), 2) + cos(a->lat * rad) * cos(lat * rad) * pow(sin(dlon / 2), 2);
    return 2 * EARTH * asin(sqrt(h)) / 1000;
}

/* Near is what is in the nearer half of how far somebody gets. */
static void tell_way(struct telling *t, double off)
{
    if (!t->p->near.known || !t->o->lat.has)
        return;
    double km = kilometres(&t->p->near, t->o->lat.v, t->o->lon.v) * (1 + off);
    double half = (t->p->reach_m ? t->p->reach_m / 1000.0 : USUALLY) / 2;
    str way = opp_distance(t->rq, km);
    if (km <= half)
        fits(t, t_finder_fit_distance(t->rq, way, t->who->near_name));
    else
        misses(t, t_finder_miss_distance(t->rq, way, t->who->near_name));
}

static void tell_hours(struct telling *t)
{
    int64_t hours = (t->o->hours_week + 9) / 10; /* tenths, upwards */
    if (!t->p->hours || !hours)
        return;
    if (hours <= t->p->hours)
        fits(t, t_finder_fit_hours(t->rq, hours));
    else
        misses(t, t_finder_miss_hours(t->rq, hours));
}

static void tell_access(struct telling *t)
{
    int64_t yes = 0, unknown = 0;
    for (int i = 0; i < ACCESSIBLE_COUNT; i++) {
        enum vocab_answer answer =
            accessible_answer((uint64_t)t->o->access, (enum vocab_accessible)i);
        bool asked = t->p->access >> i & 1;
        yes |= asked && answer == ANSWER_yes ? 1 << i : 0;
        unknown |= asked && answer == ANSWER_unknown ? 1 << i : 0;
    }
    if (yes)
        fits(t, t_finder_fit_access(t->rq, vocab_labels(t->rq, &vocab_accessible, yes)));
    if (unknown)
        misses(t, t_finder_unknown_access(t->rq, vocab_labels(t->rq, &vocab_accessible, unknown)));
}

/* Whether the sentence lists these words, and perhaps more behind them. */
static bool names(struct rq *rq, str sentence, str words)
{
    str whole = t_finder_fit_said(rq, words);
    str begin = str_slice(whole, 0, whole.n - 1); /* without its full stop */
    return str_eq(sentence, whole) || str_starts(sentence, str_join(rq->arena, begin, S(", ")));
}

static bool found_by(struct telling *t, str word)
{
    int64_t ids[FOUND_MOST];
    str query = str_fmt(t->rq->arena, "q=%.*s", STR_FMT(word));
    struct rq asking = search_asking(t->rq, query);
    size_t n = search_points(&asking, ids, FOUND_MOST);
    for (size_t i = 0; i < n; i++)
        if (ids[i] == t->o->id)
            return true;
    return false;
}

/*
 * Of the words that are named, all must be true: who searches for one finds the offer. Not every
 * offer that is found is told so, only those that have it more than by the way.
 */
static void tell_said(struct telling *t, const struct reasons *said)
{
    str words = S("");
    for (size_t i = 0; i < t->p->n_said; i++) {
        str with = str_fmt(t->rq->arena, "%.*s%s%.*s", STR_FMT(words), words.n ? ", " : "",
                           STR_FMT(t->p->said[i]));
        bool named = false;
        for (size_t k = 0; k < said->fits.n; k++)
            named = named || names(t->rq, said->fits.v[k], with);
        words = named && found_by(t, t->p->said[i]) ? with : words;
    }
    if (words.n)
        fits(t, t_finder_fit_said(t->rq, words));
}

static void tell_waiting(struct telling *t)
{
    struct day since = clock_local(t->o->published_at).day;
    int64_t days = day_number(clock_today()) - day_number(since);
    if (t->o->published_at && days >= LONG)
        fits(t, t_finder_fit_waiting(t->rq, days));
}

/* Words of the offer, asked of who names any: those that are named, those that are not. */
static void tell_skills(struct telling *t)
{
    str rest = t->o->skills, word, lists[2] = { S(""), S("") };
    while (t->p->n_said && str_next(&rest, ' ', &word)) {
        bool named = false;
        word = str_ends(word, S(",")) ? str_slice(word, 0, word.n - 1) : word;
        for (size_t i = 0; i < t->p->n_said; i++)
            named = named ||
                    str_eq(utf8_fold(t->rq->arena, t->p->said[i]), utf8_fold(t->rq->arena, word));
        str *list = &lists[named];
        *list =
            str_fmt(t->rq->arena, "%.*s%s%.*s", STR_FMT(*list), list->n ? ", " : "", STR_FMT(word));
    }
    if (lists[1].n)
        fits(t, t_finder_fit_skills(t->rq, lists[1]));
    if (lists[0].n)
        misses(t, t_finder_miss_skills(t->rq, lists[0]));
}

static void tell_needs(struct telling *t)
{
    const struct opp_full *o = t->o;
    if (str_eq(o->certificate, S("simple")))
        misses(t, t_finder_need_simple(t->rq));
    if (str_eq(o->certificate, S("extended")))
        misses(t, t_finder_need_extended(t->rq));
    if (o->measles)
        misses(t, t_finder_need_measles(t->rq));
    if (o->min_age && !t->p->age)
        misses(t, t_finder_need_age(t->rq, o->min_age));
    if (o->languages.n && !t->p->languages_known)
        misses(t, t_finder_need_languages(t->rq, opp_languages(t->rq, o->languages)));
}

static struct reasons all_of(struct rq *rq, const struct finder_asker *who,
                             const struct opp_full *offer, const struct reasons *said, double off)
{
    struct telling t = { .rq = rq, .who = who, .p = who->profile, .o = offer };
    tell_likings(&t);
    tell_week(&t);
    tell_way(&t, off);
    tell_hours(&t);
    tell_access(&t);
    tell_said(&t, said);
    tell_waiting(&t);
    tell_skills(&t);
    tell_needs(&t);
    return t.said;
}

static bool has(const struct sentences *s, str sentence)
{
    for (size_t i = 0; i < s->n; i++)
        if (str_eq(s->v[i], sentence))
            return true;
    return false;
}

/* Sentences of x that y has not. */
static int less(const struct sentences *x, const struct sentences *y, const char *what, bool loud)
{
    int n = 0;
    for (size_t i = 0; i < x->n; i++) {
        if (has(y, x->v[i]))
            continue;
        n++;
        if (loud)
            printf("# %s: %.*s\n", what, STR_FMT(x->v[i]));
    }
    return n;
}

static int differences(const struct reasons *said, const struct reasons *truth, bool loud)
{
    return less(&said->fits, &truth->fits, "not true", loud) +
           less(&said->misses, &truth->misses, "not true", loud) +
           less(&truth->fits, &said->fits, "not said", loud) +
           less(&truth->misses, &said->misses, "not said", loud);
}

int truth_differs(struct rq *rq, const struct finder_asker *who, const struct opp_full *offer,
                  const struct reasons *said)
{
    const double off[] = { 0, ROUNDING, -ROUNDING };
    for (size_t i = 0; i < 3; i++) {
        struct reasons truth = all_of(rq, who, offer, said, off[i]);
        if (!differences(said, &truth, false))
            return 0;
    }
    struct reasons truth = all_of(rq, who, offer, said, 0);
    return differences(said, &truth, true);
}
