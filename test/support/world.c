/* SPDX-License-Identifier: EUPL-1.2 */
/* Makes what tests ask for; see world.h. */
#include "world.h"

#include "base/clock.h"
#include "base/test.h"
#include "alert.sql.h"
#include "appointment.sql.h"
#include "embed.sql.h"
#include "city.sql.h"
#include "feature/appointment/appointment.h"
#include "feature/duplicate/duplicate.h"
#include "feature/city/city.h"
#include "concern.sql.h"
#include "exchange.sql.h"
#include "feature/guide/guide.h"
#include "feature/hours/hours.h"
#include "feature/opportunity/opportunity.h"
#include "feature/advice/advice.h"
#include "feature/company/company.h"
#include "feature/mentoring/mentoring.h"
#include "feature/organisation/organisation.h"
#include "feature/placement/placement.h"
#include "feature/person/person.h"
#include "feature/search/search.h"
#include "web.sql.h"
#include "web/form.h"
#include "web/mail.h"
#include "web/token.h"

/* One write transaction with an arena of its own. */
struct write {
    struct arena arena;
    struct tx tx;
};

static void begin(struct product *p, struct write *w)
{
    arena_init(&w->arena, 0);
    must(tx_begin(p->app.store, &w->arena, &w->tx) == ERR_OK);
}

static void end(struct write *w)
{
    if (w->tx.db.err != ERR_OK)
        printf("# %s: %.*s\n", w->tx.db.err_stmt, STR_FMT(w->tx.db.err_text));
    test_check(tx_commit(&w->tx) == ERR_OK, "the world is made", __FILE__, __LINE__);
    arena_free(&w->arena);
}

int64_t world_town(struct product *p, const char *slug, const char *name)
{
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    city_insert(&w.tx, &(struct city_insert_in){
                           .id = id,
                           .slug = str_from_c(slug),
                           .name = str_from_c(name),
                           .kind = S("stadt"),
                           .ags = str_from_c(slug), /* only has to be unique */
                           .land = S("SH"),
                           .lat = 53.87,
                           .lon = 10.69,
                           .langs = S("de de-simple en"),
                           .lang = S("de"),
                           .created_at = w.tx.now,
                       });
    city_district_insert(
        &w.tx,
        &(struct city_district_insert_in){
            .id = db_new_id(), .city = id, .name = S("Altstadt"), .lat = 53.87, .lon = 10.69 });
    end(&w);
    return id;
}

int64_t world_role(struct product *p, int64_t account, const struct world_role *role)
{
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    role_insert(&w.tx, &(struct role_insert_in){ .id = id,
                                                 .account = account,
                                                 .city = role->town,
                                                 .role = str_from_c(role->role),
                                                 .scope = role->scope,
                                                 .at = w.tx.now });
    end(&w);
    return id;
}

int64_t world_account(struct product *p, int64_t town, const char *role, int64_t scope)
{
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    account_insert(&w.tx, &(struct account_insert_in){
                              .id = id,
                              .mail = str_fmt(&w.arena, "p%lld@person.example", (long long)id),
                              .name = S("Erika Beispiel"),
                              .password = S(""),
                              .lang = S("de"),
                              .created_at = w.tx.now });
    end(&w);
    if (role)
        world_role(p, id, &(struct world_role){ town, role, scope });
    return id;
}

int64_t world_organisation(struct product *p, int64_t town, const char *name)
{
    struct write w;
    begin(p, &w);
    struct org_arrival arrival = { .city_id = town };
    struct org_form form = { .name = str_from_c(name),
                             .kind = S("verein"),
                             .purpose_md = S("Wir sind erfunden."),
                             .district = S("Altstadt"),
                             .mail = S("verein@verein.example") };
    int64_t id = organisation_new(&w.tx, &arrival, &form);
    end(&w);
    return id;
}

int64_t world_offer(struct product *p, const struct world_offer *offer)
{
    struct write w;
    begin(p, &w);
    struct opp_arrival arrival = { .city_id = offer->town,
                                   .organisation_id = offer->organisation,
                                   .state = str_from_c(offer->state ? offer->state : "published"),
                                   .confirmed_at = w.tx.now,
                                   .confirmed_by = S("office") };
    struct opp_form form = { .title = str_from_c(offer->title),
                             .summary = S("Einmal in der Woche eine Stunde."),
                             .tasks_md = S("Sie lesen vor."),
                             .fields = (int64_t)vocab_bit(0),
                             .place_kind = S("fixed"),
                             .district = S("Altstadt"),
                             .postcode = S("23552"),
                             .time = S("up_to_2h"),
                             .certificate = S("none"),
                             .expenses = S("none") };
    int64_t id = opportunity_new(&w.tx, &arrival, &form);
    end(&w);
    return id;
}

