/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of offers say in words: when, how far, the facts that matter most. */
#ifndef FEATURE_OPPORTUNITY_VIEW_H
#define FEATURE_OPPORTUNITY_VIEW_H

#include "feature/opportunity/change.h"
#include "feature/opportunity/fields.h"
#include "feature/opportunity/states.h"
#include "feature/search/search.h"
#include "web/form_view.h"
#include "web/html.h"
#include "web/markdown.h"
#include "web/page.h"

bool opp_grid_has(int64_t grid, int day, int part);

/* What the office's page of an offer shows beside its form. */
struct opp_office_page {
    const struct opp_full *offer; /* NULL: a new one */
    struct opp_organisation_rows organisations;
    struct procedure_view course;
    struct change_history history;
    const struct opp_entry_row *entry;            /* NULL: not entered by mailed link */
    const struct opp_change_waiting_row *waiting; /* NULL: no change waits */
};

struct opp_fact {
    str icon; /* class of the icon */
    str text;
};
struct opp_facts {
    struct opp_fact v[2];
    size_t n;
};
/* The two facts that matter most to somebody who compares offers. */
struct opp_facts opp_facts(const struct rq *rq, const struct opp_card *o);

/* "noch 3 von 6 Menschen, ab 16 Jahren" */
str opp_wanted(const struct rq *rq, const struct opp_full *o);
/* "23564 Lübeck, St. Jürgen" */
str opp_address(const struct rq *rq, const struct opp_full *o);
/* A number with so many decimals, with the sign that the language has for them: "2,5". */
str opp_decimal(const struct rq *rq, double v, int digits);
/* "3,00 €" */
str opp_money(const struct rq *rq, int64_t cents);
/* What comes with it: "Einarbeitung: zwei Abende", or "Einarbeitung" where it only says "ja". */
str opp_given(const struct rq *rq, enum msg label, str text);
/* Whether the offer says anything about what one gets. */
bool opp_gives_any(const struct opp_full *o);
/* The map around the offer's postcode or district. */
url opp_on_map(const struct rq *rq, const struct opp_full *o);
/* What the small map of an offer draws: the offers up to 2 km around it. It must have a point. */
url opp_map_data(const struct rq *rq, const struct opp_full *o);
/* A mail to somebody who may like the offer. */
url opp_share_mail(const struct rq *rq, const struct opp_full *o);
/* "Buchhaltung, Computer": skills are words with blanks between. */
str opp_skills(const struct rq *rq, const struct opp_full *o);
/* schema.org markup of an offer, for search engines. */
str opp_json_ld(struct rq *rq, const struct opp_full *o);

/* Pages beside the current one, for the row of numbers; 0 stands for a gap. */
struct opp_pages {
    int64_t v[9];
    size_t n;
};
struct opp_pages opp_pages(const struct search_result *found);
/* Name and value of a facet's box: step_free=1 for accessibility, field=sport for others. */
str opp_facet_name(const struct search_facet *facet, size_t i);
str opp_facet_value(const struct search_facet *facet, size_t i);
str opp_full_summary(const struct rq *rq, const struct opp_full *o);
/* For lang="": "de" where a page in another language shows the German text, else empty. */
str opp_text_lang(const struct rq *rq, str english);
str opp_number(const struct rq *rq, int64_t n);
/* Of a change: "wartet auf Freigabe"; empty where it was done at once. */
str opp_change_state(const struct rq *rq, str state);

#endif
