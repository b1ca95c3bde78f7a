/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The desk for duplicates. The last test merges at random and takes everything back: then each row
 * of each table says what it said before.
 */
#include "feature/duplicate/duplicate.h"

#include "base/clock.h"
#include "base/test.h"
#include "db/engine.h"
#include "db/privacy.h"
#include "feature/opportunity/opportunity.h"
#include "feature/organisation/organisation.h"
#include "people.h"
#include "product.h"
#include "web/job.h"
#include "world.h"

static struct product product;
static int64_t town, elsewhere;
static struct visitor staff;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        elsewhere = world_town(&product, "nachbar", "Nachbarstadt");
        staff = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
        run();
    }
    product_close(&product);
    clock_set(0);
}

/* ---- SQL ---- */

struct line {
    str text;
};
static const struct db_column line_columns[] = { { "text", DB_TEXT, false, 0 } };
static const struct db_row_type line_type = { "line", line_columns, 1, sizeof(struct line) };

static struct stmt statement(str sql, const struct db_row_type *row)
{
    const char *text = str_to_c(&t_arena, sql);
    return (struct stmt){
        .name = "test", .sqlite = text, .postgres = text, .row = row, .id = DB_STMT_RARE
    };
}

static int64_t run(str sql)
{
    struct tx tx;
    struct arena a;
    struct stmt s = statement(sql, NULL);
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    int64_t n = tx_run(&tx, &s, NULL);
    eq_int(tx_commit(&tx), ERR_OK);
    arena_free(&a);
    return n;
}

/* The values of the one column "text", a line each; kept in t_arena. */
static str lines(str sql)
{
    struct db db;
    struct arena a;
    struct out o = out_new(&t_arena, 16 << 20);
    struct stmt s = statement(sql, &line_type);
    arena_init(&a, 0);
    must(db_begin(product.app.store, &a, &db) == ERR_OK);
    struct db_rows rows = db_rows(&db, &s, NULL);
    const struct line *v = rows.v;
    for (size_t i = 0; i < rows.n; i++)
        out_fmt(&o, "%.*s\n", STR_FMT(v[i].text));
    db_end(&db);
    must(db.err == ERR_OK);
    arena_free(&a);
    return out_text(&o);
}

static str value_of(const char *column, const char *table, int64_t id)
{
    return str_trim(lines(str_fmt(&t_arena,
                                  "SELECT COALESCE(CAST(%s AS TEXT), '') AS text FROM %s "
                                  "WHERE id = %lld",
                                  column, table, (long long)id)));
}

static int64_t number_of(const char *column, const char *table, int64_t id)
{
    int64_t n = 0;
    (void)str_to_i64(value_of(column, table, id), &n);
    return n;
}

/* ---- what people do ---- */

static void look_by_night(void)
{
    struct arena a;
    struct job_run job = { .now = clock_now() };
    arena_init(&a, 0);
    job.arena = &a;
    eq_int(job_run_now(&product.app, S("duplicate.find"), &job), ERR_OK);
    ok(!job.failed);
    arena_free(&a);
}

static const struct dup_pair *pair_of(const char *kind, int64_t one, int64_t other)
{
    struct db db;
    struct dup_pair *found = NULL;
    struct arena a;
    arena_init(&a, 0);
    must(db_begin(product.app.store, &a, &db) == ERR_OK);
    struct dup_pair_of_in in = { .city = town,
                                 .kind = str_from_c(kind),
                                 .low = one < other ? one : other,
                                 .high = one < other ? other : one };
    const struct dup_pair *p = dup_pair_of(&db, &in);
    if (p) {
        found = NEW(&t_arena, struct dup_pair);
        *found = *p;
        found->kind = str_copy(&t_arena, p->kind);
        found->state = str_copy(&t_arena, p->state);
    }
    db_end(&db);
    arena_free(&a);
    return found;
}

/* A pair that nobody but the test suspects. */
static int64_t suspect(const char *kind, int64_t one, int64_t other)
{
    const struct dup_pair *known = pair_of(kind, one, other);
    int64_t id = known ? known->id : db_new_id();
    if (!known)
        run(str_fmt(&t_arena,
                    "INSERT INTO duplicate_pair (id, city_id, kind, low_id, high_id, reasons, "
                    "score, state, found_at) VALUES (%lld, %lld, '%s', %lld, %lld, 1, 60, 'open', "
                    "1)",
                    (long long)id, (long long)town, kind, (long long)(one < other ? one : other),
                    (long long)(one < other ? other : one)));
    return id;
}

