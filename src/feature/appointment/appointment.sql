-- SPDX-License-Identifier: EUPL-1.2
-- Statements of consulting hours and appointments.

-- ---- consulting hours ----

-- name: appointment_hours_list :rows appointment_hours_row
-- Those that are held on some day from `from` to `to`, of offices that are open.
SELECT h.id, h.office_id, h.place_id, h.account_id, h.weekday, h.opens, h.closes, h.minutes,
       h.pause, h.channels, h.video, h.valid_from, h.valid_until, h.extra,
       o.name AS office, o.short_name AS office_short, p.name AS "place?", p.street AS "street?",
       a.name AS "counsellor?"
  FROM appointment_hours h
  JOIN office o ON o.id = h.office_id AND o.city_id = h.city_id
  LEFT JOIN office_place p ON p.id = h.place_id AND p.city_id = h.city_id
  LEFT JOIN account a ON a.id = h.account_id
 WHERE h.city_id = :city AND o.closed_at = 0 AND h.valid_from <= :to
   AND (h.valid_until = '' OR h.valid_until >= :from)
 ORDER BY h.weekday, h.opens, h.id;

-- name: appointment_hours_get :row appointment_hours_one
SELECT id, office_id, place_id, account_id, weekday, opens, closes, minutes, pause, channels, video,
       valid_from, valid_until, extra
  FROM appointment_hours WHERE city_id = :city AND id = :id;

-- name: appointment_offered_hour :row appointment_offered_row
-- Whether there is any consulting hour from a day on.
SELECT id FROM appointment_hours
 WHERE city_id = :city AND (valid_until = '' OR valid_until >= :from) ORDER BY id LIMIT 1;

-- name: appointment_hours_insert :run
INSERT INTO appointment_hours (id, city_id, office_id, place_id, account_id, weekday, opens, closes,
                               minutes, pause, channels, video, valid_from, valid_until, extra)
VALUES (:id, :city, :office, :place, :account, :weekday, :opens, :closes, :minutes, :pause,
        :channels, :video, :valid_from, :valid_until, :extra);

-- name: appointment_hours_update :run
UPDATE appointment_hours
   SET office_id = :office, place_id = :place, account_id = :account, weekday = :weekday,
       opens = :opens, closes = :closes, minutes = :minutes, pause = :pause, channels = :channels,
       video = :video, valid_from = :valid_from, valid_until = :valid_until, extra = :extra
 WHERE city_id = :city AND id = :id;

-- name: appointment_hours_delete :run
DELETE FROM appointment_hours WHERE city_id = :city AND id = :id;

-- name: appointment_hours_leave :run
-- cross-city: a counsellor leaves: whoever is there holds the hour from now on
UPDATE appointment_hours SET account_id = 0 WHERE account_id = :account;

-- name: appointment_closures :rows appointment_closure_row
-- From a day on, the next first.
SELECT c.id, c.office_id, c.account_id, c.from_day, c.to_day, c.reason, o.name AS "office?",
       a.name AS "counsellor?"
  FROM appointment_closure c
  LEFT JOIN office o ON o.id = c.office_id AND o.city_id = c.city_id
  LEFT JOIN account a ON a.id = c.account_id
 WHERE c.city_id = :city AND c.to_day >= :from ORDER BY c.from_day, c.id LIMIT 500;

-- name: appointment_closure_insert :run
INSERT INTO appointment_closure (id, city_id, office_id, account_id, from_day, to_day, over_at,
                                 reason)
VALUES (:id, :city, :office, :account, :from_day, :to_day, :over, :reason);

-- name: appointment_closure_delete :run
DELETE FROM appointment_closure WHERE city_id = :city AND id = :id;

-- name: appointment_closure_leave :run
-- cross-city: somebody leaves; nobody needs to know their days off
DELETE FROM appointment_closure WHERE account_id = :account;

-- name: appointment_counsellors :rows appointment_person
-- Who may hold consulting hours: the staff of the town.
SELECT DISTINCT a.id, a.name FROM account a JOIN account_role r ON r.account_id = a.id
 WHERE r.city_id = :city AND r.role IN ('city_admin', 'office_staff', 'counsellor')
 ORDER BY a.name, a.id;

-- name: appointment_roles :rows appointment_role_row
-- What somebody is in a town: whether a feed may still be read.
SELECT role FROM account_role WHERE city_id = :city AND account_id = :account ORDER BY id;

-- ---- whose time is taken ----

-- name: appointment_taken :rows appointment_taken_row
-- cross-city: a counsellor has one time, in whichever town
-- Steps that are taken, but for those of a hold that is over.
SELECT t.at FROM appointment_time t JOIN appointment a ON a.id = t.appointment_id
 WHERE (t.whose_id = :hours OR t.whose_id = :account) AND t.at >= :from AND t.at < :to
   AND (a.state <> 'held' OR a.held_until > :now)
 ORDER BY t.at;

-- name: appointment_time_free :run
-- cross-city: a counsellor has one time, in whichever town
-- Holds that are over let go of their time.
DELETE FROM appointment_time WHERE appointment_id IN
  (SELECT t.appointment_id FROM appointment_time t JOIN appointment a ON a.id = t.appointment_id
    WHERE t.whose_id = :whose AND t.at >= :from AND t.at < :to
      AND a.state = 'held' AND a.held_until <= :now);

-- name: appointment_time_take :run
-- Of two who take a step at once one gets it.
INSERT INTO appointment_time (id, city_id, appointment_id, whose_id, at)
VALUES (:id, :city, :appointment, :whose, :at) ON CONFLICT (whose_id, at) DO NOTHING;

-- name: appointment_time_drop :run
DELETE FROM appointment_time WHERE city_id = :city AND appointment_id = :appointment;

