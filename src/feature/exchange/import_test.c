/* SPDX-License-Identifier: EUPL-1.2 */
/* Imports from file to table, on both engines; the real files where they are there. */
#include "feature/exchange/exchange.h"

#include "base/clock.h"
#include "base/test.h"
#include "product.h"
#include "web/vocab.h"
#include "world.h"

static struct product product;
static int64_t town, far_town;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        far_town = world_town(&product, "anderswo", "Anderswo");
        run();
    }
    product_close(&product);
}

/* ---- running ---- */

struct result {
    enum err e;
    struct import_report report;
    str problem;
};

struct order {
    const char *kind;
    FILE *file;
    const char *map;
    int64_t city;
    bool dry;
    bool overwrite;
};

/* The text of its mapping; empty when it has none. */
static str map_of(const struct order *order)
{
    FILE *file = order->map ? fopen(order->map, "rb") : NULL;
    if (!file)
        return S("");
    char *text = arena_bytes(&t_arena, 65536);
    size_t n = fread(text, 1, 65536, file);
    fclose(file);
    return (str){ text, n };
}

static struct result run(const struct order *order)
{
    char head[4096];
    struct result r = { .problem = S("") };
    struct arena rows;
    struct tx tx;
    size_t n = fread(head, 1, sizeof head, order->file);
    rewind(order->file);
    struct import_job job = { .app = &product.app, .tx = &tx, .city_id = order->city };
    job.overwrite = order->overwrite;
    job.source = (struct import_source){ order->file, { head, n }, map_of(order), &t_arena };
    job.reader = import_reader_for(&job.source, str_from_c(order->kind), S(""));
    arena_init(&rows, 0);
    must(job.reader != NULL);
    must(tx_begin_alone(product.app.store, &rows, &tx) == ERR_OK);
    r.e = import_run(&job, &r.report, &r.problem);
    if (r.e != ERR_OK || order->dry)
        tx_rollback(&tx);
    else
        r.e = tx_commit(&tx);
    arena_free(&rows);
    return r;
}

static struct result run_text(const char *kind, str text)
{
    FILE *file = tmpfile();
    fwrite(text.p, 1, text.n, file);
    rewind(file);
    struct order order = { .kind = kind, .file = file, .city = town };
    struct result r = run(&order);
    fclose(file);
    return r;
}

static str sum(const struct result *r)
{
    const struct import_report *p = &r->report;
    return str_fmt(&t_arena, "%lld new, %lld changed, %lld same, %lld failed of %lld",
                   (long long)p->imported, (long long)p->updated, (long long)p->unchanged,
                   (long long)p->failed, (long long)p->rows);
}

/* Line i of the report, as "line:text"; empty when there is none. */
static str line(const struct result *r, size_t i)
{
    if (i >= r->report.line_count)
        return S("");
    const struct import_line *l = &r->report.lines[i];
    return str_fmt(&t_arena, "%lld:%.*s", (long long)l->line, STR_FMT(l->text));
}

/* ---- looking ---- */

struct offers {
    struct opp_full *v;
    size_t n, cap;
};

static bool keep(void *ctx, const struct opp_full *row)
{
    struct offers *offers = ctx;
    if (offers->n == offers->cap)
        return false;
    struct opp_full *copy = &offers->v[offers->n++];
    *copy = *row;
    copy->title = str_copy(&t_arena, row->title);
    copy->organisation = str_copy(&t_arena, row->organisation);
    copy->tasks_md = str_copy(&t_arena, row->tasks_md);
    copy->summary = str_copy(&t_arena, row->summary);
    copy->ref = str_copy(&t_arena, row->ref);
    copy->place = str_copy(&t_arena, row->place);
    copy->state = str_copy(&t_arena, row->state);
    copy->time = str_copy(&t_arena, row->time);
    return true;
}

static struct offers offers_of(int64_t city)
{
    struct offers offers = { .cap = 2000 };
    struct arena a;
    struct db db;
    arena_init(&a, 0);
    offers.v = NEW_ARRAY(&t_arena, offers.cap, struct opp_full);
    must(db_begin(product.app.store, &a, &db) == ERR_OK);
    opp_export(&db, &(struct opp_export_in){ .city = city, .state = S("all") }, keep, &offers);
    db_end(&db);
    arena_free(&a);
    return offers;
}

static const struct opp_full *full(int64_t city, int64_t id)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct opp_full *o = opp_get(&db, city, id);
    db_end(&db);
    return o;
}

