/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Company engagement (Unternehmensengagement): companies, offers and needs of the same kinds (team
 * day, time, know-how, goods), and what the office brings together of them. Other features count it
 * (the statements "figures" of company.sql) and begin it for the demo.
 */
#ifndef FEATURE_COMPANY_H
#define FEATURE_COMPANY_H

#include "company.sql.h"
#include "web/feature.h"
#include "web/procedure.h"

extern const struct feature company_feature;
extern const struct record_kind company_record, company_item_record, company_match_record;
/* waiting (entered by the web), active, closed; open, closed; match.c. */
extern const struct procedure company_procedure, company_item_procedure, company_match_procedure;

struct company_form {
    str name, contact_name, mail, phone, district, about;
};
/* Known to the office, or entered by the web: then it waits for its mailed link. The id. */
int64_t company_new(struct rq *rq, struct tx *tx, const struct company_form *f, bool by_web);

struct company_item_form {
    str kind, title, details;
    int64_t people, hours;
    str starts_on, ends_on, setting, district;
};
/* An offer of a company, or a need of an organisation (the other one 0). The id. */
int64_t company_item_new(struct rq *rq, struct tx *tx, int64_t company_id, int64_t organisation_id,
                         const struct company_item_form *f);

/* An offer and a need are brought together. The id; 0 with *why_not. */
int64_t company_match_new(struct rq *rq, struct tx *tx, int64_t offer_id, int64_t need_id,
                          enum msg *why_not);

/* What a step of a match may say: `data` of company_match_procedure. */
struct company_said {
    bool company; /* by link: whose it is */
    str day;      /* when it was done */
    int64_t people;
    int64_t rating;
    str said;
    str note;
};

#endif
