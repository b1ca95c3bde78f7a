/* SPDX-License-Identifier: EUPL-1.2 */
/* Erasing rows about people, and doing it again after a restore. */
#include "web/erasure.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypt.h"
#include "people.h"
#include "web.sql.h"
#include "web/app.h"
#include "web/job.h"

#define HASH_CHARS 64
#define BATCH      500

/* ---- how a row goes ---- */

const struct privacy_table *privacy_table_get(str name)
{
    for (size_t i = 0; i < privacy_table_count; i++)
        if (str_eq(str_from_c(privacy_tables[i].name), name))
            return &privacy_tables[i];
    must(!"a table with a description");
    return NULL;
}

static const struct erasure_act *act_find(const struct app *app, const struct privacy_table *t)
{
    for (const struct feature *const *f = app->features; *f; f++)
        for (const struct erasure_act *a = (*f)->erasures; a && a->table; a++)
            if (str_eq(str_from_c(a->table), str_from_c(t->name)))
                return a;
    return NULL;
}

const char *erasure_missing(const struct app *app)
{
    for (size_t i = 0; i < privacy_table_count; i++) {
        const struct privacy_table *t = &privacy_tables[i];
        bool asked = (t->keeps->name || t->people->rows) && !t->with && !t->always;
        if (asked && !t->erase && !act_find(app, t))
            return t->name;
    }
    return NULL;
}

static str hash_of(struct arena *a, str table, int64_t id)
{
    return crypt_sha256_hex(a, str_fmt(a, "%.*s:%lld", STR_FMT(table), (long long)id));
}

void erasure_note(struct tx *tx, str table, int64_t id)
{
    erased_insert(tx, hash_of(tx->db.arena, table, id), tx->now);
}

void erasure_do(struct tx *tx, const struct privacy_table *t, const struct erasure *e)
{
    const struct erasure_act *act = act_find(e->app, t);
    const struct db_value id[] = { db_int(e->id) };
    must(act || t->erase);
    for (const struct feature *const *f = e->app->features; *f; f++)
        for (const struct erasure_act *h = (*f)->hung; h && h->table; h++)
            if (str_eq(str_from_c(h->table), str_from_c(t->name)))
                h->erase(tx, e);
    if (act)
        act->erase(tx, e);
    else
        tx_run(tx, t->erase, id);
    if (e->why == ERASE_BY_TIME)
        return;
    mail_forget_about(tx, str_fmt(tx->db.arena, "%% %lld %%", (long long)e->id));
    erasure_note(tx, str_from_c(t->name), e->id);
}

/* ---- somebody ---- */

str somebody_mark(const struct app *app, struct arena *a, str mail)
{
    str key = { (const char *)app->key, sizeof app->key };
    return crypt_hmac_hex(a, key, str_join(a, S("consent of "), mail));
}

bool somebody_value(struct app *app, struct arena *a, enum person_by by, const struct somebody *who,
                    struct db_value *value)
{
    switch (by) {
    case PERSON_MAIL:
        *value = db_text(who->mail);
        return who->mail.n > 0;
    case PERSON_ACCOUNT:
        *value = db_int(who->account_id);
        return who->account_id != 0;
    case PERSON_MARK:
        *value = db_text(who->mail.n ? somebody_mark(app, a, who->mail) : S(""));
        return who->mail.n > 0;
    }
    return false;
}

/* Ids with their towns, as all of these statements give them. */
struct row_id {
    int64_t id;
    int64_t city_id;
};

struct sweep {
    struct app *app;
    int64_t city_id;
    int64_t n;
};

static void erase_rows(struct tx *tx, struct sweep *s, const struct privacy_table *t,
                       struct db_rows rows)
{
    const struct row_id *v = rows.v;
    for (size_t i = 0; i < rows.n; i++) {
        if (s->city_id && v[i].city_id != s->city_id)
            continue;
        erasure_do(tx, t, &(struct erasure){ s->app, v[i].city_id, v[i].id, ERASE_BY_PERSON });
        s->n++;
    }
}

int64_t erasure_of_mail(struct app *app, struct tx *tx, str mail, int64_t city_id)
{
    const struct somebody who = { .mail = mail };
    struct sweep sweep = { app, city_id, 0 };
    struct db_value value;
    for (size_t i = 0; mail.n && i < privacy_table_count; i++) {
        const struct privacy_table *t = &privacy_tables[i];
        for (const struct privacy_person *p = t->people; !t->with && p->rows; p++)
            if (p->ids && p->by != PERSON_ACCOUNT &&
                somebody_value(app, tx->db.arena, p->by, &who, &value))
                erase_rows(tx, &sweep, t, db_rows(&tx->db, p->ids, &value));
    }
    return sweep.n;
}

