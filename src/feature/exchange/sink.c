/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The sink: stores what readers hand over. A row is found again by town, source and key;
 * a hash of what it says tells whether it changed, so that a second import changes nothing.
 */
#include "base/clock.h"
#include "base/crypt.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "feature/exchange/exchange.h"
#include "match/place.h"

#define PROGRESS_ROWS 250
/* A report names this many lines; the counts are always complete. */
#define LINES_MOST 5000

struct lines {
    struct import_line *v;
    size_t n, cap;
};

struct import_sink {
    const struct import_job *job;
    struct import_report *report;
    struct lines lines;
    str source;
};

static void remember(struct import_sink *s, int64_t line, str text, bool rejected)
{
    struct arena *a = s->job->source.arena;
    if (s->lines.n < LINES_MOST)
        *vec_add(a, &s->lines) = (struct import_line){ line, str_copy(a, text), rejected };
}

static void counted(struct import_sink *s)
{
    s->report->rows++;
    if (s->job->progress && s->report->rows % PROGRESS_ROWS == 0)
        s->job->progress(s->job->ctx, s->report->rows);
}

void import_reject(struct import_sink *s, int64_t line, str reason)
{
    s->report->failed++;
    counted(s);
    remember(s, line, reason, true);
}

void import_note(struct import_sink *s, int64_t line, str text)
{
    remember(s, line, text, false);
}

int64_t import_day(str text)
{
    struct day d = { 0 };
    int64_t days = 0;
    if (text.n > 2 && text.p[text.n - 1] == 'd' &&
        str_to_i64(str_slice(text, 0, text.n - 1), &days))
        d = day_add(clock_today(), (int)days);
    else if (!day_parse_iso(text, &d))
        return 0;
    return clock_instant((struct local_time){ d, 12, 0, 0 });
}

/* ---- points ---- */

/* The middle of the postcode where the source gives no point, marked as such. */
static void complete_point(opt_real *lat, opt_real *lon, str *from, str postcode)
{
    struct match_point p;
    if (lat->has && lon->has) {
        *from = S("given");
    } else if (postcode.n && place_centroid(postcode, &p)) {
        *lat = some_real(p.lat);
        *lon = some_real(p.lon);
        *from = S("postcode");
    } else {
        *lat = *lon = no_real;
        *from = S("");
    }
}

/* ---- hashes: everything that a row says, in one order ---- */

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