static const struct org_full *organisation(int64_t city, int64_t id)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct org_full *g = org_get(&db, city, id);
    db_end(&db);
    return g;
}

/* ---- Tandem's own CSV ---- */

#define ORGANISATIONS                                           \
    "ref,name,kind,purpose_md,umbrella_ref,verified,postcode\n" \
    "dach,Dachverband Muster,umbrella,,,yes,23552\n"            \
    "lese,Leseinsel e. V.,verein,Wir lesen.,dach,no,\n"
#define HEAD "ref,organisation_ref,title,tasks_md,fields,postcode,lat,lon,state\n"
#define ONE  "1,lese,Vorlesen,\"Eins\n\n- zwei\",education,23552,,,\n"
#define TWO  "2,lese,\"Malen, basteln\",Text,culture,,53.5,10.5,draft\n"

static void arrives_and_stays_the_same_here(void)
{
    struct result r = run_text("organisations", S(ORGANISATIONS));
    eq_str(sum(&r), S("2 new, 0 changed, 0 same, 0 failed of 2"));
    r = run_text("organisations", S(ORGANISATIONS));
    eq_str(sum(&r), S("0 new, 0 changed, 2 same, 0 failed of 2"));
    r = run_text("opportunities", S(HEAD ONE TWO));
    eq_str(sum(&r), S("2 new, 0 changed, 0 same, 0 failed of 2"));
    struct offers offers = offers_of(town);
    eq_int(offers.n, 2);
    eq_str(offers.v[0].tasks_md, S("Eins\n\n- zwei"));
    eq_str(offers.v[0].state, S("published"));
    eq_str(offers.v[1].state, S("draft"));
    const struct opp_full *one = full(town, offers.v[0].id);
    eq_str(one->geo_from, S("postcode"));
    ok(one->lat.has && one->lat.v > 53 && one->lat.v < 55);
    eq_str(full(town, offers.v[1].id)->geo_from, S("given"));
    const struct org_full *g = organisation(town, one->organisation_id);
    eq_str(g->name, S("Leseinsel e. V."));
    ok(g->umbrella.has && str_eq(g->umbrella.v, S("Dachverband Muster")));

    r = run_text("opportunities", S(HEAD ONE TWO));
    eq_str(sum(&r), S("0 new, 0 changed, 2 same, 0 failed of 2"));
    eq_int(full(town, offers.v[0].id)->changed_at, one->changed_at);
    eq_int(offers_of(town).n, 2);
}
ON_EACH_STORE(arrives_and_stays_the_same)

static void changed_rows_are_updated_here(void)
{
    run_text("organisations", S(ORGANISATIONS));
    run_text("opportunities", S(HEAD ONE TWO));
    struct offers before = offers_of(town);
    struct result r = run_text("opportunities", S(HEAD ONE "2,lese,Malen,Text,culture,,,,\n"));
    eq_str(sum(&r), S("0 new, 1 changed, 1 same, 0 failed of 2"));
    struct offers after = offers_of(town);
    eq_int(after.n, 2);
    eq_int(after.v[1].id, before.v[1].id);
    eq_str(after.v[1].title, S("Malen"));
    eq_str(after.v[1].state, S("draft")); /* the office's business, not the file's */
}
ON_EACH_STORE(changed_rows_are_updated)

static void towns_do_not_meet_here(void)
{
    FILE *file = tmpfile();
    fputs("ref,organisation_ref,organisation,title,tasks_md\n1,,Muster,Titel,x\n", file);
    struct order order = { .kind = "opportunities", .file = file };
    for (int i = 0; i < 2; i++) {
        rewind(file);
        order.city = i ? far_town : town;
        struct result r = run(&order);
        eq_str(sum(&r), S("1 new, 0 changed, 0 same, 0 failed of 1"));
    }
    fclose(file);
    struct offers here = offers_of(town);
    struct offers there = offers_of(far_town);
    ok(here.n == 1 && there.n == 1);
    ok(here.v[0].organisation_id != there.v[0].organisation_id);
    ok(!organisation(town, there.v[0].organisation_id));
}
ON_EACH_STORE(towns_do_not_meet)

