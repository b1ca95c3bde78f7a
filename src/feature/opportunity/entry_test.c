/* SPDX-License-Identifier: EUPL-1.2 */
/* Somebody enters an offer without account: from the address to the release, and what must not be.
 */
#include "feature/opportunity/entry.h"

#include "base/clock.h"
#include "base/test.h"
#include "feature/opportunity/states.h"
#include "feature/organisation/organisation.h"
#include "product.h"
#include "web/job.h"
#include "web/trap.h"
#include "world.h"

#define MAIL "neu@initiative.example"
#define DAY  86400

static struct product product;
static int64_t town, known;
static int64_t start;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        start = clock_now();
        town = world_town(&product, "stadt", "Musterstadt");
        known = world_organisation(&product, town, "Leseinsel e. V.");
        run();
    }
    clock_set(0);
    product_close(&product);
}

/* Reads with a reader of its own, which is gone afterwards. */
struct reading {
    struct arena a;
    struct db db;
};
static void read_begin(struct reading *r)
{
    arena_init(&r->a, 0);
    must(db_begin(product.app.store, &r->a, &r->db) == ERR_OK);
}
static void read_end(struct reading *r)
{
    db_end(&r->db);
    arena_free(&r->a);
}

/* Asks for a link as a person does: the form is on the screen for a while. */
static struct answer ask_for_link(const char *organisation, const char *mail)
{
    static unsigned caller;
    struct answer form = get(&product, NULL, "/stadt/anbieten");
    ptrdiff_t at = str_find(form.body, S("name=\"shown\" value=\""));
    must(at > 0);
    str rest = str_slice(form.body, (size_t)at + 20, form.body.n);
    str shown = S("");
    str_next(&rest, '"', &shown);
    clock_set(clock_now() + 30);
    const struct http_field fields[] = { { S("organisation"), str_from_c(organisation) },
                                         { S("mail"), str_from_c(mail) },
                                         { S("shown"), shown },
                                         LAST_FIELD };
    caller++;
    return product_ask(&product,
                       &(struct ask){ .method = HTTP_POST,
                                      .target = "/stadt/anbieten",
                                      .who = &(struct visitor){ 0 },
                                      .fields = fields,
                                      .peer = str_fmt(&t_arena, "10.1.%u.1", caller % 250) });
}

static struct answer press(const char *link, const char *act)
{
    const struct http_field fields[] = { { S("act"), str_from_c(act) }, LAST_FIELD };
    return post(&product, NULL, link, fields);
}

/* The newest offer of the town with that title; NULL: none. */
static const struct opp_full *offer_named(str title)
{
    struct reading r;
    read_begin(&r);
    struct opp_office_row_rows rows = opp_office_list(
        &r.db, &(struct opp_office_list_in){ .city = town, .state = S(""), .limit = 100 });
    struct opp_full *found = NULL;
    for (size_t i = 0; i < rows.n && !found; i++)
        if (str_eq(rows.v[i].title, title)) {
            found = NEW(&t_arena, struct opp_full);
            *found = *opp_get(&r.db, town, rows.v[i].id);
            found->state = str_copy(&t_arena, found->state);
        }
    read_end(&r);
    return found;
}

static const struct http_field *form_without(const struct http_field *form, str name)
{
    size_t n = 0;
    struct http_field *f = NEW_ARRAY(&t_arena, 64, struct http_field);
    for (const struct http_field *from = form; from->name.n; from++)
        if (!str_eq(from->name, name))
            f[n++] = *from;
    return f;
}

static struct answer office_step(int64_t id, const char *step)
{
    struct visitor staff =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    const struct http_field fields[] = { { S("step"), str_from_c(step) }, LAST_FIELD };
    return post(&product, &staff, world_path("/stadt/buero/angebote/{id}/status", id), fields);
}

/* ---- the whole way ---- */

