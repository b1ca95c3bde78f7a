/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The desk inside the whole program: ranking, weights, comparison, sheet and mail for a person; and
 * who fits an offer, with consents that come and go.
 */
#include "base/clock.h"
#include "base/test.h"
#include "feature/opportunity/opportunity.h"
#include "feature/person/person.h"
#include "product.h"
#include "web/city.h"
#include "world.h"

static struct product product;
static int64_t town, far_town, club;
static struct visitor counsellor, volunteer;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Stadt");
        far_town = world_town(&product, "fern", "Fern");
        club = world_organisation(&product, town, "Verein");
        counsellor = product_sign_in(&product, world_account(&product, town, "counsellor", 0));
        volunteer = product_sign_in(&product, world_account(&product, town, "volunteer", 0));
        run();
    }
    product_close(&product);
}

/* ---- a world ---- */

struct wanted {
    const char *title;
    int64_t fields;
    const char *skills;
    int64_t min_age;
    double lat; /* 0: no point */
};

static int64_t offer_new(const struct wanted *w)
{
    int64_t id = world_offer(&product, &(struct world_offer){ town, club, NULL, w->title });
    struct tx tx;
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    const struct opp_full *o = opp_get(&tx.db, town, id);
    struct opp_form f = opportunity_said(o);
    f.fields = w->fields;
    f.skills = str_from_c(w->skills);
    f.min_age = w->min_age;
    if (w->lat > 0) {
        f.lat = some_real(w->lat);
        f.lon = some_real(10.68);
    }
    opportunity_save(
        &tx, id, &(struct opp_arrival){ .city_id = town, .organisation_id = o->organisation_id },
        &f);
    must(tx_commit(&tx) == ERR_OK);
    return id;
}

static struct person_form somebody(void)
{
    return (struct person_form){ .name = S("Muster von der Heide"),
                                 .lang = S("de"),
                                 .mail = S("heide@beispiel.example"),
                                 .birth_year = clock_today().year - 30,
                                 .like_fields = 1 << FIELD_sport,
                                 .rather_not_fields = 1 << FIELD_ageing,
                                 .never_fields = 1 << FIELD_church_religion,
                                 .skills = S("Klavier"),
                                 .postcode = S("23552"),
                                 .lat = some_real(53.86),
                                 .lon = some_real(10.68) };
}

static int64_t person_stored(int64_t city, const struct person_form *f)
{
    struct tx tx;
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    int64_t id = person_new(&tx, &(struct person_arrival){ .city_id = city }, f);
    must(tx_commit(&tx) == ERR_OK);
    return id;
}

/* Agrees to be proposed, or withdraws it. */
static void consent(int64_t city, int64_t person, bool agrees)
{
    struct tx tx;
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &tx.db, &cities, city_by_id(&cities, city));
    if (agrees)
        person_agree(&rq, &tx,
                     &(struct person_consent_given){ .person_id = person,
                                                     .mail = S("heide@beispiel.example"),
                                                     .purpose = S(PERSON_AGREES_PROPOSE),
                                                     .channel = S("office") });
    else
        person_withdraw(&rq, &tx, person, S(PERSON_AGREES_PROPOSE));
    city_list_end(product.app.cities, &cities);
    must(tx_commit(&tx) == ERR_OK);
}

static const char *path(const char *format, int64_t id, const char *rest)
{
    str p = str_fmt(&t_arena, "%s%s", world_path(format, id), rest);
    return str_to_c(&t_arena, p);
}

static int64_t at(const struct answer *a, const char *text)
{
    return str_find(a->body, str_from_c(text));
}

/* ---- what fits a person ---- */

static int64_t sport, piano, old, church;

static int64_t fill(void)
{
    struct person_form f = somebody();
    sport = offer_new(&(struct wanted){ "Turnen für alle", 1 << FIELD_sport, "", 0, 53.95 });
    piano = offer_new(&(struct wanted){ "Klavier im Heim", 1 << FIELD_culture, "", 0, 53.86 });
    old = offer_new(&(struct wanted){ "Kaffee mit Gästen", 1 << FIELD_ageing, "", 0, 53.86 });
    church = offer_new(&(struct wanted){ "Messe begleiten", 1 << FIELD_church_religion, "", 0, 0 });
    offer_new(&(struct wanted){ "Nur für Ältere", 1 << FIELD_sport, "", 60, 0 });
    return person_stored(town, &f);
}

