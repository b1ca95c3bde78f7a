/* SPDX-License-Identifier: EUPL-1.2 */
/* Person records inside the whole program: storing, consents, age, profile, erasing. */
#include "base/test.h"
#include "db/engine.h"
#include "feature/person/store.h"
#include "person.sql.h"
#include "product.h"
#include "web/erasure.h"
#include "web/vocab.h"
#include "world.h"

static struct product product;
static int64_t town;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(clock_instant((struct local_time){ .day = { 2026, 11, 23 }, .hour = 9 }));
        town = world_town(&product, "hier", "Hier");
        run();
    }
    product_close(&product);
    clock_set(0);
}

static struct person_form somebody(void)
{
    return (struct person_form){ .name = S("Muster von der Heide"),
                                 .lang = S("de"),
                                 .mail = S("heide@beispiel.example"),
                                 .phone = S("0451 / 12-345"),
                                 .postcode = S("23552"),
                                 .birth_year = 1990,
                                 .like_fields = 1 << FIELD_education,
                                 .rather_not_kinds = 1 << KIND_office,
                                 .never_targets = 1 << TARGET_animals,
                                 .languages = S("de:native en:b1"),
                                 .hours_week = 25,
                                 .mobility = 1 << MOBILITY_foot | 1 << MOBILITY_bike,
                                 .certificate = S("extended"),
                                 .lat = some_real(53.86),
                                 .lon = some_real(10.68) };
}

/* ---- transactions ---- */

static struct tx tx;
static struct db db;

static void begin(void)
{
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
}

static void commit(void)
{
    eq_int(tx_commit(&tx), ERR_OK);
}

static int64_t stored(const struct person_form *f, const char *state)
{
    begin();
    int64_t id =
        person_new(&tx, &(struct person_arrival){ .city_id = town, .state = str_from_c(state) }, f);
    commit();
    return id;
}

/* The row as it is now; the reader stays open until the next look. */
static const struct person_row *row(int64_t id)
{
    static bool open;
    if (open)
        db_end(&db);
    open = id != 0;
    if (!open)
        return NULL;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    return person_find(&db, town, id);
}

/* Something that a request does, in its transaction. */
static void outside(void (*act)(struct rq *rq, const struct person_consent_given *given),
                    const struct person_consent_given *given)
{
    begin();
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &tx.db, &cities, city_by_id(&cities, town));
    act(&rq, given);
    city_list_end(product.app.cities, &cities);
    commit();
}

static void act_agree(struct rq *rq, const struct person_consent_given *given)
{
    person_agree(rq, &tx, given);
}

static void act_withdraw(struct rq *rq, const struct person_consent_given *given)
{
    person_withdraw(rq, &tx, given->person_id, given->purpose);
}

static void agree(int64_t id, const char *purpose, const char *channel)
{
    outside(act_agree, &(struct person_consent_given){ .person_id = id,
                                                       .mail = S("heide@beispiel.example"),
                                                       .purpose = str_from_c(purpose),
                                                       .channel = str_from_c(channel) });
}

/* ---- storing ---- */

static void a_record_is_found_here(void)
{
    struct person_form f = somebody();
    int64_t id = stored(&f, "");
    const struct person_row *p = row(id);
    must(p != NULL);
    eq_str(p->state, S("active"));
    eq_str(p->source, S("office"));
    struct person_form said = person_said(p);
    eq_str(person_hash(&t_arena, &said), person_hash(&t_arena, &f)); /* each member came back */
    struct person_list_in in = { .city = town, .pattern = S("%045112345%"), .limit = 10 };
    eq_int(person_list(&db, &in).n, 1);
    struct person_count_in count = { .city = town, .pattern = S("%heide%") };
    eq_int(person_count(&db, &count)->n, 1);
    struct person_row_rows changed = person_changed(&db, p->changed_at, 0, 10);
    must(changed.n == 1);
    eq_int(changed.v[0].id, id);
    eq_int(person_changed(&db, p->changed_at, id, 10).n, 0);
    eq_int(person_changed(&db, p->changed_at + 1, 0, 10).n, 0);
    in.pattern = S("%nobody%");
    eq_int(person_list(&db, &in).n, 0);
    in = (struct person_list_in){
        .city = town, .pattern = S("%"), .limit = 10, .field = 1 << FIELD_sport
    };
    eq_int(person_list(&db, &in).n, 0);

    f.name = S("Muster Ahorn");
    begin();
    ok(person_save(&tx, id, &(struct person_arrival){ .city_id = town }, &f));
    commit();
    eq_str(row(id)->name, S("Muster Ahorn"));
    row(0);
}
ON_EACH_STORE(a_record_is_found)

