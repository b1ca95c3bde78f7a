/* SPDX-License-Identifier: EUPL-1.2 */
/* What an offer says, as one hash: every member of the form, in one order. */
#include "feature/opportunity/opportunity.h"
#include "web/content.h"

str opportunity_hash(struct arena *a, const struct opp_form *f, int64_t organisation_id)
{
    const str texts[] = { f->title,         f->title_simple, f->title_en,     f->summary,
                          f->summary_en,    f->tasks_md,     f->simple_md,    f->needs_md,
                          f->gives_md,      f->time,         f->starts_on,    f->ends_on,
                          f->commitment,    f->languages,    f->skills,       f->place_kind,
                          f->street,        f->postcode,     f->place,        f->district,
                          f->geo_from,      f->training,     f->supervision,  f->certificate,
                          f->insurance,     f->expenses,     f->contact_name, f->contact_mail,
                          f->contact_phone, f->valid_until };
    const int64_t numbers[] = { organisation_id, f->fields,        f->kinds,      f->targets,
                                f->suits,        f->derived,       f->hours_week, f->grid,
                                f->wanted,       f->placed,        f->min_age,    f->access,
                                f->measles,      f->expenses_cents };
    struct content content = { texts,   sizeof texts / sizeof *texts,
                               numbers, sizeof numbers / sizeof *numbers,
                               f->lat,  f->lon };
    return content_hash(a, &content);
}