int64_t world_alert(struct product *p, int64_t town, int64_t account)
{
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    alert_insert(&w.tx, &(struct alert_insert_in){ .id = id,
                                                   .city = town,
                                                   .mail = account_by_id(&w.tx.db, account)->mail,
                                                   .lang = S("de"),
                                                   .query = S("q=vorlesen"),
                                                   .every = S("weekly"),
                                                   .at = w.tx.now });
    end(&w);
    return id;
}

int64_t world_embed(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    embed_insert(&w.tx, &(struct embed_insert_in){ .id = id,
                                                   .city = town,
                                                   .name = S("Volkshochschule"),
                                                   .origins = S("https://vhs.example"),
                                                   .query = S(""),
                                                   .per = 10,
                                                   .shows = S("list"),
                                                   .accent = S("#7a1f5c"),
                                                   .ink = S("#1c1a17"),
                                                   .ground = S("#ffffff"),
                                                   .at = w.tx.now });
    end(&w);
    return id;
}

int64_t world_mail(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    mail_insert(&w.tx,
                &(struct mail_insert_in){ .id = id,
                                          .city = town,
                                          .recipient = S("erika@person.example"),
                                          .subject = S("Grüße aus dem Rathaus"),
                                          .body_text = S("Guten Tag"),
                                          .body_html = S("<p>Guten Tag</p>"),
                                          .dedupe = str_fmt(&w.arena, "world %lld", (long long)id),
                                          .created_at = w.tx.now,
                                          .next_at = w.tx.now });
    end(&w);
    return id;
}

int64_t world_report(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    barrier_insert(&w.tx, &(struct barrier_insert_in){ .id = id,
                                                       .city = town,
                                                       .page = S("/angebote"),
                                                       .message = S("Die Karte ist zu klein."),
                                                       .reply_to = S("erika@person.example"),
                                                       .created_at = w.tx.now });
    end(&w);
    return id;
}

struct mail_full world_newest_mail(struct product *p, int64_t town, const char *to)
{
    struct db db;
    struct mail_full newest = { 0 };
    must(db_begin(p->app.store, &t_arena, &db) == ERR_OK);
    struct mail_list_row_rows rows = mail_list(&db, town);
    for (size_t i = 0; i < rows.n; i++) {
        bool theirs = !to || str_eq(rows.v[i].recipient, str_from_c(to));
        const struct mail_full *one = theirs ? mail_show(&db, town, rows.v[i].id) : NULL;
        if (one && one->id > newest.id)
            newest = *one;
    }
    db_end(&db);
    return newest;
}

const char *world_mailed_link(struct product *p, int64_t town, const char *to)
{
    str rest = world_newest_mail(p, town, to).body_text;
    for (ptrdiff_t at; (at = str_find(rest, S("://"))) >= 0;) {
        str address;
        rest = str_slice(rest, (size_t)at + 3, rest.n);
        str_next(&rest, '\n', &address);
        ptrdiff_t path = str_find_byte(address, '/');
        if (path > 0 && str_find(address, S("/l/")) > 0)
            return str_to_c(&t_arena, str_slice(address, (size_t)path, address.n));
    }
    test_check(false, "the mail has a link", __FILE__, __LINE__);
    return "/no-link";
}

const char *world_under(const char *link, const char *part)
{
    return str_to_c(&t_arena, str_fmt(&t_arena, "%s%s", link, part));
}

int64_t world_office(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    int64_t id = city_office_new(
        &w.tx, &(struct office_arrival){ .city_id = town,
                                         .ref = str_fmt(&w.arena, "o%lld", (long long)db_new_id()),
                                         .name = S("Ehrenamtsbüro"),
                                         .kind = S("agentur"),
                                         .about = S("Wir beraten."),
                                         .topics = S("Beratung"),
                                         .mail = S("buero@stadt.example") });
    end(&w);
    return id;
}

