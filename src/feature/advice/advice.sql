-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the advice cases.

-- name: advice_get :row advice_row
SELECT v.id, v.person_id, p.name AS person, p.state AS person_state, v.state, v.office_id,
       o.name AS "office?", v.account_id, a.name AS "worker?", v.channel, v.reason, v.created_at,
       v.advised_at, v.closed_at, v.handed_at, f.name AS "handed_from?",
       (SELECT COUNT(*) FROM advice_talk t WHERE t.city_id = :city AND t.advice_id = v.id) AS talks
  FROM advice v JOIN person p ON p.id = v.person_id AND p.city_id = v.city_id
  LEFT JOIN office o ON o.id = v.office_id AND o.city_id = v.city_id
  LEFT JOIN office f ON f.id = v.handed_from AND f.city_id = v.city_id
  LEFT JOIN account a ON a.id = v.account_id
 WHERE v.city_id = :city AND v.id = :id;

-- name: advice_list :rows advice_row
-- For the office, the newest first. `open` 1: only what is not closed.
SELECT v.id, v.person_id, p.name AS person, p.state AS person_state, v.state, v.office_id,
       o.name AS "office?", v.account_id, a.name AS "worker?", v.channel, v.reason, v.created_at,
       v.advised_at, v.closed_at, v.handed_at, f.name AS "handed_from?",
       (SELECT COUNT(*) FROM advice_talk t WHERE t.city_id = :city AND t.advice_id = v.id) AS talks
  FROM advice v JOIN person p ON p.id = v.person_id AND p.city_id = v.city_id
  LEFT JOIN office o ON o.id = v.office_id AND o.city_id = v.city_id
  LEFT JOIN office f ON f.id = v.handed_from AND f.city_id = v.city_id
  LEFT JOIN account a ON a.id = v.account_id
 WHERE v.city_id = :city AND (:open::int = 0 OR v.state <> 'closed')
   AND (:state::text = '' OR v.state = :state::text)
   AND (:office::int = 0 OR v.office_id = :office::int)
   AND (:worker::int = 0 OR v.account_id = :worker::int)
   AND (:person::int = 0 OR v.person_id = :person::int)
   AND (:handed::int = 0 OR v.handed_at > 0)
 ORDER BY v.created_at DESC, v.id DESC LIMIT 1000;

-- name: advice_insert :run
INSERT INTO advice (id, city_id, person_id, state, office_id, account_id, channel, reason,
                    created_at)
VALUES (:id, :city, :person, 'new', :office?, :account, :channel, :reason, :at);

-- name: advice_set_state :run
-- Only if it is still what was seen: of two who act at once one succeeds.
UPDATE advice SET state = :to WHERE city_id = :city AND id = :id AND state = :from;

-- name: advice_set_advised :run
UPDATE advice SET advised_at = CASE WHEN advised_at = 0 THEN :at::int ELSE advised_at END,
       account_id = :account
 WHERE city_id = :city AND id = :id;

-- name: advice_set_closed :run
UPDATE advice SET closed_at = :at WHERE city_id = :city AND id = :id;

-- name: advice_hand :run
-- To another office: who goes on there, they decide themselves.
UPDATE advice SET handed_at = :at, handed_by = :by, handed_from = office_id, office_id = :office,
       account_id = 0
 WHERE city_id = :city AND id = :id AND handed_at = 0;

-- name: advice_hand_accept :run
UPDATE advice SET handed_at = 0, handed_by = 0, handed_from = NULL, account_id = :account
 WHERE city_id = :city AND id = :id AND handed_at > 0;

-- name: advice_hand_decline :run
-- Back to where it came from, and to whom.
UPDATE advice SET handed_at = 0, handed_by = 0, handed_from = NULL, office_id = handed_from,
       account_id = handed_by
 WHERE city_id = :city AND id = :id AND handed_at > 0;

-- name: advice_offices :rows advice_office
SELECT id, name FROM office WHERE city_id = :city AND closed_at = 0 ORDER BY position, id;

-- ---- talks ----

-- name: advice_talk_insert :run
INSERT INTO advice_talk (id, city_id, advice_id, person_id, office_id, account_id, held_on,
                         channel, minutes, protocol, created_at)
VALUES (:id, :city, :advice, :person, :office?, :account, :held_on, :channel, :minutes, :protocol,
        :at);

