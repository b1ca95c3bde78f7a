/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lists of people from the office's browser on both engines: from upload to result, who is known
 * already, consents with their day, once more, and what is refused.
 */
#include "feature/person/roster.h"

#include "base/clock.h"
#include "base/test.h"
#include "product.h"
#include "web/audit.h"
#include "web/job.h"
#include "web/sheet.h"
#include "world.h"

static struct product product;
static int64_t town;
static struct visitor clerk;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(clock_instant((struct local_time){ .day = { 2026, 11, 23 }, .hour = 9 }));
        town = world_town(&product, "stadt", "Musterstadt");
        clerk = product_sign_in(&product, world_account(&product, town, "counsellor", 0));
        run();
    }
    product_close(&product);
    clock_set(0);
}

/* ---- asking ---- */

#define START "/stadt/buero/personen/einlesen"

static struct answer upload(const char *name, str bytes)
{
    const struct http_upload file = { S("file"), str_from_c(name), S("text/csv"), bytes };
    return product_ask(&product, &(struct ask){ .method = HTTP_POST,
                                                .target = START,
                                                .who = &clerk,
                                                .uploads = &file,
                                                .upload_count = 1 });
}

/* The path of the file that an upload leads to; kept in t_arena. */
static const char *file_of(const struct answer *a)
{
    str at = header_of(a, S("Location"));
    ptrdiff_t end = str_find(at, S("/spalten"));
    return str_to_c(&t_arena, str_slice(at, 0, end < 0 ? at.n : (size_t)end));
}

static const char *under(const char *file, const char *what)
{
    return str_to_c(&t_arena, str_fmt(&t_arena, "%s/%s", file, what));
}

static struct answer act(const char *file, const char *what, const struct http_field *fields)
{
    return post(&product, &clerk, under(file, what), fields);
}

/* The columns as they are guessed from the page, sent back with name and assurance. */
static struct answer assign_guessed(const char *file, bool assured)
{
    struct answer a = get(&product, &clerk, under(file, "spalten"));
    struct http_field *fields = NEW_ARRAY(&t_arena, 60, struct http_field);
    size_t n = 0;
    str page = a.body;
    for (int i = 0; i < 50; i++) {
        str name = str_fmt(&t_arena, "c%d", i);
        ptrdiff_t at = str_find(page, str_fmt(&t_arena,
                                              "<select class=\"kern-form-input__select\" "
                                              "id=\"%.*s\"",
                                              STR_FMT(name)));
        if (at < 0)
            break;
        str rest = str_slice(page, (size_t)at, page.n);
        rest = str_slice(rest, 0, (size_t)str_find(rest, S("</select>")));
        ptrdiff_t chosen = str_find(rest, S("\" selected>"));
        str value = S("");
        if (chosen > 0) {
            size_t from = (size_t)chosen;
            while (rest.p[from - 1] != '"')
                from--;
            value = str_slice(rest, from, (size_t)chosen);
        }
        fields[n++] = (struct http_field){ name, value };
    }
    fields[n++] = (struct http_field){ S("name"), S("Kartei") };
    if (assured)
        fields[n++] = (struct http_field){ S("assured"), S("1") };
    return act(file, "spalten", fields);
}

/* ---- looking ---- */

static struct db db;

static void look(void)
{
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
}

static int64_t people(void)
{
    struct person_count_in in = { .city = town, .pattern = S("%") };
    look();
    int64_t n = person_count(&db, &in)->n;
    db_end(&db);
    return n;
}

/* The only person whose folded name, contact or place has this. */
static const struct person_row *whoever(const char *pattern)
{
    struct person_list_in in = { .city = town, .pattern = str_from_c(pattern), .limit = 10 };
    look();
    struct person_card_rows rows = person_list(&db, &in);
    const struct person_row *p = rows.n == 1 ? person_find(&db, town, rows.v[0].id) : NULL;
    db_end(&db);
    must(p != NULL);
    return p;
}

static struct person_consent_rows consents_of(int64_t id)
{
    look();
    struct person_consent_rows rows = person_consents(&db, town, id);
    db_end(&db);
    return rows;
}

static int64_t stored(const struct person_form *f)
{
    struct tx tx;
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    int64_t id = person_new(&tx, &(struct person_arrival){ .city_id = town }, f);
    eq_int(tx_commit(&tx), ERR_OK);
    return id;
}

