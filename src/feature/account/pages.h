/* SPDX-License-Identifier: EUPL-1.2 */
/* The handlers of this feature, for the table of routes in account.c. */
#ifndef FEATURE_ACCOUNT_PAGES_H
#define FEATURE_ACCOUNT_PAGES_H

#include "feature/account/account.h"
#include "web/cli.h"
#include "web/token.h"

/* sign_in.c */
void sign_in_show(struct rq *rq);
void sign_in_show_password(struct rq *rq);
void sign_in_mail(struct rq *rq, struct tx *tx);
void sign_in_sent(struct rq *rq);
void sign_in_prepare(struct rq *rq);
void sign_in_password(struct rq *rq, struct tx *tx);
void sign_out(struct rq *rq, struct tx *tx);
/* The sign-in page, on the way to another. */
url sign_in_link(const struct rq *rq, str path);

/* link.c */
void link_show(struct rq *rq);
void link_act(struct rq *rq, struct tx *tx);
/* 410: what a link that is no good says. */
void link_is_over(struct rq *rq);
/* Looks at the tables of all features; ERR_INVALID, with log lines, when one is wrong. */
enum err link_start(struct app *app);
void sign_in_link_show(struct rq *rq, const struct token *token);
void sign_in_link_act(struct rq *rq, struct tx *tx, const struct token *token);

/* step.c */
void step_show(struct rq *rq);
void step_act(struct rq *rq, struct tx *tx);

/* second.c */
void second_show(struct rq *rq);
void second_start(struct rq *rq, struct tx *tx);
void second_codes(struct rq *rq, struct tx *tx);
void second_stop(struct rq *rq, struct tx *tx);

/* prove.c */
void prove_show(struct rq *rq);
void prove_prepare(struct rq *rq);
void prove_act(struct rq *rq, struct tx *tx);

/* provider.c */
void provider_start(struct rq *rq);
void provider_back(struct rq *rq);
void provider_prepare(struct rq *rq);
void provider_take(struct rq *rq, struct tx *tx);
void provider_leave(struct rq *rq);
/* What people call the provider; the links there, for signing in and for showing again who one is.
 */
str provider_label(const struct rq *rq);
url provider_link(const struct rq *rq, str next);
url provider_prove_link(const struct rq *rq, url next);

/* identity.c */
void identity_show(struct rq *rq);
void identity_connect(struct rq *rq, struct tx *tx);
void identity_part(struct rq *rq, struct tx *tx);

/* accounts.c */
void accounts_list(struct rq *rq);
void accounts_show(struct rq *rq);
void accounts_sign_out(struct rq *rq, struct tx *tx);

/* mine.c */
void mine_show(struct rq *rq);
void mine_save(struct rq *rq, struct tx *tx);
void mine_end_session(struct rq *rq, struct tx *tx);
void mine_end_others(struct rq *rq, struct tx *tx);
void mine_password_show(struct rq *rq);
void mine_password_prepare(struct rq *rq);
void mine_password_save(struct rq *rq, struct tx *tx);

/* address.c */
void address_show(struct rq *rq);
void address_wish(struct rq *rq, struct tx *tx);
void address_confirm_show(struct rq *rq, const struct token *token);
void address_confirm_act(struct rq *rq, struct tx *tx, const struct token *token);
void address_undo_show(struct rq *rq, const struct token *token);
void address_undo_act(struct rq *rq, struct tx *tx, const struct token *token);

/* leave.c */
void leave_data(struct rq *rq);
void leave_print(struct rq *rq);
void leave_show(struct rq *rq);
void leave_act(struct rq *rq, struct tx *tx);
void account_person_erase(struct rq *rq, struct tx *tx, int64_t account_id);
void account_erase_row(struct tx *tx, const struct erasure *e);

/* roles.c */
void roles_list(struct rq *rq);
void roles_give(struct rq *rq, struct tx *tx);
void roles_take(struct rq *rq, struct tx *tx);
void roles_demand(struct rq *rq, struct tx *tx);

/* reading.c */
void reading_save(struct rq *rq, struct tx *tx);

/* command.c */
int command_user_add(struct cli *cli);
int command_user_reset_step(struct cli *cli);

#endif
