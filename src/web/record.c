/* SPDX-License-Identifier: EUPL-1.2 */
/* Records of all features. */
#include "web/record.h"

#include "web/app.h"
#include "web/feature.h"

const struct record_kind *record_kind_find(const struct app *app, str name)
{
    for (const struct feature *const *f = app->features; *f; f++)
        for (const struct record_kind *const *k = (*f)->records; k && *k; k++)
            if (str_eq(str_from_c((*k)->name), name))
                return *k;
    return NULL;
}

bool record_find(struct rq *rq, const struct record_kind *kind, int64_t id, struct record *record)
{
    *record = (struct record){ .kind = kind, .id = id };
    return kind->find(rq, id, record);
}

bool record_may(const struct rq *rq, const struct record *record)
{
    return may_for(rq, record->kind->permission, record->organisation_id);
}