/* By whoever is there, on Mondays, from nine to five. */
static int64_t hours_new(struct tx *tx, int64_t town, int64_t office)
{
    return appointment_hours_new(tx, &(struct appointment_hours_arrival){ .city_id = town,
                                                                          .office_id = office,
                                                                          .opens = 9 * 60,
                                                                          .closes = 17 * 60,
                                                                          .minutes = 30,
                                                                          .channels = 2,
                                                                          .from = clock_today() });
}

int64_t world_hours(struct product *p, int64_t town)
{
    struct write w;
    int64_t office = world_office(p, town);
    begin(p, &w);
    int64_t id = hours_new(&w.tx, town, office);
    end(&w);
    return id;
}

int64_t world_appointment(struct product *p, int64_t town)
{
    struct write w;
    int64_t office = world_office(p, town);
    begin(p, &w);
    struct day day = day_add(clock_today(), 7);
    struct appointment_arrival a = { .hours_id = hours_new(&w.tx, town, office),
                                     .day = day_add(day, -day_weekday(day)),
                                     .minute = 9 * 60,
                                     .channel = S("phone"),
                                     .name = S("Erika Beispiel"),
                                     .phone = S("0451 000-1") };
    int64_t id = appointment_new(&w.tx, town, &a);
    must(id);
    end(&w);
    return id;
}

int64_t world_closure(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    struct appointment_closure_insert_in in = { .id = db_new_id(),
                                                .city = town,
                                                .from_day = S("2030-01-01"),
                                                .to_day = S("2030-01-02"),
                                                .over = 1893628800 };
    appointment_closure_insert(&w.tx, &in);
    end(&w);
    return in.id;
}

int64_t world_article(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    guide_install(&w.tx, town);
    const struct guide_id *article = guide_by_slug(&w.tx.db, town, S("versicherung"));
    must(article);
    int64_t id = article->id;
    end(&w);
    return id;
}

int64_t world_office_place(struct product *p, int64_t town, int64_t office)
{
    struct write w;
    begin(p, &w);
    int64_t id =
        city_office_place_new(&w.tx, &(struct office_place_arrival){ .city_id = town,
                                                                     .office_id = office,
                                                                     .name = S(""),
                                                                     .street = S("Am Markt 1"),
                                                                     .postcode = S("23552"),
                                                                     .place = S("Musterstadt") });
    end(&w);
    return id;
}

int64_t world_follow_up(struct product *p, int64_t town, int64_t offer)
{
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    follow_up_insert(&w.tx, &(struct follow_up_insert_in){
                                .id = id,
                                .city = town,
                                .kind = S("opportunity"),
                                .subject = offer,
                                .due_on = day_iso(&w.arena, clock_local(w.tx.now).day),
                                .note = S("Anrufen"),
                                .at = w.tx.now });
    end(&w);
    return id;
}

int64_t world_amount(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    str ref = str_fmt(&w.arena, "betrag-%lld", (long long)id);
    guide_amount_insert(&w.tx, &(struct guide_amount_insert_in){ .id = id,
                                                                 .city = town,
                                                                 .ref = ref,
                                                                 .label = S("Betrag"),
                                                                 .label_simple = S(""),
                                                                 .label_en = S(""),
                                                                 .cents = 84000,
                                                                 .valid_from = S("2026-01-01"),
                                                                 .valid_until = S(""),
                                                                 .law = S("§ 1"),
                                                                 .web = S("") });
    end(&w);
    return id;
}

int64_t world_concern(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    concern_insert(&w.tx, &(struct concern_insert_in){
                              .id = id,
                              .city = town,
                              .number = str_fmt(&w.arena, "2026-%lld", (long long)id),
                              .state = S("confirmed"),
                              .asker = S("citizen"),
                              .topic = S("insurance"),
                              .organisation = S(""),
                              .name = S("Fragende Person"),
                              .mail = S("fragt@person.example"),
                              .subject = S("Wer zahlt?"),
                              .question = S("Wer zahlt bei einem Unfall?"),
                              .search = S("wer zahlt"),
                              .lang = S("de"),
                              .consent = S("2026-11"),
                              .at = w.tx.now,
                              .promised_on = day_iso(&w.arena, clock_local(w.tx.now).day) });
    struct concern_set_confirmed_in in = {
        .at = w.tx.now, .promised_on = S("2027-01-04"), .city = town, .id = id
    };
    concern_set_confirmed(&w.tx, &in);
    end(&w);
    return id;
}

