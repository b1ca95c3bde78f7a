-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the web layer: towns, accounts, sessions, links, mail, jobs, audit.

-- name: city_all :rows city_row
-- cross-city: the registry knows every town
SELECT id, slug, name, long_name, kind, ags, land, domain, mail, phone, address, colour, accent,
       logo, lat, lon, langs, lang, tiles, second_step_from
  FROM city ORDER BY name, id;

-- name: city_districts :rows city_district_row
-- cross-city: the registry knows every town
SELECT city_id, name, lat, lon FROM city_district ORDER BY city_id, name;

-- name: city_texts :rows city_text_row
-- cross-city: the registry knows every town
SELECT city_id, lang, msg, value FROM city_text ORDER BY city_id, lang, msg;

-- name: city_insert :run
INSERT INTO city (id, slug, name, long_name, kind, ags, land, domain, mail, phone, address, colour,
                  accent, logo, lat, lon, langs, lang, tiles, created_at)
VALUES (:id, :slug, :name, :long_name, :kind, :ags, :land, :domain, :mail, :phone, :address,
        :colour, :accent, :logo, :lat, :lon, :langs, :lang, :tiles, :created_at);

-- name: city_update :run
-- What a town's administrators may change themselves.
UPDATE city
   SET name = :name, long_name = :long_name, mail = :mail, phone = :phone, address = :address,
       colour = :colour, accent = :accent, domain = :domain, tiles = :tiles
 WHERE id = :city;

-- name: city_second_step :run
UPDATE city SET second_step_from = :at WHERE id = :city;

-- name: city_district_insert :run
INSERT INTO city_district (id, city_id, name, lat, lon) VALUES (:id, :city, :name, :lat, :lon);

-- name: city_text_delete :run
DELETE FROM city_text WHERE city_id = :city AND lang = :lang AND msg = :msg;

-- name: city_text_insert :run
INSERT INTO city_text (id, city_id, lang, msg, value) VALUES (:id, :city, :lang, :msg, :value);

-- name: account_by_mail :row account_row
SELECT id, mail, name, password, lang, created_at, last_seen_at
  FROM account WHERE mail = :mail;

-- name: account_by_id :row account_row
SELECT id, mail, name, password, lang, created_at, last_seen_at
  FROM account WHERE id = :id;

-- name: account_insert :run
INSERT INTO account (id, mail, name, password, lang, created_at)
VALUES (:id, :mail, :name, :password, :lang, :created_at);

-- name: account_set_password :run
UPDATE account SET password = :password WHERE id = :id;

-- name: account_set_mail :run
UPDATE account SET mail = :mail WHERE id = :id;

-- name: account_set_profile :run
UPDATE account SET name = :name, lang = :lang WHERE id = :id;

-- name: account_set_seen :run
UPDATE account SET last_seen_at = :at WHERE id = :id;

-- name: account_delete :run
DELETE FROM account WHERE id = :id;

-- name: role_of_account :rows role_row
SELECT role, scope_id FROM account_role WHERE account_id = :account AND city_id = :city
 ORDER BY role, scope_id;

-- name: role_insert :run
INSERT INTO account_role (id, account_id, city_id, role, scope_id, granted_at)
VALUES (:id, :account, :city, :role, :scope, :at);

-- name: role_delete :run
DELETE FROM account_role WHERE id = :id AND city_id = :city;

-- name: role_delete_account :run
-- cross-city: the person leaves
DELETE FROM account_role WHERE account_id = :account;

-- name: role_of_organisation :rows role_id
SELECT id FROM account_role
 WHERE city_id = :city AND scope_id = :organisation
   AND role IN ('organisation_manager', 'organisation_member') ORDER BY id;

