/* SPDX-License-Identifier: EUPL-1.2 */
/* People of an organisation: inviting, taking, revoking, and who may not. */
#include "feature/organisation/people.h"

#include "base/clock.h"
#include "base/test.h"
#include "product.h"
#include "web/job.h"
#include "world.h"

#define MAIL "neu@person.example"

static struct product product;
static int64_t town, organisation, other;
static struct visitor manager;
static const char *page;

static struct visitor visitor_of(const char *role, int64_t scope)
{
    return product_sign_in(&product, world_account(&product, town, role, scope));
}

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        organisation = world_organisation(&product, town, "Leseinsel");
        other = world_organisation(&product, town, "Anderer Verein");
        manager = visitor_of("organisation_manager", organisation);
        page = world_path("/stadt/buero/organisationen/{id}/menschen", organisation);
        run();
    }
    clock_set(0);
    product_close(&product);
}

static struct answer invite(const struct visitor *who, const char *role)
{
    const struct http_field fields[] = { { S("mail"), S(MAIL) },
                                         { S("role"), str_from_c(role) },
                                         LAST_FIELD };
    return post(&product, who, page, fields);
}

static struct answer take(const char *link, const char *name)
{
    const struct http_field fields[] = { { S("name"), str_from_c(name) }, LAST_FIELD };
    return post(&product, NULL, link, fields);
}

static struct org_person_rows people_of(int64_t id, struct arena *a)
{
    struct db db;
    must(db_begin(product.app.store, a, &db) == ERR_OK);
    struct org_person_rows rows = org_people(&db, town, id);
    db_end(&db);
    return rows;
}

static struct answer press(const struct visitor *who, const char *name, int64_t id)
{
    const struct http_field fields[] = {
        { str_from_c(name), str_fmt(&t_arena, "%lld", (long long)id) }, LAST_FIELD
    };
    return post(&product, who, page, fields);
}

static void invites_by_link_here(void)
{
    eq_int(invite(&manager, "organisation_member").status, 303);
    const char *link = world_mailed_link(&product, town, MAIL);
    struct answer shown = get(&product, NULL, link);
    ok(answer_says(&shown, "Leseinsel") && answer_says(&shown, "Einladung annehmen"));
    eq_int(people_of(organisation, &t_arena).n, 1); /* looking gives nothing */
    eq_int(take(link, "").status, 422);
    eq_int(take(link, "Neue Person").status, 200);
    struct org_person_rows people = people_of(organisation, &t_arena);
    eq_int(people.n, 2);
    eq_int(take(link, "Noch einmal").status, 410);
    struct answer list = get(&product, &manager, page);
    ok(answer_says(&list, MAIL) && answer_says(&list, "Neue Person"));
    ok(!answer_says(&list, "Offene Einladungen"));
    int64_t id = str_eq(people.v[0].mail, S(MAIL)) ? people.v[0].id : people.v[1].id;
    eq_int(press(&manager, "revoke", id).status, 303);
    eq_int(people_of(organisation, &t_arena).n, 1);
}
ON_EACH_STORE(invites_by_link)

static void withdraws_here(void)
{
    invite(&manager, "organisation_manager");
    const char *link = world_mailed_link(&product, town, MAIL);
    struct arena a;
    struct db db;
    arena_init(&a, 0);
    must(db_begin(product.app.store, &a, &db) == ERR_OK);
    int64_t id = org_invites(&db, town, organisation).v[0].id;
    db_end(&db);
    arena_free(&a);
    struct visitor foreign = visitor_of("organisation_manager", other);
    const struct http_field fields[] = {
        { S("withdraw"), str_fmt(&t_arena, "%lld", (long long)id) }, LAST_FIELD
    };
    eq_int(post(&product, &foreign, world_path("/stadt/buero/organisationen/{id}/menschen", other),
                fields)
               .status,
           404); /* of another organisation */
    eq_int(press(&manager, "withdraw", id).status, 303);
    eq_int(take(link, "Zu spät").status, 410);
    eq_int(people_of(organisation, &t_arena).n, 1);
}
ON_EACH_STORE(withdraws)

static void not_everybody_may_here(void)
{
    struct visitor member = visitor_of("organisation_member", organisation);
    struct visitor foreign = visitor_of("organisation_manager", other);
    eq_int(get(&product, &member, page).status, 403);
    eq_int(invite(&member, "organisation_member").status, 403);
    eq_int(invite(&foreign, "organisation_member").status, 403);
    eq_int(invite(&manager, "city_admin").status, 422);
    eq_int(invite(&manager, "").status, 422);
    /* Neither one's own role, nor that of somebody else's organisation. */
    struct org_person_rows own = people_of(organisation, &t_arena);
    for (size_t i = 0; i < own.n; i++)
        if (own.v[i].account_id == manager.account_id)
            eq_int(press(&manager, "revoke", own.v[i].id).status, 422);
    eq_int(press(&manager, "revoke", people_of(other, &t_arena).v[0].id).status, 404);
    eq_int(people_of(other, &t_arena).n, 1);
}
ON_EACH_STORE(not_everybody_may)

static void forgets_old_invitations_here(void)
{
    invite(&manager, "organisation_member");
    const char *link = world_mailed_link(&product, town, MAIL);
    clock_set(clock_now() + 15 * 86400);
    struct arena a;
    struct job_run run = { .arena = &a };
    arena_init(&a, 0);
    must(job_run_now(&product.app, S("privacy.retention"), &run) == ERR_OK);
    ok(!run.failed);
    struct db db;
    must(db_begin(product.app.store, &a, &db) == ERR_OK);
    eq_int(org_invites(&db, town, organisation).n, 0);
    db_end(&db);
    arena_free(&a);
    eq_int(take(link, "Zu spät").status, 410);
}
ON_EACH_STORE(forgets_old_invitations)

static const struct test tests[] = {
    TEST(invites_by_link),
    TEST(withdraws),
    TEST(not_everybody_may),
    TEST(forgets_old_invitations),
};
TEST_MAIN(tests)
