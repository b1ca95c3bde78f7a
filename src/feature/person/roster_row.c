/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A row of somebody else's list becomes what we know about a person. What is not understood is left
 * out and said; without name, or without any way to reach them, the row is refused. Of a birthday
 * only the year stays.
 */
#include "base/crypt.h"
#include "base/utf8.h"
#include "feature/person/fields.h"
#include "feature/person/roster.h"
#include "feature/person/words.h"
#include "person.text.h"
#include "web/csv.h"
#include "web/languages.h"
#include "web/locate.h"
#include "web/vocab_label.h"

#define OLDEST     1900
#define REF_MOST   200
#define NOTES_MOST 4000
#define SHOWN      60 /* characters of what was not understood */

/* clang-format off */
const struct assign_target roster_targets[] = {
    { "ref", MSG_person_roster_target_ref, NULL, NULL,
      "id,nr,nummer,kennung,lfd nr,personennummer,freiwilligen id,freiwilligennummer,"
      "personen id,datensatz,kundennummer", false },
    { "name", MSG_person_field_name, NULL, NULL,
      "name vorname,vor und nachname,vorname nachname,vorname und nachname,"
      "vollstaendiger name,full name,engagierte,person", false },
    { "first_name", MSG_person_roster_target_first_name, NULL, NULL,
      "vorname,vornamen,rufname,first name,firstname,given name", false },
    { "last_name", MSG_person_roster_target_last_name, NULL, NULL,
      "nachname,name,familienname,zuname,last name,lastname,surname", false },
    { "salutation", MSG_person_roster_target_salutation, NULL, NULL,
      "anrede,geschlecht,gender", false },
    { "pronoun", MSG_person_field_pronoun, NULL, NULL, "pronomen,pronoun", false },
    { "mail", MSG_person_field_mail, NULL, NULL,
      "e mail,email,mail,e mail adresse,emailadresse,mailadresse,e mail privat", false },
    { "phone", MSG_person_field_phone, NULL, NULL,
      "telefon,tel,telefonnummer,phone,telefon privat,festnetz,rufnummer", false },
    { "mobile", MSG_person_roster_target_mobile, NULL, NULL,
      "mobil,handy,mobiltelefon,handynummer,mobile,telefon mobil", false },
    { "street", MSG_person_field_street, NULL, NULL,
      "strasse,strasse hausnummer,strasse und hausnummer,strasse hausnr,adresse,anschrift,"
      "street", false },
    { "house", MSG_person_roster_target_house, NULL, NULL,
      "hausnummer,hausnr,haus nr,hnr", false },
    { "postcode", MSG_person_field_postcode, NULL, NULL, "plz,postleitzahl,postcode,zip", false },
    { "place", MSG_person_field_place, NULL, NULL, "ort,wohnort,stadt,city", false },
    { "district", MSG_person_field_district, NULL, NULL, "stadtteil,ortsteil,bezirk", false },
    { "birth", MSG_person_roster_target_birth, NULL, NULL,
      "geburtsdatum,geburtstag,geburtsjahr,geb,geboren,geboren am,geb datum,jahrgang", false },
    { "employment", MSG_person_field_employment, NULL, &vocab_employment,
      "beruf,taetigkeit,berufsstatus,erwerbsstatus,beschaeftigung,berufliche situation", false },
    { "channel", MSG_person_field_channel, NULL, &vocab_channel,
      "bevorzugter kontakt,kontaktweg,kontaktart", false },
    { "languages", MSG_person_field_languages, NULL, NULL,
      "sprachen,sprache,sprachkenntnisse,languages", false },
    { "likes", MSG_person_typed_like_words, NULL, NULL,
      "interessen,interesse,interessiert an,wuensche,engagementwuensche,taetigkeitsfelder,"
      "bereiche,einsatzbereiche,gewuenschte bereiche,taetigkeitswuensche,themen", true },
    { "rather_not", MSG_person_typed_rather_not_words, NULL, NULL,
      "lieber nicht,ungern", false },
    { "never", MSG_person_typed_never_words, NULL, NULL,
      "auf keinen fall,nicht,ausgeschlossen,ausschluss", false },
    { "when", MSG_person_typed_when_words, NULL, NULL,
      "zeit,zeiten,verfuegbarkeit,wann,verfuegbar,zeitfenster", true },
    { "hours_week", MSG_person_field_hours_week, NULL, NULL,
      "stunden,stunden pro woche,wochenstunden,zeitumfang,stunden woche,zeitbudget", false },
    { "mobility", MSG_person_field_mobility, NULL, &vocab_mobility,
      "mobilitaet,verkehrsmittel,fahrzeug", false },
    { "skills", MSG_person_field_skills, NULL, NULL,
      "kenntnisse,faehigkeiten,kompetenzen,qualifikation,qualifikationen,skills", true },
    { "experience", MSG_person_field_experience, NULL, NULL,
      "erfahrung,erfahrungen,bisheriges engagement,vorerfahrung", true },
    { "motivation", MSG_person_field_motivation, NULL, NULL, "motivation,beweggrund", true },
    { "heard_from", MSG_person_field_heard_from, NULL, &vocab_heard_from,
      "aufmerksam geworden,woher,kontakt ueber,gekommen ueber", false },
    { "starts_on", MSG_person_field_starts_on, NULL, NULL, "ab,verfuegbar ab,beginn ab", false },
    { "ends_on", MSG_person_field_ends_on, NULL, NULL, "bis,verfuegbar bis", false },
    { "guardian", MSG_person_field_guardian, NULL, NULL,
      "erziehungsberechtigte,erziehungsberechtigter,sorgeberechtigte,eltern", false },
    { "keep_on", MSG_person_roster_target_keep_on, NULL, NULL,
      "datenschutz,datenschutz am,datenschutzerklaerung,einwilligung,einwilligung am,"
      "einwilligung datenschutz,dsgvo,einwilligung speicherung", false },
    { "propose_on", MSG_person_roster_target_propose_on, NULL, NULL,
      "einwilligung vermittlung,einwilligung vorschlag,einwilligung vorschlagen", false },
    { "pass_on_on", MSG_person_roster_target_pass_on_on, NULL, NULL,
      "einwilligung weitergabe,weitergabe,weitergabe am,einwilligung datenweitergabe", false },
    { "guardian_on", MSG_person_roster_target_guardian_on, NULL, NULL,
      "einwilligung eltern,zustimmung eltern,einwilligung erziehungsberechtigte,"
      "einwilligung sorgeberechtigte", false },
    { 0 },
};
/* clang-format on */