static str offer_hash(struct arena *a, const struct opp_form *f, int64_t organisation_id)
{
    const str texts[] = { f->title,         f->title_simple, f->title_en,     f->summary,
                          f->summary_en,    f->tasks_md,     f->simple_md,    f->needs_md,
                          f->gives_md,      f->time,         f->starts_on,    f->ends_on,
                          f->commitment,    f->languages,    f->skills,       f->place_kind,
                          f->street,        f->postcode,     f->place,        f->district,
                          f->geo_from,      f->training,     f->supervision,  f->certificate,
                          f->insurance,     f->expenses,     f->contact_name, f->contact_mail,
                          f->contact_phone, f->valid_until };
    const int64_t numbers[] = { organisation_id, f->fields,        f->kinds,      f->targets,
                                f->suits,        f->derived,       f->hours_week, f->grid,
                                f->wanted,       f->placed,        f->min_age,    f->access,
                                f->measles,      f->expenses_cents };
    struct out o = out_new(a, 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        put_number(&o, (int64_t)texts[i].n);
        out_str(&o, texts[i]);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(&o, numbers[i]);
    put_point(&o, f->lat);
    put_point(&o, f->lon);
    return crypt_sha256_hex(a, out_text(&o));
}

static str organisation_hash(struct arena *a, const struct org_form *f)
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

/* ---- organisations ---- */

static str source_of(const struct import_sink *s)
{
    return s->source.n ? s->source : str_from_c(s->job->reader->source);
}

void import_source_name(struct import_sink *s, str name)
{
    s->source = name;
}

static struct org_form complete_organisation(const struct import_sink *s,
                                             const struct import_organisation *g)
{
    struct org_form f = g->form;
    f.name = g->name;
    if (!f.kind.n)
        f.kind = S("verein");
    if (g->umbrella_ref.n) {
        int64_t umbrella =
            organisation_find(s->job->tx, s->job->city_id, source_of(s), g->umbrella_ref, S(""));
        f.umbrella = umbrella ? some_int(umbrella) : no_int;
    }
    complete_point(&f.lat, &f.lon, &f.geo_from, f.postcode);
    return f;
}

static int64_t new_organisation(struct import_sink *s, const struct import_organisation *g)
{
    struct org_form f = complete_organisation(s, g);
    struct org_arrival arrival = { .city_id = s->job->city_id,
                                   .source = source_of(s),
                                   .ref = g->ref,
                                   .content_hash = organisation_hash(s->job->tx->db.arena, &f),
                                   .verified_at = g->verified_at,
                                   .account_id = s->job->account_id };
    return organisation_new(s->job->tx, &arrival, &f);
}

void import_organisation(struct import_sink *s, int64_t line, const struct import_organisation *g)
{
    struct tx *tx = s->job->tx;
    struct arena_mark mark = arena_mark(tx->db.arena);
    if (!g->ref.n || !g->name.n) {
        import_reject(s, line, g->ref.n ? S("no name") : S("no ref"));
        return;
    }
    str hash = S("");
    int64_t id = organisation_known(tx, s->job->city_id, source_of(s), g->ref, &hash);
    if (!id) {
        new_organisation(s, g);
        s->report->imported++;
    } else {
        struct org_form f = complete_organisation(s, g);
        str now = organisation_hash(tx->db.arena, &f);
        struct org_arrival arrival = { .city_id = s->job->city_id,
                                       .source = source_of(s),
                                       .ref = g->ref,
                                       .content_hash = now,
                                       .account_id = s->job->account_id };
        bool same = str_eq(hash, now);
        if (!same)
            organisation_save(tx, id, &arrival, &f);
        s->report->unchanged += same;
        s->report->updated += !same;
    }
    arena_rewind(tx->db.arena, mark);
    counted(s);
}

/* ---- offers ---- */

static str refusal(const struct import_offer *r)
{
    if (!r->ref.n)
        return S("no key, so that it could not be found again");
    if (!r->form.title.n)
        return S("no title");
    if (!r->organisation.name.n && !r->organisation.ref.n)
        return S("no organisation");
    return S("");
}

static struct opp_arrival arrival_of(const struct import_sink *s, const struct import_offer *r,
                                     int64_t organisation_id)
{
    int64_t now = s->job->tx->now;
    bool keep = s->job->keep_days;
    return (struct opp_arrival){
        .city_id = s->job->city_id,
        .organisation_id = organisation_id,
        .source = source_of(s),
        .ref = r->ref,
        .state = r->state.n ? r->state : S("published"),
        .confirmed_at = keep ? r->confirmed_at : now,
        .confirmed_by = S("import"),
        .published_at = r->published_at ? r->published_at : now,
        .account_id = s->job->account_id,
    };
}

static void note_twins(struct import_sink *s, const struct import_offer *r, int64_t organisation_id)
{
    if (opportunity_has_title(s->job->tx, s->job->city_id, organisation_id, r->form.title))
        import_note(s, r->line,
                    S("the organisation has another offer with this title: a duplicate?"));
}

static void store_offer(struct import_sink *s, const struct import_offer *r,
                        int64_t organisation_id)
{
    struct tx *tx = s->job->tx;
    struct opp_form f = r->form;
    complete_point(&f.lat, &f.lon, &f.geo_from, f.postcode);
    struct opp_arrival arrival = arrival_of(s, r, organisation_id);
    arrival.content_hash = offer_hash(tx->db.arena, &f, organisation_id);
    str known_hash = S("");
    int64_t id = opportunity_known(tx, &arrival, &known_hash);
    if (!id) {
        note_twins(s, r, organisation_id);
        opportunity_new(tx, &arrival, &f);
        s->report->imported++;
    } else if (str_eq(known_hash, arrival.content_hash)) {
        s->report->unchanged++;
    } else {
        opportunity_save(tx, id, &arrival, &f);
        s->report->updated++;
    }
}

void import_offer(struct import_sink *s, const struct import_offer *r)
{
    struct tx *tx = s->job->tx;
    str why = refusal(r);
    if (why.n) {
        import_reject(s, r->line, why);
        return;
    }
    struct arena_mark mark = arena_mark(tx->db.arena);
    int64_t organisation_id = organisation_find(tx, s->job->city_id, source_of(s),
                                                r->organisation.ref, r->organisation.name);
    if (!organisation_id && r->organisation.name.n)
        organisation_id = new_organisation(s, &r->organisation);
    if (organisation_id) {
        store_offer(s, r, organisation_id);
        counted(s);
    } else {
        import_reject(
            s, r->line,
            str_fmt(tx->db.arena, "there is no organisation '%.*s'", STR_FMT(r->organisation.ref)));
    }
    arena_rewind(tx->db.arena, mark);
}

enum err import_run(const struct import_job *job, struct import_report *report, str *problem)
{
    struct import_sink sink = { .job = job, .report = report };
    *report = (struct import_report){ 0 };
    enum err e = job->reader->read(&job->source, &sink, problem);
    if (e == ERR_OK && job->tx->db.err != ERR_OK) {
        *problem = S("the database refused it");
        e = job->tx->db.err;
    }
    report->lines = sink.lines.v;
    report->line_count = sink.lines.n;
    return e;
}