static void ranks_with_reasons_here(void)
{
    int64_t person = fill();
    struct answer a =
        get(&product, &counsellor, path("/stadt/buero/personen/{id}/passt", person, ""));
    eq_int(a.status, 200);
    ok(answer_says(&a, "3 Angebote kommen infrage"));
    ok(at(&a, "Klavier im Heim") >= 0 && at(&a, "Turnen für alle") >= 0);
    ok(answer_says(&a, "Es hat mit Ihren Stichworten zu tun: Klavier."));
    ok(answer_says(&a, "Das möchten Sie eher nicht: Leben im Alter."));
    ok(!answer_says(&a, "Messe begleiten"));
    ok(!answer_says(&a, "Nur für Ältere"));
    ok(at(&a, "Turnen für alle") < at(&a, "Kaffee mit Gästen"));
    /* Who may not, and whose town it is not. */
    a = get(&product, &volunteer, path("/stadt/buero/personen/{id}/passt", person, ""));
    eq_int(a.status, 403);
    a = get(&product, &counsellor, path("/fern/buero/personen/{id}/passt", person, ""));
    ok(a.status == 403 || a.status == 404);
    struct person_form f = somebody();
    int64_t other = person_stored(far_town, &f);
    a = get(&product, &counsellor, path("/stadt/buero/personen/{id}/passt", other, ""));
    eq_int(a.status, 404);
}
ON_EACH_STORE(ranks_with_reasons)

static void says_what_excludes_here(void)
{
    int64_t person = fill();
    struct answer a =
        get(&product, &counsellor, path("/stadt/buero/personen/{id}/passt", person, ""));
    ok(answer_says(&a, "<th scope=\"row\">Möchte die Person nicht</th>"));
    ok(answer_says(&a, "<td data-th=\"Angabe\">Kirche und Religion</td>"));
    ok(answer_says(&a, "<td data-th=\"Angabe\">mindestens 29</td>"));
    str hard = str_slice(a.body, (size_t)at(&a, "id=\"hart\""), a.body.n);
    struct answer section = { .body = hard };
    int64_t never = at(&section, "Möchte die Person nicht"),
            age = at(&section, "<th scope=\"row\">Alter");
    ok(str_find(str_slice(hard, (size_t)never, (size_t)never + 300), S(">1</td>")) >= 0);
    ok(str_find(str_slice(hard, (size_t)age, (size_t)age + 300), S(">1</td>")) >= 0);
    ok(!answer_says(&section, "<th scope=\"row\">Sprachen</th>")); /* not set: no line */
}
ON_EACH_STORE(says_what_excludes)

static void weights_act_here(void)
{
    int64_t person = fill();
    struct answer a = get(
        &product, &counsellor,
        path("/stadt/buero/personen/{id}/passt", person, "?w_said=400&w_field=0&w_distance=400"));
    ok(at(&a, "Klavier im Heim") < at(&a, "Turnen für alle"));
    a = get(&product, &counsellor,
            path("/stadt/buero/personen/{id}/passt", person, "?w_said=0&w_field=400&w_distance=0"));
    ok(at(&a, "Turnen für alle") < at(&a, "Klavier im Heim"));
    ok(answer_says(&a, "sonst Platz"));
    ok(answer_says(&a, "<option value=\"400\" selected>"));
    ok(!answer_says(&a, "Ihren Stichworten zu tun")); /* what does not count is no reason */
    a = get(&product, &counsellor,
            path("/stadt/buero/personen/{id}/passt", person, "?w_said=7&w_field=-1"));
    ok(!answer_says(&a, "sonst Platz")); /* not on offer: as usual */
    a = get(&product, &counsellor,
            path("/stadt/buero/personen/{id}/passt", person, "?words=G%C3%A4sten"));
    ok(answer_says(&a, "Es hat mit Ihren Stichworten zu tun: Gästen."));
}
ON_EACH_STORE(weights_act)

static const char *basket(const char *view, const int64_t *ids, size_t n)
{
    str all = str_fmt(&t_arena, "?view=%s", view);
    for (size_t i = 0; i < n; i++)
        all = str_fmt(&t_arena, "%.*s&offer=%lld", STR_FMT(all), (long long)ids[i]);
    return str_to_c(&t_arena, all);
}