/* ---- the list ---- */

/* Windows-1252, semicolons, German days, a quoted line break, a zero that a spreadsheet ate. */
static const char kartei[] =
    "Nr;Anrede;Nachname;Vorname;Stra\xDF"
    "e;Hausnr;PLZ;Ort;Telefon;E-Mail;Geburtsdatum;Beruf;"
    "Interessen;Bemerkung;Einwilligung Vermittlung\r\n"
    "17;Frau;M\xFCllerin-Beispiel;\xD6zlem;Musterstra\xDF"
    "e;7 a;1067;Musterstadt;0451 / 1234-5;"
    "Oezlem@Beispiel.example;3.12.1961;Rentnerin;\"Kinder, Garten; Zauberei\";"
    "\"erste Zeile\r\nzweite Zeile\";5. M\xE4rz 2025\r\n"
    "18;Herr;Muster;Jan;;;23552;Musterstadt;0170 555 00 11;;2012;Sch\xFCler;Sport;;ja\r\n"
    "19;Herr;Ohneweg;Karl;;;23552;Musterstadt;;kein.at.zeichen;;;;;\r\n"
    "20;;;;;;;;0451 777;;;;;;\r\n"
    "17;Frau;Doppelt;Nochmal;;;;;0451 778;;;;;;\r\n"
    "21;Herr;Zuviel;Zellen;;;;;0451 779;;;;;;;;;\r\n";

static void a_list_goes_all_the_way_here(void)
{
    struct answer a = upload("C:\\Kartei\\personen.csv", str_from_c(kartei));
    const char *file = file_of(&a);
    eq_int(a.status, 303);
    eq_int(get(&product, &clerk, file).status, 303); /* to the columns */
    a = get(&product, &clerk, under(file, "spalten"));
    ok(answer_says(&a, "„personen.csv“"));
    ok(answer_says(&a, "Müllerin-Beispiel · Muster · Ohneweg"));
    ok(answer_says(&a, "<option value=\"propose_on\" selected>"));

    a = assign_guessed(file, false); /* nobody says that they agreed to be kept */
    eq_int(a.status, 422);
    ok(answer_says(&a, "Bestätigen Sie die Einwilligung"));
    eq_int(assign_guessed(file, true).status, 303);
    a = get(&product, &clerk, file);
    ok(answer_says(&a, "Noch ist nichts geändert"));
    ok(answer_says(&a, "2 Personen übernehmen"));
    ok(answer_says(&a, "Gern: „Zauberei“ passt hier nicht hin"));
    ok(answer_says(&a, "„ja“ nennt keinen Tag"));
    ok(answer_says(&a, "Unter 16"));
    ok(answer_says(&a, "Es fehlt jeder Weg zur Person"));
    ok(answer_says(&a, "Der Name fehlt."));
    ok(answer_says(&a, "steht schon in Zeile 2."));
    ok(answer_says(&a, "Die Zeile hat mehr Felder"));
    eq_int(people(), 0); /* a trial changes nothing */

    eq_int(act(file, "uebernehmen", NULL).status, 303);
    a = get(&product, &clerk, file);
    ok(answer_says(&a, "Die Datei ist gelöscht"));
    eq_int(people(), 2);
    eq_int(act(file, "uebernehmen", NULL).status, 303); /* once is enough */
    eq_int(people(), 2);
}
ON_EACH_STORE(a_list_goes_all_the_way)

static const char *taken(const char *name, str bytes)
{
    struct answer a = upload(name, bytes);
    const char *file = file_of(&a);
    eq_int(assign_guessed(file, true).status, 303);
    eq_int(act(file, "uebernehmen", NULL).status, 303);
    return file;
}