-- name: role_move :run
-- To the organisation into which the other one was merged, and back, unless the person has that
-- role there already.
UPDATE account_role SET scope_id = :to
 WHERE city_id = :city AND id = :id AND scope_id = :from
   AND role IN ('organisation_manager', 'organisation_member')
   AND NOT EXISTS (SELECT 1 FROM account_role r
                    WHERE r.city_id = :city AND r.scope_id = :to AND r.role = account_role.role
                      AND r.account_id = account_role.account_id);

-- name: session_find :row session_row
SELECT s.id, s.account_id, s.created_at, s.seen_at, s.expires_at, s.proven_at, s.idle, s.way,
       a.name, a.mail, t.since AS "second_step?"
  FROM session s JOIN account a ON a.id = s.account_id
  LEFT JOIN account_totp t ON t.account_id = a.id
 WHERE s.token_hash = :hash;

-- name: session_list :rows session_list_row
SELECT id, created_at, seen_at, expires_at, device FROM session
 WHERE account_id = :account ORDER BY seen_at DESC, id;

-- name: session_insert :run
INSERT INTO session (id, account_id, token_hash, created_at, seen_at, expires_at, proven_at, idle,
                     device, way)
VALUES (:id, :account, :hash, :created_at, :seen_at, :expires_at, :proven_at, :idle, :device, :way);

-- name: session_set_proven :run
UPDATE session SET proven_at = :at WHERE id = :id AND account_id = :account;

-- name: session_set_token :run
UPDATE session SET token_hash = :hash WHERE id = :id AND account_id = :account;

-- name: session_touch :run
UPDATE session SET seen_at = :at WHERE id = :id;

-- name: session_delete :run
DELETE FROM session WHERE id = :id AND account_id = :account;

-- name: session_delete_account :run
DELETE FROM session WHERE account_id = :account;

-- name: session_delete_others :run
DELETE FROM session WHERE account_id = :account AND id <> :keep;

-- name: totp_of_account :row totp_row
SELECT account_id, secret, last_step, since FROM account_totp WHERE account_id = :account;

-- name: totp_insert :run
INSERT INTO account_totp (account_id, secret, last_step, since)
VALUES (:account, :secret, :step, :at);

-- name: totp_set_step :run
-- At most one caller gets a 1 back for a code, and none for an older one.
UPDATE account_totp SET last_step = :step WHERE account_id = :account AND last_step < :step;

-- name: totp_delete :run
DELETE FROM account_totp WHERE account_id = :account;

-- name: link_find :row link_row
SELECT id, purpose, subject_id, mail, expires_at, used_at, revoked_at FROM link
 WHERE city_id = :city AND token_hash = :hash;

-- name: link_insert :run
INSERT INTO link (id, city_id, token_hash, purpose, subject_id, mail, created_at, expires_at,
                  forget_at)
VALUES (:id, :city, :hash, :purpose, :subject, :mail, :created_at, :expires_at, :forget_at);

-- name: link_use :run
-- At most one caller gets a 1 back.
UPDATE link SET used_at = :at WHERE id = :id AND city_id = :city AND used_at = 0 AND revoked_at = 0;

-- name: link_touch :run
-- A link that lasts: it was used again.
UPDATE link SET used_at = :at WHERE id = :id AND city_id = :city AND revoked_at = 0;

-- name: link_revoke :run
UPDATE link SET revoked_at = :at
 WHERE city_id = :city AND purpose = :purpose AND subject_id = :subject AND revoked_at = 0;

-- name: link_forget_mail :run
-- cross-city: the person leaves
DELETE FROM link WHERE mail = :mail AND mail <> '';

-- name: link_delete_subject :run
-- cross-city: the person leaves
DELETE FROM link WHERE purpose = :purpose AND subject_id = :subject;

-- name: mail_insert :run
INSERT INTO mail (id, city_id, recipient, subject, body_text, body_html, dedupe, created_at,
                  next_at, reply_to, leave_at)
VALUES (:id, :city, :recipient, :subject, :body_text, :body_html, :dedupe, :created_at, :next_at,
        :reply_to, :leave_at)
