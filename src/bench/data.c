/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * `tandem bench data`: made offers and people as files, row by row in constant memory. The CSV of
 * offers has the columns of `tandem export`, so that `tandem import` reads it.
 */
#include "base/clock.h"
#include "base/err.h"
#include "bench/bench.h"
#include "bench/maker.h"
#include "web/csv.h"
#include "web/json.h"
#include "web/vocab.h"

#define NUMBER_MOST INT64_C(1000000000)
#define ROW_MOST    ((size_t)64 << 10)

/* A row on its way: the same calls write a line of CSV or of JSON, or the line of headings. */
struct row {
    struct out out;
    enum row_form { ROW_HEADINGS, ROW_CSV, ROW_JSON } form;
    struct csv csv;
    struct json json;
};

static void put(struct row *r, const char *name, str value)
{
    if (r->form == ROW_JSON) {
        json_key(&r->json, str_from_c(name));
        json_str(&r->json, value);
        return;
    }
    csv_str(&r->csv, r->form == ROW_HEADINGS ? str_from_c(name) : value);
}

static void put_number(struct row *r, const char *name, int64_t value)
{
    if (r->form == ROW_JSON) {
        json_key(&r->json, str_from_c(name));
        json_int(&r->json, value);
        return;
    }
    put(r, name, str_fmt(r->out.arena, "%lld", (long long)value));
}

static void put_bits(struct row *r, const char *name, const struct vocab *v, uint64_t bits)
{
    put(r, name, vocab_fmt_bits(r->out.arena, v, bits));
}

static void put_day(struct row *r, const char *name, int64_t day)
{
    put(r, name, day ? day_iso(r->out.arena, day_from_number(day)) : S(""));
}

static void put_point(struct row *r, const struct match_point *p)
{
    struct arena *a = r->out.arena;
    put(r, "lat", p->known ? str_fmt(a, "%.6f", p->lat) : S(""));
    put(r, "lon", p->known ? str_fmt(a, "%.6f", p->lon) : S(""));
}

static void put_levels(struct row *r, const char *name, uint64_t levels)
{
    struct language_levels l = { 0 };
    struct out o = out_new(r->out.arena, 1024);
    for (unsigned i = 0; i < 16; i++)
        l.level[i] = (uint8_t)(levels >> (4 * i) & 15);
    languages_put(&o, &l);
    put(r, name, out_text(&o));
}

static void put_access(struct row *r, const struct match_offer *m)
{
    for (int i = 0; i < ACCESSIBLE_COUNT; i++) {
        bool known = m->access_known >> i & 1, yes = m->dim[MATCH_ACCESS] >> i & 1;
        put(r, str_to_c(r->out.arena, vocab_code(&vocab_accessible, i)),
            yes     ? S("yes")
            : known ? S("no")
                    : S("unknown"));
    }
}

static void put_offer(struct row *r, const struct made_offer *o)
{
    const struct match_offer *m = &o->m;
    struct arena *a = r->out.arena;
    put(r, "ref", str_fmt(a, "g%lld", (long long)m->id));
    put(r, "organisation_ref", str_fmt(a, "o%lld", (long long)m->org));
    put(r, "organisation", o->organisation);
    put(r, "title", o->title);
    put(r, "summary", o->summary);
    put(r, "tasks_md", o->tasks);
    put(r, "needs_md", o->needs);
    put(r, "gives_md", o->gives);
    put_bits(r, "fields", &vocab_field, m->dim[MATCH_FIELD]);
    put_bits(r, "kinds", &vocab_kind, m->dim[MATCH_KIND]);
    put_bits(r, "targets", &vocab_target, m->dim[MATCH_TARGET]);
    put_bits(r, "suits", &vocab_suits, m->dim[MATCH_SUITS]);
    put(r, "time", vocab_code(&vocab_time, o->time));
    put_number(r, "hours_week", m->hours);
    put_bits(r, "grid", &vocab_grid, m->grid);
    put_day(r, "from", m->from);
    put_day(r, "to", m->to);
    put_number(r, "wanted", m->wanted == 255 ? 0 : m->wanted);
    put_number(r, "min_age", m->min_age);
    put_levels(r, "languages", m->levels);
    put(r, "place_kind", vocab_code(&vocab_place_kind, o->place_kind));
    put(r, "postcode", o->place->postcode);
    put(r, "place", o->place->town);
    put_point(r, &m->point);
    put_access(r, m);
    put(r, "certificate", vocab_code(&vocab_certificate, o->certificate));
    put(r, "state", S("published"));
    put_day(r, "confirmed_on", m->confirmed);
}

