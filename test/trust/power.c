/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Cuts the power: takes the log of what a disk was told (recorder.c), stops at random places of
 * it, makes the files as a disk may then hold them, opens them and compares.
 *
 *     power RECORD FOLDER CUTS honest|lazy|never [SEED]
 *
 * What was written before a sync that came back is on the disk. Of what was written later each
 * sector may be there or not, in any order: in a quarter of the cuts none, in a quarter all, in
 * the others each by a coin. "lazy" forgets syncs of the log but those before a checkpoint (that
 * is synchronous=NORMAL), "never" all of them (OFF): the controls that must fail.
 *
 * Prints a line of JSON: cuts; how many of them were corrupt (integrity_check, or cannot be read),
 * lost what was acknowledged, or have half a transaction; the most rows that one of them lost.
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "trust/recorder.h"

#define SECTOR 512

struct bytes {
    char *p;
    size_t n, cap;
};

struct event {
    struct record head;
    const char *data;
};

struct events {
    struct event *v;
    size_t n, cap;
};

struct numbers {
    int64_t *v;
    size_t n, cap;
};

enum discipline { HONEST, LAZY, NEVER };

struct disk {
    struct bytes durable[FILES];
    struct events pending[FILES]; /* since the last sync that counts */
};

struct result {
    int cuts, corrupt, lost, half;
    size_t acknowledged, worst;
};

struct judge {
    struct arena arena;
    struct events all;
    size_t ready; /* from here on cuts are made */
    enum discipline discipline;
    const char *folder;
    uint64_t seed;
    struct disk disk;
    struct numbers acknowledged;
    struct result result;
};

static uint64_t random_below(struct judge *j, uint64_t n)
{
    j->seed = j->seed * 6364136223846793005u + 1442695040888963407u;
    return (j->seed >> 33) % n;
}

/* ---- the log ---- */

static str read_file(struct arena *a, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    off_t n = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
    must(n > 0);
    char *p = arena_bytes(a, (size_t)n);
    must(pread(fd, p, (size_t)n, 0) == n);
    close(fd);
    return (str){ p, (size_t)n };
}

static void read_events(struct judge *j, const char *path)
{
    str rest = read_file(&j->arena, path);
    while (rest.n >= sizeof(struct record)) {
        struct event e;
        memcpy(&e.head, rest.p, sizeof e.head);
        rest = str_slice(rest, sizeof e.head, rest.n);
        must(e.head.length <= rest.n);
        e.data = rest.p;
        rest = str_slice(rest, e.head.length, rest.n);
        *vec_add(&j->arena, &j->all) = e;
        if (e.head.kind == RECORD_ACK && e.head.offset == 0)
            j->ready = j->all.n;
    }
    must(j->ready && j->ready < j->all.n);
}

/* ---- the disk ---- */

static void make_room(struct bytes *b, size_t n)
{
    if (n <= b->n)
        return;
    if (n > b->cap) {
        b->cap = n * 2;
        b->p = realloc(b->p, b->cap);
        must(b->p);
    }
    memset(b->p + b->n, 0, n - b->n);
    b->n = n;
}

static void apply(struct bytes *b, const struct event *e, size_t from, size_t to)
{
    if (e->head.kind == RECORD_TRUNCATE) {
        make_room(b, e->head.offset);
        b->n = e->head.offset;
        return;
    }
    make_room(b, e->head.offset + to);
    memcpy(b->p + e->head.offset + from, e->data + from, to - from);
}

static void settle(struct disk *d, uint32_t file)
{
    for (size_t i = 0; i < d->pending[file].n; i++)
        apply(&d->durable[file], &d->pending[file].v[i], 0, d->pending[file].v[i].head.length);
    d->pending[file].n = 0;
}

/* The next thing that the disk is told is a change of the database: a checkpoint begins. */
static bool before_checkpoint(const struct judge *j, size_t i)
{
    for (i++; i < j->all.n; i++)
        if (j->all.v[i].head.kind != RECORD_ACK)
            return j->all.v[i].head.file == FILE_DATABASE;
    return false;
}

static bool sync_counts(const struct judge *j, size_t i)
{
    if (i < j->ready || j->discipline == HONEST)
        return true;
    bool of_log = j->all.v[i].head.file == FILE_LOG;
    return j->discipline == LAZY && (!of_log || before_checkpoint(j, i));
}

static void go_on(struct judge *j, size_t i)
{
    const struct event *e = &j->all.v[i];
    if (e->head.kind == RECORD_ACK) {
        if (e->head.offset)
            *vec_add(&j->arena, &j->acknowledged) = (int64_t)e->head.offset;
    } else if (e->head.kind != RECORD_SYNC) {
        *vec_add(&j->arena, &j->disk.pending[e->head.file]) = *e;
    } else if (sync_counts(j, i)) {
        settle(&j->disk, e->head.file);
    }
}

/* ---- a cut ---- */

static void apply_some(struct judge *j, struct bytes *b, const struct event *e)
{
    if (e->head.kind == RECORD_TRUNCATE) {
        if (random_below(j, 2))
            apply(b, e, 0, 0);
        return;
    }
    for (size_t from = 0; from < e->head.length; from += SECTOR) {
        size_t to = from + SECTOR < e->head.length ? from + SECTOR : e->head.length;
        if (random_below(j, 2))
            apply(b, e, from, to);
    }
}

