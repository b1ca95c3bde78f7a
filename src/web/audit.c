/* SPDX-License-Identifier: EUPL-1.2 */
/* The audit trail. */
#include "web/audit.h"

#include "base/crypt.h"
#include "web.sql.h"

static str actor_name(struct tx *tx, int64_t account_id)
{
    if (!account_id)
        return S("system");
    const struct audit_key_row *row = audit_key_find(&tx->db, account_id);
    str key = row ? row->key : crypt_token(tx->db.arena, 16);
    if (!row)
        audit_key_insert(tx, account_id, key);
    str id = str_fmt(tx->db.arena, "%lld", (long long)account_id);
    return str_slice(crypt_hmac_hex(tx->db.arena, key, id), 0, 32);
}

static str row_hash(struct arena *a, const struct audit_row *r)
{
    return crypt_sha256_hex(
        a, str_fmt(a, "%.*s\n%lld\n%lld\n%lld\n%.*s\n%.*s\n%lld\n%.*s", STR_FMT(r->prev_hash),
                   (long long)r->id, (long long)r->city_id, (long long)r->at, STR_FMT(r->actor),
                   STR_FMT(r->action), (long long)r->object_id, STR_FMT(r->detail)));
}

void audit_add(struct tx *tx, struct audit_by by, str action, int64_t object_id, str detail)
{
    const struct audit_hash_row *last = audit_last(&tx->db);
    if (!last)
        last = audit_cut_last(&tx->db);
    struct audit_row r = {
        .id = last ? last->id + 1 : 1,
        .city_id = by.city_id,
        .at = tx->now,
        .actor = actor_name(tx, by.actor_id),
        .action = action,
        .object_id = object_id,
        .detail = detail,
        .prev_hash = last ? last->hash : S(""),
    };
    r.hash = row_hash(tx->db.arena, &r);
    audit_insert(tx, &(struct audit_insert_in){ .id = r.id,
                                                .city = r.city_id,
                                                .at = r.at,
                                                .actor = r.actor,
                                                .action = r.action,
                                                .object = r.object_id,
                                                .detail = r.detail,
                                                .prev_hash = r.prev_hash,
                                                .hash = r.hash });
}

void audit(const struct rq *rq, struct tx *tx, str action, int64_t object_id, str detail)
{
    struct audit_by by = { rq->city ? rq->city->id : 0, rq->who.account_id };
    audit_add(tx, by, action, object_id, detail);
}

/*
 * Only from the oldest end: a chain with a hole would not verify. Where it begins from now on
 * is kept, so that nobody can cut it unseen.
 */
void audit_cut(struct tx *tx, int64_t id)
{
    const struct audit_hash_row *first = audit_first(&tx->db);
    if (!first || first->id != id)
        return;
    audit_cut_clear(tx);
    audit_cut_insert(tx, first->id, first->hash, tx->now);
    audit_delete(tx, id);
}

struct verifying {
    struct arena *arena;
    char prev[2 * CRYPT_HASH_BYTES + 1];
    int64_t broken;
};

static bool verify_row(void *ctx, const struct audit_row *r)
{
    struct verifying *v = ctx;
    struct arena_mark mark = arena_mark(v->arena);
    bool good = str_eq(r->prev_hash, str_from_c(v->prev)) && str_eq(row_hash(v->arena, r), r->hash);
    if (good)
        memcpy(v->prev, r->hash.p, r->hash.n);
    else
        v->broken = r->id;
    arena_rewind(v->arena, mark);
    return good;
}

int64_t audit_verify(struct db *db)
{
    struct verifying v = { .arena = db->arena };
    const struct audit_hash_row *cut = audit_cut_last(db);
    if (cut)
        memcpy(v.prev, cut->hash.p, cut->hash.n);
    audit_all(db, verify_row, &v);
    return v.broken;
}

void audit_forget(struct tx *tx, int64_t account_id)
{
    audit_key_delete(tx, account_id);
}
