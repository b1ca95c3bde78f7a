/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's list of offers: filters, also saved ones, and doing one thing to many at once. */
#ifndef FEATURE_OPPORTUNITY_BULK_H
#define FEATURE_OPPORTUNITY_BULK_H

#include "feature/opportunity/states.h"
#include "web/form.h"

/* GET /buero/angebote */
void bulk_list(struct rq *rq);
extern const struct param bulk_params[];
/* POST /buero/angebote/filter: saves the filter of the page, or with `delete` an own one goes. */
void bulk_filter(struct rq *rq, struct tx *tx);
/* GET /buero/angebote/auswahl: what would be done to which; POST does it, all or nothing. */
void bulk_chosen(struct rq *rq);
void bulk_act(struct rq *rq, struct tx *tx);

struct filter_form {
    str name;
};
extern const struct field filter_fields[];

struct bulk_list {
    struct opp_filter filter;
    struct opp_office_row_rows rows;
    struct opp_state_count_rows counts;
    struct opp_filter_row_rows saved;
    struct opp_organisation_rows organisations;
    int64_t page;
    bool more;
};

/* What can be done to many. */
struct bulk_deed {
    str step; /* a verb of states.c, or "contact" */
    enum msg label;
};
extern const struct bulk_deed bulk_deeds[]; /* ended by an empty step */

struct bulk_choice {
    int64_t id;
    str title;
    str state;
    bool can; /* the step begins in its state, and this person may take it */
};
struct bulk_choices {
    const struct bulk_deed *deed; /* NULL: none was chosen */
    struct bulk_choice *v;
    size_t n;
    size_t can; /* how many of them */
};
/* The fields of a contact that many offers get. */
struct contact_form {
    str contact_name, contact_mail, contact_phone;
};
extern const struct field contact_fields[];

/* Ages by which the list can be narrowed down, in days; ended by 0. */
extern const int bulk_ages[];
/* The list with a saved filter. */
url bulk_filter_link(const struct rq *rq, const struct opp_filter_row *f);

#endif