static void what_is_said_arrives_here(void)
{
    taken("kartei.csv", str_from_c(kartei));
    const struct person_row *p = whoever("%oezlem%");
    eq_str(p->name, S("Özlem Müllerin-Beispiel"));
    eq_str(p->gender, S("female"));
    eq_str(p->street, S("Musterstraße 7 a"));
    eq_str(p->postcode, S("01067"));
    eq_str(p->mail, S("oezlem@beispiel.example"));
    eq_int(p->birth_year, 1961); /* and nothing else of the birthday */
    eq_str(p->employment, S("retired"));
    ok((p->like_targets & 1 << TARGET_children) != 0);
    eq_str(p->source, S("liste-kartei"));
    eq_str(p->ref, S("17"));
    eq_int(p->created_by, clerk.account_id);

    /* The consent counts from the day that the list names, and says where it comes from. */
    struct person_consent_rows c = consents_of(p->id);
    eq_int(c.n, 2);
    eq_str(c.v[0].purpose, S(PERSON_AGREES_KEEP)); /* the newest first: assured today */
    eq_str(c.v[1].purpose, S(PERSON_AGREES_PROPOSE));
    eq_str(c.v[1].channel, S("import"));
    eq_int(c.v[1].given_at, clock_instant((struct local_time){ { 2025, 3, 5 }, 12, 0, 0 }));
    ok(str_find(c.v[1].words, S("kartei.csv")) >= 0);
    ok(str_find(c.v[1].words, S("2026-11-23")) >= 0);
    ok(person_proposable(p, clock_today()));

    p = whoever("%jan%"); /* a child, and "ja" without a day is none */
    eq_int(consents_of(p->id).n, 1);
    ok(!person_proposable(p, clock_today()));
    ok(person_is_child(p, clock_today()));
}
ON_EACH_STORE(what_is_said_arrives)

/* ---- once more ---- */

static struct roster counted(const char *name, str bytes)
{
    look();
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &db, &cities, city_by_id(&cities, town));
    struct sample sample = sample_of(&t_arena, bytes);
    struct roster r = { .rq = &rq,
                        .name = str_from_c(name),
                        .bytes = bytes,
                        .source = S("liste-kartei"),
                        .assured = true };
    r.columns =
        (struct roster_columns){ &sample, assign_guess_in(&t_arena, &sample, roster_targets) };
    db_end(&db);
    eq_int(roster_take(&r, true), ERR_OK);
    city_list_end(product.app.cities, &cities);
    return r;
}

static void twice_changes_nothing_here(void)
{
    taken("kartei.csv", str_from_c(kartei));
    int64_t before = whoever("%oezlem%")->changed_at;
    clock_set(clock_now() + 3600);
    struct roster r = counted("kartei.csv", str_from_c(kartei));
    eq_int(r.counts[ROSTER_SAME], 2);
    eq_int(r.counts[ROSTER_NEW] + r.counts[ROSTER_CHANGED] + r.counts[ROSTER_ALIKE], 0);
    eq_int(whoever("%oezlem%")->changed_at, before);
    eq_int(people(), 2);

    /* The list says something else: it changes, and what was edited here does not. */
    static const char changed[] = "Nr;Nachname;Vorname;Telefon\n17;Neuname;Özlem;0451 99\n"
                                  "18;Anders;Jan;0451 98\n";
    const struct person_row *jan = whoever("%jan%");
    struct person_form f = person_said(jan);
    struct tx tx;
    f.skills = S("Schach");
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    ok(person_save(&tx, jan->id, &(struct person_arrival){ .city_id = town }, &f));
    eq_int(tx_commit(&tx), ERR_OK);
    r = counted("kartei2.csv", str_from_c(changed));
    eq_int(r.counts[ROSTER_CHANGED], 1);
    eq_int(r.counts[ROSTER_KEPT], 1);
    eq_str(whoever("%oezlem%")->name, S("Özlem Neuname"));
    eq_str(whoever("%jan%")->name, S("Jan Muster"));
}
ON_EACH_STORE(twice_changes_nothing)

/* Without numbers, name, birth and address are the key. */
static void a_list_without_keys_is_found_again_here(void)
{
    static const char list[] = "Name;geboren;E-Mail\nBeispiel, Ada;1.2.1980;ada@beispiel.example\n"
                               "Ada Beispiel;1.2.1981;ada@beispiel.example\n";
    struct roster r = counted("a.csv", str_from_c(list));
    eq_int(r.counts[ROSTER_NEW], 2); /* the same name and address, and two different people? */
    ok(r.lines.n == 2 && str_find(r.lines.v[1].text, S("wie in Zeile 2")) >= 0);
    eq_str(r.lines.v[0].name, S("Ada Beispiel"));
    r = counted("a.csv", str_from_c(list));
    eq_int(r.counts[ROSTER_SAME], 2);
    eq_int(people(), 2);
}
ON_EACH_STORE(a_list_without_keys_is_found_again)

