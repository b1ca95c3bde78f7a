/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Consulting hours: two of the first office with its counsellor, one of the second by whoever is
 * there. The appointments lie in the days after the demo was made.
 */
#include "feature/demo/appointments.h"

#include "base/clock.h"
#include "demo.sql.h"
#include "feature/appointment/appointment.h"

#define ONSITE 1
#define PHONE  2
#define VIDEO  4

static const struct {
    size_t office; /* the first, or the second */
    int weekday, opens, closes, minutes, pause, channels;
} hours[] = {
    { 0, 1, 9 * 60, 12 * 60, 30, 0, ONSITE | PHONE },
    { 0, 3, 14 * 60, 18 * 60, 45, 15, ONSITE | PHONE | VIDEO },
    { 1, 0, 10 * 60, 13 * 60, 30, 0, ONSITE },
    { 1, 2, 15 * 60, 18 * 60, 30, 0, ONSITE | PHONE },
};
enum { HOURS = sizeof hours / sizeof *hours };

/* The `nth` time of an hour on its first day from tomorrow on. */
static const struct {
    size_t hours;
    int nth;
    const char *channel, *name, *mail, *phone, *subject;
} booked[] = {
    { 0, 0, "onsite", "Mara Beispiel", "mara@person.example", "",
      "Ich bin neu in der Stadt und suche etwas mit Kindern." },
    { 0, 3, "phone", "Jonas Muster", "", "0451 000-123", "Vorlesen in der Bücherei" },
    { 1, 1, "video", "Elif Probe", "elif@person.example", "",
      "Ich möchte neben dem Studium helfen, am liebsten online." },
    { 3, 2, "onsite", "Herr Platzhalter", "", "0451 000-456", "Nach der Rente" },
};

/* The first places of the first two offices; false: the town has no place. */
static bool find_places(struct tx *tx, int64_t city_id, struct demo_place places[2])
{
    struct demo_place_rows rows = demo_places(&tx->db, city_id);
    if (!rows.n)
        return false;
    places[0] = places[1] = rows.v[0];
    for (size_t i = 0; i < rows.n && places[1].office_id == places[0].office_id; i++)
        places[1] = rows.v[i];
    return true;
}

static struct day next(int weekday)
{
    struct day day = day_add(clock_today(), 1);
    while (day_weekday(day) != weekday)
        day = day_add(day, 1);
    return day;
}

void demo_appointments(struct tx *tx, int64_t city_id, int64_t counsellor)
{
    struct demo_place places[2];
    int64_t ids[HOURS];
    if (!find_places(tx, city_id, places))
        return;
    for (size_t i = 0; i < HOURS; i++) {
        const struct demo_place *p = &places[hours[i].office];
        struct appointment_hours_arrival h = { .city_id = city_id,
                                               .office_id = p->office_id,
                                               .place_id = p->place_id,
                                               .account_id = hours[i].office ? 0 : counsellor,
                                               .weekday = hours[i].weekday,
                                               .opens = hours[i].opens,
                                               .closes = hours[i].closes,
                                               .minutes = hours[i].minutes,
                                               .pause = hours[i].pause,
                                               .channels = hours[i].channels,
                                               .from = clock_today() };
        ids[i] = appointment_hours_new(tx, &h);
    }
    for (size_t i = 0; i < sizeof booked / sizeof *booked; i++) {
        size_t of = booked[i].hours;
        struct appointment_arrival a = {
            .hours_id = ids[of],
            .day = next(hours[of].weekday),
            .minute = hours[of].opens + booked[i].nth * (hours[of].minutes + hours[of].pause),
            .channel = str_from_c(booked[i].channel),
            .name = str_from_c(booked[i].name),
            .mail = str_from_c(booked[i].mail),
            .phone = str_from_c(booked[i].phone),
            .subject = str_from_c(booked[i].subject)
        };
        must(appointment_new(tx, city_id, &a));
    }
}