-- name: advice_talks :rows advice_talk_row
SELECT t.id, t.held_on, t.channel, t.minutes, t.protocol, t.created_at, o.name AS "office?",
       a.name AS "who?"
  FROM advice_talk t LEFT JOIN office o ON o.id = t.office_id AND o.city_id = t.city_id
  LEFT JOIN account a ON a.id = t.account_id
 WHERE t.city_id = :city AND t.advice_id = :advice ORDER BY t.held_on, t.id LIMIT 500;

-- ---- questions ----

-- name: advice_questions :rows advice_question_row
-- What is asked now: by all offices, or by this one (0: by any).
SELECT q.id, q.office_id, o.name AS "office?", q.position, q.label, q.choices
  FROM advice_question q LEFT JOIN office o ON o.id = q.office_id AND o.city_id = q.city_id
 WHERE q.city_id = :city AND q.closed_at = 0
   AND (:office::int = 0 OR q.office_id IS NULL OR q.office_id = :office::int)
 ORDER BY q.position, q.id LIMIT 100;

-- name: advice_question_insert :run
INSERT INTO advice_question (id, city_id, office_id, position, label, choices, created_at)
VALUES (:id, :city, :office?, :position, :label, :choices, :at);

-- name: advice_question_close :run
UPDATE advice_question SET closed_at = :at WHERE city_id = :city AND id = :id AND closed_at = 0;

-- name: advice_answers :rows advice_answer_row
-- Also answers to what is no longer asked.
SELECT w.question_id, q.label, w.answer FROM advice_answer w
  JOIN advice_question q ON q.id = w.question_id AND q.city_id = w.city_id
 WHERE w.city_id = :city AND w.advice_id = :advice ORDER BY q.position, q.id;

-- name: advice_answer_put :run
INSERT INTO advice_answer (id, city_id, advice_id, person_id, question_id, answer, at)
VALUES (:id, :city, :advice, :person, :question, :answer, :at)
    ON CONFLICT (city_id, advice_id, question_id) DO UPDATE SET answer = :answer, at = :at;

-- name: advice_answer_delete :run
DELETE FROM advice_answer
 WHERE city_id = :city AND advice_id = :advice AND question_id = :question;

-- ---- people ----

-- name: advice_of_person :rows advice_hung_row
SELECT id FROM advice WHERE city_id = :city AND person_id = :person ORDER BY id;

-- name: advice_talk_of_person :rows advice_hung_row
SELECT id FROM advice_talk WHERE city_id = :city AND person_id = :person ORDER BY id;

-- name: advice_answer_of_person :rows advice_hung_row
SELECT id FROM advice_answer WHERE city_id = :city AND person_id = :person ORDER BY id;

-- name: advice_move :run
UPDATE advice SET person_id = :to WHERE city_id = :city AND id = :id AND person_id = :from;

-- name: advice_talk_move :run
UPDATE advice_talk SET person_id = :to WHERE city_id = :city AND id = :id AND person_id = :from;

-- name: advice_answer_move :run
UPDATE advice_answer SET person_id = :to WHERE city_id = :city AND id = :id AND person_id = :from;

-- name: advice_forget :run
-- What remains counts, and says nothing about anybody.
UPDATE advice SET reason = '', state = 'closed', handed_at = 0, handed_by = 0,
       handed_from = NULL,
       closed_at = CASE WHEN closed_at = 0 THEN :at::int ELSE closed_at END
 WHERE city_id = :city AND person_id = :person;

-- name: advice_talks_forget :run
UPDATE advice_talk SET protocol = '' WHERE city_id = :city AND person_id = :person;

-- name: advice_answers_forget :run
DELETE FROM advice_answer WHERE city_id = :city AND person_id = :person;

-- name: advice_worker_forget :run
-- cross-city: nobody of that name works on it any more
UPDATE advice SET account_id = 0 WHERE account_id = :account;

-- name: advice_hander_forget :run
-- cross-city: whoever goes on if it is declined, not they
UPDATE advice SET handed_by = 0 WHERE handed_by = :account;

-- name: advice_talker_forget :run
-- cross-city: the talk stays, who held it goes
UPDATE advice_talk SET account_id = 0 WHERE account_id = :account;
