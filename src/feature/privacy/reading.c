/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of the read log. Table: read_log (of web). */
#include "feature/privacy/reading.h"

#include "office.text.h"
#include "privacy.html.h"
#include "privacy.text.h"
#include "web/page.h"

/* What is sealed, in words: where it stands, how it is opened. */
static const struct opened {
    str place;
    enum msg what, why;
    str path;
} all[] = {
    { STR_INIT("advice_talk.protocol"), MSG_privacy_reading_protocol,
      MSG_privacy_reading_protocol_button, STR_INIT("/buero/beratungen/") },
    { STR_INIT("concern_message.note"), MSG_privacy_reading_note, MSG_privacy_reading_button,
      STR_INIT("/buero/anliegen/") },
    { STR_INIT("person_support.needs"), MSG_privacy_reading_support,
      MSG_privacy_reading_support_button, STR_INIT("/buero/personen/") },
};

static const struct opened *opened_of(str place)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_eq(all[i].place, place))
            return &all[i];
    return NULL;
}

str reading_place(const struct rq *rq, str place)
{
    const struct opened *o = opened_of(place);
    return o ? text_of(rq, o->what) : place;
}

str reading_why(const struct rq *rq, const struct read_log_row *r)
{
    const struct opened *o = opened_of(r->place);
    return o ? text_of(rq, o->why) : r->why;
}

url reading_record(const struct rq *rq, const struct read_log_row *r)
{
    const struct opened *o = opened_of(r->place);
    return o ? link_id(rq, o->path, r->subject_id) : link_to(rq, S("/buero/leseprotokoll"));
}

void reading_page(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_privacy_reading_title(rq), link_to(rq, S("/buero/leseprotokoll")));
    view_reading(rq, read_log_list(rq->db, rq->city->id));
}