static void enters_an_offer_by_link_here(void)
{
    eq_int(ask_for_link("Radfreunde Musterstadt", MAIL).status, 303);
    const char *link = world_mailed_link(&product, town, MAIL);
    const char *page = link;
    struct answer first = get(&product, NULL, page);
    eq_int(first.status, 200);
    ok(answer_says(&first, "Radfreunde Musterstadt (neu bei uns)"));
    ok(answer_says(&first, "value=\"" MAIL "\""));
    eq_int(press(link, "submit").status, 404); /* there is nothing to send yet */

    /* Accessibility: not to answer is an error, not to know is not. */
    const struct http_field *form = world_offer_form(0, "Räder flicken");
    struct answer refused =
        post(&product, NULL, world_under(link, "/aendern"), form_without(form, S("access_toilet")));
    eq_int(refused.status, 422);
    ok(answer_says(&refused, "access-error"));
    ok(!offer_named(S("Räder flicken")));
    eq_int(post(&product, NULL, world_under(link, "/aendern"), form).status, 303);
    const struct opp_full *o = offer_named(S("Räder flicken"));
    must(o);
    eq_str(o->state, S("draft"));
    struct answer review = get(&product, NULL, page);
    ok(answer_says(&review, "Ansehen und absenden"));
    ok(answer_says(&review, "Sie lesen vor."));
    ok(!answer_says(&review, "Gibt es das Angebot schon?"));

    /* Nobody else sees the draft, nor the organisation that came with it. */
    eq_int(get(&product, NULL, world_path("/stadt/angebote/{id}", o->id)).status, 404);
    eq_int(get(&product, NULL, world_path("/stadt/organisationen/{id}", o->organisation_id)).status,
           404);
    struct answer list = get(&product, NULL, "/stadt/organisationen");
    ok(!answer_says(&list, "Radfreunde"));

    eq_int(press(link, "submit").status, 303);
    struct answer waits = get(&product, NULL, page);
    ok(answer_says(&waits, "Ihr Angebot liegt bei uns"));
    eq_int(press(link, "publish").status, 404); /* that is the office's */
    eq_int(office_step(o->id, "publish").status, 303);
    eq_int(get(&product, NULL, world_path("/stadt/angebote/{id}", o->id)).status, 200);
    eq_int(get(&product, NULL, world_path("/stadt/organisationen/{id}", o->organisation_id)).status,
           200);
    eq_int(press(link, "pause").status, 303);
    eq_int(press(link, "resume").status, 303);
    eq_int(press(link, "fill").status, 303);
    eq_str(offer_named(S("Räder flicken"))->state, S("filled"));
}
ON_EACH_STORE(enters_an_offer_by_link)

static void robots_and_impatience_here(void)
{
    const struct http_field quick[] = { { S("organisation"), S("Eilig e. V.") },
                                        { S("mail"), S(MAIL) },
                                        LAST_FIELD };
    eq_int(post(&product, NULL, "/stadt/anbieten", quick).status, 422);
    eq_int(world_mails(&product, S(MAIL)), 0);
    for (int i = 0; i < 3; i++)
        eq_int(ask_for_link("Radfreunde", MAIL).status, 303);
    eq_int(ask_for_link("Radfreunde", MAIL).status, 429);
    eq_int(world_mails(&product, S(MAIL)), 3);
    eq_int(ask_for_link("", MAIL).status, 422);
    eq_int(ask_for_link("Radfreunde", "keine Adresse").status, 422);
}
ON_EACH_STORE(robots_and_impatience)

/* ---- which organisation ---- */

static void finds_the_organisation_by_its_name_here(void)
{
    ask_for_link("LESEINSEL", MAIL);
    const char *link = world_mailed_link(&product, town, MAIL);
    struct answer page = get(&product, NULL, link);
    ok(answer_says(&page, "Leseinsel e. V."));
    ok(!answer_says(&page, "neu bei uns"));
    /* One that was not offered cannot be chosen, nor a new one where the town has it. */
    int64_t other = world_organisation(&product, town, "Ganz anderer Verein");
    const char *form = world_under(link, "/aendern");
    eq_int(post(&product, NULL, form, world_offer_form(other, "Gekapert")).status, 422);
    eq_int(post(&product, NULL, form, world_offer_form(0, "Gekapert")).status, 422);
    eq_int(post(&product, NULL, form, world_offer_form(known, "Vorlesen")).status, 303);
    eq_int(offer_named(S("Vorlesen"))->organisation_id, known);
    /* From then on it is this one. */
    eq_int(post(&product, NULL, form, world_offer_form(other, "Gekapert")).status, 422);
}
ON_EACH_STORE(finds_the_organisation_by_its_name)

