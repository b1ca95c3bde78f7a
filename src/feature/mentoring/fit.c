/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who fits whom. The pairs are those of the matching index (match/people.h): common languages,
 * topics, times, nearness, and a wish about the other one. The sentences are made from both
 * profiles, what fits and what does not; who decides is the office.
 */
#include <stdlib.h>

#include "base/vec.h"
#include "feature/mentoring/pages.h"
#include "match/people.h"
#include "mentoring.text.h"
#include "web/vocab_label.h"

#define ADULT      18
#define SCORE_FULL (MATCH_SCORE_MAX / 100)
#define CHOICES    30 /* of each mentee that are looked at for the best pairs of all */

/* Of the index, these dimensions are used with meanings of their own. */
#define IN_LANGUAGES MATCH_FIELD
#define IN_TOPICS    MATCH_KIND
#define IN_GENDER    MATCH_TARGET

bool mentoring_is_minor(int64_t birth_year, str age_band)
{
    if (birth_year)
        return clock_today().year - birth_year <= ADULT; /* the birthday may be still to come */
    return str_eq(age_band, vocab_code(&vocab_age_band, AGE_BAND_under_16)) ||
           str_eq(age_band, vocab_code(&vocab_age_band, AGE_BAND_16_17));
}

bool mentoring_has_room(const struct mentoring_profile_row *p)
{
    return str_eq(p->state, S("open")) && !p->erased_at && p->pairs < p->room;
}

/* ---- sentences ---- */

static void add(struct rq *rq, struct mentoring_sentences *list, str text)
{
    *vec_add(rq->arena, list) = text;
}

str mentoring_lines(struct rq *rq, const struct mentoring_sentences *s)
{
    struct out o = out_new(rq->arena, 8192);
    for (size_t i = 0; i < s->n; i++) {
        out_str(&o, s->v[i]);
        out_char(&o, '\n');
    }
    return out_text(&o);
}

struct mentoring_sentences mentoring_split(struct rq *rq, str lines)
{
    struct mentoring_sentences s = { 0 };
    str line;
    while (str_next(&lines, '\n', &line))
        if (line.n)
            add(rq, &s, line);
    return s;
}

static void about_languages(struct rq *rq, struct mentoring_fit *f)
{
    int64_t common = f->mentor->languages & f->mentee->languages;
    if (common)
        add(rq, &f->fits, t_mentoring_fit_languages(rq, vocab_labels(rq, &vocab_language, common)));
    else if (f->mentor->languages && f->mentee->languages)
        add(rq, &f->misses, t_mentoring_miss_languages(rq));
    else
        add(rq, &f->misses, t_mentoring_miss_languages_unknown(rq));
}

static void about_topics(struct rq *rq, struct mentoring_fit *f)
{
    int64_t common = f->mentor->topics & f->mentee->topics;
    int64_t left = f->mentee->topics & ~f->mentor->topics;
    if (common)
        add(rq, &f->fits,
            t_mentoring_fit_topics(rq, vocab_labels(rq, &vocab_mentoring_topic, common)));
    if (left)
        add(rq, &f->misses,
            t_mentoring_miss_topics(rq, vocab_labels(rq, &vocab_mentoring_topic, left)));
}

str mentoring_times(const struct rq *rq, int64_t grid)
{
    struct out o = out_new(rq->arena, 4096);
    for (int cell = 0; cell < DAY_COUNT * DAYPART_COUNT; cell++)
        if ((uint64_t)grid & vocab_bit(cell)) {
            if (o.n)
                OUT(&o, ", ");
            out_str(&o, vocab_label(rq, &vocab_day, cell / DAYPART_COUNT));
            OUT(&o, " ");
            out_str(&o, vocab_label(rq, &vocab_daypart, cell % DAYPART_COUNT));
        }
    return out_text(&o);
}

static void about_times(struct rq *rq, struct mentoring_fit *f)
{
    int64_t common = f->mentor->grid & f->mentee->grid;
    if (common)
        add(rq, &f->fits, t_mentoring_fit_times(rq, mentoring_times(rq, common)));
    else if (f->mentor->grid && f->mentee->grid)
        add(rq, &f->misses, t_mentoring_miss_times(rq));
    else
        add(rq, &f->misses, t_mentoring_miss_times_unknown(rq));
}

static void about_district(struct rq *rq, struct mentoring_fit *f)
{
    str a = f->mentor->district;
    str b = f->mentee->district;
    if (a.n && str_eq(a, b))
        add(rq, &f->fits, t_mentoring_fit_district(rq, a));
    else if (a.n && b.n)
        add(rq, &f->misses, t_mentoring_miss_district(rq));
    else
        add(rq, &f->misses, t_mentoring_miss_district_unknown(rq));
}

/*
 * What one of them wishes of the other. Without names: both read these sentences before they know
 * each other. What somebody wished in words is a remark for the office.
 */
