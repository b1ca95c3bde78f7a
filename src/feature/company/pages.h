/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this feature share: reasons, mails, links, pages. */
#ifndef FEATURE_COMPANY_PAGES_H
#define FEATURE_COMPANY_PAGES_H

#include "base/clock.h"
#include "feature/company/company.h"
#include "web/erasure.h"
#include "web/form.h"
#include "web/token.h"

/* ---- fit.c: what fits what, and why ---- */

struct company_sentences {
    str *v;
    size_t n, cap;
};
struct company_fit {
    const struct company_item_row *offer, *need;
    struct company_sentences fits, misses;
};
struct company_fits {
    struct company_fit *v;
    size_t n;
};
/* Reasons and misses in sentences, from both. */
void company_reasons(struct rq *rq, struct company_fit *fit);
/* What is open on the other side and of the same kind, best first. */
struct company_fits company_fits_of(struct rq *rq, const struct company_item_row *item);
/* "12 Personen, 4 Stunden, 1. bis 15. Juni, draußen": what is known of it. */
str company_item_words(const struct rq *rq, const struct company_item_row *item);

/* ---- match.c ---- */

const struct company_match_row *company_match_at(struct rq *rq, const struct procedure_at *at);
/* The fields of a step's form; none: a table that is empty. */
const struct field *company_fields(str verb);
void company_match_erase(struct tx *tx, const struct erasure *e);

#define COMPANY_LINK              "company"
#define COMPANY_LINK_MATCH        "company-match"
#define COMPANY_LINK_ORGANISATION "company-match-organisation"
#define COMPANY_LINK_NEED         "company-need"
#define COMPANY_LINK_SECONDS      (400 * (int64_t)86400)

/* ---- mails.c ---- */

enum company_mail { COMPANY_MAIL_ASK, COMPANY_MAIL_CONTACT, COMPANY_MAIL_DONE, COMPANY_MAIL_OVER };
void company_mail_both(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                       enum company_mail what);
/* To a company that entered itself: please confirm. */
void company_mail_confirm(struct rq *rq, struct tx *tx, int64_t company_id,
                          const struct company_form *f);
/* To an organisation: a link by which it enters what it needs. False: no address. */
bool company_mail_need(struct rq *rq, struct tx *tx, const struct company_organisation_row *g);

/* ---- link.c: the public form, and all links ---- */

extern const struct link_part company_parts[], company_match_parts[], company_need_parts[];
void company_link_show(struct rq *rq, const struct token *token);
void company_match_link_show(struct rq *rq, const struct token *token);
void company_need_link_show(struct rq *rq, const struct token *token);
void company_public(struct rq *rq);
void company_public_send(struct rq *rq, struct tx *tx);
void company_public_sent(struct rq *rq);

struct company_public_page {
    struct company_form company;
    struct company_item_form item;
};
struct company_need_page {
    const struct company_organisation_row *organisation;
    struct company_item_form form;
};

/* ---- company.c, item.c, desk.c ---- */

extern const struct field company_form_fields[], company_item_fields[];

/* False: something is wrong, with the errors in rq. */
bool company_item_read(struct rq *rq, struct company_item_form *f);

struct company_page {
    const struct company_row *company; /* NULL: a new one */
    struct company_form form;
};
struct company_view {
    const struct company_row *company;
    struct company_item_row_rows items;
    struct procedure_view course;
};
struct company_filter {
    str q, side, kind, state;
};
struct company_items_view {
    struct company_filter filter;
    struct company_item_row_rows rows;
};
struct company_item_page {
    const struct company_item_row *item;                 /* NULL: a new one */
    const struct company_row *company;                   /* whose offer */
    const struct company_organisation_row *organisation; /* whose need; neither: to be chosen */
    str q;
    struct company_organisation_rows choices;
    struct company_item_form form;
};
struct company_item_view {
    const struct company_item_row *item;
    struct company_fits fits;
    struct company_match_card_rows matches;
    struct procedure_view course;
};
struct company_match_view {
    const struct company_match_row *match;
    struct company_fit fit;
    struct procedure_view course;
    struct company_said form;
    str failed; /* the verb whose form has errors */
};

/* Which of the three lists of the office a page is. */
enum company_tab { COMPANY_TAB_COMPANIES, COMPANY_TAB_ITEMS, COMPANY_TAB_MATCHES };

void company_crumbs(struct rq *rq);
void company_desk_list(struct rq *rq);
void company_desk_new(struct rq *rq);
void company_desk_create(struct rq *rq, struct tx *tx);
void company_desk_show(struct rq *rq);
void company_desk_edit(struct rq *rq);
void company_desk_save(struct rq *rq, struct tx *tx);
void company_desk_step(struct rq *rq, struct tx *tx);
void company_items_list(struct rq *rq);
void company_items_export(struct rq *rq, struct tx *tx);
void company_item_fresh(struct rq *rq);
void company_item_create(struct rq *rq, struct tx *tx);
void company_item_show(struct rq *rq);
void company_item_edit(struct rq *rq);
void company_item_save(struct rq *rq, struct tx *tx);
void company_item_step(struct rq *rq, struct tx *tx);
void company_item_propose(struct rq *rq, struct tx *tx);
void company_item_send(struct rq *rq, struct tx *tx);
void company_matches_list(struct rq *rq);
void company_match_show(struct rq *rq);
void company_match_step(struct rq *rq, struct tx *tx);

#endif