/* ---- known already ---- */

static const char known_list[] = "Nr;Vorname;Nachname;E-Mail;Kenntnisse;Einwilligung Vermittlung\n"
                                 "1;Ada;Beispiel;ada@beispiel.example;Schach;1.2.2025\n"
                                 "2;Bea;Beispiel;bea@beispiel.example;;\n"
                                 "3;Cem;Beispiel;cem@beispiel.example;Kochen;\n";

static struct person_form one(const char *name, const char *mail)
{
    return (struct person_form){
        .name = str_from_c(name), .mail = str_from_c(mail), .lang = S("de"), .skills = S("Singen")
    };
}

static void people_decide_here(void)
{
    struct person_form ada = one("Ada Beispiel", "ada@beispiel.example");
    struct person_form bea = one("Bea Beispiel", "bea@beispiel.example");
    struct person_form cem = one("Cem Beispiel", "cem@beispiel.example");
    ada.skills = cem.skills = S("");
    int64_t ada_id = stored(&ada);
    stored(&bea);
    int64_t cem_id = stored(&cem);
    struct answer a = upload("liste.csv", str_from_c(known_list));
    const char *file = file_of(&a);
    eq_int(assign_guessed(file, true).status, 303);
    a = get(&product, &clerk, file);
    /* Bea is known, and the list has nothing to add: there is nothing to decide. */
    ok(answer_says(&a, "Vielleicht schon bekannt: 2 Zeilen"));
    ok(answer_says(&a, "gleiche Mail-Adresse, gleicher Name"));
    ok(answer_says(&a, "2 Zeilen sind noch nicht entschieden"));

    str into = str_fmt(&t_arena, "take-%lld", (long long)ada_id);
    const struct http_field choices[] = {
        { S("page"), S("1") }, { S("z2"), into }, { S("z4"), S("leave") }, LAST_FIELD
    };
    eq_int(act(file, "entscheiden", choices).status, 303);
    a = get(&product, &clerk, file);
    ok(answer_says(&a, "1 Person übernehmen"));
    eq_int(act(file, "uebernehmen", NULL).status, 303);
    eq_int(people(), 3);
    look();
    const struct person_row *p = person_find(&db, town, ada_id);
    eq_str(p->skills, S("Schach")); /* was empty */
    ok(p->agrees_propose);
    eq_str(person_find(&db, town, cem_id)->skills, S("")); /* left out */
    db_end(&db);

    /* Once more: into Ada there is nothing left to take; a decision for Cem: somebody else. */
    a = upload("liste.csv", str_from_c(known_list));
    file = file_of(&a);
    assign_guessed(file, true);
    const struct http_field others[] = { { S("z4"), S("new") }, LAST_FIELD };
    act(file, "entscheiden", others);
    act(file, "uebernehmen", NULL);
    eq_int(people(), 4);
    eq_int(counted("liste.csv", str_from_c(known_list)).counts[ROSTER_ALIKE], 0);
    eq_int(people(), 4);
}
ON_EACH_STORE(people_decide)

/* Who withdrew does not agree again because an old list says so. */
static void a_withdrawal_is_not_undone_here(void)
{
    static const char list[] = "Nr;Name;E-Mail;Einwilligung Vermittlung\n"
                               "1;Ada Beispiel;ada@beispiel.example;1.2.2025\n";
    counted("a.csv", str_from_c(list));
    const struct person_row *p = whoever("%ada%");
    ok(p->agrees_propose);
    struct tx tx;
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &tx.db, &cities, city_by_id(&cities, town));
    person_withdraw(&rq, &tx, p->id, S(PERSON_AGREES_PROPOSE));
    eq_int(tx_commit(&tx), ERR_OK);
    city_list_end(product.app.cities, &cities);
    eq_int(counted("a.csv", str_from_c(list)).counts[ROSTER_SAME], 1);
    ok(!whoever("%ada%")->agrees_propose);
}
ON_EACH_STORE(a_withdrawal_is_not_undone)

/* ---- large, broken, as a workbook ---- */

#define MANY_ROWS 5000

