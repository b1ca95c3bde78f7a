-- SPDX-License-Identifier: EUPL-1.2
-- What this feature reads beside the statements of the web layer (web.sql).

-- name: account_roles :rows account_role_row
-- cross-city: the person's own roles, in all towns
SELECT r.id, r.city_id, r.role, r.scope_id, r.granted_at, g.name AS "organisation?"
  FROM account_role r LEFT JOIN organisation g ON g.id = r.scope_id AND g.city_id = r.city_id
 WHERE r.account_id = :account ORDER BY r.city_id, r.role, r.id;

-- name: account_holders :rows account_holder_row
-- Who holds which role in a town.
SELECT r.id, r.role, r.scope_id, r.granted_at, a.id AS account_id, a.name, a.mail,
       g.name AS "organisation?", t.since AS "second_step?"
  FROM account_role r JOIN account a ON a.id = r.account_id
  LEFT JOIN account_totp t ON t.account_id = a.id
  LEFT JOIN organisation g ON g.id = r.scope_id AND g.city_id = r.city_id
 WHERE r.city_id = :city ORDER BY a.name, a.mail, r.role, r.id;

-- name: account_organisations :rows account_organisation_row
-- The organisations of a town, to choose one.
SELECT id, name FROM organisation
 WHERE city_id = :city AND archived_at = 0 ORDER BY sort_key, id LIMIT 2000;

-- name: account_organisation :row account_organisation_row
SELECT id, name FROM organisation WHERE city_id = :city AND id = :id;

-- name: recovery_insert :run
INSERT INTO account_recovery (id, account_id, hash) VALUES (:id, :account, :hash);

-- name: recovery_use :run
-- At most one caller gets a 1 back.
UPDATE account_recovery SET used_at = :at
 WHERE account_id = :account AND hash = :hash AND used_at = 0;

-- name: recovery_left :row recovery_left_row
SELECT COUNT(*) AS n FROM account_recovery WHERE account_id = :account AND used_at = 0;

-- name: recovery_delete :run
DELETE FROM account_recovery WHERE account_id = :account;

-- name: code_find :row code_row
SELECT session_id, hash, expires_at FROM account_code
 WHERE session_id = :session AND account_id = :account;

-- name: code_save :run
INSERT INTO account_code (session_id, account_id, hash, expires_at)
VALUES (:session, :account, :hash, :expires_at)
ON CONFLICT (session_id) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at;

-- name: code_delete :run
DELETE FROM account_code WHERE session_id = :session;

-- name: code_delete_account :run
DELETE FROM account_code WHERE account_id = :account;

-- name: mail_change_find :row mail_change_row
SELECT id, account_id, old_mail, new_mail, wished_at, confirmed_at FROM account_mail_change
 WHERE id = :id;

-- name: mail_change_list :rows mail_change_row
SELECT id, account_id, old_mail, new_mail, wished_at, confirmed_at FROM account_mail_change
 WHERE account_id = :account ORDER BY wished_at, id;

-- name: mail_change_insert :run
INSERT INTO account_mail_change (id, account_id, old_mail, new_mail, wished_at)
VALUES (:id, :account, :old_mail, :new_mail, :at);

-- name: mail_change_confirm :run
UPDATE account_mail_change SET confirmed_at = :at WHERE id = :id AND confirmed_at = 0;

-- name: mail_change_delete :run
DELETE FROM account_mail_change WHERE account_id = :account;

-- name: mail_change_delete_since :run
DELETE FROM account_mail_change WHERE account_id = :account AND wished_at >= :since;

-- name: identity_find :row identity_row
SELECT id, account_id, issuer, subject, bound_at, used_at FROM account_identity
 WHERE issuer = :issuer AND subject = :subject;

-- name: identity_of :row identity_row
SELECT id, account_id, issuer, subject, bound_at, used_at FROM account_identity
 WHERE account_id = :account AND issuer = :issuer;

-- name: identity_insert :run
INSERT INTO account_identity (id, account_id, issuer, subject, bound_at, used_at)
VALUES (:id, :account, :issuer, :subject, :at, :used_at);

-- name: identity_used :run
UPDATE account_identity SET used_at = :at WHERE id = :id;

-- name: identity_delete :run
-- Of all providers that there have been.
DELETE FROM account_identity WHERE account_id = :account;

-- name: identity_delete_since :run
DELETE FROM account_identity WHERE account_id = :account AND bound_at >= :since;

-- name: answer_use :run
-- At most one caller gets a 1 back.
INSERT INTO account_answer (id, hash, expires_at) VALUES (:id, :hash, :expires_at)
ON CONFLICT (hash) DO NOTHING;

-- name: answer_find :row answer_row
SELECT hash, expires_at FROM account_answer WHERE hash = :hash;

-- name: account_people :rows account_person_row
-- Who holds a role in a town, with the devices that are signed in.
SELECT a.id, a.name, a.mail, a.last_seen_at, t.since AS "second_step?",
       CAST((SELECT COUNT(*) FROM session s
              WHERE s.account_id = a.id AND s.expires_at > :now AND s.seen_at + s.idle >= :now)
            AS INTEGER) AS sessions
  FROM account a LEFT JOIN account_totp t ON t.account_id = a.id
 WHERE EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = a.id AND r.city_id = :city)
 ORDER BY a.name, a.mail, a.id;

-- name: account_sessions :rows account_session_row
-- Those that are still good.
SELECT id, created_at, seen_at, expires_at, device FROM session
 WHERE account_id = :account AND expires_at > :now AND seen_at + idle >= :now
 ORDER BY seen_at DESC, id;
