/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Certificates of conduct on both engines: three facts and no more, what they permit, who looks,
 * the clocks, and what stays when the facts are gone.
 */
#include "base/clock.h"
#include "base/test.h"
#include "db/privacy.h"
#include "db/engine.h"
#include "feature/certificate/clock.h"
#include "feature/certificate/pages.h"
#include "feature/placement/placement.h"
#include "people.h"
#include "privacy.sql.h"
#include "product.h"
#include "web.sql.h"
#include "web/audit.h"
#include "web/job.h"
#include "world.h"

#define DAY ((int64_t)86400)

static struct product product;
static int64_t town, person, placement;
static struct visitor counsel;

/* Somebody who is proposed for work with children: world_offer's field is that. */
static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(clock_instant((struct local_time){ .day = { 2026, 3, 2 }, .hour = 12 }));
        town = world_town(&product, "stadt", "Musterstadt");
        counsel = product_sign_in(&product, world_account(&product, town, "counsellor", 0));
        placement = world_placement(&product, town);
        struct db db;
        must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
        person = placement_get(&db, town, placement)->person_id;
        db_end(&db);
        run();
    }
    clock_set(0);
    product_close(&product);
}

static const char *at(const char *part)
{
    return world_under(world_path("/stadt/buero/fuehrungszeugnisse/{id}", person), part);
}

static struct answer inspect(const char *seen, const char *issued, const char *entry)
{
    const struct http_field fields[] = { { S("inspected_on"), str_from_c(seen) },
                                         { S("issued_on"), str_from_c(issued) },
                                         { S("entry"), str_from_c(entry) },
                                         LAST_FIELD };
    return post(&product, &counsel, at("/einsicht"), fields);
}

/* ---- what is kept ---- */

static bool is_fact(const char *column)
{
    static const char *const facts[] = { "inspected_on", "issued_on", "entry" };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (str_eq(str_from_c(facts[i]), str_from_c(column)))
            return true;
    return false;
}

/* By the description of the table, which the compiler checks against the schema. */
static void three_facts_and_no_more(void)
{
    static const char *const frame[] = { "id", "city_id", "person_id", "delete_at" };
    int facts = 0;
    int others = 0;
    for (size_t i = 0; i < privacy_table_count; i++) {
        const struct privacy_table *t = &privacy_tables[i];
        if (!str_eq(str_from_c(t->name), S("certificate")))
            continue;
        for (const struct privacy_column *c = t->columns; c->name; c++) {
            bool known = is_fact(c->name);
            facts += known;
            for (size_t k = 0; k < sizeof frame / sizeof *frame; k++)
                known |= str_eq(str_from_c(frame[k]), str_from_c(c->name));
            others += !known;
        }
    }
    eq_int(facts, 3);
    eq_int(others, 0);
}

/* Is the entry kept as the box of a key, not as what was said? A short word may be part of a box by
   chance, so it is not looked for. */
static bool entry_is_sealed(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct certificate_row *c = certificate_of(&db, town, person);
    bool is_sealed = c && str_starts(c->entry.box, S("1.")) && c->entry.box.n > 16;
    db_end(&db);
    return is_sealed;
}

static bool is_kept(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    bool kept = certificate_of(&db, town, person) != NULL;
    db_end(&db);
    return kept;
}

static int64_t counted(const char *act)
{
    struct db db;
    int64_t n = 0;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct certificate_count_row_rows rows = certificate_counts(&db, town);
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].act, str_from_c(act)))
            n += rows.v[i].n;
    db_end(&db);
    return n;
}

static size_t audited(const char *action)
{
    struct db db;
    size_t n = 0;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct audit_row_rows rows = audit_list(&db, town);
    for (size_t i = 0; i < rows.n; i++)
        n += str_eq(rows.v[i].action, str_from_c(action));
    db_end(&db);
    return n;
}

