/* SPDX-License-Identifier: EUPL-1.2 */
/* What the frame of every page needs: navigation, logo, theme, languages. */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "web/feature.h"

struct page_link {
    str label;
    url link;
    bool current; /* this page, or one below it */
    str lang;     /* of a language's name: its tag */
};

struct page_links {
    const struct page_link *v;
    size_t n;
};

/* The navigation of the public pages, or of the office: what this person may open. */
struct page_links page_nav(const struct rq *rq, bool office, enum nav_menu menu);
bool page_any_current(struct page_links links);
/* The languages that the town offers, each a link to this page in it. */
struct page_links page_langs(const struct rq *rq);
/* Whether this page belongs to the office. */
bool page_is_office(const struct rq *rq);
/* Whether it is only looked at: a page of the office, by somebody who may change nothing. */
bool page_is_read_only(const struct rq *rq);
url page_logo(const struct rq *rq);
/* The town's drawing. */
url page_art(const struct rq *rq);
/* The town's own colours as a style sheet; its address changes with them. */
url page_theme(const struct rq *rq);
/* "Titel – Ehrenamt in Lübeck", with "Fehler: " in front when the form has errors. */
str page_title(const struct rq *rq, str title);
str page_town(const struct rq *rq);
/* "Hansestadt Lübeck", beside the logo; without a town the program's name. */
str page_brand(const struct rq *rq);

/*
 * Days that a request has written: lists name the same few again and again. A day begins and ends
 * at German midnight.
 */
#define PAGE_DAYS 8
struct page_days {
    struct page_written {
        int64_t from, to;
        enum lang lang;
        str text;
    } v[PAGE_DAYS];
};

/* A day as people read it: "22. November 2026". */
str page_day(const struct rq *rq, int64_t instant);
/* With the time: "22. November 2026, 15:04". */
str page_time(const struct rq *rq, int64_t instant);
str page_iso_day(const struct rq *rq, str iso);
/* A coordinate for scripts: "53.86550". */
str page_degrees(const struct rq *rq, double degrees);
/* "Mo": of a day of the week, Monday is 0. */
str page_weekday(const struct rq *rq, int day);
/* "yes" for an attribute, or empty: for optional attributes. */
str page_if(bool condition, str value);

#endif