static void every_row_is_accounted_for_here(void)
{
    run_text("organisations", S(ORGANISATIONS));
    struct result r = run_text("opportunities", S(HEAD ONE "1,lese,Nochmal,,,,,,\n"
                                                           ",lese,Ohne,,,,,,\n"
                                                           "3,lese,,,,,,,\n"
                                                           "4,fehlt,Titel,,,,,,\n"
                                                           "5,,Titel,,,,,,\n"
                                                           "6,lese,Titel,,unicorns,,,,\n"
                                                           "7,lese,\"T\"itel,,,,,,\n"
                                                           "8,lese,Titel,,,,,,,,,\n"
                                                           "9,lese,Titel,,,,,,\n"));
    eq_str(sum(&r), S("2 new, 0 changed, 0 same, 8 failed of 10"));
    eq_str(line(&r, 0), S("5:the key '1' has been used in line 2"));
    eq_str(line(&r, 1), S("6:no key, so that it could not be found again"));
    eq_str(line(&r, 2), S("7:no title"));
    eq_str(line(&r, 3), S("8:there is no organisation 'fehlt'"));
    eq_str(line(&r, 4), S("9:no organisation"));
    eq_str(line(&r, 5), S("10:fields: 'unicorns' is not understood"));
    eq_str(line(&r, 6), S("11:text behind a closing quote"));
    eq_str(line(&r, 7), S("12:the row has more cells than the header has names"));
    eq_str(line(&r, 8), S("0:1 offers lie in the middle of their postcode"));
    eq_str(line(&r, 9), S("0:1 offers have neither a point nor a postcode that is known"));
}
ON_EACH_STORE(every_row_is_accounted_for)

/* ---- what was edited here ---- */

/* The office's form for an offer, sent with this title. */
static void edit_offer(const struct visitor *office, int64_t id, const char *title)
{
    const struct opp_full *o = full(town, id);
    struct answer a = post(&product, office, world_path("/stadt/buero/angebote/{id}", id),
                           world_offer_form(o->organisation_id, title));
    eq_int(a.status, 303);
}

#define PLACED_HEAD "ref,organisation_ref,title,tasks_md,district,lat,lon\n"
#define PLACED      "1,lese,Vorlesen,Text,Altstadt,53.87,10.69\n"

static void edits_of_the_office_stay_here(void)
{
    run_text("organisations", S(ORGANISATIONS));
    run_text("opportunities", S(PLACED_HEAD PLACED));
    struct visitor office =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    int64_t id = offers_of(town).v[0].id;
    edit_offer(&office, id, "Vorlesen am Abend");
    eq_str(full(town, id)->geo_from, S("given")); /* the place was not edited */
    ok(full(town, id)->lat.v == 53.87);

    struct result r = run_text("opportunities", S(PLACED_HEAD PLACED));
    eq_str(sum(&r), S("0 new, 0 changed, 1 same, 0 failed of 1"));
    eq_int(r.report.kept, 0);
    eq_str(full(town, id)->title, S("Vorlesen am Abend"));

    r = run_text("opportunities", S(PLACED_HEAD "1,lese,Vorlesen früh,Text,Altstadt,,\n"));
    eq_str(sum(&r), S("0 new, 0 changed, 1 same, 0 failed of 1"));
    eq_int(r.report.kept, 1);
    eq_str(line(&r, 0), S("2:edited here and kept; the source says something else"));
    eq_str(full(town, id)->title, S("Vorlesen am Abend"));
    r = run_text("opportunities", S(PLACED_HEAD "1,lese,Vorlesen früh,Text,Altstadt,,\n"));
    eq_int(r.report.kept, 1); /* until somebody decides */
}
ON_EACH_STORE(edits_of_the_office_stay)

static struct result overwrite(const char *kind, str text)
{
    FILE *file = tmpfile();
    fwrite(text.p, 1, text.n, file);
    rewind(file);
    struct order order = { .kind = kind, .file = file, .city = town, .overwrite = true };
    struct result r = run(&order);
    fclose(file);
    return r;
}

static void overwriting_must_be_asked_for_here(void)
{
    run_text("organisations", S(ORGANISATIONS));
    run_text("opportunities", S(PLACED_HEAD PLACED));
    struct visitor office =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    int64_t id = offers_of(town).v[0].id;
    edit_offer(&office, id, "Vorlesen am Abend");
    struct result r = overwrite("opportunities", S(PLACED_HEAD PLACED));
    eq_str(sum(&r), S("0 new, 1 changed, 0 same, 0 failed of 1"));
    eq_str(full(town, id)->title, S("Vorlesen"));
    r = overwrite("opportunities", S(PLACED_HEAD PLACED));
    eq_str(sum(&r), S("0 new, 0 changed, 1 same, 0 failed of 1"));
    r = run_text("opportunities", S(PLACED_HEAD "1,lese,Vorlesen früh,Text,Altstadt,,\n"));
    eq_str(sum(&r), S("0 new, 1 changed, 0 same, 0 failed of 1")); /* no longer edited */
}
ON_EACH_STORE(overwriting_must_be_asked_for)

