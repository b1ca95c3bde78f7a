/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is on in the demo towns, counted from today: series, dates of a day, of a weekend and past
 * midnight, in person and online; one date of a series falls out.
 */
#include "feature/demo/events.h"

#include "base/clock.h"
#include "feature/demo/town.h"
#include "feature/event/event.h"
#include "web/vocab.h"

#define F(name) ((int64_t)1 << FIELD_##name)

static const struct {
    int days;    /* from today */
    int weekday; /* then the next such day; -1: as it falls */
    int lasts;   /* days more */
    const char *begins_at, *ends_at, *repeat;
    int64_t fields;
    bool of_town;
    bool online;
    const char *title, *simple, *english, *summary, *text;
    const char *venue;
} events[] = {
    { 0, 1, 0, "17:00", "19:00", "weekly", F(education) | F(board_admin), true, false,
      "Offene Sprechstunde Ehrenamt", "Sprech-Stunde zum Ehren-Amt", "Open hour on volunteering",
      "Kommen Sie vorbei und fragen Sie: Was passt zu mir? Ohne Anmeldung.",
      "Wir hören zu, zeigen Angebote und rufen auf Wunsch gleich bei einem Verein an.\n\n- Dauer: "
      "so lange Sie mögen\n- Kaffee und Tee stehen bereit",
      "Haus der Vereine, Erdgeschoss" },
    { 2, 3, 0, "15:30", "17:00", "biweekly", F(children_youth) | F(education), false, false,
      "Vorlesen für Kinder", "Vor-Lesen für Kinder", "Reading aloud for children",
      "Eine Stunde Geschichten für Kinder von vier bis acht Jahren.",
      "Wer selbst vorlesen möchte, schaut beim ersten Mal zu.", "Stadtbücherei, Lesesaal" },
    { 3, 5, 0, "10:00", "14:00", "monthly_day", F(crafts_household) | F(environment_animals), false,
      false, "Repair-Café", "Reparier-Café", "Repair café",
      "Kaputtes mitbringen, gemeinsam reparieren, Kuchen essen.",
      "Fahrrad, Lampe, Toaster, Hose: Wir sehen es uns zusammen an. Ersatzteile bitte mitbringen.",
      "Werkstatt am Hafen" },
    { 5, -1, 0, "18:30", "20:30", "", F(board_admin), true, true,
      "Schulung: Versicherung im Ehrenamt", "Schulung: Versicherung im Ehren-Amt",
      "Training: insurance for volunteers",
      "Wer haftet, wenn etwas passiert? Ein Abend mit Beispielen aus Vereinen.",
      "Die Schulung ist kostenlos. Den Zugang finden Sie auf dieser Seite.", "" },
    { 9, 6, 0, "", "", "", F(environment_animals) | F(family_neighbourhood), true, false,
      "Aktionstag Saubere Stadt", "Wir machen die Stadt sauber", "Clean town day",
      "Mit Zange und Handschuh durch die Stadt: Jede Gruppe bekommt eine Strecke.",
      "Handschuhe, Zangen und Säcke geben wir aus. Zum Schluss gibt es Suppe.", "Rathausplatz" },
    { 12, 4, 0, "22:00", "01:00", "", F(culture) | F(social_poverty), false, false,
      "Nacht der offenen Küche", "Nacht der offenen Küche", "Night of the open kitchen",
      "Kochen für Menschen, die nachts arbeiten oder kein Zuhause haben.", "Schürzen sind da.",
      "Gemeindehaus" },
    { 16, 5, 1, "", "", "", F(culture) | F(politics_participation), true, false,
      "Messe der Vereine", "Messe der Vereine", "Fair of associations",
      "Zwei Tage, viele Stände: Vereine zeigen, was sie tun und wen sie suchen.",
      "Samstag und Sonntag. Der Eintritt ist frei.", "Stadthalle" },
    { 1, 0, 0, "19:00", "20:30", "monthly_last", F(migration_diversity), false, false, "Sprachcafé",
      "Sprach-Café", "Language café",
      "Deutsch sprechen, zuhören, lachen. Alle sind willkommen, auch Anfänger.",
      "Wir sitzen an kleinen Tischen. Jeder Tisch hat ein Thema.", "Café im Bahnhof" },
};

static str first_day(struct arena *a, int days, int weekday)
{
    struct day d = day_add(clock_today(), days);
    while (weekday >= 0 && day_weekday(d) != weekday)
        d = day_add(d, 1);
    return day_iso(a, d);
}

static struct event_form said(struct rq *rq, size_t i)
{
    struct arena *a = rq->arena;
    struct day last;
    struct event_form f = { .title = str_from_c(events[i].title),
                            .title_simple = str_from_c(events[i].simple),
                            .title_en = str_from_c(events[i].english),
                            .summary = str_from_c(events[i].summary),
                            .text_md = str_from_c(events[i].text),
                            .fields = events[i].fields,
                            .begins_on = first_day(a, events[i].days, events[i].weekday),
                            .begins_at = str_from_c(events[i].begins_at),
                            .ends_at = str_from_c(events[i].ends_at),
                            .repeat = str_from_c(events[i].repeat),
                            .venue = str_from_c(events[i].venue),
                            .place = events[i].venue[0] ? rq->city->name : S("") };
    bool next = f.ends_at.n && str_cmp(f.ends_at, f.begins_at) < 0;
    f.online = events[i].online ? S("https://video.example/schulung") : S("");
    f.ends_on = f.begins_on;
    if (day_parse_iso(f.begins_on, &last))
        f.ends_on = day_iso(a, day_add(last, events[i].lasts + next));
    return f;
}

/* The third date of a series falls out. */
static void cancel_one(struct rq *rq, struct tx *tx, int64_t id)
{
    struct event_instances_in in = {
        .city = rq->city->id, .event = id, .from_at = clock_now(), .limit = 3
    };
    struct event_instance_row_rows dates = event_instances(&tx->db, &in);
    struct event_single s = { .cancelled = true, .note = S("Wir machen Pause.") };
    if (dates.n < 3)
        return;
    s.day = dates.v[2].day;
    event_change_save(tx, rq->city->id, id, &s);
}

static void invite(struct rq *rq, struct tx *tx)
{
    struct event_organiser_rows groups = event_organisations(&tx->db, rq->city->id, 0);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        struct event_form f = said(rq, i);
        struct event_arrival arrival = { .city_id = rq->city->id, .state = S("published") };
        if (!events[i].of_town && groups.n)
            arrival.organisation_id = some_int(groups.v[i * 7 % groups.n].id);
        int64_t id = event_new(tx, &arrival, &f);
        if (i == 0)
            cancel_one(rq, tx, id);
    }
}

enum err demo_events(struct app *app, struct arena *a)
{
    return demo_each_town(app, a, invite);
}
