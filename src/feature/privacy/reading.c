/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of the read log. Table: read_log (of web). */
#include "feature/privacy/reading.h"

#include "office.text.h"
#include "privacy.html.h"
#include "privacy.text.h"
#include "web/page.h"

static bool is_note(str place)
{
    return str_eq(place, S("concern_message.note"));
}

str reading_place(const struct rq *rq, str place)
{
    return is_note(place) ? t_privacy_reading_note(rq) : place;
}

str reading_why(const struct rq *rq, const struct read_log_row *r)
{
    return is_note(r->place) ? t_privacy_reading_button(rq) : r->why;
}

url reading_record(const struct rq *rq, const struct read_log_row *r)
{
    return is_note(r->place) ? link_id(rq, S("/buero/anliegen/"), r->subject_id)
                             : link_to(rq, S("/buero/leseprotokoll"));
}

void reading_page(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_privacy_reading_title(rq), link_to(rq, S("/buero/leseprotokoll")));
    view_reading(rq, read_log_list(rq->db, rq->city->id));
}
