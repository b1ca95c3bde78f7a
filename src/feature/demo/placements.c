/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * People and their placements for the demo towns: one in each state that the office's worklists
 * show. They take the steps that anybody takes, at the days on which they would have.
 */
#include "feature/demo/placements.h"

#include "base/clock.h"
#include "feature/demo/town.h"
#include "feature/person/person.h"
#include "feature/placement/placement.h"
#include "web.sql.h"

#define DAY   ((int64_t)86400)
#define STEPS 10

struct taken {
    const char *verb;
    int days; /* ago */
};

/* Plainly invented: names of trees. */
struct story {
    const char *name;
    const char *mail;
    const char *phone;
    const char *why;
    int begun; /* days ago */
    struct taken steps[STEPS];
    struct wish {
        uint64_t fields, kinds, targets, grid, mobility;
        int hours; /* a week */
        const char *languages, *skills, *motivation;
    } wish;
};

#define BIT(n) (UINT64_C(1) << (n))
/* Of the grid, day * 4 + part of the day. */
#define ON(day, part) BIT(DAY_##day *DAYPART_COUNT + DAYPART_##part)

static const struct story stories[] = {
    { "Muster Ahorn",
      "ahorn@beispiel.example",
      "0000 10001",
      "Sie haben am Nachmittag Zeit und arbeiten gern mit Menschen.",
      3,
      { { "tell", 3 } },
      { .fields = BIT(FIELD_ageing) | BIT(FIELD_culture),
        .kinds = BIT(KIND_visiting) | BIT(KIND_reading_aloud),
        .targets = BIT(TARGET_seniors),
        .grid = ON(mo, afternoon) | ON(we, afternoon),
        .mobility = BIT(MOBILITY_bike) | BIT(MOBILITY_transit),
        .hours = 3,
        .languages = "de:c2",
        .skills = "Vorlesen, alte Schriften lesen",
        .motivation = "Ich habe wieder Zeit." } },
    { "Muster Birke",
      "birke@beispiel.example",
      "0000 10002",
      "Der Ort ist für Sie zu Fuß erreichbar.",
      12,
      { { "agree", 12 }, { "contact", 10 }, { "remind", 3 } },
      { .fields = BIT(FIELD_family_neighbourhood),
        .kinds = BIT(KIND_accompanying) | BIT(KIND_cooking),
        .targets = BIT(TARGET_families),
        .grid = ON(tu, morning) | ON(th, morning),
        .mobility = BIT(MOBILITY_foot),
        .hours = 2,
        .languages = "de:c1 tr:c2" } },
    { "Muster Buche",
      "buche@beispiel.example",
      "0000 10003",
      "Sie möchten etwas Regelmäßiges, zwei Stunden in der Woche.",
      6,
      { { "agree", 6 }, { "contact", 5 }, { "answer_yes", 4 } },
      { .fields = BIT(FIELD_education) | BIT(FIELD_school_daycare),
        .kinds = BIT(KIND_tutoring),
        .targets = BIT(TARGET_children),
        .grid = ON(we, afternoon),
        .mobility = BIT(MOBILITY_bike),
        .hours = 2,
        .languages = "de:c2 en:b2",
        .skills = "Mathematik bis Klasse 10" } },
    { "Muster Eiche",
      "eiche@beispiel.example",
      "0000 10004",
      "Sie bringen Erfahrung im Handwerk mit.",
      9,
      { { "agree", 9 }, { "contact", 9 }, { "answer_yes", 6 }, { "meet", 4 } },
      { .fields = BIT(FIELD_crafts_household),
        .kinds = BIT(KIND_repairing),
        .targets = BIT(TARGET_adults),
        .grid = ON(sa, morning),
        .mobility = BIT(MOBILITY_car),
        .hours = 4,
        .languages = "de:c2",
        .skills = "Tischler, Elektrik" } },
    { "Muster Erle",
      "erle@beispiel.example",
      "0000 10005",
      "Sie wollten erst einmal schnuppern.",
      20,
      { { "agree", 20 },
        { "contact", 19 },
        { "answer_yes", 17 },
        { "meet", 14 },
        { "commission", 8 },
        { "trial", 5 } },
      { .fields = BIT(FIELD_environment_animals),
        .kinds = BIT(KIND_gardening) | BIT(KIND_animal_care),
        .grid = ON(fr, afternoon) | ON(sa, morning),
        .mobility = BIT(MOBILITY_transit),
        .hours = 3,
        .languages = "de:b1 uk:c2",
        .motivation = "Ich bin neu in der Stadt." } },
    { "Muster Kiefer",
      "kiefer@beispiel.example",
      "0000 10006",
      "Sie hören gern zu.",
      60,
      { { "agree", 60 },
        { "contact", 59 },
        { "answer_yes", 58 },
        { "meet", 55 },
        { "commission", 52 },
        { "trial", 50 },
        { "place", 44 } },
      { .fields = BIT(FIELD_health_hospice) | BIT(FIELD_ageing),
        .kinds = BIT(KIND_listening),
        .targets = BIT(TARGET_seniors) | BIT(TARGET_illness),
        .grid = ON(th, evening),
        .mobility = BIT(MOBILITY_transit),
        .hours = 3,
        .languages = "de:c2" } },
    { "Muster Lärche",
      "laerche@beispiel.example",
      "0000 10007",
      "Sie sprechen mehrere Sprachen.",
      120,
      { { "agree", 120 },
        { "contact", 119 },
        { "answer_yes", 116 },
        { "meet", 112 },
        { "place", 100 },
        { "follow_up", 58 } },
      { .fields = BIT(FIELD_migration_diversity),
        .kinds = BIT(KIND_interpreting) | BIT(KIND_accompanying),
        .targets = BIT(TARGET_refugees),
        .grid = ON(mo, morning) | ON(tu, morning),
        .mobility = BIT(MOBILITY_bike),
        .hours = 5,
        .languages = "de:c1 ar:c2 en:b2" } },
    { "Muster Linde",
      "linde@beispiel.example",
      "0000 10008",
      "Sie sind gern draußen.",
      30,
      { { "agree", 30 }, { "contact", 29 }, { "answer_no", 26 } },
      { .fields = BIT(FIELD_environment_animals) | BIT(FIELD_sport),
        .kinds = BIT(KIND_group_leading),
        .targets = BIT(TARGET_youth),
        .grid = ON(sa, afternoon),
        .mobility = BIT(MOBILITY_bike),
        .hours = 4,
        .languages = "de:c2" } },
};

