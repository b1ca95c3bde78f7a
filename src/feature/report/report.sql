-- SPDX-License-Identifier: EUPL-1.2
-- Figures. Each statement counts for one line of REPORT_FIGURES (figures.h) and gives the same row:
-- the office (0: none), the code of the breakdown or the bits of several, how many, and what they
-- add up to (of a median: the seconds of one). From :from until before :until are instants, from
-- :first to :last days. Rows of erased people are counted; what is deleted is in report_kept.

-- name: report_keep_add :run
INSERT INTO report_kept (id, city_id, figure, office_id, day, code, n, amount)
VALUES (:id, :city, :figure, :office, :day, :code, :n, :amount)
ON CONFLICT (city_id, figure, office_id, day, code)
DO UPDATE SET n = report_kept.n + excluded.n, amount = report_kept.amount + excluded.amount
 WHERE report_kept.city_id = :city;

-- name: report_offices :rows report_office
-- Also those that have closed: what they did stays theirs.
SELECT id, name FROM office WHERE city_id = :city ORDER BY position, id LIMIT 100;

-- ---- contacts ----

-- name: report_interests :rows report_row
SELECT CAST(0 AS INTEGER) AS "office!", day AS code, CAST(0 AS INTEGER) AS "bits!",
       CAST(SUM(n) AS INTEGER) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM tally WHERE city_id = :city AND way = 'interest' AND day >= :first AND day <= :last
 GROUP BY day;

-- name: report_appointments :rows report_row
SELECT office_id AS "office!", state AS code, CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!",
       CAST(0 AS INTEGER) AS "amount!"
  FROM appointment
 WHERE city_id = :city AND starts_at >= :from::int AND starts_at < :until::int
   AND state <> 'held'
 GROUP BY office_id, state;

-- name: report_appointments_kept :rows report_row
SELECT office_id AS "office!", code, CAST(0 AS INTEGER) AS "bits!",
       CAST(SUM(n) AS INTEGER) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM report_kept
 WHERE city_id = :city AND figure = 'appointments' AND day >= :first AND day <= :last
 GROUP BY office_id, code;

-- name: report_concerns :rows report_row
-- Confirmed by whoever asked; by the day on which they arrived.
SELECT CAST(COALESCE(office_id, 0) AS INTEGER) AS "office!", topic AS code,
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM concern
 WHERE city_id = :city AND confirmed_at > 0 AND created_at >= :from::int
   AND created_at < :until::int
 GROUP BY office_id, topic;

