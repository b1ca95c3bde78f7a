/* SPDX-License-Identifier: EUPL-1.2 */
/* Files from the office's browser on both engines: from upload to result, and what is refused. */
#include "feature/exchange/intake.h"

#include "base/clock.h"
#include "base/test.h"
#include "feature/exchange/said.h"
#include "http/form.h"
#include "product.h"
#include "web/job.h"
#include "web/sheet.h"
#include "world.h"

static struct product product;
static int64_t town;
static struct visitor clerk;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        clerk = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
        run();
    }
    product_close(&product);
    clock_set(0);
}

/* ---- asking ---- */

static struct answer upload(const char *name, str bytes)
{
    const struct http_upload file = { S("file"), str_from_c(name), S("text/csv"), bytes };
    return product_ask(&product, &(struct ask){ .method = HTTP_POST,
                                                .target = "/stadt/buero/einlesen",
                                                .who = &clerk,
                                                .uploads = &file,
                                                .upload_count = 1 });
}

/* Where an answer leads; empty when nowhere. */
static const char *place_of(const struct answer *a)
{
    return str_to_c(&t_arena, header_of(a, S("Location")));
}

static struct answer act(const char *file, const char *what, const struct http_field *fields)
{
    str at = str_fmt(&t_arena, "%s/%s", file, what);
    return post(&product, &clerk, str_to_c(&t_arena, at), fields);
}

static int64_t offers(void)
{
    struct db db;
    int64_t n = 0;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct opp_state_count_rows rows = opp_state_counts(&db, town);
    for (size_t i = 0; i < rows.n; i++)
        n += rows.v[i].n;
    db_end(&db);
    return n;
}

static const char table[] = "Nr;Titel;Verein;Beschreibung;Rubrik\r\n"
                            "1;Vorlesen;Musterverein;Kindern vorlesen;Kinder und Jugend\r\n"
                            "2;Fahren;Musterverein;Menschen fahren;Sport und Bewegung\r\n"
                            ";Ohne Nummer;Musterverein;Text;\r\n"
                            "2;Doppelt;Musterverein;Text;\r\n";

static const struct http_field assigned[] = { { STR_INIT("c0"), STR_INIT("ref") },
                                              { STR_INIT("c1"), STR_INIT("title") },
                                              { STR_INIT("c2"), STR_INIT("organisation") },
                                              { STR_INIT("c3"), STR_INIT("tasks_md") },
                                              { STR_INIT("c4"), STR_INIT("fields") },
                                              { STR_INIT("name"), STR_INIT("Sportbund") },
                                              LAST_FIELD };

/* ---- tests ---- */

static void any_table_goes_all_the_way_here(void)
{
    struct answer a = upload("liste.csv", str_from_c(table));
    const char *file = place_of(&a);
    eq_int(a.status, 303);
    eq_int(get(&product, &clerk, file).status, 303); /* to the columns */
    a = get(&product, &clerk, str_to_c(&t_arena, str_fmt(&t_arena, "%s/spalten", file)));
    ok(answer_says(&a, "Vorlesen · Fahren · Ohne Nummer"));
    ok(answer_says(&a, "<option value=\"title\" selected>"));
    ok(answer_says(&a, "<option value=\"organisation\" selected>"));

    eq_int(act(file, "spalten", assigned).status, 303);
    a = get(&product, &clerk, file);
    ok(answer_says(&a, "Noch ist nichts geändert"));
    ok(answer_says(&a, "2 Einträge übernehmen"));
    ok(answer_says(&a, "Die Kennung „2“ steht schon in Zeile 3."));
    ok(answer_says(&a, "Die Kennung fehlt"));
    eq_int(offers(), 0); /* a trial changes nothing */

    eq_int(act(file, "uebernehmen", NULL).status, 303);
    a = get(&product, &clerk, file);
    ok(answer_says(&a, "Die Datei ist gelöscht"));
    eq_int(offers(), 2);
    a = get(&product, &clerk, str_to_c(&t_arena, str_fmt(&t_arena, "%s/bericht", file)));
    ok(answer_says(&a, "4;nicht übernommen;\"Die Kennung fehlt; "));
    /* Pressed again: there is nothing left to do. */
    eq_int(act(file, "uebernehmen", NULL).status, 303);
    eq_int(offers(), 2);
}
ON_EACH_STORE(any_table_goes_all_the_way)

