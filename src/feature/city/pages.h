/* SPDX-License-Identifier: EUPL-1.2 */
/* The handlers of this feature, and what its pages show. */
#ifndef FEATURE_CITY_PAGES_H
#define FEATURE_CITY_PAGES_H

#include "city.sql.h"
#include "feature/city/city.h"
#include "feature/city/legal.h"
#include "web/cli.h"
#include "web/form.h"
#include "web/schema.h"

/* ---- pages.c ---- */

void page_imprint(struct rq *rq);
void page_privacy(struct rq *rq);
void page_accessibility(struct rq *rq);
void page_report(struct rq *rq, struct tx *tx);
void page_simple(struct rq *rq);

struct report_form {
    str page;
    str message;
    str reply_to;
};

extern const struct field report_fields[];

/* ---- offices.c ---- */

struct office_view {
    const struct office_row *office;
    str about; /* Markdown, in the language of the page */
    const str *topics;
    size_t topic_count;
    const struct office_hours_row *hours;
    size_t hours_count;
    const struct office_place_row *places;
    size_t place_count;
};

struct office_views {
    const struct office_view *v;
    size_t n;
};

extern const struct schema offices_schema;

void page_offices(struct rq *rq);
/* "9:30" from "09:30"; in German "9" from "09:00", because "Uhr" follows. */
str office_clock(const struct rq *rq, str time);
/* "9–12 Uhr", with the note behind; the note alone when there is no time. */
str office_hours_text(const struct rq *rq, const struct office_hours_row *h);

/* ---- office_desk.c ---- */

struct office_form {
    str name, short_name, kind;
    int64_t position;                  /* from 1 */
    str about, about_simple, about_en; /* Markdown */
    str topics;                        /* one a line */
    str mail, phone;
    str hours; /* as people write them, hours.h */
};

struct office_place_form {
    str name, street, postcode, place, district, note;
    int64_t access;
};

extern const struct field office_fields[], office_place_fields[];

void office_desk_list(struct rq *rq);
void office_desk_new(struct rq *rq);
void office_desk_create(struct rq *rq, struct tx *tx);
void office_desk_show(struct rq *rq);
void office_desk_save(struct rq *rq, struct tx *tx);
void office_desk_close(struct rq *rq, struct tx *tx);
void office_place_desk_new(struct rq *rq);
void office_place_desk_create(struct rq *rq, struct tx *tx);
void office_place_desk_show(struct rq *rq);
void office_place_desk_save(struct rq *rq, struct tx *tx);

/* ---- theme.c ---- */

/* GET /thema.css */
void theme_css(struct rq *rq);

/* ---- desk.c ---- */

struct city_form {
    str name, long_name, claim, claim_simple, claim_en, mail, phone, address;
    str colour, accent, domain, tiles;
};

extern const struct field city_fields[];

struct legal_form {
    str body_md;
};

extern const struct field legal_fields[];

/* One line of the list of pages that a town may write itself. */
struct legal_line {
    const struct legal_page *page;
    enum lang lang;
    int64_t changed_at; /* 0: the sample text stands there */
};

struct legal_lines {
    const struct legal_line *v;
    size_t n;
};

void desk_show(struct rq *rq);
void desk_save(struct rq *rq, struct tx *tx);
void desk_legal_list(struct rq *rq);
void desk_legal_show(struct rq *rq);
void desk_legal_save(struct rq *rq, struct tx *tx);
void desk_reports(struct rq *rq);
void desk_answered(struct rq *rq, struct tx *tx);
/* Until when a report must be answered: one month (BGG § 12b). */
int64_t report_due(int64_t created_at);

/* ---- command.c ---- */

int command_city_add(struct cli *cli);
int command_city_list(struct cli *cli);
/* Whether a word may be a town's address: not taken by a page of the network. */
bool city_slug_valid(const struct app *app, str slug);

#endif