ON CONFLICT (dedupe) DO NOTHING;

-- name: mail_due :rows mail_due_row
-- cross-city: one sender for all towns
SELECT id, city_id, recipient, subject, body_text, body_html, attempts, reply_to, leave_at
  FROM mail WHERE sent_at = 0 AND next_at <= :now ORDER BY next_at, id LIMIT 50;

-- name: mail_sent :run
-- cross-city: one sender for all towns
UPDATE mail SET sent_at = :at, error = '' WHERE id = :id;

-- name: mail_claim :run
-- cross-city: one sender for all towns
-- One of several senders gets a 1 back; the next attempt is not before :next_at.
UPDATE mail SET attempts = attempts + 1, next_at = :next_at
 WHERE id = :id AND sent_at = 0 AND attempts = :attempts;

-- name: mail_failed :run
-- cross-city: one sender for all towns
UPDATE mail SET error = :error WHERE id = :id;

-- name: mail_list :rows mail_list_row
SELECT id, recipient, subject, created_at, sent_at, attempts, error FROM mail
 WHERE city_id = :city ORDER BY created_at DESC, id DESC LIMIT 200;

-- name: mail_show :row mail_full
SELECT id, recipient, subject, body_text, body_html, created_at, sent_at FROM mail
 WHERE city_id = :city AND id = :id;

-- name: mail_to :rows mail_to_row
-- cross-city: what one address was sent
SELECT city_id, subject, created_at, sent_at FROM mail
 WHERE recipient = :recipient ORDER BY created_at, id;

-- name: mail_forget :run
-- cross-city: the person leaves
DELETE FROM mail WHERE recipient = :recipient;

-- name: job_all :rows job_row
SELECT id, name, started_at, finished_at, next_at, failures, result FROM job_state ORDER BY name;

-- name: job_insert :run
INSERT INTO job_state (id, name, next_at) VALUES (:id, :name, :next_at)
ON CONFLICT (name) DO NOTHING;

-- name: job_claim :run
-- At most one process gets a 1 back for a run that is due.
UPDATE job_state SET started_at = :now, next_at = :next_at WHERE name = :name AND next_at <= :now;

-- name: job_done :run
UPDATE job_state SET finished_at = :at, failures = :failures, result = :result WHERE name = :name;

-- name: job_postpone :run
-- A failed run is tried again, sooner or later than it would be.
UPDATE job_state SET next_at = :next_at WHERE name = :name;

-- name: audit_last :row audit_hash_row
-- cross-city: one chain for the installation
SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1;

-- name: audit_insert :run
INSERT INTO audit (id, city_id, at, actor, action, object_id, detail, prev_hash, hash)
VALUES (:id, :city, :at, :actor, :action, :object, :detail, :prev_hash, :hash);

-- name: audit_all :each audit_row
-- cross-city: verifying the chain
SELECT id, city_id, at, actor, action, object_id, detail, prev_hash, hash FROM audit ORDER BY id;

-- name: audit_list :rows audit_row
SELECT id, city_id, at, actor, action, object_id, detail, prev_hash, hash FROM audit
 WHERE city_id = :city ORDER BY id DESC LIMIT 200;

-- name: audit_key_find :row audit_key_row
SELECT key FROM audit_key WHERE account_id = :account;

-- name: audit_key_insert :run
INSERT INTO audit_key (account_id, key) VALUES (:account, :key);

-- name: audit_key_delete :run
DELETE FROM audit_key WHERE account_id = :account;

-- name: event_insert :run
INSERT INTO procedure_event (id, city_id, kind, subject_id, at, actor, account_id, verb, from_state,
                             to_state, note)
VALUES (:id, :city, :kind, :subject, :at, :actor, :account, :verb, :from, :to, :note);

