/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is exported and imported again is the same: into the same town nothing changes, in an
 * empty town the same records arise. On both engines; with the real offers where they are there.
 */
#include "feature/exchange/export.h"

#include "base/clock.h"
#include "base/test.h"
#include "product.h"
#include "world.h"

static struct product product;
static int64_t town, empty_town;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        empty_town = world_town(&product, "leer", "Leerstadt");
        run();
    }
    product_close(&product);
}

/* ---- both ways ---- */

static str export(bool offers, int64_t city, enum sheet_format format)
{
    struct db db;
    struct exported done;
    struct out out = out_new(&t_arena, (size_t)256 << 20);
    struct export_order order = {
        .city_id = city, .format = format, .filter.state = S("all"), .pattern = S("%")
    };
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    enum err e = offers ? export_offers(&db, &out, &order, &done)
                        : export_organisations(&db, &out, &order, &done);
    ok(e == ERR_OK && db.err == ERR_OK);
    db_end(&db);
    return out_text(&out);
}

static struct import_report import_from(FILE *file, bool offers, int64_t city, str format)
{
    char head[4096];
    struct tx tx;
    struct arena rows;
    struct import_report report;
    str problem = S("");
    size_t n = fread(head, 1, sizeof head, file);
    rewind(file);
    struct import_job job = { .app = &product.app, .tx = &tx, .city_id = city };
    job.source = (struct import_source){ file, { head, n }, S(""), &t_arena };
    job.reader =
        import_reader_for(&job.source, offers ? S("opportunities") : S("organisations"), format);
    arena_init(&rows, 0);
    must(job.reader != NULL && tx_begin_alone(product.app.store, &rows, &tx) == ERR_OK);
    enum err e = import_run(&job, &report, &problem);
    if (problem.n)
        printf("# %.*s\n", STR_FMT(problem));
    ok(e == ERR_OK && tx_commit(&tx) == ERR_OK);
    arena_free(&rows);
    return report;
}

static struct import_report import(str text, bool offers, int64_t city)
{
    FILE *file = tmpfile();
    fwrite(text.p, 1, text.n, file);
    rewind(file);
    struct import_report report = import_from(file, offers, city, S(""));
    fclose(file);
    return report;
}

/* Whatever town and time are not: lines without their last column, changed_at. */
static str comparable(str csv)
{
    struct out o = out_new(&t_arena, csv.n + 16);
    str line;
    while (str_next(&csv, '\n', &line)) {
        size_t n = line.n;
        bool stamp = n > 21 && line.p[n - 1] == '\r' && line.p[n - 2] == 'Z';
        out_str(&o, stamp ? str_slice(line, 0, n - 21) : line);
        out_char(&o, '\n');
    }
    return out_text(&o);
}

static void goes_round(size_t organisations, size_t offers)
{
    str groups = export(false, town, SHEET_CSV);
    str list = export(true, town, SHEET_CSV);
    struct import_report r = import(groups, false, town);
    eq_int(r.unchanged, organisations);
    eq_int(r.rows, organisations);
    r = import(list, true, town);
    eq_int(r.unchanged, offers);
    eq_int(r.rows, offers);
    eq_int(r.kept, 0);

    r = import(groups, false, empty_town);
    eq_int(r.imported, organisations);
    eq_int(r.failed, 0);
    r = import(list, true, empty_town);
    eq_int(r.imported, offers);
    eq_int(r.failed, 0);
    str again = export(true, empty_town, SHEET_CSV);
    ok(str_eq(comparable(again), comparable(list)));
    ok(str_eq(comparable(export(false, empty_town, SHEET_CSV)), comparable(groups)));
    r = import(again, true, empty_town);
    eq_int(r.unchanged, offers);
}

/* ---- a small town, with everything that could get lost ---- */

#define GROUPS                                                           \
    "ref,name,kind,purpose_md,umbrella_ref,verified,lat,lon,step_free\n" \
    "dach,Zentraler Verband,umbrella,Wir.,,yes,53.8655,10.6866,yes\n"    \
    "kreis,Mittlerer Verband,umbrella,\"Zwei\n\nZeilen\",dach,,,,\n"     \
    "lese,Leseinsel e. V.,verein,=SUMME(A1),kreis,no,,,no\n"
#define OFFERS                                                                                    \
    "ref,organisation_ref,title,title_en,tasks_md,fields,kinds,time,hours_week,grid,from,"        \
    "languages,place_kind,postcode,lat,lon,training,measles,expenses,expenses_cents,"             \
    "contact_phone,state,published_on,step_free\n"                                                \
    "1,lese,Vorlesen,Reading,\"- eins\n- zwei\n\n=1+1\",education culture,reading_aloud,"         \
    "up_to_2h,2.5,mo-morning su-evening,2026-12-01,de:b1 ar:native,fixed,23552,,,yes,yes,travel," \
    "850,+49 451 1,published,2026-01-05,yes\n"                                                    \
    "2,dach,'@Titel,,-,leisure,,,,,,,,,-33.123456789,151.2,,no,,,0451,draft,,\n"

static void fill(void)
{
    import(S(GROUPS), false, town);
    import(S(OFFERS), true, town);
    int64_t own = world_organisation(&product, town, "Hier e. V.");
    world_offer(&product, &(struct world_offer){ town, own, NULL, "Von Hand" });
    world_offer(&product, &(struct world_offer){ town, own, "archived", "Alt" });
}

