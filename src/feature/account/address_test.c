/* SPDX-License-Identifier: EUPL-1.2 */
/* A new mail address: confirmed from the new mailbox, undone from the old one; both engines. */
#include "base/clock.h"
#include "base/test.h"
#include "product.h"
#include "web.sql.h"
#include "world.h"

#define NOON 1790000010

static struct product product;
static int64_t town, account;
static struct visitor browser;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(NOON);
        town = world_town(&product, "stadt", "Musterstadt");
        account = world_account(&product, town, NULL, 0);
        browser = product_sign_in(&product, account);
        run();
    }
    clock_set(0);
    product_close(&product);
}

static str old_mail(void)
{
    return str_fmt(&t_arena, "p%lld@person.example", (long long)account);
}

/* The account's address now. */
static str mail_now(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct account_row *row = account_by_id(&db, account);
    db_end(&db);
    return row->mail;
}

/* The path of the link in the newest mail to an address; empty: no mail, or none in it. */
static const char *link_to_mailbox(str mail)
{
    struct db db;
    str text = S("");
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct mail_due_row_rows rows = mail_due(&db, clock_now());
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].recipient, mail))
            text = rows.v[i].body_text;
    db_end(&db);
    ptrdiff_t at = str_find(text, S("/stadt/l/"));
    str rest = at < 0 ? S("") : str_slice(text, (size_t)at, text.n);
    str line = S("");
    str_next(&rest, '\n', &line);
    return str_to_c(&t_arena, line);
}

static struct answer wish(const char *mail)
{
    struct http_field form[] = { { S("mail"), str_from_c(mail) }, LAST_FIELD };
    return post(&product, &browser, "/stadt/konto/adresse", form);
}

static void counts_once_it_is_confirmed_here(void)
{
    struct visitor other = product_sign_in(&product, account);
    str sign_in = str_fmt(&t_arena, "/stadt/l/%.*s", STR_FMT(world_link(&product, town, account)));
    eq_int(wish("neu@person.example").status, 303);
    eq_str(mail_now(), old_mail());
    const char *link = link_to_mailbox(S("neu@person.example"));
    ok(*link);
    ok(!*link_to_mailbox(old_mail()));
    eq_int(get(&product, NULL, link).status, 200);
    eq_str(mail_now(), old_mail()); /* GET shows, POST acts */
    eq_int(post(&product, &browser, link, NULL).status, 303);
    eq_str(mail_now(), S("neu@person.example"));
    eq_int(post(&product, &browser, link, NULL).status, 410);
    eq_int(get(&product, &browser, "/stadt/konto").status, 200);
    eq_int(get(&product, &other, "/stadt/konto").status, 303);
    eq_int(post(&product, NULL, str_to_c(&t_arena, sign_in), NULL).status, 410);
}
ON_EACH_STORE(counts_once_it_is_confirmed)

static void can_be_undone_from_the_old_mailbox_here(void)
{
    wish("neu@person.example");
    post(&product, NULL, link_to_mailbox(S("neu@person.example")), NULL);
    const char *undo = link_to_mailbox(old_mail());
    ok(*undo);
    clock_set(NOON + 6 * 86400);
    struct visitor thief = product_sign_in(&product, account);
    eq_int(get(&product, NULL, undo).status, 200);
    eq_int(post(&product, NULL, undo, NULL).status, 303);
    eq_str(mail_now(), old_mail());
    eq_int(get(&product, &thief, "/stadt/konto").status, 303);
}
ON_EACH_STORE(can_be_undone_from_the_old_mailbox)

/* Two changes in a row, and the second one undone, do not take the first owner's way back. */
static void a_chain_does_not_hide_the_owner_here(void)
{
    wish("dieb@person.example");
    post(&product, &browser, link_to_mailbox(S("dieb@person.example")), NULL);
    const char *owners = link_to_mailbox(old_mail());
    clock_set(NOON + 60);
    wish("dieb2@person.example");
    post(&product, &browser, link_to_mailbox(S("dieb2@person.example")), NULL);
    const char *thiefs = link_to_mailbox(S("dieb@person.example"));
    eq_int(post(&product, NULL, thiefs, NULL).status, 303);
    eq_str(mail_now(), S("dieb@person.example"));
    eq_int(post(&product, NULL, owners, NULL).status, 303);
    eq_str(mail_now(), old_mail());
    eq_int(post(&product, NULL, thiefs, NULL).status, 410);
}
ON_EACH_STORE(a_chain_does_not_hide_the_owner)

static void links_end_here(void)
{
    wish("neu@person.example");
    const char *link = link_to_mailbox(S("neu@person.example"));
    clock_set(NOON + 86400 + 1);
    eq_int(post(&product, NULL, link, NULL).status, 410);
    eq_str(mail_now(), old_mail());
    clock_set(NOON + 86400 + 700);
    browser = product_sign_in(&product, account);
    wish("neu@person.example");
    post(&product, NULL, link_to_mailbox(S("neu@person.example")), NULL);
    eq_str(mail_now(), S("neu@person.example"));
    const char *undo = link_to_mailbox(old_mail());
    clock_set(NOON + 9 * 86400);
    eq_int(post(&product, NULL, undo, NULL).status, 410);
    eq_str(mail_now(), S("neu@person.example"));
}
ON_EACH_STORE(links_end)

/* The page says the same, whether the wished address has an account or not. */
static void tells_nobody_who_has_an_account_here(void)
{
    int64_t other = world_account(&product, town, NULL, 0);
    str taken = str_fmt(&t_arena, "p%lld@person.example", (long long)other);
    struct answer a = wish(str_to_c(&t_arena, taken));
    struct answer b = wish("frei@person.example");
    eq_int(a.status, 303);
    eq_int(b.status, a.status);
    eq_str(header_of(&b, S("Location")), header_of(&a, S("Location")));
    ok(!*link_to_mailbox(taken));
    eq_int(wish(str_to_c(&t_arena, old_mail())).status, 422);
    product_make_stale(&product, &browser);
    eq_int(wish("frei2@person.example").status, 307);
}
ON_EACH_STORE(tells_nobody_who_has_an_account)

static const struct test tests[] = {
    TEST(counts_once_it_is_confirmed),     TEST(can_be_undone_from_the_old_mailbox),
    TEST(a_chain_does_not_hide_the_owner), TEST(links_end),
    TEST(tells_nobody_who_has_an_account),
};
TEST_MAIN(tests)
