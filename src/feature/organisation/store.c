/* SPDX-License-Identifier: EUPL-1.2 */
/* Storing organisations: what is computed for sorting and searching, and the audit line. */
#include "base/utf8.h"
#include "feature/organisation/merge.h"
#include "web/audit.h"

static str search_text(struct arena *a, const struct org_form *f)
{
    return utf8_fold(a, str_fmt(a, "%.*s %.*s %.*s", STR_FMT(f->name), STR_FMT(f->purpose_md),
                                STR_FMT(f->district)));
}

/* The members that insert and update share, named once. */
#define SAID(tx, f)                                                                               \
    .name = (f)->name, .sort_key = utf8_sort_key((tx)->db.arena, (f)->name),                      \
    .search = search_text((tx)->db.arena, (f)), .kind = (f)->kind, .purpose_md = (f)->purpose_md, \
    .purpose_simple = (f)->purpose_simple, .fields = (f)->fields, .street = (f)->street,          \
    .postcode = (f)->postcode, .place = (f)->place, .district = (f)->district, .lat = (f)->lat,   \
    .lon = (f)->lon, .geo_from = (f)->geo_from, .web = (f)->web, .mail = (f)->mail,               \
    .phone = (f)->phone, .umbrella = (f)->umbrella, .access = (f)->access

struct org_form organisation_said(const struct org_full *g)
{
    return (struct org_form){ .name = g->name,
                              .kind = g->kind,
                              .purpose_md = g->purpose_md,
                              .purpose_simple = g->purpose_simple,
                              .fields = g->fields,
                              .street = g->street,
                              .postcode = g->postcode,
                              .place = g->place,
                              .district = g->district,
                              .lat = g->lat,
                              .lon = g->lon,
                              .geo_from = g->geo_from,
                              .web = g->web,
                              .mail = g->mail,
                              .phone = g->phone,
                              .umbrella = g->umbrella_id,
                              .access = g->access };
}

int64_t organisation_new(struct tx *tx, const struct org_arrival *a, const struct org_form *f)
{
    str hash = a->source.n ? organisation_hash(tx->db.arena, f) : S("");
    struct org_insert_in in = { .id = db_new_id(),
                                .city = a->city_id,
                                .source = a->source,
                                .ref = a->ref,
                                .verified_at = a->verified_at,
                                .archived_at = a->awaited ? tx->now : a->archived_at,
                                .awaited = a->awaited,
                                .content_hash = hash,
                                .created_at = tx->now,
                                .changed_at = tx->now,
                                SAID(tx, f) };
    org_insert(tx, &in);
    audit_add(tx, (struct audit_by){ a->city_id, a->account_id }, S("organisation.create"), in.id,
              a->source);
    return in.id;
}

bool organisation_replace(struct tx *tx, int64_t id, const struct org_arrival *a,
                          const struct org_form *f)
{
    struct org_update_in in = { .city = a->city_id,
                                .id = id,
                                .from_source = a->source.n > 0,
                                .content_hash = organisation_hash(tx->db.arena, f),
                                .changed_at = tx->now,
                                SAID(tx, f) };
    return org_update(tx, &in) == 1;
}

void organisation_save(struct tx *tx, int64_t id, const struct org_arrival *a,
                       const struct org_form *f)
{
    if (organisation_replace(tx, id, a, f))
        audit_add(tx, (struct audit_by){ a->city_id, a->account_id }, S("organisation.change"), id,
                  a->source);
}

int64_t organisation_find(struct tx *tx, int64_t city_id, str source, str ref, str name)
{
    if (ref.n) {
        const struct org_ref_row *row = org_by_ref(&tx->db, city_id, source, ref);
        if (row)
            return row->merged_into.has ? row->merged_into.v : row->id;
    }
    const struct org_name *row = org_by_name(&tx->db, city_id, utf8_sort_key(tx->db.arena, name));
    if (!row)
        return 0;
    return row->merged_into.has ? row->merged_into.v : row->id;
}

int64_t organisation_now(struct db *db, int64_t city_id, int64_t id)
{
    const struct org_merged_row *m = org_merged(db, city_id, id);
    return m ? m->merged_into.v : id;
}

const struct org_ref_row *organisation_known(struct tx *tx, int64_t city_id, str source, str ref)
{
    return org_by_ref(&tx->db, city_id, source, ref);
}

str organisation_pattern(struct arena *a, str typed)
{
    str folded = utf8_fold(a, typed);
    struct out o = out_new(a, folded.n * 2 + 16);
    out_char(&o, '%');
    for (size_t i = 0; i < folded.n; i++) {
        if (folded.p[i] == '%' || folded.p[i] == '_' || folded.p[i] == '\\')
            out_char(&o, '\\');
        out_char(&o, folded.p[i]);
    }
    out_char(&o, '%');
    return out_text(&o);
}