static str hidden(const struct answer *page, const char *name)
{
    str begin = str_fmt(&t_arena, "name=\"%s\" value=\"", name);
    ptrdiff_t at = str_find(page->body, begin);
    str rest = at < 0 ? S("") : str_slice(page->body, (size_t)at + begin.n, page->body.n);
    str value = S("");
    str_next(&rest, '"', &value);
    return str_copy(&t_arena, value);
}

struct wish {
    int64_t pair;
    int64_t keep;
    const char *fields[8]; /* that come from the one that goes */
};

/* The office looks at the page, chooses and presses the button. */
static struct answer merge(const struct wish *w)
{
    struct http_field fields[16] = { { S("keep"), str_fmt(&t_arena, "%lld", (long long)w->keep) } };
    size_t n = 1;
    const char *path = world_path("/stadt/buero/doppelte/{id}", w->pair);
    const char *with =
        str_to_c(&t_arena, str_fmt(&t_arena, "%s?keep=%lld", path, (long long)w->keep));
    struct answer page = get(&product, &staff, with);
    eq_int(page.status, 200);
    fields[n++] = (struct http_field){ S("version"), hidden(&page, "version") };
    for (size_t i = 0; i < 8 && w->fields[i]; i++)
        fields[n++] = (struct http_field){ str_from_c(w->fields[i]), S("gone") };
    fields[n] = (struct http_field)LAST_FIELD;
    return post(&product, &staff, path, fields);
}

/* Where the answer leads: the page of the merge; in t_arena. */
static const char *leads_to(const struct answer *a)
{
    return str_to_c(&t_arena, header_of(a, S("Location")));
}

static const char *merged(const struct wish *w)
{
    struct answer a = merge(w);
    eq_int(a.status, 303);
    return leads_to(&a);
}

static struct answer undo(const char *page)
{
    struct answer shown = get(&product, &staff, page);
    struct http_field fields[] = { { S("staying"), hidden(&shown, "staying") }, LAST_FIELD };
    return post(&product, &staff, page, fields);
}

static void set(const char *table, int64_t id, const char *column, const char *value)
{
    eq_int(run(str_fmt(&t_arena, "UPDATE %s SET %s = '%s' WHERE id = %lld", table, column, value,
                       (long long)id)),
           1);
}

static int64_t offer(int64_t organisation, const char *title)
{
    return world_offer(&product, &(struct world_offer){ town, organisation, NULL, title });
}

/* ---- finding ---- */

/* "Sind verschieden" is remembered, and can be taken back. */
static void said_to_differ(int64_t one, int64_t other)
{
    const struct dup_pair *p = pair_of("organisation", one, other);
    const char *differ = world_path("/stadt/buero/doppelte/{id}/verschieden", p->id);
    const struct http_field none[] = { LAST_FIELD };
    const struct http_field again[] = { { S("again"), S("1") }, LAST_FIELD };
    eq_int(post(&product, &staff, differ, none).status, 303);
    eq_int(post(&product, &staff, differ, none).status, 409);
    look_by_night();
    struct answer list = get(&product, &staff, "/stadt/buero/doppelte");
    ok(!answer_says(&list, "Leseinsel e. V."));
    list = get(&product, &staff, "/stadt/buero/doppelte?view=different");
    ok(answer_says(&list, "Leseinsel e. V."));
    eq_int(post(&product, &staff, differ, again).status, 303);
    p = pair_of("organisation", one, other);
    ok(p && str_eq(p->state, S("open")));
}