bool roster_has(const struct roster_columns *columns, const char *target)
{
    const struct assign_target *t = assign_find_in(roster_targets, str_from_c(target));
    for (size_t i = 0; i < columns->sample->n; i++)
        if (columns->targets[i] == t)
            return true;
    return false;
}

/* ---- cells ---- */

struct reading {
    struct rq *rq;
    const struct roster_columns *columns;
    const struct cells *cells;
    struct roster_row *row;
};

static void note(struct reading *r, str sentence)
{
    if (r->row->notes.n)
        out_char(&r->row->notes, ' ');
    out_str(&r->row->notes, sentence);
}

static enum msg label_of(const char *target)
{
    return assign_find_in(roster_targets, str_from_c(target))->label;
}

/* "Sprachen: „Elbisch“ ist nicht verstanden und wurde ausgelassen." */
static void note_left_out(struct reading *r, const char *target, str text)
{
    note(r, t_person_roster_said_left_out(r->rq, text_of(r->rq, label_of(target)),
                                          utf8_cut(str_trim(text), SHOWN)));
}

/* What stands in the columns of a target; several with a comma between them. */
static str text_for(struct reading *r, const char *target)
{
    const struct assign_target *t = assign_find_in(roster_targets, str_from_c(target));
    str all = S("");
    for (size_t i = 0; i < r->columns->sample->n; i++) {
        if (r->columns->targets[i] != t)
            continue;
        str cell = csv_unguard(cell_of(r->cells, r->columns->sample->v[i].name));
        if (all.n && cell.n)
            all = str_fmt(r->rq->arena, "%.*s, %.*s", STR_FMT(all), STR_FMT(cell));
        else if (cell.n)
            all = cell;
    }
    return all;
}

