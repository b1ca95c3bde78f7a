/* SPDX-License-Identifier: EUPL-1.2 */
/* Sealing, opening, and the file of keys. Tables: seal_key, read_log. */
#include "web/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "web.sql.h"
#include "web/access.h"
#include "web/feature.h"

/* Keys of one installation; one a year is much. */
#define KEYS_MOST 64
#define LINE_MOST 128

struct seal_key {
    int64_t number;
    uint8_t key[CRYPT_KEY_BYTES];
};

/* Read by all threads; changed when the file has. */
struct seals {
    pthread_mutex_t lock;
    const char *path;
    struct seal_key keys[KEYS_MOST];
    size_t n;
};

/* ---- the file ---- */

static bool read_line(struct arena *a, str line, struct seal_key *key)
{
    str number = S("");
    str bytes = S("");
    line = str_trim(line);
    if (!str_next(&line, ' ', &number) || !str_to_i64(number, &key->number) ||
        !crypt_from_base64url(a, line, &bytes) || bytes.n != CRYPT_KEY_BYTES)
        return false;
    memcpy(key->key, bytes.p, CRYPT_KEY_BYTES);
    return key->number > 0;
}

/* Under the lock. A file that is not there has no keys. */
static bool load(struct seals *s)
{
    struct arena a;
    char line[LINE_MOST];
    bool good = true;
    FILE *f = fopen(s->path, "re");
    if (!f)
        return errno == ENOENT;
    arena_init(&a, 0);
    s->n = 0;
    while (good && fgets(line, sizeof line, f)) {
        good = s->n < KEYS_MOST && read_line(&a, str_from_c(line), &s->keys[s->n]);
        s->n += good;
    }
    fclose(f);
    arena_free(&a);
    return good;
}

static bool write_all(int fd, str text)
{
    return write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
}

/* Under the lock: the whole file anew, so that there is an old one or a new one, never a part. */
static enum err store(const struct seals *s)
{
    struct arena a;
    arena_init(&a, 0);
    struct out o = out_new(&a, 0);
    for (size_t i = 0; i < s->n; i++)
        out_fmt(&o, "%lld %.*s\n", (long long)s->keys[i].number,
                STR_FMT(crypt_base64url(
                    &a, (str){ (const char *)s->keys[i].key, sizeof s->keys[i].key })));
    const char *temporary = str_to_c(&a, str_fmt(&a, "%s.new", s->path));
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write_all(fd, out_text(&o));
    if (fd >= 0)
        good = close(fd) == 0 && good;
    good = good && rename(temporary, s->path) == 0;
    if (!good && fd >= 0)
        unlink(temporary);
    arena_free(&a);
    return good ? ERR_OK : ERR_IO;
}

static const struct seal_key *in_memory(const struct seals *s, int64_t number)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->keys[i].number == number)
            return &s->keys[i];
    return NULL;
}

/* Another process may have made it since: then it is in the file. */
static bool find_key(struct app *app, int64_t number, uint8_t key[CRYPT_KEY_BYTES])
{
    struct seals *s = app->seals;
    pthread_mutex_lock(&s->lock);
    const struct seal_key *found = in_memory(s, number);
    if (!found && load(s))
        found = in_memory(s, number);
    if (found)
        memcpy(key, found->key, CRYPT_KEY_BYTES);
    pthread_mutex_unlock(&s->lock);
    return found != NULL;
}

bool seal_key_here(struct app *app, int64_t number)
{
    uint8_t key[CRYPT_KEY_BYTES];
    return find_key(app, number, key);
}

/* ---- boxes ---- */

/* Each place has a key of its own: a box that is moved to another row does not open there. */
static void key_of_place(struct arena *a, const uint8_t key[CRYPT_KEY_BYTES],
                         struct seal_place place, uint8_t sub[CRYPT_KEY_BYTES])
{
    crypt_subkey(key, str_fmt(a, "sealed %s %lld", place.column, (long long)place.id), sub);
}

sealed seal_close(struct app *app, struct tx *tx, struct seal_place place, str plain)
{
    uint8_t key[CRYPT_KEY_BYTES];
    struct arena *a = tx->db.arena;
    int64_t number = plain.n ? seal_current_key(&tx->db) : 0;
    if (!plain.n || tx->db.err != ERR_OK)
        return (sealed){ S("") };
    if (!find_key(app, number, key)) {
        db_fail(&tx->db, ERR_ENGINE, S("the key that seals is not in the file of keys"));
        return (sealed){ S("") };
    }
    key_of_place(a, key, place, key);
    str box = crypt_base64url(a, crypt_seal(a, key, plain));
    return (sealed){ str_fmt(a, "%lld.%.*s", (long long)number, STR_FMT(box)) };
}

