/* SPDX-License-Identifier: EUPL-1.2 */
/* What the office releases, what it refuses, and whom it trusts. */
#include "feature/opportunity/release.h"

#include "base/test.h"
#include "product.h"
#include "world.h"

#define MAIL "neu@initiative.example"

static struct product product;
static int64_t town, organisation;
static struct visitor staff;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        organisation = world_organisation(&product, town, "Musterverein");
        staff = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
        run();
    }
    product_close(&product);
}

/* ---- what people do ---- */

static struct answer press(const char *link, const char *act)
{
    const struct http_field fields[] = { { S("act"), str_from_c(act) }, LAST_FIELD };
    return post(&product, NULL, link, fields);
}

static struct answer trust(bool yes)
{
    const struct http_field give[] = { { S("trust"), S("1") }, LAST_FIELD };
    const struct http_field take[] = { LAST_FIELD };
    return post(&product, &staff,
                world_path("/stadt/buero/organisationen/{id}/vertrauen", organisation),
                yes ? give : take);
}

static const char *release_page(int64_t id)
{
    return world_path("/stadt/buero/angebote/{id}/freigabe", id);
}

/* What stands in a hidden field of the page. */
static str hidden(const struct answer *page, const char *name)
{
    str begin = str_fmt(&t_arena, "name=\"%s\" value=\"", name);
    ptrdiff_t at = str_find(page->body, begin);
    str rest = at < 0 ? S("") : str_slice(page->body, (size_t)at + begin.n, page->body.n);
    str value = S("");
    str_next(&rest, '"', &value);
    return str_copy(&t_arena, value);
}

/* The office looks at the page and decides. */
static struct answer decide(int64_t id, const char *step, const char *note)
{
    struct answer page = get(&product, &staff, release_page(id));
    const struct http_field fields[] = { { S("step"), str_from_c(step) },
                                         { S("note"), str_from_c(note) },
                                         { S("seen"), hidden(&page, "seen") },
                                         { S("version"), hidden(&page, "version") },
                                         LAST_FIELD };
    return post(&product, &staff, release_page(id), fields);
}

static int64_t offer_of(str title)
{
    struct arena a;
    struct db db;
    int64_t id = 0;
    arena_init(&a, 0);
    must(db_begin(product.app.store, &a, &db) == ERR_OK);
    struct opp_office_row_rows rows = opp_office_list(
        &db, &(struct opp_office_list_in){ .city = town, .state = S(""), .limit = 100 });
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].title, title))
            id = rows.v[i].id;
    db_end(&db);
    arena_free(&a);
    return id;
}

static struct answer public(int64_t id)
{
    return get(&product, NULL, world_path("/stadt/angebote/{id}", id));
}

static bool public_says(int64_t id, const char *text)
{
    struct answer page = public(id);
    return answer_says(&page, text);
}

/* An offer that somebody has entered by link, sent and got released: the link. */
static const char *released(const char *title)
{
    const char *link = world_entry(
        &product, &(struct world_entry){ town, organisation, "Musterverein", MAIL, title });
    eq_int(press(link, "submit").status, 303);
    eq_int(decide(offer_of(str_from_c(title)), "publish", "").status, 303);
    return link;
}

static const struct http_field *form_with_mail(const char *title, const char *mail)
{
    size_t n = 0;
    struct http_field *f = NEW_ARRAY(&t_arena, 64, struct http_field);
    for (const struct http_field *from = world_offer_form(organisation, title); from->name.n;
         from++)
        f[n++] = *from;
    f[n++] = (struct http_field){ S("contact_mail"), str_from_c(mail) };
    return f;
}

/* ---- changes of what is public ---- */

