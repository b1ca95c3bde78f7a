/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * P1, P2, P5, P6 and P7 of the privacy tests: a canary person, who has no account, with a marker of
 * its own in every personal column. Found completely in the export; nowhere after deletion
 * and one night: database file, write-ahead log, a backup, a backup restored, the mails, the log
 * of the whole run. The markers wanted come from the tables' descriptions (people.h): a new
 * personal column without a marker here fails. Each look is also shown a planted fault.
 */
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "advice.sql.h"
#include "mentoring.sql.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/test.h"
#include "concern.sql.h"
#include "db/dump.h"
#include "db/engine.h"
#include "feature/site/site.h"
#include "people.h"
#include "certificate.sql.h"
#include "person.sql.h"
#include "product.h"
#include "web.sql.h"
#include "web/cli.h"
#include "web/erasure.h"
#include "web/job.h"
#include "web/seal.h"
#include "web/router.h"
#include "world.h"

#define MAIL "kanarie@voliere.example"

static struct product product;
static int64_t town, elsewhere;
static char dir[] = "/tmp/tandem-canary.XXXXXX";
static int log_fd = -1;

/* ---- what goes in ---- */

/* {id}, {city}, {mail}, {club}, {offer}, {change}, {concern}, {interest}, {merge}, {person},
 * {advice}, {question}, {mark} are filled in. */