static str in_days(struct rq *rq, int days)
{
    return day_iso(rq->arena, day_add(clock_today(), days));
}

/* What a step is told, around the days on which it was taken. */
static struct placement_form said(struct rq *rq, const struct placement_full *p, int ago)
{
    bool near = placement_near_children(p->fields, p->targets, p->certificate);
    return (struct placement_form){
        .given = S("office"),
        .writes = S("organisation"),
        .answer = S("Melden Sie sich gern, wir zeigen Ihnen alles."),
        .meets_on = in_days(rq, ago > 4 ? -ago + 2 : 1),
        .meets_at = S("16 Uhr"),
        .meets_place = S("vor Ort"),
        .meets_with = p->contact_name.n ? p->contact_name : p->organisation,
        .commissioned_on = in_days(rq, -ago),
        .commissioned_by = p->organisation,
        .supervisor = p->contact_name.n ? p->contact_name : p->organisation,
        .scope = p->title,
        .trial_from = in_days(rq, -ago),
        .trial_to = in_days(rq, ago > 6 ? -ago + 6 : 3),
        .starts_on = in_days(rq, -ago + 1),
        .hours_week = 20,
        .expenses = S("travel"),
        .checked = near ? S("exempt") : S("not_needed"),
        .checked_why = near ? S("Nur in der Gruppe und nie allein, nach der Vereinbarung mit dem "
                                "Jugendamt.")
                            : S(""),
        .person_agrees = 1,
        .organisation_agrees = 1,
        .rating_person = 5,
        .said_person = S("Ich gehe jedes Mal mit einem Lächeln nach Hause."),
        .rating_organisation = 4,
        .said_organisation = S("Zuverlässig und herzlich."),
    };
}