static void a_change_waits_for_release_here(void)
{
    const char *link = released("Vorlesen");
    int64_t id = offer_of(S("Vorlesen"));
    ok(id && public(id).status == 200);
    eq_int(world_mails(&product, S(MAIL)), 1); /* it is on the list */
    eq_int(post(&product, NULL, world_under(link, "/aendern"), form_with_mail("Gekapert", MAIL))
               .status,
           303);
    struct answer now = public(id);
    ok(answer_says(&now, "Vorlesen") && !answer_says(&now, "Gekapert"));
    struct answer mine = get(&product, NULL, link);
    ok(answer_says(&mine, "wartet auf unsere Freigabe"));
    struct answer form = get(&product, NULL, world_under(link, "/aendern"));
    ok(answer_says(&form, "value=\"Gekapert\"")); /* one goes on where one was */

    struct answer queue = get(&product, &staff, "/stadt/buero/freigaben");
    ok(answer_says(&queue, "Vorlesen") && answer_says(&queue, "Änderung"));
    struct answer page = get(&product, &staff, release_page(id));
    ok(answer_says(&page, "Gekapert") && answer_says(&page, "Vorlesen"));
    ok(answer_says(&page, "2 Felder sollen sich ändern")); /* title and contact */
    ok(!public_says(id, "Gekapert"));
    eq_int(decide(id, "accept", "").status, 303);
    now = public(id);
    ok(answer_says(&now, "Gekapert"));
    eq_int(world_mails(&product, S(MAIL)), 2);
    queue = get(&product, &staff, "/stadt/buero/freigaben");
    ok(answer_says(&queue, "Nichts wartet auf Freigabe."));
    eq_int(decide(id, "accept", "").status, 409); /* there is nothing to decide any more */

    struct answer history = get(&product, &staff, world_path("/stadt/buero/angebote/{id}", id));
    ok(answer_says(&history, "Was geändert wurde"));
    ok(answer_says(&history, "der Verlauf nicht auf")); /* of the contact: only that it changed */
}
ON_EACH_STORE(a_change_waits_for_release)

static void a_change_is_declined_with_a_reason_here(void)
{
    const char *link = released("Vorlesen");
    int64_t id = offer_of(S("Vorlesen"));
    post(&product, NULL, world_under(link, "/aendern"), form_with_mail("Erstes", MAIL));
    post(&product, NULL, world_under(link, "/aendern"), form_with_mail("Zweites", MAIL));
    struct answer page = get(&product, &staff, release_page(id));
    ok(answer_says(&page, "Zweites") && !answer_says(&page, "Erstes"));
    eq_int(decide(id, "decline", " ").status, 422);
    eq_int(decide(id, "decline", "Der Titel sagt nicht, was zu tun ist.").status, 303);
    ok(public_says(id, "Vorlesen"));
    struct answer mine = get(&product, NULL, link);
    ok(answer_says(&mine, "Der Titel sagt nicht, was zu tun ist."));
    ok(!answer_says(&mine, "wartet auf unsere Freigabe"));
}
ON_EACH_STORE(a_change_is_declined_with_a_reason)

/* The office decides about what it has seen. */
static void nothing_unseen_is_released_here(void)
{
    const char *link = world_entry(
        &product, &(struct world_entry){ town, organisation, "Musterverein", MAIL, "Vorlesen" });
    press(link, "submit");
    int64_t id = offer_of(S("Vorlesen"));
    struct answer page = get(&product, &staff, release_page(id));
    post(&product, NULL, world_under(link, "/aendern"), form_with_mail("Etwas anderes", MAIL));
    const struct http_field fields[] = { { S("step"), S("publish") },
                                         { S("seen"), S("submitted") },
                                         { S("version"), hidden(&page, "version") },
                                         LAST_FIELD };
    struct answer stale = post(&product, &staff, release_page(id), fields);
    eq_int(stale.status, 409);
    ok(answer_says(&stale, "Etwas anderes"));
    eq_int(public(id).status, 404);
    eq_int(decide(id, "publish", "").status, 303);
    ok(public_says(id, "Etwas anderes"));
}
ON_EACH_STORE(nothing_unseen_is_released)

