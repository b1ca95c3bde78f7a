/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * P3 (every class of retention gone on its day): a row of each class at each of several
 * instants, then eleven simulated years of nights. A row must be there until its last day is over
 * and gone in the night after it. A class without a row here fails the test, so a new one
 * cannot be forgotten. And what the job leaves: proof without anybody's data, and a chain that
 * still verifies.
 */
#include "base/clock.h"
#include "base/test.h"
#include "db/privacy.h"
#include "db/engine.h"
#include "feature/person/person.h"
#include "feature/privacy/retention.h"
#include "company.sql.h"
#include "people.h"
#include "product.h"
#include "web/audit.h"
#include "web/job.h"
#include "world.h"

#define YEARS 11

static struct product product;
static int64_t town;
static int64_t offer;
static int64_t club;
static int64_t office;
static int64_t placement;
static int64_t programme, profile;
static int64_t company, company_offer;
static int64_t who;
static int64_t person; /* whose record is held, and stays */

static int64_t somebody(void)
{
    struct tx tx;
    struct person_form f = { .name = S("Heide Beispiel"), .lang = S("de") };
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    int64_t id = person_new(&tx, &(struct person_arrival){ .city_id = town }, &f);
    person_hold(&tx, town, id, 1);
    eq_int(tx_commit(&tx), ERR_OK);
    return id;
}

/* A company that something is always going on with, so that its matches go by their own time. */
static int64_t busy_company(void)
{
    struct tx tx;
    int64_t id = world_company(&product, town);
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    company_touch(&tx, clock_now() + (int64_t)2 * YEARS * 366 * 86400, town, id);
    eq_int(tx_commit(&tx), ERR_OK);
    return id;
}

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(clock_instant((struct local_time){ .day = { 2026, 3, 1 }, .hour = 12 }));
        town = world_town(&product, "hier", "Hier");
        who = world_account(&product, town, "office_staff", 0);
        club = world_organisation(&product, town, "Verein");
        office = world_office(&product, town);
        offer = world_offer(&product, &(struct world_offer){ town, club, "archived", "Alt" });
        person = somebody();
        placement = world_placement(&product, town);
        programme = world_programme(&product, town);
        profile = world_profile(&product, town);
        company_offer = world_company_offer(&product, town);
        company = busy_company();
        run();
    }
    product_close(&product);
    clock_set(0);
}

/* ---- a row of each class ---- */

/*
 * As SQL, with {id}, {at}, {city}, {club}, {offer}, {who}, {person}, {office}, {placement}, …: the
 * row, and whether it is there (n = 1) or has been erased (n = 0).
 */
struct sample {
    const char *class;
    const char *insert;
    const char *there;
};

#define ROW(table) "SELECT COUNT(*) AS n FROM " table " WHERE id = {id}"

