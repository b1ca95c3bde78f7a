/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Advice cases for the demo towns: one or more in each state, with their talks, what the offices
 * ask, and one that an office hands over to the other. Taken by the steps that anybody takes, on
 * the days on which they would have been.
 */
#include "feature/demo/advice.h"

#include "base/clock.h"
#include "demo.sql.h"
#include "feature/advice/advice.h"
#include "feature/demo/town.h"
#include "feature/person/person.h"
#include "web.sql.h"

#define DAY   ((int64_t)86400)
#define TALKS 3
#define STEPS 4

struct said {
    int days; /* ago */
    const char *channel;
    int minutes;
    const char *protocol;
};

struct taken {
    const char *verb;
    int days; /* ago */
};

/* Plainly invented: names of trees. Those without phone are people of the placements. */
struct story {
    const char *name, *phone, *channel, *reason;
    int begun; /* days ago */
    struct said talks[TALKS];
    struct taken steps[STEPS];
    const char *answers[2]; /* to the questions below */
};

static const struct {
    const char *label, *choices;
} questions[] = {
    { "Waren Sie schon einmal freiwillig tätig?", "ja, zurzeit\nja, früher\nnoch nicht" },
    { "Was soll dabei auf keinen Fall vorkommen?", "" },
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

static const struct story stories[] = {
    { "Muster Ahorn",
      NULL,
      "phone",
      "Hat seit dem Ruhestand Zeit und möchte alten Menschen vorlesen.",
      3,
      { { 3, "phone", 35, "Klingt munter. Hat lange eine Bücherei geleitet." } },
      { { "ready", 3 } },
      { "noch nicht", "Sitzungen am Abend" } },
    { "Muster Birke",
      NULL,
      "consulting_hour",
      "Möchte in der eigenen Straße etwas für Familien tun.",
      12,
      { { 12, "consulting_hour", 40, "" } },
      { { "ready", 12 } },
      { "ja, früher", "" } },
    { "Muster Buche",
      NULL,
      "video",
      "Sucht neben dem Studium etwas Festes, zwei Stunden in der Woche.",
      6,
      { { 6, "video", 30, "Prüfungen im Februar, dann seltener." } },
      { { "ready", 6 } },
      { "noch nicht", "Einspringen von heute auf morgen" } },
    { "Muster Eiche",
      NULL,
      "consulting_hour",
      "Kann reparieren und will das weitergeben.",
      9,
      { { 9, "consulting_hour", 45, "" } },
      { { "ready", 9 } },
      { "ja, zurzeit", "" } },
    { "Muster Erle",
      NULL,
      "event",
      "Ist neu in der Stadt und möchte Leute kennenlernen.",
      20,
      { { 20, "event", 15, "" }, { 18, "phone", 25, "Deutsch reicht gut für die Gruppe." } },
      { { "ready", 18 }, { "close", 5 } },
      { "noch nicht", "" } },
    { "Muster Kiefer",
      NULL,
      "phone",
      "Möchte Menschen in einer schweren Zeit zuhören.",
      61,
      { { 61, "phone", 50, "Hat selbst jemanden verloren; das ist gut zwei Jahre her." },
        { 60, "consulting_hour", 60, "Wir haben über Grenzen gesprochen." } },
      { { "ready", 60 }, { "close", 44 } },
      { "ja, früher", "Allein in fremden Wohnungen" } },
    { "Muster Lärche",
      NULL,
      "mail",
      "Spricht drei Sprachen und möchte übersetzen.",
      121,
      { { 120, "consulting_hour", 40, "" } },
      { { "ready", 120 }, { "close", 100 } },
      { "ja, zurzeit", "" } },
    { "Muster Linde",
      NULL,
      "phone",
      "Ist gern draußen, am liebsten mit einer Jugendgruppe.",
      31,
      { { 30, "phone", 30, "" } },
      { { "ready", 30 }, { "wait", 26 } },
      { "noch nicht", "" } },
    { "Muster Pappel",
      "0000 10009",
      "form",
      "Hat das Formular ausgefüllt und bittet um einen Anruf.",
      2,
      { { 0 } },
      { { 0 } },
      { NULL } },
    { "Muster Espe",
      "0000 10010",
      "phone",
      "Wollte wissen, wie man als Ehrenamtliche versichert ist.",
      8,
      { { 8, "phone", 15, "" } },
      { { "inform", 8 }, { "close", 8 } },
      { "ja, zurzeit", NULL } },
    { "Muster Weide",
      "0000 10011",
      "consulting_hour",
      "Möchte in der Pflege helfen, wenn der Umzug vorbei ist.",
      75,
      { { 74, "consulting_hour", 40, "Zieht im Frühling um." } },
      { { "rest", 74 } },
      { "ja, früher", "Nachtdienste" } },
    { "Muster Ulme",
      "0000 10012",
      "outreach",
      "Möchte mit ihrer Straße ein Nachbarschaftsfest auf die Beine stellen.",
      4,
      { { 3, "outreach", 45, "Der Anstoß kam im Treff im Viertel." } },
      { { "hand_over", 1 } },
      { "noch nicht", "" } },
};

static str day_ago(struct rq *rq, int days)
{
    return day_iso(rq->arena, day_add(clock_today(), -days));
}

static str or_nothing(const char *words)
{
    return words ? str_from_c(words) : S("");
}

/* ---- one case ---- */

static int64_t newcomer(struct rq *rq, struct tx *tx, const struct story *s)
{
    struct person_form f = { .name = str_from_c(s->name),
                             .phone = str_from_c(s->phone),
                             .lang = S("de"),
                             .age_band = S("30_49") };
    struct person_arrival arrival = { .city_id = rq->city->id, .account_id = rq->who.account_id };
    int64_t id = person_new(tx, &arrival, &f);
    person_agree(rq, tx,
                 &(struct person_consent_given){ id, f.mail, S(PERSON_AGREES_KEEP), S("office") });
    enum msg why;
    struct procedure_ask talked = { .procedure = &person_procedure, .id = id, .verb = S("greet") };
    if (s->talks[0].channel)
        (void)procedure_step(rq, tx, &talked, &why);
    return id;
}

static int64_t person_of(struct rq *rq, struct tx *tx, const struct story *s)
{
    if (s->phone)
        return newcomer(rq, tx, s);
    const struct demo_person *p = demo_person(&tx->db, rq->city->id, str_from_c(s->name));
    return p ? p->id : 0;
}

static void take(struct rq *rq, struct tx *tx, int64_t id, const struct taken *t, int64_t other)
{
    enum msg why;
    struct advice_hand hand = { .office_id = other, .agreed = true };
    struct procedure_ask ask = { .procedure = &advice_procedure,
                                 .id = id,
                                 .verb = str_from_c(t->verb),
                                 .note = str_eq(str_from_c(t->verb), S("hand_over"))
                                             ? S("Sie kennen den Treff im Viertel besser.")
                                             : S(""),
                                 .data = &hand };
    tx->now = clock_now() - t->days * DAY;
    (void)procedure_step(rq, tx, &ask, &why); /* a town with one office hands nothing over */
}

static void answer(struct rq *rq, struct tx *tx, const struct story *s, const int64_t *asked,
                   const struct advice_row *v)
{
    for (size_t i = 0; i < QUESTIONS; i++) {
        struct advice_answer_put_in in = { .id = db_new_id(),
                                           .city = rq->city->id,
                                           .advice = v->id,
                                           .person = v->person_id,
                                           .question = asked[i],
                                           .answer = or_nothing(s->answers[i]),
                                           .at = tx->now };
        if (in.answer.n)
            advice_answer_put(tx, &in);
    }
}

struct stage {
    struct demo_place_rows places;
    int64_t asked[QUESTIONS];
};

/* The second office; 0: there is one. */
static int64_t other_office(const struct stage *stage)
{
    for (size_t i = 1; i < stage->places.n; i++)
        if (stage->places.v[i].office_id != stage->places.v[0].office_id)
            return stage->places.v[i].office_id;
    return 0;
}

static void live(struct rq *rq, struct tx *tx, const struct story *s, const struct stage *stage)
{
    tx->now = clock_now() - s->begun * DAY;
    struct advice_begin begin = { .person_id = person_of(rq, tx, s),
                                  .channel = str_from_c(s->channel),
                                  .reason = str_from_c(s->reason) };
    if (!begin.person_id)
        return;
    if (stage->places.n)
        begin.office_id = some_int(stage->places.v[0].office_id);
    int64_t id = advice_new(rq, tx, &begin);
    for (const struct said *t = s->talks; t < s->talks + TALKS && t->channel; t++) {
        tx->now = clock_now() - t->days * DAY;
        struct advice_held held = { day_ago(rq, t->days), str_from_c(t->channel), t->minutes,
                                    str_from_c(t->protocol) };
        must(advice_note_talk(rq, tx, id, &held) == PROCEDURE_DONE);
    }
    const struct advice_row *v = advice_get(&tx->db, rq->city->id, id);
    if (v)
        answer(rq, tx, s, stage->asked, v);
    for (const struct taken *t = s->steps; t < s->steps + STEPS && t->verb; t++)
        take(rq, tx, id, t, other_office(stage));
}

/* ---- all of a town ---- */

static void ask(struct rq *rq, struct tx *tx, struct stage *stage)
{
    for (size_t i = 0; i < QUESTIONS; i++) {
        struct advice_question_insert_in in = { .id = stage->asked[i] = db_new_id(),
                                                .city = rq->city->id,
                                                .position = (int64_t)i + 1,
                                                .label = str_from_c(questions[i].label),
                                                .choices = str_from_c(questions[i].choices),
                                                .at = tx->now };
        advice_question_insert(tx, &in);
    }
}

static void tell(struct rq *rq, struct tx *tx)
{
    str mail = str_fmt(tx->db.arena, "beratung@%.*s.example", STR_FMT(rq->city->slug));
    const struct account_row *clerk = account_by_mail(&tx->db, mail);
    struct stage stage = { .places = demo_places(&tx->db, rq->city->id) };
    rq->who.account_id = clerk ? clerk->id : 0;
    rq->who.city_permissions = UINT32_C(1) << PERM_person_handle;
    ask(rq, tx, &stage);
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++)
        live(rq, tx, &stories[i], &stage);
}

enum err demo_advice(struct app *app, struct arena *a)
{
    return demo_each_town(app, a, tell);
}