static void five_thousand_rows_here(void)
{
    struct out o = out_new(&t_arena, 0);
    out_str(&o, S("Nr;Vorname;Nachname;E-Mail;Geburtsdatum;Interessen\n"));
    for (int i = 0; i < MANY_ROWS; i++)
        out_fmt(&o, "%d;Muster%d;Beispiel%d;m%d@beispiel.example;%d.%d.19%02d;Garten\n", i, i,
                i % 997, i, i % 28 + 1, i % 12 + 1, i % 90);
    str list = out_text(&o);
    eq_int(counted("viele.csv", list).counts[ROSTER_NEW], MANY_ROWS);
    eq_int(people(), MANY_ROWS);
    eq_int(counted("viele.csv", list).counts[ROSTER_SAME], MANY_ROWS);
    look();
    eq_int(audit_verify(&db), 0);
    db_end(&db);
}
ON_EACH_STORE(five_thousand_rows)

static void a_broken_file_changes_nothing_here(void)
{
    struct answer a = upload("leer.csv", S(""));
    eq_int(a.status, 422);
    a = upload("alt.xls", S("\xD0\xCF\x11\xE0 und so weiter"));
    eq_int(a.status, 422);
    a = upload("einspaltig.csv", S("Name\nAda\n"));
    eq_int(a.status, 422);
    a = upload("kaputt.csv", S("Nr;Name;Telefon\n1;Ada Beispiel;0451 1\n2;\"Bea;0451 2\n"));
    const char *file = file_of(&a);
    a = assign_guessed(file, true);
    eq_int(a.status, 422);
    ok(answer_says(&a, "Ein Anführungszeichen wird nicht geschlossen"));
    eq_int(act(file, "uebernehmen", NULL).status, 303);
    eq_int(people(), 0);
    eq_int(act(file, "verwerfen", NULL).status, 303);
    eq_int(get(&product, &clerk, file).status, 404);
}
ON_EACH_STORE(a_broken_file_changes_nothing)

static void a_workbook_is_read_here(void)
{
    const str names[] = { S("Nachname"), S("Vorname"), S("Telefon"), S("geboren am") };
    const str cells[] = { S("Beispiel"), S("Ada"), S("0451 123"), S("1980-02-01") };
    struct out o = out_new(&t_arena, 0);
    struct sheet_head head = { S("Liste"), names, 4 };
    struct sheet s = sheet_begin(&o, SHEET_XLSX, &head);
    int64_t cut = 0;
    for (size_t i = 0; i < 4; i++)
        sheet_cell(&s, cells[i]);
    sheet_row_end(&s);
    must(sheet_end(&s, &cut) == ERR_OK);
    taken("liste.xlsx", out_text(&o));
    eq_int(whoever("%beispiel%")->birth_year, 1980);
    eq_str(whoever("%beispiel%")->name, S("Ada Beispiel"));
}
ON_EACH_STORE(a_workbook_is_read)

/* Nothing of a file stays: it goes with the taking, or in the hour after its day. */
static void a_file_goes_after_a_day_here(void)
{
    struct job_run run = { .app = &product.app, .arena = &t_arena };
    struct answer a = upload("liste.csv", str_from_c(known_list));
    const char *file = file_of(&a);
    clock_set(clock_now() + ROSTER_SECONDS - 60);
    eq_int(job_run_now(&product.app, S("person.tidy"), &run), ERR_OK);
    clerk = product_sign_in(&product, clerk.account_id);
    eq_int(get(&product, &clerk, under(file, "spalten")).status, 200);
    clock_set(clock_now() + 120);
    eq_int(job_run_now(&product.app, S("person.tidy"), &run), ERR_OK);
    eq_int(get(&product, &clerk, under(file, "spalten")).status, 404);
}
ON_EACH_STORE(a_file_goes_after_a_day)

static const struct test tests[] = {
    TEST(a_list_goes_all_the_way), TEST(what_is_said_arrives),
    TEST(twice_changes_nothing),   TEST(a_list_without_keys_is_found_again),
    TEST(people_decide),           TEST(a_withdrawal_is_not_undone),
    TEST(five_thousand_rows),      TEST(a_broken_file_changes_nothing),
    TEST(a_workbook_is_read),      TEST(a_file_goes_after_a_day),
};
TEST_MAIN(tests)