static void the_night_finds_what_looks_alike_here(void)
{
    int64_t one = world_organisation(&product, town, "Leseinsel e. V.");
    int64_t other = world_organisation(&product, town, "Die Leseinsel gGmbH");
    int64_t third = world_organisation(&product, town, "Tafel");
    int64_t fourth = world_organisation(&product, town, "Radverkehr");
    int64_t abroad = world_organisation(&product, elsewhere, "Leseinsel e. V.");
    set("organisation", third, "mail", "post@haus.example");
    set("organisation", fourth, "mail", "post@haus.example");
    int64_t a = offer(one, "Vorlesen für Kinder");
    int64_t b = offer(one, "Vorlesen fuer Kinder");
    int64_t c = offer(third, "Lebensmittel ausfahren");
    set("opportunity", c, "tasks_md", "Sie fahren mit dem Wagen und holen ab, was übrig ist.");
    look_by_night();
    const struct dup_pair *p = pair_of("organisation", one, other);
    ok(p && (p->reasons & TWIN_NAME) && str_eq(p->state, S("open")));
    p = pair_of("organisation", third, fourth);
    ok(p && (p->reasons & TWIN_MAIL));
    ok(!pair_of("organisation", one, abroad)); /* another town's */
    ok(!pair_of("organisation", one, third));
    ok(pair_of("opportunity", a, b) && !pair_of("opportunity", a, c));
    struct answer list = get(&product, &staff, "/stadt/buero/doppelte");
    ok(answer_says(&list, "Leseinsel e. V.") && answer_says(&list, "gleicher Name"));
    struct answer today = get(&product, &staff, "/stadt/buero");
    ok(answer_says(&today, "Mögliche doppelte Einträge"));

    said_to_differ(one, other);
    /* What is no longer alike is no longer suspected. */
    set("organisation", fourth, "mail", "rad@anders.example");
    look_by_night();
    ok(!pair_of("organisation", third, fourth));
}
ON_EACH_STORE(the_night_finds_what_looks_alike)

/* ---- organisations ---- */

/* An import finds the one that stayed, by the other one's key and by its name. */
static void found_by_imports(int64_t kept)
{
    struct tx tx;
    struct arena a;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    eq_int(organisation_find(&tx, town, S("freinet-csv"), S("4711"), S("")), kept);
    eq_int(organisation_find(&tx, town, S(""), S(""), S("Leseinsel")), kept);
    tx_rollback(&tx);
    arena_free(&a);
}

static void two_organisations_become_one_here(void)
{
    int64_t kept = world_organisation(&product, town, "Leseinsel e. V.");
    int64_t gone = world_organisation(&product, town, "Leseinsel");
    int64_t hers = offer(gone, "Vorlesen");
    int64_t manager = world_account(&product, town, "organisation_manager", gone);
    struct visitor her = product_sign_in(&product, manager);
    set("organisation", gone, "phone", "0451 123456");
    set("organisation", gone, "source", "freinet-csv");
    set("organisation", gone, "ref", "4711");
    const char *old = world_path("/stadt/organisationen/{id}", gone);
    const char *kept_form = world_path("/stadt/buero/organisationen/{id}", kept);
    eq_int(get(&product, NULL, old).status, 200);
    eq_int(get(&product, &her, kept_form).status, 403);
    int64_t pair = suspect("organisation", kept, gone);
    const char *page = merged(&(struct wish){ pair, kept, { "phone" } });

    eq_int(number_of("organisation_id", "opportunity", hers), kept);
    ok(str_eq(value_of("phone", "organisation", kept), S("0451 123456")));
    ok(str_eq(value_of("name", "organisation", kept), S("Leseinsel e. V.")));
    struct answer a = get(&product, NULL, old);
    eq_int(a.status, 301);
    ok(str_eq(header_of(&a, S("Location")),
              str_from_c(world_path("/stadt/organisationen/{id}", kept))));
    a = get(&product, NULL, world_path("/api/v1/stadt/organisations/{id}", gone));
    eq_int(a.status, 301);
    a = get(&product, NULL, leads_to(&a));
    ok(a.status == 200 && answer_says(&a, "Leseinsel e. V."));
    eq_int(get(&product, &her, kept_form).status, 200); /* she acts for it now */
    a = get(&product, NULL, "/stadt/organisationen?q=leseinsel");
    ok(!answer_says(&a, str_to_c(&t_arena, str_fmt(&t_arena, "/%lld\"", (long long)gone))));

    found_by_imports(kept);

    /* In the office nothing of it can be changed any more. */
    const struct http_field none[] = { LAST_FIELD };
    eq_int(post(&product, &staff, world_path("/stadt/buero/organisationen/{id}/archiv", gone), none)
               .status,
           409);

    eq_int(undo(page).status, 303);
    eq_int(number_of("organisation_id", "opportunity", hers), gone);
    ok(str_eq(value_of("ref", "organisation", gone), S("4711")));
    ok(str_eq(value_of("ref", "organisation", kept), S("")));
    eq_int(get(&product, NULL, old).status, 200);
    eq_int(get(&product, &her, kept_form).status, 403);
    a = undo(page);
    eq_int(a.status, 422);
    ok(answer_says(&a, "schon zurückgenommen"));
}
ON_EACH_STORE(two_organisations_become_one)

