-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the concerns.

-- name: concern_get :row concern_full
SELECT c.id, c.number, c.state, c.asker, c.topic, c.office_id, o.name AS "office?",
       o.mail AS "office_mail?", c.account_id, a.name AS "worker?", c.organisation, c.name, c.mail,
       c.subject, c.question, c.lang, c.consent, c.consent_at, c.promised_on, c.created_at,
       c.confirmed_at, c.answered_at, c.closed_at, c.erased_at
  FROM concern c LEFT JOIN office o ON o.id = c.office_id AND o.city_id = c.city_id
  LEFT JOIN account a ON a.id = c.account_id
 WHERE c.city_id = :city AND c.id = :id;

-- name: concern_list :rows concern_row
-- For the office: what somebody has confirmed. `open` 1: only what is not at its end.
SELECT c.id, c.number, c.state, c.asker, c.topic, c.subject, c.organisation, c.office_id,
       o.name AS "office?", c.account_id, a.name AS "worker?", c.promised_on, c.created_at,
       c.answered_at, c.closed_at
  FROM concern c LEFT JOIN office o ON o.id = c.office_id AND o.city_id = c.city_id
  LEFT JOIN account a ON a.id = c.account_id
 WHERE c.city_id = :city AND c.confirmed_at > 0
   AND (:open::int = 0 OR c.state IN ('confirmed', 'in_work', 'question', 'handed_over'))
   AND (:state::text = '' OR c.state = :state::text)
   AND (:topic::text = '' OR c.topic = :topic::text)
   AND (:office::int = 0 OR c.office_id = :office::int)
   AND (:worker::int = 0 OR c.account_id = :worker::int)
   AND c.search LIKE :pattern::text ESCAPE '\'
 ORDER BY c.promised_on, c.id LIMIT 1000;

-- name: concern_insert :run
INSERT INTO concern (id, city_id, number, state, asker, topic, office_id, organisation, name, mail,
                     subject, question, search, lang, consent, consent_at, promised_on, created_at)
VALUES (:id, :city, :number, :state, :asker, :topic, :office?, :organisation, :name, :mail,
        :subject, :question, :search, :lang, :consent, :at, :promised_on, :at);

-- name: concern_next_number :row concern_number
-- The next number of a year, each once.
INSERT INTO concern_counter (id, city_id, year, latest) VALUES (:id, :city, :year, 1)
    ON CONFLICT (city_id, year) DO UPDATE SET latest = concern_counter.latest + 1
RETURNING latest;

-- name: concern_set_state :run
UPDATE concern SET state = :to WHERE city_id = :city AND id = :id AND state = :from;

-- name: concern_set_confirmed :run
UPDATE concern SET confirmed_at = :at, promised_on = :promised_on
 WHERE city_id = :city AND id = :id;

-- name: concern_set_answered :run
UPDATE concern SET answered_at = :at WHERE city_id = :city AND id = :id;

-- name: concern_set_closed :run
UPDATE concern SET closed_at = :at WHERE city_id = :city AND id = :id;

-- name: concern_set_worker :run
UPDATE concern SET account_id = :account WHERE city_id = :city AND id = :id;

-- name: concern_set_office :run
UPDATE concern SET office_id = :office, account_id = 0 WHERE city_id = :city AND id = :id;

-- name: concern_message_insert :run
INSERT INTO concern_message (id, city_id, concern_id, at, kind, account_id, body, note)
VALUES (:id, :city, :concern, :at, :kind, :account, :body, :note);

-- name: concern_messages :rows concern_message_row
-- Everything, for the office.
SELECT m.id, m.at, m.kind, m.body, m.note, a.name AS "who?"
  FROM concern_message m LEFT JOIN account a ON a.id = m.account_id
 WHERE m.city_id = :city AND m.concern_id = :concern ORDER BY m.at, m.id LIMIT 500;

-- name: concern_public_messages :rows concern_public_row
-- What the person who asked may see: no notes, no names.
SELECT id, at, kind, body FROM concern_message
 WHERE city_id = :city AND concern_id = :concern AND kind <> 'note' ORDER BY at, id LIMIT 500;

-- name: concern_offices :rows concern_office
SELECT id, name, mail FROM office WHERE city_id = :city AND closed_at = 0 ORDER BY position, id;

-- name: concern_people :rows concern_person
-- Who may be asked to work on a concern: the staff of the town.
SELECT DISTINCT a.id, a.name FROM account a JOIN account_role r ON r.account_id = a.id
 WHERE r.city_id = :city AND r.role IN ('city_admin', 'office_staff') ORDER BY a.name, a.id;