static const struct sample samples[] = {
    { "account.idle",
      "INSERT INTO account (id, mail, name, created_at, last_seen_at) VALUES ({id}, 'a{id}@x.de', "
      "'N', 1, {at})",
      ROW("account") },
    { "account.unused",
      "INSERT INTO account (id, mail, name, created_at) VALUES ({id}, 'u{id}@x.de', 'N', {at})",
      ROW("account") },
    { "session.expired",
      "INSERT INTO session (id, account_id, token_hash, created_at, seen_at, expires_at) VALUES "
      "({id}, {who}, 't{id}', 1, 1, {at})",
      ROW("session") },
    { "link.over",
      "INSERT INTO link (id, city_id, token_hash, purpose, subject_id, created_at, expires_at, "
      "forget_at) VALUES ({id}, {city}, 'l{id}', 'x', 1, 1, 1, {at})",
      ROW("link") },
    { "mail.sent",
      "INSERT INTO mail (id, city_id, recipient, subject, body_text, body_html, dedupe, "
      "created_at, "
      "next_at, sent_at) VALUES ({id}, {city}, 'r@x.de', 's', 't', 'h', 's{id}', 1, 1, {at})",
      ROW("mail") },
    { "mail.unsent",
      "INSERT INTO mail (id, city_id, recipient, subject, body_text, body_html, dedupe, "
      "created_at, "
      "next_at) VALUES ({id}, {city}, 'r@x.de', 's', 't', 'h', 'u{id}', {at}, 9000000000)",
      ROW("mail") },
    { "procedure_event.old",
      "INSERT INTO procedure_event (id, city_id, kind, subject_id, at, actor, account_id, verb, "
      "from_state, to_state, note) VALUES ({id}, {city}, 'offer', 1, {at}, 'person', 7, 'v', '', "
      "'', 'geheim')",
      ROW("procedure_event") " AND note <> ''" },
    { "read_log.old",
      "INSERT INTO read_log (id, city_id, at, account_id, role, place, subject_id, why) VALUES "
      "({id}, {city}, {at}, {who}, 'office_staff', 'concern_message.note', 1, '/')",
      ROW("read_log") },
    { "follow_up.done",
      "INSERT INTO follow_up (id, city_id, kind, subject_id, due_on, account_id, note, created_at, "
      "created_by, done_at) VALUES ({id}, {city}, 'offer', 1, '2026-01-01', 7, 'n', 1, 7, {at})",
      ROW("follow_up") },
    { "account_code.expired",
      "INSERT INTO account_code (session_id, account_id, hash, expires_at) VALUES ({id}, {who}, "
      "'h', "
      "{at})",
      "SELECT COUNT(*) AS n FROM account_code WHERE session_id = {id}" },
    { "account_answer.expired",
      "INSERT INTO account_answer (id, hash, expires_at) VALUES ({id}, 'a{id}', {at})",
      ROW("account_answer") },
    { "account_mail_change.over",
      "INSERT INTO account_mail_change (id, account_id, old_mail, new_mail, wished_at) VALUES "
      "({id}, {who}, 'o@x.de', 'n@x.de', {at})",
      ROW("account_mail_change") },
    { "barrier_report.answered",
      "INSERT INTO barrier_report (id, city_id, page, message, reply_to, created_at, answered_at) "
      "VALUES ({id}, {city}, '/', 'm', 'r@x.de', 1, {at})",
      ROW("barrier_report") },
    { "barrier_report.open",
      "INSERT INTO barrier_report (id, city_id, page, message, reply_to, created_at) VALUES ({id}, "
      "{city}, '/', 'm', 'r@x.de', {at})",
      ROW("barrier_report") },
    { "opportunity.archived",
      "INSERT INTO opportunity (id, city_id, organisation_id, state, title, contact_mail, "
      "created_at, changed_at) VALUES ({id}, {city}, {club}, 'archived', 'T', 'k@x.de', 1, {at})",
      ROW("opportunity") " AND contact_mail <> ''" },
    { "opportunity_change.waiting",
      "INSERT INTO opportunity_change (id, city_id, opportunity_id, event_id, at, state, mail) "
      "VALUES ({id}, {city}, {offer}, 1, {at}, 'waiting', 'c@x.de')",
      ROW("opportunity_change") " AND mail <> ''" },
    { "import_file.old",
      "INSERT INTO import_file (id, city_id, account_id, name, kind, format, state, bytes, size, "
      "created_at) VALUES ({id}, {city}, {who}, 'f', 'k', 'csv', 'columns', {blob}, 1, {at})",
      ROW("import_file") },
    { "person_file.old",
      "INSERT INTO person_file (id, city_id, account_id, name, state, bytes, size, created_at) "
      "VALUES ({id}, {city}, {who}, 'f', 'columns', {blob}, 1, {at})",
      ROW("person_file") },
    { "opportunity_entry.asked",
      "INSERT INTO opportunity_entry (id, city_id, mail, organisation, lang, created_at) VALUES "
      "({id}, {city}, 'e@x.de', 'V', 'de', {at})",
      ROW("opportunity_entry") },
    { "opportunity_entry.any",
      "INSERT INTO opportunity_entry (id, city_id, mail, organisation, lang, opportunity_id, "
      "created_at) VALUES ({id}, {city}, 'e@x.de', 'V', 'de', {offer}, {at})",
      ROW("opportunity_entry") },
    { "organisation_invite.open",
      "INSERT INTO organisation_invite (id, city_id, organisation_id, mail, role, created_at) "
      "VALUES ({id}, {city}, {club}, 'i@x.de', 'organisation_member', {at})",
      ROW("organisation_invite") },
    { "organisation.archived",
      "INSERT INTO organisation (id, city_id, name, sort_key, search, kind, phone, created_at, "
      "changed_at, archived_at) VALUES ({id}, {city}, 'V', 'v', 'v', 'verein', '1', 1, 1, {at})",
      ROW("organisation") " AND phone <> ''" },
    { "concern.unconfirmed",
      "INSERT INTO concern (id, city_id, number, state, asker, topic, organisation, name, mail, "
      "subject, question, search, lang, consent, consent_at, promised_on, created_at) VALUES "
      "({id}, {city}, 'n{id}', 'new', 'citizen', 'tax', '', 'N', 'm@x.de', 's', 'q', '', 'de', '', "
      "1, '', {at})",
      ROW("concern") },
    { "concern.closed",
      "INSERT INTO concern (id, city_id, number, state, asker, topic, organisation, name, mail, "
      "subject, question, search, lang, consent, consent_at, promised_on, created_at, closed_at) "
      "VALUES ({id}, {city}, 'c{id}', 'closed', 'citizen', 'tax', '', 'N', 'm@x.de', 's', 'q', '', "
      "'de', '', 1, '', 1, {at})",
      ROW("concern") " AND mail <> ''" },
    { "concern.withdrawn",
      "INSERT INTO concern (id, city_id, number, state, asker, topic, organisation, name, mail, "
      "subject, question, search, lang, consent, consent_at, promised_on, created_at, closed_at) "
      "VALUES ({id}, {city}, 'w{id}', 'withdrawn', 'citizen', 'tax', '', 'N', 'm@x.de', 's', 'q', "
      "'', 'de', '', 1, '', 1, {at})",
      ROW("concern") " AND mail <> ''" },
    { "consent.ended",
      "INSERT INTO consent (id, city_id, purpose, subject_id, whom, text_hash, channel, given_at, "
      "confirmed_at, withdrawn_at) VALUES ({id}, {city}, 'x', {id}, 'w', 'h', 'web', 1, 1, {at})",
      ROW("consent") },
    { "consent.unconfirmed",
      "INSERT INTO consent (id, city_id, purpose, subject_id, whom, text_hash, channel, given_at) "
      "VALUES ({id}, {city}, 'x', {id}, 'w', 'h', 'web', {at})",
      ROW("consent") },
    { "interest.unconfirmed",
      "INSERT INTO interest (id, city_id, opportunity_id, state, name, mail, message, lang, "
      "created_at, changed_at) VALUES ({id}, {city}, {offer}, 'unconfirmed', 'N', 'i@x.de', 'm', "
      "'de', {at}, {at})",
      ROW("interest") },
    { "interest.finished",
      "INSERT INTO interest (id, city_id, opportunity_id, state, name, mail, message, lang, "
      "created_at, changed_at) VALUES ({id}, {city}, {offer}, 'declined', 'N', 'i@x.de', 'm', "
      "'de', {at}, {at})",
      ROW("interest") },
    { "interest.any",
      "INSERT INTO interest (id, city_id, opportunity_id, state, name, mail, message, lang, "
      "created_at, changed_at) VALUES ({id}, {city}, {offer}, 'sent', 'N', 'i@x.de', 'm', 'de', "
      "{at}, {at})",
      ROW("interest") },
    { "person.waiting",
      "INSERT INTO person (id, city_id, state, name, sort_key, search, lang, source, created_at, "
      "changed_at, contact_at) VALUES ({id}, {city}, 'waiting', 'N', 'n', 'n', 'de', 'self', {at}, "
      "1, 9000000000)",
      ROW("person") },
    { "person.idle",
      "INSERT INTO person (id, city_id, state, name, sort_key, search, lang, source, created_at, "
      "changed_at, contact_at) VALUES ({id}, {city}, 'active', 'N', 'n', 'n', 'de', 'office', 1, "
      "1, {at})",
      ROW("person") " AND name <> ''" },
    { "appointment_closure.past",
      "INSERT INTO appointment_closure (id, city_id, from_day, to_day, over_at) VALUES ({id}, "
      "{city}, '2026-01-01', '2026-01-02', {at})",
      ROW("appointment_closure") },
    { "appointment.unconfirmed",
      "INSERT INTO appointment (id, city_id, office_id, place_id, account_id, starts_at, ends_at, "
      "channel, video, state, name, mail, phone, subject, lang, held_until, created_at, "
      "changed_at) VALUES ({id}, {city}, {office}, 0, 0, 9000000000, 9000001800, 'phone', '', "
      "'held', 'N', 'a@x.de', '', '', 'de', {at}, 1, 1)",
      ROW("appointment") },
    { "appointment.over",
      "INSERT INTO appointment (id, city_id, office_id, place_id, account_id, starts_at, ends_at, "
      "channel, video, state, name, mail, phone, subject, lang, held_until, created_at, "
      "changed_at) VALUES ({id}, {city}, {office}, 0, 0, {at}, {at}, 'phone', '', 'attended', "
      "'N', 'a@x.de', '', '', 'de', 0, 1, 1)",
      ROW("appointment") },
    { "placement.closed",
      "INSERT INTO placement (id, city_id, person_id, opportunity_id, state, why, created_at, "
      "changed_at, closed_at) VALUES ({id}, {city}, {person}, {offer}, 'ended', 'W', 1, 1, {at})",
      ROW("placement") " AND why <> ''" },
    { "company.waiting",
      "INSERT INTO company (id, city_id, state, name, search, mail, created_at, changed_at) VALUES "
      "({id}, {city}, 'waiting', 'N', 'n', 'w@x.de', {at}, {at})",
      ROW("company") " AND mail <> ''" },
    { "company.idle",
      "INSERT INTO company (id, city_id, state, name, search, mail, created_at, changed_at) VALUES "
      "({id}, {city}, 'active', 'N', 'n', 'i@x.de', 1, {at})",
      ROW("company") " AND mail <> ''" },
    { "company_match.closed",
      "INSERT INTO company_match (id, city_id, offer_id, need_id, company_id, organisation_id, "
      "state, said_company, created_at, changed_at, closed_at) VALUES ({id}, {city}, "
      "{company_offer}, {company_offer}, {company}, {club}, 'done', 'S', 1, 1, {at})",
      ROW("company_match") " AND said_company <> ''" },
    { "mentoring_profile.closed",
      "INSERT INTO mentoring_profile (id, city_id, programme_id, person_id, side, state, wish, "
      "note, created_at, changed_at, closed_at) VALUES ({id}, {city}, {programme}, {person}, "
      "'mentor', 'closed', 'W', '', 1, 1, {at})",
      ROW("mentoring_profile") " AND wish <> ''" },
    { "mentoring_pair.closed",
      "INSERT INTO mentoring_pair (id, city_id, programme_id, mentor_id, mentee_id, "
      "mentor_person_id, mentee_person_id, state, fits, created_at, changed_at, closed_at) VALUES "
      "({id}, {city}, {programme}, {profile}, {profile}, {person}, {person}, 'ended', 'F', 1, 1, "
      "{at})",
      ROW("mentoring_pair") " AND fits <> ''" },
    { "certificate.over",
      "INSERT INTO certificate (id, city_id, person_id, inspected_on, issued_on, entry, delete_at) "
      "VALUES ({id}, {city}, {person}, '2026-01-01', '2026-01-01', '', {at})",
      ROW("certificate") },
    { "hours_sheet.old",
      "INSERT INTO hours_sheet (id, city_id, person_id, placement_id, month, state, created_at, "
      "changed_at) VALUES ({id}, {city}, {person}, {placement}, 'm{id}', 'confirmed', 1, {at})",
      ROW("hours_sheet") },
    { "tally.any",
      "INSERT INTO tally (id, city_id, opportunity_id, day, way, n, counted_at) VALUES ({id}, "
      "{city}, {offer}, 'd{id}', 'direct', 1, {at})",
      ROW("tally") },
    { "tally.interest",
      "INSERT INTO tally (id, city_id, opportunity_id, day, way, n, counted_at) VALUES ({id}, "
      "{city}, {offer}, 'd{id}', 'interest', 1, {at})",
      ROW("tally") },
    { "alert.unconfirmed",
      "INSERT INTO alert (id, city_id, state, mail, lang, query, every, created_at, changed_at) "
      "VALUES ({id}, {city}, 'unconfirmed', 'i@x.de', 'de', 'q=x', 'daily', {at}, {at})",
      ROW("alert") },
    { "alert.ended",
      "INSERT INTO alert (id, city_id, state, mail, lang, query, every, created_at, changed_at) "
      "VALUES ({id}, {city}, 'ended', 'i@x.de', 'de', 'q=x', 'daily', {at}, {at})",
      ROW("alert") },
    { "duplicate_merge.over",
      "INSERT INTO duplicate_merge (id, city_id, kind, kept_id, gone_id, at, account_id, mail) "
      "VALUES ({id}, {city}, 'opportunity', 1, 2, {at}, 7, 'd@x.de')",
      ROW("duplicate_merge") },
};
enum { SAMPLES = sizeof samples / sizeof *samples };

