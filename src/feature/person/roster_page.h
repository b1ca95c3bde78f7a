/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of roster.html show. */
#ifndef PERSON_ROSTER_PAGE_H
#define PERSON_ROSTER_PAGE_H

#include "feature/person/roster.h"
#include "feature/person/twin.h"

#define ROSTER "/buero/personen/einlesen"

/* What is asked beside the columns. */
struct roster_form {
    str file;
    str name; /* of the list */
    int64_t assured;
};
extern const struct field roster_fields[];

struct roster_page {
    const struct person_file_row *file;
    int64_t fresh, changed, same, left; /* with what was decided */
    int64_t alike, undecided;
    struct person_line_row_rows questions; /* of this page */
    struct person_line_row_rows lines;
    int64_t page;
    bool more;
};

/* Who a line may be, as they are now. */
struct roster_others {
    struct roster_other {
        const struct person_row *person;
        int64_t reasons;
    } v[PERSON_LIKES];
    size_t n;
};
struct roster_others roster_others(struct rq *rq, const struct person_line_row *line);

str roster_page_title(const struct rq *rq, const struct roster_page *page);
str roster_state(const struct rq *rq, str state);
str roster_outcome_label(const struct rq *rq, enum roster_outcome outcome);
/* The name of a line's control, "z17"; the value that takes it into a record, "take-4711". */
str roster_control(const struct rq *rq, int64_t line);
str roster_take_value(const struct rq *rq, int64_t person_id);

#endif
