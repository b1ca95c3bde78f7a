/* SPDX-License-Identifier: EUPL-1.2 */
/* Who looks after a person, and who comes with an appointment, on both engines. */
#include "base/clock.h"
#include "base/test.h"
#include "feature/advice/advice.h"
#include "feature/appointment/appointment.h"
#include "feature/person/pages.h"
#include "product.h"
#include "web/erasure.h"
#include "world.h"

static struct product product;
static int64_t town;
static struct visitor clerk;
static int64_t person;
static struct db db;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(clock_instant((struct local_time){ .day = { 2026, 11, 23 }, .hour = 9 }));
        town = world_town(&product, "stadt", "Musterstadt");
        clerk = product_sign_in(&product, world_account(&product, town, "counsellor", 0));
        person = world_person(&product, town);
        run();
    }
    product_close(&product);
    clock_set(0);
}

static void look(void)
{
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
}

static const struct person_row *the_person(void)
{
    look();
    const struct person_row *p = person_find(&db, town, person);
    db_end(&db);
    return p;
}

/* ---- who looks after them ---- */

static struct answer assign(int64_t office, int64_t worker, const char *handed)
{
    const struct http_field fields[] = {
        { S("office"), str_fmt(&t_arena, "%lld", (long long)office) },
        { S("worker"), str_fmt(&t_arena, "%lld", (long long)worker) },
        { str_from_c(handed), S("1") },
        LAST_FIELD
    };
    return post(&product, &clerk, world_path("/stadt/buero/personen/{id}/zustaendig", person),
                fields);
}

static size_t consents(void)
{
    look();
    const struct person_consent *c =
        person_consent_now(&db, town, person, S(PERSON_AGREES_HAND_OVER));
    db_end(&db);
    return c != NULL;
}

static void another_office_needs_the_person_here(void)
{
    int64_t bureau = world_office(&product, town);
    int64_t agency = world_office(&product, town);
    eq_int(assign(bureau, clerk.account_id, "x").status, 303); /* the first one needs nobody */
    eq_int(the_person()->office_id.v, bureau);
    eq_int(the_person()->account_id, clerk.account_id);
    struct answer a = assign(agency, clerk.account_id, "x");
    eq_int(a.status, 422);
    ok(answer_says(&a, "Nur mit Einverständnis der Person"));
    eq_int(the_person()->office_id.v, bureau);
    eq_int(consents(), 0);
    eq_int(assign(agency, 0, "handed").status, 303);
    eq_int(the_person()->office_id.v, agency);
    eq_int(the_person()->account_id, 0);
    eq_int(consents(), 1);
    eq_int(assign(bureau, 0, "handed").status, 303); /* back again needs it anew */
    eq_int(consents(), 1);
    a = get(&product, &clerk, world_path("/stadt/buero/personen/{id}", person));
    ok(answer_says(&a, "Zuständigkeit geändert"));
    eq_int(assign(bureau + 1, 0, "handed").status, 422);
    eq_int(assign(0, bureau, "handed").status, 422); /* no account of the office */
}
ON_EACH_STORE(another_office_needs_the_person)

/* ---- who comes with an appointment ---- */

static struct answer meet(int64_t appointment, int64_t whom)
{
    const struct http_field fields[] = {
        { S("person"), str_fmt(&t_arena, "%lld", (long long)whom) }, LAST_FIELD
    };
    return post(&product, &clerk, world_path("/stadt/buero/termine/{id}/person", appointment),
                fields);
}

static void from_a_booking_to_a_case_here(void)
{
    int64_t booked = world_appointment(&product, town);
    const char *page = world_path("/stadt/buero/termine/{id}", booked);
    struct answer a = get(&product, &clerk, page);
    ok(answer_says(&a, "Wer kommt?"));
    a = get(&product, &clerk, world_path("/stadt/buero/personen/neu?termin={id}", booked));
    ok(answer_says(&a, "value=\"Erika Beispiel\"")); /* what was typed is taken over */
    ok(answer_says(&a, "value=\"0451 000-1\""));
    const struct http_field fields[] = { { S("name"), S("Erika Beispiel") },
                                         { S("phone"), S("0451 000-1") },
                                         { S("agree_keep"), S("1") },
                                         { S("termin"),
                                           str_fmt(&t_arena, "%lld", (long long)booked) },
                                         LAST_FIELD };
    a = post(&product, &clerk, "/stadt/buero/personen/neu", fields);
    eq_int(a.status, 303);
    const char *whom = str_to_c(&t_arena, header_of(&a, S("Location")));
    a = get(&product, &clerk, whom);
    ok(answer_says(&a, "Termine"));
    ok(answer_says(&a, page)); /* their page lists it */

    a = get(&product, &clerk, page);
    ok(answer_says(&a, whom));
    const char *begin = world_path("/stadt/buero/termine/{id}/beratung", booked);
    a = post(&product, &clerk, begin, NULL);
    eq_int(a.status, 303);
    str advice = header_of(&a, S("Location"));
    ok(str_starts(advice, S("/stadt/buero/beratungen/")));
    a = post(&product, &clerk, begin, NULL); /* once: the same case */
    eq_str(header_of(&a, S("Location")), advice);
    a = get(&product, &clerk, str_to_c(&t_arena, advice));
    ok(answer_says(&a, "Erika Beispiel"));
    a = get(&product, &clerk, page);
    ok(answer_says(&a, "Person zugeordnet"));
    ok(answer_says(&a, "Beratung begonnen"));
    eq_int(meet(booked, person).status, 409); /* the case has begun with her */
}
ON_EACH_STORE(from_a_booking_to_a_case)

/* Somebody known is suggested, chosen, and goes with all appointments. */
static void appointments_go_with_the_person_here(void)
{
    int64_t booked = world_appointment(&product, town);
    eq_int(post(&product, &clerk, world_path("/stadt/buero/termine/{id}/beratung", booked), NULL)
               .status,
           409); /* nobody has said who comes */
    eq_int(meet(booked, booked).status, 404);
    eq_int(meet(booked, person).status, 303);
    eq_int(meet(booked, 0).status, 303);
    look();
    ok(!appointment_get(&db, town, booked)->person_id.has);
    db_end(&db);
    eq_int(meet(booked, person).status, 303);
    look();
    eq_int(appointment_get(&db, town, booked)->person_id.v, person);
    db_end(&db);
    struct tx tx;
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    erasure_do(&tx, privacy_table_get(S("person")),
               &(struct erasure){
                   .app = &product.app, .city_id = town, .id = person, .why = ERASE_BY_PERSON });
    eq_int(tx_commit(&tx), ERR_OK);
    look();
    ok(!appointment_get(&db, town, booked));
    db_end(&db);
}
ON_EACH_STORE(appointments_go_with_the_person)

static const struct test tests[] = {
    TEST(another_office_needs_the_person),
    TEST(from_a_booking_to_a_case),
    TEST(appointments_go_with_the_person),
};
TEST_MAIN(tests)