static const char *const inserts[] = {
    "INSERT INTO opportunity (id, city_id, organisation_id, state, title, contact_name, "
    "contact_mail, contact_phone, created_at, changed_at) VALUES ({offer}, {city}, {club}, "
    "'archived', 'T', 'canary-opportunity-contact_name', '{mail}', "
    "'canary-opportunity-contact_phone', {at}, {at})",
    "INSERT INTO organisation (id, city_id, name, sort_key, search, kind, mail, phone, created_at, "
    "changed_at) VALUES ({id}, {city}, 'V', 'v', 'v', 'verein', '{mail}', "
    "'canary-organisation-phone', {at}, {at})",
    "INSERT INTO opportunity_entry (id, city_id, mail, organisation, lang, opportunity_id, "
    "created_at) VALUES ({id}, {city}, '{mail}', 'V', 'de', {offer}, {at})",
    "INSERT INTO opportunity_change (id, city_id, opportunity_id, event_id, at, state, mail) "
    "VALUES ({change}, {city}, {offer}, 1, {at}, 'waiting', '{mail}')",
    "INSERT INTO opportunity_change_field (id, city_id, change_id, field, was, said) VALUES ({id}, "
    "{city}, {change}, 'contact_name', 'canary-opportunity_change_field-was', "
    "'canary-opportunity_change_field-said')",
    "INSERT INTO duplicate_merge (id, city_id, kind, kept_id, gone_id, at, account_id, mail) "
    "VALUES ({merge}, {city}, 'opportunity', {offer}, 2, {at}, 0, '{mail}')",
    "INSERT INTO duplicate_value (id, city_id, merge_id, side, name, was, said) VALUES ({id}, "
    "{city}, {merge}, 'kept', 'contact_name', 'canary-duplicate_value-was', "
    "'canary-duplicate_value-said')",
    "INSERT INTO barrier_report (id, city_id, page, message, reply_to, created_at) VALUES ({id}, "
    "{city}, '/', 'canary-barrier_report-message', '{mail}', {at})",
    "INSERT INTO concern (id, city_id, number, state, asker, topic, organisation, name, mail, "
    "subject, question, search, lang, consent, consent_at, promised_on, created_at, confirmed_at) "
    "VALUES ({concern}, {city}, 'n{id}', 'confirmed', 'citizen', 'tax', "
    "'canary-concern-organisation', 'canary-concern-name', '{mail}', 'canary-concern-subject', "
    "'canary-concern-question', 'canary-concern-search', 'de', '', {at}, '', {at}, {at})",
    "INSERT INTO concern_message (id, city_id, concern_id, at, kind, account_id, body) VALUES "
    "({id}, {city}, {concern}, {at}, 'answer', 0, 'canary-concern_message-body')",
    "INSERT INTO interest (id, city_id, opportunity_id, state, name, mail, phone, message, answer, "
    "lang, created_at, changed_at) VALUES ({interest}, {city}, {offer}, 'sent', "
    "'canary-interest-name', '{mail}', 'canary-interest-phone', 'canary-interest-message', "
    "'canary-interest-answer', 'de', {at}, {at})",
    "INSERT INTO person (id, city_id, state, name, sort_key, search, pronoun, lang, guardian, "
    "mail, "
    "phone, street, postcode, place, district, skills, experience, motivation, source, created_at, "
    "changed_at, contact_at) VALUES ({person}, {city}, 'active', 'canary-person-name', "
    "'canary-person-sort_key', 'canary-person-search', 'canary-person-pronoun', 'de', "
    "'canary-person-guardian', '{mail}', 'canary-person-phone', 'canary-person-street', "
    "'canary-person-postcode', 'canary-person-place', 'canary-person-district', "
    "'canary-person-skills', 'canary-person-experience', 'canary-person-motivation', 'office', "
    "{at}, {at}, {at})",
    "INSERT INTO appointment (id, city_id, office_id, place_id, account_id, starts_at, ends_at, "
    "channel, video, state, name, mail, phone, subject, lang, held_until, created_at, changed_at) "
    "VALUES ({appointment}, {city}, {office}, 0, 0, 9000000000, 9000001800, 'phone', '', 'booked', "
    "'canary-appointment-name', '{mail}', 'canary-appointment-phone', "
    "'canary-appointment-subject', 'de', 0, {at}, {at})",
    "INSERT INTO appointment_time (id, city_id, appointment_id, whose_id, at) VALUES ({id}, "
    "{city}, {appointment}, {office}, 9000000000)",
    "INSERT INTO placement (id, city_id, person_id, opportunity_id, state, why, answer, "
    "meets_place, "
    "meets_with, commissioned_by, supervisor, scope, checked_why, created_at, changed_at, "
    "closed_at) "
    "VALUES ({placement}, {city}, {person}, {offer}, 'ended', 'canary-placement-why', "
    "'canary-placement-answer', 'canary-placement-meets_place', 'canary-placement-meets_with', "
    "'canary-placement-commissioned_by', 'canary-placement-supervisor', 'canary-placement-scope', "
    "'canary-placement-checked_why', {at}, {at}, {at})",
    "INSERT INTO placement_feedback (id, city_id, placement_id, person_id, at, side, way, rating, "
    "sentence) VALUES ({id}, {city}, {placement}, {person}, {at}, 'person', 'link', 4, "
    "'canary-placement_feedback-sentence')",
    "INSERT INTO hours_sheet (id, city_id, person_id, placement_id, month, state, answer, "
    "created_at, changed_at) VALUES ({interest}, {city}, {person}, {placement}, '2026-01', "
    "'confirmed', 'canary-hours_sheet-answer', {at}, {at})",
    "INSERT INTO hours_entry (id, city_id, sheet_id, person_id, day, minutes, activity, "
    "created_at) "
    "VALUES ({id}, {city}, {interest}, {person}, '2026-01-02', 60, 'canary-hours_entry-activity', "
    "{at})",
    "INSERT INTO company (id, city_id, state, name, search, contact_name, mail, phone, created_at, "
    "changed_at) VALUES ({company}, {city}, 'active', 'N', 'canary-company-search', "
    "'canary-company-contact_name', '{mail}', 'canary-company-phone', {at}, {at})",
    "INSERT INTO company_item (id, city_id, company_id, state, kind, title, search, created_at, "
    "changed_at) VALUES ({item}, {city}, {company}, 'open', 'goods', 'T', 't', {at}, {at})",
    "INSERT INTO company_match (id, city_id, offer_id, need_id, company_id, organisation_id, "
    "state, said_company, said_organisation, created_at, changed_at, closed_at) VALUES ({id}, "
    "{city}, {item}, {item}, {company}, {club}, 'done', 'canary-company_match-said_company', "
    "'canary-company_match-said_organisation', {at}, {at}, {at})",
    "INSERT INTO mentoring_programme (id, city_id, state, title, aim, audience, mentor_word, "
    "mentee_word, created_at, changed_at) VALUES ({programme}, {city}, 'open', 'T', 'A', 'Z', "
    "'P', 'M', {at}, {at})",
    "INSERT INTO mentoring_profile (id, city_id, programme_id, person_id, side, state, wish, "
    "answers, note, created_at, changed_at) VALUES ({profile}, {city}, {programme}, {person}, "
    "'mentor', 'open', 'canary-mentoring_profile-wish', 'canary-mentoring_profile-answers', '', "
    "{at}, {at})",
    "INSERT INTO mentoring_pair (id, city_id, programme_id, mentor_id, mentee_id, "
    "mentor_person_id, mentee_person_id, state, fits, misses, mentor_said, mentee_said, "
    "created_at, changed_at, closed_at) VALUES ({pair}, {city}, {programme}, {profile}, "
    "{profile}, {person}, {person}, 'ended', 'canary-mentoring_pair-fits', "
    "'canary-mentoring_pair-misses', 'canary-mentoring_pair-mentor_said', "
    "'canary-mentoring_pair-mentee_said', {at}, {at}, {at})",
    "INSERT INTO mentoring_meeting (id, city_id, pair_id, person_id, side, day, minutes, sentence, "
    "created_at) VALUES ({id}, {city}, {pair}, {person}, 'mentor', '2026-01-02', 60, "
    "'canary-mentoring_meeting-sentence', {at})",
    "INSERT INTO mentoring_answer (id, city_id, pair_id, person_id, side, occasion, going, "
    "sentence, at) VALUES ({id}, {city}, {pair}, {person}, 'mentor', 1, 'good', "
    "'canary-mentoring_answer-sentence', {at})",
    "INSERT INTO advice (id, city_id, person_id, state, channel, reason, created_at) VALUES "
    "({advice}, {city}, {person}, 'new', 'phone', 'canary-advice-reason', {at})",
    "INSERT INTO advice_question (id, city_id, position, label, choices, created_at) VALUES "
    "({question}, {city}, 1, 'Q', '', {at})",
    "INSERT INTO advice_answer (id, city_id, advice_id, person_id, question_id, answer, at) VALUES "
    "({id}, {city}, {advice}, {person}, {question}, 'canary-advice_answer-answer', {at})",
    "INSERT INTO organisation_invite (id, city_id, organisation_id, mail, role, created_at) "
    "VALUES ({id}, {city}, {club}, '{mail}', 'organisation_member', {at})",
    "INSERT INTO alert (id, city_id, state, mail, lang, query, every, due_on, created_at, "
    "changed_at) VALUES ({id}, {city}, 'active', '{mail}', 'de', 'canary-alert-query', 'daily', "
    "'9999-01-01', {at}, {at})",
    "INSERT INTO consent (id, city_id, purpose, subject_id, whom, text_hash, channel, given_at, "
    "confirmed_at) VALUES ({id}, {city}, 'interest', {interest}, '{mark}', 'h', 'web', {at}, {at})",
    "INSERT INTO link (id, city_id, token_hash, purpose, subject_id, mail, created_at, expires_at, "
    "forget_at) VALUES ({id}, {city}, 'l{id}', 'interest', {interest}, '{mail}', {at}, "
    "9000000000, 9000000000)",
    "INSERT INTO mail (id, city_id, recipient, reply_to, subject, body_text, body_html, error, "
    "dedupe, created_at, next_at, sent_at) VALUES ({id}, {city}, '{mail}', '', "
    "'canary-mail-subject', 'canary-mail-body_text', 'canary-mail-body_html', "
    "'canary-mail-error', 'interest confirm {interest}', {at}, {at}, {at})",
    /* To the contact of the offer: what the person wrote stands in somebody else's mail. */
    "INSERT INTO mail (id, city_id, recipient, reply_to, subject, body_text, body_html, dedupe, "
    "created_at, next_at) VALUES ({id}, {city}, 'verein@example.org', '', 's', "
    "'canary-interest-message', 'canary-interest-message', 'interest contact {interest}', {at}, "
    "9000000000)",
};