-- ---- who answers what ----

-- name: concern_routes :rows concern_route_row
SELECT topic, office_id FROM concern_route WHERE city_id = :city ORDER BY topic;

-- name: concern_route_clear :run
DELETE FROM concern_route WHERE city_id = :city;

-- name: concern_route_insert :run
INSERT INTO concern_route (id, city_id, topic, office_id) VALUES (:id, :city, :topic, :office);

-- ---- canned answers ----

-- name: concern_canned_list :rows concern_canned_row
SELECT k.id, k.office_id, o.name AS "office?", k.topic, k.title, k.body, k.slug, k.changed_at
  FROM concern_canned k LEFT JOIN office o ON o.id = k.office_id AND o.city_id = k.city_id
 WHERE k.city_id = :city ORDER BY k.title, k.id LIMIT 500;

-- name: concern_canned_get :row concern_canned_row
SELECT k.id, k.office_id, o.name AS "office?", k.topic, k.title, k.body, k.slug, k.changed_at
  FROM concern_canned k LEFT JOIN office o ON o.id = k.office_id AND o.city_id = k.city_id
 WHERE k.city_id = :city AND k.id = :id;

-- name: concern_canned_insert :run
INSERT INTO concern_canned (id, city_id, office_id, topic, title, body, slug, changed_at)
VALUES (:id, :city, :office?, :topic, :title, :body, :slug, :at);

-- name: concern_canned_update :run
UPDATE concern_canned SET office_id = :office?, topic = :topic, title = :title, body = :body,
       slug = :slug, changed_at = :at
 WHERE city_id = :city AND id = :id;

-- name: concern_canned_delete :run
DELETE FROM concern_canned WHERE city_id = :city AND id = :id;

-- ---- figures ----

-- name: concern_counts :rows concern_count
-- Confirmed concerns that arrived in a time, by topic; also those that have been erased since.
SELECT topic, COUNT(*) AS n,
       CAST(SUM(CASE WHEN asker = 'organisation' THEN 1 ELSE 0 END) AS INTEGER) AS organisations,
       CAST(SUM(CASE WHEN answered_at > 0 THEN 1 ELSE 0 END) AS INTEGER) AS answered,
       CAST(SUM(CASE WHEN answered_at > 0 THEN answered_at - confirmed_at ELSE 0 END) AS INTEGER)
         AS seconds
  FROM concern
 WHERE city_id = :city AND confirmed_at > 0 AND created_at >= :from::int AND created_at < :to::int
 GROUP BY topic ORDER BY topic;

-- ---- housekeeping ----

-- name: concern_answered_long_ago :rows concern_old
-- cross-city: housekeeping
SELECT id, city_id FROM concern WHERE state = 'answered' AND answered_at < :before
 ORDER BY id LIMIT 500;

-- name: concern_delete :run
DELETE FROM concern WHERE city_id = :city AND id = :id;

-- name: concern_messages_delete :run
DELETE FROM concern_message WHERE city_id = :city AND concern_id = :concern;

-- name: concern_erase :run
-- What remains counts, and says nothing about anybody. Nobody goes on with it.
UPDATE concern SET state = CASE WHEN state = 'closed' THEN state ELSE 'withdrawn' END,
       closed_at = CASE WHEN closed_at = 0 THEN :at ELSE closed_at END,
       organisation = '', name = '', mail = '', subject = '', question = '',
       search = number, account_id = 0, erased_at = :at
 WHERE city_id = :city AND id = :id;

-- ---- people ----

-- name: concern_messages_forget :run
-- cross-city: what was said stays, who said it goes
UPDATE concern_message SET account_id = 0 WHERE account_id = :account;

-- name: concern_worker_forget :run
-- cross-city: nobody works on it any more
UPDATE concern SET account_id = 0 WHERE account_id = :account;

-- name: concern_words_of_mail :rows concern_words_row
SELECT id, number, subject, organisation, name, question FROM concern
 WHERE city_id = :city AND mail = :mail;

-- name: concern_set_search :run
UPDATE concern SET search = :search WHERE city_id = :city AND id = :id;

-- ---- notes that are not sealed yet ----

-- name: concern_plain_notes :rows concern_plain_note
-- cross-city: a migration
SELECT id, body FROM concern_message WHERE kind = 'note' AND body <> '' ORDER BY id LIMIT 200;

-- name: concern_seal_note :run
-- cross-city: a migration
UPDATE concern_message SET body = '', note = :note WHERE id = :id AND kind = 'note';