static void take(struct rq *rq, struct tx *tx, int64_t id, const struct taken *t)
{
    enum msg why;
    const struct placement_full *p = placement_get(rq->db, rq->city->id, id);
    if (!p)
        return;
    struct placement_form f = said(rq, p, t->days);
    struct procedure_ask ask = {
        .procedure = &placement_procedure, .id = id, .verb = str_from_c(t->verb), .data = &f
    };
    tx->now = clock_now() - t->days * DAY;
    (void)procedure_step(rq, tx, &ask, &why); /* what an offer does not allow is left out */
}

static str said_or_not(const char *words)
{
    return words ? str_from_c(words) : S("");
}

/* Somebody who told the counsellor, and let the office keep it and propose them. */
static int64_t newcomer(struct rq *rq, struct tx *tx, const struct story *s)
{
    struct person_form f = { .name = str_from_c(s->name),
                             .mail = str_from_c(s->mail),
                             .phone = str_from_c(s->phone),
                             .lang = S("de"),
                             .birth_year = 1970,
                             .like_fields = (int64_t)s->wish.fields,
                             .like_kinds = (int64_t)s->wish.kinds,
                             .like_targets = (int64_t)s->wish.targets,
                             .grid = (int64_t)s->wish.grid,
                             .mobility = (int64_t)s->wish.mobility,
                             .hours_week = s->wish.hours * 10,
                             .languages = str_from_c(s->wish.languages),
                             .skills = said_or_not(s->wish.skills),
                             .motivation = said_or_not(s->wish.motivation) };
    struct person_arrival arrival = { .city_id = rq->city->id, .account_id = rq->who.account_id };
    int64_t id = person_new(tx, &arrival, &f);
    static const str agreed[] = { STR_INIT(PERSON_AGREES_KEEP), STR_INIT(PERSON_AGREES_PROPOSE) };
    for (size_t i = 0; i < sizeof agreed / sizeof *agreed; i++)
        person_agree(rq, tx, &(struct person_consent_given){ id, f.mail, agreed[i], S("office") });
    enum msg why;
    struct procedure_ask talked = { .procedure = &person_procedure, .id = id, .verb = S("greet") };
    (void)procedure_step(rq, tx, &talked, &why);
    return id;
}

static void live(struct rq *rq, struct tx *tx, const struct story *s, int64_t offer)
{
    enum msg why;
    tx->now = clock_now() - s->begun * DAY;
    struct placement_wish wish = { .person_id = newcomer(rq, tx, s),
                                   .opportunity_id = offer,
                                   .why = str_from_c(s->why) };
    int64_t id = placement_new(rq, tx, &wish, &why);
    for (const struct taken *t = s->steps; id && t->verb; t++)
        take(rq, tx, id, t);
}

/* All of a town, as its counsellor would have entered them. */
static void tell(struct rq *rq, struct tx *tx)
{
    str mail = str_fmt(tx->db.arena, "beratung@%.*s.example", STR_FMT(rq->city->slug));
    const struct account_row *clerk = account_by_mail(&tx->db, mail);
    rq->who.account_id = clerk ? clerk->id : 0;
    rq->who.city_permissions = UINT32_C(1) << PERM_person_handle;
    struct placement_choice_rows offers = placement_choices_offer(&tx->db, rq->city->id);
    size_t each = offers.n / (sizeof stories / sizeof *stories);
    for (size_t i = 0; each && i < sizeof stories / sizeof *stories; i++)
        live(rq, tx, &stories[i], offers.v[i * each].id);
}

enum err demo_placements(struct app *app, struct arena *a)
{
    return demo_each_town(app, a, tell);
}