struct world {
    int64_t city, club, offer, change, concern, interest, merge, person, office, appointment;
    int64_t placement, advice, question, programme, profile, pair, company, item;
    str mark;
};

static str word_of(struct arena *a, str name, const struct world *w)
{
    const struct {
        str name;
        int64_t v;
    } numbers[] = { { S("{id}"), db_new_id() },
                    { S("{city}"), w->city },
                    { S("{club}"), w->club },
                    { S("{offer}"), w->offer },
                    { S("{change}"), w->change },
                    { S("{concern}"), w->concern },
                    { S("{interest}"), w->interest },
                    { S("{merge}"), w->merge },
                    { S("{person}"), w->person },
                    { S("{office}"), w->office },
                    { S("{appointment}"), w->appointment },
                    { S("{placement}"), w->placement },
                    { S("{advice}"), w->advice },
                    { S("{question}"), w->question },
                    { S("{programme}"), w->programme },
                    { S("{profile}"), w->profile },
                    { S("{pair}"), w->pair },
                    { S("{company}"), w->company },
                    { S("{item}"), w->item },
                    { S("{at}"), clock_now() - 3600 } };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (str_eq(name, numbers[i].name))
            return str_fmt(a, "%lld", (long long)numbers[i].v);
    return str_eq(name, S("{mail}")) ? S(MAIL) : w->mark;
}

