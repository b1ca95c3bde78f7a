/* SPDX-License-Identifier: EUPL-1.2 */
/* What the rules of certificates say (data/certificate/rules.csv), and the days they lead to. */
#ifndef FEATURE_CERTIFICATE_CLOCK_H
#define FEATURE_CERTIFICATE_CLOCK_H

#include "base/clock.h"

struct certificate_rule {
    str rule;        /* fresh renew erase */
    int64_t months;  /* 0: none is known */
    str from, until; /* ISO days; until may be empty: until somebody changes it */
    str law, web;
};
/* What a rule says on a day. */
struct certificate_rule certificate_rule_on(struct arena *a, str rule, struct day day);

/* The same day so many months later, or the last of that month. */
struct day certificate_months_after(struct day day, int64_t months);
/* Until when an inspection holds; year 0: the day cannot be read. */
struct day certificate_renew_on(struct arena *a, str inspected_on);

#endif
