/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What somebody needs in order to take part: voluntary, sealed (web/seal.h), behind its own
 * permission, which reading all does not replace; each reading is noted. Table: person_support.
 */
#include "base/utf8.h"
#include "feature/person/pages.h"
#include "person.text.h"
#include "web.text.h"
#include "web/audit.h"
#include "web/seal.h"

#define LONGEST 2000

static const struct person_row *mine(struct rq *rq)
{
    if (may(rq, PERM_person_support))
        return person_get(rq, rq_id(rq));
    rq_forbidden(rq);
    return NULL;
}

/* POST /buero/personen/{id}/bedarf: the page with the needs opened; who reads them is noted. */
void support_open(struct rq *rq, struct tx *tx)
{
    struct person_page page = { .person = mine(rq), .opened = true };
    if (!page.person)
        return;
    const struct person_support_row *s = person_support_get(rq->db, rq->city->id, page.person->id);
    seal_note_reading(rq, tx, SUPPORT_COLUMN, page.person->id);
    if (s && !seal_open(rq->app, rq->arena, (struct seal_place){ SUPPORT_COLUMN, s->id }, s->needs,
                        &page.needs))
        page.needs = t_person_support_unreadable(rq);
    person_desk_page(rq, &page);
}

/* POST /buero/personen/{id}/bedarf/speichern: empty words take the needs away. */
void support_save(struct rq *rq, struct tx *tx)
{
    struct person_page page = { .person = mine(rq), .opened = true };
    str words = str_trim(utf8_clean(rq->arena, rq_param(rq, "needs")));
    if (!page.person)
        return;
    if (utf8_count(words) > LONGEST) {
        rq_error(rq, "needs", t_form_error_long(rq, LONGEST));
        page.needs = words;
        person_desk_page(rq, &page);
        return;
    }
    const struct person_support_row *s = person_support_get(rq->db, rq->city->id, page.person->id);
    int64_t id = s ? s->id : db_new_id();
    struct person_support_put_in in = {
        .id = id,
        .city = rq->city->id,
        .person = page.person->id,
        .needs = seal_close(rq->app, tx, (struct seal_place){ SUPPORT_COLUMN, id }, words),
        .at = tx->now,
    };
    if (words.n)
        person_support_put(tx, &in);
    else
        person_support_delete(tx, rq->city->id, page.person->id);
    audit(rq, tx, S("person.support"), page.person->id, S(""));
    rq_note(rq, MSG_person_note_saved);
    rq_see(rq, S("/buero/personen/"), page.person->id);
}