static const char *filled(struct arena *a, const char *sql, const struct world *w)
{
    struct out o = out_new(a, 0);
    str rest = str_from_c(sql);
    while (rest.n) {
        ptrdiff_t open = str_find_byte(rest, '{');
        size_t n = open < 0 ? rest.n : (size_t)open;
        out_str(&o, str_slice(rest, 0, n));
        rest = str_slice(rest, n, rest.n);
        if (open < 0)
            break;
        size_t end = (size_t)str_find_byte(rest, '}') + 1;
        out_str(&o, word_of(a, str_slice(rest, 0, end), w));
        rest = str_slice(rest, end, rest.n);
    }
    return str_to_c(a, out_text(&o));
}

static void run_sql(const char *sql)
{
    struct tx tx;
    struct arena a;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    struct stmt s = { .name = "canary", .sqlite = sql, .postgres = sql, .id = DB_STMT_RARE };
    tx_run(&tx, &s, NULL);
    eq_int(tx_commit(&tx), ERR_OK);
    arena_free(&a);
}

/* An internal note, sealed: it is in the export, and never in a file. */
static void write_note(const struct world *w)
{
    struct tx tx;
    struct arena a;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    int64_t id = db_new_id();
    struct seal_place place = { "concern_message.note", id };
    sealed box = seal_close(&product.app, &tx, place, S("canary-concern_message-note"));
    struct concern_message_insert_in in = { .id = id,
                                            .city = w->city,
                                            .concern = w->concern,
                                            .at = tx.now,
                                            .kind = S("note"),
                                            .note = box };
    concern_message_insert(&tx, &in);
    eq_int(tx_commit(&tx), ERR_OK);
    arena_free(&a);
}

/* Whether a certificate has an entry, sealed as well. */
static void write_certificate(const struct world *w)
{
    struct tx tx;
    struct arena a;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    int64_t id = db_new_id();
    struct certificate_insert_in in = {
        .id = id,
        .city = w->city,
        .person = w->person,
        .inspected_on = S("2026-01-01"),
        .issued_on = S("2026-01-01"),
        .entry = seal_close(&product.app, &tx, (struct seal_place){ "certificate.entry", id },
                            S("canary-certificate-entry")),
    };
    certificate_insert(&tx, &in);
    must(tx_commit(&tx) == ERR_OK);
    arena_free(&a);
}

/* What somebody needs, and what was said in a talk, sealed as well. */
static void write_support(const struct world *w)
{
    struct tx tx;
    struct arena a;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    int64_t id = db_new_id();
    struct person_support_put_in in = {
        .id = id,
        .city = w->city,
        .person = w->person,
        .needs = seal_close(&product.app, &tx, (struct seal_place){ "person_support.needs", id },
                            S("canary-person_support-needs")),
        .at = tx.now,
    };
    person_support_put(&tx, &in);
    id = db_new_id();
    struct advice_talk_insert_in talk = {
        .id = id,
        .city = w->city,
        .advice = w->advice,
        .person = w->person,
        .held_on = S("2026-11-01"),
        .channel = S("phone"),
        .protocol = seal_close(&product.app, &tx, (struct seal_place){ "advice_talk.protocol", id },
                               S("canary-advice_talk-protocol")),
        .at = tx.now,
    };
    advice_talk_insert(&tx, &talk);
    eq_int(tx_commit(&tx), ERR_OK);
    arena_free(&a);
}