static void every_member_changes_the_hash(void)
{
    struct person_form f = somebody();
    str before = person_hash(&t_arena, &f);
    f.never_fields = 1;
    ok(!str_eq(before, person_hash(&t_arena, &f)));
    f = somebody();
    f.guardian = S("x");
    ok(!str_eq(before, person_hash(&t_arena, &f)));
}

/* ---- consents ---- */

static void consents_hold_until_withdrawn_here(void)
{
    struct day today = clock_today();
    struct person_form f = somebody();
    int64_t id = stored(&f, "");
    ok(!person_proposable(row(id), today));
    agree(id, PERSON_AGREES_PROPOSE, "web");
    ok(!person_proposable(row(id), today)); /* nobody has confirmed it */
    agree(id, PERSON_AGREES_PROPOSE, "office");
    ok(person_proposable(row(id), today));
    ok(person_agrees(&db, row(id), S(PERSON_AGREES_PROPOSE)));
    ok(!person_agrees(&db, row(id), S(PERSON_AGREES_PASS_ON)));
    agree(id, PERSON_AGREES_PROPOSE, "office"); /* once is enough */
    row(id);
    eq_int(person_consents(&db, town, id).n, 2);
    outside(act_withdraw,
            &(struct person_consent_given){ .person_id = id, .purpose = S(PERSON_AGREES_PROPOSE) });
    ok(!person_proposable(row(id), today));
    ok(!person_agrees(&db, row(id), S(PERSON_AGREES_PROPOSE)));
    row(0);
}
ON_EACH_STORE(consents_hold_until_withdrawn)

static void a_child_needs_a_guardian_here(void)
{
    struct day today = clock_today();
    struct person_form f = somebody();
    f.birth_year = 2010; /* sixteen this year, or not yet */
    int64_t id = stored(&f, "");
    agree(id, PERSON_AGREES_PROPOSE, "paper");
    ok(!person_proposable(row(id), today));
    ok(!person_agrees(&db, row(id), S(PERSON_AGREES_PROPOSE)));
    agree(id, PERSON_AGREES_GUARDIAN, "paper");
    ok(person_proposable(row(id), today));
    ok(person_agrees(&db, row(id), S(PERSON_AGREES_PROPOSE)));
    row(0);
}
ON_EACH_STORE(a_child_needs_a_guardian)

/* ---- age and profile ---- */

static void ages_and_bands(void)
{
    struct day today = { 2026, 11, 23 };
    struct person_row p = { .birth_year = 2008 };
    eq_int(person_age(&p, today), 17); /* at least */
    ok(!person_is_child(&p, today));
    eq_str(person_age_band(&p, today), S("18_29"));
    p = (struct person_row){ .birth_year = 1951 };
    eq_str(person_age_band(&p, today), S("from_75"));
    p = (struct person_row){ .age_band = S("under_16") };
    ok(person_is_child(&p, today));
    p = (struct person_row){ .age_band = S("50_64") };
    eq_int(person_age(&p, today), 50);
    p = (struct person_row){ .birth_year = 0 };
    eq_int(person_age(&p, today), 0);
}

