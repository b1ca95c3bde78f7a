/* SPDX-License-Identifier: EUPL-1.2 */
/* What an organisation says about itself, as one hash: every member of the form, in one order. */
#include "base/crypt.h"
#include "base/out.h"
#include "feature/organisation/organisation.h"

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

str organisation_hash(struct arena *a, const struct org_form *f)
{
    const str texts[] = { f->name,     f->kind,     f->purpose_md, f->purpose_simple,
                          f->street,   f->postcode, f->place,      f->district,
                          f->geo_from, f->web,      f->mail,       f->phone };
    struct out o = out_new(a, 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        put_number(&o, (int64_t)texts[i].n);
        out_str(&o, texts[i]);
    }
    put_number(&o, f->fields);
    put_number(&o, f->access);
    put_number(&o, f->umbrella.has ? f->umbrella.v : 0);
    put_point(&o, f->lat);
    put_point(&o, f->lon);
    return crypt_sha256_hex(a, out_text(&o));
}