/* What the office must know of a mentee, sealed as well. */
static void write_profile(const struct world *w)
{
    struct tx tx;
    struct arena a;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    struct seal_place place = { "mentoring_profile.note", w->profile };
    struct mentoring_profile_set_note_in in = {
        .note = seal_close(&product.app, &tx, place, S("canary-mentoring_profile-note")),
        .at = tx.now,
        .city = w->city,
        .id = w->profile
    };
    mentoring_profile_set_note(&tx, &in);
    eq_int(tx_commit(&tx), ERR_OK);
    arena_free(&a);
}

static struct world live_in(int64_t city)
{
    struct world w = { .city = city,
                       .club = world_organisation(&product, city, "Verein"),
                       .offer = db_new_id(),
                       .change = db_new_id(),
                       .concern = db_new_id(),
                       .interest = db_new_id(),
                       .merge = db_new_id(),
                       .person = db_new_id(),
                       .office = world_office(&product, city),
                       .appointment = db_new_id(),
                       .placement = db_new_id(),
                       .advice = db_new_id(),
                       .question = db_new_id(),
                       .programme = db_new_id(),
                       .profile = db_new_id(),
                       .pair = db_new_id(),
                       .company = db_new_id(),
                       .item = db_new_id(),
                       .mark = somebody_mark(&product.app, &t_arena, S(MAIL)) };
    for (size_t i = 0; i < sizeof inserts / sizeof *inserts; i++)
        run_sql(filled(&t_arena, inserts[i], &w));
    write_note(&w);
    write_certificate(&w);
    write_support(&w);
    write_profile(&w);
    return w;
}

/* ---- the person's way to their data ---- */

static struct answer ask_for_link(void)
{
    int64_t now = clock_now();
    struct answer form = get(&product, NULL, "/hier/meine-daten");
    ptrdiff_t at = str_find(form.body, S("name=\"shown\""));
    must(at >= 0);
    str rest = str_slice(form.body, (size_t)at, form.body.n);
    rest = str_slice(rest, (size_t)str_find(rest, S("value=\"")) + 7, rest.n);
    str shown = S("");
    str_next(&rest, '"', &shown);
    clock_set(now + 60);
    const struct http_field fields[] = { { S("mail"), S(MAIL) },
                                         { S("shown"), shown },
                                         LAST_FIELD };
    return post(&product, NULL, "/hier/meine-daten", fields);
}

static const char *link_of(void)
{
    eq_int(ask_for_link().status, 303);
    return world_mailed_link(&product, town, MAIL);
}

static const struct http_field nothing[] = { LAST_FIELD };

/* ---- looking for markers ---- */

/* The markers that an export lacks: of every column that says something about the person. */
static int missing_in(str export, bool tell)
{
    int missing = 0;
    for (size_t i = 0; i < privacy_table_count; i++) {
        const struct privacy_table *t = &privacy_tables[i];
        bool mine = false;
        for (const struct privacy_person *p = t->people; p->rows; p++)
            mine |= p->by == PERSON_MAIL;
        for (const struct privacy_column *c = t->columns; mine && c->name; c++) {
            bool marked = c->of == PRIVACY_NAME || c->of == PRIVACY_PHONE ||
                          c->of == PRIVACY_TEXT || c->of == PRIVACY_SENSITIVE;
            str marker = str_fmt(&t_arena, "canary-%s-%s", t->name, c->name);
            if (!marked || str_find(export, marker) >= 0)
                continue;
            missing++;
            if (tell)
                printf("# not in the export: %.*s\n", STR_FMT(marker));
        }
    }
    return missing;
}

