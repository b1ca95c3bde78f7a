/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Pairs for mentoring. Both sides are judged by the functions that judge an offer for a profile
 * (reason.h), each as the offer that the other one gets. Every mentee keeps a short list of the
 * best mentors with room; the best first choice of all becomes a pair, and who runs out of choices
 * looks again. So not all pairs are kept at once, and the result is as if they were.
 */
#include "base/err.h"
#include "base/vec.h"
#include "match/people.h"
#include "match/reason.h"

#define CHOICES 8 /* kept for each mentee at a time */

struct choice {
    uint32_t score, for_mentor, for_mentee;
    uint32_t mentor; /* place in the order of ids */
};

/* One side: as offers in columns, in the order of their ids. */
struct side {
    size_t n;
    const struct pair_side **v;
    struct match_profile *wants;
    struct geo_point *home, *at; /* of the person; of what they give */
    struct columns col;
    uint32_t *room;
};

struct seeker {
    struct choice choice[CHOICES];
    uint32_t n, next;
    bool complete;      /* there are no others than these */
    struct choice last; /* the worst ever listed: whoever follows is behind it */
    bool listed;
};

struct pairing {
    struct arena *a, scratch;
    const struct pairs_query *q;
    struct side mentors, mentees;
    struct judge judge;
    struct seeker *seeker; /* for each mentee */
    uint32_t *heap;        /* of mentees with a choice, the best on top */
    size_t n_heap;
    struct {
        struct pair *v;
        size_t n, cap;
    } pairs;
};

static int compare_side(const void *a, const void *b)
{
    const struct pair_side *const *x = a, *const *y = b;
    return ((*x)->id > (*y)->id) - ((*x)->id < (*y)->id);
}

static struct side side_new(struct pairing *k, const struct pair_side *v, size_t n)
{
    struct arena *a = &k->scratch;
    struct side s = { .n = n };
    must(n < UINT32_MAX);
    s.v = NEW_ROOM(a, n, const struct pair_side *);
    s.wants = NEW_ROOM(a, n, struct match_profile);
    s.home = NEW_ROOM(a, n, struct geo_point);
    s.at = NEW_ROOM(a, n, struct geo_point);
    s.room = NEW_ROOM(a, n, uint32_t);
    struct row *row = NEW_ROOM(a, n, struct row);
    uint32_t *order = NEW_ROOM(a, n, uint32_t);
    for (size_t i = 0; i < n; i++)
        s.v[i] = &v[i];
    if (n)
        qsort(s.v, n, sizeof *s.v, compare_side);
    for (size_t i = 0; i < n; i++) {
        order[i] = (uint32_t)i;
        row[i] = row_from_offer(&s.v[i]->gives);
        row[i].wanted = 1; /* `room` says it */
        s.wants[i] = s.v[i]->wants;
        s.home[i] = geo_point(s.v[i]->wants.near);
        s.at[i] = geo_point(s.v[i]->gives.point);
        s.room[i] = s.v[i]->room;
    }
    s.col = columns_new(a, row, order, n);
    return s;
}

/* Somebody of one side, looking at the other side. */
struct look {
    const struct side *who;
    size_t i;
    const struct side *whom;
};

/* Whether nothing keeps them from somebody there, who is prepared to be judged. */
static bool fits(struct pairing *k, struct look l, struct judged *o)
{
    judge_turn(&k->judge, &l.who->wants[l.i]);
    o->col = &l.whom->col;
    o->distance = geo_metres(l.who->home[l.i], l.whom->at[o->row]);
    return judge_excludes(&k->judge, o) == 0;
}

static bool choice_of(struct pairing *k, size_t mentee, size_t mentor, struct choice *c)
{
    struct judged o = { .row = mentor };
    if (!fits(k, (struct look){ &k->mentees, mentee, &k->mentors }, &o))
        return false;
    c->for_mentee = judge_score(&k->judge, &o);
    o.row = mentee;
    if (!fits(k, (struct look){ &k->mentors, mentor, &k->mentees }, &o))
        return false;
    c->for_mentor = judge_score(&k->judge, &o);
    c->score = (c->for_mentor + c->for_mentee) / 2;
    c->mentor = (uint32_t)mentor;
    return c->score >= k->q->least;
}

/* For one mentee. */
static bool before(const struct choice *a, const struct choice *b)
{
    return a->score != b->score ? a->score > b->score : a->mentor < b->mentor;
}

static void list(struct seeker *s, struct choice c)
{
    uint32_t i = s->n < CHOICES ? s->n : CHOICES;
    while (i > 0 && before(&c, &s->choice[i - 1]))
        i--;
    if (i == CHOICES) {
        s->complete = false;
        return;
    }
    s->complete = s->complete && s->n < CHOICES;
    uint32_t last = s->n < CHOICES ? s->n : CHOICES - 1;
    memmove(&s->choice[i + 1], &s->choice[i], (last - i) * sizeof c);
    s->choice[i] = c;
    s->n = last + 1;
}

