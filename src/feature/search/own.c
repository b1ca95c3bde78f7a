/* SPDX-License-Identifier: EUPL-1.2 */
/* The towns' own words: rows of search_word as lines of the index's table. */
#include "feature/search/own.h"

#include "base/clock.h"
#include "base/out.h"
#include "base/vec.h"
#include "search.sql.h"

/* Words that were replaced are freed after ten minutes: no request that still has them is so old.
 */
#define OWN_RETIRED ((int64_t)600 * 1000000)

void own_init(struct own_words *w)
{
    *w = (struct own_words){ 0 };
    arena_init(&w->arena, 0);
    pthread_mutex_init(&w->lock, NULL);
}

static struct own_town *town_of(struct own_words *w, int64_t city_id)
{
    for (size_t i = 0; i < w->towns.n; i++)
        if (w->towns.v[i].city_id == city_id)
            return &w->towns.v[i];
    struct own_town *t = vec_add(&w->arena, &w->towns);
    t->city_id = city_id;
    return t;
}

static void retire(struct own_words *w, struct match_own *words)
{
    int64_t now = clock_ticks();
    size_t kept = 0;
    for (size_t i = 0; i < w->retired.n; i++) {
        if (now - w->retired.v[i].at < OWN_RETIRED)
            w->retired.v[kept++] = w->retired.v[i];
        else
            match_own_free(w->retired.v[i].words);
    }
    w->retired.n = kept;
    if (words)
        *vec_add(&w->arena, &w->retired) = (struct own_retired){ words, now };
}

/* The lines of one town; nothing happens where they are what they were. */
static void set(struct own_words *w, const struct match *m, int64_t city_id, str lines)
{
    uint64_t hash = lines.n ? str_hash(lines) : 0;
    pthread_mutex_lock(&w->lock);
    uint64_t known = town_of(w, city_id)->lines;
    pthread_mutex_unlock(&w->lock);
    if (hash == known)
        return;
    struct match_own *made = lines.n ? match_own_new(m, lines) : NULL;
    pthread_mutex_lock(&w->lock);
    struct own_town *t = town_of(w, city_id);
    struct match_own *old = t->words;
    *t = (struct own_town){ city_id, hash, made };
    retire(w, old);
    pthread_mutex_unlock(&w->lock);
}

static void put_line(struct out *o, const struct search_word_line *r)
{
    out_fmt(o, r->same ? "= %.*s, %.*s\n" : "%.*s > %.*s\n", STR_FMT(r->says), STR_FMT(r->means));
}

void own_reload(struct own_words *w, const struct match *m, struct db *db)
{
    struct search_word_line_rows rows = search_word_all(db);
    if (db->err != ERR_OK)
        return;
    size_t towns = w->towns.n;
    bool *has = NEW_ARRAY(db->arena, towns + 1, bool);
    for (size_t i = 0; i < rows.n;) {
        struct out o = out_new(db->arena, OUT_MAX);
        int64_t city_id = rows.v[i].city_id;
        for (; i < rows.n && rows.v[i].city_id == city_id; i++)
            put_line(&o, &rows.v[i]);
        set(w, m, city_id, out_text(&o));
        for (size_t k = 0; k < towns; k++)
            has[k] = has[k] || w->towns.v[k].city_id == city_id;
    }
    for (size_t k = 0; k < towns; k++)
        if (!has[k])
            set(w, m, w->towns.v[k].city_id, S(""));
}

const struct match_own *own_find(struct own_words *w, int64_t city_id)
{
    const struct match_own *found = NULL;
    pthread_mutex_lock(&w->lock);
    for (size_t i = 0; i < w->towns.n && !found; i++)
        if (w->towns.v[i].city_id == city_id)
            found = w->towns.v[i].words;
    pthread_mutex_unlock(&w->lock);
    return found;
}

void own_free(struct own_words *w)
{
    for (size_t i = 0; i < w->towns.n; i++)
        if (w->towns.v[i].words)
            match_own_free(w->towns.v[i].words);
    for (size_t i = 0; i < w->retired.n; i++)
        match_own_free(w->retired.v[i].words);
    pthread_mutex_destroy(&w->lock);
    arena_free(&w->arena);
}
