/* SPDX-License-Identifier: EUPL-1.2 */
/* How long organisations take to answer: medians over a year, and who waits. */
#include <stdlib.h>

#include "base/vec.h"
#include "feature/placement/pages.h"
#include "office.text.h"
#include "placement.html.h"
#include "placement.text.h"

#define DAY  ((int64_t)86400)
#define YEAR (365 * DAY)

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Of an odd number the middle one, of an even one the mean of both; 0 of none. */
static int64_t median(int64_t *v, size_t n)
{
    if (!n)
        return 0;
    qsort(v, n, sizeof *v, by_size);
    return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* The rows come sorted by organisation: those from `from` on that are of one. */
static size_t one(struct arena *a, struct placement_answer_row_rows rows, size_t from,
                  struct placement_pace *pace, int64_t now)
{
    int64_t *took = NEW_ARRAY(a, rows.n - from, int64_t);
    size_t i = from;
    size_t n = 0;
    *pace = (struct placement_pace){ .id = rows.v[from].id, .name = rows.v[from].name };
    for (; i < rows.n && rows.v[i].id == pace->id; i++) {
        const struct placement_answer_row *r = &rows.v[i];
        pace->asked++;
        if (r->answered_at)
            took[n++] = (r->answered_at - r->contact_at) / 3600;
        else if (!r->closed_at && r->contact_at <= now - PLACEMENT_CONTACT_DAYS * DAY)
            pace->open++;
    }
    pace->answered = (int64_t)n;
    pace->median_hours = median(took, n);
    return i;
}

struct placement_paces placement_paces(struct arena *a, struct placement_answer_row_rows rows,
                                       int64_t now)
{
    struct placement_paces paces = { 0 };
    for (size_t i = 0; i < rows.n;)
        i = one(a, rows, i, vec_add(a, &paces), now);
    return paces;
}

/* GET /buero/vermittlungen/antwortzeiten */
void placement_desk_answers(struct rq *rq)
{
    struct placement_answer_row_rows rows =
        placement_answers(rq->db, rq->city->id, clock_now() - YEAR);
    struct placement_paces paces = placement_paces(rq->arena, rows, clock_now());
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_placement_title(rq), link_to(rq, S("/buero/vermittlungen")));
    rq_crumb(rq, t_placement_pace(rq), link_to(rq, S("/buero/vermittlungen/antwortzeiten")));
    view_placement_paces(rq, paces);
}
