-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the placements.

-- name: placement_get :row placement_full
-- One with its person, offer and organisation. An erased person has no name and no address. Full is
-- what has no room for anybody new; who is on the way there is stopped only when all places are
-- taken, because an organisation may call an offer filled with this person in mind.
SELECT p.id, p.person_id, p.opportunity_id, p.state, p.why, p.told, p.consent, p.consent_at,
       p.withdrawn_at, p.writes, p.contact_at, p.reminded_at, p.answered_at, p.answer, p.meets_on,
       p.meets_at, p.meets_place, p.meets_with, p.commissioned_on, p.commissioned_by, p.supervisor,
       p.scope, p.trial_from, p.trial_to, p.starts_on, p.hours_week, p.ends_on, p.expenses,
       p.checked, p.checked_why, p.placed_at, p.followed, p.waiting_since, p.moved_up_at,
       p.closed_at, p.ended_on, p.reason, p.created_at, p.changed_at, p.erased_at,
       q.name, q.mail, q.phone, q.lang,
       o.title, o.state AS offer_state, o.fields, o.targets, o.certificate, o.contact_name,
       o.contact_mail, o.contact_phone, o.organisation_id, g.name AS organisation,
       g.mail AS organisation_mail,
       CAST(CASE WHEN o.state = 'filled' OR (o.wanted > 0 AND o.placed >= o.wanted) THEN 1
                 ELSE 0 END AS INTEGER) AS is_full,
       CAST(CASE WHEN o.wanted > 0 AND o.placed >= o.wanted THEN 1 ELSE 0 END AS INTEGER)
         AS all_taken
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
  JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = p.city_id
  JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE p.city_id = :city AND p.id = :id;

-- name: placement_offer :row placement_offer_row
SELECT o.id, o.title, o.state, o.organisation_id, g.name AS organisation, o.wanted, o.placed,
       CAST(CASE WHEN o.state = 'filled' OR (o.wanted > 0 AND o.placed >= o.wanted) THEN 1
                 ELSE 0 END AS INTEGER) AS is_full
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE o.city_id = :city AND o.id = :id AND o.merged_into IS NULL;

-- name: placement_open_of :row placement_id
-- The one of this person for this offer that is not over.
SELECT id FROM placement
 WHERE city_id = :city AND person_id = :person AND opportunity_id = :opportunity AND closed_at = 0;

-- name: placement_insert :run
INSERT INTO placement (id, city_id, person_id, opportunity_id, state, why, told, waiting_since,
                       created_at, changed_at)
VALUES (:id, :city, :person, :opportunity, :state, :why, :told, :waiting_since, :at, :at);

-- name: placement_set_state :run
-- Only if it is still what was seen: of two who act at once one succeeds.
UPDATE placement SET state = :to, changed_at = :at
 WHERE city_id = :city AND id = :id AND state = :from;

-- name: placement_set_told :run
UPDATE placement SET told = :told WHERE city_id = :city AND id = :id;

-- name: placement_set_consent :run
UPDATE placement SET consent = :consent, consent_at = :at, withdrawn_at = 0
 WHERE city_id = :city AND id = :id;

-- name: placement_set_withdrawn :run
UPDATE placement SET consent_at = 0, withdrawn_at = :at WHERE city_id = :city AND id = :id;

-- name: placement_set_contact :run
UPDATE placement
   SET writes = :writes, contact_at = :at, reminded_at = 0, answered_at = 0, answer = ''
 WHERE city_id = :city AND id = :id;

-- name: placement_set_reminded :run
UPDATE placement SET reminded_at = :at WHERE city_id = :city AND id = :id;

-- name: placement_set_answer :run
-- The first answer counts for how long it took, the newest sentence is shown.
UPDATE placement
   SET answered_at = CASE WHEN answered_at > 0 THEN answered_at ELSE :at::int END, answer = :answer
 WHERE city_id = :city AND id = :id;

-- name: placement_set_meeting :run
UPDATE placement SET meets_on = :day, meets_at = :time, meets_place = :place, meets_with = :with
 WHERE city_id = :city AND id = :id;

-- name: placement_set_commission :run
UPDATE placement
   SET commissioned_on = :day, commissioned_by = :by, supervisor = :supervisor, scope = :scope
 WHERE city_id = :city AND id = :id;

-- name: placement_set_trial :run
UPDATE placement SET trial_from = :from, trial_to = :to WHERE city_id = :city AND id = :id;