/* Cut to what the field of the form takes. */
static str text_cut(struct reading *r, const char *target, size_t most)
{
    str text = str_trim(text_for(r, target));
    str cut = utf8_cut(text, most);
    if (cut.n < text.n)
        note(r, t_person_roster_said_cut(r->rq, text_of(r->rq, label_of(target)), (int64_t)most));
    return cut;
}

/* The same on one line. */
static str line_cut(struct reading *r, const char *target, size_t most)
{
    str text = text_cut(r, target, most);
    struct out o = out_new(r->rq->arena, text.n + 1);
    for (size_t i = 0; i < text.n; i++)
        out_char(&o, (unsigned char)text.p[i] < ' ' ? ' ' : text.p[i]);
    return out_text(&o);
}

/* A day with its year; false for anything else. Cells of workbooks may have a time behind it. */
static bool full_day(str text, struct day *d)
{
    int64_t year = 0;
    str first = str_slice(text, 0, 10);
    if (day_parse_iso(first, d) && (text.n == 10 || text.p[10] == 'T' || text.p[10] == ' '))
        return true;
    return text.n > 4 && str_to_i64(str_slice(text, text.n - 4, text.n), &year) && year > 999 &&
           day_parse(text, clock_today(), d);
}

/* ---- who it is ---- */

/* "Beispiel, Ada" is Ada Beispiel. */
static str turned(struct reading *r, str name)
{
    ptrdiff_t comma = str_find_byte(name, ',');
    if (comma < 0)
        return name;
    str last = str_trim(str_slice(name, 0, (size_t)comma));
    str first = str_trim(str_slice(name, (size_t)comma + 1, name.n));
    return str_fmt(r->rq->arena, "%.*s %.*s", STR_FMT(first), STR_FMT(last));
}

static str name_of(struct reading *r)
{
    str first = line_cut(r, "first_name", 60);
    str last = line_cut(r, "last_name", 60);
    str whole = turned(r, line_cut(r, "name", 120));
    str both = str_trim(str_fmt(r->rq->arena, "%.*s %.*s", STR_FMT(first), STR_FMT(last)));
    if (first.n || !last.n)
        return both.n ? both : whole;
    return turned(r, last); /* one column "Name" has all of it */
}

/* The code whose label or name the text is, or that one of the words begins; -1: none. */
struct alias {
    const char *word; /* folded; the text begins with it */
    int code;
};

static int code_of(struct reading *r, const struct vocab *v, const struct alias *aliases, str text)
{
    str folded = str_trim(utf8_fold(r->rq->arena, text));
    for (int i = 0; i < (int)v->n && folded.n; i++) {
        str label = vocab_label_in(LANG_DE, v, i);
        if (str_ieq(vocab_code(v, i), text) || str_eq(utf8_fold(r->rq->arena, label), folded) ||
            str_eq(utf8_fold(r->rq->arena, vocab_label_in(LANG_EN, v, i)), folded))
            return i;
    }
    for (const struct alias *a = aliases; a->word; a++)
        if (str_starts(folded, str_from_c(a->word)))
            return a->code;
    return -1;
}

static const struct alias no_aliases[] = { { NULL, 0 } };
static const struct alias genders[] = { { "frau", GENDER_female },
                                        { "w", GENDER_female },
                                        { "f", GENDER_female },
                                        { "herr", GENDER_male },
                                        { "m", GENDER_male },
                                        { "d", GENDER_diverse },
                                        { NULL, 0 } };
static const struct alias employments[] = { { "rent", EMPLOYMENT_retired },
                                            { "pension", EMPLOYMENT_retired },
                                            { "ruhestand", EMPLOYMENT_retired },
                                            { "schueler", EMPLOYMENT_school },
                                            { "student", EMPLOYMENT_studying },
                                            { "studier", EMPLOYMENT_studying },
                                            { "azubi", EMPLOYMENT_training },
                                            { "auszubild", EMPLOYMENT_training },
                                            { "angestellt", EMPLOYMENT_employed },
                                            { "vollzeit", EMPLOYMENT_employed },
                                            { "teilzeit", EMPLOYMENT_employed },
                                            { "erwerbstaetig", EMPLOYMENT_employed },
                                            { "selbst", EMPLOYMENT_self_employed },
                                            { "freiberuf", EMPLOYMENT_self_employed },
                                            { "arbeitslos", EMPLOYMENT_job_seeking },
                                            { "arbeitssuch", EMPLOYMENT_job_seeking },
                                            { "elternzeit", EMPLOYMENT_parental_leave },
                                            { "hausfrau", EMPLOYMENT_household },
                                            { "hausmann", EMPLOYMENT_household },
                                            { NULL, 0 } };
