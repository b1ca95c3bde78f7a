-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the hours.

-- name: hours_sheet_get :row hours_sheet_row
SELECT s.id, s.person_id, s.placement_id, s.month, s.state, s.allowance, s.cents, s.answer,
       s.changed_at, q.name, q.mail, q.lang, o.title, o.contact_mail, g.name AS organisation,
       g.mail AS organisation_mail, o.organisation_id,
       CAST((SELECT COALESCE(SUM(e.minutes), 0) FROM hours_entry e
              WHERE e.sheet_id = s.id AND e.city_id = s.city_id) AS INTEGER) AS minutes
  FROM hours_sheet s JOIN person q ON q.id = s.person_id AND q.city_id = s.city_id
  JOIN placement p ON p.id = s.placement_id AND p.city_id = s.city_id
  JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = s.city_id
  JOIN organisation g ON g.id = o.organisation_id AND g.city_id = s.city_id
 WHERE s.city_id = :city AND s.id = :id;

-- name: hours_sheets :rows hours_sheet_row
-- From one month to another, of one person or placement (0: of all), person by person.
SELECT s.id, s.person_id, s.placement_id, s.month, s.state, s.allowance, s.cents, s.answer,
       s.changed_at, q.name, q.mail, q.lang, o.title, o.contact_mail, g.name AS organisation,
       g.mail AS organisation_mail, o.organisation_id,
       CAST((SELECT COALESCE(SUM(e.minutes), 0) FROM hours_entry e
              WHERE e.sheet_id = s.id AND e.city_id = s.city_id) AS INTEGER) AS minutes
  FROM hours_sheet s JOIN person q ON q.id = s.person_id AND q.city_id = s.city_id
  JOIN placement p ON p.id = s.placement_id AND p.city_id = s.city_id
  JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = s.city_id
  JOIN organisation g ON g.id = o.organisation_id AND g.city_id = s.city_id
 WHERE s.city_id = :city AND s.month >= :from AND s.month <= :to
   AND (:person::int = 0 OR s.person_id = :person::int)
   AND (:placement::int = 0 OR s.placement_id = :placement::int)
 ORDER BY q.sort_key, q.id, s.month DESC, s.id LIMIT 5000;

-- name: hours_sheet_find :row hours_sheet_id
SELECT id, state FROM hours_sheet
 WHERE city_id = :city AND placement_id = :placement AND month = :month;

-- name: hours_sheet_insert :run
INSERT INTO hours_sheet (id, city_id, person_id, placement_id, month, state, created_at, changed_at)
VALUES (:id, :city, :person, :placement, :month, 'open', :at, :at);

-- name: hours_sheet_set_state :run
-- Only if it is still what was seen: of two who act at once one succeeds.
UPDATE hours_sheet SET state = :to, changed_at = :at
 WHERE city_id = :city AND id = :id AND state = :from;

-- name: hours_sheet_set_paid :run
UPDATE hours_sheet SET allowance = :allowance, cents = :cents, answer = ''
 WHERE city_id = :city AND id = :id;

-- name: hours_sheet_set_asked :run
UPDATE hours_sheet SET asked_at = :at, reminded = 0 WHERE city_id = :city AND id = :id;

-- name: hours_sheet_set_reminded :run
UPDATE hours_sheet SET asked_at = :at, reminded = reminded + 1 WHERE city_id = :city AND id = :id;

-- name: hours_unanswered :rows hours_swept
-- cross-city: one job for all towns
-- What an organisation was asked long ago, and may be asked once more.
SELECT id, city_id FROM hours_sheet
 WHERE state = 'submitted' AND reminded < :most::int
   AND (CASE WHEN asked_at = 0 THEN changed_at ELSE asked_at END) <= :before::int AND id > :behind
 ORDER BY id LIMIT :limit::int;

-- name: hours_sheet_set_answer :run
UPDATE hours_sheet SET answer = :answer WHERE city_id = :city AND id = :id;

-- name: hours_entries :rows hours_entry_row
-- The entries of a sheet, also those that were taken back, and what takes them back.
SELECT e.id, e.day, e.minutes, e.activity, e.reverses_id, e.created_at, r.id AS "reversed_by?"
  FROM hours_entry e
  LEFT JOIN hours_entry r ON r.reverses_id = e.id AND r.city_id = e.city_id
 WHERE e.city_id = :city AND e.sheet_id = :sheet ORDER BY e.day, e.id LIMIT 1000;

