/* SPDX-License-Identifier: EUPL-1.2 */
/* What hangs on person records when two of them are merged: profiles, pairs, what was said. */
#include "feature/mentoring/pages.h"
#include "mentoring.text.h"

/* Lists the rows of a person in one column, and moves one of them. */
#define HANGS(what, list, move)                                                    \
    static struct merge_ids what##_of(struct db *db, int64_t city_id, int64_t id)  \
    {                                                                              \
        struct mentoring_id_rows rows = list(db, city_id, id);                     \
        return MERGE_IDS(db, rows);                                                \
    }                                                                              \
    static bool what##_move(struct tx *tx, const struct merge_way *w, int64_t row) \
    {                                                                              \
        struct move##_in in = { w->to, w->city_id, row, w->from };                 \
        return move(tx, &in) == 1;                                                 \
    }

HANGS(profiles, mentoring_profile_ids, mentoring_profile_move)
HANGS(mentors, mentoring_mentor_ids, mentoring_mentor_move)
HANGS(mentees, mentoring_mentee_ids, mentoring_mentee_move)
HANGS(meetings, mentoring_meeting_ids, mentoring_meeting_move)
HANGS(answers, mentoring_answer_ids, mentoring_answer_move)

const struct merge_ref mentoring_merge_refs[] = {
    { "person", "mentoring_profile.person_id", MSG_mentoring_profile, profiles_of, profiles_move },
    { "person", "mentoring_pair.mentor_person_id", MSG_mentoring_pairs, mentors_of, mentors_move },
    { "person", "mentoring_pair.mentee_person_id", MSG_mentoring_pairs, mentees_of, mentees_move },
    { "person", "mentoring_meeting.person_id", MSG_mentoring_meetings, meetings_of, meetings_move },
    { "person", "mentoring_answer.person_id", MSG_mentoring_answers, answers_of, answers_move },
    { 0 },
};