-- name: placement_set_placed :run
UPDATE placement
   SET starts_on = :starts_on, hours_week = :hours_week, ends_on = :ends_on, expenses = :expenses,
       checked = :checked, checked_why = :why, placed_at = :at
 WHERE city_id = :city AND id = :id;

-- name: placement_set_followed :run
UPDATE placement SET followed = followed + 1 WHERE city_id = :city AND id = :id;

-- name: placement_set_waiting :run
UPDATE placement SET waiting_since = :at, moved_up_at = 0 WHERE city_id = :city AND id = :id;

-- name: placement_set_moved_up :run
UPDATE placement SET moved_up_at = :at WHERE city_id = :city AND id = :id;

-- name: placement_set_closed :run
UPDATE placement SET closed_at = :at, ended_on = :ended_on, reason = :reason
 WHERE city_id = :city AND id = :id AND closed_at = 0;

-- name: placement_feedback_insert :run
INSERT INTO placement_feedback (id, city_id, placement_id, person_id, at, side, way, rating,
                                sentence)
VALUES (:id, :city, :placement, :person, :at, :side, :way, :rating, :sentence);

-- name: placement_feedbacks :rows placement_feedback_row
SELECT id, at, side, way, rating, sentence FROM placement_feedback
 WHERE city_id = :city AND placement_id = :placement ORDER BY at DESC, id DESC LIMIT 100;

-- ---- the waiting list ----

-- name: placement_next :row placement_id
-- Who has waited longest for an offer.
SELECT id FROM placement
 WHERE city_id = :city AND opportunity_id = :opportunity AND state = 'waiting'
 ORDER BY waiting_since, id LIMIT 1;

-- name: placement_ahead :row placement_count
-- How many wait before this one.
SELECT COUNT(*) AS n FROM placement
 WHERE city_id = :city AND opportunity_id = :opportunity AND state = 'waiting'
   AND (waiting_since < :since OR (waiting_since = :since AND id < :id));

-- name: placement_moving :row placement_count
-- Who has moved up and is not placed yet: a free place is meant for each of them.
SELECT COUNT(*) AS n FROM placement
 WHERE city_id = :city AND opportunity_id = :opportunity AND moved_up_at > 0
   AND state IN ('proposed', 'contact', 'frozen', 'meeting', 'trial');

-- name: placement_offers_waited_for :rows placement_swept
-- cross-city: one job for all towns
-- Offers for which somebody waits.
SELECT o.id, o.city_id FROM opportunity o
 WHERE o.id > :behind
   AND EXISTS (SELECT 1 FROM placement p
                WHERE p.opportunity_id = o.id AND p.city_id = o.city_id AND p.state = 'waiting')
 ORDER BY o.id LIMIT :most;

-- ---- the office ----

-- name: placement_list :rows placement_card
-- The office's list, what is due first. `state` empty: what is not over; 'all': everything.
SELECT p.id, p.person_id, p.opportunity_id, p.state, q.name, o.title, g.name AS organisation,
       p.contact_at, p.answered_at, p.writes, p.meets_on, p.trial_to, p.starts_on, p.created_at,
       p.changed_at, p.closed_at, d.due_on AS "due_on?"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
  JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = p.city_id
  JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
  LEFT JOIN procedure_due d ON d.city_id = p.city_id AND d.kind = 'placement'
   AND d.subject_id = p.id
 WHERE p.city_id = :city AND p.erased_at = 0
   AND ((:state::text = '' AND p.closed_at = 0) OR :state::text = 'all' OR p.state = :state::text)
   AND (:person::int = 0 OR p.person_id = :person::int)
   AND (:opportunity::int = 0 OR p.opportunity_id = :opportunity::int)
   AND (:list::text <> 'unanswered' OR (p.state = 'contact' AND p.answered_at = 0
                                  AND p.contact_at <= :asked_before))
   AND (:list::text <> 'trial' OR (p.state = 'trial' AND p.trial_to <= :until))
   AND (:list::text <> 'follow_up' OR (p.state IN ('placed', 'followed') AND d.due_on <= :until))
 ORDER BY d.due_on NULLS LAST, p.changed_at DESC, p.id LIMIT 500;

