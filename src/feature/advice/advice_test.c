/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Advice cases by their pages, on both engines: hand-over between two offices, accepted and
 * declined, only with the person's agreement; protocols that stay sealed and tell who read them;
 * forms that come too late and lose nothing.
 */
#include "feature/advice/stage_test.h"
#include "feature/person/person.h"
#include "person.sql.h"

static struct answer to_case(const struct visitor *who, int64_t id, const char *part,
                             const struct http_field *fields)
{
    const char *page = world_path(CASES "{id}", id);
    const char *target = str_to_c(&t_arena, str_fmt(&t_arena, "%s/%s", page, part));
    return post(&product, who, target, fields);
}

static struct answer page_of(const struct visitor *who, int64_t id)
{
    return get(&product, who, world_path(CASES "{id}", id));
}

/* ---- steps and talks ---- */

static struct answer step(const struct visitor *who, int64_t id, const char *verb)
{
    const struct http_field fields[] = { { S("step"), str_from_c(verb) }, LAST_FIELD };
    return to_case(who, id, "schritt", fields);
}

static struct answer talk(const struct visitor *who, int64_t id, str seen, const char *protocol)
{
    const struct http_field fields[] = { { S("seen"), seen },
                                         { S("held_on"), S("2.3.2026") },
                                         { S("channel"), S("video") },
                                         { S("minutes"), S("45") },
                                         { S("protocol"), str_from_c(protocol) },
                                         LAST_FIELD };
    return to_case(who, id, "gespraech", fields);
}

/* ---- hand-over ---- */

static struct answer hand_over(int64_t id, int64_t office, const char *reason, bool agreed)
{
    struct http_field fields[] = { { S("seen"), mark_of(id) },
                                   { S("office"), str_from_c(number(office)) },
                                   { S("reason"), str_from_c(reason) },
                                   { agreed ? S("agreed") : S("x"), S("1") },
                                   LAST_FIELD };
    return to_case(&here, id, "uebergeben", fields);
}

static struct answer answered(const struct visitor *who, int64_t id, const char *verb,
                              const char *reason)
{
    const struct http_field fields[] = { { S("seen"), mark_of(id) },
                                         { S("step"), str_from_c(verb) },
                                         { S("reason"), str_from_c(reason) },
                                         LAST_FIELD };
    return to_case(who, id, "uebernahme", fields);
}

/* Consents to hand this case over that hold now. */
static int consents(int64_t id)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct person_consent *c = person_consent_now(&db, town, id, S(ADVICE_AGREES_HAND_OVER));
    db_end(&db);
    return c != NULL;
}

static void handed_over_only_if_agreed_here(void)
{
    int64_t id = a_case();
    eq_int(talk(&here, id, mark_of(id), "").status, 303);
    struct answer a = hand_over(id, agency, "Dort gibt es Lesepaten", false);
    eq_int(a.status, 422);
    ok(answer_says(&a, "Ohne Einverständnis"));
    ok(answer_says(&a, "Dort gibt es Lesepaten")); /* what was typed is kept */
    eq_int(hand_over(id, agency, "", true).status, 422);
    eq_int(hand_over(id, bureau, "Zu uns selbst", true).status, 422);
    ok(!look(id).handed_at && look(id).office_id.v == bureau);
    eq_int(consents(id), 0);
    eq_int(hand_over(id, agency, "Dort gibt es Lesepaten", true).status, 303);
    ok(look(id).handed_at && look(id).office_id.v == agency && !look(id).account_id);
    eq_int(consents(id), 1);
    ok(state_is(id, "advised"));
}
ON_EACH_STORE(handed_over_only_if_agreed)

static void accepted_here(void)
{
    int64_t id = a_case();
    struct answer a = answered(&there, id, "accept", "");
    eq_int(a.status, 422); /* nobody handed it over */
    ok(answer_says(&a, "wartet auf keine Übernahme"));
    eq_int(hand_over(id, agency, "Dort gibt es Lesepaten", true).status, 303);
    a = step(&here, id, "close");
    eq_int(a.status, 422);
    ok(answer_says(&a, "nimmt ihn zuerst an"));
    a = hand_over(id, bureau, "Doch nicht", true);
    eq_int(a.status, 422);
    a = page_of(&there, id);
    ok(answer_says(&a, "Fall annehmen"));
    a = get(&product, &there, "/stadt/buero/beratungen?handed=1");
    ok(answer_says(&a, "noch nicht angenommen"));
    eq_int(answered(&there, id, "accept", "").status, 303);
    ok(!look(id).handed_at && look(id).account_id == counsellor_there);
    eq_int(look(id).office_id.v, agency);
    eq_int(answered(&there, id, "accept", "").status, 422); /* once */
    a = get(&product, &there, "/stadt/buero/beratungen?handed=1");
    ok(!answer_says(&a, "noch nicht angenommen"));
    eq_int(step(&there, id, "close").status, 303);
    ok(state_is(id, "closed"));
    eq_int(consents(id), 1); /* they read it still */
}
ON_EACH_STORE(accepted)

