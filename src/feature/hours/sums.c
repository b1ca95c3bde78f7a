/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Hours and money of a calendar year, person by person and across organisations, against what may
 * be paid free of tax. The limits are the dated amounts of the guide, which the office keeps;
 * exceeding one is said, and never stops anything.
 */
#include "base/clock.h"
#include "feature/hours/pages.h"
#include "hours.text.h"
#include "web/page.h"

static const str allowances[HOURS_ALLOWANCES] = { STR_INIT("uebungsleiter"), STR_INIT("ehrenamt"),
                                                  STR_INIT("betreuung") };

str hours_allowance(size_t n)
{
    must(n < HOURS_ALLOWANCES);
    return allowances[n];
}

str hours_allowance_label(const struct rq *rq, str allowance)
{
    static const enum msg labels[HOURS_ALLOWANCES] = { MSG_hours_allowance_trainer,
                                                       MSG_hours_allowance_volunteer,
                                                       MSG_hours_allowance_carer };
    for (size_t i = 0; i < HOURS_ALLOWANCES; i++)
        if (str_eq(allowance, allowances[i]))
            return text_of(rq, labels[i]);
    return t_hours_allowance_none(rq);
}

/* ---- one person ---- */

static bool counts(const struct hours_sheet_row *s)
{
    return str_eq(s->state, S("submitted")) || str_eq(s->state, S("confirmed"));
}

static bool seen_organisation(const struct hours_sum *sum, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (sum->v[i].organisation_id == sum->v[n].organisation_id)
            return true;
    return false;
}

static bool is_mixed(const struct hours_sum *sum, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct hours_sheet_row *a = &sum->v[i];
        const struct hours_sheet_row *b = &sum->v[n];
        if (a->placement_id == b->placement_id && a->cents && b->cents && counts(a) &&
            !str_eq(a->allowance, b->allowance))
            return true;
    }
    return false;
}

static void add_money(struct hours_sum *sum, const struct hours_sheet_row *s)
{
    for (size_t i = 0; i < HOURS_ALLOWANCES; i++)
        if (counts(s) && str_eq(s->allowance, allowances[i]))
            sum->limits[i].cents += s->cents;
}

static void compare(struct hours_sum *sum, struct hours_limit_row_rows limits)
{
    for (size_t i = 0; i < HOURS_ALLOWANCES; i++) {
        struct hours_limit *l = &sum->limits[i];
        for (size_t k = 0; k < limits.n; k++)
            if (str_eq(limits.v[k].ref, allowances[i]))
                l->limit = &limits.v[k];
        l->over = l->limit && l->cents > l->limit->cents;
        l->near = l->limit && !l->over && l->cents * 10 >= l->limit->cents * 9;
    }
}

static void add_up(struct hours_sum *sum)
{
    for (size_t i = 0; i < sum->n; i++) {
        const struct hours_sheet_row *s = &sum->v[i];
        bool confirmed = str_eq(s->state, S("confirmed"));
        sum->confirmed += confirmed ? s->minutes : 0;
        sum->waiting += confirmed ? 0 : s->minutes;
        sum->organisations += !seen_organisation(sum, i);
        sum->mixed = sum->mixed || (counts(s) && is_mixed(sum, i));
        add_money(sum, s);
    }
}

/* ---- all of them ---- */

struct hours_sums hours_sums(struct rq *rq, int year, int64_t person)
{
    struct hours_sheets_in in = { .city = rq->city->id,
                                  .from = str_fmt(rq->arena, "%04d-01", year),
                                  .to = str_fmt(rq->arena, "%04d-12", year),
                                  .person = person };
    struct hours_sheet_row_rows rows = hours_sheets(rq->db, &in);
    struct hours_limit_row_rows limits =
        hours_limits(rq->db, rq->city->id, str_fmt(rq->arena, "%04d-12-31", year));
    struct hours_sums sums = { NEW_ARRAY(rq->arena, rows.n + 1, struct hours_sum), 0 };
    for (size_t i = 0; i < rows.n; i++) { /* sorted: those of one person are neighbours */
        struct hours_sum *last = sums.n ? &sums.v[sums.n - 1] : NULL;
        if (!last || last->person_id != rows.v[i].person_id)
            sums.v[sums.n++] = (struct hours_sum){ .person_id = rows.v[i].person_id,
                                                   .name = rows.v[i].name,
                                                   .v = &rows.v[i] };
        sums.v[sums.n - 1].n++;
    }
    for (size_t i = 0; i < sums.n; i++) {
        add_up(&sums.v[i]);
        compare(&sums.v[i], limits);
    }
    return sums;
}

bool hours_warns(const struct hours_sum *s)
{
    bool warns = s->mixed;
    for (size_t i = 0; i < HOURS_ALLOWANCES; i++)
        warns = warns || s->limits[i].near || s->limits[i].over;
    return warns;
}

int hours_year(const struct rq *rq)
{
    int this_year = clock_today().year;
    int64_t asked = rq_param_int(rq, "year", this_year);
    return asked >= 2000 && asked <= this_year + 1 ? (int)asked : this_year;
}

/* ---- in words ---- */

str hours_time(const struct rq *rq, int64_t minutes)
{
    int64_t m = minutes < 0 ? -minutes : minutes;
    return str_fmt(rq->arena, "%s%lld:%02lld", minutes < 0 ? "−" : "", (long long)(m / 60),
                   (long long)(m % 60));
}

str hours_money(const struct rq *rq, int64_t cents)
{
    bool german = rq->lang != LANG_EN;
    str whole = lang_number(rq->arena, rq->lang, cents / 100);
    return str_fmt(rq->arena, "%.*s%c%02lld\u00a0€", STR_FMT(whole), german ? ',' : '.',
                   (long long)(cents % 100));
}

/* The words of the month are those of a day of it. */
str hours_month(const struct rq *rq, str month)
{
    str day = page_iso_day(rq, str_fmt(rq->arena, "%.*s-01", STR_FMT(month)));
    ptrdiff_t name = 0;
    while ((size_t)name < day.n && (day.p[name] == '1' || day.p[name] == '.'))
        name++;
    str rest = str_slice(day, (size_t)name, day.n);
    if (str_starts(rest, S("\u00a0")))
        rest = str_slice(rest, sizeof "\u00a0" - 1, rest.n);
    return str_trim(rest);
}