/* ---- offers ---- */

static void two_offers_become_one_here(void)
{
    int64_t club = world_organisation(&product, town, "Leseinsel");
    int64_t kept = offer(club, "Vorlesen");
    int64_t gone = offer(club, "Vorlesen!");
    set("opportunity", gone, "contact_mail", "alt@leseinsel.example");
    set("opportunity", gone, "needs_md", "Zeit und eine gute Stimme.");
    run(str_fmt(&t_arena,
                "INSERT INTO interest (id, city_id, opportunity_id, state, name, mail, message, "
                "lang, created_at, changed_at) VALUES (7, %lld, %lld, 'sent', 'N', 'n@x.example', "
                "'m', 'de', 1, 1)",
                (long long)town, (long long)gone));
    const char *page =
        merged(&(struct wish){ suspect("opportunity", kept, gone), kept, { "needs_md" } });
    eq_int(number_of("opportunity_id", "interest", 7), kept);
    ok(str_eq(value_of("state", "opportunity", gone), S("archived")));
    struct answer a = get(&product, NULL, world_path("/stadt/angebote/{id}", gone));
    eq_int(a.status, 301);
    a = get(&product, NULL, leads_to(&a));
    ok(a.status == 200 && answer_says(&a, "Zeit und eine gute Stimme."));

    /* Out of the archive leads only the undoing. */
    const struct http_field step[] = { { S("step"), S("return") }, LAST_FIELD };
    eq_int(
        post(&product, &staff, world_path("/stadt/buero/angebote/{id}/status", gone), step).status,
        422);

    /* What somebody changes meanwhile stays, and is said before. */
    set("opportunity", kept, "needs_md", "Nur noch Zeit.");
    a = get(&product, &staff, page);
    ok(answer_says(&a, "seither geändert") && str_eq(hidden(&a, "staying"), S("1")));
    const struct http_field blind[] = { { S("staying"), S("0") }, LAST_FIELD };
    eq_int(post(&product, &staff, page, blind).status, 409);
    eq_int(undo(page).status, 303);
    ok(str_eq(value_of("needs_md", "opportunity", kept), S("Nur noch Zeit.")));
    ok(str_eq(value_of("state", "opportunity", gone), S("published")));
    eq_int(number_of("opportunity_id", "interest", 7), gone);
    eq_int(get(&product, NULL, world_path("/stadt/angebote/{id}", gone)).status, 200);
}
ON_EACH_STORE(two_offers_become_one)

/* ---- what is refused ---- */

static void not_everything_can_be_merged_here(void)
{
    int64_t one = world_organisation(&product, town, "Eins");
    int64_t two = world_organisation(&product, town, "Zwei");
    int64_t three = world_organisation(&product, town, "Drei");
    int64_t pair = suspect("organisation", one, two);
    const char *path = world_path("/stadt/buero/doppelte/{id}", pair);
    run(str_fmt(&t_arena, "UPDATE organisation SET umbrella_id = %lld WHERE id = %lld",
                (long long)one, (long long)two));
    eq_int(merge(&(struct wish){ pair, one, { NULL } }).status, 422);
    run(str_fmt(&t_arena, "UPDATE organisation SET umbrella_id = NULL WHERE id = %lld",
                (long long)two));

    /* What changed since the page was shown. */
    const struct http_field old[] = { { S("keep"), S("0") }, { S("version"), S("1") }, LAST_FIELD };
    eq_int(post(&product, &staff, path, old).status, 409);
    /* A dangerous act asks who one is. */
    product_make_stale(&product, &staff);
    struct answer a = post(&product, &staff, path, old);
    ok(a.status != 409);
    staff = product_sign_in(&product, staff.account_id);

    /* One that went on cannot come back first; after 30 days nothing can. */
    const char *first = merged(&(struct wish){ pair, two, { NULL } });
    const char *second =
        merged(&(struct wish){ suspect("organisation", two, three), three, { NULL } });
    eq_int(number_of("merged_into", "organisation", one), three); /* no chains */
    a = undo(first);
    eq_int(a.status, 422);
    ok(answer_says(&a, "weiter zusammengeführt"));
    eq_int(undo(second).status, 303);
    eq_int(number_of("merged_into", "organisation", one), two);
    clock_set(clock_now() + (UNDO_DAYS + 1) * 86400);
    staff = product_sign_in(&product, staff.account_id);
    eq_int(undo(first).status, 422);
}
ON_EACH_STORE(not_everything_can_be_merged)