bool seal_open(struct app *app, struct arena *a, struct seal_place place, sealed box, str *plain)
{
    uint8_t key[CRYPT_KEY_BYTES];
    str rest = box.box;
    str number_text = S("");
    str bytes = S("");
    int64_t number = 0;
    *plain = S("");
    if (!rest.n)
        return true;
    if (!str_next(&rest, '.', &number_text) || !str_to_i64(number_text, &number) ||
        !crypt_from_base64url(a, rest, &bytes) || !find_key(app, number, key))
        return false;
    key_of_place(a, key, place, key);
    str opened = crypt_open(a, key, bytes);
    if (!opened.p)
        return false;
    *plain = opened;
    return true;
}

/* ---- the read log ---- */

/* The first role that the person has in this town: what the one whom it is about is told. */
static str role_of(const struct rq *rq)
{
    return rq->who.grant_count ? role_info(rq->who.grants[0].role)->code : S("");
}

void seal_note_reading(const struct rq *rq, struct tx *tx, const char *place, int64_t record)
{
    read_log_insert(tx, &(struct read_log_insert_in){ .id = db_new_id(),
                                                      .city = rq->city->id,
                                                      .at = tx->now,
                                                      .account = rq->who.account_id,
                                                      .role = role_of(rq),
                                                      .place = str_from_c(place),
                                                      .subject = record,
                                                      .why = str_from_c(rq->route->path) });
}

/* ---- keys ---- */

int64_t seal_current_key(struct db *db)
{
    const struct seal_number *row = seal_current(db);
    return row && row->number.has ? row->number.v : 0;
}

str seal_like(struct arena *a, int64_t number)
{
    return str_fmt(a, "%lld.%%", (long long)number);
}

/* The file first: a number in the table whose key is nowhere would stop all sealing. */
int64_t seal_key_new(struct app *app, struct tx *tx)
{
    struct seals *s = app->seals;
    const struct seal_number *latest = seal_latest(&tx->db);
    int64_t number = latest && latest->number.has ? latest->number.v + 1 : 1;
    pthread_mutex_lock(&s->lock);
    bool good = load(s) && s->n < KEYS_MOST;
    if (good) {
        while (in_memory(s, number)) /* of a transaction that came to nothing */
            number++;
        struct seal_key *k = &s->keys[s->n++];
        k->number = number;
        crypt_random(k->key, sizeof k->key);
        good = store(s) == ERR_OK;
    }
    pthread_mutex_unlock(&s->lock);
    if (!good)
        db_fail(&tx->db, ERR_IO, S("the file of keys could not be written"));
    else
        seal_key_insert(tx, number, tx->now);
    return tx->db.err == ERR_OK ? number : 0;
}

enum err seal_key_forget(struct app *app, int64_t number)
{
    struct seals *s = app->seals;
    pthread_mutex_lock(&s->lock);
    enum err e = load(s) ? ERR_OK : ERR_IO;
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->keys[i].number != number)
            s->keys[n++] = s->keys[i];
    if (e == ERR_OK && n < s->n) {
        s->n = n;
        e = store(s);
    }
    pthread_mutex_unlock(&s->lock);
    return e;
}

static void first_key(struct tx *tx, void *ctx)
{
    struct app *app = ctx;
    const struct seal_number *latest = seal_latest(&tx->db);
    if (latest && !latest->number.has)
        seal_key_new(app, tx);
}

enum err seals_open(struct app *app)
{
    struct arena a;
    struct seals *s = NEW(&app->arena, struct seals);
    pthread_mutex_init(&s->lock, NULL);
    s->path = str_to_c(&app->arena, str_fmt(&app->arena, "%s.keys", app->config.secret_file));
    app->seals = s;
    if (!load(s)) {
        log_event(LOG_ERROR, "start.keys", { "file", str_from_c(s->path) });
        return ERR_INVALID;
    }
    arena_init(&a, 0);
    enum err e = tx_do(app->store, &a, first_key, app);
    struct db db;
    if (e == ERR_OK)
        e = db_begin(app->store, &a, &db);
    if (e == ERR_OK) {
        int64_t current = seal_current_key(&db);
        if (!seal_key_here(app, current))
            log_event(LOG_WARNING, "start.key_missing", { "file", str_from_c(s->path) },
                      { "number", str_fmt(&a, "%lld", (long long)current) });
        db_end(&db);
    }
    arena_free(&a);
    return e;
}

void seals_close(struct app *app)
{
    if (app->seals)
        pthread_mutex_destroy(&app->seals->lock);
    app->seals = NULL;
}