int64_t world_person(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    struct person_form f = { .name = S("Muster Birnbaum"),
                             .lang = S("de"),
                             .mail = S("birnbaum@person.example"),
                             .phone = S("0451 5551"),
                             .birth_year = 1980,
                             .like_fields = 1 };
    int64_t id = person_new(&w.tx, &(struct person_arrival){ .city_id = town }, &f);
    end(&w);
    return id;
}

int64_t world_placement(struct product *p, int64_t town)
{
    struct write w;
    enum msg why;
    /* Each a name of its own: otherwise they would all be suspected to be one. */
    const char *club = str_to_c(&t_arena, crypt_token(&t_arena, 12));
    struct placement_wish wish = {
        .person_id = world_person(p, town),
        .opportunity_id = world_offer(
            p, &(struct world_offer){ town, world_organisation(p, town, club), NULL, "Vorlesen" })
    };
    begin(p, &w);
    struct city_list cities = city_list_begin(p->app.cities);
    struct rq rq = rq_outside(&p->app, &w.tx.db, &cities, city_by_id(&cities, town));
    int64_t id = placement_new(&rq, &w.tx, &wish, &why);
    city_list_end(p->app.cities, &cities);
    end(&w);
    return id;
}

int64_t world_sheet(struct product *p, int64_t town)
{
    struct write w;
    int64_t placement = world_placement(p, town);
    begin(p, &w);
    const struct placement_full *of = placement_get(&w.tx.db, town, placement);
    must(of);
    struct hours_arrival a = { .city_id = town,
                               .person_id = of->person_id,
                               .placement_id = placement,
                               .day = S("2026-11-03"),
                               .minutes = 90,
                               .activity = S("Vorgelesen") };
    int64_t id = hours_add(&w.tx, &a);
    hours_sheet_set_state(
        &w.tx,
        &(struct hours_sheet_set_state_in){
            .to = S("submitted"), .at = w.tx.now, .city = town, .id = id, .from = S("open") });
    end(&w);
    return id;
}

struct mentoring_made {
    int64_t programme, mentor, mentee, pair;
};

/* Two people in a programme of their own, proposed to each other. */
static struct mentoring_made make_mentoring(struct product *p, int64_t town)
{
    struct write w;
    enum msg why;
    int64_t people[] = { world_person(p, town), world_person(p, town) };
    struct mentoring_programme_form f = { .title = S("Ankommen"),
                                          .aim = S("Zu zweit"),
                                          .audience = S("Erwachsene"),
                                          .mentor_word = S("Patin"),
                                          .mentee_word = S("Mentee"),
                                          .rhythm = S("weekly") };
    struct mentoring_profile_form profile = { .languages = 1, .room = 1, .agreed = S("office") };
    begin(p, &w);
    struct city_list cities = city_list_begin(p->app.cities);
    struct rq rq = rq_outside(&p->app, &w.tx.db, &cities, city_by_id(&cities, town));
    struct mentoring_made m = { .programme = mentoring_programme_new(&rq, &w.tx, &f) };
    struct mentoring_place place = { m.programme, people[0], true };
    m.mentor = mentoring_profile_new(&rq, &w.tx, &place, &profile, &why);
    place = (struct mentoring_place){ m.programme, people[1], false };
    m.mentee = mentoring_profile_new(&rq, &w.tx, &place, &profile, &why);
    m.pair = mentoring_pair_new(&rq, &w.tx, m.mentor, m.mentee, &why);
    city_list_end(p->app.cities, &cities);
    end(&w);
    return m;
}

int64_t world_programme(struct product *p, int64_t town)
{
    return make_mentoring(p, town).programme;
}

int64_t world_profile(struct product *p, int64_t town)
{
    return make_mentoring(p, town).mentee;
}

int64_t world_mentoring(struct product *p, int64_t town)
{
    return make_mentoring(p, town).pair;
}

struct company_made {
    int64_t company, offer, match;
};

static struct company_made make_company(struct product *p, int64_t town)
{
    struct write w;
    enum msg why;
    const char *club = str_to_c(&t_arena, crypt_token(&t_arena, 12));
    int64_t organisation = world_organisation(p, town, club);
    struct company_form f = { .name = S("Musterwerk"), .mail = S("firma@firma.example") };
    struct company_item_form item = { .kind = S("goods"), .title = S("Zwanzig Stühle") };
    begin(p, &w);
    struct city_list cities = city_list_begin(p->app.cities);
    struct rq rq = rq_outside(&p->app, &w.tx.db, &cities, city_by_id(&cities, town));
    struct company_made m = { .company = company_new(&rq, &w.tx, &f, false) };
    m.offer = company_item_new(&rq, &w.tx, m.company, 0, &item);
    int64_t need = company_item_new(&rq, &w.tx, 0, organisation, &item);
    m.match = company_match_new(&rq, &w.tx, m.offer, need, &why);
    city_list_end(p->app.cities, &cities);
    end(&w);
    return m;
}

