/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rows kept in memory: of statements marked "-- kept:" in their .sql file, by parameters. A row
 * holds as long as none of the tables that its statement reads has been written since it was
 * read, and only for readers that began after the last such write: so a reader sees what it
 * would have read when it began. Threads share the rows; each caller gets a copy in its arena.
 */
#include "base/cache.h"
#include "base/out.h"
#include "db/engine.h"

#define KEY_MAX ((size_t)1 << 10)

/* In the cache: this, the row as it lies in its struct, then its texts in the order of columns. */
struct kept {
    uint64_t as_of;
    char row[];
};

/* Statement and parameters; empty when they are too long to be a key. */
static str key_of(struct arena *a, const struct stmt *s, const struct db_value *params)
{
    struct out o = out_new(a, KEY_MAX);
    out_bytes(&o, (const char *)&s->id, sizeof s->id);
    for (unsigned i = 0; i < s->param_count; i++) {
        const struct db_value *v = &params[i];
        bool text = db_is_text(v->type);
        out_char(&o, v->null ? 1 : 0);
        if (v->null)
            continue;
        int64_t number = text ? (int64_t)v->s.n : v->i; /* or v->r: as wide */
        out_bytes(&o, (const char *)&number, sizeof number);
        if (text)
            out_str(&o, v->s);
    }
    return o.full ? S("") : out_text(&o);
}

/* Where in its row the column has a text: false for other types and for what is absent. */
static bool text_of(const struct db_column *c, const char *row, size_t *at, str *text)
{
    bool has = db_is_text(c->type);
    *at = c->offset + (c->optional ? opt_value_at(c->type) : 0);
    if (has && c->optional)
        memcpy(&has, row + c->offset, sizeof has);
    if (has)
        memcpy(text, row + *at, sizeof *text);
    return has;
}

static bool holds(const struct db *db, const struct stmt *s, uint64_t as_of)
{
    return !store_changed(db->store, &s->reads, as_of < db->as_of ? as_of : db->as_of);
}

/* The row out of the kept bytes, into `row`, which has room for them. */
static const void *copy_to(char *row, const struct stmt *s, str bytes)
{
    const char *text = row + s->row->size;
    memcpy(row, bytes.p, bytes.n);
    for (unsigned i = 0; i < s->row->count; i++) {
        size_t at;
        str t;
        if (!text_of(&s->row->columns[i], row, &at, &t))
            continue;
        t.p = text;
        text += t.n;
        memcpy(row + at, &t, sizeof t);
    }
    return row;
}

/* The bytes of the row behind the entry's head, while the entry is held. */
static str row_bytes(const struct cache_entry *e)
{
    return str_slice(e->value, sizeof(struct kept), e->value.n);
}

/*
 * The reader's arena may leave the request where it has no more room, and must not do so while the
 * entry is held.
 */
static const void *recall(struct db *db, const struct stmt *s, str key)
{
    struct cache_entry *e = cache_get(db->store->kept, key);
    if (!e)
        return NULL;
    const struct kept *kept = (const void *)e->value.p;
    const void *row = NULL;
    struct arena_hold hold = arena_hold(db->arena);
    if (holds(db, s, kept->as_of))
        row = copy_to(arena_room(db->arena, row_bytes(e).n, 1), s, row_bytes(e));
    cache_release(db->store->kept, e);
    arena_release(db->arena, hold);
    return row;
}

static void keep(struct db *db, const struct stmt *s, str key, const void *row)
{
    str *pieces = NEW_ARRAY(db->arena, s->row->count + 2, str);
    size_t n = 0;
    pieces[n++] = (str){ (const char *)&db->as_of, sizeof db->as_of };
    pieces[n++] = (str){ row, s->row->size };
    for (unsigned i = 0; i < s->row->count; i++) {
        size_t at;
        n += text_of(&s->row->columns[i], row, &at, &pieces[n]);
    }
    cache_put(db->store->kept, key, pieces, n);
}

const void *db_row_kept(struct db *db, const struct stmt *s, const struct db_value *params)
{
    str key = db->tx || db->err != ERR_OK ? S("") : key_of(db->arena, s, params);
    const void *row = key.n ? recall(db, s, key) : NULL;
    if (row) {
        tables_add(&db->read, &s->reads);
        return row;
    }
    row = db_row(db, s, params);
    if (row && key.n)
        keep(db, s, key, row);
    return row;
}