static str file_bytes(const char *path)
{
    struct out o = out_new(&t_arena, (size_t)1 << 30);
    char block[65536];
    FILE *f = fopen(path, "rb");
    for (size_t n = 0; f && (n = fread(block, 1, sizeof block, f)) > 0;)
        out_str(&o, (str){ block, n });
    if (f)
        fclose(f);
    return out_text(&o);
}

static int markers_in(str bytes)
{
    static const char *const words[] = { "canary-", MAIL };
    int n = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        str rest = bytes;
        for (ptrdiff_t at = 0; (at = str_find(rest, str_from_c(words[i]))) >= 0; n++)
            rest = str_slice(rest, (size_t)at + 1, rest.n);
    }
    return n;
}

/* All rows of all tables, whatever the engine. */
static int markers_in_rows(const char *name)
{
    struct dump_info info = { 0 };
    const char *path = str_to_c(&t_arena, str_fmt(&t_arena, "%s/%s", dir, name));
    FILE *f = fopen(path, "w+b");
    must(f != NULL);
    eq_int(store_dump(product.app.store, f, &info), ERR_OK);
    fclose(f);
    return markers_in(file_bytes(path));
}

/* The files of an SQLite store: database, write-ahead log, its index. */
static int markers_in_files(void)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    str address = str_from_c(product.store->url);
    int n = 0;
    if (!str_starts(address, S("sqlite:")))
        return 0;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        n += markers_in(file_bytes(
            str_to_c(&t_arena, str_fmt(&t_arena, "%.*s%s",
                                       STR_FMT(str_slice(address, 7, address.n)), ends[i]))));
    return n;
}

static void night(void)
{
    struct arena a;
    arena_init(&a, 0);
    struct job_run run = { .arena = &a };
    eq_int(job_run_now(&product.app, S("privacy.retention"), &run), ERR_OK);
    eq_int(job_run_now(&product.app, S("account.erasures"), &run), ERR_OK);
    arena_free(&a);
}

static int command(int (*run)(struct cli *cli), const char *name)
{
    str path = str_fmt(&t_arena, "%s/%s", dir, name);
    struct arena a;
    arena_init(&a, 0);
    struct cli cli = { .app = &product.app, .arena = &a, .args = &path, .arg_count = 1 };
    int status = run(&cli);
    arena_free(&a);
    return status;
}

/* ---- the world of each test ---- */

static void empty_dir(void)
{
    DIR *d = opendir(dir);
    const struct dirent *e;
    while (d && (e = readdir(d)))
        if (e->d_name[0] != '.')
            unlink(str_to_c(&t_arena, str_fmt(&t_arena, "%s/%s", dir, e->d_name)));
    if (d)
        closedir(d);
}

/* The log goes into a file for as long as the program runs. */
static int log_begin(void)
{
    int old = dup(STDERR_FILENO);
    const char *path = str_to_c(&t_arena, str_fmt(&t_arena, "%s/log", dir));
    log_fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(old >= 0 && log_fd >= 0 && dup2(log_fd, STDERR_FILENO) >= 0);
    return old;
}

static void log_end(int old)
{
    must(dup2(old, STDERR_FILENO) >= 0);
    close(old);
    close(log_fd);
}

static int markers_in_log(void)
{
    return markers_in(file_bytes(str_to_c(&t_arena, str_fmt(&t_arena, "%s/log", dir))));
}

static void with_product(void (*run)(void), const struct test_store *store)
{
    memcpy(dir + sizeof dir - 7, "XXXXXX", 6);
    must(mkdtemp(dir) != NULL);
    int old = log_begin();
    if (product_open(&product, store, NULL)) {
        product.app.config.erasure_file = str_to_c(&t_arena, str_fmt(&t_arena, "%s/erased", dir));
        clock_set(clock_now());
        town = world_town(&product, "hier", "Hier");
        elsewhere = world_town(&product, "dort", "Dort");
        run();
    }
    product_close(&product);
    clock_set(0);
    log_end(old);
    empty_dir();
    rmdir(dir);
}

/* ---- P1 ---- */

