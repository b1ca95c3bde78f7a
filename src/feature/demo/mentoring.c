/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mentoring for the demo towns: two programmes, people on both sides, and a pair in each state that
 * the office's pages show. They take the steps that anybody takes, on the days on which they would
 * have.
 */
#include "feature/demo/mentoring.h"

#include "base/clock.h"
#include "feature/demo/town.h"
#include "feature/mentoring/mentoring.h"
#include "feature/person/person.h"
#include "web.sql.h"

#define DAY   ((int64_t)86400)
#define STEPS 12
#define PAIRS 6

#define BIT(n)        (INT64_C(1) << (n))
#define ON(day, part) BIT(DAY_##day *DAYPART_COUNT + DAYPART_##part)

struct taken {
    const char *verb;
    int days; /* ago */
    bool mentor;
    const char *said;
    const char *going;
    int minutes;
};

/* Plainly invented: names of birds. */
struct side {
    const char *name, *mail, *gender;
    int born;
    int64_t topics, languages, grid;
    const char *answer;
};

static const struct side mentors[PAIRS] = {
    { "Muster Amsel", "amsel@beispiel.example", "female", 1961,
      BIT(MENTORING_TOPIC_job) | BIT(MENTORING_TOPIC_language), BIT(LANGUAGE_de),
      ON(tu, afternoon) | ON(th, afternoon), "Ich war Ausbilderin und höre gern zu." },
    { "Muster Drossel", "drossel@beispiel.example", "male", 1974,
      BIT(MENTORING_TOPIC_everyday) | BIT(MENTORING_TOPIC_authorities),
      BIT(LANGUAGE_de) | BIT(LANGUAGE_ar), ON(we, evening), "Ich kenne den Weg durch die Ämter." },
    { "Muster Fink", "fink@beispiel.example", "diverse", 1988,
      BIT(MENTORING_TOPIC_digital) | BIT(MENTORING_TOPIC_job), BIT(LANGUAGE_de) | BIT(LANGUAGE_en),
      ON(sa, morning) | ON(mo, evening), "Bewerbungen schreibe ich gern mit." },
    { "Muster Meise", "meise@beispiel.example", "female", 1955,
      BIT(MENTORING_TOPIC_reading) | BIT(MENTORING_TOPIC_culture), BIT(LANGUAGE_de),
      ON(mo, afternoon) | ON(fr, afternoon), "Die Bücherei ist mein zweites Zuhause." },
    { "Muster Star", "star@beispiel.example", "male", 1969,
      BIT(MENTORING_TOPIC_leisure) | BIT(MENTORING_TOPIC_sport),
      BIT(LANGUAGE_de) | BIT(LANGUAGE_uk), ON(sa, afternoon),
      "Ich zeige gern die Stadt, am liebsten mit dem Rad." },
    { "Muster Zeisig", "zeisig@beispiel.example", "female", 1982,
      BIT(MENTORING_TOPIC_language) | BIT(MENTORING_TOPIC_family),
      BIT(LANGUAGE_de) | BIT(LANGUAGE_tr), ON(tu, morning) | ON(th, morning),
      "Beim Kochen lernt es sich am besten." },
};

static const struct side mentees[PAIRS] = {
    { "Muster Adler", "adler@beispiel.example", "male", 2004,
      BIT(MENTORING_TOPIC_job) | BIT(MENTORING_TOPIC_language), BIT(LANGUAGE_de) | BIT(LANGUAGE_fa),
      ON(tu, afternoon), "Ich suche einen Ausbildungsplatz." },
    { "Muster Bussard", "bussard@beispiel.example", "female", 1995,
      BIT(MENTORING_TOPIC_authorities), BIT(LANGUAGE_ar), ON(we, evening),
      "Briefe vom Amt machen mir Sorgen." },
    { "Muster Falke", "falke@beispiel.example", "male", 2001,
      BIT(MENTORING_TOPIC_digital) | BIT(MENTORING_TOPIC_job), BIT(LANGUAGE_en) | BIT(LANGUAGE_ti),
      ON(mo, evening), "Ich möchte mit Computern arbeiten." },
    { "Muster Habicht", "habicht@beispiel.example", "female", 1999,
      BIT(MENTORING_TOPIC_culture) | BIT(MENTORING_TOPIC_reading), BIT(LANGUAGE_de),
      ON(fr, afternoon), "Ich bin neu hier und lese viel." },
    { "Muster Milan", "milan@beispiel.example", "male", 2002,
      BIT(MENTORING_TOPIC_leisure) | BIT(MENTORING_TOPIC_language), BIT(LANGUAGE_uk),
      ON(sa, afternoon), "Ich möchte die Stadt kennenlernen." },
    { "Muster Sperber", "sperber@beispiel.example", "female", 1998,
      BIT(MENTORING_TOPIC_family) | BIT(MENTORING_TOPIC_language), BIT(LANGUAGE_tr),
      ON(th, morning), "Deutsch üben, ohne dass jemand lacht." },
};

/* What the pairs have done; the last two were never proposed. */
static const struct {
    int begun; /* days ago */
    struct taken steps[STEPS];
} stories[PAIRS - 2] = {
    { 72,
      { { "ask", 71, false, "", "", 0 },
        { "accept_mentor", 70, true, "Ich freue mich.", "", 0 },
        { "accept_mentee", 69, false, "", "", 0 },
        { "meet", 60, true, "Kennenlernen im Café", "", 90 },
        { "meet", 40, false, "Bewerbung geschrieben", "", 120 },
        { "check", 55, false, "", "", 0 },
        { "answer", 53, false, "", "good", 0 },
        { "answer", 52, true, "Ein guter Anfang.", "good", 0 },
        { "check", 12, false, "", "", 0 },
        { "answer", 11, true, "Wir kommen gut voran.", "good", 0 },
        { "answer", 9, false, "Sie hat viel Geduld.", "good", 0 } } },
    { 26,
      { { "ask", 25, false, "", "", 0 },
        { "accept_mentee", 24, false, "Danke!", "", 0 },
        { "accept_mentor", 22, true, "", "", 0 },
        { "meet", 18, true, "Im Rathaus", "", 60 },
        { "check", 8, false, "", "", 0 },
        { "answer", 6, true, "Wir finden schwer einen Termin.", "mixed", 0 } } },
    { 9, { { "ask", 8, false, "", "", 0 }, { "accept_mentor", 6, true, "Gern.", "", 0 } } },
    { 2, { { "ask", 1, false, "", "", 0 } } },
};

