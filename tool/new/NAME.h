/* SPDX-License-Identifier: EUPL-1.2 */
/* The feature NAME, as others may use it. */
#ifndef FEATURE_NAME_H
#define FEATURE_NAME_H

#include "NAME.sql.h"
#include "web/feature.h"
#include "web/form.h"

extern const struct feature NAME_feature;

struct NAME_form {
    str title;
    str body_md;
};

extern const struct field NAME_fields[];

#endif
