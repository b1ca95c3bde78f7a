/* SPDX-License-Identifier: EUPL-1.2 */
/* Storing offers: from the record of a form or file to the table, with history and audit. */
#include "feature/opportunity/change.h"
#include "feature/opportunity/states.h"

/* Neither is a step that somebody may ask for: the form and the import have their own rules. */
static int64_t keep_event(struct tx *tx, int64_t id, const struct opp_arrival *a, bool created)
{
    struct procedure_entry e = { .procedure = &opportunity_procedure,
                                 .city_id = a->city_id,
                                 .id = id,
                                 .who = a->by_link ? BY_LINK : 0,
                                 .account_id = a->account_id,
                                 .verb = created ? S("create") : S("change"),
                                 .to = created ? a->state : S(""),
                                 .note = a->source };
    return procedure_record(tx, &e);
}

/* The members that insert and update share, named once. */
#define SAID(f)                                                                                   \
    .title = (f)->title, .title_simple = (f)->title_simple, .title_en = (f)->title_en,            \
    .summary = (f)->summary, .summary_en = (f)->summary_en, .tasks_md = (f)->tasks_md,            \
    .simple_md = (f)->simple_md, .needs_md = (f)->needs_md, .gives_md = (f)->gives_md,            \
    .fields = (f)->fields, .kinds = (f)->kinds, .targets = (f)->targets, .suits = (f)->suits,     \
    .derived = (f)->derived, .time = (f)->time, .hours_week = (f)->hours_week, .grid = (f)->grid, \
    .starts_on = (f)->starts_on, .ends_on = (f)->ends_on, .commitment = (f)->commitment,          \
    .wanted = (f)->wanted, .placed = (f)->placed, .min_age = (f)->min_age,                        \
    .languages = (f)->languages, .skills = (f)->skills, .place_kind = (f)->place_kind,            \
    .street = (f)->street, .postcode = (f)->postcode, .place = (f)->place,                        \
    .district = (f)->district, .lat = (f)->lat, .lon = (f)->lon, .geo_from = (f)->geo_from,       \
    .access = (f)->access, .training = (f)->training, .supervision = (f)->supervision,            \
    .certificate = (f)->certificate, .measles = (f)->measles, .insurance = (f)->insurance,        \
    .expenses = (f)->expenses, .expenses_cents = (f)->expenses_cents,                             \
    .contact_name = (f)->contact_name, .contact_mail = (f)->contact_mail,                         \
    .contact_phone = (f)->contact_phone, .valid_until = (f)->valid_until

struct opp_form opportunity_said(const struct opp_full *o)
{
    return (struct opp_form){
        .title = o->title,
        .title_simple = o->title_simple,
        .title_en = o->title_en,
        .summary = o->summary,
        .summary_en = o->summary_en,
        .tasks_md = o->tasks_md,
        .simple_md = o->simple_md,
        .needs_md = o->needs_md,
        .gives_md = o->gives_md,
        .fields = o->fields,
        .kinds = o->kinds,
        .targets = o->targets,
        .suits = o->suits,
        .derived = o->derived,
        .time = o->time,
        .hours_week = o->hours_week,
        .grid = o->grid,
        .starts_on = o->starts_on,
        .ends_on = o->ends_on,
        .commitment = o->commitment,
        .wanted = o->wanted,
        .placed = o->placed,
        .min_age = o->min_age,
        .languages = o->languages,
        .skills = o->skills,
        .place_kind = o->place_kind,
        .street = o->street,
        .postcode = o->postcode,
        .place = o->place,
        .district = o->district,
        .lat = o->lat,
        .lon = o->lon,
        .geo_from = o->geo_from,
        .access = o->access,
        .training = o->training,
        .supervision = o->supervision,
        .certificate = o->certificate,
        .measles = o->measles,
        .insurance = o->insurance,
        .expenses = o->expenses,
        .expenses_cents = o->expenses_cents,
        .contact_name = o->contact_name,
        .contact_mail = o->contact_mail,
        .contact_phone = o->contact_phone,
        .valid_until = o->valid_until,
    };
}

static int64_t published_at(const struct tx *tx, const struct opp_arrival *a)
{
    if (a->published_at)
        return a->published_at;
    return str_eq(a->state, S("published")) ? tx->now : 0;
}

int64_t opportunity_new(struct tx *tx, const struct opp_arrival *a, const struct opp_form *f)
{
    str hash = a->source.n ? opportunity_hash(tx->db.arena, f, a->organisation_id) : S("");
    struct opp_insert_in in = { .id = db_new_id(),
                                .city = a->city_id,
                                .organisation = a->organisation_id,
                                .source = a->source,
                                .ref = a->ref,
                                .state = a->state,
                                .confirmed_at = a->confirmed_at,
                                .confirmed_by = a->confirmed_by,
                                .content_hash = hash,
                                .created_at = tx->now,
                                .changed_at = tx->now,
                                .published_at = published_at(tx, a),
                                SAID(f) };
    opp_insert(tx, &in);
    keep_event(tx, in.id, a, true);
    return in.id;
}

bool opportunity_replace(struct tx *tx, int64_t id, const struct opp_arrival *a,
                         const struct opp_form *f)
{
    struct opp_update_in in = { .organisation = a->organisation_id,
                                .from_source = a->source.n > 0,
                                .content_hash =
                                    opportunity_hash(tx->db.arena, f, a->organisation_id),
                                .changed_at = tx->now,
                                .city = a->city_id,
                                .id = id,
                                SAID(f) };
    return opp_update(tx, &in) == 1;
}

void opportunity_save(struct tx *tx, int64_t id, const struct opp_arrival *a,
                      const struct opp_form *f)
{
    const struct opp_full *before = opp_get(&tx->db, a->city_id, id);
    if (!before || !opportunity_replace(tx, id, a, f))
        return;
    struct opp_form said = *f;
    said.organisation = str_fmt(tx->db.arena, "%lld", (long long)a->organisation_id);
    change_keep(tx, a->city_id, before, &said, keep_event(tx, id, a, false));
}

const struct opp_ref_row *opportunity_known(struct tx *tx, const struct opp_arrival *a)
{
    return opp_by_ref(&tx->db, a->city_id, a->source, a->ref);
}

bool opportunity_has_title(struct tx *tx, int64_t city_id, int64_t organisation_id, str title)
{
    return opp_same_title(&tx->db, city_id, organisation_id, title).n > 0;
}