-- name: hours_entry_get :row hours_entry_one
SELECT id, sheet_id, day, minutes, activity, reverses_id FROM hours_entry
 WHERE city_id = :city AND id = :id;

-- name: hours_entry_insert :run
INSERT INTO hours_entry (id, city_id, sheet_id, person_id, day, minutes, activity, reverses_id,
                         created_at)
VALUES (:id, :city, :sheet, :person, :day, :minutes, :activity, :reverses, :at);

-- name: hours_entry_struck :row hours_hung
-- What takes an entry back.
SELECT id FROM hours_entry WHERE city_id = :city AND reverses_id = :entry;

-- name: hours_limits :rows hours_limit_row
-- What may be paid free of tax in a year: the dated amounts of the guide (its sources are there).
SELECT ref, label, cents, law FROM guide_amount
 WHERE city_id = :city AND ref IN ('uebungsleiter', 'ehrenamt', 'betreuung')
   AND valid_from <= :day AND (valid_until = '' OR valid_until >= :day)
 ORDER BY position, ref;

-- name: hours_running :rows hours_running_row
-- Placements for which hours may be written down, with whoever can be sent a link.
SELECT p.id, p.state, q.name, q.mail, o.title, g.name AS organisation
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
  JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = p.city_id
  JOIN organisation g ON g.id = o.organisation_id AND g.city_id = p.city_id
 WHERE p.city_id = :city AND p.state IN ('trial', 'placed', 'followed') AND p.erased_at = 0
 ORDER BY q.sort_key, p.id LIMIT 1000;

-- name: hours_list :rows hours_line
-- The sheets of a year, for files.
SELECT q.name, g.name AS organisation, o.title, s.month, s.state,
       CAST((SELECT COALESCE(SUM(e.minutes), 0) FROM hours_entry e
              WHERE e.sheet_id = s.id AND e.city_id = s.city_id) AS INTEGER) AS minutes,
       s.allowance, s.cents
  FROM hours_sheet s JOIN person q ON q.id = s.person_id AND q.city_id = s.city_id
  JOIN placement p ON p.id = s.placement_id AND p.city_id = s.city_id
  JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = s.city_id
  JOIN organisation g ON g.id = o.organisation_id AND g.city_id = s.city_id
 WHERE s.city_id = :city AND s.month >= :from AND s.month <= :to
 ORDER BY q.sort_key, q.id, s.month, s.id LIMIT 20000;

-- ---- going ----

-- name: hours_last_of :row hours_last_row
-- Of a confirmed sheet: whose office it counts for, and how many others the person has in its year.
SELECT s.month, CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!",
       CAST((SELECT COALESCE(SUM(e.minutes), 0) FROM hours_entry e
              WHERE e.sheet_id = s.id AND e.city_id = s.city_id) AS INTEGER) AS "minutes!",
       CAST((SELECT COUNT(*) FROM hours_sheet x
              WHERE x.city_id = s.city_id AND x.person_id = s.person_id AND x.id <> s.id
                AND x.state = 'confirmed' AND x.month >= :from AND x.month <= :to) AS INTEGER)
         AS "others!"
  FROM hours_sheet s JOIN person q ON q.id = s.person_id AND q.city_id = s.city_id
 WHERE s.city_id = :city AND s.id = :id AND s.state = 'confirmed';

-- name: hours_entries_delete :run
DELETE FROM hours_entry WHERE city_id = :city AND sheet_id = :sheet;

-- name: hours_sheet_delete :run
DELETE FROM hours_sheet WHERE city_id = :city AND id = :id;

-- name: hours_of_person :rows hours_hung
SELECT id FROM hours_sheet WHERE city_id = :city AND person_id = :person ORDER BY id;

-- name: hours_move_person :run
-- To the record into which the other one was merged, and back.
UPDATE hours_sheet SET person_id = :to WHERE city_id = :city AND id = :id AND person_id = :from;

-- name: hours_entries_of_person :rows hours_hung
SELECT id FROM hours_entry WHERE city_id = :city AND person_id = :person ORDER BY id;

-- name: hours_move_entry :run
UPDATE hours_entry SET person_id = :to WHERE city_id = :city AND id = :id AND person_id = :from;
