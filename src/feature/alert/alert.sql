-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the saved searches.

-- name: alert_insert :run
INSERT INTO alert (id, city_id, state, mail, lang, query, every, created_at, changed_at)
VALUES (:id, :city, 'unconfirmed', :mail, :lang, :query, :every, :at, :at);

-- name: alert_get :row alert_row
SELECT id, state, mail, lang, query, every, due_on, seen_at, created_at FROM alert
 WHERE city_id = :city AND id = :id;

-- name: alert_same :row alert_id
-- The same search of the same address that is not over.
SELECT id FROM alert
 WHERE city_id = :city AND mail = :mail AND query = :query AND state <> 'ended'
 ORDER BY id LIMIT 1;

-- name: alert_of_mail_here :rows alert_row
-- What somebody who is signed in has saved in this town.
SELECT id, state, mail, lang, query, every, due_on, seen_at, created_at FROM alert
 WHERE city_id = :city AND mail = :mail AND state = 'active' ORDER BY id;

-- name: alert_begin :run
-- By the mailed link; only the first use begins it.
UPDATE alert SET state = 'active', due_on = :due, seen_at = :at, changed_at = :at
 WHERE city_id = :city AND id = :id AND state = 'unconfirmed';

-- name: alert_set_every :run
UPDATE alert SET every = :every, due_on = :due, changed_at = :at
 WHERE city_id = :city AND id = :id AND state = 'active';

-- name: alert_end :run
UPDATE alert SET state = 'ended', changed_at = :at
 WHERE city_id = :city AND id = :id AND state <> 'ended';

-- name: alert_due :rows alert_due_row
-- cross-city: one job for all towns
-- Searches whose day has come, behind an id.
SELECT id, city_id FROM alert
 WHERE state = 'active' AND due_on <= :today AND id > :behind ORDER BY id LIMIT 200;

-- name: alert_digested :run
-- Only if its day is still what was seen: of two processes one sends.
UPDATE alert SET due_on = :next, seen_at = :at
 WHERE city_id = :city AND id = :id AND state = 'active' AND due_on = :was;

-- name: alert_offers :rows alert_id
-- Public offers that came, or came back, between two instants, newest first.
SELECT id FROM opportunity
 WHERE city_id = :city AND state = 'published' AND confirmed_at >= :fresh
   AND ((published_at >= :since AND published_at < :until)
        OR (created_at >= :since AND created_at < :until))
 ORDER BY published_at DESC, id DESC LIMIT 500;

-- name: alert_delete :run
DELETE FROM alert WHERE city_id = :city AND id = :id;

-- name: alert_of_mail :rows alert_of
-- cross-city: everything that one address has saved
SELECT id, city_id, state, query FROM alert WHERE mail = :mail ORDER BY created_at, id;