/*
 * When the rows began: the last second of a winter's day, the first of one, the nights in
 * which summer time begins and ends, a leap day, and one late enough to be due in the last years.
 */
static const struct local_time begins[] = {
    { { 2026, 3, 2 }, 23, 59, 59 }, { { 2026, 3, 3 }, 0, 0, 0 },   { { 2026, 3, 29 }, 3, 30, 0 },
    { { 2026, 10, 25 }, 2, 30, 0 }, { { 2028, 2, 29 }, 12, 0, 0 }, { { 2031, 12, 31 }, 23, 0, 0 },
};
enum { BEGINS = sizeof begins / sizeof *begins };

struct watched {
    const struct sample *sample;
    const struct privacy_keep *keep;
    int64_t id;
    struct day last; /* the last day on which it is kept */
    int state;       /* 0: not begun, 1: there, 2: gone */
};
static struct watched watched[SAMPLES * BEGINS];

static const struct privacy_keep *keep_of(const char *class)
{
    for (size_t i = 0; i < privacy_table_count; i++)
        for (const struct privacy_keep *k = privacy_tables[i].keeps; k->name; k++)
            if (str_eq(str_from_c(k->name), str_from_c(class)))
                return k;
    return NULL;
}

/* ---- SQL of the samples ---- */

static str filled(struct arena *a, const char *sql, int64_t id, int64_t at)
{
    const struct {
        str name;
        int64_t value;
    } words[] = { { S("{id}"), id },
                  { S("{at}"), at },
                  { S("{city}"), town },
                  { S("{club}"), club },
                  { S("{offer}"), offer },
                  { S("{who}"), who },
                  { S("{office}"), office },
                  { S("{placement}"), placement },
                  { S("{person}"), person },
                  { S("{programme}"), programme },
                  { S("{profile}"), profile },
                  { S("{company}"), company },
                  { S("{company_offer}"), company_offer } };
    struct out o = out_new(a, 0);
    str rest = str_from_c(sql);
    while (rest.n) {
        size_t w = 0;
        if (str_starts(rest, S("{blob}"))) { /* the engines write it differently */
            out_str(&o, store_is_postgres(product.app.store) ? S("''") : S("x''"));
            rest = str_slice(rest, 6, rest.n);
            continue;
        }
        while (w < sizeof words / sizeof *words && !str_starts(rest, words[w].name))
            w++;
        if (w < sizeof words / sizeof *words) {
            out_fmt(&o, "%lld", (long long)words[w].value);
            rest = str_slice(rest, words[w].name.n, rest.n);
        } else {
            out_char(&o, rest.p[0]);
            rest = str_slice(rest, 1, rest.n);
        }
    }
    return out_text(&o);
}

