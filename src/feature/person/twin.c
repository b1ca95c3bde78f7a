/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who may be the same person. A family often shares address and telephone, so these alone are
 * weak, and another year of birth speaks against it. In a town those are compared that share a key:
 * address, number, the words of the name, or the beginning of the last name at a postcode.
 */
#include "feature/person/twin.h"

#include <stdlib.h>

#include "base/alike.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "feature/person/store.h"
#include "person.text.h"

#define NEAR      70 /* hundredths of alike_share */
#define LEAST     50 /* a pair that scores less is none */
#define MANY      12 /* a key that more share says nothing */
#define BEGINNING 3  /* letters of a last name */

struct one {
    const struct person_compare_row *row;
    str name; /* its words in order of the alphabet */
    struct alike runs;
    str phone;
};

/* ---- what is compared ---- */

static int by_words(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

static str name_of(struct arena *a, str name)
{
    str rest = utf8_fold(a, name);
    str words[16];
    size_t n = 0;
    struct out o = out_new(a, rest.n + 32);
    while (n < 16 && str_next(&rest, ' ', &words[n]))
        n += words[n].n > 0;
    if (n)
        qsort(words, n, sizeof *words, by_words);
    for (size_t i = 0; i < n; i++)
        out_fmt(&o, "%s%.*s", i ? " " : "", STR_FMT(words[i]));
    return out_text(&o);
}

static struct one one_of(struct arena *a, const struct person_compare_row *row)
{
    str name = name_of(a, row->name);
    return (struct one){ row, name, alike_of(a, name), person_digits(a, row->phone) };
}

static bool both(str a, str b)
{
    return a.n && str_eq(a, b);
}

static int64_t reasons_of(const struct one *x, const struct one *y)
{
    int64_t r = 0;
    if (both(x->row->mail, y->row->mail))
        r |= SAME_MAIL;
    if (both(x->phone, y->phone))
        r |= SAME_PHONE;
    if (both(x->name, y->name))
        r |= SAME_NAME;
    else if (alike_share(x->runs, y->runs) >= NEAR)
        r |= NAME_NEAR;
    if (x->row->birth_year && x->row->birth_year == y->row->birth_year)
        r |= SAME_YEAR;
    if (both(x->row->postcode, y->row->postcode))
        r |= SAME_POSTCODE;
    return r;
}

static int score_of(const struct one *x, const struct one *y, int64_t reasons)
{
    static const int points[] = { 50, 40, 45, 30, 15, 10 };
    bool other_year = x->row->birth_year && y->row->birth_year && !(reasons & SAME_YEAR);
    bool other_name = !(reasons & (SAME_NAME | NAME_NEAR));
    int sum = (other_year ? -40 : 0) - (other_name ? 15 : 0);
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        sum += reasons & (1 << i) ? points[i] : 0;
    return sum > 100 ? 100 : sum;
}

/* ---- one that is being entered ---- */

static void insert(struct person_likes *likes, const struct person_like *like)
{
    size_t at = likes->n;
    while (at > 0 && likes->v[at - 1].score < like->score)
        at--;
    if (at == PERSON_LIKES)
        return;
    likes->n += likes->n < PERSON_LIKES;
    for (size_t i = likes->n - 1; i > at; i--)
        likes->v[i] = likes->v[i - 1];
    likes->v[at] = *like;
}

static struct person_compare_row sought_of(const struct person_form *f)
{
    return (struct person_compare_row){ .name = f->name,
                                        .mail = f->mail,
                                        .phone = f->phone,
                                        .postcode = f->postcode,
                                        .birth_year = f->birth_year };
}

void person_alike(struct rq *rq, const struct person_form *f, int64_t but,
                  struct person_likes *likes)
{
    struct person_compare_row sought = sought_of(f);
    struct one x = one_of(rq->arena, &sought);
    struct person_compare_row_rows rows = person_to_compare(rq->db, rq->city->id);
    *likes = (struct person_likes){ 0 };
    for (size_t i = 0; i < rows.n; i++) {
        struct arena_mark mark = arena_mark(rq->arena); /* a town may have many */
        struct one y = one_of(rq->arena, &rows.v[i]);
        struct person_like like = { .row = &rows.v[i], .reasons = reasons_of(&x, &y) };
        like.score = score_of(&x, &y, like.reasons);
        arena_rewind(rq->arena, mark);
        if (like.score >= LEAST && rows.v[i].id != but)
            insert(likes, &like);
    }
}

/* ---- all of a town ---- */

struct key {
    str text; /* its first letter: what it is */
    size_t of;
};

struct finding {
    struct arena *a;
    struct one *v;
    struct {
        struct key *v;
        size_t n, cap;
    } keys;
    struct map seen; /* pairs that have been looked at */
    struct merge_pairs *pairs;
};

static void add_key(struct finding *f, size_t of, const char *what, str text)
{
    if (text.n)
        *vec_add(f->a, &f->keys) = (struct key){ str_fmt(f->a, "%s%.*s", what, STR_FMT(text)), of };
}

static void add_keys(struct finding *f, const struct one *p, size_t i)
{
    str last = person_last_name(p->row->name);
    str beginning = utf8_cut(utf8_fold(f->a, last), BEGINNING);
    add_key(f, i, "m", p->row->mail);
    add_key(f, i, "p", p->phone);
    add_key(f, i, "n", p->name);
    if (p->row->postcode.n)
        add_key(f, i, "b",
                str_fmt(f->a, "%.*s%.*s", STR_FMT(p->row->postcode), STR_FMT(beginning)));
}

static int by_key(const void *x, const void *y)
{
    const struct key *a = x, *b = y;
    int order = str_cmp(a->text, b->text);
    return order ? order : (a->of > b->of) - (a->of < b->of);
}

static void look_at(struct finding *f, size_t i, size_t k)
{
    const struct one *x = &f->v[i], *y = &f->v[k];
    str name = str_fmt(f->a, "%zu %zu", i, k);
    if (i == k || map_find(&f->seen, name))
        return;
    *map_put(&f->seen, name) = 1;
    int64_t reasons = reasons_of(x, y);
    int score = score_of(x, y, reasons);
    if (score >= LEAST)
        *vec_add(f->a, f->pairs) = (struct merge_pair){ x->row->id, y->row->id, reasons, score };
}

static void look_at_run(struct finding *f, const struct key *v, size_t n)
{
    if (n > MANY)
        return;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            look_at(f, v[i].of, v[k].of); /* rows come by id, so low comes first */
}

/* Everybody of the town, with the keys in order. */
static void gather(struct finding *f, const struct person_compare_row_rows *rows)
{
    f->v = NEW_ARRAY(f->a, rows->n + 1, struct one);
    for (size_t i = 0; i < rows->n; i++) {
        f->v[i] = one_of(f->a, &rows->v[i]);
        add_keys(f, &f->v[i], i);
    }
    if (f->keys.n)
        qsort(f->keys.v, f->keys.n, sizeof *f->keys.v, by_key);
}

/* How many keys from v on are the same as the first. */
static size_t run_of(const struct key *v, size_t n)
{
    size_t same = 1;
    while (same < n && str_eq(v[same].text, v[0].text))
        same++;
    return same;
}

void person_twins(struct db *db, int64_t city_id, struct merge_pairs *pairs)
{
    struct person_compare_row_rows rows = person_to_compare(db, city_id);
    struct finding f = { .a = db->arena, .seen = map_new(db->arena), .pairs = pairs };
    gather(&f, &rows);
    for (size_t i = 0, n = 0; i < f.keys.n; i += n) {
        n = run_of(&f.keys.v[i], f.keys.n - i);
        look_at_run(&f, &f.keys.v[i], n);
    }
}

/* ---- many that are entered at once ---- */

struct person_crowd {
    struct finding all;
};

struct person_crowd *person_crowd_new(struct db *db, int64_t city_id)
{
    struct person_crowd *crowd = NEW(db->arena, struct person_crowd);
    struct person_compare_row_rows rows = person_to_compare(db, city_id);
    crowd->all.a = db->arena;
    gather(&crowd->all, &rows);
    return crowd;
}

/* The first key that is not before this one. */
static size_t first_at(const struct finding *f, str key)
{
    size_t low = 0, high = f->keys.n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (str_cmp(f->keys.v[mid].text, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool has_like(const struct person_likes *likes, int64_t id)
{
    for (size_t i = 0; i < likes->n; i++)
        if (likes->v[i].row->id == id)
            return true;
    return false;
}

static void compare_run(const struct finding *f, const struct one *x, str key,
                        struct person_likes *likes)
{
    size_t at = first_at(f, key);
    size_t n = at < f->keys.n && str_eq(f->keys.v[at].text, key)
                   ? run_of(&f->keys.v[at], f->keys.n - at)
                   : 0;
    if (n > MANY)
        return;
    for (size_t i = at; i < at + n; i++) {
        const struct one *y = &f->v[f->keys.v[i].of];
        struct person_like like = { .row = y->row, .reasons = reasons_of(x, y) };
        like.score = score_of(x, y, like.reasons);
        if (like.score >= LEAST && !has_like(likes, y->row->id))
            insert(likes, &like);
    }
}

void person_crowd_alike(struct person_crowd *crowd, const struct person_form *f,
                        struct person_likes *likes)
{
    struct arena *a = crowd->all.a;
    struct arena_mark mark = arena_mark(a);
    struct person_compare_row sought = sought_of(f);
    struct one x = one_of(a, &sought);
    struct finding own = { .a = a };
    *likes = (struct person_likes){ 0 };
    add_keys(&own, &x, 0);
    for (size_t i = 0; i < own.keys.n; i++)
        compare_run(&crowd->all, &x, own.keys.v[i].text, likes);
    arena_rewind(a, mark);
}

const enum msg person_twin_words[] = { MSG_person_twin_mail,
                                       MSG_person_twin_phone,
                                       MSG_person_twin_name,
                                       MSG_person_twin_near,
                                       MSG_person_twin_year,
                                       MSG_person_twin_postcode,
                                       0 };