-- name: placement_counts :row placement_counts_row
-- How long the worklists are.
SELECT CAST(COALESCE(SUM(CASE WHEN p.state = 'contact' AND p.answered_at = 0
                               AND p.contact_at <= :asked_before THEN 1 ELSE 0 END), 0) AS INTEGER)
         AS unanswered,
       CAST(COALESCE(SUM(CASE WHEN p.state = 'trial' AND p.trial_to <= :until THEN 1 ELSE 0 END), 0)
         AS INTEGER) AS trial,
       CAST(COALESCE(SUM(CASE WHEN p.state IN ('placed', 'followed') AND d.due_on <= :until THEN 1
                              ELSE 0 END), 0) AS INTEGER) AS follow_up,
       CAST(COALESCE(SUM(CASE WHEN p.state = 'waiting' THEN 1 ELSE 0 END), 0) AS INTEGER)
         AS waiting,
       COUNT(*) AS running
  FROM placement p
  LEFT JOIN procedure_due d ON d.city_id = p.city_id AND d.kind = 'placement'
   AND d.subject_id = p.id
 WHERE p.city_id = :city AND p.closed_at = 0;

-- name: placement_answers :rows placement_answer_row
-- How organisations answer: what was passed on to them since an instant.
SELECT g.id, g.name, p.contact_at, p.answered_at, p.closed_at
  FROM placement p JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = p.city_id
  JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE p.city_id = :city AND p.writes = 'organisation' AND p.contact_at >= :since
 ORDER BY g.sort_key, g.id, p.contact_at LIMIT 5000;

-- name: placement_choices_person :rows placement_choice
-- People who may be proposed something, for the form of an offer.
SELECT id, name FROM person
 WHERE city_id = :city AND state IN ('active', 'resting') AND merged_into IS NULL
   AND search LIKE :pattern ESCAPE '\'
 ORDER BY sort_key, id LIMIT 30;

-- name: placement_choices_offer :rows placement_choice
-- Offers that somebody may be proposed, for the form of a person.
SELECT o.id, o.title AS name FROM opportunity o
 WHERE o.city_id = :city AND o.state IN ('published', 'filled') AND o.merged_into IS NULL
 ORDER BY o.title, o.id LIMIT 2000;

-- ---- the night ----

-- name: placement_unanswered :rows placement_swept
-- cross-city: one job for all towns
-- Passed on before an instant, without answer, and nobody was reminded yet.
SELECT id, city_id FROM placement
 WHERE state = 'contact' AND writes = 'organisation' AND answered_at = 0 AND reminded_at = 0
   AND contact_at <= :before AND id > :behind
 ORDER BY id LIMIT :most;

-- name: placement_forget_feedback :run
-- What was said about the person goes with it.
DELETE FROM placement_feedback WHERE city_id = :city AND placement_id = :placement;

-- name: placement_forget :run
-- States, days and codes stay for the figures.
UPDATE placement
   SET why = '', answer = '', meets_place = '', meets_with = '', commissioned_by = '',
       supervisor = '', scope = '', checked_why = '', erased_at = :at
 WHERE city_id = :city AND id = :id;

-- name: placement_of_person :rows placement_of
-- All of a person, the newest first.
SELECT id, opportunity_id, state, closed_at, checked, ended_on FROM placement
 WHERE city_id = :city AND person_id = :person ORDER BY created_at DESC, id DESC LIMIT 500;

-- ---- merging ----

-- name: placement_ids_of_offer :rows placement_hung
SELECT id FROM placement WHERE city_id = :city AND opportunity_id = :opportunity ORDER BY id;

-- name: placement_move_offer :run
-- To the offer into which the other one was merged, and back; unless the person has one there.
UPDATE placement SET opportunity_id = :to
 WHERE city_id = :city AND id = :id AND opportunity_id = :from
   AND (closed_at > 0 OR NOT EXISTS (SELECT 1 FROM placement x
         WHERE x.city_id = :city AND x.opportunity_id = :to AND x.person_id = placement.person_id
           AND x.closed_at = 0));

-- name: placement_ids_of_person :rows placement_hung
SELECT id FROM placement WHERE city_id = :city AND person_id = :person ORDER BY id;

-- name: placement_move_person :run
UPDATE placement SET person_id = :to
 WHERE city_id = :city AND id = :id AND person_id = :from
   AND (closed_at > 0 OR NOT EXISTS (SELECT 1 FROM placement x
         WHERE x.city_id = :city AND x.person_id = :to
           AND x.opportunity_id = placement.opportunity_id AND x.closed_at = 0));

-- name: placement_feedback_ids :rows placement_hung
SELECT id FROM placement_feedback WHERE city_id = :city AND person_id = :person ORDER BY id;

-- name: placement_move_feedback :run
UPDATE placement_feedback SET person_id = :to
 WHERE city_id = :city AND id = :id AND person_id = :from;