static void the_export_has_everything_here(void)
{
    live_in(town);
    const char *link = link_of();
    struct answer a = get(&product, NULL, world_under(link, "/datei"));
    eq_int(a.status, 200);
    eq_int(missing_in(a.body, true), 0);
    ok(answer_says(&a, MAIL));
    ok(answer_says(&a, "\"consent\""));
    ok(answer_says(&a, "\"organisation_invite\""));
    struct answer page = get(&product, NULL, link);
    ok(answer_says(&page, "canary-concern_message-body"));
    ok(answer_says(&page, "canary-interest-answer"));
    ok(answer_says(&a, "/l/…") && !answer_says(&a, link)); /* no keys in the texts of mails */
    struct answer pdf = get(&product, NULL, world_under(link, "/pdf"));
    eq_int(pdf.status, product.app.helper ? 200 : 503);
    ok(!product.app.helper || str_starts(pdf.body, S("%PDF-")));
    /* Planted: an export that lacks one column is seen. */
    str half = str_slice(a.body, 0, (size_t)str_find(a.body, S("canary-mail-error")));
    ok(missing_in(half, false) > 0);
}
ON_EACH_STORE(the_export_has_everything)

/* ---- P2, P6 ---- */

static void after_erasing_nothing_is_left_here(void)
{
    live_in(town);
    eq_int(command(command_backup, "before"), CLI_DONE);
    ok(markers_in_rows("one") > 20);
    const char *link = link_of();
    eq_int(get(&product, NULL, world_under(link, "/loeschen")).status, 200);
    eq_int(post(&product, NULL, world_under(link, "/loeschen"), nothing).status, 303);
    eq_int(get(&product, NULL, link).status, 410);
    night();
    eq_int(markers_in_rows("two"), 0);
    eq_int(markers_in_files(), 0);
    eq_int(command(command_backup, "after"), CLI_DONE);
    const char *after = str_to_c(&t_arena, str_fmt(&t_arena, "%s/after", dir));
    eq_int(markers_in(file_bytes(after)), 0);

    /* What the old backup brings back goes again, in the same transaction. */
    ok(markers_in(file_bytes(str_to_c(&t_arena, str_fmt(&t_arena, "%s/before", dir)))) > 20);
    eq_int(command(command_restore, "before"), CLI_DONE);
    eq_int(markers_in_rows("three"), 0);
    night();
    eq_int(markers_in_files(), 0);

    /* Planted: one row that stayed is seen. */
    run_sql("UPDATE city SET phone = 'canary-planted'");
    ok(markers_in_rows("four") > 0);
    ok(markers_in_files() > 0 || store_is_postgres(product.app.store));
    eq_int(markers_in_log(), 0);
}
ON_EACH_STORE(after_erasing_nothing_is_left)

/* Without what was noted, the old backup would bring the person back: the tombstones do it. */
static void a_restore_without_tombstones_is_seen_here(void)
{
    live_in(town);
    eq_int(command(command_backup, "before"), CLI_DONE);
    const char *link = link_of();
    eq_int(post(&product, NULL, world_under(link, "/loeschen"), nothing).status, 303);
    run_sql("DELETE FROM erased");
    unlink(product.app.config.erasure_file);
    eq_int(command(command_restore, "before"), CLI_DONE);
    ok(markers_in_rows("one") > 20);
}
ON_EACH_STORE(a_restore_without_tombstones_is_seen)

static void the_log_tells_nobody_here(void)
{
    const char *link;
    live_in(town);
    link = link_of();
    get(&product, NULL, link);
    get(&product, NULL, "/hier/meine-daten?mail=" MAIL);
    get(&product, NULL, "/hier/angebote?q=canary-search");
    eq_int(markers_in_log(), 0);
    log_event(LOG_WARNING, "test.planted", { "who", S(MAIL) });
    eq_int(markers_in_log(), 1);
}
ON_EACH_STORE(the_log_tells_nobody)

/* ---- correcting ---- */

static void a_name_is_corrected_everywhere_here(void)
{
    live_in(town);
    live_in(elsewhere);
    const char *link = link_of();
    const struct http_field fields[] = { { S("name"), S("Neuer Name") },
                                         { S("phone"), S("") },
                                         LAST_FIELD };
    eq_int(post(&product, NULL, world_under(link, "/berichtigen"), fields).status, 303);
    struct answer a = get(&product, NULL, world_under(link, "/datei"));
    ok(answer_says(&a, "Neuer Name"));
    ok(answer_says(&a, "neuer name")); /* what a concern is found by */
    ok(!answer_says(&a, "canary-interest-name"));
    ok(!answer_says(&a, "canary-concern-name"));
    ok(answer_says(&a, "canary-interest-phone"));
    ok(markers_in_rows("one") > 20); /* the other town's are as they were */
}
ON_EACH_STORE(a_name_is_corrected_everywhere)