struct counted {
    int64_t n;
};
static const struct db_column counted_columns[] = { { "n", DB_INT, false, 0 } };
static const struct db_row_type counted_type = { "counted", counted_columns, 1,
                                                 sizeof(struct counted) };

static struct stmt statement(struct arena *a, str sql, const struct db_row_type *row)
{
    const char *text = str_to_c(a, sql);
    return (struct stmt){
        .name = "sample", .sqlite = text, .postgres = text, .row = row, .id = DB_STMT_RARE
    };
}

static void begin_row(struct watched *w, int64_t at)
{
    struct tx tx;
    struct arena a;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    w->id = db_new_id();
    struct stmt s = statement(&a, filled(&a, w->sample->insert, w->id, at), NULL);
    eq_int(tx_run(&tx, &s, NULL), 1);
    eq_int(tx_commit(&tx), ERR_OK);
    w->state = 1;
    arena_free(&a);
}

static bool is_there(const struct watched *w)
{
    struct db db;
    struct arena a;
    arena_init(&a, 0);
    must(db_begin(product.app.store, &a, &db) == ERR_OK);
    struct stmt s = statement(&a, filled(&a, w->sample->there, w->id, 0), &counted_type);
    const struct counted *row = db_row(&db, &s, NULL);
    bool there = row && row->n == 1;
    db_end(&db);
    arena_free(&a);
    return there;
}