/* The best mentors with room whom the mentee has not been offered yet. */
static void look_around(struct pairing *k, size_t mentee)
{
    struct seeker *s = &k->seeker[mentee];
    s->n = s->next = 0;
    s->complete = true;
    for (size_t i = 0; i < k->mentors.n; i++) {
        struct choice c;
        if (k->mentors.room[i] && choice_of(k, mentee, i, &c) &&
            (!s->listed || before(&s->last, &c)))
            list(s, c);
    }
    s->listed = true;
    if (s->n)
        s->last = s->choice[s->n - 1];
}

/* Goes on to a choice that has room; false when there is none. */
static bool has_choice(struct pairing *k, size_t mentee)
{
    struct seeker *s = &k->seeker[mentee];
    for (;;) {
        while (s->next < s->n && !k->mentors.room[s->choice[s->next].mentor])
            s->next++;
        if (s->next < s->n)
            return true;
        if (s->complete)
            return false;
        look_around(k, mentee);
    }
}

/* ---- the best first choice ---- */

static bool comes_first(const struct pairing *k, uint32_t a, uint32_t b)
{
    const struct seeker *x = &k->seeker[a], *y = &k->seeker[b];
    const struct choice *c = &x->choice[x->next], *d = &y->choice[y->next];
    if (c->score != d->score || c->mentor != d->mentor)
        return before(c, d);
    return a < b;
}

static void sink(struct pairing *k, size_t i)
{
    for (;;) {
        size_t best = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < k->n_heap; child++)
            if (comes_first(k, k->heap[child], k->heap[best]))
                best = child;
        if (best == i)
            return;
        uint32_t swap = k->heap[i];
        k->heap[i] = k->heap[best];
        k->heap[best] = swap;
        i = best;
    }
}

/* The reasons for one of the two; their number. */
static size_t put_reasons(struct pairing *k, struct look l, size_t whom,
                          const struct match_reason **reasons)
{
    struct match_reason *v = NEW_ARRAY(k->a, MATCH_CRITERIA, struct match_reason);
    struct judged o = { .row = whom };
    must(fits(k, l, &o));
    *reasons = v;
    return judge_reasons(&k->judge, &o, v);
}

static void add_pair(struct pairing *k, uint32_t mentee, const struct choice *c)
{
    struct pair p = { .mentor = k->mentors.v[c->mentor]->id,
                      .mentee = k->mentees.v[mentee]->id,
                      .score = c->score,
                      .for_mentor = c->for_mentor,
                      .for_mentee = c->for_mentee };
    struct look up = { &k->mentees, mentee, &k->mentors };
    struct look down = { &k->mentors, c->mentor, &k->mentees };
    p.distance_m = geo_metres(k->mentors.home[c->mentor], k->mentees.home[mentee]);
    p.n_mentee_reasons = put_reasons(k, up, c->mentor, &p.mentee_reasons);
    p.n_mentor_reasons = put_reasons(k, down, mentee, &p.mentor_reasons);
    *vec_add(k->a, &k->pairs) = p;
    k->mentors.room[c->mentor]--;
    k->mentees.room[mentee]--;
}

static void pair_all(struct pairing *k)
{
    for (uint32_t i = 0; i < k->mentees.n; i++) {
        if (!k->mentees.room[i])
            continue;
        look_around(k, i);
        if (k->seeker[i].n)
            k->heap[k->n_heap++] = i;
    }
    for (size_t i = k->n_heap; i-- > 0;)
        sink(k, i);
    while (k->n_heap) {
        uint32_t best = k->heap[0];
        struct seeker *s = &k->seeker[best];
        const struct choice c = s->choice[s->next];
        if (k->mentors.room[c.mentor]) {
            add_pair(k, best, &c);
            s->next++;
        }
        if (!k->mentees.room[best] || !has_choice(k, best))
            k->heap[0] = k->heap[--k->n_heap];
        sink(k, 0);
    }
}

const struct pairs *pairs_find(struct arena *a, const struct pairs_query *q)
{
    struct match_profile nobody = { .today = q->today };
    memcpy(nobody.weight, q->weight, sizeof nobody.weight);
    struct pairing k = { .a = a, .q = q, .judge = judge_new(&nobody) };
    struct pairs *pairs = NEW(a, struct pairs);
    arena_init(&k.scratch, 0);
    k.mentors = side_new(&k, q->mentors, q->n_mentors);
    k.mentees = side_new(&k, q->mentees, q->n_mentees);
    k.seeker = NEW_ARRAY(&k.scratch, k.mentees.n, struct seeker);
    k.heap = NEW_ROOM(&k.scratch, k.mentees.n, uint32_t);
    pair_all(&k);
    arena_free(&k.scratch);
    *pairs = (struct pairs){ k.pairs.v, k.pairs.n };
    return pairs;
}