static int64_t somebody(struct rq *rq, struct tx *tx, const struct side *s)
{
    struct person_form f = { .name = str_from_c(s->name),
                             .mail = str_from_c(s->mail),
                             .phone = S("0000 20000"),
                             .lang = S("de"),
                             .gender = str_from_c(s->gender),
                             .birth_year = s->born,
                             .grid = s->grid };
    struct person_arrival arrival = { .city_id = rq->city->id, .account_id = rq->who.account_id };
    int64_t id = person_new(tx, &arrival, &f);
    person_agree(rq, tx,
                 &(struct person_consent_given){ id, f.mail, S(PERSON_AGREES_KEEP), S("office") });
    return id;
}

static int64_t takes_part(struct rq *rq, struct tx *tx, const struct side *s,
                          struct mentoring_place place)
{
    enum msg why;
    place.person_id = somebody(rq, tx, s);
    struct mentoring_profile_form f = { .topics = s->topics,
                                        .languages = s->languages,
                                        .grid = s->grid,
                                        .room = 1,
                                        .agreed = S("office"),
                                        .answers = str_fmt(rq->arena, "Was bewegt Sie?\n%s\n",
                                                           s->answer) };
    return mentoring_profile_new(rq, tx, &place, &f, &why);
}

static void take(struct rq *rq, struct tx *tx, int64_t pair, const struct taken *t)
{
    enum msg why;
    bool link = str_starts(str_from_c(t->verb), S("accept")) || t->going[0] || t->minutes;
    struct mentoring_said said = { .mentor = t->mentor,
                                   .said = str_from_c(t->said),
                                   .going = str_from_c(t->going),
                                   .minutes = t->minutes };
    tx->now = clock_now() - t->days * DAY;
    said.day = day_iso(rq->arena, clock_local(tx->now).day);
    struct procedure_ask ask = { .procedure = &mentoring_pair_procedure,
                                 .id = pair,
                                 .verb = str_from_c(t->verb),
                                 .who = link ? BY_LINK : BY_PERSON,
                                 .data = &said };
    must(procedure_step(rq, tx, &ask, &why) == PROCEDURE_DONE);
}

static int64_t a_programme(struct rq *rq, struct tx *tx)
{
    struct mentoring_programme_form children = {
        .title = S("Lesepaten"),
        .aim = S("Eine Stunde in der Woche liest ein Kind jemandem vor, der zuhört."),
        .audience = S("Kinder in der Grundschule"),
        .mentor_word = S("Lesepatin oder Lesepate"),
        .mentee_word = S("Lesekind"),
        .minors = 1,
        .topics = BIT(MENTORING_TOPIC_reading) | BIT(MENTORING_TOPIC_school),
        .rhythm = S("weekly"),
        .months = 12,
        .questions = S("Was lesen Sie gern vor?")
    };
    struct mentoring_programme_form grown = {
        .title = S("Gemeinsam ankommen"),
        .aim = S("Zu zweit geht es leichter: in der Sprache, im Beruf, in der Stadt."),
        .audience = S("junge Erwachsene, die hier Fuß fassen"),
        .mentor_word = S("Patin oder Pate"),
        .mentee_word = S("Mentee"),
        .topics = BIT(MENTORING_TOPIC_language) | BIT(MENTORING_TOPIC_job) |
                  BIT(MENTORING_TOPIC_everyday),
        .rhythm = S("weekly"),
        .months = 12,
        .questions = S("Was bewegt Sie?")
    };
    (void)mentoring_programme_new(rq, tx, &children);
    return mentoring_programme_new(rq, tx, &grown);
}

/* All of a town, as its counsellor would have entered them. */
static void tell(struct rq *rq, struct tx *tx)
{
    str mail = str_fmt(tx->db.arena, "beratung@%.*s.example", STR_FMT(rq->city->slug));
    const struct account_row *clerk = account_by_mail(&tx->db, mail);
    rq->who.account_id = clerk ? clerk->id : 0;
    rq->who.city_permissions = UINT32_C(1) << PERM_person_handle;
    tx->now = clock_now() - 90 * DAY;
    int64_t programme = a_programme(rq, tx);
    for (size_t i = 0; i < PAIRS; i++) {
        enum msg why;
        tx->now = clock_now() - 80 * DAY;
        struct mentoring_place place = { .programme_id = programme, .mentor = true };
        int64_t mentor = takes_part(rq, tx, &mentors[i], place);
        place.mentor = false;
        int64_t mentee = takes_part(rq, tx, &mentees[i], place);
        if (i >= sizeof stories / sizeof *stories)
            continue;
        tx->now = clock_now() - stories[i].begun * DAY;
        int64_t pair = mentoring_pair_new(rq, tx, mentor, mentee, &why);
        for (const struct taken *t = stories[i].steps; t < stories[i].steps + STEPS && t->verb; t++)
            take(rq, tx, pair, t);
    }
}

enum err demo_mentoring(struct app *app, struct arena *a)
{
    return demo_each_town(app, a, tell);
}
