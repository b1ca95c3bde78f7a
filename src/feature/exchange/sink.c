/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The sink: stores what readers hand over. A row is found again by town, source and key;
 * a hash of what it says tells whether it changed, so that a second import changes nothing.
 * What somebody has edited here stays, unless the import was asked to overwrite it.
 */
#include "base/clock.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "feature/exchange/offer_cells.h"
#include "feature/exchange/put_cells.h"
#include "match/place.h"

#define PROGRESS_ROWS 250
/* A report names this many lines; the counts are always complete. */
#define LINES_MOST 5000
#define KEY_MOST   600

/* An offer of this file, to be compared with later ones of the same organisation and title. */
struct twin {
    int64_t line;
    uint64_t text;
};

struct import_sink {
    const struct import_job *job;
    struct import_report *report;
    struct {
        struct import_line *v;
        size_t n, cap;
    } lines;
    int64_t lines_left_out;
    str source;
    struct map keys;   /* of this file, to the line that has it */
    struct map titles; /* organisation and title, to the number of a twin */
    struct {
        struct twin *v;
        size_t n, cap;
    } twins;
    int64_t derived, at_postcode, nowhere; /* offers */
    int64_t overwritten;
};

/* ---- the report ---- */

static void remember(struct import_sink *s, int64_t line, str text, bool rejected)
{
    struct arena *a = s->job->source.arena;
    if (s->lines.n < LINES_MOST)
        *vec_add(a, &s->lines) = (struct import_line){ line, str_copy(a, text), rejected };
    else
        s->lines_left_out++;
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

static void note_count(struct import_sink *s, int64_t n, const char *text)
{
    if (n)
        import_note(s, 0, str_fmt(s->job->source.arena, "%lld %s", (long long)n, text));
}

static void note_sums(struct import_sink *s)
{
    note_count(s, s->derived, "offers got fields, kinds or targets from their words");
    note_count(s, s->at_postcode, "offers lie in the middle of their postcode");
    note_count(s, s->nowhere, "offers have neither a point nor a postcode that is known");
    note_count(s, s->report->kept, "rows were edited here and are kept, though the source changed");
    note_count(s, s->overwritten, "rows had been edited here and are again as the source has them");
    if (s->lines_left_out)
        *vec_add(s->job->source.arena, &s->lines) =
            (struct import_line){ .text = str_fmt(s->job->source.arena, "and %lld lines more",
                                                  (long long)s->lines_left_out) };
}

int64_t import_day(str text)
{
    struct day d = { 0 };
    int64_t days = 0;
    if (text.n > 2 && text.p[text.n - 1] == 'd' &&
        str_to_i64(str_slice(text, 0, text.n - 1), &days) && days > -99999 && days < 99999)
        d = day_add(clock_today(), (int)days);
    else if (!day_parse_iso(text, &d))
        return 0;
    return clock_instant((struct local_time){ d, 12, 0, 0 });
}

/* What became of the row that was just stored. */
static enum import_outcome outcome(const struct import_report *before,
                                   const struct import_report *after)
{
    if (after->imported > before->imported)
        return IMPORT_NEW;
    return after->updated > before->updated ? IMPORT_CHANGED : IMPORT_SAME;
}

/* Keeps one of the first rows for the report; its texts are copied. */
static void show_first(struct import_sink *s, const struct import_first *row)
{
    struct arena *a = s->job->source.arena;
    if (s->report->first_count == IMPORT_FIRST)
        return;
    s->report->first[s->report->first_count++] =
        (struct import_first){ .line = row->line,
                               .outcome = row->outcome,
                               .title = str_copy(a, row->title),
                               .organisation = str_copy(a, row->organisation),
                               .summary = str_copy(a, row->summary),
                               .place = str_copy(a, row->place) };
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

/* ---- keys ---- */

/* The source of a row: the one that it names itself, else the file's. */
static str source_of(const struct import_sink *s, str named)
{
    if (named.n)
        return named;
    return s->source.n ? s->source : str_from_c(s->job->reader->source);
}

void import_source_name(struct import_sink *s, str name)
{
    s->source = name;
}

/*
 * Why the key cannot serve to find the row again; empty: it can. Two rows with one key
 * would change each other's offer at every import.
 */
static str key_problem(struct import_sink *s, int64_t line, str source, str key)
{
    struct arena *a = s->job->source.arena;
    if (!key.n)
        return S("no key, so that it could not be found again");
    if (key.n > KEY_MOST)
        return S("the key is too long");
    str whole = str_fmt(a, "%.*s %.*s", STR_FMT(source), STR_FMT(key));
    const uint64_t *before = map_find(&s->keys, whole);
    if (before)
        return str_fmt(a, "the key '%.*s' has been used in line %llu", STR_FMT(key),
                       (unsigned long long)*before);
    *map_put(&s->keys, whole) = (uint64_t)line;
    return S("");
}

/* ---- known rows ---- */

/*
 * A row that names its source moves a record from one town to another, or back into its own,
 * where somebody may have changed it in a spreadsheet. It is compared with what the record says
 * now, and counts as outdated when the record has been changed since the row was written.
 */
static bool outdated(bool same, int64_t row_changed_at, int64_t changed_at)
{
    return !same && row_changed_at < changed_at;
}

/* The id of a record that was entered here and is named by it; 0: the row names another. */
static int64_t local_id(str source, str ref)
{
    int64_t id = 0;
    return str_eq(source, SOURCE_LOCAL) && str_to_i64(ref, &id) ? id : 0;
}

/*
 * What was merged here comes under its old key in every file: the record that stayed follows its
 * own key, and this row changes nothing.
 */
static bool take_merged(struct import_sink *s, int64_t line, opt_int merged_into)
{
    if (!merged_into.has)
        return false;
    s->report->unchanged++;
    import_note(s, line, S("was merged into another record here; the row changes nothing"));
    return true;
}

/*
 * Counts a row that is here already; true when it is to be stored. Nothing is when the source
 * says what it said last, nor when somebody edited the row here in the meantime: then the two
 * disagree, and a person must look.
 */
static bool take_known(struct import_sink *s, int64_t line, bool same, bool edited)
{
    bool overwrite = edited && s->job->overwrite;
    bool change = overwrite || (!same && !edited);
    if (!same && !change) {
        s->report->kept++;
        import_note(s, line, S("edited here and kept; the source says something else"));
    }
    s->overwritten += overwrite;
    s->report->unchanged += !change;
    s->report->updated += change;
    return change;
}

/* ---- organisations ---- */

/* What the name of an organisation says about it, for sources that say no more. */
static str kind_of_name(struct arena *a, str name)
{
    static const struct {
        str word; /* folded, anywhere in the name */
        str kind;
    } words[] = {
        { STR_INIT("stiftung"), STR_INIT("stiftung") },
        { STR_INIT(" e v "), STR_INIT("verein") },
        { STR_INIT("verein"), STR_INIT("verein") },
        { STR_INIT("schule"), STR_INIT("school") },
        { STR_INIT("kita "), STR_INIT("school") },
        { STR_INIT("kindergarten"), STR_INIT("school") },
        { STR_INIT("kindertages"), STR_INIT("school") },
        { STR_INIT("kirche"), STR_INIT("church") },
        { STR_INIT("gemeinde"), STR_INIT("church") },
        { STR_INIT("initiative"), STR_INIT("initiative") },
        { STR_INIT("amt "), STR_INIT("public") },
        { STR_INIT(" stadt "), STR_INIT("public") },
    };
    str folded = str_fmt(a, " %.*s ", STR_FMT(utf8_fold(a, name)));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_find(folded, words[i].word) >= 0)
            return words[i].kind;
    return S("einrichtung");
}

static const struct org_ref_row *known_organisation(struct import_sink *s, str source, str ref)
{
    struct tx *tx = s->job->tx;
    int64_t own = local_id(source, ref);
    const struct org_ref_row *row = organisation_known(tx, s->job->city_id, source, ref);
    return row || !own ? row : org_own(&tx->db, s->job->city_id, own);
}

/* The organisation that an offer names, by key, else by name; 0: there is none. */
static int64_t find_organisation(struct import_sink *s, str source,
                                 const struct import_organisation *g)
{
    const struct org_ref_row *row = g->ref.n ? known_organisation(s, source, g->ref) : NULL;
    if (row)
        return row->merged_into.has ? row->merged_into.v : row->id;
    return organisation_find(s->job->tx, s->job->city_id, source, S(""), g->name);
}

static struct org_form complete_organisation(struct import_sink *s,
                                             const struct import_organisation *g)
{
    struct org_form f = g->form;
    f.name = g->name;
    if (!f.kind.n)
        f.kind = kind_of_name(s->job->tx->db.arena, f.name);
    if (g->umbrella_ref.n) {
        str source = source_of(s, g->umbrella_source.n ? g->umbrella_source : g->source);
        const struct org_ref_row *umbrella = known_organisation(s, source, g->umbrella_ref);
        f.umbrella = !umbrella                   ? no_int
                     : umbrella->merged_into.has ? umbrella->merged_into
                                                 : some_int(umbrella->id);
    }
    if (!g->source.n)
        complete_point(&f.lat, &f.lon, &f.geo_from, f.postcode);
    return f;
}

static struct org_arrival organisation_arrival(const struct import_sink *s,
                                               const struct import_organisation *g, str source)
{
    return (struct org_arrival){ .city_id = s->job->city_id,
                                 .source = source,
                                 .ref = g->ref,
                                 .verified_at = g->verified_at,
                                 .archived_at = g->archived ? s->job->tx->now : 0,
                                 .account_id = s->job->account_id };
}

static int64_t new_organisation(struct import_sink *s, const struct import_organisation *g,
                                str source)
{
    struct org_form f = complete_organisation(s, g);
    struct org_arrival arrival = organisation_arrival(s, g, source);
    return organisation_new(s->job->tx, &arrival, &f);
}

/* Whether the organisation says what has this hash, read as its own export would be. */
static bool organisation_says(struct import_sink *s, int64_t id, str hash)
{
    struct arena *a = s->job->tx->db.arena;
    const struct org_full *g = org_get(&s->job->tx->db, s->job->city_id, id);
    struct import_organisation row = { .ref = S("") };
    str why = S("");
    if (!g)
        return false;
    struct stored_organisation stored = stored_organisation(a, g);
    struct cells cells = organisation_cells(&stored);
    if (!organisation_from_cells(a, &cells, &row, &why))
        return false;
    row.form.umbrella = g->umbrella_id;
    return str_eq(organisation_hash(a, &row.form), hash);
}

static void store_organisation(struct import_sink *s, int64_t line,
                               const struct import_organisation *g)
{
    struct tx *tx = s->job->tx;
    str source = source_of(s, g->source);
    const struct org_ref_row *known = known_organisation(s, source, g->ref);
    if (!known) {
        new_organisation(s, g, source);
        s->report->imported++;
        return;
    }
    if (take_merged(s, line, known->merged_into))
        return;
    struct org_form f = complete_organisation(s, g);
    struct org_arrival arrival = organisation_arrival(s, g, source);
    str hash = organisation_hash(tx->db.arena, &f);
    bool same = str_eq(known->content_hash, hash);
    bool edited = known->edited_at != 0;
    if (g->source.n) {
        same = organisation_says(s, known->id, hash);
        edited = outdated(same, g->changed_at, known->changed_at);
        arrival.source = S(""); /* what it changes is an edit, as one by hand */
    }
    if (take_known(s, line, same, edited))
        organisation_save(tx, known->id, &arrival, &f);
}

void import_organisation(struct import_sink *s, int64_t line, const struct import_organisation *g)
{
    struct tx *tx = s->job->tx;
    str why = g->name.n ? key_problem(s, line, g->source, g->ref) : S("no name");
    if (why.n) {
        import_reject(s, line, why);
        return;
    }
    struct arena_mark mark = arena_mark(tx->db.arena);
    struct import_report before = *s->report;
    store_organisation(s, line, g);
    arena_rewind(tx->db.arena, mark);
    show_first(s, &(struct import_first){ .line = line,
                                          .outcome = outcome(&before, s->report),
                                          .title = g->name,
                                          .summary = g->form.purpose_md,
                                          .place = g->form.place });
    counted(s);
}

/* ---- offers ---- */

static str refusal(struct import_sink *s, const struct import_offer *r)
{
    if (!r->form.title.n)
        return S("no title");
    if (!r->organisation.name.n && !r->organisation.ref.n)
        return S("no organisation");
    return key_problem(s, r->line, r->source, r->ref);
}

static struct opp_arrival arrival_of(const struct import_sink *s, const struct import_offer *r,
                                     int64_t organisation_id)
{
    int64_t now = s->job->tx->now;
    bool moved = r->source.n > 0;
    bool keep = s->job->keep_days || moved;
    return (struct opp_arrival){
        .city_id = s->job->city_id,
        .organisation_id = organisation_id,
        .source = source_of(s, r->source),
        .ref = r->ref,
        .state = r->state.n ? r->state : S("published"),
        .confirmed_at = keep ? r->confirmed_at : now,
        .confirmed_by = moved && r->confirmed_by.n ? r->confirmed_by : S("import"),
        .published_at = r->published_at || moved ? r->published_at : now,
        .account_id = s->job->account_id,
    };
}

/* Offers of one organisation with one title: both arrive, and somebody should look. */
static void note_twins(struct import_sink *s, const struct import_offer *r, int64_t organisation_id,
                       bool is_new)
{
    struct arena *a = s->job->source.arena;
    struct tx *tx = s->job->tx;
    uint64_t text = str_hash(r->form.tasks_md);
    str key =
        str_fmt(tx->db.arena, "%lld %.*s", (long long)organisation_id, STR_FMT(r->form.title));
    const uint64_t *number = map_find(&s->titles, key);
    if (number) {
        const struct twin *twin = &s->twins.v[*number];
        import_note(s, r->line,
                    str_fmt(a, "possible duplicate: same organisation and title%s as in line %lld",
                            twin->text == text ? ", same text" : "", (long long)twin->line));
        return;
    }
    *map_put(&s->titles, str_copy(a, key)) = s->twins.n;
    *vec_add(a, &s->twins) = (struct twin){ r->line, text };
    if (is_new && opportunity_has_title(tx, s->job->city_id, organisation_id, r->form.title))
        import_note(s, r->line,
                    S("possible duplicate: the organisation has an offer with this title already"));
}

static void count_offer(struct import_sink *s, const struct opp_form *f)
{
    s->derived += f->derived != 0;
    s->at_postcode += str_eq(f->geo_from, S("postcode"));
    s->nowhere += f->geo_from.n == 0;
}

static const struct opp_ref_row *known_offer(struct import_sink *s,
                                             const struct opp_arrival *arrival)
{
    struct tx *tx = s->job->tx;
    int64_t own = local_id(arrival->source, arrival->ref);
    const struct opp_ref_row *row = opportunity_known(tx, arrival);
    return row || !own ? row : opp_own(&tx->db, arrival->city_id, own);
}

/* Whether the offer says what has this hash, read as its own export would be. */
static bool offer_says(struct import_sink *s, int64_t id, str hash)
{
    struct arena *a = s->job->tx->db.arena;
    const struct opp_full *o = opp_get(&s->job->tx->db, s->job->city_id, id);
    struct import_offer row = { .line = 0 };
    str why = S("");
    if (!o)
        return false;
    struct stored_offer stored = stored_offer(a, o);
    struct cells cells = offer_cells(&stored);
    return offer_from_cells(a, &cells, &row, &why) &&
           str_eq(opportunity_hash(a, &row.form, o->organisation_id), hash);
}

/* What the row says; a record that moves has the point that it has. */
static struct opp_form offer_form(const struct import_offer *r)
{
    struct opp_form f = r->form;
    if (!r->source.n)
        complete_point(&f.lat, &f.lon, &f.geo_from, f.postcode);
    return f;
}

static void store_known_offer(struct import_sink *s, const struct import_offer *r,
                              const struct opp_ref_row *known, struct opp_arrival *arrival)
{
    struct tx *tx = s->job->tx;
    if (take_merged(s, r->line, known->merged_into))
        return;
    struct opp_form f = offer_form(r);
    str hash = opportunity_hash(tx->db.arena, &f, arrival->organisation_id);
    bool same = str_eq(known->content_hash, hash);
    bool edited = known->edited_at != 0;
    if (r->source.n) {
        same = offer_says(s, known->id, hash);
        edited = outdated(same, r->changed_at, known->changed_at);
        arrival->source = S(""); /* what it changes is an edit, as one by hand */
    }
    if (take_known(s, r->line, same, edited))
        opportunity_save(tx, known->id, arrival, &f);
}

static void store_offer(struct import_sink *s, const struct import_offer *r,
                        int64_t organisation_id)
{
    struct opp_form f = offer_form(r);
    struct opp_arrival arrival = arrival_of(s, r, organisation_id);
    const struct opp_ref_row *known = known_offer(s, &arrival);
    note_twins(s, r, organisation_id, !known);
    count_offer(s, &f);
    if (known) {
        store_known_offer(s, r, known, &arrival);
        return;
    }
    opportunity_new(s->job->tx, &arrival, &f);
    s->report->imported++;
}

void import_offer(struct import_sink *s, const struct import_offer *r)
{
    struct tx *tx = s->job->tx;
    str why = refusal(s, r);
    if (why.n) {
        import_reject(s, r->line, why);
        return;
    }
    struct arena_mark mark = arena_mark(tx->db.arena);
    str source = source_of(s, r->organisation.source.n ? r->organisation.source : r->source);
    int64_t organisation_id = find_organisation(s, source, &r->organisation);
    if (!organisation_id && r->organisation.name.n)
        organisation_id = new_organisation(s, &r->organisation, source);
    if (organisation_id) {
        struct import_report before = *s->report;
        store_offer(s, r, organisation_id);
        show_first(s, &(struct import_first){ .line = r->line,
                                              .outcome = outcome(&before, s->report),
                                              .title = r->form.title,
                                              .organisation = r->organisation.name,
                                              .summary = r->form.summary,
                                              .place = r->form.place });
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
    struct arena *a = job->source.arena;
    struct import_sink sink = {
        .job = job, .report = report, .keys = map_new(a), .titles = map_new(a)
    };
    *report = (struct import_report){ 0 };
    enum err e = job->reader->read(&job->source, &sink, problem);
    if (e == ERR_OK && job->tx->db.err != ERR_OK) {
        *problem = S("the database refused it");
        e = job->tx->db.err;
    }
    note_sums(&sink);
    report->lines = sink.lines.v;
    report->line_count = sink.lines.n;
    return e;
}