/* ---- the nights ---- */

static void night(struct day day)
{
    struct arena a;
    arena_init(&a, 0);
    struct job_run run = { .arena = &a };
    clock_set(clock_instant((struct local_time){ .day = day, .hour = 3 }));
    eq_int(job_run_now(&product.app, S("privacy.retention"), &run), ERR_OK);
    arena_free(&a);
}

/* Rows that begin or whose last day is near are looked at: nights without any change nothing. */
static bool is_near(struct day day)
{
    int64_t n = day_number(day);
    for (size_t i = 0; i < SAMPLES * BEGINS; i++) {
        int64_t last = day_number(watched[i].last);
        if (watched[i].state == 1 && n >= last && n <= last + 2)
            return true;
    }
    return n % 28 == 0;
}

static void look(struct day day)
{
    int64_t n = day_number(day);
    for (size_t i = 0; i < SAMPLES * BEGINS; i++) {
        struct watched *w = &watched[i];
        int64_t last = day_number(w->last);
        if (w->state != 1 || n < last)
            continue;
        bool there = is_there(w);
        if (n == last && !there)
            printf("# %s begun at %zu was gone too early\n", w->sample->class, i % BEGINS);
        ok(n == last ? there : !there);
        if (!there)
            w->state = 2;
    }
}

