/* SPDX-License-Identifier: EUPL-1.2 */
/* What is said about a person, as one hash: every member of the form, in one order. */
#include "feature/person/store.h"
#include "web/content.h"

str person_hash(struct arena *a, const struct person_form *f)
{
    const str texts[] = { f->name,        f->pronoun,   f->gender,  f->age_band,   f->employment,
                          f->lang,        f->guardian,  f->mail,    f->phone,      f->channel,
                          f->street,      f->postcode,  f->place,   f->district,   f->geo_from,
                          f->team,        f->languages, f->skills,  f->experience, f->motivation,
                          f->certificate, f->starts_on, f->ends_on, f->heard_from };
    const int64_t numbers[] = { f->birth_year,
                                f->like_fields,
                                f->like_kinds,
                                f->like_targets,
                                f->rather_not_fields,
                                f->rather_not_kinds,
                                f->rather_not_targets,
                                f->never_fields,
                                f->never_kinds,
                                f->never_targets,
                                f->times,
                                f->place_kinds,
                                f->training,
                                f->hours_week,
                                f->grid,
                                f->mobility,
                                f->reach_km };
    struct content content = { texts,   sizeof texts / sizeof *texts,
                               numbers, sizeof numbers / sizeof *numbers,
                               f->lat,  f->lon };
    return content_hash(a, &content);
}