-- name: appointment_time_kept :row appointment_kept_row
-- Whether an appointment still has its time.
SELECT COUNT(*) AS steps FROM appointment_time
 WHERE city_id = :city AND appointment_id = :appointment;

-- ---- appointments ----

-- name: appointment_insert :run
INSERT INTO appointment (id, city_id, office_id, place_id, account_id, starts_at, ends_at, channel,
                         video, state, name, mail, phone, subject, lang, held_until, created_at,
                         changed_at)
VALUES (:id, :city, :office, :place, :account, :starts, :ends, :channel, :video, :state, :name,
        :mail, :phone, :subject, :lang, :held_until, :at, :at);

-- name: appointment_get :row appointment_row
SELECT b.id, b.office_id, b.place_id, b.account_id, b.starts_at, b.ends_at, b.channel, b.video,
       b.state, b.name, b.mail, b.phone, b.subject, b.lang, b.held_until, b.created_at,
       b.changed_at, b.person_id, q.name AS "person?", b.advice_id, o.name AS office,
       o.mail AS office_mail, o.phone AS office_phone,
       p.name AS "place?", p.street AS "street?", p.postcode AS "postcode?", p.place AS "town?",
       p.note AS "place_note?", a.name AS "counsellor?", a.mail AS "counsellor_mail?"
  FROM appointment b
  JOIN office o ON o.id = b.office_id AND o.city_id = b.city_id
  LEFT JOIN office_place p ON p.id = b.place_id AND p.city_id = b.city_id
  LEFT JOIN account a ON a.id = b.account_id
  LEFT JOIN person q ON q.id = b.person_id AND q.city_id = b.city_id
 WHERE b.city_id = :city AND b.id = :id;

-- name: appointment_days :rows appointment_day_row
-- What is booked from one instant to another; of one counsellor or office, unless that is 0.
SELECT b.id, b.starts_at, b.ends_at, b.channel, b.state, b.name, b.subject, b.changed_at,
       b.account_id, o.name AS office, o.short_name AS office_short, p.name AS "place?",
       p.street AS "street?", a.name AS "counsellor?"
  FROM appointment b
  JOIN office o ON o.id = b.office_id AND o.city_id = b.city_id
  LEFT JOIN office_place p ON p.id = b.place_id AND p.city_id = b.city_id
  LEFT JOIN account a ON a.id = b.account_id
 WHERE b.city_id = :city AND b.starts_at >= :from AND b.starts_at < :to
   AND (b.state <> 'held' OR b.held_until > :now)
   AND (:account = 0 OR b.account_id = :account) AND (:office = 0 OR b.office_id = :office)
 ORDER BY b.starts_at, b.id LIMIT 1000;

-- name: appointment_set_state :run
-- Only if it is still what was seen: of two who act at once one succeeds.
UPDATE appointment SET state = :to, changed_at = :at
 WHERE city_id = :city AND id = :id AND state = :from;

-- name: appointment_set_time :run
-- To another time, with what goes with it; the reminder is due anew.
UPDATE appointment
   SET office_id = :office, place_id = :place, account_id = :account, starts_at = :starts,
       ends_at = :ends, channel = :channel, video = :video, reminded_at = 0, changed_at = :at
 WHERE city_id = :city AND id = :id;

-- name: appointment_set_person :run
-- Who comes; not any more once a case has begun with it.
UPDATE appointment SET person_id = :person?, changed_at = :at
 WHERE city_id = :city AND id = :id AND advice_id IS NULL
   AND state IN ('booked', 'attended', 'missed');

-- name: appointment_set_advice :run
UPDATE appointment SET advice_id = :advice?
 WHERE city_id = :city AND id = :id AND advice_id IS NULL;

-- name: appointment_of_person :rows appointment_met_row
-- The newest first.
SELECT id, starts_at, ends_at, channel, state FROM appointment
 WHERE city_id = :city AND person_id = :person::int ORDER BY starts_at DESC, id DESC LIMIT 20;

-- name: appointment_ids_of_person :rows appointment_hung_row
SELECT id FROM appointment WHERE city_id = :city AND person_id = :person? ORDER BY id;

-- name: appointment_move_person :run
-- To the record into which the other one was merged, and back.
UPDATE appointment SET person_id = :to?
 WHERE city_id = :city AND id = :id AND person_id = :from?;

-- name: appointment_to_remind :rows appointment_remind_row
-- cross-city: one job for all towns
SELECT id, city_id FROM appointment
 WHERE state = 'booked' AND reminded_at = 0 AND mail <> '' AND starts_at > :soon
   AND starts_at <= :day AND created_at < starts_at - 86400 AND id > :behind
 ORDER BY id LIMIT 200;

-- name: appointment_reminded :run
-- Once: false for who comes second.
UPDATE appointment SET reminded_at = :at
 WHERE city_id = :city AND id = :id AND reminded_at = 0 AND state = 'booked';

-- name: appointment_delete :run
DELETE FROM appointment WHERE city_id = :city AND id = :id;

-- name: appointment_leave :run
-- cross-city: a counsellor leaves: the appointment stays the office's
UPDATE appointment SET account_id = 0 WHERE account_id = :account;

-- ---- what forms offer ----

-- name: appointment_offices :rows appointment_office_row
SELECT id, name, short_name FROM office
 WHERE city_id = :city AND closed_at = 0 ORDER BY position, id;

-- name: appointment_places :rows appointment_place_row
-- The places of open offices, those of one office together.
SELECT p.id, p.office_id, p.name, p.street, o.name AS office
  FROM office_place p JOIN office o ON o.id = p.office_id AND o.city_id = p.city_id
 WHERE p.city_id = :city AND o.closed_at = 0 ORDER BY o.position, o.id, p.position, p.id;