static void write_image(struct judge *j, uint32_t file, const char *path)
{
    static struct bytes image;
    uint64_t fate = random_below(j, 4);
    image.n = 0;
    make_room(&image, j->disk.durable[file].n);
    memcpy(image.p, j->disk.durable[file].p, image.n);
    for (size_t i = 0; fate && i < j->disk.pending[file].n; i++) {
        const struct event *e = &j->disk.pending[file].v[i];
        if (fate == 1)
            apply(&image, e, 0, e->head.length);
        else
            apply_some(j, &image, e);
    }
    unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(fd >= 0 && write(fd, image.p, image.n) == (ssize_t)image.n);
    close(fd);
}

static bool is_sound(sqlite3 *db)
{
    sqlite3_stmt *s = NULL;
    bool sound = sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &s, NULL) == SQLITE_OK &&
                 sqlite3_step(s) == SQLITE_ROW &&
                 str_eq(str_from_c((const char *)sqlite3_column_text(s, 0)), S("ok"));
    sqlite3_finalize(s);
    return sound;
}

static bool read_ids(struct judge *j, sqlite3 *db, const char *sql, struct numbers *ids)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &s, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        *vec_add(&j->arena, ids) = sqlite3_column_int64(s, 0);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

static bool has(const struct numbers *sorted, int64_t id)
{
    size_t from = 0, to = sorted->n;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        if (sorted->v[mid] < id)
            from = mid + 1;
        else
            to = mid;
    }
    return from < sorted->n && sorted->v[from] == id;
}

static void judge_rows(struct judge *j, const struct numbers *stalls, const struct numbers *visits)
{
    size_t missing = 0;
    for (size_t i = 0; i < j->acknowledged.n; i++)
        missing += !has(stalls, j->acknowledged.v[i]);
    j->result.lost += missing > 0;
    j->result.worst = missing > j->result.worst ? missing : j->result.worst;
    bool equal = stalls->n == visits->n &&
                 (!stalls->n || !memcmp(stalls->v, visits->v, stalls->n * sizeof *stalls->v));
    j->result.half += !equal;
}

static void cut(struct judge *j)
{
    struct arena_mark mark = arena_mark(&j->arena);
    struct numbers stalls = { 0 }, visits = { 0 };
    const char *path = str_to_c(&j->arena, str_fmt(&j->arena, "%s/cut.db", j->folder));
    const char *log = str_to_c(&j->arena, str_fmt(&j->arena, "%s-wal", path));
    sqlite3 *db = NULL;
    write_image(j, FILE_DATABASE, path);
    write_image(j, FILE_LOG, log);
    bool sound = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                 is_sound(db) && read_ids(j, db, "SELECT id FROM stall ORDER BY id", &stalls) &&
                 read_ids(j, db, "SELECT id FROM visit ORDER BY id", &visits);
    sqlite3_close(db);
    j->result.cuts++;
    if (sound)
        judge_rows(j, &stalls, &visits);
    else
        j->result.corrupt++;
    arena_rewind(&j->arena, mark);
}

static int compare(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static void run(struct judge *j, size_t cuts)
{
    size_t *at = NEW_ARRAY(&j->arena, cuts, size_t);
    for (size_t i = 0; i < cuts; i++)
        at[i] = j->ready + random_below(j, j->all.n - j->ready + 1);
    qsort(at, cuts, sizeof *at, compare);
    /* Everything that grows is there before the first mark of cut(). */
    j->acknowledged.v = NEW_ARRAY(&j->arena, j->all.n, int64_t);
    j->acknowledged.cap = j->all.n;
    for (uint32_t f = 0; f < FILES; f++) {
        j->disk.pending[f].v = NEW_ARRAY(&j->arena, j->all.n, struct event);
        j->disk.pending[f].cap = j->all.n;
    }
    for (size_t i = 0, next = 0; next < cuts; i++) {
        for (; next < cuts && at[next] == i; next++)
            cut(j);
        if (i < j->all.n)
            go_on(j, i);
    }
    j->result.acknowledged = j->acknowledged.n;
}

int main(int argc, char **argv)
{
    static const char *const names[] = { "honest", "lazy", "never" };
    struct judge j = { 0 };
    int64_t cuts = 0, seed = 1;
    must(argc >= 5 && str_to_i64(str_from_c(argv[3]), &cuts));
    must(argc < 6 || str_to_i64(str_from_c(argv[5]), &seed));
    arena_init(&j.arena, 0);
    j.folder = argv[2];
    j.seed = (uint64_t)seed;
    while (!str_eq(str_from_c(names[j.discipline]), str_from_c(argv[4])))
        must(++j.discipline <= NEVER);
    read_events(&j, argv[1]);
    run(&j, (size_t)cuts);
    printf("{\"syncs\":\"%s\",\"cuts\":%d,\"acknowledged\":%zu,\"corrupt\":%d,\"lost\":%d,"
           "\"half\":%d,\"worst\":%zu}\n",
           argv[4], j.result.cuts, j.result.acknowledged, j.result.corrupt, j.result.lost,
           j.result.half, j.result.worst);
    arena_free(&j.arena);
    return 0;
}
