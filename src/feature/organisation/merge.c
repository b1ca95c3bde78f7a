/* SPDX-License-Identifier: EUPL-1.2 */
/* Organisations as records that can be merged (web/merge.h), and what hangs on one. */
#include "feature/organisation/merge.h"

#include "feature/organisation/fields.h"
#include "opportunity.text.h"
#include "organisation.text.h"
#include "web.sql.h"
#include "web.text.h"
#include "web/audit.h"
#include "web/field_text.h"

static bool is_personal(const struct field *f)
{
    return f->type == FIELD_MAIL || f->type == FIELD_PHONE;
}

/* ---- as values ---- */

static bool read(struct db *db, int64_t city_id, int64_t id, struct merge_row *row)
{
    struct arena *a = db->arena;
    const struct org_full *g = org_get(db, city_id, id);
    const struct org_marks_row *m = org_marks(db, city_id, id);
    *row = (struct merge_row){ .city_id = city_id, .id = id };
    if (!g || !m)
        return false;
    struct org_form f = organisation_said(g);
    merge_add_form(a, row, org_fields, &f);
    merge_add_place(a, row, f.lat, f.lon, f.geo_from);
    merge_add_int(a, row, S("umbrella_id"), f.umbrella.has ? f.umbrella.v : 0);
    merge_add_origin(a, row,
                     &(struct merge_origin){ m->source, m->ref, m->content_hash, m->edited_at,
                                             m->created_at, m->merged_into });
    merge_add_int(a, row, S("reviewed_at"), m->reviewed_at);
    merge_add_int(a, row, S("asked"), m->asked);
    merge_add_int(a, row, S("archived_at"), m->archived_at);
    merge_add_int(a, row, S("awaited"), m->awaited);
    merge_add_int(a, row, S("verified_at"), m->verified_at);
    return true;
}

static struct org_form form_of(const struct merge_row *row)
{
    struct org_form f = { .lat = merge_get_real(row, S("lat")),
                          .lon = merge_get_real(row, S("lon")),
                          .geo_from = merge_get(row, S("geo_from")),
                          .umbrella = merge_get_id(row, S("umbrella_id")) };
    merge_get_form(row, org_fields, &f);
    return f;
}

static void write(struct tx *tx, const struct merge_row *row)
{
    struct org_form f = form_of(row);
    struct org_set_marks_in in = { .source = merge_get(row, S("source")),
                                   .ref = merge_get(row, S("ref")),
                                   .content_hash = merge_get(row, S("content_hash")),
                                   .edited_at = merge_get_int(row, S("edited_at")),
                                   .reviewed_at = merge_get_int(row, S("reviewed_at")),
                                   .asked = merge_get_int(row, S("asked")),
                                   .archived_at = merge_get_int(row, S("archived_at")),
                                   .awaited = merge_get_int(row, S("awaited")),
                                   .merged_into = merge_get_id(row, S(MERGE_INTO)),
                                   .city = row->city_id,
                                   .id = row->id };
    organisation_replace(tx, row->id, &(struct org_arrival){ .city_id = row->city_id }, &f);
    org_set_marks(tx, &in);
}

/* ---- merging ---- */

static enum msg objection(struct rq *rq, const struct merge_row *kept, const struct merge_row *gone)
{
    (void)rq;
    if (merge_get_id(kept, S(MERGE_INTO)).has || merge_get_id(gone, S(MERGE_INTO)).has)
        return MSG_org_merge_already;
    if (merge_get_int(kept, S("umbrella_id")) == gone->id ||
        merge_get_int(gone, S("umbrella_id")) == kept->id)
        return MSG_org_merge_umbrella;
    if (merge_get_int(kept, S("archived_at")))
        return MSG_org_merge_hidden;
    return 0;
}

static void settle(struct tx *tx, struct merge_row *choice, struct merge_row *gone)
{
    struct arena *a = tx->db.arena;
    str now = str_fmt(a, "%lld", (long long)tx->now);
    merge_take_origin(choice, gone);
    if (merge_get(choice, S("source")).n) {
        struct org_form f = form_of(choice);
        merge_set_edited(tx, choice, organisation_hash(a, &f));
    }
    if (!merge_get_int(gone, S("archived_at")))
        merge_set(gone, S("archived_at"), now);
    merge_set(gone, S("awaited"), S("0"));
    merge_set(gone, S(MERGE_INTO), str_fmt(a, "%lld", (long long)choice->id));
}

static void note(struct rq *rq, struct tx *tx, const struct merge_step *step)
{
    audit(rq, tx, str_join(rq->arena, S("organisation."), step->verb), step->after->id, S(""));
}

static int weight(const struct merge_row *row)
{
    return (merge_get_int(row, S("archived_at")) ? 0 : 4) +
           (merge_get_int(row, S("verified_at")) ? 2 : 0) + (merge_get(row, S("ref")).n ? 1 : 0);
}

static const enum msg reasons[] = {
    MSG_org_twin_name,    MSG_org_twin_name_near, MSG_org_twin_mail,
    MSG_org_twin_domain,  MSG_org_twin_web,       MSG_org_twin_phone,
    MSG_org_twin_address, MSG_org_twin_freinet,   0
};

const struct merge_kind organisation_merges = {
    .record = &organisation_record,
    .fields = org_fields,
    .reasons = reasons,
    .public_path = "/organisationen/",
    .words = field_words,
    .personal = is_personal,
    .mail = "mail",
    .find = organisation_twins,
    .read = read,
    .write = write,
    .objection = objection,
    .settle = settle,
    .note = note,
    .weight = weight,
};

/* ---- what hangs on one ---- */

static struct merge_ids members(struct db *db, int64_t city_id, int64_t id)
{
    struct org_hung_row_rows rows = org_member_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_member(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return org_move_member(tx, &(struct org_move_member_in){ w->to, w->city_id, row, w->from }) ==
           1;
}

static struct merge_ids merged(struct db *db, int64_t city_id, int64_t id)
{
    struct org_hung_row_rows rows = org_merged_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_merged(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return org_move_merged(tx, &(struct org_move_merged_in){ w->to, w->city_id, row, w->from }) ==
           1;
}

static struct merge_ids invites(struct db *db, int64_t city_id, int64_t id)
{
    struct org_hung_row_rows rows = org_invite_ids(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_invite(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return org_move_invite(tx, &(struct org_move_invite_in){ w->to, w->city_id, row, w->from }) ==
           1;
}

static struct merge_ids people(struct db *db, int64_t city_id, int64_t id)
{
    struct role_id_rows rows = role_of_organisation(db, city_id, id);
    return MERGE_IDS(db, rows);
}

static bool move_person(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return role_move(tx, &(struct role_move_in){ w->to, w->city_id, row, w->from }) == 1;
}

static struct merge_ids follow_ups(struct db *db, int64_t city_id, int64_t id)
{
    return merge_follow_ups(db, city_id, S("organisation"), id);
}

static bool move_follow_up(struct tx *tx, const struct merge_way *w, int64_t row)
{
    return merge_follow_up_move(tx, w, S("organisation"), row);
}

const struct merge_ref organisation_merge_refs[] = {
    { "organisation", "account_role.scope_id", MSG_org_people_title, people, move_person },
    { "organisation", "organisation_invite.organisation_id", MSG_org_merge_invites, invites,
      move_invite },
    { "organisation", "organisation.umbrella_id", MSG_org_merge_members, members, move_member },
    { "organisation", "follow_up.subject_id", MSG_follow_up_title, follow_ups, move_follow_up },
    { "organisation", "organisation.merged_into", MSG_org_merge_earlier, merged, move_merged },
    { 0 },
};
