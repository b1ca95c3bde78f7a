/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Company engagement for the demo towns: invented companies, what they offer, what organisations of
 * the town need, and a match in each state. They take the steps that anybody takes.
 */
#include "feature/demo/companies.h"

#include "base/clock.h"
#include "feature/company/company.h"
#include "feature/demo/town.h"
#include "web.sql.h"

#define DAY   ((int64_t)86400)
#define COUNT 4
#define STEPS 6

/* Plainly invented; days are counted from today. */
static const struct {
    const char *company, *contact, *mail;
    const char *kind, *offer, *need, *setting;
    int64_t come, room, hours;
    int from, to;
    int begun; /* days ago */
    const char *steps[STEPS];
} stories[COUNT] = {
    { "Musterwerk Nord",
      "Personalabteilung der Musterwerk Nord",
      "nord@musterwerk.example",
      "team_day",
      "Team-Tag: zwölf Leute packen an",
      "Neue Beete für den Garten",
      "outdoors",
      12,
      15,
      4,
      10,
      60,
      3,
      { "ask", "accept_company" } },
    { "Musterbank",
      "Leitung der Musterbank",
      "hilfe@musterbank.example",
      "know_how",
      "Hilfe bei der Buchhaltung",
      "Jemand, der unsere Kasse prüft",
      "",
      0,
      0,
      2,
      0,
      90,
      12,
      { "ask", "accept_organisation", "accept_company", "pass_on" } },
    { "Beispiel Druck",
      "Werkstatt der Beispiel Druck",
      "werkstatt@druck.example",
      "goods",
      "Zwanzig Stühle, gut erhalten",
      "Stühle für den Gruppenraum",
      "",
      0,
      0,
      0,
      -40,
      20,
      40,
      { "ask", "accept_company", "accept_organisation", "pass_on", "done" } },
    { "Muster Software",
      "Team der Muster Software",
      "team@software.example",
      "team_day",
      "Halber Tag für acht Leute",
      "Handy-Sprechstunde für Ältere",
      "indoors",
      8,
      6,
      4,
      20,
      80,
      1,
      { 0 } },
};

static str in_days(struct rq *rq, int days)
{
    return day_iso(rq->arena, day_add(clock_today(), days));
}

static struct company_item_form item_of(struct rq *rq, size_t i, bool offer)
{
    return (struct company_item_form){ .kind = str_from_c(stories[i].kind),
                                       .title =
                                           str_from_c(offer ? stories[i].offer : stories[i].need),
                                       .people = offer ? stories[i].come : stories[i].room,
                                       .hours = stories[i].hours,
                                       .starts_on = in_days(rq, stories[i].from),
                                       .ends_on = in_days(rq, stories[i].to),
                                       .setting = str_from_c(stories[i].setting) };
}

static void take(struct rq *rq, struct tx *tx, int64_t match, const char *verb)
{
    enum msg why;
    str v = str_from_c(verb);
    struct company_said said = { .day = day_iso(rq->arena, clock_local(tx->now).day) };
    struct procedure_ask ask = { .procedure = &company_match_procedure,
                                 .id = match,
                                 .verb = v,
                                 .who = str_starts(v, S("accept")) ? BY_LINK : BY_PERSON,
                                 .data = &said };
    must(procedure_step(rq, tx, &ask, &why) == PROCEDURE_DONE);
}

static void live(struct rq *rq, struct tx *tx, size_t i, int64_t organisation)
{
    enum msg why;
    struct company_form f = { .name = str_from_c(stories[i].company),
                              .contact_name = str_from_c(stories[i].contact),
                              .mail = str_from_c(stories[i].mail),
                              .phone = S("0000 30000") };
    tx->now = clock_now() - stories[i].begun * DAY;
    int64_t company = company_new(rq, tx, &f, false);
    struct company_item_form offer = item_of(rq, i, true);
    struct company_item_form need = item_of(rq, i, false);
    int64_t offer_id = company_item_new(rq, tx, company, 0, &offer);
    int64_t need_id = company_item_new(rq, tx, 0, organisation, &need);
    if (!stories[i].steps[0]) /* it is there for who looks what fits */
        return;
    int64_t match = company_match_new(rq, tx, offer_id, need_id, &why);
    for (const char *const *step = stories[i].steps; *step; step++) {
        tx->now += DAY / 4;
        take(rq, tx, match, *step);
    }
}

/* All of a town, as its counsellor would have entered them. */
static void tell(struct rq *rq, struct tx *tx)
{
    str mail = str_fmt(tx->db.arena, "beratung@%.*s.example", STR_FMT(rq->city->slug));
    const struct account_row *clerk = account_by_mail(&tx->db, mail);
    rq->who.account_id = clerk ? clerk->id : 0;
    rq->who.city_permissions = UINT32_C(1) << PERM_person_handle;
    struct company_organisation_rows all = company_organisations(&tx->db, rq->city->id, S("%"));
    size_t n = 0;
    for (size_t i = 0; i < all.n && n < COUNT; i++) {
        const struct company_organisation_row *g =
            company_organisation_get(&tx->db, rq->city->id, all.v[i].id);
        if (g && g->mail.n)
            live(rq, tx, n++, g->id);
    }
}

enum err demo_companies(struct app *app, struct arena *a)
{
    return demo_each_town(app, a, tell);
}
