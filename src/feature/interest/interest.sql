-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the interests.

-- name: interest_offer :row interest_offer_row
-- The offer that somebody is interested in, and who is to hear of it.
SELECT o.id, o.title, o.state, o.confirmed_at, o.contact_name, o.contact_mail, o.organisation_id,
       g.name AS organisation, g.mail AS organisation_mail
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE o.city_id = :city AND o.id = :id;

-- name: interest_insert :run
INSERT INTO interest (id, city_id, opportunity_id, state, name, mail, phone, message, lang,
                      created_at, changed_at)
VALUES (:id, :city, :opportunity, 'unconfirmed', :name, :mail, :phone, :message, :lang, :at, :at);

-- name: interest_get :row interest_row
SELECT id, opportunity_id, state, name, mail, phone, message, lang, answer, created_at, sent_at,
       changed_at
  FROM interest WHERE city_id = :city AND id = :id;

-- name: interest_open :row interest_open_row
-- Whether this address has already written about this offer, and waits.
SELECT id FROM interest
 WHERE city_id = :city AND opportunity_id = :opportunity AND mail = :mail
   AND state IN ('unconfirmed', 'sent') ORDER BY id LIMIT 1;

-- name: interest_set_state :run
-- Only if it is still what was seen: of two who act at once one succeeds.
UPDATE interest SET state = :to, changed_at = :at,
       sent_at = CASE WHEN :to = 'sent' THEN :at ELSE sent_at END
 WHERE city_id = :city AND id = :id AND state = :from;

-- name: interest_set_answer :run
UPDATE interest SET answer = :answer WHERE city_id = :city AND id = :id;

-- name: interest_list :rows interest_list_row
-- For the office: which offers are asked for, and who has not answered. No messages.
SELECT i.id, i.opportunity_id, o.title, g.name AS organisation, i.name, i.state, i.sent_at,
       i.changed_at
  FROM interest i JOIN opportunity o ON o.id = i.opportunity_id AND o.city_id = i.city_id
  JOIN organisation g ON g.id = o.organisation_id AND g.city_id = i.city_id
 WHERE i.city_id = :city AND i.state <> 'unconfirmed'
 ORDER BY CASE WHEN i.state = 'sent' THEN 0 ELSE 1 END, i.sent_at, i.id LIMIT 500;

-- name: interest_waiting :rows interest_waiting_row
-- cross-city: one job for all towns
-- Passed on before an instant, and still without answer.
SELECT id, city_id, sent_at FROM interest
 WHERE state = 'sent' AND sent_at <= :before ORDER BY sent_at, id LIMIT 1000;


-- name: interest_delete :run
DELETE FROM interest WHERE city_id = :city AND id = :id;

-- name: interest_of_mail :rows interest_of
-- cross-city: everything that one person wrote, for "my data"
SELECT id, city_id, opportunity_id, state, name, mail, phone, message, answer, created_at, sent_at
  FROM interest WHERE mail = :mail ORDER BY created_at, id;

-- name: interest_ids :rows interest_hung_row
SELECT id FROM interest WHERE city_id = :city AND opportunity_id = :opportunity ORDER BY id;

-- name: interest_move :run
-- To the offer into which the other one was merged, and back.
UPDATE interest SET opportunity_id = :to
 WHERE city_id = :city AND id = :id AND opportunity_id = :from;
