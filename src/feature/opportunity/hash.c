/* SPDX-License-Identifier: EUPL-1.2 */
/* What an offer says, as one hash: every member of the form, in one order. */
#include "base/crypt.h"
#include "base/out.h"
#include "feature/opportunity/opportunity.h"

static void put_number(struct out *o, int64_t v)
{
    out_i64(o, v);
    out_char(o, '\n');
}

static void put_point(struct out *o, opt_real v)
{
    out_f64(o, v.has ? v.v : 0, 6);
    out_char(o, v.has ? 'p' : '-');
}

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
    struct out o = out_new(a, 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        put_number(&o, (int64_t)texts[i].n);
        out_str(&o, texts[i]);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(&o, numbers[i]);
    put_point(&o, f->lat);
    put_point(&o, f->lon);
    return crypt_sha256_hex(a, out_text(&o));
}