static const struct alias ways[] = {
    { "fuss", MOBILITY_foot },          { "rad", MOBILITY_bike },
    { "oepnv", MOBILITY_transit },      { "bus", MOBILITY_transit },
    { "bahn", MOBILITY_transit },       { "pkw", MOBILITY_car },
    { "fuehrersch", MOBILITY_licence }, { NULL, 0 }
};
static const struct alias channels[] = { { "mail", CHANNEL_mail },   { "tel", CHANNEL_phone },
                                         { "handy", CHANNEL_phone }, { "mobil", CHANNEL_phone },
                                         { "post", CHANNEL_post },   { NULL, 0 } };

static str code_for(struct reading *r, const char *target, const struct vocab *v,
                    const struct alias *aliases)
{
    str text = text_for(r, target);
    int code = text.n ? code_of(r, v, aliases, text) : -1;
    if (text.n && code < 0)
        note_left_out(r, target, text);
    return code < 0 ? S("") : vocab_code(v, code);
}

/* The year; the text as it serves for the key. */
static str read_birth(struct reading *r)
{
    struct day d = { 0 };
    int64_t year = 0;
    str text = text_for(r, "birth");
    if (!text.n)
        return text;
    if (!(text.n == 4 && str_to_i64(text, &year)) && full_day(text, &d))
        year = d.year;
    if (year < OLDEST || year > clock_today().year) {
        note_left_out(r, "birth", text);
        return S("");
    }
    r->row->form.birth_year = year;
    return d.year ? day_iso(r->rq->arena, d) : text;
}

static bool is_phone(str text)
{
    int digits = 0;
    for (size_t i = 0; i < text.n; i++)
        digits += text.p[i] >= '0' && text.p[i] <= '9';
    return digits >= 4;
}

static str phone_of(struct reading *r)
{
    str phone = line_cut(r, "phone", 40);
    str mobile = line_cut(r, "mobile", 40);
    if (phone.n && !is_phone(phone))
        note_left_out(r, "phone", phone);
    if (mobile.n && !is_phone(mobile))
        note_left_out(r, "mobile", mobile);
    bool both = is_phone(phone) && is_phone(mobile);
    if (both) /* a record has one number */
        note(r, t_person_roster_said_second_phone(r->rq, phone));
    return is_phone(mobile) ? mobile : is_phone(phone) ? phone : S("");
}

static void read_contact(struct reading *r)
{
    struct person_form *f = &r->row->form;
    str mail = line_cut(r, "mail", 200);
    str postcode = line_cut(r, "postcode", 20);
    str house = line_cut(r, "house", 20);
    int64_t number = 0;
    if (mail.n && mail_valid(mail))
        f->mail = mail_folded(r->rq->arena, mail);
    else if (mail.n)
        note_left_out(r, "mail", mail);
    f->phone = phone_of(r);
    f->street = line_cut(r, "street", 180);
    if (f->street.n && house.n)
        f->street = str_fmt(r->rq->arena, "%.*s %.*s", STR_FMT(f->street), STR_FMT(house));
    if (postcode.n == 4 && str_to_i64(postcode, &number)) /* a spreadsheet ate the zero */
        postcode = str_join(r->rq->arena, S("0"), postcode);
    if (postcode.n == 5 && str_to_i64(postcode, &number))
        f->postcode = postcode;
    else if (postcode.n)
        note_left_out(r, "postcode", postcode);
    f->place = line_cut(r, "place", 80);
    f->district = line_cut(r, "district", 80);
    f->channel = code_for(r, "channel", &vocab_channel, channels);
    struct located at = locate_words(r->rq, f->district, f->postcode);
    f->lat = at.lat;
    f->lon = at.lon;
    f->geo_from = at.from;
}