static void a_record_becomes_a_profile(void)
{
    struct day today = { 2026, 11, 23 };
    struct person_row p = { .like_fields = 1 << FIELD_education,
                            .never_targets = 1 << TARGET_animals,
                            .rather_not_kinds = 1 << KIND_office,
                            .languages = S("de:native en:b1"),
                            .hours_week = 25,
                            .mobility = 1 << MOBILITY_foot | 1 << MOBILITY_bike,
                            .certificate = S("extended"),
                            .starts_on = S("2026-12-01") };
    struct match_profile m = person_profile(&p, today);
    eq_int(m.like[MATCH_FIELD], 1 << FIELD_education);
    eq_int(m.never[MATCH_TARGET], 1 << TARGET_animals);
    ok(m.languages_known);
    ok(m.levels == (MATCH_LEVEL(LANGUAGE_de, 7) | MATCH_LEVEL(LANGUAGE_en, 3)));
    eq_int(m.hours, 3); /* rounded up */
    eq_int(m.reach_m, 6000);
    eq_int(m.certificate, CERTIFICATE_extended);
    eq_int(m.from, day_number((struct day){ 2026, 12, 1 }));
    ok(!m.near.known);
    eq_int(person_rather_not(&p, MATCH_KIND), 1 << KIND_office);
    p.reach_km = 40;
    p.certificate = S("");
    m = person_profile(&p, today);
    eq_int(m.reach_m, 40000);
    eq_int(m.certificate, -1);
}

/* ---- erasing ---- */

static void erase(int64_t id, enum erasure_why why)
{
    begin();
    struct erasure e = { .app = &product.app, .city_id = town, .id = id, .why = why };
    erasure_do(&tx, privacy_table_get(S("person")), &e);
    commit();
}

static void what_is_erased_counts_and_says_nothing_here(void)
{
    struct person_form f = somebody();
    int64_t id = stored(&f, "");
    agree(id, PERSON_AGREES_PROPOSE, "office");
    begin();
    person_support_put(
        &tx, &(struct person_support_put_in){ .id = id, .city = town, .person = id, .at = tx.now });
    commit();
    row(id);
    ok(person_support_get(&db, town, id) != NULL);
    erase(id, ERASE_BY_PERSON);
    const struct person_row *p = row(id);
    must(p != NULL);
    ok(person_support_get(&db, town, id) == NULL);
    eq_str(p->state, S("erased"));
    eq_str(p->age_band, S("30_49")); /* for the figures */
    eq_int(p->birth_year, 0);
    f = person_said(p);
    struct person_form nothing = { .lang = S("de"), .age_band = S("30_49") };
    eq_str(person_hash(&t_arena, &f), person_hash(&t_arena, &nothing));
    ok(!p->agrees_propose && !person_open(p));

    f = somebody();
    id = stored(&f, "waiting");
    erase(id, ERASE_BY_TIME);
    ok(row(id) == NULL);
    row(0);
}
ON_EACH_STORE(what_is_erased_counts_and_says_nothing)

static void what_runs_holds_the_record_here(void)
{
    struct person_form f = somebody();
    int64_t id = stored(&f, "");
    begin();
    person_hold(&tx, town, id, 1);
    commit();
    eq_int(row(id)->held, 1);
    begin();
    person_hold(&tx, town, id, -1);
    person_hold(&tx, town, id, -1);
    commit();
    eq_int(row(id)->held, 0);
    row(0);
}
ON_EACH_STORE(what_runs_holds_the_record)

static const struct test tests[] = {
    TEST(a_record_is_found),
    TEST(every_member_changes_the_hash),
    TEST(consents_hold_until_withdrawn),
    TEST(a_child_needs_a_guardian),
    TEST(ages_and_bands),
    TEST(a_record_becomes_a_profile),
    TEST(what_is_erased_counts_and_says_nothing),
    TEST(what_runs_holds_the_record),
};
TEST_MAIN(tests)