static void begin_due(struct day day)
{
    for (size_t i = 0; i < SAMPLES * BEGINS; i++) {
        const struct local_time *at = &begins[i % BEGINS];
        if (watched[i].state == 0 && day_number(at->day) == day_number(day))
            begin_row(&watched[i], clock_instant(*at));
    }
}

static void set_up(void)
{
    for (size_t i = 0; i < SAMPLES * BEGINS; i++) {
        const struct privacy_keep *keep = keep_of(samples[i / BEGINS].class);
        must(keep != NULL);
        watched[i] = (struct watched){ .sample = &samples[i / BEGINS],
                                       .keep = keep,
                                       .last = day_add(begins[i % BEGINS].day, keep->days) };
    }
}

static void each_class_goes_on_its_day_here(void)
{
    set_up();
    int64_t first = day_number(begins[0].day);
    for (int64_t n = first; n < first + YEARS * 366; n++) {
        struct day day = day_from_number(n);
        if (is_near(day))
            night(day);
        look(day);
        begin_due(day);
    }
    for (size_t i = 0; i < SAMPLES * BEGINS; i++) {
        if (watched[i].state != 2)
            printf("# %s begun at %zu never went\n", watched[i].sample->class, i % BEGINS);
        eq_int(watched[i].state, 2);
    }
}
ON_EACH_STORE(each_class_goes_on_its_day)

/* The audit trail is erased by its oldest end, also its own lines, and still holds. */
static void the_trail_is_cut_and_holds_here(void)
{
    struct db db;
    struct day start = clock_today();
    for (int year = 0; year < 8; year++) {
        world_concern(&product, town);
        night(day_add(start, year * 365 + 1));
    }
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    eq_int(audit_verify(&db), 0);
    struct retention_lines lines = retention_look(&db, clock_now(), 0);
    for (size_t i = 0; i < lines.n; i++)
        eq_int(lines.v[i].due, 0); /* the dry run has nothing left to say */
    size_t proofs = proof_list(&db, town).n;
    ok(proofs > 0);
    db_end(&db);
}
ON_EACH_STORE(the_trail_is_cut_and_holds)

static void every_class_has_a_sample(void)
{
    for (size_t i = 0; i < privacy_table_count; i++)
        for (const struct privacy_keep *k = privacy_tables[i].keeps; k->name; k++) {
            bool found = str_eq(str_from_c(k->name), S("audit.old")); /* the test above */
            for (size_t s = 0; s < SAMPLES && !found; s++)
                found = str_eq(str_from_c(samples[s].class), str_from_c(k->name));
            if (!found)
                printf("# no row of the class %s\n", k->name);
            ok(found);
        }
}

static const struct test tests[] = { TEST(every_class_has_a_sample),
                                     TEST(each_class_goes_on_its_day),
                                     TEST(the_trail_is_cut_and_holds) };
TEST_MAIN(tests)