static void about_wish(struct rq *rq, struct mentoring_fit *f, bool of_mentor)
{
    const struct mentoring_profile_row *who = of_mentor ? f->mentor : f->mentee;
    const struct mentoring_profile_row *whom = of_mentor ? f->mentee : f->mentor;
    str role = of_mentor ? who->mentor_word : who->mentee_word;
    str wished = vocab_label_of(rq, &vocab_gender, who->wish_gender);
    if (who->wish_gender.n && str_eq(who->wish_gender, whom->gender))
        add(rq, &f->fits, t_mentoring_fit_wish(rq, role, wished));
    else if (who->wish_gender.n)
        add(rq, &f->misses,
            whom->gender.n ? t_mentoring_miss_wish(rq, role, wished)
                           : t_mentoring_miss_wish_unknown(rq, role, wished));
    if (who->wish.n)
        add(rq, &f->remarks, t_mentoring_remark(rq, role, who->wish));
}

void mentoring_reasons(struct rq *rq, struct mentoring_fit *f)
{
    f->minor = mentoring_is_minor(f->mentee->birth_year, f->mentee->age_band);
    about_languages(rq, f);
    about_topics(rq, f);
    about_times(rq, f);
    about_district(rq, f);
    about_wish(rq, f, true);
    about_wish(rq, f, false);
}

/* ---- the matching ---- */

static uint32_t gender_bit(str gender)
{
    int g = vocab_find(&vocab_gender, gender);
    return g >= 0 ? (uint32_t)vocab_bit(g) : 0;
}

static struct pair_side side_of(const struct mentoring_profile_row *p, uint16_t room)
{
    struct match_point at = { p->lat.has && p->lon.has, p->lat.v, p->lon.v };
    uint32_t wished = gender_bit(p->wish_gender);
    uint32_t all = (uint32_t)vocab_bit(GENDER_COUNT) - 1;
    struct pair_side s = { .id = p->id, .room = room };
    s.wants.like[IN_LANGUAGES] = (uint32_t)p->languages;
    s.wants.like[IN_TOPICS] = (uint32_t)p->topics;
    s.wants.like[IN_GENDER] = wished;
    s.wants.never[IN_GENDER] = wished ? all & ~wished : 0;
    s.wants.grid = (uint32_t)p->grid;
    s.wants.certificate = -1;
    s.wants.near = at;
    s.gives.dim[IN_LANGUAGES] = (uint32_t)p->languages;
    s.gives.dim[IN_TOPICS] = (uint32_t)p->topics;
    s.gives.dim[IN_GENDER] = gender_bit(p->gender);
    s.gives.dim[MATCH_CERTIFICATE] = 1;
    s.gives.grid = (uint32_t)p->grid;
    s.gives.point = at;
    return s;
}

struct sides {
    struct pair_side *v;
    size_t n;
};

static struct sides sides_of(struct rq *rq, struct mentoring_profile_row_rows all, str side)
{
    struct sides s = { .v = NEW_ARRAY(rq->arena, all.n + 1, struct pair_side) };
    for (size_t i = 0; i < all.n; i++) {
        const struct mentoring_profile_row *p = &all.v[i];
        if (str_eq(p->side, side) && mentoring_has_room(p))
            s.v[s.n++] = side_of(p, (uint16_t)(p->room - p->pairs));
    }
    return s;
}

static const struct mentoring_profile_row *row_of(struct mentoring_profile_row_rows all, int64_t id)
{
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].id == id)
            return &all.v[i];
    return NULL;
}

static bool was_tried(struct mentoring_id_pair_rows tried, int64_t mentor, int64_t mentee)
{
    for (size_t i = 0; i < tried.n; i++)
        if (tried.v[i].mentor_id == mentor && tried.v[i].mentee_id == mentee)
            return true;
    return false;
}

static struct mentoring_fit fit_of(struct rq *rq, struct mentoring_profile_row_rows all,
                                   const struct pair *pair)
{
    struct mentoring_fit f = { .mentor = row_of(all, pair->mentor),
                               .mentee = row_of(all, pair->mentee),
                               .score = pair->score / SCORE_FULL };
    mentoring_reasons(rq, &f);
    return f;
}

/* Without a language in common nobody is proposed; nor is somebody to themselves. */
static bool may_meet(const struct mentoring_profile_row *a, const struct mentoring_profile_row *b)
{
    bool talk = (a->languages & b->languages) || !a->languages || !b->languages;
    return talk && a->person_id != b->person_id;
}

/* ---- the best of all ---- */

struct ranked {
    struct pair *v;
    size_t n, cap;
};

static int by_score(const void *a, const void *b)
{
    const struct pair *x = a;
    const struct pair *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    if (x->mentor != y->mentor)
        return x->mentor < y->mentor ? -1 : 1;
    return (x->mentee > y->mentee) - (x->mentee < y->mentee);
}