/* ---- P7 ---- */

static size_t interests_in(int64_t city)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct privacy_table *t = privacy_table_get(S("interest"));
    const struct db_value who[] = { db_text(S(MAIL)) };
    struct db_rows rows = db_rows(&db, t->people->ids, who);
    const struct {
        int64_t id, city_id;
    } *v = rows.v;
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++)
        n += v[i].city_id == city;
    db_end(&db);
    return n;
}

static void a_town_shows_and_erases_its_own_here(void)
{
    struct world there = live_in(elsewhere);
    live_in(town);
    const char *link = link_of();
    struct answer a = get(&product, NULL, world_under(link, "/datei"));
    ok(!answer_says(&a, world_path("{id}", there.interest)));
    ok(!answer_says(&a, world_path("{id}", elsewhere)));
    eq_int(interests_in(elsewhere), 1);
    eq_int(post(&product, NULL, world_under(link, "/loeschen"), nothing).status, 303);
    eq_int(interests_in(town), 0);
    eq_int(interests_in(elsewhere), 1);
    /* The link of one town opens nothing in another. */
    link = link_of();
    str other = str_join(&t_arena, S("/dort"), str_slice(str_from_c(link), 5, strlen(link)));
    eq_int(get(&product, NULL, str_to_c(&t_arena, other)).status, 410);
}
ON_EACH_STORE(a_town_shows_and_erases_its_own)

/* ---- P5 ---- */

/* Addresses of other hosts that a browser would ask by itself. */
static bool asks_elsewhere(str body)
{
    static const char *const signs[] = { " src=\"http", " src=\"//",
                                         "rel=\"stylesheet\" href=\"http", "url(http", "@import" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_find(body, str_from_c(signs[i])) >= 0)
            return true;
    return false;
}

static bool leaks(const struct answer *a)
{
    return header_of(a, S("Set-Cookie")).n || asks_elsewhere(a->body) ||
           str_find(header_of(a, S("Location")), S("@")) >= 0;
}

static void nobody_is_watched_here(void)
{
    struct router_list routes = router_all(product.app.router);
    int looked = 0;
    live_in(town);
    for (size_t i = 0; i < routes.n; i++) {
        const struct route *r = routes.v[i];
        if (!r->listed || r->scope != IN_CITY)
            continue;
        struct answer a =
            get(&product, NULL, str_to_c(&t_arena, str_fmt(&t_arena, "/hier%s", r->path)));
        if (leaks(&a))
            printf("# %s\n", r->path);
        ok(!leaks(&a));
        looked++;
    }
    ok(looked > 10);
    struct answer sent = ask_for_link();
    ok(!leaks(&sent)); /* the address stands in no address */
    const char *link = world_mailed_link(&product, town, MAIL);
    struct answer page = get(&product, NULL, link);
    ok(!leaks(&page));
    ok(str_find(page.body, S("?mail=")) < 0 && str_find(page.body, S("mail%3D")) < 0);
    eq_str(header_of(&page, S("Referrer-Policy")), S("no-referrer"));
    eq_str(header_of(&page, S("Cache-Control")), S("no-store"));
    /* Planted: a picture of somebody else's would be seen. */
    ok(asks_elsewhere(S("<img src=\"https://zaehler.example/p.gif\" alt=\"\">")));
}
ON_EACH_STORE(nobody_is_watched)

static const struct test tests[] = {
    TEST(the_export_has_everything),
    TEST(after_erasing_nothing_is_left),
    TEST(a_restore_without_tombstones_is_seen),
    TEST(the_log_tells_nobody),
    TEST(a_name_is_corrected_everywhere),
    TEST(a_town_shows_and_erases_its_own),
    TEST(nobody_is_watched),
};
TEST_MAIN(tests)
