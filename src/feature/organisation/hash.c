/* SPDX-License-Identifier: EUPL-1.2 */
/* What an organisation says about itself, as one hash: every member of the form, in one order. */
#include "feature/organisation/organisation.h"
#include "web/content.h"

str organisation_hash(struct arena *a, const struct org_form *f)
{
    const str texts[] = { f->name,     f->kind,     f->purpose_md, f->purpose_simple,
                          f->street,   f->postcode, f->place,      f->district,
                          f->geo_from, f->web,      f->mail,       f->phone };
    const int64_t numbers[] = { f->fields, f->access, f->umbrella.has ? f->umbrella.v : 0 };
    struct content content = { texts,   sizeof texts / sizeof *texts,
                               numbers, sizeof numbers / sizeof *numbers,
                               f->lat,  f->lon };
    return content_hash(a, &content);
}
