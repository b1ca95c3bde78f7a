/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading judgements and counting against them. */
#include "judge.h"

#include <stdio.h>

#include "base/test.h"
#include "base/vec.h"

static int64_t number(str s)
{
    int64_t n = 0;
    return str_to_i64(s, &n) ? n : 0;
}

static bool parse_query(str line, struct query *q)
{
    str ids = line, id;
    *q = (struct query){ 0 };
    if (!line.n || line.p[0] == '#' || !str_next(&ids, '\t', &q->kind) ||
        !str_next(&ids, '\t', &q->text))
        return false;
    while (str_next(&ids, ' ', &id))
        if (id.n && q->n < JUDGE_RELEVANT)
            q->relevant[q->n++] = number(id);
    q->typing = str_eq(q->kind, S("typing"));
    return true;
}

struct queries judge_read(struct arena *a, const char *file)
{
    struct queries all = { 0 };
    struct query q;
    str line, text = test_read_file(test_path(file));
    while (str_next(&text, '\n', &line))
        if (parse_query(line, &q))
            *vec_add(a, &all) = q;
    return all;
}

static bool has(const struct answer *got, int64_t id)
{
    for (size_t i = 0; i < got->n; i++)
        if (got->ids[i] == id)
            return true;
    return false;
}

void judge_take(struct answer *got, int64_t id)
{
    got->total++;
    if (got->n < JUDGE_TOP && !has(got, id))
        got->ids[got->n++] = id;
}

static bool is_relevant(const struct query *q, int64_t id)
{
    for (size_t i = 0; i < q->n; i++)
        if (q->relevant[i] == id)
            return true;
    return false;
}

/* Of a query with more than 20 answers, 20 can be among the first 20. */
static struct figures judge(const struct query *q, const struct answer *got)
{
    struct figures f = { .kind = q->kind, .queries = 1 };
    if (!q->n) {
        f.little = got->total <= JUDGE_LITTLE;
        f.found_most = got->total;
        return f;
    }
    size_t found = 0, early = 0;
    for (size_t i = 0; i < got->n; i++) {
        if (!is_relevant(q, got->ids[i]))
            continue;
        f.reciprocal = found ? f.reciprocal : 1.0 / (double)(i + 1);
        found++;
        early += i < 5;
    }
    size_t possible = q->n < JUDGE_TOP ? q->n : JUDGE_TOP;
    f.recall = (double)found / (double)possible;
    f.precision = (double)early / (double)(q->n < 5 ? q->n : 5);
    return f;
}

static void sum(struct figures *to, const struct figures *f)
{
    to->queries += f->queries;
    to->recall += f->recall;
    to->precision += f->precision;
    to->reciprocal += f->reciprocal;
    to->little += f->little;
    to->found_most = f->found_most > to->found_most ? f->found_most : to->found_most;
}

static struct figures *class_of(struct arena *a, struct report *r, str kind)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->v[i].kind, kind))
            return &r->v[i];
    struct figures *f = vec_add(a, r);
    f->kind = kind;
    return f;
}

void judge_add(struct arena *a, struct report *r, const struct query *q, const struct answer *got)
{
    struct figures f = judge(q, got);
    if (q->n) {
        sum(&r->all, &f);
        sum(class_of(a, r, q->kind), &f);
    } else {
        sum(&r->negative, &f);
    }
}

const struct figures *judge_find(const struct report *r, str kind)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->v[i].kind, kind))
            return &r->v[i];
    return NULL;
}

void judge_explain(const struct query *q, const struct answer *got)
{
    struct figures f = judge(q, got);
    printf("# %.*s %.*s: recall %.2f, rank %.2f, total %llu, not judged:", STR_FMT(q->kind),
           STR_FMT(q->text), f.recall, f.reciprocal, (unsigned long long)got->total);
    for (size_t i = 0; i < got->n; i++)
        if (!is_relevant(q, got->ids[i]))
            printf(" %zu.%lld", i + 1, (long long)got->ids[i]);
    printf(" missing:");
    for (size_t k = 0; k < q->n; k++)
        if (!has(got, q->relevant[k]))
            printf(" %lld", (long long)q->relevant[k]);
    printf("\n");
}
