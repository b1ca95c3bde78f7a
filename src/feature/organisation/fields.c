/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of an organisation. */
#include "feature/organisation/fields.h"

#include "opportunity.text.h"
#include "organisation.text.h"
#include "web/locate.h"

#define F(member, type, text, ...) \
    FIELD(struct org_form, member, type, MSG_org_field_##text, ##__VA_ARGS__)

const struct field org_fields[] = {
    F(name, TEXT, name, .required = true, .max = 160),
    F(kind, CODE, kind, .required = true, .vocab = &vocab_org_kind),
    F(purpose_md, LONG, purpose, .required = true, .hint = MSG_opp_hint_markdown),
    F(purpose_simple, LONG, purpose_simple, .hint = MSG_opp_hint_simple),
    F(fields, BITS, fields, .required = true, .vocab = &vocab_field),
    F(street, TEXT, street),
    F(postcode, POSTCODE, postcode),
    F(place, TEXT, place),
    F(district, TEXT, district),
    F(access, ACCESS, access, .required = true),
    F(web, WEB, web),
    F(mail, MAIL, mail),
    F(phone, PHONE, phone),
    { 0 },
};

bool org_form_read(struct rq *rq, struct org_form *f)
{
    rq_form(rq, org_fields, f);
    struct located at = locate_words(rq, f->district, f->postcode);
    f->lat = at.lat;
    f->lon = at.lon;
    f->geo_from = at.from;
    return rq_ok(rq);
}

void org_form_keep_point(struct org_form *f, const struct org_full *g)
{
    if (!str_eq(f->street, g->street) || !str_eq(f->postcode, g->postcode) ||
        !str_eq(f->place, g->place) || !str_eq(f->district, g->district))
        return;
    f->lat = g->lat;
    f->lon = g->lon;
    f->geo_from = g->geo_from;
}
