/* SPDX-License-Identifier: EUPL-1.2 */
/* The states of an offer, and what is remembered of each step. */
#include "feature/opportunity/states.h"

#include "feature/opportunity/store.h"
#include "web/audit.h"
#include "opportunity.sql.web.h"
#include "web/json.h"

#define STEP(a, b, permission, label)                                     \
    {                                                                     \
        STR_INIT(a), STR_INIT(b), PERM_##permission, MSG_opp_step_##label \
    }

const struct state_step state_steps[] = {
    STEP("draft", "submitted", opportunity_edit, submit),
    STEP("draft", "published", opportunity_publish, publish),
    STEP("draft", "archived", opportunity_edit, archive),
    STEP("submitted", "published", opportunity_publish, publish),
    STEP("submitted", "draft", opportunity_edit, back_to_draft),
    STEP("submitted", "archived", opportunity_publish, archive),
    STEP("published", "paused", opportunity_edit, pause),
    STEP("published", "filled", opportunity_edit, fill),
    STEP("published", "expired", opportunity_publish, expire),
    STEP("published", "archived", opportunity_edit, archive),
    STEP("paused", "published", opportunity_edit, resume),
    STEP("paused", "archived", opportunity_edit, archive),
    STEP("filled", "published", opportunity_edit, reopen),
    STEP("filled", "archived", opportunity_edit, archive),
    STEP("expired", "published", opportunity_edit, renew),
    STEP("expired", "archived", opportunity_edit, archive),
    STEP("archived", "draft", opportunity_edit, back_to_draft),
    { .from = STR_INIT("") },
};

bool states_may(const struct rq *rq, int64_t organisation_id, str from, str to)
{
    for (const struct state_step *s = state_steps; s->from.n; s++)
        if (str_eq(s->from, from) && str_eq(s->to, to))
            return may_for(rq, s->permission, organisation_id);
    return false;
}

static bool in_table(str from, str to)
{
    for (const struct state_step *s = state_steps; s->from.n; s++)
        if (str_eq(s->from, from) && str_eq(s->to, to))
            return true;
    return false;
}

bool opportunity_move(struct rq *rq, struct tx *tx, int64_t id, str from, str to)
{
    const struct opp_full *o = opp_get(rq->db, rq->city->id, id);
    if (!o || !in_table(from, to))
        return false;
    bool publish = str_eq(to, S("published"));
    struct opp_set_state_in in = { .to = to,
                                   .at = tx->now,
                                   .city = rq->city->id,
                                   .id = id,
                                   .from = from,
                                   .published_at = publish ? tx->now : o->published_at };
    if (opp_set_state(tx, &in) != 1)
        return false;
    /* Who puts an offer (back) on the list says with it that it is true today. */
    if (publish)
        opp_confirm(tx, &(struct opp_confirm_in){
                            .at = tx->now, .by = S("office"), .city = rq->city->id, .id = id });
    struct store_event e = { rq->city->id, id, rq->who.account_id, S("moved"), from, to };
    store_event(tx, &e);
    audit(rq, tx, str_join(rq->arena, S("opportunity."), to), id, S(""));
    return true;
}

bool opportunity_confirm(struct rq *rq, struct tx *tx, int64_t id, str by)
{
    struct opp_confirm_in in = { .at = tx->now, .by = by, .city = rq->city->id, .id = id };
    if (opp_confirm(tx, &in) != 1)
        return false;
    struct store_event e = { rq->city->id, id, rq->who.account_id, S("confirmed"), S(""), S("") };
    store_event(tx, &e);
    audit(rq, tx, S("opportunity.confirm"), id, S(""));
    return true;
}

void opportunity_person_export(struct rq *rq, int64_t account_id, struct json *json)
{
    struct opp_event_of_rows rows = opp_events_of_account(rq->db, account_id);
    json_key(json, S("opportunity_events"));
    json_array(json);
    for (size_t i = 0; i < rows.n; i++)
        opp_event_of_json(json, &rows.v[i]);
    json_array_end(json);
}

void opportunity_person_erase(struct rq *rq, struct tx *tx, int64_t account_id)
{
    (void)rq;
    opp_events_forget(tx, account_id);
}
