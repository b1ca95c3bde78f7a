/* SPDX-License-Identifier: EUPL-1.2 */
/* What those who are placed have written down: last month, confirmed, and this one. */
#include "feature/demo/hours.h"

#include "base/clock.h"
#include "feature/demo/town.h"
#include "feature/hours/hours.h"
#include "feature/placement/placement.h"

static const struct {
    int weeks; /* ago */
    int minutes;
    const char *activity;
} entries[] = {
    { 1, 90, "Nachmittag mit der Gruppe" },
    { 2, 120, "Ausflug vorbereitet" },
    { 5, 90, "Nachmittag mit der Gruppe" },
    { 6, 105, "Nachmittag mit der Gruppe" },
};

/* The month before goes to the organisation, which says yes. */
static void confirm(struct rq *rq, struct tx *tx, int64_t sheet)
{
    static const char *const verbs[] = { "submit", "confirm" };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        enum msg why;
        struct procedure_ask ask = {
            .procedure = &hours_procedure, .id = sheet, .verb = str_from_c(verbs[i]), .who = BY_LINK
        };
        must(procedure_step(rq, tx, &ask, &why) == PROCEDURE_DONE);
    }
}

static void write_down(struct rq *rq, struct tx *tx, const struct placement_full *p)
{
    struct day today = clock_today();
    str month = str_slice(day_iso(tx->db.arena, today), 0, 7);
    int64_t earlier = 0;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        str day = day_iso(tx->db.arena, day_add(today, -7 * entries[i].weeks));
        struct hours_arrival a = { .city_id = rq->city->id,
                                   .person_id = p->person_id,
                                   .placement_id = p->id,
                                   .day = day,
                                   .minutes = entries[i].minutes,
                                   .activity = str_from_c(entries[i].activity) };
        int64_t sheet = hours_add(tx, &a);
        if (!str_starts(day, month))
            earlier = sheet;
    }
    if (earlier)
        confirm(rq, tx, earlier);
}

static void tell(struct rq *rq, struct tx *tx)
{
    struct hours_running_row_rows rows = hours_running(&tx->db, rq->city->id);
    for (size_t i = 0; i < rows.n; i++) {
        const struct placement_full *p = placement_get(&tx->db, rq->city->id, rows.v[i].id);
        if (p && p->placed_at)
            write_down(rq, tx, p);
    }
}

enum err demo_hours(struct app *app, struct arena *a)
{
    return demo_each_town(app, a, tell);
}