int64_t world_company(struct product *p, int64_t town)
{
    return make_company(p, town).company;
}

int64_t world_company_offer(struct product *p, int64_t town)
{
    return make_company(p, town).offer;
}

int64_t world_company_match(struct product *p, int64_t town)
{
    return make_company(p, town).match;
}

int64_t world_advice(struct product *p, int64_t town)
{
    struct write w;
    int64_t person = world_person(p, town);
    begin(p, &w);
    struct advice_insert_in in = { .id = db_new_id(),
                                   .city = town,
                                   .person = person,
                                   .channel = S("phone"),
                                   .reason = S("Möchte helfen"),
                                   .at = w.tx.now };
    advice_insert(&w.tx, &in);
    end(&w);
    return in.id;
}

int64_t world_question(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    struct advice_question_insert_in in = {
        .id = db_new_id(), .city = town, .label = S("Warum jetzt?"), .at = w.tx.now
    };
    advice_question_insert(&w.tx, &in);
    end(&w);
    return in.id;
}

int64_t world_import_file(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    str bytes = S("ref,organisation_ref,title,tasks_md\n");
    struct import_file_insert_in in = { .id = db_new_id(),
                                        .city = town,
                                        .name = S("angebote.csv"),
                                        .kind = S("opportunities"),
                                        .format = S("tandem"),
                                        .state = S("checked"),
                                        .list = S(""),
                                        .mapping = S(""),
                                        .bytes = bytes,
                                        .size = (int64_t)bytes.n,
                                        .at = w.tx.now };
    import_file_insert(&w.tx, &in);
    end(&w);
    return in.id;
}

int64_t world_person_file(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    str bytes = S("Nachname;Vorname;Telefon\nBeispiel;Ada;0451 1234\n");
    struct person_file_insert_in in = { .id = db_new_id(),
                                        .city = town,
                                        .name = S("kartei.csv"),
                                        .bytes = bytes,
                                        .size = (int64_t)bytes.n,
                                        .at = w.tx.now };
    person_file_insert(&w.tx, &in);
    end(&w);
    return in.id;
}

int64_t world_import_list(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    str source = str_fmt(&w.arena, "liste-%lld", (long long)id);
    import_list_save(&w.tx, &(struct import_list_save_in){ .id = id,
                                                           .city = town,
                                                           .name = S("Sportbund"),
                                                           .source = source,
                                                           .mapping = S(""),
                                                           .at = w.tx.now });
    end(&w);
    return id;
}

int64_t world_canned(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    concern_canned_insert(&w.tx, &(struct concern_canned_insert_in){ .id = id,
                                                                     .city = town,
                                                                     .topic = S(""),
                                                                     .title = S("Versicherung"),
                                                                     .body = S("Zu {nummer}: ja."),
                                                                     .slug = S(""),
                                                                     .at = w.tx.now });
    end(&w);
    return id;
}

int64_t world_search_word(struct product *p, int64_t town)
{
    struct write w;
    begin(p, &w);
    str says = str_fmt(&t_arena, "Lesetante %lld", (long long)db_new_id());
    int64_t id = search_word_new(&w.tx, town, &(struct search_word){ says, S("vorlesen"), false });
    end(&w);
    return id;
}

int64_t world_pair(struct product *p, int64_t town)
{
    int64_t one = world_organisation(p, town, "Leseinsel");
    int64_t other = world_organisation(p, town, "Leseinsel e. V.");
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    dup_pair_insert(&w.tx, &(struct dup_pair_insert_in){ .id = id,
                                                         .city = town,
                                                         .kind = S("organisation"),
                                                         .low = one,
                                                         .high = other,
                                                         .reasons = 1,
                                                         .score = 60,
                                                         .at = w.tx.now });
    end(&w);
    return id;
}

int64_t world_merge(struct product *p, int64_t town)
{
    int64_t one = world_organisation(p, town, "Leseinsel");
    int64_t other = world_organisation(p, town, "Leseinsel e. V.");
    struct write w;
    begin(p, &w);
    int64_t id = db_new_id();
    dup_merge_insert(&w.tx, &(struct dup_merge_insert_in){ .id = id,
                                                           .city = town,
                                                           .kind = S("organisation"),
                                                           .kept = one,
                                                           .gone = other,
                                                           .at = w.tx.now,
                                                           .mail = S("") });
    end(&w);
    return id;
}

