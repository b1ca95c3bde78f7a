/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of the second step under /konto show. */
#ifndef FEATURE_ACCOUNT_SECOND_H
#define FEATURE_ACCOUNT_SECOND_H

#include "feature/account/factor.h"
#include "web/form.h"
#include "web/qr.h"

struct second_form {
    str code;
};

extern const struct field second_fields[];

/* The page that turns the step on. */
struct second_offer {
    struct second_form form;
    str sealed; /* the secret, for the way back */
    str groups; /* … for people who type it */
    struct qr qr;
    bool demanded; /* the town demands it of this person */
};

/* The page once it is on. */
struct second_state {
    int64_t since;
    int64_t codes_left;
    bool demanded;
};

#endif
