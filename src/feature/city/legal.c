/* SPDX-License-Identifier: EUPL-1.2 */
/* Which legal pages there are, and whose words stand on them. */
#include "feature/city/legal.h"

#include "city.sql.h"
#include "city.text.h"

static str or_missing(const struct rq *rq, str s)
{
    return s.n ? s : t_city_legal_missing(rq);
}

str legal_land(const struct rq *rq)
{
    static const struct {
        str code, name;
    } lands[] = {
        { STR_INIT("SH"), STR_INIT("Schleswig-Holstein") },
        { STR_INIT("HH"), STR_INIT("Hamburg") },
        { STR_INIT("NI"), STR_INIT("Niedersachsen") },
        { STR_INIT("HB"), STR_INIT("Bremen") },
        { STR_INIT("NW"), STR_INIT("Nordrhein-Westfalen") },
        { STR_INIT("HE"), STR_INIT("Hessen") },
        { STR_INIT("RP"), STR_INIT("Rheinland-Pfalz") },
        { STR_INIT("BW"), STR_INIT("Baden-Württemberg") },
        { STR_INIT("BY"), STR_INIT("Bayern") },
        { STR_INIT("SL"), STR_INIT("Saarland") },
        { STR_INIT("BE"), STR_INIT("Berlin") },
        { STR_INIT("BB"), STR_INIT("Brandenburg") },
        { STR_INIT("MV"), STR_INIT("Mecklenburg-Vorpommern") },
        { STR_INIT("SN"), STR_INIT("Sachsen") },
        { STR_INIT("ST"), STR_INIT("Sachsen-Anhalt") },
        { STR_INIT("TH"), STR_INIT("Thüringen") },
    };
    for (size_t i = 0; i < sizeof lands / sizeof *lands; i++)
        if (str_eq(lands[i].code, rq->city->land))
            return lands[i].name;
    return t_city_legal_missing(rq);
}

static str head_of(const struct rq *rq)
{
    return str_eq(rq->city->kind, S("landkreis")) ? t_city_legal_head_district(rq)
                                                  : t_city_legal_head_town(rq);
}

static str sample_imprint(const struct rq *rq)
{
    const struct city *c = rq->city;
    return t_city_legal_impressum_body(rq, c->long_name, or_missing(rq, c->address), head_of(rq),
                                       or_missing(rq, c->phone), or_missing(rq, c->mail),
                                       legal_land(rq));
}

static str sample_privacy(const struct rq *rq)
{
    const struct city *c = rq->city;
    return t_city_legal_datenschutz_body(rq, c->long_name, or_missing(rq, c->address),
                                         or_missing(rq, c->phone), or_missing(rq, c->mail),
                                         legal_land(rq));
}

static str sample_accessibility(const struct rq *rq)
{
    const struct city *c = rq->city;
    return t_city_legal_barrierefreiheit_body(rq, c->long_name, or_missing(rq, c->phone),
                                              or_missing(rq, c->mail), legal_land(rq));
}

const struct legal_page legal_imprint = { STR_INIT("impressum"), MSG_city_imprint_title,
                                          sample_imprint };
const struct legal_page legal_privacy = { STR_INIT("datenschutz"), MSG_city_privacy_title,
                                          sample_privacy };
const struct legal_page legal_accessibility = { STR_INIT("barrierefreiheit"),
                                                MSG_city_accessibility_title,
                                                sample_accessibility };
const struct legal_page *const legal_pages[] = { &legal_imprint, &legal_privacy,
                                                 &legal_accessibility, NULL };

const struct legal_page *legal_find(str name)
{
    for (const struct legal_page *const *p = legal_pages; *p; p++)
        if (str_eq((*p)->name, name))
            return *p;
    return NULL;
}

struct legal_text legal_text_of(struct rq *rq, const struct legal_page *page)
{
    enum lang lang = rq->lang;
    const struct legal_row *row = NULL;
    for (;;) {
        row = legal_get(rq->db, rq->city->id, page->name, lang_info(lang)->code);
        if (row || lang == lang_info(lang)->fallback)
            break;
        lang = lang_info(lang)->fallback;
    }
    if (row)
        return (struct legal_text){ .body_md = row->body_md, .changed_at = row->changed_at };
    return (struct legal_text){ .body_md = page->sample(rq), .sample = true };
}