static void an_inspection_has_its_days_here(void)
{
    struct answer a = inspect("3.3.2026", "1.3.2026", "no");
    eq_int(a.status, 422);
    ok(answer_says(&a, "liegt in der Zukunft"));
    a = inspect("2.3.2026", "5.3.2026", "no");
    ok(answer_says(&a, "nicht jünger sein"));
    a = inspect("2.3.2026", "1.12.2025", "no");
    eq_int(a.status, 422);
    ok(answer_says(&a, "älter als 3 Monate"));
    eq_int(inspect("2.3.2026", "1.2.2026", "").status, 422);
    eq_int(inspect("2.3.2026", "1.2.2026", "unknown").status, 422);
    ok(!is_kept());
    eq_int(inspect("2.3.2026", "2.12.2025", "no").status, 303);
    ok(is_kept());
    ok(entry_is_sealed());
    eq_int(counted("inspected"), 1);
    eq_int(audited("certificate.inspect"), 1);
    int64_t other = world_person(&product, town);
    const struct http_field fields[] = { { S("inspected_on"), S("2.3.2026") },
                                         { S("issued_on"), S("1.3.2026") },
                                         { S("entry"), S("no") },
                                         LAST_FIELD };
    a = post(&product, &counsel, world_path("/stadt/buero/fuehrungszeugnisse/{id}/einsicht", other),
             fields);
    eq_int(a.status, 422); /* without an occasion nothing is demanded */
    ok(answer_says(&a, "Ohne Anlass"));
}
ON_EACH_STORE(an_inspection_has_its_days)

/* ---- who looks ---- */

static size_t readings(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    size_t n = 0;
    struct read_log_row_rows rows = read_log_list(&db, town);
    for (size_t i = 0; i < rows.n; i++)
        n += str_eq(rows.v[i].place, S(CERTIFICATE_ENTRY));
    db_end(&db);
    return n;
}

static void looking_is_noted_here(void)
{
    eq_int(inspect("2.3.2026", "1.2.2026", "yes").status, 303);
    struct answer a = get(&product, &counsel, at(""));
    eq_int(a.status, 200);
    ok(!answer_says(&a, "<dd>Es liegt ein Eintrag vor"));
    ok(!answer_says(&a, "1. Februar 2026"));
    eq_int(readings(), 0);
    a = post(&product, &counsel, at("/angaben"), NULL);
    eq_int(a.status, 200);
    ok(answer_says(&a, "<dd>Es liegt ein Eintrag vor"));
    eq_int(readings(), 1);
    struct visitor auditor = product_sign_in(&product, world_account(&product, town, "auditor", 0));
    struct visitor staff =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    eq_int(post(&product, &auditor, at("/angaben"), NULL).status, 403);
    eq_int(post(&product, &staff, at("/angaben"), NULL).status, 403);
    eq_int(get(&product, &staff, at("")).status, 403);
    eq_int(readings(), 1);
}
ON_EACH_STORE(looking_is_noted)

/* ---- what it permits ---- */

static bool permits(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &db, &cities, city_by_id(&cities, town));
    bool may = certificate_permits(&rq, person);
    city_list_end(product.app.cities, &cities);
    db_end(&db);
    return may;
}

static void it_holds_five_years_here(void)
{
    ok(!permits());
    eq_int(inspect("2.3.2026", "1.2.2026", "yes").status, 303);
    ok(!permits());
    eq_int(inspect("2.3.2026", "1.2.2026", "no").status, 303);
    eq_int(counted("erased"), 1); /* the earlier one */
    clock_set(clock_instant((struct local_time){ .day = { 2031, 3, 1 }, .hour = 12 }));
    ok(permits());
    clock_set(clock_instant((struct local_time){ .day = { 2031, 3, 2 }, .hour = 12 }));
    ok(!permits());
}
ON_EACH_STORE(it_holds_five_years)

/* ---- the rules ---- */

static void rules_have_days_and_sources(void)
{
    struct certificate_rule old =
        certificate_rule_on(&t_arena, S("erase"), (struct day){ 2021, 6, 9 });
    struct certificate_rule now =
        certificate_rule_on(&t_arena, S("erase"), (struct day){ 2021, 6, 10 });
    eq_int(old.months, 3);
    eq_int(now.months, 6);
    ok(now.law.n && now.web.n && old.law.n);
    eq_int(certificate_rule_on(&t_arena, S("erase"), (struct day){ 2011, 12, 31 }).months, 0);
    eq_int(certificate_rule_on(&t_arena, S("renew"), (struct day){ 2026, 1, 1 }).months, 60);
    struct day d = certificate_months_after((struct day){ 2026, 8, 31 }, 6);
    eq_str(day_iso(&t_arena, d), S("2027-02-28"));
    d = certificate_months_after((struct day){ 2027, 11, 30 }, 3);
    eq_str(day_iso(&t_arena, d), S("2028-02-29"));
}

