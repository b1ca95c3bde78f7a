/* SPDX-License-Identifier: EUPL-1.2 */
/* The mails of this feature, each in the language of the account. */
#ifndef FEATURE_ACCOUNT_NOTICE_H
#define FEATURE_ACCOUNT_NOTICE_H

#include "web.sql.h"
#include "web/access.h"
#include "web/rq.h"

/* Purpose of a link that signs in; how long it may wait in a mailbox. */
#define NOTICE_SIGN_IN        S("sign_in")
#define NOTICE_LINK_SECONDS   (15 * 60)
#define NOTICE_INVITE_SECONDS (72 * 3600)

/* A link that signs in, once. */
url notice_link(struct rq *rq, struct tx *tx, int64_t account_id, int64_t seconds);
void notice_sign_in(struct rq *rq, struct tx *tx, const struct account_row *account, url link);
/* Somebody has been given a role; the link signs in for the first time. */
void notice_role(struct rq *rq, struct tx *tx, const struct account_row *account, enum role role);
/* Security: a second step has been turned on or off; a recovery code has been used. */
void notice_second_step(struct rq *rq, struct tx *tx, const struct account_row *account, bool on);
void notice_recovery(struct rq *rq, struct tx *tx, const struct account_row *account);
/* Security: the account is connected with the provider now, or no longer. */
void notice_provider(struct rq *rq, struct tx *tx, const struct account_row *account, bool on);
/* The office has signed the account out on all devices. */
void notice_signed_out(struct rq *rq, struct tx *tx, const struct account_row *account);
/* A new mail address: the change behind it, and the mailbox that the mail goes to. */
struct notice_change {
    int64_t id;
    str mail;
};
#define NOTICE_MAIL_CONFIRM S("mail_confirm")
#define NOTICE_MAIL_UNDO    S("mail_undo")
#define NOTICE_UNDO_SECONDS (7 * 86400)
void notice_address_new(struct rq *rq, struct tx *tx, const struct account_row *account,
                        const struct notice_change *change);
void notice_address_old(struct rq *rq, struct tx *tx, const struct account_row *account,
                        const struct notice_change *change);
/* To a mailbox that has an account already. */
void notice_address_taken(struct rq *rq, struct tx *tx, const struct account_row *account,
                          str mail);
/* A code with which this session shows who it is. */
void notice_code(struct rq *rq, struct tx *tx, const struct account_row *account, str code);
/* Security: the password has been set or changed, whoever did it (ASVS 6.3.7). */
void notice_password(struct rq *rq, struct tx *tx, const struct account_row *account);

#endif