static const struct http_field organisation_form[] = {
    { STR_INIT("name"), STR_INIT("Leseinsel Muster e. V.") },
    { STR_INIT("kind"), STR_INIT("verein") },
    { STR_INIT("purpose_md"), STR_INIT("Wir lesen vor.") },
    { STR_INIT("fields"), STR_INIT("education") },
    { STR_INIT("access_step_free"), STR_INIT("yes") },
    { STR_INIT("access_toilet"), STR_INIT("unknown") },
    { STR_INIT("access_hearing_loop"), STR_INIT("unknown") },
    { STR_INIT("access_sign_language"), STR_INIT("unknown") },
    { STR_INIT("access_assistance"), STR_INIT("unknown") },
    { STR_INIT("access_easy_language"), STR_INIT("unknown") },
    LAST_FIELD
};

#define CHANGED_ORGANISATIONS                                   \
    "ref,name,kind,purpose_md,umbrella_ref,verified,postcode\n" \
    "lese,Leseinsel e. V.,verein,Wir basteln.,dach,no,\n"

static void edited_organisations_stay_here(void)
{
    run_text("organisations", S(ORGANISATIONS));
    run_text("opportunities", S(HEAD ONE));
    int64_t id = offers_of(town).v[0].organisation_id;
    struct visitor office =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    struct answer a = post(&product, &office, world_path("/stadt/buero/organisationen/{id}", id),
                           organisation_form);
    eq_int(a.status, 303);
    struct result r = run_text("organisations", S(ORGANISATIONS));
    eq_str(sum(&r), S("0 new, 0 changed, 2 same, 0 failed of 2"));
    eq_int(r.report.kept, 0);
    r = run_text("organisations", S(CHANGED_ORGANISATIONS));
    eq_int(r.report.kept, 1);
    eq_str(organisation(town, id)->name, S("Leseinsel Muster e. V."));
    r = overwrite("organisations", S(CHANGED_ORGANISATIONS));
    eq_int(r.report.updated, 1);
    eq_str(organisation(town, id)->purpose_md, S("Wir basteln."));
}
ON_EACH_STORE(edited_organisations_stay)

/* ---- nothing or all ---- */

static void broken_files_change_nothing_here(void)
{
    run_text("organisations", S(ORGANISATIONS));
    struct result r = run_text("opportunities", S(HEAD ONE TWO "3,lese,\"offen,,,,,,\n"));
    ok(r.e == ERR_INVALID);
    eq_str(r.problem, S("line 6: a quoted cell is never closed"));
    eq_int(offers_of(town).n, 0);
    r = run_text("opportunities", S("<angebotsliste>\n<angebot angebotsId='1'>"
                                    "<einrichtungsname>Neu</einrichtungsname>"
                                    "<angebotsname>Titel</angebotsname></angebot>\n<angebot>"));
    ok(r.e == ERR_INVALID);
    ok(str_starts(r.problem, S("line 3: ")));
    eq_int(offers_of(town).n, 0);
    r = run_text("opportunities", S(HEAD ONE));
    eq_str(sum(&r), S("1 new, 0 changed, 0 same, 0 failed of 1"));
}
ON_EACH_STORE(broken_files_change_nothing)

static void a_trial_changes_nothing_here(void)
{
    FILE *file = tmpfile();
    fputs("ref,organisation_ref,organisation,title,tasks_md\n1,,Muster,Titel,x\n", file);
    rewind(file);
    struct order order = { .kind = "opportunities", .file = file, .city = town, .dry = true };
    struct result r = run(&order);
    eq_str(sum(&r), S("1 new, 0 changed, 0 same, 0 failed of 1"));
    fclose(file);
    eq_int(offers_of(town).n, 0);
}
ON_EACH_STORE(a_trial_changes_nothing)

/* ---- FREINET, with invented offers ---- */