static void compares_up_to_four_here(void)
{
    int64_t person = fill();
    int64_t fifth = offer_new(&(struct wanted){ "Das fünfte", 1 << FIELD_sport, "", 0, 0 });
    const int64_t ids[] = { sport, piano, old, church, fifth, 4711 };
    struct answer a =
        get(&product, &counsellor,
            path("/stadt/buero/personen/{id}/passt", person, basket("compare", ids, 6)));
    eq_int(a.status, 200);
    ok(answer_says(&a, "die ersten 4"));
    ok(answer_says(&a, "Messe begleiten") && !answer_says(&a, "Das fünfte"));
    ok(answer_says(&a, "Es ist etwas, das Sie nicht möchten."));
    a = get(&product, &counsellor,
            path("/stadt/buero/personen/{id}/passt", person, basket("", ids, 2)));
    ok(answer_says(&a, "Korb (2)"));
    ok(answer_says(&a, "Im Korb"));
    ok(answer_says(&a, "name=\"view\" value=\"compare\""));
}
ON_EACH_STORE(compares_up_to_four)

/* ---- the sheet ---- */

static void mails_once_a_day_here(void)
{
    int64_t person = fill();
    char first[24];
    snprintf(first, sizeof first, "%lld", (long long)sport);
    const struct http_field fields[] = { { S("offer"), str_from_c(first) },
                                         { S("in"), S("de-simple") },
                                         LAST_FIELD };
    const char *to = world_path("/stadt/buero/personen/{id}/vorschlag", person);
    struct answer a =
        get(&product, &counsellor,
            path("/stadt/buero/personen/{id}/passt", person, basket("sheet", &sport, 1)));
    ok(answer_says(&a, "heide@beispiel.example"));
    eq_int(post(&product, &volunteer, to, fields).status, 403);
    eq_int(world_mails(&product, S("heide@beispiel.example")), 0);
    eq_int(post(&product, &counsellor, to, fields).status, 303);
    eq_int(post(&product, &counsellor, to, fields).status, 303);
    eq_int(world_mails(&product, S("heide@beispiel.example")), 1);
    struct mail_full m = world_newest_mail(&product, town, "heide@beispiel.example");
    ok(str_find(m.body_text, S("Turnen für alle")) >= 0);
    ok(str_find(m.body_text, S("Das passt")) >= 0);
    ok(str_find(m.body_text, S("Sie dürfen immer Nein sagen.")) >= 0); /* Leichte Sprache */
    const struct http_field none[] = { LAST_FIELD };
    eq_int(post(&product, &counsellor, to, none).status, 404);
    struct person_form f = somebody();
    f.mail = S("");
    int64_t without = person_stored(town, &f);
    eq_int(post(&product, &counsellor, world_path("/stadt/buero/personen/{id}/vorschlag", without),
                fields)
               .status,
           409);
}
ON_EACH_STORE(mails_once_a_day)

static void prints_here(void)
{
    int64_t person = fill();
    const int64_t ids[] = { sport, piano };
    const char *usual =
        path("/stadt/buero/personen/{id}/vorschlag.pdf", person, basket("", ids, 2));
    const char *large =
        path("/stadt/buero/personen/{id}/vorschlag.pdf", person,
             str_to_c(&t_arena, str_fmt(&t_arena, "%s&large=1&in=de-simple", basket("", ids, 2))));
    struct answer a = get(&product, &counsellor, usual), b = get(&product, &counsellor, large);
    eq_int(a.status, 200);
    eq_int(b.status, 200);
    ok(str_starts(a.body, S("%PDF")) && str_starts(b.body, S("%PDF")));
    ok(!str_eq(a.body, b.body));
    eq_int(get(&product, &volunteer, usual).status, 403);
    eq_int(
        get(&product, &counsellor, world_path("/stadt/buero/personen/{id}/vorschlag.pdf", person))
            .status,
        404);
}
ON_EACH_STORE(prints)