static void declined_here(void)
{
    int64_t id = a_case();
    eq_int(talk(&here, id, mark_of(id), "").status, 303); /* from now on it is theirs */
    eq_int(hand_over(id, agency, "Dort gibt es Lesepaten", true).status, 303);
    struct answer a = answered(&there, id, "decline", " ");
    eq_int(a.status, 422);
    ok(look(id).handed_at);
    eq_int(answered(&there, id, "decline", "Wir sind zu dritt krank").status, 303);
    ok(!look(id).handed_at && look(id).office_id.v == bureau);
    eq_int(look(id).account_id, counsellor_here); /* back to whom it came from */
    eq_int(consents(id), 0);
    eq_str(events_of(id).v[0].note, S("Wir sind zu dritt krank"));
    a = page_of(&here, id);
    ok(answer_says(&a, "Übergabe abgelehnt"));
    eq_int(hand_over(id, agency, "Noch einmal besprochen", true).status, 303);
}
ON_EACH_STORE(declined)

/* ---- protocols ---- */

#define SECRET "kanarie-aus-dem-gespraech"

static size_t readings(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    size_t n = read_log_list(&db, town).n;
    db_end(&db);
    return n;
}

static void protocols_are_sealed_here(void)
{
    static const struct http_field none[] = { LAST_FIELD };
    int64_t id = a_case();
    eq_int(talk(&here, id, mark_of(id), SECRET).status, 303);
    ok(str_find(talks_of(id).v[0].protocol.box, S("kanarie")) < 0);
    struct answer a = page_of(&here, id);
    ok(!answer_says(&a, SECRET) && answer_says(&a, "Protokoll, versiegelt"));
    size_t before = readings();
    a = to_case(&here, id, "protokolle", none);
    eq_int(a.status, 200);
    ok(answer_says(&a, SECRET));
    ok(answer_says(&a, "value=\"02.03.2026\"")); /* the form for the next talk keeps its day */
    eq_int(readings(), before + 1);
    struct visitor auditor = product_sign_in(&product, world_account(&product, town, "auditor", 0));
    a = to_case(&auditor, id, "protokolle", none);
    eq_int(a.status, 403);
    ok(!answer_says(&a, SECRET));
    eq_int(readings(), before + 1);
    /* Handed over, it stays sealed for whoever gets it, and tells of them as well. */
    eq_int(hand_over(id, agency, "Dort gibt es Lesepaten", true).status, 303);
    a = page_of(&there, id);
    ok(!answer_says(&a, SECRET));
    a = to_case(&there, id, "protokolle", none);
    ok(answer_says(&a, SECRET));
    eq_int(readings(), before + 2);
}
ON_EACH_STORE(protocols_are_sealed)

/* ---- too late ---- */

static void nothing_typed_is_lost_here(void)
{
    int64_t id = a_case();
    str seen = mark_of(id); /* both have the page open */
    eq_int(talk(&there, id, seen, "Zuerst").status, 303);
    struct answer a = talk(&here, id, seen, "Was ich gehört habe");
    eq_int(a.status, 409);
    ok(answer_says(&a, "Inzwischen hat jemand an diesem Fall gearbeitet"));
    ok(answer_says(&a, "Was ich gehört habe"));
    ok(answer_says(&a, "value=\"45\""));
    eq_int(talks_of(id).n, 1);
    eq_int(talk(&here, id, mark_of(id), "Was ich gehört habe").status, 303);
    eq_int(talks_of(id).n, 2);
    /* Closed meanwhile: the talk was held all the same. */
    seen = mark_of(id);
    eq_int(step(&there, id, "close").status, 303);
    a = talk(&here, id, seen, "Noch ein Anruf");
    eq_int(a.status, 409);
    ok(answer_says(&a, "Noch ein Anruf"));
    eq_int(talk(&here, id, mark_of(id), "Noch ein Anruf").status, 303);
    ok(state_is(id, "closed"));
    eq_int(talks_of(id).n, 3);
}
ON_EACH_STORE(nothing_typed_is_lost)

static void one_case_not_two_here(void)
{
    int64_t person = world_person(&product, town);
    int64_t id = a_case_of(person);
    struct answer a = begin(person, 0);
    eq_int(a.status, 409);
    ok(answer_says(&a, "inzwischen schon jemand eine Beratung begonnen"));
    ok(answer_says(&a, "Möchte mit Kindern lesen"));
    eq_int(begin(person, 1).status, 303); /* meant so */
    struct answer list =
        get(&product, &here, world_path("/stadt/buero/beratungen?person={id}", person));
    ok(answer_says(&list, number(id)));
}
ON_EACH_STORE(one_case_not_two)

static const struct test tests[] = {
    TEST(handed_over_only_if_agreed),
    TEST(accepted),
    TEST(declined),
    TEST(protocols_are_sealed),
    TEST(nothing_typed_is_lost),
    TEST(one_case_not_two),
};
TEST_MAIN(tests)