/* ---- the end ---- */

static void step(const char *verb, const struct placement_form *f)
{
    struct tx tx;
    struct arena a;
    enum msg why;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &tx.db, &cities, city_by_id(&cities, town));
    rq.who.city_permissions = UINT32_C(1) << PERM_person_handle;
    struct procedure_ask ask = {
        .procedure = &placement_procedure, .id = placement, .verb = str_from_c(verb), .data = f
    };
    eq_int(procedure_step(&rq, &tx, &ask, &why), PROCEDURE_DONE);
    city_list_end(product.app.cities, &cities);
    eq_int(tx_commit(&tx), ERR_OK);
    arena_free(&a);
}

static void not_taken_up_goes_at_once_here(void)
{
    const struct placement_form no = { .exit_reason = S("time") };
    eq_int(inspect("2.3.2026", "1.2.2026", "no").status, 303);
    step("no_interest", &no);
    ok(!is_kept());
    eq_int(counted("erased"), 1);
    eq_int(counted("inspected"), 1);
    eq_int(audited("certificate.erase"), 1); /* the proof, without any fact */
}
ON_EACH_STORE(not_taken_up_goes_at_once)

static void night(struct day day)
{
    struct job_run run = { .arena = &t_arena };
    clock_set(clock_instant((struct local_time){ .day = day, .hour = 3 }));
    eq_int(job_run_now(&product.app, S("privacy.retention"), &run), ERR_OK);
}

static void half_a_year_after_the_end_here(void)
{
    const struct placement_form f = { .writes = S("person"),
                                      .meets_on = S("2026-03-03"),
                                      .meets_place = S("Hier"),
                                      .meets_with = S("Leitung"),
                                      .starts_on = S("2026-03-05"),
                                      .hours_week = 20,
                                      .expenses = S("none"),
                                      .checked = S("inspected"),
                                      .person_agrees = 1,
                                      .organisation_agrees = 1,
                                      .ended_on = S("2026-03-02"),
                                      .end_reason = S("time") };
    eq_int(inspect("2.3.2026", "1.2.2026", "no").status, 303);
    step("contact", &f);
    step("meet", &f);
    step("place", &f); /* the inspection permits it */
    night((struct day){ 2026, 12, 1 });
    ok(is_kept()); /* as long as the work goes on */
    clock_set(clock_instant((struct local_time){ .day = { 2026, 12, 10 }, .hour = 12 }));
    step("end", &f);
    night((struct day){ 2027, 6, 9 });
    ok(is_kept());
    night((struct day){ 2027, 6, 12 });
    ok(!is_kept());
    eq_int(counted("erased"), 1);
    ok(audited("certificate.erase") == 1);
}
ON_EACH_STORE(half_a_year_after_the_end)

/* ---- the letter ---- */

static void the_letter_is_a_pdf_here(void)
{
    struct answer a = post(&product, &counsel, at("/anschreiben"), NULL);
    eq_int(a.status, 303);
    eq_int(counted("letter"), 1);
    a = get(&product, &counsel, at("/anschreiben.pdf"));
    eq_int(a.status, product.app.helper ? 200 : 503);
    if (a.status == 200)
        ok(str_starts(a.body, S("%PDF-")));
    int64_t other = world_person(&product, town);
    eq_int(post(&product, &counsel,
                world_path("/stadt/buero/fuehrungszeugnisse/{id}/anschreiben", other), NULL)
               .status,
           404);
}
ON_EACH_STORE(the_letter_is_a_pdf)

static const struct test tests[] = {
    TEST(three_facts_and_no_more),
    TEST(an_inspection_has_its_days),
    TEST(looking_is_noted),
    TEST(it_holds_five_years),
    TEST(rules_have_days_and_sources),
    TEST(not_taken_up_goes_at_once),
    TEST(half_a_year_after_the_end),
    TEST(the_letter_is_a_pdf),
};
TEST_MAIN(tests)