/* Each offer of the basket becomes a placement, or, where one cannot, none does. */
static void proposes_the_basket_here(void)
{
    int64_t person = fill();
    const char *to = world_path("/stadt/buero/personen/{id}/vorschlagen", person);
    str one = str_fmt(&t_arena, "%lld", (long long)sport);
    str two = str_fmt(&t_arena, "%lld", (long long)piano);
    const struct http_field first[] = { { S("offer"), one },
                                        { S("told"), S("printed") },
                                        LAST_FIELD };
    const struct http_field both[] = { { S("offer"), two }, { S("offer"), one }, LAST_FIELD };
    eq_int(post(&product, &volunteer, to, first).status, 403);
    eq_int(post(&product, &counsellor, to, first).status, 303);
    const char *page = world_path("/stadt/buero/personen/{id}", person);
    struct answer a = get(&product, &counsellor, page);
    ok(answer_says(&a, "Turnen für alle"));
    a = post(&product, &counsellor, to, both);
    eq_int(a.status, 422); /* one is running already */
    ok(answer_says(&a, "„Turnen für alle“: "));
    ok(answer_says(&a, "/passt?offer="));
    a = get(&product, &counsellor, page);
    ok(!answer_says(&a, "Klavier im Heim"));
    struct tx tx; /* the offer fills while the sheet is shown */
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    opp_set_state(
        &tx,
        &(struct opp_set_state_in){
            .to = S("filled"), .at = tx.now, .city = town, .id = piano, .from = S("published") });
    must(tx_commit(&tx) == ERR_OK);
    const struct http_field late[] = { { S("offer"), two }, LAST_FIELD };
    a = post(&product, &counsellor, to, late);
    eq_int(a.status, 409);
    ok(answer_says(&a, "nicht mehr offen"));
}
ON_EACH_STORE(proposes_the_basket)

/* ---- who fits an offer ---- */

static bool shows(int64_t offer, const char *name)
{
    struct answer a =
        get(&product, &counsellor, world_path("/stadt/buero/angebote/{id}/menschen", offer));
    eq_int(a.status, 200);
    return answer_says(&a, name);
}

static void proposes_only_who_agreed_here(void)
{
    int64_t person = fill();
    struct person_form f = somebody();
    f.name = S("Andere Stadt");
    int64_t elsewhere = person_stored(far_town, &f);
    consent(far_town, elsewhere, true);
    ok(!shows(sport, "Muster von der Heide"));
    consent(town, person, true);
    ok(shows(sport, "Muster von der Heide"));
    ok(!shows(sport, "Andere Stadt"));
    ok(!shows(church, "Muster von der Heide")); /* never */
    struct answer a =
        get(&product, &counsellor, world_path("/stadt/buero/angebote/{id}/menschen", old));
    ok(answer_says(&a, "Das möchten Sie eher nicht: Leben im Alter."));
    consent(town, person, false);
    ok(!shows(sport, "Muster von der Heide"));
    consent(town, person, true);
    f = somebody();
    f.never_fields |= 1 << FIELD_sport;
    struct tx tx;
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    ok(person_save(&tx, person, &(struct person_arrival){ .city_id = town }, &f));
    must(tx_commit(&tx) == ERR_OK);
    ok(!shows(sport, "Muster von der Heide"));
    ok(shows(piano, "Muster von der Heide"));
    eq_int(
        get(&product, &volunteer, world_path("/stadt/buero/angebote/{id}/menschen", piano)).status,
        403);
    eq_int(
        get(&product, &counsellor, world_path("/stadt/buero/angebote/{id}/menschen", 4711)).status,
        404);
}
ON_EACH_STORE(proposes_only_who_agreed)

/* Somebody who may be under 16 is proposed only with the guardian's consent. */
static void asks_the_guardian_here(void)
{
    struct person_form f = somebody();
    fill();
    f.name = S("Junges Muster");
    f.birth_year = clock_today().year - 14;
    int64_t child = person_stored(town, &f);
    consent(town, child, true);
    ok(!shows(sport, "Junges Muster"));
}
ON_EACH_STORE(asks_the_guardian)

static void draft_proposes_nobody_here(void)
{
    int64_t person = fill();
    consent(town, person, true);
    int64_t draft = world_offer(&product, &(struct world_offer){ town, club, "draft", "Entwurf" });
    struct answer a =
        get(&product, &counsellor, world_path("/stadt/buero/angebote/{id}/menschen", draft));
    eq_int(a.status, 200);
    ok(answer_says(&a, "nicht öffentlich"));
    ok(!answer_says(&a, "Muster von der Heide"));
}
ON_EACH_STORE(draft_proposes_nobody)

static const struct test tests[] = {
    TEST(ranks_with_reasons),    TEST(says_what_excludes),       TEST(weights_act),
    TEST(compares_up_to_four),   TEST(mails_once_a_day),         TEST(prints),
    TEST(proposes_the_basket),   TEST(proposes_only_who_agreed), TEST(asks_the_guardian),
    TEST(draft_proposes_nobody),
};
TEST_MAIN(tests)
