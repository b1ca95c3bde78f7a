/* SPDX-License-Identifier: EUPL-1.2 */
/* The town's accounts, and signing somebody out everywhere, on both engines. */
#include "base/clock.h"
#include "base/test.h"
#include "feature/account/account.h"
#include "product.h"
#include "world.h"

static struct product product;
static int64_t town;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        run();
    }
    product_close(&product);
}

static str mail_of(int64_t account)
{
    return str_fmt(&t_arena, "p%lld@person.example", (long long)account);
}

static const char *page_of(int64_t account)
{
    return world_path("/stadt/buero/konten/{id}", account);
}

static struct answer sign_out(const struct visitor *v, int64_t account)
{
    return post(&product, v, world_path("/stadt/buero/konten/{id}/abmelden", account), NULL);
}

static void lists_who_holds_a_role_here(void)
{
    int64_t admin = world_account(&product, town, "city_admin", 0);
    int64_t clerk = world_account(&product, town, "office_staff", 0);
    int64_t stranger = world_account(&product, town, NULL, 0);
    int64_t elsewhere = world_town(&product, "dorf", "Musterdorf");
    int64_t neighbour = world_account(&product, elsewhere, "office_staff", 0);
    struct visitor v = product_sign_in(&product, admin);
    struct answer a = get(&product, &v, "/stadt/buero/konten");
    eq_int(a.status, 200);
    ok(str_find(a.body, mail_of(clerk)) > 0);
    ok(str_find(a.body, mail_of(stranger)) < 0 && str_find(a.body, mail_of(neighbour)) < 0);
    eq_int(get(&product, &v, page_of(clerk)).status, 200);
    eq_int(get(&product, &v, page_of(stranger)).status, 404);
    eq_int(get(&product, &v, page_of(neighbour)).status, 404);
    struct visitor w = product_sign_in(&product, clerk);
    eq_int(get(&product, &w, "/stadt/buero/konten").status, 403);
}
ON_EACH_STORE(lists_who_holds_a_role)

static void a_lost_phone_is_signed_out_here(void)
{
    int64_t admin = world_account(&product, town, "city_admin", 0);
    int64_t clerk = world_account(&product, town, "office_staff", 0);
    struct visitor v = product_sign_in(&product, admin);
    struct visitor phone = product_sign_in(&product, clerk);
    struct visitor desk = product_sign_in(&product, clerk);
    str link = world_link(&product, town, clerk);
    struct answer page = get(&product, &v, page_of(clerk));
    ok(answer_says(&page, "/abmelden\""));
    eq_int(sign_out(&v, clerk).status, 303);
    eq_int(get(&product, &phone, "/stadt/konto").status, 303);
    eq_int(get(&product, &desk, "/stadt/konto").status, 303);
    eq_int(get(&product, &v, "/stadt/konto").status, 200);
    /* The link that waited in the mailbox on that phone, too. */
    const char *path = str_to_c(&t_arena, str_fmt(&t_arena, "/stadt/l/%.*s", STR_FMT(link)));
    eq_int(get(&product, NULL, path).status, 410);
    eq_int(world_mails(&product, mail_of(clerk)), 1);
    struct answer trail = get(&product, &v, "/stadt/buero/protokoll");
    ok(answer_says(&trail, "Jemanden überall abgemeldet"));
    page = get(&product, &v, page_of(clerk));
    ok(answer_says(&page, "nirgends angemeldet"));
}
ON_EACH_STORE(a_lost_phone_is_signed_out)

static void only_of_this_town_and_with_a_proof_here(void)
{
    int64_t admin = world_account(&product, town, "city_admin", 0);
    int64_t clerk = world_account(&product, town, "office_staff", 0);
    int64_t auditor = world_account(&product, town, "auditor", 0);
    int64_t stranger = world_account(&product, town, NULL, 0);
    struct visitor theirs = product_sign_in(&product, stranger);
    struct visitor v = product_sign_in(&product, admin);
    struct visitor reader = product_sign_in(&product, auditor);
    eq_int(sign_out(&v, stranger).status, 404);
    eq_int(get(&product, &theirs, "/stadt/konto").status, 200);
    eq_int(sign_out(&v, admin).status, 404); /* oneself: under "my account" */
    struct answer page = get(&product, &reader, page_of(clerk));
    ok(page.status == 200 && !answer_says(&page, "/abmelden\" "));
    eq_int(sign_out(&reader, clerk).status, 403);
    product_make_stale(&product, &v);
    eq_int(sign_out(&v, clerk).status, 307);
    eq_int(world_mails(&product, mail_of(clerk)), 0);
}
ON_EACH_STORE(only_of_this_town_and_with_a_proof)

static const struct test tests[] = {
    TEST(lists_who_holds_a_role),
    TEST(a_lost_phone_is_signed_out),
    TEST(only_of_this_town_and_with_a_proof),
};
TEST_MAIN(tests)