static void put_person(struct row *r, const struct person *p, const struct land_place *home)
{
    const struct match_profile *w = &p->profile;
    put_number(r, "number", p->id);
    put(r, "postcode", home->postcode);
    put(r, "place", home->town);
    put_point(r, &w->near);
    put_number(r, "reach_m", w->reach_m);
    put_number(r, "age", w->age);
    put_number(r, "hours_week", w->hours);
    put_bits(r, "like_fields", &vocab_field, w->like[MATCH_FIELD]);
    put_bits(r, "like_kinds", &vocab_kind, w->like[MATCH_KIND]);
    put_bits(r, "like_targets", &vocab_target, w->like[MATCH_TARGET]);
    put_bits(r, "like_times", &vocab_time, w->like[MATCH_TIME]);
    put_bits(r, "like_places", &vocab_place_kind, w->like[MATCH_PLACE]);
    put_bits(r, "never_fields", &vocab_field, w->never[MATCH_FIELD]);
    put_bits(r, "never_targets", &vocab_target, w->never[MATCH_TARGET]);
    put_bits(r, "grid", &vocab_grid, w->grid);
    put_levels(r, "languages", w->languages_known ? w->levels : 0);
    put(r, "certificate",
        w->certificate < 0 ? S("") : vocab_code(&vocab_certificate, w->certificate));
    put_bits(r, "needs_access", &vocab_accessible, w->access);
    put(r, "agreed", p->agreed ? S("yes") : S("no"));
    put_day(r, "confirmed_on", p->confirmed);
}

/* ---- files ---- */

struct writing {
    const struct maker *maker;
    struct arena *arena; /* of one row */
    FILE *file;
    enum row_form form;
};

static void make_row(struct writing *w, struct row *r, bool people, int64_t number)
{
    if (people) {
        struct person p;
        const struct land_place *home = NULL;
        maker_person(w->maker, number, &p, &home);
        put_person(r, &p, home);
        return;
    }
    struct made_offer o;
    maker_offer(w->maker, w->arena, number, &o);
    put_offer(r, &o);
}

static void write_row(struct writing *w, enum row_form form, bool people, int64_t number)
{
    struct arena_mark mark = arena_mark(w->arena);
    struct row r = { .out = out_new(w->arena, ROW_MOST), .form = form };
    out_reserve(&r.out, ROW_MOST / 4);
    r.csv = csv_new(&r.out);
    r.json = json_new(&r.out);
    if (form == ROW_JSON)
        json_object(&r.json);
    make_row(w, &r, people, number);
    if (form == ROW_JSON) {
        json_object_end(&r.json);
        json_done(&r.json);
        out_char(&r.out, '\n');
    } else {
        csv_row_end(&r.csv);
    }
    must(!r.out.full);
    fwrite(r.out.p, 1, r.out.n, w->file);
    arena_rewind(w->arena, mark);
}

static void write_rows(struct writing *w, bool people, int64_t n)
{
    if (w->form == ROW_CSV)
        write_row(w, ROW_HEADINGS, people, 1);
    for (int64_t i = 1; i <= n && !ferror(w->file); i++)
        write_row(w, w->form, people, i);
}

/* To DIR/NAME.FORM, or to standard output where no folder is named. */
static bool write_file(struct cli *cli, struct writing *w, bool people, int64_t n)
{
    str dir = cli_option(cli, "out", NULL);
    str path = str_fmt(cli->arena, "%.*s/%s.%s", STR_FMT(dir), people ? "people" : "offers",
                       w->form == ROW_JSON ? "jsonl" : "csv");
    w->file = dir.n ? fopen(str_to_c(cli->arena, path), "we") : stdout;
    bool good = w->file != NULL;
    if (good) {
        write_rows(w, people, n);
        good = fflush(w->file) == 0 && !ferror(w->file);
        if (dir.n)
            good = fclose(w->file) == 0 && good;
    }
    if (!good)
        cli_problem(cli, str_fmt(cli->arena, "%.*s cannot be written",
                                 STR_FMT(dir.n ? path : S("standard output"))));
    return good;
}

static bool read_today(struct cli *cli, int64_t *today)
{
    bool given = false;
    str text = cli_option(cli, "today", &given);
    struct day d;
    if (!given)
        return true;
    if (!day_parse_iso(text, &d)) {
        cli_problem(cli, S("--today is a day like 2026-11-22"));
        return false;
    }
    *today = day_number(d);
    return true;
}

int bench_data(struct cli *cli)
{
    int64_t offers = 0, people = 0, seed = MAKER_SEED, today = MAKER_TODAY;
    str format = cli_option(cli, "format", NULL);
    bool json = str_eq(format, S("jsonl"));
    if (!bench_number(cli, "offers", &offers, NUMBER_MOST) ||
        !bench_number(cli, "people", &people, NUMBER_MOST) ||
        !bench_number(cli, "seed", &seed, INT64_MAX) || !read_today(cli, &today))
        return CLI_USAGE;
    bool two_in_one = offers && people && !cli_option(cli, "out", NULL).n;
    if ((!offers && !people) || two_in_one || (format.n && !json && !str_eq(format, S("csv"))))
        return CLI_USAGE;
    struct arena rows;
    arena_init(&rows, 0);
    struct writing w = { .maker = maker_new(cli->arena, (uint64_t)seed, today),
                         .arena = &rows,
                         .form = json ? ROW_JSON : ROW_CSV };
    bool good = !offers || write_file(cli, &w, false, offers);
    good = good && (!people || write_file(cli, &w, true, people));
    arena_free(&rows);
    return good ? CLI_DONE : CLI_REFUSED;
}