#define XML                                                                                        \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                 \
    "<angebotsliste anzahlErgebnisse=\"9\" GesamtAnzahlErgebnisse=\"12\">\n\n"                     \
    "<angebot angebotsId=\"11\"><einrichtungsname>Gr\xC3\xBCne Insel e.V.</einrichtungsname>"      \
    "<einrichtungs_id>5</einrichtungs_id><angebotsname>Gärtnern &amp; pflegen</angebotsname>"     \
    "<kurz_beschreibung/><beschreibung>&lt;p&gt;Beete &amp;amp; B&amp;auml;ume&lt;/p&gt;\n\n"      \
    "&lt;p&gt;&amp;nbsp;&lt;/p&gt;&lt;ul&gt;&lt;li&gt;hacken&lt;/li&gt;&lt;/ul&gt;</beschreibung>" \
    "<plz>23552</plz><geo_breite>0.000000</geo_breite><geo_laenge>0.000000</geo_laenge>"           \
    "<bearbeitet>1740566346</bearbeitet><erstellt>1664958120</erstellt></angebot>\n"               \
    "<angebot angebotsId=\"12\"><einrichtungsname>Gr\xC3\xBCne Insel e.V.</einrichtungsname>"      \
    "<einrichtungs_id>5</einrichtungs_id><angebotsname>Gärtnern &amp; pflegen</angebotsname>"     \
    "<beschreibung>Beete</beschreibung><geo_breite>53.870000</geo_breite>"                         \
    "<geo_laenge>10.690000</geo_laenge></angebot>\n</angebotsliste>\n"

static void freinet_xml_here(void)
{
    struct result r = run_text("opportunities", S(XML));
    eq_str(sum(&r), S("2 new, 0 changed, 0 same, 0 failed of 2"));
    eq_str(line(&r, 0), S("7:possible duplicate: same organisation and title as in line 4"));
    eq_str(line(&r, 1), S("0:the file announces 9 offers and holds 2"));
    struct offers offers = offers_of(town);
    const struct opp_full *o = full(town, offers.v[0].id);
    eq_str(o->source, S("freinet"));
    eq_str(o->ref, S("11"));
    eq_str(o->title, S("Gärtnern & pflegen"));
    eq_str(o->tasks_md, S("Beete & Bäume\n\n- hacken"));
    eq_str(o->summary, S("Beete & Bäume · hacken"));
    eq_str(o->geo_from, S("postcode"));
    eq_int(o->derived, 1);
    ok(o->kinds >> KIND_gardening & 1);
    eq_int(clock_local(o->published_at).day.year, 2022);
    ok(clock_now() - o->confirmed_at < 600); /* whoever imports says that it holds */
    eq_str(o->confirmed_by, S("import"));
    eq_str(full(town, offers.v[1].id)->geo_from, S("given"));
    const struct org_full *g = organisation(town, o->organisation_id);
    eq_str(g->kind, S("verein"));
    eq_str(g->ref, S("5"));
    r = run_text("opportunities", S(XML));
    eq_str(sum(&r), S("0 new, 0 changed, 2 same, 0 failed of 2"));
}
ON_EACH_STORE(freinet_xml)

#define CSV                                                                                       \
    "\xEF\xBB\xBF_angebotsId;einrichtungsname;angebotsname;beschreibung;plz;ort;ortsteil;"        \
    "latitude;longitude;bearbeitet;erstellt;kategorien;zielgruppen\r\n"                           \
    "21;Stiftung Muster;Vorlesen;\"<p>Eins</p>\n<p>zwei</p>\";;;Altstadt;53,87;10,69;1518703985;" \
    "0;Soziales & Armut|Bildung & Lernen;Kinder, Unbekannte\r\n"                                  \
    "22;Stiftung Muster;Vorlesen;\"<p>Eins</p>\n<p>zwei</p>\";;;;0;0;;;;\r\n"

static void freinet_csv_here(void)
{
    struct result r = run_text("opportunities", S(CSV));
    eq_str(sum(&r), S("2 new, 0 changed, 0 same, 0 failed of 2"));
    eq_str(line(&r, 0),
           S("4:possible duplicate: same organisation and title, same text as in line 2"));
    eq_str(line(&r, 1), S("0:table freinet-targets does not know 'Unbekannte' (1 times)"));
    struct offers offers = offers_of(town);
    const struct opp_full *o = full(town, offers.v[0].id);
    eq_str(o->tasks_md, S("Eins\n\nzwei"));
    eq_str(o->place, S("Altstadt"));
    ok(o->lat.has && o->lat.v == 53.87 && o->lon.v == 10.69);
    eq_int(o->fields, 1 << FIELD_education | 1 << FIELD_social_poverty);
    eq_int(o->targets, 1 << TARGET_children);
    eq_str(organisation(town, o->organisation_id)->kind, S("stiftung"));
    o = full(town, offers.v[1].id);
    ok(!o->lat.has && !o->lon.has);
    eq_str(o->geo_from, S(""));
}
ON_EACH_STORE(freinet_csv)