/* The same table as a workbook. */
static str workbook(str csv)
{
    struct out o = out_new(&t_arena, 0);
    str names[5];
    str line = S("");
    int64_t cut = 0;
    str_next(&csv, '\n', &line);
    line = str_trim(line);
    for (size_t i = 0; i < 5; i++)
        must(str_next(&line, ';', &names[i]));
    struct sheet_head head = { S("Liste"), names, 5 };
    struct sheet s = sheet_begin(&o, SHEET_XLSX, &head);
    while (csv.n && str_next(&csv, '\n', &line)) {
        str cell = S("");
        line = str_trim(line);
        for (size_t i = 0; i < 5; i++)
            sheet_cell(&s, str_next(&line, ';', &cell) ? cell : S(""));
        sheet_row_end(&s);
    }
    must(sheet_end(&s, &cut) == ERR_OK);
    return out_text(&o);
}

/* A workbook goes the same way, and the same rows are named. */
static void a_workbook_goes_all_the_way_here(void)
{
    struct answer a = upload("liste.xlsx", workbook(str_from_c(table)));
    const char *file = place_of(&a);
    eq_int(a.status, 303);
    a = get(&product, &clerk, str_to_c(&t_arena, str_fmt(&t_arena, "%s/spalten", file)));
    ok(answer_says(&a, "Vorlesen · Fahren · Ohne Nummer"));
    eq_int(act(file, "spalten", assigned).status, 303);
    a = get(&product, &clerk, file);
    ok(answer_says(&a, "2 Einträge übernehmen"));
    ok(answer_says(&a, "Die Kennung „2“ steht schon in Zeile 3."));
    act(file, "uebernehmen", NULL);
    eq_int(offers(), 2);
}
ON_EACH_STORE(a_workbook_goes_all_the_way)

/* What the office has exported as a workbook says, brought again, nothing new. */
static void its_own_workbook_changes_nothing_here(void)
{
    struct answer a = upload("liste.csv", str_from_c(table));
    const char *file = place_of(&a);
    act(file, "spalten", assigned);
    act(file, "uebernehmen", NULL);
    eq_int(offers(), 2);
    struct http_field form[] = { { S("format"), S("xlsx") }, LAST_FIELD };
    a = post(&product, &clerk, "/stadt/buero/angebote/export", form);
    ok(str_starts(a.body, S("PK")));
    a = upload("angebote.xlsx", a.body);
    eq_int(a.status, 303);
    a = get(&product, &clerk, place_of(&a));
    ok(answer_says(&a, "Es ist nichts neu und nichts geändert"));
    eq_int(offers(), 2);
}
ON_EACH_STORE(its_own_workbook_changes_nothing)

/* The second time the list is known, and nothing in it is new. */
static void lists_are_known_again_here(void)
{
    struct answer a = upload("liste.csv", str_from_c(table));
    const char *file = place_of(&a);
    act(file, "spalten", assigned);
    act(file, "uebernehmen", NULL);
    a = upload("liste-neu.csv", str_from_c(table));
    file = place_of(&a);
    a = get(&product, &clerk, str_to_c(&t_arena, str_fmt(&t_arena, "%s/spalten", file)));
    ok(answer_says(&a, "value=\"Sportbund\""));
    act(file, "spalten", assigned);
    a = get(&product, &clerk, file);
    ok(answer_says(&a, "Es ist nichts neu und nichts geändert"));
    ok(!answer_says(&a, "Einträge übernehmen"));
}
ON_EACH_STORE(lists_are_known_again)

static void what_is_missing_is_asked_for_here(void)
{
    const struct http_field none[] = { { S("c0"), S("ref") }, LAST_FIELD };
    struct answer a = upload("liste.csv", str_from_c(table));
    const char *file = place_of(&a);
    a = act(file, "spalten", none);
    eq_int(a.status, 422);
    ok(answer_says(&a, "in welcher Spalte der Titel steht"));
    ok(answer_says(&a, "Ordnen Sie eine Spalte der Organisation zu"));
    ok(answer_says(&a, "<option value=\"ref\" selected>")); /* nothing that was chosen is lost */
    eq_int(act(file, "uebernehmen", NULL).status, 303);
    eq_int(offers(), 0); /* not checked yet */
}
ON_EACH_STORE(what_is_missing_is_asked_for)

