/* SPDX-License-Identifier: EUPL-1.2 */
/* The page that asks again who one is, before a dangerous act (web/session.h). */
#ifndef FEATURE_ACCOUNT_PROVE_H
#define FEATURE_ACCOUNT_PROVE_H

#include "web/form.h"

/* The best that the account has: a code of the app, else the password, else a mailed code. */
enum prove_by { PROVE_BY_APP, PROVE_BY_PASSWORD, PROVE_BY_MAIL };

/* Names that no other form has: its fields come along. */
struct prove_form {
    str proof_password;
    str proof_code;
};

extern const struct field prove_password_fields[];
extern const struct field prove_app_fields[];
extern const struct field prove_mail_fields[];

struct prove {
    enum prove_by by;
    const struct field *fields; /* one, of prove_form */
    struct prove_form form;
    url action;                    /* of the form, with the way back */
    const struct http_field *kept; /* what was typed before */
    size_t kept_count;
    bool sent;    /* a code is on its way */
    url provider; /* where the provider asks; empty: it cannot, or a form would be lost */
};

#endif
