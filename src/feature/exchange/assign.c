/* SPDX-License-Identifier: EUPL-1.2 */
/* Assigning columns: targets, guesses, the text of the mapping. */
#include "feature/exchange/assign.h"

#include "base/out.h"
#include "base/utf8.h"
#include "exchange.text.h"
#include "feature/exchange/mapping.h"
#include "opportunity.text.h"
#include "web/vocab_label.h"

#define SOURCE_BYTES 30

/* clang-format off */
const struct assign_target assign_targets[] = {
    { "ref", MSG_exchange_target_ref, NULL, NULL,
      "id,nr,nummer,ref,kennung,angebotsid,angebotsnummer,projektnummer,lfd nr,"
      "opportunity id,key", false },
    { "title", MSG_opp_field_title, "plain", NULL,
      "titel,title,angebot,angebotsname,bezeichnung,taetigkeit,projekt,projektname,"
      "aufgabe,name des angebots", false },
    { "organisation", MSG_opp_field_organisation, "plain", NULL,
      "organisation,organization,verein,einrichtung,einrichtungsname,traeger,"
      "anbieter,org title,institution,name der organisation,vereinsname", false },
    { "summary", MSG_opp_field_summary, "plain", NULL,
      "kurzbeschreibung,kurztext,kurz gesagt,zusammenfassung,summary,teaser", false },
    { "tasks_md", MSG_opp_field_tasks, "html", NULL,
      "beschreibung,description,aufgaben,text,inhalt,details,taetigkeitsbeschreibung,"
      "angebotsbeschreibung,was ist zu tun", true },
    { "needs_md", MSG_opp_field_needs, "html", NULL,
      "anforderungen,voraussetzungen,qualifikation,erwartungen,requirements,profil,"
      "was bringen sie mit", true },
    { "gives_md", MSG_opp_field_gives, "html", NULL,
      "wir bieten,leistungen,benefits,angebot an freiwillige,was bekommen sie", true },
    { "fields", MSG_opp_field_fields, NULL, &vocab_field,
      "bereich,bereiche,rubrik,rubriken,kategorie,kategorien,category,category desc,"
      "themen,thema,taetigkeitsfeld,taetigkeitsfelder,engagementbereich", false },
    { "kinds", MSG_opp_field_kinds, NULL, &vocab_kind,
      "taetigkeitsart,art,art der taetigkeit", false },
    { "targets", MSG_opp_field_targets, NULL, &vocab_target,
      "zielgruppe,zielgruppen,fuer wen,target", false },
    { "time", MSG_opp_field_time, NULL, &vocab_time,
      "zeitaufwand,umfang,zeitumfang", false },
    { "from", MSG_opp_field_starts_on, "date", NULL,
      "beginn,start,von,startdatum,start date,start date date,ab", false },
    { "to", MSG_opp_field_ends_on, "date", NULL,
      "ende,bis,enddatum,end date,end date date", false },
    { "commitment", MSG_opp_field_commitment, "plain", NULL,
      "mindestdauer,dauer,verbindlichkeit", false },
    { "wanted", MSG_opp_field_wanted, NULL, NULL,
      "anzahl,plaetze,bedarf,gesuchte personen", false },
    { "min_age", MSG_opp_field_min_age, NULL, NULL,
      "mindestalter,alter ab", false },
    { "skills", MSG_opp_field_skills, "plain", NULL,
      "kenntnisse,faehigkeiten,skills", false },
    { "street", MSG_opp_field_street, "plain", NULL,
      "strasse,adresse,anschrift,street,address,strasse und hausnummer", false },
    { "postcode", MSG_opp_field_postcode, NULL, NULL,
      "plz,postleitzahl,postcode,zip,postalcode", false },
    { "place", MSG_opp_field_place, "plain", NULL,
      "ort,stadt,city,place,locality,einsatzort", false },
    { "district", MSG_opp_field_district, "plain", NULL,
      "stadtteil,ortsteil,bezirk,district", false },
    { "lat", MSG_exchange_target_lat, "decimal", NULL,
      "lat,latitude,breite,breitengrad", false },
    { "lon", MSG_exchange_target_lon, "decimal", NULL,
      "lon,lng,longitude,laenge,laengengrad", false },
    { "certificate", MSG_opp_field_certificate, NULL, &vocab_certificate,
      "fuehrungszeugnis", false },
    { "expenses", MSG_opp_field_expenses, NULL, &vocab_expenses,
      "auslagen,aufwandsentschaedigung", false },
    { "training", MSG_opp_field_training, "plain", NULL,
      "einarbeitung,schulung", false },
    { "insurance", MSG_opp_field_insurance, "plain", NULL,
      "versicherung", false },
    { "contact_name", MSG_opp_field_contact_name, "plain", NULL,
      "ansprechperson,ansprechpartner,ansprechpartnerin,kontakt,kontaktperson", false },
    { "contact_email", MSG_opp_field_contact_mail, NULL, NULL,
      "e mail,email,mail,kontakt e mail", false },
    { "contact_phone", MSG_opp_field_contact_phone, NULL, NULL,
      "telefon,tel,phone,telefonnummer", false },
    { "confirmed_on", MSG_exchange_target_confirmed, "date", NULL,
      "stand,aktualisiert,geaendert am,bearbeitet,last updated date,erstellt", false },
    { "valid_until", MSG_opp_field_valid_until, "date", NULL,
      "gueltig bis,befristet bis", false },
    { 0 },
};
/* clang-format on */

