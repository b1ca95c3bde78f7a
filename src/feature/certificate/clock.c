/* SPDX-License-Identifier: EUPL-1.2 */
/* The rules, read from the file that comes with the program, and what they make of days. */
#include "feature/certificate/clock.h"

#include "base/err.h"
#include "web/csv_in.h"

extern const unsigned char certificate_rules[];
extern const size_t certificate_rules_size;

static str cell(struct arena *a, const struct csv_in *in, str column)
{
    return str_copy(a, csv_in_cell(in, csv_in_column(in, column)));
}

static struct certificate_rule rule_of(struct arena *a, const struct csv_in *in)
{
    struct certificate_rule r = { .rule = cell(a, in, S("rule")),
                                  .from = cell(a, in, S("from")),
                                  .until = cell(a, in, S("until")),
                                  .law = cell(a, in, S("law")),
                                  .web = cell(a, in, S("web")) };
    bool good = str_to_i64(cell(a, in, S("months")), &r.months);
    must(good);
    return r;
}

static bool holds(const struct certificate_rule *r, str rule, str day)
{
    return str_eq(r->rule, rule) && str_cmp(r->from, day) <= 0 &&
           (!r->until.n || str_cmp(r->until, day) >= 0);
}

struct certificate_rule certificate_rule_on(struct arena *a, str rule, struct day day)
{
    FILE *file = fmemopen((void *)(uintptr_t)certificate_rules, certificate_rules_size, "rb");
    must(file);
    struct csv_in *in = csv_in_new(a, file);
    struct certificate_rule found = { 0 };
    str iso = day_iso(a, day);
    enum csv_in_result head = csv_in_header(in);
    must(head == CSV_IN_ROW);
    while (csv_in_next(in) == CSV_IN_ROW) {
        struct certificate_rule r = rule_of(a, in);
        found = holds(&r, rule, iso) ? r : found;
    }
    csv_in_free(in);
    fclose(file);
    return found;
}

struct day certificate_months_after(struct day day, int64_t months)
{
    int64_t all = (int64_t)day.year * 12 + day.month - 1 + months;
    struct day then = { (int)(all / 12), (int)(all % 12) + 1, day.day };
    while (then.day > 28 && !day_valid(then))
        then.day--;
    return then;
}

struct day certificate_renew_on(struct arena *a, str inspected_on)
{
    struct day day;
    if (!day_parse_iso(inspected_on, &day))
        return (struct day){ 0 };
    return certificate_months_after(day, certificate_rule_on(a, S("renew"), day).months);
}