/* Without a column for keys title and organisation are the key. */
static void lists_without_keys_are_found_again_here(void)
{
    const struct http_field fields[] = { { S("c0"), S("title") },
                                         { S("c1"), S("tasks_md") },
                                         { S("name"), S("Unsere Liste") },
                                         { S("organisation"), S("Musterverein \"Mitte\"") },
                                         LAST_FIELD };
    str list = S("Was?,Wozu | warum\nVorlesen,Gern\nSingen,Laut\n");
    for (int i = 0; i < 2; i++) {
        struct answer a = upload("liste.csv", list);
        const char *file = place_of(&a);
        eq_int(act(file, "spalten", fields).status, 303);
        act(file, "uebernehmen", NULL);
        eq_int(offers(), 2);
    }
}
ON_EACH_STORE(lists_without_keys_are_found_again)

static void broken_files_change_nothing_here(void)
{
    static const struct {
        const char *name;
        str bytes;
        const char *says;
    } cases[] = {
        { "leer.csv", STR_INIT(""), "Bitte wählen Sie eine Datei" },
        { "tabelle.xls", STR_INIT("\xD0\xCF\x11\xE0"), "Excel-Datei in der alten Form" },
        { "tabelle.xlsx", STR_INIT("PK\x03\x04 und mehr"), "das ist keine Excel-Datei" },
        { "bild.png", STR_INIT("\x89PNG\r\n"), "keine Tabelle, die Tandem lesen kann" },
        { "seite.html", STR_INIT("<html><body>a,b,c</body></html>"), "keine Tabelle" },
        { "freinet.xml", STR_INIT("<?xml version=\"1.0\"?><angebotsliste><angebot>"),
          "Die Datei ist beschädigt" },
        { "freinet.csv", STR_INIT("_angebotsId;einrichtungsname\n1;\"offen"),
          "Ein Anführungszeichen wird nicht geschlossen" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer a = upload(cases[i].name, cases[i].bytes);
        eq_int(a.status, 422);
        test_check(answer_says(&a, cases[i].says), cases[i].name, __FILE__, __LINE__);
    }
    eq_int(offers(), 0);
    struct answer a = get(&product, &clerk, "/stadt/buero/einlesen");
    ok(answer_says(&a, "Noch keine Datei"));
}
ON_EACH_STORE(broken_files_change_nothing)

/* A table that breaks off is found out when its columns are known. */
static void tables_that_break_off_here(void)
{
    struct answer a =
        upload("liste.csv", S("Nr;Titel;Verein;Beschreibung;Rubrik\n1;A;B;C;D\n2;\"A"));
    const char *file = place_of(&a);
    a = act(file, "spalten", assigned);
    eq_int(a.status, 422);
    ok(answer_says(&a, "Ein Anführungszeichen wird nicht geschlossen"));
    eq_int(offers(), 0);
}
ON_EACH_STORE(tables_that_break_off)

static void what_was_edited_stays_unless_asked_here(void)
{
    struct answer a = upload("liste.csv", str_from_c(table));
    const char *file = place_of(&a);
    act(file, "spalten", assigned);
    act(file, "uebernehmen", NULL);
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct opp_office_row_rows rows = opp_office_list(
        &db, &(struct opp_office_list_in){ .city = town, .state = S(""), .limit = 10 });
    int64_t organisation = opp_get(&db, town, rows.v[0].id)->organisation_id;
    db_end(&db);
    eq_int(post(&product, &clerk, world_path("/stadt/buero/angebote/{id}", rows.v[0].id),
                world_offer_form(organisation, "Von Hand"))
               .status,
           303);
    a = upload("liste.csv", S("Nr;Titel;Verein;Beschreibung;Rubrik\n1;Neu 1;Musterverein;x;\n"
                              "2;Neu 2;Musterverein;y;\n"));
    file = place_of(&a);
    act(file, "spalten", assigned);
    a = get(&product, &clerk, file);
    ok(answer_says(&a, "Wurde hier bearbeitet und bleibt so"));
    ok(answer_says(&a, "1 Eintrag übernehmen"));
    const struct http_field over[] = { { S("overwrite"), S("1") }, LAST_FIELD };
    eq_int(act(file, "pruefen", over).status, 303);
    a = get(&product, &clerk, file);
    ok(answer_says(&a, "2 Einträge übernehmen"));
    act(file, "uebernehmen", NULL);
    a = get(&product, &clerk, "/stadt/buero/angebote");
    ok(!answer_says(&a, "Von Hand"));
    ok(answer_says(&a, "Neu 1"));
}
ON_EACH_STORE(what_was_edited_stays_unless_asked)

static void files_are_erased_here(void)
{
    struct job_run run = { .app = &product.app, .arena = &t_arena };
    clock_set(clock_now());
    struct answer a = upload("alt.csv", str_from_c(table));
    const char *file = place_of(&a);
    clock_set(clock_now() + INTAKE_SECONDS - 60);
    eq_int(job_run_now(&product.app, S("exchange.tidy"), &run), ERR_OK);
    eq_int(get(&product, &clerk, file).status, 303);
    clock_set(clock_now() + 120);
    eq_int(job_run_now(&product.app, S("exchange.tidy"), &run), ERR_OK);
    clerk = product_sign_in(&product, clerk.account_id); /* a day is a long time */
    eq_int(get(&product, &clerk, file).status, 404);
    a = upload("weg.csv", str_from_c(table));
    file = place_of(&a);
    eq_int(act(file, "verwerfen", NULL).status, 303);
    eq_int(get(&product, &clerk, file).status, 404);
}
ON_EACH_STORE(files_are_erased)

/* Another town's office does not see the file. */
static void files_stay_in_their_town_here(void)
{
    int64_t other = world_town(&product, "anderswo", "Anderswo");
    struct visitor stranger =
        product_sign_in(&product, world_account(&product, other, "city_admin", 0));
    struct answer a = upload("liste.csv", str_from_c(table));
    str id = str_slice(str_from_c(place_of(&a)), S("/stadt").n, str_from_c(place_of(&a)).n);
    const char *there = str_to_c(&t_arena, str_fmt(&t_arena, "/anderswo%.*s", STR_FMT(id)));
    eq_int(get(&product, &stranger, place_of(&a)).status, 403);
    eq_int(get(&product, &stranger, there).status, 404);
}
ON_EACH_STORE(files_stay_in_their_town)

/* Whatever the sink and the readers say has words in German; a pattern must meet the whole. */
static void reasons_have_words(void)
{
    static const struct {
        const char *english;
        const char *german;
    } cases[] = {
        { "no title", "Der Titel fehlt." },
        { "the key '17' has been used in line 4", "Die Kennung „17“ steht schon in Zeile 4." },
        { "title: too long (400 bytes)", "Titel: Der Text ist zu lang (400 Zeichen)." },
        { "wanted: 'zwei' is not understood", "Gesuchte Personen: „zwei“ passt hier nicht hin." },
        { "line 8: a quoted cell is never closed",
          "Zeile 8: Ein Anführungszeichen wird nicht geschlossen." },
        { "table fields does not know 'Zeug' (3 times)",
          "Tätigkeitsfelder: „Zeug“ kennt Tandem nicht (3-mal); der Wert wurde ausgelassen." },
        { "no title at all", "no title at all" },
        { "and 12 lines more", "… und 12 weitere Zeilen." },
    };
    struct rq rq = { .arena = &t_arena, .lang = LANG_DE };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        eq_str(import_said(&rq, str_from_c(cases[i].english)), str_from_c(cases[i].german));
}

static const struct test tests[] = {
    TEST(any_table_goes_all_the_way),         TEST(a_workbook_goes_all_the_way),
    TEST(its_own_workbook_changes_nothing),   TEST(lists_are_known_again),
    TEST(what_is_missing_is_asked_for),       TEST(lists_without_keys_are_found_again),
    TEST(broken_files_change_nothing),        TEST(tables_that_break_off),
    TEST(what_was_edited_stays_unless_asked), TEST(files_are_erased),
    TEST(files_stay_in_their_town),           TEST(reasons_have_words),
};
TEST_MAIN(tests)