-- name: event_list :rows event_row
-- What happened to a record, the newest first; the name where the person is still known.
SELECT e.id, e.at, e.actor, e.account_id, a.name AS "name?", e.verb, e.from_state, e.to_state,
       e.note
  FROM procedure_event e LEFT JOIN account a ON a.id = e.account_id
 WHERE e.city_id = :city AND e.kind = :kind AND e.subject_id = :subject
 ORDER BY e.at DESC, e.id DESC LIMIT 500;

-- name: event_forget_account :run
-- cross-city: the person leaves
-- erases: the events stay, the person behind them goes
UPDATE procedure_event SET account_id = 0 WHERE account_id = :account;

-- name: event_forget_subject :run
-- erases: the record is deleted, and with it what was written about it
DELETE FROM procedure_event WHERE city_id = :city AND kind = :kind AND subject_id = :subject;

-- name: due_set :run
INSERT INTO procedure_due (id, city_id, kind, subject_id, due_on, verb, since)
VALUES (:id, :city, :kind, :subject, :due_on, :verb, :since)
ON CONFLICT (city_id, kind, subject_id) DO UPDATE
   SET due_on = excluded.due_on, verb = excluded.verb, since = excluded.since;

-- name: due_clear :run
DELETE FROM procedure_due WHERE city_id = :city AND kind = :kind AND subject_id = :subject;

-- name: due_find :row due_row
SELECT kind, subject_id, due_on, verb, since FROM procedure_due
 WHERE city_id = :city AND kind = :kind AND subject_id = :subject;

-- name: due_list :rows due_row
-- What has to happen by a day, the latest first.
SELECT kind, subject_id, due_on, verb, since FROM procedure_due
 WHERE city_id = :city AND due_on <= :day ORDER BY due_on, since, id LIMIT 300;

-- name: follow_up_insert :run
INSERT INTO follow_up (id, city_id, kind, subject_id, due_on, account_id, note, created_at,
                       created_by)
VALUES (:id, :city, :kind, :subject, :due_on, :account, :note, :at, :by);

-- name: follow_up_list :rows follow_up_row
-- Open ones of a town until a day: somebody's own, and those of nobody.
SELECT f.id, f.kind, f.subject_id, f.due_on, f.account_id, a.name AS "name?", f.note, f.created_at,
       f.done_at
  FROM follow_up f LEFT JOIN account a ON a.id = f.account_id
 WHERE f.city_id = :city AND f.done_at = 0 AND f.due_on <= :day
   AND (f.account_id = :account OR f.account_id = 0)
 ORDER BY f.due_on, f.id LIMIT 300;

-- name: follow_up_of :rows follow_up_row
-- All of a record: the open ones first.
SELECT f.id, f.kind, f.subject_id, f.due_on, f.account_id, a.name AS "name?", f.note, f.created_at,
       f.done_at
  FROM follow_up f LEFT JOIN account a ON a.id = f.account_id
 WHERE f.city_id = :city AND f.kind = :kind AND f.subject_id = :subject
 ORDER BY CASE WHEN f.done_at = 0 THEN 0 ELSE 1 END, f.due_on, f.id LIMIT 50;

-- name: follow_up_get :row follow_up_row
SELECT f.id, f.kind, f.subject_id, f.due_on, f.account_id, a.name AS "name?", f.note, f.created_at,
       f.done_at
  FROM follow_up f LEFT JOIN account a ON a.id = f.account_id
 WHERE f.city_id = :city AND f.id = :id;

-- name: follow_up_done :run
-- One caller gets a 1 back.
UPDATE follow_up SET done_at = :at, done_by = :by
 WHERE city_id = :city AND id = :id AND done_at = 0;

-- name: follow_up_ids :rows follow_up_id
SELECT id FROM follow_up
 WHERE city_id = :city AND kind = :kind AND subject_id = :subject ORDER BY id;

-- name: follow_up_move :run
-- To the record into which the other one was merged, and back.
UPDATE follow_up SET subject_id = :to
 WHERE city_id = :city AND id = :id AND kind = :kind AND subject_id = :from;

