/* SPDX-License-Identifier: EUPL-1.2 */
/* Mails: subject with town and matter, one link, who writes and how to ignore it. */
#include "feature/account/notice.h"

#include "account.text.h"
#include "feature/account/pages.h"
#include "feature/account/words.h"
#include "web/mail.h"
#include "web/token.h"

/* The same request in the language of the account: texts are looked up by rq->lang. */
static struct rq in_language_of(const struct rq *rq, const struct account_row *account)
{
    struct rq other = *rq;
    lang_parse(account->lang, &other.lang);
    return other;
}

static void queue(struct rq *rq, struct tx *tx, str to, struct notice *n)
{
    n->to = to;
    n->dedupe = str_fmt(rq->arena, "account %lld", (long long)db_new_id());
    mail_queue(tx, rq->city->id, n);
}

url notice_link(struct rq *rq, struct tx *tx, int64_t account_id, int64_t seconds)
{
    struct token_wish wish = { .purpose = NOTICE_SIGN_IN,
                               .subject_id = account_id,
                               .seconds = seconds };
    return token_new(rq, tx, &wish);
}

void notice_sign_in(struct rq *rq, struct tx *tx, const struct account_row *account, url link)
{
    struct rq r = in_language_of(rq, account);
    struct notice n = {
        .subject = t_account_mail_sign_in_subject(&r, rq->city->name),
        .text = t_account_mail_sign_in_text(&r, rq->city->name, link.s, NOTICE_LINK_SECONDS / 60),
    };
    queue(rq, tx, account->mail, &n);
}

void notice_role(struct rq *rq, struct tx *tx, const struct account_row *account, enum role role)
{
    struct rq r = in_language_of(rq, account);
    url link = notice_link(rq, tx, account->id, NOTICE_INVITE_SECONDS);
    struct notice n = {
        .subject = t_account_mail_role_subject(&r, rq->city->name),
        .text = t_account_mail_role_text(&r, rq->city->name, role_name(&r, role),
                                         role_does(&r, role), link.s, NOTICE_INVITE_SECONDS / 3600),
    };
    queue(rq, tx, account->mail, &n);
}

void notice_password(struct rq *rq, struct tx *tx, const struct account_row *account)
{
    struct rq r = in_language_of(rq, account);
    url page = link_absolute(rq, link_to(rq, S("/anmelden")));
    struct notice n = {
        .subject = t_account_mail_password_subject(&r, rq->city->name),
        .text = t_account_mail_password_text(&r, rq->city->name, page.s),
    };
    queue(rq, tx, account->mail, &n);
}

void notice_second_step(struct rq *rq, struct tx *tx, const struct account_row *account, bool on)
{
    struct rq r = in_language_of(rq, account);
    str page = link_absolute(rq, link_to(rq, S("/konto"))).s;
    struct notice n = {
        .subject = on ? t_account_mail_second_on_subject(&r, rq->city->name)
                      : t_account_mail_second_off_subject(&r, rq->city->name),
        .text = on ? t_account_mail_second_on_text(&r, rq->city->name, page)
                   : t_account_mail_second_off_text(&r, rq->city->name, page),
    };
    queue(rq, tx, account->mail, &n);
}

void notice_provider(struct rq *rq, struct tx *tx, const struct account_row *account, bool on)
{
    struct rq r = in_language_of(rq, account);
    str label = provider_label(rq);
    str page = link_absolute(rq, link_to(rq, on ? S("/konto/anbieter") : S("/konto"))).s;
    struct notice n = {
        .subject = on ? t_account_mail_provider_on_subject(&r, rq->city->name)
                      : t_account_mail_provider_off_subject(&r, rq->city->name),
        .text = on ? t_account_mail_provider_on_text(&r, rq->city->name, label, page)
                   : t_account_mail_provider_off_text(&r, rq->city->name, label, page),
    };
    queue(rq, tx, account->mail, &n);
}

void notice_signed_out(struct rq *rq, struct tx *tx, const struct account_row *account)
{
    struct rq r = in_language_of(rq, account);
    str page = link_absolute(rq, link_to(rq, S("/anmelden"))).s;
    struct notice n = {
        .subject = t_account_mail_signed_out_subject(&r, rq->city->name),
        .text = t_account_mail_signed_out_text(&r, rq->city->name, page),
    };
    queue(rq, tx, account->mail, &n);
}

void notice_recovery(struct rq *rq, struct tx *tx, const struct account_row *account)
{
    struct rq r = in_language_of(rq, account);
    str page = link_absolute(rq, link_to(rq, S("/konto"))).s;
    struct notice n = {
        .subject = t_account_mail_recovery_subject(&r, rq->city->name),
        .text = t_account_mail_recovery_text(&r, rq->city->name, page),
    };
    queue(rq, tx, account->mail, &n);
}

void notice_code(struct rq *rq, struct tx *tx, const struct account_row *account, str code)
{
    struct rq r = in_language_of(rq, account);
    struct notice n = {
        .subject = t_account_mail_code_subject(&r, rq->city->name),
        .text = t_account_mail_code_text(&r, rq->city->name, code),
    };
    queue(rq, tx, account->mail, &n);
}

#define CONFIRM_SECONDS (24 * 3600)

static str change_link(struct rq *rq, struct tx *tx, str purpose,
                       const struct notice_change *change)
{
    bool undo = str_eq(purpose, NOTICE_MAIL_UNDO);
    struct token_wish wish = { .purpose = purpose,
                               .subject_id = change->id,
                               .seconds = undo ? NOTICE_UNDO_SECONDS : CONFIRM_SECONDS,
                               .mail = change->mail };
    return token_new(rq, tx, &wish).s;
}

void notice_address_new(struct rq *rq, struct tx *tx, const struct account_row *account,
                        const struct notice_change *change)
{
    struct rq r = in_language_of(rq, account);
    str link = change_link(rq, tx, NOTICE_MAIL_CONFIRM, change);
    struct notice n = {
        .subject = t_account_mail_address_new_subject(&r, rq->city->name),
        .text = t_account_mail_address_new_text(&r, rq->city->name, link),
    };
    queue(rq, tx, change->mail, &n);
}

void notice_address_old(struct rq *rq, struct tx *tx, const struct account_row *account,
                        const struct notice_change *change)
{
    struct rq r = in_language_of(rq, account);
    str link = change_link(rq, tx, NOTICE_MAIL_UNDO, change);
    struct notice n = {
        .subject = t_account_mail_address_old_subject(&r, rq->city->name),
        .text = t_account_mail_address_old_text(&r, rq->city->name, link),
    };
    queue(rq, tx, change->mail, &n);
}

void notice_address_taken(struct rq *rq, struct tx *tx, const struct account_row *account, str mail)
{
    struct rq r = in_language_of(rq, account);
    struct notice n = {
        .subject = t_account_mail_address_taken_subject(&r, rq->city->name),
        .text = t_account_mail_address_taken_text(&r, rq->city->name),
    };
    queue(rq, tx, mail, &n);
}