-- name: report_concern_days :rows report_row
SELECT CAST(COALESCE(office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", CAST(1 AS INTEGER) AS "n!",
       CAST(answered_at - confirmed_at AS INTEGER) AS "amount!"
  FROM concern
 WHERE city_id = :city AND confirmed_at > 0 AND answered_at >= :from::int
   AND answered_at < :until::int
 ORDER BY id LIMIT 200000;

-- ---- advice ----

-- name: report_people :rows report_row
-- Who was entered and not only tried to; who was there twice counts once.
SELECT CAST(COALESCE(office_id, 0) AS INTEGER) AS "office!", heard_from AS code,
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM person
 WHERE city_id = :city AND created_at >= :from::int AND created_at < :until::int
   AND state <> 'waiting' AND merged_into IS NULL
 GROUP BY office_id, heard_from;

-- name: report_people_age :rows report_row
-- Bits: the year of birth, or 0. Amount: when they were entered, for their age at that time.
SELECT CAST(COALESCE(office_id, 0) AS INTEGER) AS "office!", age_band AS code,
       birth_year AS "bits!", CAST(1 AS INTEGER) AS "n!", created_at AS "amount!"
  FROM person
 WHERE city_id = :city AND created_at >= :from::int AND created_at < :until::int
   AND state <> 'waiting' AND merged_into IS NULL
 ORDER BY id LIMIT 200000;

-- name: report_people_gender :rows report_row
SELECT CAST(COALESCE(office_id, 0) AS INTEGER) AS "office!", gender AS code,
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM person
 WHERE city_id = :city AND created_at >= :from::int AND created_at < :until::int
   AND state <> 'waiting' AND merged_into IS NULL
 GROUP BY office_id, gender;

-- name: report_people_employment :rows report_row
SELECT CAST(COALESCE(office_id, 0) AS INTEGER) AS "office!", employment AS code,
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM person
 WHERE city_id = :city AND created_at >= :from::int AND created_at < :until::int
   AND state <> 'waiting' AND merged_into IS NULL
 GROUP BY office_id, employment;

-- name: report_cases :rows report_row
SELECT CAST(COALESCE(office_id, 0) AS INTEGER) AS "office!", channel AS code,
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM advice
 WHERE city_id = :city AND created_at >= :from::int AND created_at < :until::int
 GROUP BY office_id, channel;

-- name: report_talks :rows report_row
SELECT CAST(COALESCE(office_id, 0) AS INTEGER) AS "office!", channel AS code,
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM advice_talk WHERE city_id = :city AND held_on >= :first AND held_on <= :last
 GROUP BY office_id, channel;

-- name: report_talks_month :rows report_row
SELECT CAST(COALESCE(office_id, 0) AS INTEGER) AS "office!", held_on AS code,
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM advice_talk WHERE city_id = :city AND held_on >= :first AND held_on <= :last
 GROUP BY office_id, held_on;

-- name: report_talk_hours :rows report_row
SELECT CAST(COALESCE(office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(SUM(minutes) AS INTEGER) AS "amount!"
  FROM advice_talk WHERE city_id = :city AND held_on >= :first AND held_on <= :last
 GROUP BY office_id;

-- ---- placement ----

-- name: report_proposals :rows report_row
-- How far each had come when the time was over.
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!",
       CAST(CASE WHEN p.placed_at > 0 AND p.placed_at < :until::int THEN 'placed'
                 WHEN p.closed_at > 0 AND p.closed_at < :until::int THEN 'over'
                 WHEN p.contact_at > 0 AND p.contact_at < :until::int THEN 'contact'
                 ELSE 'proposed' END AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", CAST(1 AS INTEGER) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
 WHERE p.city_id = :city AND p.created_at >= :from::int AND p.created_at < :until::int
 ORDER BY p.id LIMIT 200000;

-- name: report_contacts :rows report_row
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
 WHERE p.city_id = :city AND p.contact_at >= :from::int AND p.contact_at < :until::int
 GROUP BY q.office_id;

-- name: report_late :rows report_row
-- Two weeks after the contact: no answer, and not over. By the day on which that was so.
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
 WHERE p.city_id = :city AND p.writes = 'organisation' AND p.contact_at > 0
   AND p.contact_at + 1209600 >= :from::int AND p.contact_at + 1209600 < :until::int
   AND (p.answered_at = 0 OR p.answered_at > p.contact_at + 1209600)
   AND (p.closed_at = 0 OR p.closed_at > p.contact_at + 1209600)
 GROUP BY q.office_id;

-- name: report_waiting :rows report_row
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
 WHERE p.city_id = :city AND p.waiting_since >= :from::int AND p.waiting_since < :until::int
 GROUP BY q.office_id;

-- name: report_trials :rows report_row
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
 WHERE p.city_id = :city AND p.trial_from >= :first AND p.trial_from <= :last
 GROUP BY q.office_id;

-- name: report_placements :rows report_row
-- Amount: when.
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", CAST(1 AS INTEGER) AS "n!", p.placed_at AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
 WHERE p.city_id = :city AND p.placed_at >= :from::int AND p.placed_at < :until::int
 ORDER BY p.id LIMIT 200000;

-- name: report_placements_field :rows report_row
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       o.fields AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
  JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = p.city_id
 WHERE p.city_id = :city AND p.placed_at >= :from::int AND p.placed_at < :until::int
 GROUP BY q.office_id, o.fields;

-- name: report_placements_target :rows report_row
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       o.targets AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
  JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = p.city_id
 WHERE p.city_id = :city AND p.placed_at >= :from::int AND p.placed_at < :until::int
 GROUP BY q.office_id, o.targets;

-- name: report_placements_kind :rows report_row
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       o.kinds AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
  JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = p.city_id
 WHERE p.city_id = :city AND p.placed_at >= :from::int AND p.placed_at < :until::int
 GROUP BY q.office_id, o.kinds;

-- name: report_placements_time :rows report_row
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", o.time AS code,
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
  JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = p.city_id
 WHERE p.city_id = :city AND p.placed_at >= :from::int AND p.placed_at < :until::int
 GROUP BY q.office_id, o.time;

-- name: report_answer_days :rows report_row
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", CAST(1 AS INTEGER) AS "n!",
       CAST(p.answered_at - p.contact_at AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
 WHERE p.city_id = :city AND p.contact_at > 0 AND p.answered_at >= :from::int
   AND p.answered_at < :until::int
 ORDER BY p.id LIMIT 200000;

-- name: report_placement_days :rows report_row
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", CAST(1 AS INTEGER) AS "n!",
       CAST(p.placed_at - p.created_at AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
 WHERE p.city_id = :city AND p.placed_at >= :from::int AND p.placed_at < :until::int
 ORDER BY p.id LIMIT 200000;

-- name: report_after_half :rows report_row
-- Of those who were placed 182 days before a day of the time: who was still there.
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!",
       CAST(CASE WHEN p.closed_at = 0 OR p.closed_at > p.placed_at + 15724800 THEN 'running'
                 ELSE 'ended' END AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", CAST(1 AS INTEGER) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
 WHERE p.city_id = :city AND p.placed_at > 0
   AND p.placed_at + 15724800 >= :from::int AND p.placed_at + 15724800 < :until::int
 ORDER BY p.id LIMIT 200000;

-- name: report_after_year :rows report_row
-- The same after 365 days.
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!",
       CAST(CASE WHEN p.closed_at = 0 OR p.closed_at > p.placed_at + 31536000 THEN 'running'
                 ELSE 'ended' END AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", CAST(1 AS INTEGER) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
 WHERE p.city_id = :city AND p.placed_at > 0
   AND p.placed_at + 31536000 >= :from::int AND p.placed_at + 31536000 < :until::int
 ORDER BY p.id LIMIT 200000;

-- name: report_ends :rows report_row
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", p.reason AS code,
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
 WHERE p.city_id = :city AND p.placed_at > 0 AND p.closed_at >= :from::int
   AND p.closed_at < :until::int
 GROUP BY q.office_id, p.reason;

-- name: report_exits :rows report_row
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", p.reason AS code,
       CAST(0 AS INTEGER) AS "bits!", COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN person q ON q.id = p.person_id AND q.city_id = p.city_id
 WHERE p.city_id = :city AND p.placed_at = 0 AND p.closed_at >= :from::int
   AND p.closed_at < :until::int
 GROUP BY q.office_id, p.reason;

-- ---- hours, certificates ----

-- name: report_hours :rows report_row
-- Confirmed months; of each person one row. Whoever is erased is in report_kept.
SELECT CAST(COALESCE(q.office_id, 0) AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!",
       CAST(0 AS INTEGER) AS "bits!", CAST(1 AS INTEGER) AS "n!",
       CAST(SUM(e.minutes) AS INTEGER) AS "amount!"
  FROM hours_sheet s JOIN person q ON q.id = s.person_id AND q.city_id = s.city_id
  JOIN hours_entry e ON e.sheet_id = s.id AND e.city_id = s.city_id
 WHERE s.city_id = :city AND s.state = 'confirmed'
   AND s.month || '-01' >= :first::text AND s.month || '-01' <= :last::text
 GROUP BY q.office_id, s.person_id;

-- name: report_hours_kept :rows report_row
SELECT office_id AS "office!", code, CAST(0 AS INTEGER) AS "bits!", n AS "n!",
       amount AS "amount!"
  FROM report_kept
 WHERE city_id = :city AND figure = 'hours' AND day >= :first AND day <= :last
 ORDER BY id LIMIT 20000;

-- name: report_certificates :rows report_row
-- Whole years: nothing else is counted of them.
SELECT CAST(0 AS INTEGER) AS "office!", act AS code, CAST(0 AS INTEGER) AS "bits!",
       CAST(SUM(n) AS INTEGER) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM certificate_count WHERE city_id = :city AND year >= :first_year AND year <= :last_year
 GROUP BY act;

-- ---- offers and organisations ----

-- name: report_offers_new :rows report_row
-- Published for the first time.
SELECT CAST(0 AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!", o.fields AS "bits!",
       COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM opportunity o
 WHERE o.city_id = :city AND o.merged_into IS NULL
   AND (SELECT MIN(e.at) FROM procedure_event e
         WHERE e.city_id = :city AND e.kind = 'opportunity' AND e.subject_id = o.id
           AND e.to_state = 'published') >= :from::int
   AND (SELECT MIN(e.at) FROM procedure_event e
         WHERE e.city_id = :city AND e.kind = 'opportunity' AND e.subject_id = o.id
           AND e.to_state = 'published') < :until::int
 GROUP BY o.fields;

-- name: report_offers_confirmed :rows report_row
SELECT CAST(0 AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!", CAST(0 AS INTEGER) AS "bits!",
       COUNT(DISTINCT e.subject_id) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM procedure_event e
 WHERE e.city_id = :city AND e.kind = 'opportunity' AND e.verb = 'confirm'
   AND e.at >= :from::int AND e.at < :until::int;

-- name: report_offers_expired :rows report_row
SELECT CAST(0 AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!", CAST(0 AS INTEGER) AS "bits!",
       COUNT(DISTINCT e.subject_id) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM procedure_event e
 WHERE e.city_id = :city AND e.kind = 'opportunity' AND e.to_state = 'expired'
   AND e.at >= :from::int AND e.at < :until::int;

-- name: report_organisations_new :rows report_row
SELECT CAST(0 AS INTEGER) AS "office!", kind AS code, CAST(0 AS INTEGER) AS "bits!",
       COUNT(*) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM organisation
 WHERE city_id = :city AND awaited = 0 AND merged_into IS NULL
   AND created_at >= :from::int AND created_at < :until::int
 GROUP BY kind;

-- name: report_organisations_served :rows report_row
-- Those to which somebody was put in touch.
SELECT CAST(0 AS INTEGER) AS "office!", CAST('' AS TEXT) AS "code!", CAST(0 AS INTEGER) AS "bits!",
       COUNT(DISTINCT o.organisation_id) AS "n!", CAST(0 AS INTEGER) AS "amount!"
  FROM placement p JOIN opportunity o ON o.id = p.opportunity_id AND o.city_id = p.city_id
 WHERE p.city_id = :city AND p.contact_at >= :from::int AND p.contact_at < :until::int;