-- name: follow_up_forget_subject :run
DELETE FROM follow_up WHERE city_id = :city AND kind = :kind AND subject_id = :subject;

-- name: follow_up_forget_owner :run
-- cross-city: the person leaves, the work goes to whoever is there
UPDATE follow_up SET account_id = 0 WHERE account_id = :account;

-- name: follow_up_forget_author :run
-- cross-city: the person leaves
UPDATE follow_up SET created_by = 0 WHERE created_by = :account;

-- name: follow_up_forget_doer :run
-- cross-city: the person leaves
UPDATE follow_up SET done_by = 0 WHERE done_by = :account;

-- name: event_blank :run
-- cross-city: retention
-- erases: what happened stays for the figures, who did it and what they wrote goes
UPDATE procedure_event SET note = '', account_id = 0 WHERE id = :id;

-- name: mail_forget_about :run
-- cross-city: a record is erased, and with it the mails about it
-- The occasion of such a mail has the record's id as one of its words: "interest 123 contact".
DELETE FROM mail WHERE (' ' || dedupe || ' ') LIKE :words::text ESCAPE '\';

-- name: audit_first :row audit_hash_row
-- cross-city: one chain for the installation
SELECT id, hash FROM audit ORDER BY id LIMIT 1;

-- name: audit_delete :run
-- cross-city: retention
DELETE FROM audit WHERE id = :id;

-- name: audit_cut_last :row audit_hash_row
SELECT id, hash FROM audit_cut ORDER BY id DESC LIMIT 1;

-- name: audit_cut_clear :run
DELETE FROM audit_cut;

-- name: audit_cut_insert :run
INSERT INTO audit_cut (id, hash, at) VALUES (:id, :hash, :at);

-- name: erased_insert :run
INSERT INTO erased (hash, erased_at) VALUES (:hash, :at) ON CONFLICT (hash) DO NOTHING;

-- name: erased_all :rows erased_row
SELECT hash, erased_at FROM erased ORDER BY erased_at, hash;

-- ---- sealed columns ----

-- name: seal_current :row seal_number
-- The key that seals; absent before the first one has been made.
SELECT CAST(MAX(number) AS INTEGER) AS "number?" FROM seal_key WHERE dropped_at = 0;

-- name: seal_latest :row seal_number
SELECT CAST(MAX(number) AS INTEGER) AS "number?" FROM seal_key;

-- name: seal_keys :rows seal_key_row
SELECT number, made_at, dropped_at FROM seal_key ORDER BY number;

-- name: seal_key_insert :run
INSERT INTO seal_key (number, made_at) VALUES (:number, :at);

-- name: seal_key_drop :run
UPDATE seal_key SET dropped_at = :at WHERE number = :number AND dropped_at = 0;

-- name: read_log_insert :run
INSERT INTO read_log (id, city_id, at, account_id, role, place, subject_id, why)
VALUES (:id, :city, :at, :account, :role, :place, :subject, :why);

-- name: read_log_list :rows read_log_row
SELECT r.id, r.at, r.account_id, a.name AS "who?", r.role, r.place, r.subject_id, r.why
  FROM read_log r LEFT JOIN account a ON a.id = r.account_id
 WHERE r.city_id = :city ORDER BY r.at DESC, r.id DESC LIMIT 500;

-- name: read_log_forget :run
-- cross-city: that it was read stays, who it was goes
UPDATE read_log SET account_id = 0 WHERE account_id = :account;

-- name: totp_old :rows totp_row
-- Sealed before the keys had numbers.
SELECT account_id, secret, last_step, since FROM account_totp
 WHERE secret NOT LIKE '%.%' ESCAPE '!' ORDER BY account_id LIMIT 100000;

-- name: totp_set_secret :run
UPDATE account_totp SET secret = :secret WHERE account_id = :account;
