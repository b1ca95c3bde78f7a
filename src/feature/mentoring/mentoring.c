/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mentoring: the contract of the feature. Tables: mentoring_programme, mentoring_profile,
 * mentoring_pair, mentoring_meeting, mentoring_answer. Neighbours: programme.c, profile.c, desk.c
 * (the office), fit.c (who fits whom), states.c (a pair), links.c (both sides), care.c (the night),
 * person (whose records take part), certificate (section 72a SGB VIII).
 */
#include "feature/mentoring/pages.h"
#include "mentoring.text.h"

str mentoring_consent_words(const struct rq *rq)
{
    return t_mentoring_consent(rq, rq->city->name);
}

bool mentoring_agreed(struct rq *rq, int64_t person_id)
{
    int64_t city = rq->city->id;
    const struct person_row *p = person_find(rq->db, city, person_id);
    return p && person_open(p) &&
           person_consent_now(rq->db, city, person_id, S(MENTORING_AGREES)) &&
           (!person_is_child(p, clock_today()) ||
            person_consent_now(rq->db, city, person_id, S(PERSON_AGREES_GUARDIAN)));
}

static const struct route routes[] = {
    GET("/buero/mentoring", mentoring_programmes_list, CAN(person_handle)),
    GET("/buero/mentoring/neu", mentoring_programme_fresh, CAN(person_handle)),
    POST("/buero/mentoring/neu", mentoring_programme_create, CAN(person_handle)),
    GET("/buero/mentoring/paare", mentoring_pairs_list, CAN(person_handle)),
    POST("/buero/mentoring/paare/export", mentoring_pairs_export, CAN(person_handle), .slow = true),
    GET("/buero/mentoring/paare/{id}", mentoring_pair_show, CAN(person_handle)),
    POST("/buero/mentoring/paare/{id}/schritt", mentoring_pair_step, CAN(person_handle)),
    GET("/buero/mentoring/profile/{id}", mentoring_profile_show, CAN(person_handle)),
    POST("/buero/mentoring/profile/{id}", mentoring_profile_save, CAN(person_handle)),
    GET("/buero/mentoring/profile/{id}/bearbeiten", mentoring_profile_edit, CAN(person_handle)),
    POST("/buero/mentoring/profile/{id}/schritt", mentoring_profile_step, CAN(person_handle)),
    POST("/buero/mentoring/profile/{id}/einwilligung", mentoring_profile_agree, CAN(person_handle)),
    POST("/buero/mentoring/profile/{id}/notiz", mentoring_profile_note, CAN(person_support),
         .reads = true),
    POST("/buero/mentoring/profile/{id}/notiz/speichern", mentoring_profile_note_save,
         CAN(person_support)),
    GET("/buero/mentoring/{id}", mentoring_programme_show, CAN(person_handle)),
    POST("/buero/mentoring/{id}", mentoring_programme_save, CAN(person_handle)),
    GET("/buero/mentoring/{id}/bearbeiten", mentoring_programme_edit, CAN(person_handle)),
    POST("/buero/mentoring/{id}/schritt", mentoring_programme_step, CAN(person_handle)),
    GET("/buero/mentoring/{id}/aufnehmen", mentoring_profile_fresh, CAN(person_handle)),
    POST("/buero/mentoring/{id}/aufnehmen", mentoring_profile_create, CAN(person_handle)),
    GET("/buero/mentoring/{id}/vorschlaege", mentoring_proposals, CAN(person_handle)),
    POST("/buero/mentoring/{id}/vorschlaege", mentoring_propose, CAN(person_handle)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_mentoring_title,
      .path = "/buero/mentoring",
      .kind = ACCESS_CAN,
      .permission = PERM_person_handle,
      .office = true,
      .menu = NAV_PEOPLE,
      .order = 26 },
    { 0 },
};

static const struct mailed_link links[] = {
    { .purpose = MENTORING_LINK_MENTOR,
      .show = mentoring_link_show,
      .parts = mentoring_parts,
      .lasts = true },
    { .purpose = MENTORING_LINK_MENTEE,
      .show = mentoring_link_show,
      .parts = mentoring_parts,
      .lasts = true },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "mentoring.care",
      .doc = "Asks mentoring pairs for their answers, and how it goes",
      .hour = 6,
      .run = mentoring_care },
    { 0 },
};

static const struct erasure_act erasures[] = {
    { .table = "mentoring_profile", .erase = mentoring_profile_erase },
    { .table = "mentoring_pair", .erase = mentoring_pair_erase },
    { 0 },
};

static const struct erasure_act hung[] = {
    { .table = "person", .erase = mentoring_person_erased },
    { 0 },
};

static const struct record_kind *const records[] = { &mentoring_programme_record,
                                                     &mentoring_profile_record,
                                                     &mentoring_pair_record, NULL };
static const struct procedure *const procedures[] = { &mentoring_programme_procedure,
                                                      &mentoring_profile_procedure,
                                                      &mentoring_pair_procedure, NULL };

const struct feature mentoring_feature = {
    .name = "mentoring",
    .routes = routes,
    .nav = nav,
    .links = links,
    .jobs = jobs,
    .erasures = erasures,
    .hung = hung,
    .records = records,
    .procedures = procedures,
    .merge_refs = mentoring_merge_refs,
    .consent_withdrawn = mentoring_consent_withdrawn,
};