/* ---- what they want and bring ---- */

/* The next part of a list, whatever stands between the parts; false at its end. */
static bool next_part(str *rest, str *part)
{
    size_t end = 0;
    if (!rest->n)
        return false;
    while (end < rest->n && str_find_byte(S(",;/|\n"), rest->p[end]) < 0)
        end++;
    *part = str_trim(str_slice(*rest, 0, end));
    *rest = str_slice(*rest, end < rest->n ? end + 1 : end, rest->n);
    return true;
}

static void read_likings(struct reading *r, const char *target, int64_t *const to[3])
{
    str rest = text_for(r, target);
    str part;
    while (next_part(&rest, &part)) {
        struct likings l;
        str unknown;
        if (!likings_read(r->rq, part, &l, &unknown)) {
            note_left_out(r, target, part);
            continue;
        }
        *to[0] |= l.fields;
        *to[1] |= l.kinds;
        *to[2] |= l.targets;
    }
}

/* What somebody never wants counts more than what they like, that more than "rather not". */
static void settle(struct reading *r)
{
    struct person_form *f = &r->row->form;
    if ((f->like_fields & f->never_fields) | (f->like_kinds & f->never_kinds) |
        (f->like_targets & f->never_targets))
        note(r, t_person_roster_said_both(r->rq));
    f->like_fields &= ~f->never_fields;
    f->like_kinds &= ~f->never_kinds;
    f->like_targets &= ~f->never_targets;
    f->rather_not_fields &= ~(f->like_fields | f->never_fields);
    f->rather_not_kinds &= ~(f->like_kinds | f->never_kinds);
    f->rather_not_targets &= ~(f->like_targets | f->never_targets);
}

static void read_when(struct reading *r)
{
    str rest = text_for(r, "when");
    str part;
    while (next_part(&rest, &part)) {
        int64_t grid = 0;
        str unknown;
        if (when_read(r->rq, part, &grid, &unknown))
            r->row->form.grid |= grid;
        else
            note_left_out(r, "when", part);
    }
}

/* "3", "2,5", "2.5 h"; tenths of an hour. */
static int64_t read_hours(struct reading *r)
{
    str text = text_for(r, "hours_week");
    int64_t tenths = 0;
    size_t i = 0;
    while (i < text.n && i < 3 && text.p[i] >= '0' && text.p[i] <= '9')
        tenths = tenths * 10 + (text.p[i++] - '0');
    tenths *= 10;
    if (i && i + 1 < text.n && (text.p[i] == ',' || text.p[i] == '.') && text.p[i + 1] >= '0' &&
        text.p[i + 1] <= '9') {
        tenths += text.p[i + 1] - '0';
        i += 2;
    }
    str unit = str_trim(utf8_fold(r->rq->arena, str_slice(text, i, text.n)));
    bool good = i && tenths <= 400 && (!unit.n || unit.p[0] == 'h' || str_starts(unit, S("st")));
    if (text.n && !good)
        note_left_out(r, "hours_week", text);
    return good ? tenths : 0;
}

static void read_mobility(struct reading *r)
{
    str rest = text_for(r, "mobility");
    str part;
    while (next_part(&rest, &part)) {
        int code = part.n ? code_of(r, &vocab_mobility, ways, part) : -1;
        if (code >= 0)
            r->row->form.mobility |= (int64_t)vocab_bit(code);
        else if (part.n)
            note_left_out(r, "mobility", part);
    }
}

static str read_day(struct reading *r, const char *target)
{
    struct day d;
    str text = text_for(r, target);
    if (!text.n || full_day(text, &d))
        return text.n ? day_iso(r->rq->arena, d) : S("");
    note_left_out(r, target, text);
    return S("");
}

