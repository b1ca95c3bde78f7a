/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a scenario looks at in an answer, and how it compares.
 *
 * A subject ("text h1", "header Location", "json /items/0/id") has any number of values.
 * "=" and "~" hold when one of the values fulfils them, "!=" and "!~" when none breaks them;
 * "<" to ">=" compare numbers; "absent" holds when there is no value.
 */
#ifndef SCENARIO_EXPECT_H
#define SCENARIO_EXPECT_H

#include "browser.h"

struct values {
    str *v;
    size_t n, cap;
};

/* The values of a subject; false when it is not understood. */
bool expect_values(struct arena *a, const struct browser *b, str subject, struct values *values);
/* Cuts "subject op value" up; false when there is no operator in the line. */
bool expect_parse(str line, str *subject, str *op, str *value);
bool expect_holds(const struct values *values, str op, str value);

#endif