/* Takes a place of both, if both have one left. */
static bool take_room(struct sides *mentors, struct sides *mentees, const struct pair *p)
{
    struct pair_side *a = mentors->v;
    struct pair_side *b = mentees->v;
    while (a->id != p->mentor)
        a++;
    while (b->id != p->mentee)
        b++;
    if (!a->room || !b->room)
        return false;
    a->room--;
    b->room--;
    return true;
}

struct choosing {
    struct rq *rq;
    struct mentoring_profile_row_rows all;
    struct mentoring_id_pair_rows tried;
    struct sides mentors, mentees;
    struct ranked list;
};

/* The best mentors of one mentee who may meet them and have not had their try. */
static void choose(struct choosing *c, const struct pair_side *mentee)
{
    struct arena scratch; /* a ranking names all mentors; few of them are kept */
    struct pair_side one = *mentee;
    size_t taken = 0;
    one.room = UINT16_MAX;
    struct pairs_query q = { .mentors = c->mentors.v,
                             .n_mentors = c->mentors.n,
                             .mentees = &one,
                             .n_mentees = 1,
                             .today = day_number(clock_today()) };
    arena_init(&scratch, 0);
    const struct pairs *ranks = pairs_find(&scratch, &q);
    for (size_t i = 0; i < ranks->n && taken < CHOICES; i++) {
        const struct pair *p = &ranks->v[i];
        if (was_tried(c->tried, p->mentor, p->mentee) ||
            !may_meet(row_of(c->all, p->mentor), row_of(c->all, p->mentee)))
            continue;
        *vec_add(c->rq->arena, &c->list) = *p;
        taken++;
    }
    arena_free(&scratch);
}

/*
 * As pairs_find pairs them (the best of all, then the best of what is left), but without those who
 * had their try and those who could not talk: that is not for the index to know.
 */
struct mentoring_fits mentoring_best(struct rq *rq, struct mentoring_profile_row_rows all,
                                     struct mentoring_id_pair_rows tried)
{
    struct choosing c = { .rq = rq,
                          .all = all,
                          .tried = tried,
                          .mentors = sides_of(rq, all, S("mentor")),
                          .mentees = sides_of(rq, all, S("mentee")) };
    for (size_t i = 0; i < c.mentees.n; i++)
        choose(&c, &c.mentees.v[i]);
    if (c.list.n)
        qsort(c.list.v, c.list.n, sizeof *c.list.v, by_score);
    struct mentoring_fits fits = { .v = NEW_ARRAY(rq->arena, c.list.n + 1, struct mentoring_fit) };
    for (size_t i = 0; i < c.list.n; i++)
        if (take_room(&c.mentors, &c.mentees, &c.list.v[i]))
            fits.v[fits.n++] = fit_of(rq, all, &c.list.v[i]);
    return fits;
}

/* ---- for one ---- */

static bool listed(const struct mentoring_fits *fits, int64_t mentor, int64_t mentee)
{
    for (size_t i = 0; i < fits->n; i++)
        if (fits->v[i].mentor->id == mentor && fits->v[i].mentee->id == mentee)
            return true;
    return false;
}

/* Whom the index leaves out comes last, with what is in the way. */
static void add_others(struct rq *rq, struct mentoring_profile_row_rows all,
                       const struct mentoring_profile_row *one, struct mentoring_fits *fits)
{
    bool mentor = str_eq(one->side, S("mentor"));
    for (size_t i = 0; i < all.n; i++) {
        const struct mentoring_profile_row *p = &all.v[i];
        struct mentoring_fit f = { .mentor = mentor ? one : p, .mentee = mentor ? p : one };
        if (str_eq(p->side, one->side) || !mentoring_has_room(p) ||
            p->person_id == one->person_id || listed(fits, f.mentor->id, f.mentee->id))
            continue;
        mentoring_reasons(rq, &f);
        fits->v[fits->n++] = f;
    }
}

struct mentoring_fits mentoring_for(struct rq *rq, struct mentoring_profile_row_rows all,
                                    int64_t profile_id)
{
    const struct mentoring_profile_row *one = row_of(all, profile_id);
    struct mentoring_fits fits = { .v = NEW_ARRAY(rq->arena, all.n + 1, struct mentoring_fit) };
    if (!one)
        return fits;
    bool mentor = str_eq(one->side, S("mentor"));
    struct sides others = sides_of(rq, all, mentor ? S("mentee") : S("mentor"));
    struct pair_side me = side_of(one, UINT16_MAX);
    struct pairs_query q = { .mentors = mentor ? &me : others.v,
                             .n_mentors = mentor ? 1 : others.n,
                             .mentees = mentor ? others.v : &me,
                             .n_mentees = mentor ? others.n : 1,
                             .today = day_number(clock_today()) };
    const struct pairs *ranks = pairs_find(rq->arena, &q);
    for (size_t i = 0; i < ranks->n; i++) {
        struct mentoring_fit f = fit_of(rq, all, &ranks->v[i]);
        if (may_meet(f.mentor, f.mentee))
            fits.v[fits.n++] = f;
    }
    add_others(rq, all, one, &fits);
    return fits;
}