static void read_wishes(struct reading *r)
{
    struct person_form *f = &r->row->form;
    str languages = text_for(r, "languages");
    str unknown;
    read_likings(r, "likes",
                 (int64_t *const[]){ &f->like_fields, &f->like_kinds, &f->like_targets });
    read_likings(
        r, "rather_not",
        (int64_t *const[]){ &f->rather_not_fields, &f->rather_not_kinds, &f->rather_not_targets });
    read_likings(r, "never",
                 (int64_t *const[]){ &f->never_fields, &f->never_kinds, &f->never_targets });
    settle(r);
    read_when(r);
    f->hours_week = read_hours(r);
    read_mobility(r);
    if (languages.n && !languages_read(r->rq, languages, &f->languages, &unknown)) {
        f->languages = S("");
        note_left_out(r, "languages", unknown);
    }
    f->skills = line_cut(r, "skills", 400);
    f->experience = text_cut(r, "experience", 2000);
    f->motivation = text_cut(r, "motivation", 2000);
    f->heard_from = code_for(r, "heard_from", &vocab_heard_from, no_aliases);
    f->starts_on = read_day(r, "starts_on");
    f->ends_on = read_day(r, "ends_on");
    if (f->starts_on.n && f->ends_on.n && str_cmp(f->ends_on, f->starts_on) < 0) {
        note_left_out(r, "ends_on", f->ends_on);
        f->ends_on = S("");
    }
}

/* ---- consents ---- */

/* A consent counts with the day on which it was given, and with no other sign. */
static int64_t read_consent(struct reading *r, const char *target)
{
    struct day d;
    str text = text_for(r, target);
    str folded = utf8_fold(r->rq->arena, text);
    if (!text.n || str_eq(folded, S("nein")) || str_eq(folded, S("no")) || str_eq(folded, S("0")))
        return 0;
    if (full_day(text, &d) && day_number(d) <= day_number(clock_today()))
        return clock_instant((struct local_time){ d, 12, 0, 0 });
    note(r, t_person_roster_said_no_day(r->rq, text_of(r->rq, label_of(target)),
                                        utf8_cut(text, SHOWN)));
    return 0;
}

static void read_consents(struct reading *r)
{
    static const char *const targets[ROSTER_CONSENTS] = { "keep_on", "propose_on", "pass_on_on",
                                                          "guardian_on" };
    struct person_row as_row = { .birth_year = r->row->form.birth_year, .age_band = S("") };
    for (size_t i = 0; i < ROSTER_CONSENTS; i++)
        r->row->agreed[i] = read_consent(r, targets[i]);
    if (person_is_child(&as_row, clock_today()) && !r->row->agreed[3])
        note(r, t_person_roster_said_child(r->rq));
}

/* ---- the row ---- */

/* The list's own key, else what tells people apart in most lists. Only its hash is kept. */
static void make_key(struct reading *r, str birth)
{
    struct arena *a = r->rq->arena;
    const struct person_form *f = &r->row->form;
    str own = str_trim(text_for(r, "ref"));
    str all = str_fmt(a, "%.*s\n%.*s\n%.*s", STR_FMT(utf8_fold(a, f->name)), STR_FMT(birth),
                      STR_FMT(f->mail));
    r->row->ref = own.n ? own : str_slice(crypt_sha256_hex(a, all), 0, 32);
    if (own.n > REF_MOST)
        r->row->refused = t_person_roster_said_long_key(r->rq);
}

void roster_read(struct rq *rq, const struct roster_columns *columns, const struct cells *cells,
                 struct roster_row *row)
{
    struct reading r = { rq, columns, cells, row };
    struct person_form *f = &row->form;
    row->notes = out_new(rq->arena, NOTES_MOST);
    row->refused = S("");
    f->lang = lang_info(rq->city->lang)->code;
    f->name = name_of(&r);
    f->gender = code_for(&r, "salutation", &vocab_gender, genders);
    f->pronoun = line_cut(&r, "pronoun", 40);
    f->guardian = line_cut(&r, "guardian", 200);
    f->employment = code_for(&r, "employment", &vocab_employment, employments);
    str birth = read_birth(&r);
    read_contact(&r);
    read_wishes(&r);
    read_consents(&r);
    make_key(&r, birth);
    if (!f->name.n)
        row->refused = t_person_roster_said_no_name(rq);
    else if (!f->mail.n && !f->phone.n && !f->street.n)
        row->refused = t_person_roster_said_no_contact(rq);
}
