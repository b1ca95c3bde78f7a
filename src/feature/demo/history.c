/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What happened in the demo towns in the last two years: people who came, were advised, placed and
 * have been erased since. Their rows are those that erasing leaves (person.privacy), so the lists
 * of the office stay as short as they were. Drawn by lot, and always the same.
 */
#include "feature/demo/history.h"

#include "base/clock.h"
#include "certificate.sql.h"
#include "feature/advice/advice.h"
#include "feature/demo/town.h"
#include "feature/person/person.h"
#include "feature/placement/placement.h"
#include "feature/report/report.h"
#include "feature/tally/tally.h"
#include "web/vocab.h"

#define DAY   ((int64_t)86400)
#define SPAN  690 /* days */
#define LIVES 260
#define AWAY  30 /* days: what is younger is told by placements.c */

static const str heard[] = { STR_INIT("website"), STR_INIT("friends"), STR_INIT("press"),
                             STR_INIT("event"),   STR_INIT("website"), STR_INIT("flyer") };
static const str bands[] = { STR_INIT("18_29"), STR_INIT("30_49"), STR_INIT("50_64"),
                             STR_INIT("50_64"), STR_INIT("65_74"), STR_INIT("from_75") };
static const str channels[] = { STR_INIT("consulting_hour"), STR_INIT("consulting_hour"),
                                STR_INIT("phone"), STR_INIT("mail"), STR_INIT("event") };
static const str ends[] = { STR_INIT("time"), STR_INIT("moving"), STR_INIT("health"),
                            STR_INIT("project_end"), STR_INIT("work_school") };
static const str exits[] = { STR_INIT("time"), STR_INIT("elsewhere"), STR_INIT("declined") };
static const str acts[] = { STR_INIT("letter"), STR_INIT("inspected"), STR_INIT("erased") };
static const str outcomes[] = { STR_INIT("attended"), STR_INIT("attended"), STR_INIT("attended"),
                                STR_INIT("cancelled"), STR_INIT("missed") };

#define ONE_OF(h, list) (list)[draw(h, sizeof(list) / sizeof *(list))]

struct history {
    struct rq *rq;
    struct tx *tx;
    uint64_t lot;
    struct report_office_rows offices;
    struct placement_choice_rows offers;
};

static int64_t draw(struct history *h, uint64_t below)
{
    h->lot = h->lot * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)((h->lot >> 33) % below);
}

static bool past(const struct history *h, int64_t at)
{
    return at < clock_now() - AWAY * DAY && h->tx;
}

/* One person of an office. */
struct comer {
    int64_t id;
    int64_t at;
    opt_int office;
};

static struct comer comer_new(struct history *h)
{
    int64_t city = h->rq->city->id;
    int64_t at = clock_now() - (AWAY + draw(h, SPAN)) * DAY;
    opt_int office = no_int;
    if (h->offices.n)
        office = some_int(h->offices.v[draw(h, 10) < 7 ? 0 : draw(h, h->offices.n)].id);
    struct person_insert_in in = { .id = db_new_id(),
                                   .city = city,
                                   .state = S("erased"),
                                   .office = office,
                                   .gender = draw(h, 3) ? S("female") : S("male"),
                                   .employment = draw(h, 2) ? S("retired") : S("employed"),
                                   .lang = S("de"),
                                   .heard_from = ONE_OF(h, heard),
                                   .at = at,
                                   .contact_at = at };
    person_insert(h->tx, &in);
    person_erase(h->tx, &(struct person_erase_in){ ONE_OF(h, bands), at + DAY, city, in.id });
    return (struct comer){ in.id, at, office };
}

static void advise(struct history *h, const struct comer *c)
{
    int64_t city = h->rq->city->id;
    struct advice_insert_in in = { .id = db_new_id(),
                                   .city = city,
                                   .person = c->id,
                                   .office = c->office,
                                   .channel = ONE_OF(h, channels),
                                   .at = c->at };
    advice_insert(h->tx, &in);
    for (int64_t talks = 1 + draw(h, 2), day = 0; talks; talks--, day += 7) {
        int64_t at = c->at + day * DAY;
        struct advice_talk_insert_in talk = { .id = db_new_id(),
                                              .city = city,
                                              .advice = in.id,
                                              .person = c->id,
                                              .office = c->office,
                                              .held_on =
                                                  day_iso(h->tx->db.arena, clock_local(at).day),
                                              .channel = in.channel,
                                              .minutes = 20 + 5 * draw(h, 9),
                                              .at = at };
        advice_talk_insert(h->tx, &talk);
    }
    advice_forget(h->tx, c->at + 30 * DAY, city, c->id);
}

