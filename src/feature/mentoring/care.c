/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the night does with pairs: asks once more who has not answered, and how it goes after two
 * and eight weeks. What a withdrawn consent ends; how what was said is erased, by time or with the
 * person: states, days and codes stay for the figures.
 */
#include "feature/certificate/certificate.h"
#include "feature/consent/consent.h"
#include "feature/mentoring/pages.h"
#include "web/app.h"
#include "web/seal.h"
#include "web/sweep.h"

#define DAY  ((int64_t)86400)
#define PAGE 200

static struct sweep_rows pages_of(struct db *db, struct mentoring_swept_rows rows)
{
    struct sweep_row *v = NEW_ARRAY(db->arena, rows.n + 1, struct sweep_row);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct sweep_row){ rows.v[i].id, rows.v[i].city_id };
    return (struct sweep_rows){ v, rows.n };
}

static bool step(struct rq *rq, struct tx *tx, int64_t id, const char *verb)
{
    enum msg why;
    struct procedure_ask ask = {
        .procedure = &mentoring_pair_procedure, .id = id, .verb = str_from_c(verb), .who = BY_JOB
    };
    return procedure_step(rq, tx, &ask, &why) == PROCEDURE_DONE;
}

/* ---- asking again ---- */

static struct sweep_rows list_unanswered(struct db *db, const struct job_run *job, int64_t behind)
{
    int64_t before = job->now - MENTORING_ANSWER_DAYS * DAY;
    return pages_of(db, mentoring_unanswered(db, before, behind, PAGE));
}

static bool remind(struct rq *rq, struct tx *tx, int64_t id)
{
    const struct mentoring_pair_row *p = mentoring_pair_get(rq->db, rq->city->id, id);
    return p && !p->reminded_at && step(rq, tx, id, "remind");
}

/* ---- check-ins ---- */

static struct sweep_rows unchecked(struct db *db, const struct job_run *job, int64_t checks,
                                   int64_t behind)
{
    struct day since = day_add(clock_local(job->now).day, -mentoring_check_days(checks));
    struct mentoring_unchecked_in in = {
        .checks = checks, .since = day_iso(db->arena, since), .behind = behind, .most = PAGE
    };
    return pages_of(db, mentoring_unchecked(db, &in));
}

static struct sweep_rows list_first(struct db *db, const struct job_run *job, int64_t behind)
{
    return unchecked(db, job, 1, behind);
}

static struct sweep_rows list_second(struct db *db, const struct job_run *job, int64_t behind)
{
    return unchecked(db, job, MENTORING_CHECKS, behind);
}

/* Once a night at the most: a pair that is looked after late gets one questionnaire, not two. */
static bool check(struct rq *rq, struct tx *tx, int64_t id)
{
    const struct mentoring_pair_row *p = mentoring_pair_get(rq->db, rq->city->id, id);
    return p && p->checked_at <= tx->now - MENTORING_ANSWER_DAYS * DAY && step(rq, tx, id, "check");
}

void mentoring_care(struct job_run *job)
{
    struct sweep reminding = {
        .job = job, .list = list_unanswered, .each = remind, .trouble = "some could not be reminded"
    };
    struct sweep first = {
        .job = job, .list = list_first, .each = check, .trouble = "some could not be asked"
    };
    struct sweep second = {
        .job = job, .list = list_second, .each = check, .trouble = "some could not be asked"
    };
    sweep_run(&reminding);
    sweep_run(&first);
    sweep_run(&second);
    int64_t asked = first.done + second.done;
    if (!job->failed)
        job_result(job, str_fmt(job->arena, "reminded %lld, asked %lld", (long long)reminding.done,
                                (long long)asked));
}

/* ---- a consent ends ---- */

/* To take part, to be known at all, or of the guardian: each ends what runs because of it. */
static bool ends_here(str purpose)
{
    return str_eq(purpose, S(MENTORING_AGREES)) || str_eq(purpose, S(PERSON_AGREES_KEEP)) ||
           str_eq(purpose, S(PERSON_AGREES_GUARDIAN));
}