static void everything_goes_round_here(void)
{
    fill();
    goes_round(4, 4);
}
ON_EACH_STORE(everything_goes_round)

static void columns_are_named_once_here(void)
{
    fill();
    str csv = export(true, town, SHEET_CSV);
    ok(str_starts(csv, S("ref,source,organisation_ref,organisation_source,organisation,title,")));
    ok(str_find(csv, S(",2.5,mo-morning su-evening,2026-12-01,")) > 0);
    ok(str_find(csv, S(",'+49 451 1,")) > 0);
    ok(str_find(csv, S(",'@Titel,")) > 0);
    ok(str_find(csv, S(",local,")) > 0);
    str json = export(true, town, SHEET_JSON);
    ok(str_find(json, S("\"title\":\"Vorlesen\",\"title_en\":\"Reading\"")) > 0);
    ok(str_find(json, S("\"source\":\"tandem\"")) > 0);
    ok(str_starts(export(false, town, SHEET_XLSX), S("PK")));
}
ON_EACH_STORE(columns_are_named_once)

static str replaced(str text, str from, str to)
{
    ptrdiff_t at = str_find(text, from);
    must(at >= 0);
    return str_fmt(&t_arena, "%.*s%.*s%.*s", (int)at, text.p, STR_FMT(to),
                   STR_FMT(str_slice(text, (size_t)at + from.n, text.n)));
}

/* Corrected in a spreadsheet and brought back; unless somebody was faster here. */
static void comes_back_corrected_here(void)
{
    fill();
    str list = export(true, town, SHEET_CSV_GERMAN);
    str corrected = replaced(list, S("Von Hand"), S("Von Hand, richtig"));
    struct import_report r = import(corrected, true, town);
    eq_int(r.updated, 1);
    eq_int(r.unchanged, 3);
    ok(str_find(export(true, town, SHEET_CSV), S("\"Von Hand, richtig\"")) > 0);
    clock_set(clock_now() + 60);
    r = import(replaced(export(true, town, SHEET_CSV), S("richtig"), S("ganz")), true, town);
    eq_int(r.updated, 1);
    r = import(corrected, true, town); /* made before the last change */
    eq_int(r.updated, 0);
    eq_int(r.kept, 1);
    clock_set(0);
}
ON_EACH_STORE(comes_back_corrected)

/* ---- the office's buttons ---- */

static void the_office_exports_what_it_sees_here(void)
{
    fill();
    struct visitor office =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    const struct http_field draft[] = { { S("state"), S("draft") },
                                        { S("format"), S("csv") },
                                        LAST_FIELD };
    struct answer a = post(&product, &office, "/stadt/buero/angebote/export", draft);
    eq_int(a.status, 200);
    eq_str(header_of(&a, S("Content-Disposition")), S("attachment; filename=\"angebote.csv\""));
    ok(answer_says(&a, "@Titel") && !answer_says(&a, "Von Hand") && !answer_says(&a, "Vorlesen"));
    const struct http_field all[] = { { S("format"), S("csv") }, LAST_FIELD };
    a = post(&product, &office, "/stadt/buero/angebote/export", all);
    ok(answer_says(&a, "Von Hand") && !answer_says(&a, ";Alt;")); /* not the archive */
    const struct http_field found[] = { { S("q"), S("leseinsel") },
                                        { S("format"), S("xlsx") },
                                        LAST_FIELD };
    a = post(&product, &office, "/stadt/buero/organisationen/export", found);
    eq_int(a.status, 200);
    ok(str_starts(a.body, S("PK")));
    const struct http_field wrong[] = { { S("format"), S("ods") }, LAST_FIELD };
    a = post(&product, &office, "/stadt/buero/angebote/export", wrong);
    eq_int(a.status, 404);
    a = post(&product, &office, "/leer/buero/angebote/export", all);
    eq_int(a.status, 403);
    struct visitor admin = product_sign_in(&product, world_account(&product, town, "auditor", 0));
    a = get(&product, &admin, "/stadt/buero/protokoll");
    eq_int(a.status, 200);
    ok(answer_says(&a, "Liste als Datei ausgegeben"));
}
ON_EACH_STORE(the_office_exports_what_it_sees)

/* ---- the real files ---- */

static void real(const char *name, int64_t offers)
{
    str path = str_fmt(&t_arena, "../shared/data/volunteer_opportunities/%s", name);
    FILE *file = fopen(test_path(str_to_c(&t_arena, path)), "rb");
    if (!file) {
        test_skip("the real offers are not here");
        return;
    }
    struct import_report r = import_from(file, true, town, S(""));
    fclose(file);
    eq_int(r.imported, offers);
    str groups = export(false, town, SHEET_CSV);
    r = import(groups, false, town);
    eq_int(r.unchanged, r.rows);
    goes_round((size_t)r.rows, (size_t)offers);
}

static void real_hamburg_here(void)
{
    real("hamburg_freinet_2018.csv", 1815);
}
ON_EACH_STORE(real_hamburg)

static void real_essen_here(void)
{
    real("essen_freinet_2026.xml", 264);
}
ON_EACH_STORE(real_essen)

static const struct test tests[] = {
    TEST(everything_goes_round),           TEST(columns_are_named_once), TEST(comes_back_corrected),
    TEST(the_office_exports_what_it_sees), TEST(real_hamburg),           TEST(real_essen),
};
TEST_MAIN(tests)