int64_t erasure_correct(struct app *app, struct tx *tx, const struct correction *c)
{
    const struct db_value values[] = { db_text(c->value), db_text(c->mail), db_int(c->city_id) };
    int64_t n = 0;
    for (size_t i = 0; i < privacy_table_count; i++) {
        const struct erasure_act *act = act_find(app, &privacy_tables[i]);
        int64_t changed = 0;
        for (const struct privacy_correct *k = privacy_tables[i].corrects; k->column; k++)
            if (k->of == c->of)
                changed += tx_run(tx, k->set, values);
        if (changed && act && act->corrected)
            act->corrected(tx, c->city_id, c->mail);
        n += changed;
    }
    return n;
}

/* ---- the file: a hash and an instant a line ---- */

static const char *path_of(const struct app *app, struct arena *a)
{
    const struct config *c = &app->config;
    return c->erasure_file && c->erasure_file[0]
               ? c->erasure_file
               : str_to_c(a, str_fmt(a, "%s.erased", c->secret_file));
}

/* What the file has; a file that is not there has nothing. A torn last line is passed over. */
static void read_file(const struct app *app, struct arena *a, struct map *known)
{
    char line[256];
    FILE *file = fopen(path_of(app, a), "r");
    while (file && fgets(line, sizeof line, file)) {
        str s = str_from_c(line);
        if (s.n > HASH_CHARS && s.p[HASH_CHARS] == ' ' && str_ends(s, S("\n")))
            *map_put(known, str_copy(a, str_slice(s, 0, HASH_CHARS))) = 1;
    }
    if (file)
        fclose(file);
}

static enum err append(const char *path, str lines)
{
    if (!lines.n)
        return ERR_OK;
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return ERR_IO;
    bool good = write(fd, lines.p, lines.n) == (ssize_t)lines.n && fsync(fd) == 0;
    return close(fd) == 0 && good ? ERR_OK : ERR_IO;
}

enum err erasure_sync(struct app *app, struct arena *a)
{
    struct db db;
    struct map known = map_new(a);
    struct out lines = out_new(a, 0);
    enum err e = db_begin(app->store, a, &db);
    if (e != ERR_OK)
        return e;
    struct erased_row_rows rows = erased_all(&db);
    db_end(&db);
    read_file(app, a, &known);
    for (size_t i = 0; i < rows.n; i++)
        if (!map_find(&known, rows.v[i].hash))
            out_fmt(&lines, "%.*s %.*s\n", STR_FMT(rows.v[i].hash),
                    STR_FMT(instant_iso(a, rows.v[i].erased_at)));
    return db.err == ERR_OK ? append(path_of(app, a), out_text(&lines)) : db.err;
}

void erasure_job(struct job_run *job)
{
    if (erasure_sync(job->app, job->arena) != ERR_OK)
        job_failed(job, S("the file of erasures could not be written"));
}

/* ---- after a restore ---- */

enum err erasures_known(struct app *app, struct arena *a, struct erasures *known)
{
    struct db db;
    struct map hashes = map_new(a);
    enum err e = db_begin(app->store, a, &db);
    if (e != ERR_OK)
        return e;
    struct erased_row_rows rows = erased_all(&db);
    db_end(&db);
    for (size_t i = 0; i < rows.n; i++)
        *map_put(&hashes, rows.v[i].hash) = 1;
    read_file(app, a, &hashes);
    *known = (struct erasures){ .app = app, .hashes = hashes };
    return db.err;
}

static void note_again(struct tx *tx, struct erasures *known)
{
    struct erased_row_rows rows = erased_all(&tx->db);
    for (size_t i = 0; i < rows.n; i++) /* of the backup itself */
        *map_put(&known->hashes, rows.v[i].hash) = 1;
    for (size_t i = 0; i < known->hashes.cap; i++)
        if (known->hashes.slots[i].used)
            erased_insert(tx, known->hashes.slots[i].key, tx->now);
}

static void table_again(struct tx *tx, struct erasures *known, const struct privacy_table *t)
{
    struct db_value page[] = { db_int(0), db_int(BATCH) };
    struct db_rows rows;
    do {
        rows = db_rows(&tx->db, t->all, page);
        const struct row_id *v = rows.v;
        for (size_t i = 0; i < rows.n; i++) {
            page[0] = db_int(v[i].id);
            if (!map_find(&known->hashes, hash_of(tx->db.arena, str_from_c(t->name), v[i].id)))
                continue;
            erasure_do(tx, t, &(struct erasure){ known->app, v[i].city_id, v[i].id, ERASE_AGAIN });
            known->again++;
        }
    } while (rows.n == BATCH);
}

void erasures_again(struct tx *tx, struct erasures *known)
{
    note_again(tx, known);
    for (size_t i = 0; i < privacy_table_count; i++)
        if (privacy_tables[i].all)
            table_again(tx, known, &privacy_tables[i]);
}