void mentoring_consent_withdrawn(struct rq *rq, struct tx *tx, str purpose, int64_t person_id)
{
    bool known = !str_eq(purpose, S(PERSON_AGREES_KEEP));
    if (!ends_here(purpose) || (known && mentoring_agreed(rq, person_id)))
        return;
    struct mentoring_pair_open_rows pairs =
        mentoring_pairs_of_person(rq->db, rq->city->id, person_id);
    for (size_t i = 0; i < pairs.n; i++)
        if (!pairs.v[i].closed_at)
            (void)step(rq, tx, pairs.v[i].id, "withdraw");
    struct mentoring_id_rows profiles = mentoring_of_person(rq->db, rq->city->id, person_id);
    for (size_t i = 0; i < profiles.n; i++) {
        enum msg why;
        struct procedure_ask ask = { .procedure = &mentoring_profile_procedure,
                                     .id = profiles.v[i].id,
                                     .verb = S("close"),
                                     .who = BY_JOB };
        (void)procedure_step(rq, tx, &ask, &why);
    }
}

/* ---- erasing ---- */

/* One that was not over ends here: with nobody to write to. */
static void stop(struct tx *tx, const struct erasure *e, const struct mentoring_pair_row *p)
{
    bool ran = p->started_on.n > 0;
    struct mentoring_pair_set_state_in over = { .to = ran ? S("ended") : S("called_off"),
                                                .at = tx->now,
                                                .city = e->city_id,
                                                .id = p->id,
                                                .from = p->state };
    struct mentoring_pair_set_closed_in in = {
        .at = tx->now,
        .ended_on = ran ? day_iso(tx->db.arena, clock_local(tx->now).day) : S(""),
        .reason = S("unknown"),
        .city = e->city_id,
        .id = p->id
    };
    if (p->closed_at || mentoring_pair_set_closed(tx, &in) != 1)
        return;
    mentoring_pair_set_state(tx, &over);
    person_hold(tx, e->city_id, p->mentor_person_id, -1);
    person_hold(tx, e->city_id, p->mentee_person_id, -1);
}

void mentoring_pair_erase(struct tx *tx, const struct erasure *e)
{
    struct record record = { .kind = &mentoring_pair_record, .id = e->id };
    const struct mentoring_pair_row *p = mentoring_pair_get(&tx->db, e->city_id, e->id);
    if (!p)
        return;
    stop(tx, e, p);
    mentoring_meetings_delete(tx, e->city_id, e->id);
    mentoring_answers_delete(tx, e->city_id, e->id);
    procedure_forget(tx, e->city_id, &record);
    token_revoke(tx, e->city_id, S(MENTORING_LINK_MENTOR), e->id);
    token_revoke(tx, e->city_id, S(MENTORING_LINK_MENTEE), e->id);
    mentoring_pair_forget(tx, tx->now, e->city_id, e->id);
}

void mentoring_profile_erase(struct tx *tx, const struct erasure *e)
{
    struct record record = { .kind = &mentoring_profile_record, .id = e->id };
    sealed nothing = seal_close(e->app, tx, (struct seal_place){ MENTORING_NOTE, e->id }, S(""));
    procedure_forget(tx, e->city_id, &record);
    struct mentoring_profile_forget_in in = {
        .note = nothing, .at = tx->now, .city = e->city_id, .id = e->id
    };
    mentoring_profile_forget(tx, &in);
}

void mentoring_person_erased(struct tx *tx, const struct erasure *e)
{
    struct mentoring_pair_open_rows pairs = mentoring_pairs_of_person(&tx->db, e->city_id, e->id);
    for (size_t i = 0; i < pairs.n; i++)
        mentoring_pair_erase(tx, &(struct erasure){ e->app, e->city_id, pairs.v[i].id, e->why });
    struct mentoring_id_rows profiles = mentoring_profile_ids(&tx->db, e->city_id, e->id);
    for (size_t i = 0; i < profiles.n; i++)
        mentoring_profile_erase(tx,
                                &(struct erasure){ e->app, e->city_id, profiles.v[i].id, e->why });
    consent_end(tx, e->city_id, S(MENTORING_AGREES), e->id);
}