static void says_what_is_there_already_here(void)
{
    world_offer(&product, &(struct world_offer){ town, known, NULL, "Vorlesen in der Kita" });
    ask_for_link("Leseinsel", MAIL);
    const char *link = world_mailed_link(&product, town, MAIL);
    post(&product, NULL, world_under(link, "/aendern"),
         world_offer_form(known, "Vorlesen in der KiTa!"));
    struct answer review = get(&product, NULL, link);
    ok(answer_says(&review, "Gibt es das Angebot schon?"));
    ok(answer_says(&review, "gleiche Organisation, gleicher Titel"));
    eq_int(press(link, "submit").status, 303); /* the person decides */
}
ON_EACH_STORE(says_what_is_there_already)

/* ---- one link, one offer ---- */

static void copies_with_a_link_of_its_own_here(void)
{
    ask_for_link("Leseinsel", MAIL);
    const char *link = world_mailed_link(&product, town, MAIL);
    const char *form = world_under(link, "/aendern");
    post(&product, NULL, form, world_offer_form(known, "Vorlesen"));
    post(&product, NULL, form, world_offer_form(known, "Vorlesen am Abend"));
    ok(!offer_named(S("Vorlesen"))); /* changed, not a second one */
    struct answer copied = press(link, "kopie");
    eq_int(copied.status, 303);
    str other = header_of(&copied, S("Location"));
    ok(str_find(other, S("/stadt/l/")) >= 0 && str_find(other, str_from_c(link)) < 0);
    eq_int(world_mails(&product, S(MAIL)), 2);
    struct answer page = get(&product, NULL, world_mailed_link(&product, town, MAIL));
    ok(answer_says(&page, "Vorlesen am Abend"));
    ok(answer_says(&page, "Ansehen und absenden"));
}
ON_EACH_STORE(copies_with_a_link_of_its_own)

static void another_town_has_no_such_link_here(void)
{
    world_town(&product, "anderswo", "Anderswo");
    ask_for_link("Leseinsel", MAIL);
    const char *link = world_mailed_link(&product, town, MAIL);
    const char *there = world_under("/anderswo", link + sizeof "/stadt" - 1);
    eq_int(get(&product, NULL, there).status, 410);
    eq_int(post(&product, NULL, world_under(there, "/aendern"), world_offer_form(0, "Dort")).status,
           410);
}
ON_EACH_STORE(another_town_has_no_such_link)

/* ---- what came to nothing ---- */

/* The jobs of a night. */
static void night(void)
{
    static const char *const jobs[] = { "opportunity.tidy", "privacy.retention" };
    for (size_t i = 0; i < 2; i++) {
        struct arena a;
        arena_init(&a, 0);
        struct job_run run = { .arena = &a };
        must(job_run_now(&product.app, str_from_c(jobs[i]), &run) == ERR_OK);
        ok(!run.failed);
        arena_free(&a);
    }
}

static void forgets_what_came_to_nothing_here(void)
{
    ask_for_link("Radfreunde", MAIL);
    const char *link = world_mailed_link(&product, town, MAIL);
    ask_for_link("Bastelkreis", "zwei@initiative.example");
    const char *drafted = world_mailed_link(&product, town, "zwei@initiative.example");
    post(&product, NULL, world_under(drafted, "/aendern"), world_offer_form(0, "Basteln"));
    int64_t organisation = offer_named(S("Basteln"))->organisation_id;
    ask_for_link("Singkreis", "drei@initiative.example");
    const char *sent = world_mailed_link(&product, town, "drei@initiative.example");
    post(&product, NULL, world_under(sent, "/aendern"), world_offer_form(0, "Singen"));
    press(sent, "submit");
    clock_set(start + 31 * DAY);
    night();
    eq_int(get(&product, NULL, link).status, 410);
    eq_int(get(&product, NULL, drafted).status, 200);
    clock_set(start + 91 * DAY);
    night();
    eq_int(get(&product, NULL, drafted).status, 410);
    ok(!offer_named(S("Basteln")));
    struct reading r;
    read_begin(&r);
    ok(!org_standing(&r.db, town, organisation)); /* gone with its only draft */
    read_end(&r);
    eq_int(get(&product, NULL, sent).status, 200);
    ok(offer_named(S("Singen")));
}
ON_EACH_STORE(forgets_what_came_to_nothing)

static const struct test tests[] = {
    TEST(enters_an_offer_by_link),
    TEST(robots_and_impatience),
    TEST(finds_the_organisation_by_its_name),
    TEST(says_what_is_there_already),
    TEST(copies_with_a_link_of_its_own),
    TEST(another_town_has_no_such_link),
    TEST(forgets_what_came_to_nothing),
};
TEST_MAIN(tests)
