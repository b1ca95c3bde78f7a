/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who answers what: the offices of the tandem share the topics. The town may say it for each;
 * what it leaves open goes by what the offices say of themselves, else to the first of them.
 */
#include "concern.html.h"
#include "concern.text.h"
#include "feature/city/city.h"
#include "feature/concern/pages.h"
#include "office.text.h"
#include "web/audit.h"

static bool is_open(struct concern_office_rows offices, int64_t office)
{
    for (size_t i = 0; i < offices.n; i++)
        if (offices.v[i].id == office)
            return true;
    return false;
}

/* The town's rule; 0 when there is none, or its office has closed. */
static int64_t ruled(struct concern_route_row_rows rules, struct concern_office_rows offices,
                     str topic)
{
    for (size_t i = 0; i < rules.n; i++)
        if (str_eq(rules.v[i].topic, topic) && is_open(offices, rules.v[i].office_id))
            return rules.v[i].office_id;
    return 0;
}

static int64_t unruled(struct rq *rq, struct concern_office_rows offices, str topic)
{
    int64_t said = city_office_of_topic(rq->db, rq->city->id, topic);
    return said ? said : offices.n ? offices.v[0].id : 0;
}

int64_t route_of(struct rq *rq, str topic)
{
    struct concern_office_rows offices = concern_offices(rq->db, rq->city->id);
    int64_t rule = ruled(concern_routes(rq->db, rq->city->id), offices, topic);
    return rule ? rule : unruled(rq, offices, topic);
}

/* GET /buero/anliegen/zustaendig */
void route_show(struct rq *rq)
{
    struct concern_office_rows offices = concern_offices(rq->db, rq->city->id);
    struct concern_route_row_rows rules = concern_routes(rq->db, rq->city->id);
    struct route_line *lines = NEW_ARRAY(rq->arena, vocab_topic.n, struct route_line);
    for (size_t i = 0; i < vocab_topic.n; i++) {
        int64_t rule = ruled(rules, offices, vocab_topic.codes[i]);
        lines[i].topic = vocab_topic.codes[i];
        lines[i].ruled = rule != 0;
        lines[i].office = rule ? rule : unruled(rq, offices, vocab_topic.codes[i]);
    }
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_concern_office_title(rq), link_to(rq, S("/buero/anliegen")));
    rq_crumb(rq, t_concern_route_title(rq), link_to(rq, S("/buero/anliegen/zustaendig")));
    view_concern_routes(rq, (struct route_lines){ lines, vocab_topic.n }, offices);
}

/* POST /buero/anliegen/zustaendig: a topic without choice has no rule. */
void route_save(struct rq *rq, struct tx *tx)
{
    struct concern_office_rows offices = concern_offices(rq->db, rq->city->id);
    concern_route_clear(tx, rq->city->id);
    for (size_t i = 0; i < vocab_topic.n; i++) {
        str topic = vocab_topic.codes[i];
        int64_t office = rq_param_int(rq, str_to_c(rq->arena, topic), 0);
        if (is_open(offices, office))
            concern_route_insert(tx, &(struct concern_route_insert_in){ .id = db_new_id(),
                                                                        .city = rq->city->id,
                                                                        .topic = topic,
                                                                        .office = office });
    }
    audit(rq, tx, S("concern.routes"), rq->city->id, S(""));
    rq_note(rq, MSG_concern_note_saved);
    rq_see(rq, S("/buero/anliegen/zustaendig"), 0);
}
