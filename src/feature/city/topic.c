/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which office a topic belongs to. Offices say in their own words what they are responsible
 * for; each topic of the vocabulary has the beginnings of words that give it away.
 * Table: office.
 */
#include "base/utf8.h"
#include "city.sql.h"
#include "feature/city/city.h"
#include "web/vocab.h"

/* Folded, parted by blanks, the most telling first; in the order of VOCAB_TOPIC. */
static const str signs[] = {
    [TOPIC_start] = STR_INIT("vermittlung freiwilligenboerse beratung"),
    [TOPIC_people] = STR_INIT("freiwilligenmanagement begleitung organisationsentwicklung"),
    [TOPIC_insurance] = STR_INIT("versicherung recht"),
    [TOPIC_law] = STR_INIT("recht steuer versicherung"),
    [TOPIC_money] = STR_INIT("foerder geld zuschu"),
    [TOPIC_protection] =
        STR_INIT("jugendschutz fuehrungszeugnis freiwilligenmanagement begleitung"),
    [TOPIC_privacy] = STR_INIT("datenschutz recht digital"),
    [TOPIC_founding] = STR_INIT("vereinsgruendung gruendung organisationsentwicklung recht"),
    [TOPIC_recognition] = STR_INIT("ehrenamtskarte ehrung anerkennung"),
    [TOPIC_rooms] = STR_INIT("raeume raum material"),
    [TOPIC_digital] = STR_INIT("digital"),
    [TOPIC_publicity] = STR_INIT("veranstaltung presse oeffentlichkeit"),
    [TOPIC_admin] = STR_INIT("papierkram verwaltung organisationsentwicklung"),
    [TOPIC_other] = STR_INIT(""),
};

int64_t city_office_of_topic(struct db *db, int64_t city_id, str topic)
{
    int number = vocab_find(&vocab_topic, topic);
    struct office_row_rows offices = office_list(db, city_id);
    str rest = number >= 0 ? signs[number] : S("");
    for (str sign; str_next(&rest, ' ', &sign);)
        for (size_t i = 0; i < offices.n; i++)
            if (str_find(utf8_fold(db->arena, offices.v[i].topics), sign) >= 0)
                return offices.v[i].id;
    return 0;
}