/* ---- nothing that hangs on a record is forgotten ---- */

static bool has_ref(const char *kind, str name)
{
    const struct merge_ref *r;
    for (size_t i = 0; (r = merge_ref_at(&product.app, str_from_c(kind), i)); i++)
        if (str_eq(str_from_c(r->name), name))
            return true;
    return false;
}

/* Every foreign key to an organisation, an offer or a person is a line of some feature's
 * merge_refs. */
static void each_foreign_key_moves_here(void)
{
    static const char *const kinds[] = { "organisation", "opportunity", "person" };
    size_t n = 0;
    if (store_is_postgres(product.app.store)) { /* the same tables; SQLite tells it in one line */
        ok(true);
        return;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        str rest = lines(str_fmt(&t_arena,
                                 "SELECT m.name || '.' || k.\"from\" AS text FROM sqlite_master m, "
                                 "pragma_foreign_key_list(m.name) k WHERE m.type = 'table' AND "
                                 "k.\"table\" = '%s' ORDER BY 1",
                                 kinds[i]));
        str name = S("");
        while (str_next(&rest, '\n', &name)) {
            if (!name.n)
                continue;
            n++;
            if (!has_ref(kinds[i], name))
                printf("# no merge_ref for %.*s\n", STR_FMT(name));
            ok(has_ref(kinds[i], name));
        }
    }
    ok(n >= 8);
}
ON_EACH_STORE(each_foreign_key_moves)

/* ---- whatever is merged comes back ---- */

static bool is_compared(const char *table)
{
    static const char *const others[] = { "audit",          "audit_key",       "procedure_event",
                                          "job_state",      "session",         "erased",
                                          "duplicate_pair", "duplicate_merge", "duplicate_move",
                                          "duplicate_value" };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_eq(str_from_c(others[i]), str_from_c(table)))
            return false;
    return true;
}

/* When it was touched last is no part of what a record says; days that are due get a new row. */
static bool is_content(const struct privacy_table *t, const struct privacy_column *c)
{
    bool due = str_eq(str_from_c(t->name), S("procedure_due"));
    return !str_eq(str_from_c(c->name), S("changed_at")) &&
           !(due && str_eq(str_from_c(c->name), S("id")));
}

/* Each row of each table, as text. */
static str everything(void)
{
    struct out all = out_new(&t_arena, 16 << 20);
    for (size_t i = 0; i < privacy_table_count; i++) {
        const struct privacy_table *t = &privacy_tables[i];
        struct out sql = out_new(&t_arena, 16384);
        if (!is_compared(t->name))
            continue;
        out_str(&sql, S("SELECT ''"));
        for (const struct privacy_column *c = t->columns; c->name; c++)
            if (is_content(t, c))
                out_fmt(&sql, " || '|' || COALESCE(CAST(%s AS TEXT), '-')", c->name);
        out_fmt(&sql, " AS text FROM %s ORDER BY 1", t->name);
        out_fmt(&all, "%s\n%.*s", t->name, STR_FMT(lines(out_text(&sql))));
    }
    return out_text(&all);
}