static void over(struct history *h, int64_t placement, int64_t at, str reason)
{
    struct placement_set_closed_in in = {
        .at = at, .ended_on = S(""), .reason = reason, .city = h->rq->city->id, .id = placement
    };
    placement_set_closed(h->tx, &in);
}

/* Some months of a placement, as the organisation has confirmed them. */
static void give_hours(struct history *h, const struct comer *c, int64_t from, int64_t until)
{
    for (int64_t at = from, first = 1; at < until; at += 30 * DAY, first = 0) {
        str day = day_iso(h->tx->db.arena, clock_local(at).day);
        report_keep(h->tx, &(struct report_kept){
                               .city_id = h->rq->city->id,
                               .figure = S("hours"),
                               .office_id = c->office.v,
                               .day = str_join(h->tx->db.arena, str_slice(day, 0, 8), S("01")),
                               .code = S(""),
                               .n = first || str_eq(str_slice(day, 5, 7), S("01")),
                               .amount = 60 * (2 + draw(h, 8)) });
    }
}

static void place(struct history *h, const struct comer *c, int64_t placement, int64_t answered)
{
    int64_t at = answered + (5 + draw(h, 30)) * DAY;
    int64_t until = at + (60 + draw(h, 600)) * DAY;
    struct placement_set_placed_in in = {
        .starts_on = S(""), .at = at, .city = h->rq->city->id, .id = placement
    };
    int64_t latest = clock_now() - draw(h, AWAY) * DAY;
    if (!past(h, at) || !draw(h, 4)) {
        over(h, placement, answered + DAY, ONE_OF(h, exits));
        return;
    }
    placement_set_placed(h->tx, &in);
    until = until < latest ? until : latest;
    over(h, placement, until, ONE_OF(h, ends));
    if (draw(h, 2))
        give_hours(h, c, at, until);
}

static void propose(struct history *h, const struct comer *c)
{
    int64_t city = h->rq->city->id;
    int64_t contact = c->at + (1 + draw(h, 10)) * DAY;
    int64_t answered = contact + (1 + draw(h, 11)) * DAY - draw(h, DAY);
    struct placement_insert_in in = { .id = db_new_id(),
                                      .city = city,
                                      .person = c->id,
                                      .opportunity = h->offers.v[draw(h, h->offers.n)].id,
                                      .state = S("ended"),
                                      .at = c->at };
    placement_insert(h->tx, &in);
    if (draw(h, 6) && past(h, answered)) {
        struct placement_set_contact_in to = { S("organisation"), contact, city, in.id };
        placement_set_contact(h->tx, &to);
        placement_set_answer(h->tx,
                             &(struct placement_set_answer_in){ answered, S(""), city, in.id });
        place(h, c, in.id, answered);
    } else {
        over(h, in.id, c->at + 20 * DAY, ONE_OF(h, exits));
    }
    placement_forget(h->tx, clock_now(), city, in.id);
}

/* What only numbers are left of: interests, appointments, certificates. */
static void count_more(struct history *h, const struct comer *c)
{
    int64_t city = h->rq->city->id;
    struct day day = clock_local(c->at).day;
    h->tx->now = c->at;
    for (int64_t n = draw(h, 4); n; n--)
        tally_interest(h->tx, city, h->offers.v[draw(h, h->offers.n)].id);
    if (c->office.has && draw(h, 3))
        report_keep(h->tx, &(struct report_kept){ .city_id = city,
                                                  .figure = S("appointments"),
                                                  .office_id = c->office.v,
                                                  .day = day_iso(h->tx->db.arena, day),
                                                  .code = ONE_OF(h, outcomes),
                                                  .n = 1 });
    if (!draw(h, 4))
        certificate_count_add(h->tx, &(struct certificate_count_add_in){
                                         db_new_id(), city, day.year, ONE_OF(h, acts) });
}

static void tell(struct rq *rq, struct tx *tx)
{
    bool large = str_eq(rq->city->slug, S("luebeck"));
    int64_t now = tx->now;
    struct history h = { .rq = rq,
                         .tx = tx,
                         .lot = (uint64_t)rq->city->slug.n,
                         .offices = report_offices(&tx->db, rq->city->id),
                         .offers = placement_choices_offer(&tx->db, rq->city->id) };
    for (int i = 0; h.offers.n && i < (large ? LIVES : LIVES / 3); i++) {
        struct comer c = comer_new(&h);
        if (draw(&h, 8))
            advise(&h, &c);
        if (draw(&h, 6))
            propose(&h, &c);
        count_more(&h, &c);
    }
    tx->now = now;
}

enum err demo_history(struct app *app, struct arena *a)
{
    return demo_each_town(app, a, tell);
}