/* ---- the real files ---- */

static int64_t real(const char *name, const char *map)
{
    str path = str_fmt(&t_arena, "../shared/data/volunteer_opportunities/%s", name);
    FILE *file = fopen(test_path(str_to_c(&t_arena, path)), "rb");
    if (!file) {
        test_skip("the real offers are not here");
        return 0;
    }
    struct order order = { .kind = "opportunities", .file = file, .map = map, .city = town };
    struct result r = run(&order);
    const struct import_report *p = &r.report;
    ok(r.e == ERR_OK);
    eq_int(p->failed, 0);
    eq_int(p->imported + p->failed, p->rows);
    rewind(file);
    struct result again = run(&order);
    eq_int(again.report.unchanged, p->rows);
    eq_int(again.report.imported + again.report.updated, 0);
    fclose(file);
    return p->rows;
}

static bool says(str text, const char *what)
{
    return str_find(text, str_from_c(what)) >= 0;
}

/* Signs of a text that was not understood: markup, references, gaps. */
static bool is_clean(str text)
{
    static const char *const signs[] = { "<p",    "<br",      "</",           "&nbsp",
                                         "&amp;", "&lt;",     "&#",           "\n\n\n",
                                         "\r",    "\xC2\xA0", "\xEF\xBF\xBD", "\xC3\xA3\xC2" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (says(text, signs[i])) {
            printf("# '%s' in: %.*s\n", signs[i], STR_FMT(text));
            return false;
        }
    return str_eq(text, str_trim(text));
}

static void check_offers(size_t n)
{
    struct offers offers = offers_of(town);
    size_t clean = 0;
    size_t umlauts = 0;
    eq_int(offers.n, n);
    for (size_t i = 0; i < offers.n; i++) {
        const struct opp_full *o = &offers.v[i];
        clean += o->title.n && is_clean(o->title) && is_clean(o->tasks_md) &&
                 is_clean(o->summary) && str_find_byte(o->title, '\n') < 0;
        umlauts += says(o->tasks_md, "ü") || says(o->title, "ü");
    }
    eq_int(clean, n);
    printf("# %zu of %zu have an ü\n", umlauts, n);
}

static void real_hamburg_here(void)
{
    if (!real("hamburg_freinet_2018.csv", NULL))
        return;
    check_offers(1815);
    struct offers offers = offers_of(town);
    size_t given = 0;
    for (size_t i = 0; i < offers.n; i++)
        given += offers.v[i].lat.has;
    eq_int(given, 1815 - 222 + 5); /* without coordinates in the file; five have a postcode */
}
ON_EACH_STORE(real_hamburg)

static void real_essen_here(void)
{
    if (real("essen_freinet_2026.xml", NULL))
        check_offers(264);
}
ON_EACH_STORE(real_essen)

static void real_new_york_here(void)
{
    if (!real("nyc_service_2011_2012.csv", test_path("data/mapping/nyc-service.map")))
        return;
    struct offers offers = offers_of(town);
    eq_int(offers.n, 544);
    size_t once = 0;
    size_t placed = 0;
    for (size_t i = 0; i < offers.n; i++) {
        once += str_eq(offers.v[i].time, S("once"));
        placed += offers.v[i].lat.has;
        if (str_eq(offers.v[i].ref, S("5008"))) {
            eq_str(offers.v[i].title, S("Web designer"));
            eq_str(offers.v[i].organisation, S("Bpeace"));
            ok(offers.v[i].lat.has && offers.v[i].lat.v > 40.7 && offers.v[i].lon.v < -73.9);
        }
    }
    eq_int(once, 122);
    ok(placed >= 303); /* so many have the columns; others the point behind their address */
}
ON_EACH_STORE(real_new_york)

static const struct test tests[] = {
    TEST(arrives_and_stays_the_same),
    TEST(changed_rows_are_updated),
    TEST(towns_do_not_meet),
    TEST(every_row_is_accounted_for),
    TEST(edits_of_the_office_stay),
    TEST(overwriting_must_be_asked_for),
    TEST(edited_organisations_stay),
    TEST(broken_files_change_nothing),
    TEST(a_trial_changes_nothing),
    TEST(freinet_xml),
    TEST(freinet_csv),
    TEST(real_hamburg),
    TEST(real_essen),
    TEST(real_new_york),
};
TEST_MAIN(tests)