static uint64_t seed = 20261123;
static size_t chance(size_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

enum { CLUBS = 6, OFFERS = 10, ROUNDS = 12 };

static int64_t clubs[CLUBS], offers[OFFERS];

static void hang_things_on(size_t i)
{
    int64_t o = offers[i % OFFERS], g = clubs[i % CLUBS];
    long long id = (long long)(1000 + i), city = (long long)town;
    world_account(&product, town, i % 2 ? "organisation_manager" : "organisation_member", g);
    run(str_fmt(&t_arena,
                "INSERT INTO interest (id, city_id, opportunity_id, state, name, mail, message, "
                "lang, created_at, changed_at) VALUES (%lld, %lld, %lld, 'sent', 'N', 'n', 'm', "
                "'de', 1, 1)",
                id, city, (long long)o));
    run(str_fmt(&t_arena,
                "INSERT INTO organisation_invite (id, city_id, organisation_id, mail, role, "
                "created_at) VALUES (%lld, %lld, %lld, 'i', 'organisation_member', 1)",
                id, city, (long long)g));
    run(str_fmt(&t_arena,
                "INSERT INTO opportunity_entry (id, city_id, mail, organisation, lang, "
                "opportunity_id, created_at) VALUES (%lld, %lld, 'e', 'V', 'de', %lld, 1)",
                id, city, (long long)o));
    run(str_fmt(&t_arena,
                "INSERT INTO procedure_due (id, city_id, kind, subject_id, due_on, verb, since) "
                "VALUES (%lld, %lld, 'opportunity', %lld, '2027-01-01', 'ask', 5)",
                id, city, (long long)o));
    world_follow_up(&product, town, o);
}

static void make_a_town(void)
{
    for (size_t i = 0; i < CLUBS; i++) {
        clubs[i] = world_organisation(
            &product, town, str_to_c(&t_arena, str_fmt(&t_arena, "Verein %c", (int)('A' + i))));
        if (i % 2)
            set("organisation", clubs[i], "mail", "post@verein.example");
        if (i % 3 == 0) {
            set("organisation", clubs[i], "source", "csv");
            set("organisation", clubs[i], "ref", str_to_c(&t_arena, str_fmt(&t_arena, "g%zu", i)));
        }
    }
    for (size_t i = 0; i < OFFERS; i++) {
        offers[i] = offer(clubs[i % CLUBS],
                          str_to_c(&t_arena, str_fmt(&t_arena, "Angebot %c", (int)('A' + i))));
        set("opportunity", offers[i], "contact_name",
            str_to_c(&t_arena, str_fmt(&t_arena, "Kontakt %zu", i % 4)));
        if (i % 4 == 0)
            set("opportunity", offers[i], "ref", str_to_c(&t_arena, str_fmt(&t_arena, "o%zu", i)));
        hang_things_on(i);
    }
}

/* Two of a kind that are not merged yet; false: they happen to be the same, or one is gone. */
static bool draw(const char *table, const int64_t *of, size_t n, struct wish *w)
{
    static const char *const of_clubs[] = { "name", "mail", "street", "fields" };
    static const char *const of_offers[] = { "title", "contact_name", "organisation", "needs_md" };
    bool club = str_eq(str_from_c(table), S("organisation"));
    int64_t one = of[chance(n)], other = of[chance(n)];
    if (one == other || number_of("merged_into", table, one) ||
        number_of("merged_into", table, other))
        return false;
    *w = (struct wish){ .pair = suspect(table, one, other), .keep = one };
    for (size_t i = 0, k = 0; i < 4; i++)
        if (chance(2))
            w->fields[k++] = club ? of_clubs[i] : of_offers[i];
    return true;
}

static void what_is_merged_comes_back_here(void)
{
    const char *pages[ROUNDS];
    str before[ROUNDS];
    size_t n = 0;
    make_a_town();
    for (size_t tries = 0; n < ROUNDS && tries < 200; tries++) {
        struct wish w;
        bool club = chance(2);
        if (!draw(club ? "organisation" : "opportunity", club ? clubs : offers,
                  club ? CLUBS : OFFERS, &w))
            continue;
        before[n] = everything();
        pages[n] = merged(&w);
        ok(!str_eq(before[n], everything()));
        n++;
    }
    ok(n >= 8);
    while (n--) {
        eq_int(undo(pages[n]).status, 303);
        if (!str_eq(before[n], everything()))
            printf("# before:\n%.*s\n# after:\n%.*s\n", STR_FMT(before[n]), STR_FMT(everything()));
        ok(str_eq(before[n], everything()));
    }
}
ON_EACH_STORE(what_is_merged_comes_back)

static const struct test tests[] = {
    TEST(the_night_finds_what_looks_alike),
    TEST(two_organisations_become_one),
    TEST(two_offers_become_one),
    TEST(not_everything_can_be_merged),
    TEST(each_foreign_key_moves),
    TEST(what_is_merged_comes_back),
};
TEST_MAIN(tests)