str world_link(struct product *p, int64_t town, int64_t account)
{
    struct write w;
    str token = crypt_token(&t_arena, 16);
    begin(p, &w);
    link_insert(&w.tx, &(struct link_insert_in){ .id = db_new_id(),
                                                 .city = town,
                                                 .hash = crypt_sha256_hex(&w.arena, token),
                                                 .purpose = S("sign_in"),
                                                 .subject = account,
                                                 .created_at = w.tx.now,
                                                 .expires_at = w.tx.now + 3600,
                                                 .forget_at = w.tx.now + 7200 });
    end(&w);
    return token;
}

size_t world_mails(struct product *p, str mail)
{
    struct arena a;
    struct db db;
    arena_init(&a, 0);
    must(db_begin(p->app.store, &a, &db) == ERR_OK);
    size_t n = mail_to(&db, mail).n;
    db_end(&db);
    arena_free(&a);
    return n;
}

const char *world_entry(struct product *p, const struct world_entry *entry)
{
    struct write w;
    begin(p, &w);
    struct city_list cities = city_list_begin(p->app.cities);
    struct rq rq = rq_outside(&p->app, &w.tx.db, &cities, city_by_id(&cities, entry->town));
    struct opp_entry_insert_in in = { .id = db_new_id(),
                                      .city = entry->town,
                                      .mail = str_from_c(entry->mail),
                                      .organisation = str_from_c(entry->name),
                                      .lang = S("de"),
                                      .at = w.tx.now };
    opp_entry_insert(&w.tx, &in);
    url link = token_new(&rq, &w.tx,
                         &(struct token_wish){ .purpose = S("opportunity-entry"),
                                               .subject_id = in.id,
                                               .seconds = 86400,
                                               .mail = in.mail });
    ptrdiff_t at = str_find(link.s, S("/l/"));
    str slug = city_by_id(&cities, entry->town)->slug;
    const char *path =
        str_to_c(&t_arena, str_fmt(&t_arena, "/%.*s%.*s", STR_FMT(slug),
                                   STR_FMT(str_slice(link.s, (size_t)at, link.s.n))));
    city_list_end(p->app.cities, &cities);
    end(&w);
    must(post(p, NULL, world_under(path, "/aendern"),
              world_offer_form(entry->organisation, entry->title))
             .status == 303);
    return path;
}

const struct http_field *world_offer_form(int64_t organisation, const char *title)
{
    static const struct http_field rest[] = {
        { STR_INIT("summary"), STR_INIT("Einmal in der Woche eine Stunde.") },
        { STR_INIT("tasks_md"), STR_INIT("Sie lesen vor.") },
        { STR_INIT("place_kind"), STR_INIT("fixed") },
        { STR_INIT("district"), STR_INIT("Altstadt") },
        { STR_INIT("certificate"), STR_INIT("none") },
        { STR_INIT("expenses"), STR_INIT("none") },
    };
    size_t n = 0;
    struct http_field *f = NEW_ARRAY(&t_arena, 12 + vocab_accessible.n, struct http_field);
    f[n++] = (struct http_field){ S("title"), str_from_c(title) };
    f[n++] = (struct http_field){ S("organisation"),
                                  str_fmt(&t_arena, "%lld", (long long)organisation) };
    f[n++] = (struct http_field){ S("fields"), vocab_code(&vocab_field, 0) };
    f[n++] = (struct http_field){ S("time"), vocab_code(&vocab_time, 0) };
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        f[n++] = rest[i];
    for (size_t i = 0; i < vocab_accessible.n; i++)
        f[n++] = (struct http_field){
            str_fmt(&t_arena, "access_%.*s", STR_FMT(vocab_accessible.codes[i])), S("unknown")
        };
    return f;
}

const char *world_path(const char *format, int64_t id)
{
    str s = str_from_c(format);
    str mark = S("{id}");
    ptrdiff_t at = str_find(s, mark);
    must(at >= 0);
    return str_to_c(&t_arena, str_fmt(&t_arena, "%.*s%lld%.*s", (int)at, s.p, (long long)id,
                                      STR_FMT(str_slice(s, (size_t)at + mark.n, s.n))));
}