static void goes_back_with_a_reason_here(void)
{
    const char *link = world_entry(
        &product, &(struct world_entry){ town, organisation, "Musterverein", MAIL, "Vorlesen" });
    press(link, "submit");
    int64_t id = offer_of(S("Vorlesen"));
    eq_int(decide(id, "send_back", "").status, 422);
    eq_int(decide(id, "send_back", "Bitte nennen Sie eine Uhrzeit.").status, 303);
    struct answer mine = get(&product, NULL, link);
    ok(answer_says(&mine, "Bitte nennen Sie eine Uhrzeit."));
    ok(answer_says(&mine, "Ansehen und absenden"));
    eq_int(
        post(&product, NULL, world_under(link, "/aendern"), form_with_mail("Vorlesen um 9", MAIL))
            .status,
        303);
    eq_int(press(link, "submit").status, 303);
    struct answer again = get(&product, &staff, release_page(id));
    ok(answer_says(&again, "Geändert seit Ihrer Rückfrage"));
    ok(answer_says(&again, "<div class=\"t-lines\">Vorlesen um 9</div>")); /* said now … */
    ok(answer_says(&again, "<div class=\"t-lines\">Vorlesen</div>"));      /* … and then */
    ok(!answer_says(&(struct answer){ .body = get(&product, NULL, link).body }, "Uhrzeit"));
    eq_int(decide(id, "reject", "Das ist Werbung.").status, 303);
    eq_int(world_mails(&product, S(MAIL)), 2);
    mine = get(&product, NULL, link);
    ok(answer_says(&mine, "Das ist Werbung."));
    eq_int(press(link, "submit").status, 409); /* it is in the archive */
}
ON_EACH_STORE(goes_back_with_a_reason)

/* ---- trust ---- */

static void trust_needs_a_known_address_here(void)
{
    eq_int(trust(true).status, 303);
    /* Anybody can claim a name: the address says whether it is the organisation. */
    const char *stranger = world_entry(
        &product, &(struct world_entry){ town, organisation, "Musterverein",
                                         "fremd@anderswo.example", "Von einer Fremden" });
    press(stranger, "submit");
    eq_int(public(offer_of(S("Von einer Fremden"))).status, 404);
    const char *own =
        world_entry(&product, &(struct world_entry){ town, organisation, "Musterverein",
                                                     "verein@verein.example", "Vom Verein" });
    press(own, "submit");
    eq_int(public(offer_of(S("Vom Verein"))).status, 200);
    post(&product, NULL, world_under(own, "/aendern"), form_with_mail("Vom Verein!", MAIL));
    ok(public_says(offer_of(S("Vom Verein!")), "Vom Verein!"));
    eq_int(trust(false).status, 303);
    post(&product, NULL, world_under(own, "/aendern"), form_with_mail("Vom Verein?", MAIL));
    ok(!offer_of(S("Vom Verein?")));
}
ON_EACH_STORE(trust_needs_a_known_address)

static void people_of_the_organisation_too_here(void)
{
    struct visitor member = product_sign_in(
        &product, world_account(&product, town, "organisation_member", organisation));
    int64_t id = world_offer(&product, &(struct world_offer){ town, organisation, NULL, "Alt" });
    const char *form = world_path("/stadt/buero/angebote/{id}", id);
    eq_int(post(&product, &member, form, form_with_mail("Neu", "")).status, 303);
    ok(public_says(id, "Alt"));
    eq_int(get(&product, &member, release_page(id)).status, 403);
    trust(true);
    eq_int(post(&product, &member, form, form_with_mail("Neu", "")).status, 303);
    ok(public_says(id, "Neu"));
    eq_int(post(&product, &staff, form, form_with_mail("Vom Amt", "")).status, 303);
    ok(public_says(id, "Vom Amt"));
}
ON_EACH_STORE(people_of_the_organisation_too)

/* The steps of a release belong to their page: by name alone they do nothing. */
static void no_step_by_name_alone_here(void)
{
    int64_t id = world_offer(&product, &(struct world_offer){ town, organisation, NULL, "Alt" });
    static const char *const verbs[] = { "propose", "accept", "decline", "trust" };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        const struct http_field fields[] = { { S("step"), str_from_c(verbs[i]) },
                                             { S("note"), S("Grund") },
                                             LAST_FIELD };
        int status =
            post(&product, &staff, world_path("/stadt/buero/angebote/{id}/status", id), fields)
                .status;
        ok(status == 422 || status == 404);
    }
    const char *link = released("Vorlesen");
    eq_int(press(link, "propose").status, 404);
    eq_int(press(link, "trust").status, 404);
}
ON_EACH_STORE(no_step_by_name_alone)

static const struct test tests[] = {
    TEST(a_change_waits_for_release),  TEST(a_change_is_declined_with_a_reason),
    TEST(nothing_unseen_is_released),  TEST(goes_back_with_a_reason),
    TEST(trust_needs_a_known_address), TEST(people_of_the_organisation_too),
    TEST(no_step_by_name_alone),
};
TEST_MAIN(tests)