const struct assign_target *assign_find_in(const struct assign_target *table, str name)
{
    for (const struct assign_target *t = table; t->name; t++)
        if (str_eq(str_from_c(t->name), name))
            return t;
    return NULL;
}

const struct assign_target *assign_find(str name)
{
    return assign_find_in(assign_targets, name);
}

str assign_source(struct arena *a, str name)
{
    str word = utf8_slug(a, name, SOURCE_BYTES);
    return word.n ? str_fmt(a, "liste-%.*s", STR_FMT(word)) : S("");
}

/* ---- guessing ---- */

static bool is_word_of(const struct assign_target *t, str folded)
{
    str words = str_from_c(t->words);
    str word;
    while (str_next(&words, ',', &word))
        if (str_eq(word, folded))
            return true;
    return false;
}

static bool taken(const struct assign_target **targets, size_t n, const struct assign_target *t)
{
    for (size_t i = 0; i < n; i++)
        if (targets[i] == t)
            return true;
    return false;
}

const struct assign_target **assign_guess_in(struct arena *a, const struct sample *sample,
                                             const struct assign_target *table)
{
    const struct assign_target **targets =
        NEW_ARRAY(a, sample->n + 1, const struct assign_target *);
    for (size_t i = 0; i < sample->n; i++) {
        str folded = str_trim(utf8_fold(a, sample->v[i].name));
        for (const struct assign_target *t = table; t->name && !targets[i]; t++)
            if (is_word_of(t, folded) && !taken(targets, i, t))
                targets[i] = t;
    }
    return targets;
}

struct assignment assign_guess(struct arena *a, const struct sample *sample)
{
    return (struct assignment){ .targets = assign_guess_in(a, sample, assign_targets),
                                .derive = true };
}

struct assignment assign_read(struct arena *a, const struct sample *sample, str mapping)
{
    struct assignment as = { .targets = NEW_ARRAY(a, sample->n + 1, const struct assign_target *) };
    str problem = S("");
    const struct mapping *m = mapping_parse(a, mapping, &problem);
    if (!m)
        return as;
    as.derive = mapping_derives(m);
    as.organisation = mapping_constant(m, S("organisation"));
    for (size_t i = 0; i < sample->n; i++)
        as.targets[i] = assign_find(mapping_target(m, sample->v[i].name));
    return as;
}

bool assign_has(const struct assignment *as, const struct sample *sample, const char *target)
{
    return taken(as->targets, sample->n, assign_find(str_from_c(target)));
}

/* ---- writing ---- */

/* "title = [Titel] | plain"; a later column of a text adds its paragraph. */
static void put_rule(struct out *o, const struct assign_target *t, str column, bool adds)
{
    out_fmt(o, "%s %s [%.*s]", t->name, adds ? "+=" : "=", STR_FMT(column));
    if (t->vocab)
        out_fmt(o, " | values %s", t->name);
    else if (t->how)
        out_fmt(o, " | %s", t->how);
    out_char(o, '\n');
}

/* Labels in each language that has them, and the codes themselves. */
static void put_table(struct out *o, const struct assign_target *t)
{
    out_fmt(o, "table %s\n", t->name);
    for (size_t i = 0; i < t->vocab->n; i++) {
        str code = vocab_code(t->vocab, (int)i);
        str de = vocab_label_in(LANG_DE, t->vocab, (int)i);
        str en = vocab_label_in(LANG_EN, t->vocab, (int)i);
        out_fmt(o, "%.*s = %.*s\n", STR_FMT(code), STR_FMT(code));
        out_fmt(o, "%.*s = %.*s\n", STR_FMT(de), STR_FMT(code));
        if (en.n && !str_eq(en, de))
            out_fmt(o, "%.*s = %.*s\n", STR_FMT(en), STR_FMT(code));
    }
    out_str(o, S("end\n"));
}

/* A list without keys: title and organisation together are the key. */
static void put_key(struct out *o, const struct assignment *as, const struct sample *sample)
{
    const struct assign_target *title = assign_find(S("title"));
    const struct assign_target *organisation = assign_find(S("organisation"));
    for (size_t i = 0; i < sample->n; i++)
        if (as->targets[i] == title || as->targets[i] == organisation)
            out_fmt(o, "ref += [%.*s] | plain\n", STR_FMT(sample->v[i].name));
}

/* A constant stands between quotes on one line. */
static void put_constant(struct out *o, const char *target, str text)
{
    out_fmt(o, "%s = \"", target);
    for (size_t i = 0; i < text.n; i++)
        out_char(o, (unsigned char)text.p[i] < ' ' ? ' ' : text.p[i]);
    out_str(o, S("\"\n"));
}

str assign_text(struct arena *a, const struct assignment *as, const struct sample *sample)
{
    struct out o = out_new(a, MAPPING_BYTES);
    str source = assign_source(a, as->name);
    out_fmt(&o, "source %.*s\n", STR_FMT(source));
    for (size_t i = 0; i < sample->n; i++) {
        const struct assign_target *t = as->targets[i];
        if (t)
            put_rule(&o, t, sample->v[i].name, t->adds && taken(as->targets, i, t));
    }
    if (!assign_has(as, sample, "organisation") && as->organisation.n)
        put_constant(&o, "organisation", as->organisation);
    if (!assign_has(as, sample, "ref"))
        put_key(&o, as, sample);
    if (as->derive)
        out_str(&o, S("derive keywords\n"));
    for (const struct assign_target *t = assign_targets; t->name; t++)
        if (t->vocab && taken(as->targets, sample->n, t))
            put_table(&o, t);
    return out_text(&o);
}
