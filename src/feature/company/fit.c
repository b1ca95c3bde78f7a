/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What fits what: offers of companies and needs of organisations of the same kind, in both
 * directions, with the reasons and the misses in sentences made from both. Few of each: they are
 * compared one by one. Who decides is the office.
 */
#include <stdlib.h>

#include "base/vec.h"
#include "company.text.h"
#include "feature/company/pages.h"
#include "web/page.h"
#include "web/vocab_label.h"

static void add(struct rq *rq, struct company_sentences *list, str text)
{
    *vec_add(rq->arena, list) = text;
}

static bool is_kind(const struct company_item_row *i, const char *kind)
{
    return str_eq(i->kind, str_from_c(kind));
}

/* How many come, and for how many there is room; of time and team days only. */
static void about_people(struct rq *rq, struct company_fit *f)
{
    int64_t come = f->offer->people;
    int64_t room = f->need->people;
    if (!is_kind(f->offer, "team_day") && !is_kind(f->offer, "time"))
        return;
    if (!come || !room)
        add(rq, &f->misses, t_company_miss_people_unknown(rq));
    else if (come <= room)
        add(rq, &f->fits, t_company_fit_people(rq, come, room));
    else
        add(rq, &f->misses, t_company_miss_people(rq, come, room));
}

static str later(str a, str b)
{
    return str_cmp(a, b) > 0 ? a : b;
}

/* The earlier of two days; an empty one is open, and so never the earlier. */
static str earlier(str a, str b)
{
    if (!a.n || !b.n)
        return a.n ? a : b;
    return str_cmp(a, b) < 0 ? a : b;
}

static void about_days(struct rq *rq, struct company_fit *f)
{
    str from = later(f->offer->starts_on, f->need->starts_on);
    str to = earlier(f->offer->ends_on, f->need->ends_on);
    bool known = (f->offer->starts_on.n || f->offer->ends_on.n) &&
                 (f->need->starts_on.n || f->need->ends_on.n);
    if (!known)
        add(rq, &f->misses, t_company_miss_days_unknown(rq));
    else if (from.n && to.n && str_cmp(from, to) > 0)
        add(rq, &f->misses, t_company_miss_days(rq));
    else if (from.n && to.n)
        add(rq, &f->fits, t_company_fit_days(rq, page_iso_day(rq, from), page_iso_day(rq, to)));
    else
        add(rq, &f->fits, t_company_fit_days_open(rq));
}

static void about_setting(struct rq *rq, struct company_fit *f)
{
    str a = f->offer->setting;
    str b = f->need->setting;
    str either = vocab_code(&vocab_setting, SETTING_either);
    if (!is_kind(f->offer, "team_day") || !a.n || !b.n)
        return;
    if (str_eq(a, b) || str_eq(a, either) || str_eq(b, either))
        add(rq, &f->fits,
            t_company_fit_setting(rq,
                                  vocab_label_of(rq, &vocab_setting, str_eq(a, either) ? b : a)));
    else
        add(rq, &f->misses, t_company_miss_setting(rq));
}

static void about_district(struct rq *rq, struct company_fit *f)
{
    str a = f->offer->district;
    str b = f->need->district;
    if (a.n && str_eq(a, b))
        add(rq, &f->fits, t_company_fit_district(rq, a));
    else if (a.n && b.n)
        add(rq, &f->misses, t_company_miss_district(rq, a, b));
}

void company_reasons(struct rq *rq, struct company_fit *f)
{
    add(rq, &f->fits,
        t_company_fit_kind(rq, vocab_label_of(rq, &vocab_contribution, f->offer->kind)));
    about_people(rq, f);
    about_days(rq, f);
    about_setting(rq, f);
    about_district(rq, f);
}

/* What has less against it comes first, then what has more for it. */
static int by_fit(const void *a, const void *b)
{
    const struct company_fit *x = a;
    const struct company_fit *y = b;
    if (x->misses.n != y->misses.n)
        return x->misses.n < y->misses.n ? -1 : 1;
    if (x->fits.n != y->fits.n)
        return x->fits.n > y->fits.n ? -1 : 1;
    if (x->offer->id != y->offer->id)
        return x->offer->id < y->offer->id ? -1 : 1;
    return (x->need->id > y->need->id) - (x->need->id < y->need->id);
}

struct company_fits company_fits_of(struct rq *rq, const struct company_item_row *item)
{
    bool offer = item->company_id.has;
    struct company_items_in in = { .city = rq->city->id,
                                   .state = S(""),
                                   .kind = item->kind,
                                   .side = offer ? S("need") : S("offer"),
                                   .pattern = S("%") };
    struct company_item_row_rows rows = company_items(rq->db, &in);
    struct company_fits fits = { .v = NEW_ARRAY(rq->arena, rows.n + 1, struct company_fit) };
    for (size_t i = 0; i < rows.n; i++) {
        struct company_fit *f = &fits.v[fits.n++];
        *f = (struct company_fit){ .offer = offer ? item : &rows.v[i],
                                   .need = offer ? &rows.v[i] : item };
        company_reasons(rq, f);
    }
    if (fits.n)
        qsort(fits.v, fits.n, sizeof *fits.v, by_fit);
    return fits;
}

static void part(struct out *o, str text)
{
    if (o->n && text.n)
        OUT(o, " · ");
    out_str(o, text);
}

str company_item_words(const struct rq *rq, const struct company_item_row *i)
{
    struct out o = out_new(rq->arena, 4096);
    if (i->people)
        part(&o, t_company_people(rq, i->people));
    if (i->hours)
        part(&o, t_company_hours(rq, i->hours));
    if (i->starts_on.n && i->ends_on.n)
        part(&o, t_company_days(rq, page_iso_day(rq, i->starts_on), page_iso_day(rq, i->ends_on)));
    else if (i->starts_on.n)
        part(&o, t_company_from(rq, page_iso_day(rq, i->starts_on)));
    else if (i->ends_on.n)
        part(&o, t_company_until(rq, page_iso_day(rq, i->ends_on)));
    if (i->setting.n)
        part(&o, vocab_label_of(rq, &vocab_setting, i->setting));
    part(&o, i->district);
    return out_text(&o);
}
