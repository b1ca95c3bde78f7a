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

void person_alike(struct rq *rq, const struct person_form *f, int64_t but,
                  struct person_likes *likes)
{
    struct person_compare_row sought = { .name = f->name,
                                         .mail = f->mail,
                                         .phone = f->phone,
                                         .postcode = f->postcode,
                                         .birth_year = f->birth_year };
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

static void add_keys(struct finding *f, size_t i)
{
    const struct one *p = &f->v[i];
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

void person_twins(struct db *db, int64_t city_id, struct merge_pairs *pairs)
{
    struct person_compare_row_rows rows = person_to_compare(db, city_id);
    struct finding f = { .a = db->arena,
                         .v = NEW_ARRAY(db->arena, rows.n + 1, struct one),
                         .seen = map_new(db->arena),
                         .pairs = pairs };
    for (size_t i = 0; i < rows.n; i++) {
        f.v[i] = one_of(f.a, &rows.v[i]);
        add_keys(&f, i);
    }
    if (f.keys.n)
        qsort(f.keys.v, f.keys.n, sizeof *f.keys.v, by_key);
    for (size_t i = 0, n = 0; i < f.keys.n; i += n) {
        for (n = 1; i + n < f.keys.n && str_eq(f.keys.v[i].text, f.keys.v[i + n].text);)
            n++;
        look_at_run(&f, &f.keys.v[i], n);
    }
}

const enum msg person_twin_words[] = { MSG_person_twin_mail,
                                       MSG_person_twin_phone,
                                       MSG_person_twin_name,
                                       MSG_person_twin_near,
                                       MSG_person_twin_year,
                                       MSG_person_twin_postcode,
                                       0 };
