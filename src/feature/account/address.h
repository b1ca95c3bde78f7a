/* SPDX-License-Identifier: EUPL-1.2 */
/* What the page for a new mail address shows. */
#ifndef FEATURE_ACCOUNT_ADDRESS_H
#define FEATURE_ACCOUNT_ADDRESS_H

#include "web/form.h"

struct address_form {
    str mail;
};

extern const struct field address_fields[];

#endif
