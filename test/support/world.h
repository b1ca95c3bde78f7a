/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Towns, people, organisations and offers for tests, made through the features' own functions.
 * All names are plainly invented. Each function commits and returns the new id.
 */
#ifndef TEST_WORLD_H
#define TEST_WORLD_H

#include "product.h"
#include "web.sql.h"

/* A town with one district, "Altstadt". */
int64_t world_town(struct product *p, const char *slug, const char *name);
struct world_role {
    int64_t town;
    const char *role;
    int64_t scope; /* the organisation, for its roles */
};
/* An account; with `role` (may be NULL) for the town, or the organisation `scope`. */
int64_t world_account(struct product *p, int64_t town, const char *role, int64_t scope);
/* One more role for an account; the id of the grant. */
int64_t world_role(struct product *p, int64_t account, const struct world_role *role);
int64_t world_organisation(struct product *p, int64_t town, const char *name);
/* An offer with everything that the form demands; `state` NULL: published. */
struct world_offer {
    int64_t town;
    int64_t organisation;
    const char *state;
    const char *title;
};
int64_t world_offer(struct product *p, const struct world_offer *offer);
/* The newest mail to an address, or, where that is NULL, to anybody; all zero: none. In t_arena. */
struct mail_full world_newest_mail(struct product *p, int64_t town, const char *to);
/* The path of the link in that mail: "/stadt/l/…"; kept in t_arena. */
const char *world_mailed_link(struct product *p, int64_t town, const char *to);
/* A part of a link's page: "/stadt/l/…/confirm"; kept in t_arena. */
const char *world_under(const char *link, const char *part);
/* A mail in the town's outbox, due at once. */
int64_t world_mail(struct product *p, int64_t town);
/* Somebody's report of a barrier, not yet answered. */
int64_t world_report(struct product *p, int64_t town);
/* An office that advises, open; and a place of it. */
int64_t world_office(struct product *p, int64_t town);
int64_t world_office_place(struct product *p, int64_t town, int64_t office);
/* A consulting hour on each weekday; an appointment in it; a day on which it is not held. */
int64_t world_hours(struct product *p, int64_t town);
int64_t world_appointment(struct product *p, int64_t town);
int64_t world_closure(struct product *p, int64_t town);
/* A follow-up of an offer, due today, for everybody in the office. */
int64_t world_follow_up(struct product *p, int64_t town, int64_t offer);
/* The article "versicherung" of the town's guide; and an amount of it, one more each time. */
int64_t world_article(struct product *p, int64_t town);
int64_t world_amount(struct product *p, int64_t town);
/* A saved search of the account's address. */
int64_t world_alert(struct product *p, int64_t town, int64_t account);
/* A site that shows the town's offers. */
int64_t world_embed(struct product *p, int64_t town);
/* A concern that has been confirmed; a canned answer. */
int64_t world_concern(struct product *p, int64_t town);
int64_t world_canned(struct product *p, int64_t town);
/* Somebody who wants to help, active, born in 1980. */
int64_t world_person(struct product *p, int64_t town);
/* That person, or another one, is proposed for an offer of a new organisation. */
int64_t world_placement(struct product *p, int64_t town);
/* A month of such a placement with one entry, submitted. */
int64_t world_sheet(struct product *p, int64_t town);
/* A mentoring programme; somebody who takes part in one, with a sealed note; a pair, proposed. */
int64_t world_programme(struct product *p, int64_t town);
int64_t world_profile(struct product *p, int64_t town);
int64_t world_mentoring(struct product *p, int64_t town);
/* A company; an offer of it; that brought together with what an organisation needs. */
int64_t world_company(struct product *p, int64_t town);
int64_t world_company_offer(struct product *p, int64_t town);
int64_t world_company_match(struct product *p, int64_t town);
/* A case of such a person, new; a question that all offices ask. */
int64_t world_advice(struct product *p, int64_t town);
int64_t world_question(struct product *p, int64_t town);
int64_t world_search_word(struct product *p, int64_t town);
/* Two organisations that may be the same; two of which one is said to have gone into the other. */
int64_t world_pair(struct product *p, int64_t town);
int64_t world_merge(struct product *p, int64_t town);
/* A file that the office has brought and tried; a list whose columns it knows. */
int64_t world_import_file(struct product *p, int64_t town);
int64_t world_import_list(struct product *p, int64_t town);
/* A list of people that the office has brought, whose columns nobody has assigned. */
int64_t world_person_file(struct product *p, int64_t town);
/* A mailed link that signs this account in: its token. */
str world_link(struct product *p, int64_t town, int64_t account);

/* How many mails an address got. */
size_t world_mails(struct product *p, str mail);
/*
 * Somebody without account enters an offer of this organisation (its name) by mailed link, up to
 * the draft: the path of the link, kept in t_arena.
 */
struct world_entry {
    int64_t town;
    int64_t organisation; /* 0: a new one */
    const char *name;
    const char *mail;
    const char *title;
};
const char *world_entry(struct product *p, const struct world_entry *entry);

/* The fields of a form that creates an offer of this organisation; kept in t_arena. */
const struct http_field *world_offer_form(int64_t organisation, const char *title);
/* "/stadt/angebote/{id}" with that number; kept in t_arena. */
const char *world_path(const char *format, int64_t id);

#endif
