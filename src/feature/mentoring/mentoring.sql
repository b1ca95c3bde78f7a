-- SPDX-License-Identifier: EUPL-1.2
-- Statements of mentoring.

-- ---- programmes ----

-- name: mentoring_programme_get :row mentoring_programme_row
SELECT p.id, p.office_id, o.name AS "office?", p.state, p.title, p.aim, p.audience, p.mentor_word,
       p.mentee_word, p.minors, p.topics, p.rhythm, p.months, p.starts_on, p.ends_on, p.questions
  FROM mentoring_programme p LEFT JOIN office o ON o.id = p.office_id AND o.city_id = p.city_id
 WHERE p.city_id = :city AND p.id = :id;

-- name: mentoring_programmes :rows mentoring_programme_card
-- The office's programmes with how many take part; what is closed comes last.
SELECT p.id, p.state, p.title, p.audience, p.minors, o.name AS "office?",
       (SELECT COUNT(*) FROM mentoring_profile m WHERE m.programme_id = p.id
          AND m.city_id = p.city_id AND m.side = 'mentor' AND m.closed_at = 0) AS mentors,
       (SELECT COUNT(*) FROM mentoring_profile m WHERE m.programme_id = p.id
          AND m.city_id = p.city_id AND m.side = 'mentee' AND m.closed_at = 0) AS mentees,
       (SELECT COUNT(*) FROM mentoring_pair x WHERE x.programme_id = p.id
          AND x.city_id = p.city_id AND x.state = 'running') AS running,
       (SELECT COUNT(*) FROM mentoring_profile m WHERE m.programme_id = p.id
          AND m.city_id = p.city_id AND m.side = 'mentee' AND m.state = 'open'
          AND NOT EXISTS (SELECT 1 FROM mentoring_pair x WHERE x.mentee_id = m.id
                             AND x.city_id = p.city_id AND x.closed_at = 0)) AS waiting
  FROM mentoring_programme p LEFT JOIN office o ON o.id = p.office_id AND o.city_id = p.city_id
 WHERE p.city_id = :city
 ORDER BY CASE WHEN p.state = 'open' THEN 0 ELSE 1 END, p.title, p.id LIMIT 200;

-- name: mentoring_programme_insert :run
INSERT INTO mentoring_programme (id, city_id, office_id, state, title, aim, audience, mentor_word,
       mentee_word, minors, topics, rhythm, months, starts_on, ends_on, questions, created_at,
       changed_at)
VALUES (:id, :city, :office?, 'open', :title, :aim, :audience, :mentor_word, :mentee_word, :minors,
       :topics, :rhythm, :months, :starts_on, :ends_on, :questions, :at, :at);

-- name: mentoring_programme_update :run
UPDATE mentoring_programme
   SET office_id = :office?, title = :title, aim = :aim, audience = :audience,
       mentor_word = :mentor_word, mentee_word = :mentee_word, minors = :minors, topics = :topics,
       rhythm = :rhythm, months = :months, starts_on = :starts_on, ends_on = :ends_on,
       questions = :questions, changed_at = :at
 WHERE city_id = :city AND id = :id;

-- name: mentoring_programme_set_state :run
UPDATE mentoring_programme SET state = :to, changed_at = :at
 WHERE city_id = :city AND id = :id AND state = :from;

-- ---- profiles ----

-- name: mentoring_profile_get :row mentoring_profile_row
-- One with its person and programme; an erased person has no name.
SELECT m.id, m.programme_id, m.person_id, m.side, m.state, m.topics, m.languages, m.grid,
       m.wish_gender, m.wish, m.answers, m.note, m.room, m.closed_at, m.erased_at, p.title,
       p.mentor_word, p.mentee_word, p.minors, p.questions, p.state AS programme_state,
       q.name, q.mail, q.phone, q.lang, q.gender, q.birth_year, q.age_band, q.guardian, q.district,
       q.lat, q.lon, q.state AS person_state,
       (SELECT COUNT(*) FROM mentoring_pair x WHERE x.city_id = m.city_id AND x.closed_at = 0
          AND (x.mentor_id = m.id OR x.mentee_id = m.id)) AS pairs
  FROM mentoring_profile m JOIN mentoring_programme p ON p.id = m.programme_id
   AND p.city_id = m.city_id
  JOIN person q ON q.id = m.person_id AND q.city_id = m.city_id
 WHERE m.city_id = :city AND m.id = :id;

-- name: mentoring_profiles :rows mentoring_profile_row
-- All of a programme that are not closed, by name.
SELECT m.id, m.programme_id, m.person_id, m.side, m.state, m.topics, m.languages, m.grid,
       m.wish_gender, m.wish, m.answers, m.note, m.room, m.closed_at, m.erased_at, p.title,
       p.mentor_word, p.mentee_word, p.minors, p.questions, p.state AS programme_state,
       q.name, q.mail, q.phone, q.lang, q.gender, q.birth_year, q.age_band, q.guardian, q.district,
       q.lat, q.lon, q.state AS person_state,
       (SELECT COUNT(*) FROM mentoring_pair x WHERE x.city_id = m.city_id AND x.closed_at = 0
          AND (x.mentor_id = m.id OR x.mentee_id = m.id)) AS pairs
  FROM mentoring_profile m JOIN mentoring_programme p ON p.id = m.programme_id
   AND p.city_id = m.city_id
  JOIN person q ON q.id = m.person_id AND q.city_id = m.city_id
 WHERE m.city_id = :city AND m.programme_id = :programme AND m.closed_at = 0
 ORDER BY m.side, q.sort_key, m.id LIMIT 1000;

-- name: mentoring_profile_open :row mentoring_id
-- The one of a person on a side of a programme that is not closed.
SELECT id FROM mentoring_profile
 WHERE city_id = :city AND programme_id = :programme AND person_id = :person AND side = :side
   AND closed_at = 0;

-- name: mentoring_profile_insert :run
INSERT INTO mentoring_profile (id, city_id, programme_id, person_id, side, state, topics, languages,
       grid, wish_gender, wish, answers, note, room, created_at, changed_at)
VALUES (:id, :city, :programme, :person, :side, 'open', :topics, :languages, :grid, :wish_gender,
       :wish, :answers, :note, :room, :at, :at);

-- name: mentoring_profile_update :run
UPDATE mentoring_profile
   SET topics = :topics, languages = :languages, grid = :grid, wish_gender = :wish_gender,
       wish = :wish, answers = :answers, room = :room, changed_at = :at
 WHERE city_id = :city AND id = :id AND closed_at = 0;

-- name: mentoring_profile_set_note :run
UPDATE mentoring_profile SET note = :note, changed_at = :at WHERE city_id = :city AND id = :id;

-- name: mentoring_profile_set_state :run
UPDATE mentoring_profile
   SET state = :to, changed_at = :at,
       closed_at = CASE WHEN :to::text = 'closed' THEN :at::int ELSE 0 END
 WHERE city_id = :city AND id = :id AND state = :from;

-- name: mentoring_profile_forget :run
UPDATE mentoring_profile
   SET wish = '', answers = '', note = :note, languages = 0, topics = 0, grid = 0, wish_gender = '',
       erased_at = :at, state = 'closed',
       closed_at = CASE WHEN closed_at > 0 THEN closed_at ELSE :at::int END
 WHERE city_id = :city AND id = :id;

-- name: mentoring_people :rows mentoring_person
-- Who can take part on a side of a programme, and does not yet.
SELECT q.id, q.name, q.district FROM person q
 WHERE q.city_id = :city AND q.state IN ('active', 'resting') AND q.merged_into IS NULL
   AND q.search LIKE :pattern ESCAPE '\'
   AND NOT EXISTS (SELECT 1 FROM mentoring_profile m WHERE m.person_id = q.id
          AND m.city_id = q.city_id AND m.programme_id = :programme AND m.side = :side
          AND m.closed_at = 0)
 ORDER BY q.sort_key, q.id LIMIT 30;

-- name: mentoring_of_person :rows mentoring_id
-- The profiles of a person that are not closed.
SELECT id FROM mentoring_profile
 WHERE city_id = :city AND person_id = :person AND closed_at = 0 ORDER BY id;

-- ---- pairs ----

-- name: mentoring_pair_get :row mentoring_pair_row
-- One with both people. An erased person has no name and no address.
SELECT x.id, x.programme_id, x.mentor_id, x.mentee_id, x.mentor_person_id, x.mentee_person_id,
       x.state, x.fits, x.misses, x.asked_at, x.reminded_at, x.mentor_yes_at, x.mentee_yes_at,
       x.mentor_said, x.mentee_said, x.started_on, x.ends_on, x.checks, x.checked_at, x.meetings,
       x.minutes, x.closed_at, x.ended_on, x.reason, x.created_at, x.changed_at, x.erased_at,
       p.title, p.aim, p.mentor_word, p.mentee_word, p.minors, p.rhythm, p.months,
       p.state AS programme_state,
       a.name AS mentor, a.mail AS mentor_mail, a.phone AS mentor_phone, a.lang AS mentor_lang,
       b.name AS mentee, b.mail AS mentee_mail, b.phone AS mentee_phone, b.lang AS mentee_lang,
       b.guardian AS mentee_guardian, b.birth_year AS mentee_birth_year,
       b.age_band AS mentee_age_band
  FROM mentoring_pair x JOIN mentoring_programme p ON p.id = x.programme_id
   AND p.city_id = x.city_id
  JOIN person a ON a.id = x.mentor_person_id AND a.city_id = x.city_id
  JOIN person b ON b.id = x.mentee_person_id AND b.city_id = x.city_id
 WHERE x.city_id = :city AND x.id = :id;

-- name: mentoring_pairs :rows mentoring_pair_card
-- The office's list, what is due first. `state` empty: what is not over; 'all': everything.
SELECT x.id, x.programme_id, p.title, x.state, a.name AS mentor, b.name AS mentee, x.started_on,
       x.meetings, x.minutes, x.ended_on, x.reason, x.created_at, x.closed_at,
       d.due_on AS "due_on?"
  FROM mentoring_pair x JOIN mentoring_programme p ON p.id = x.programme_id
   AND p.city_id = x.city_id
  JOIN person a ON a.id = x.mentor_person_id AND a.city_id = x.city_id
  JOIN person b ON b.id = x.mentee_person_id AND b.city_id = x.city_id
  LEFT JOIN procedure_due d ON d.city_id = x.city_id AND d.kind = 'mentoring_pair'
   AND d.subject_id = x.id
 WHERE x.city_id = :city AND x.erased_at = 0
   AND ((:state::text = '' AND x.closed_at = 0) OR :state::text = 'all' OR x.state = :state::text)
   AND (:programme::int = 0 OR x.programme_id = :programme::int)
   AND (a.search LIKE :pattern::text ESCAPE '\' OR b.search LIKE :pattern::text ESCAPE '\')
 ORDER BY d.due_on NULLS LAST, x.changed_at DESC, x.id LIMIT 2000;

-- name: mentoring_pairs_of :rows mentoring_pair_of
-- Those of a profile, the newest first.
SELECT x.id, x.state, x.closed_at, x.changed_at, a.name AS mentor, b.name AS mentee
  FROM mentoring_pair x JOIN person a ON a.id = x.mentor_person_id AND a.city_id = x.city_id
  JOIN person b ON b.id = x.mentee_person_id AND b.city_id = x.city_id
 WHERE x.city_id = :city AND (x.mentor_id = :profile OR x.mentee_id = :profile)
   AND x.erased_at = 0
 ORDER BY x.created_at DESC, x.id DESC LIMIT 100;

-- name: mentoring_tried :rows mentoring_id_pair
-- Who was proposed to whom in a programme, whatever came of it: nobody is proposed twice.
SELECT mentor_id, mentee_id FROM mentoring_pair
 WHERE city_id = :city AND programme_id = :programme ORDER BY id LIMIT 20000;

-- name: mentoring_pair_insert :run
INSERT INTO mentoring_pair (id, city_id, programme_id, mentor_id, mentee_id, mentor_person_id,
       mentee_person_id, state, fits, misses, created_at, changed_at)
VALUES (:id, :city, :programme, :mentor, :mentee, :mentor_person, :mentee_person, 'proposed', :fits,
       :misses, :at, :at);

-- name: mentoring_pair_set_state :run
-- Only if it is still what was seen: of two who act at once one succeeds.
UPDATE mentoring_pair SET state = :to, changed_at = :at
 WHERE city_id = :city AND id = :id AND state = :from;

-- name: mentoring_pair_set_asked :run
UPDATE mentoring_pair SET asked_at = :at WHERE city_id = :city AND id = :id;

-- name: mentoring_pair_set_reminded :run
UPDATE mentoring_pair SET reminded_at = :at WHERE city_id = :city AND id = :id;

-- name: mentoring_pair_set_mentor_yes :run
UPDATE mentoring_pair SET mentor_yes_at = :at, mentor_said = :said
 WHERE city_id = :city AND id = :id;

-- name: mentoring_pair_set_mentee_yes :run
UPDATE mentoring_pair SET mentee_yes_at = :at, mentee_said = :said
 WHERE city_id = :city AND id = :id;

-- name: mentoring_pair_set_started :run
UPDATE mentoring_pair SET started_on = :day, ends_on = :until WHERE city_id = :city AND id = :id;

-- name: mentoring_pair_set_checked :run
UPDATE mentoring_pair SET checks = checks + 1, checked_at = :at WHERE city_id = :city AND id = :id;

-- name: mentoring_pair_set_met :run
UPDATE mentoring_pair SET meetings = meetings + 1, minutes = minutes + :minutes
 WHERE city_id = :city AND id = :id;

-- name: mentoring_pair_set_closed :run
UPDATE mentoring_pair SET closed_at = :at, ended_on = :ended_on, reason = :reason
 WHERE city_id = :city AND id = :id AND closed_at = 0;

-- name: mentoring_pair_forget :run
-- States, days and codes stay for the figures.
UPDATE mentoring_pair
   SET fits = '', misses = '', mentor_said = '', mentee_said = '', erased_at = :at
 WHERE city_id = :city AND id = :id;

-- name: mentoring_pairs_of_person :rows mentoring_pair_open
-- All of a person, on either side.
SELECT id, state, closed_at FROM mentoring_pair
 WHERE city_id = :city AND (mentor_person_id = :person OR mentee_person_id = :person) ORDER BY id;

-- ---- meetings and answers ----

-- name: mentoring_meeting_insert :run
INSERT INTO mentoring_meeting (id, city_id, pair_id, person_id, side, day, minutes, sentence,
       created_at)
VALUES (:id, :city, :pair, :person, :side, :day, :minutes, :sentence, :at);

-- name: mentoring_meetings :rows mentoring_meeting_row
SELECT id, side, day, minutes, sentence FROM mentoring_meeting
 WHERE city_id = :city AND pair_id = :pair ORDER BY day DESC, id DESC LIMIT 500;

-- name: mentoring_answer_insert :run
INSERT INTO mentoring_answer (id, city_id, pair_id, person_id, side, occasion, going, sentence,
       call, at)
VALUES (:id, :city, :pair, :person, :side, :occasion, :going, :sentence, :call, :at);

-- name: mentoring_answers :rows mentoring_answer_row
SELECT id, side, occasion, going, sentence, call, at FROM mentoring_answer
 WHERE city_id = :city AND pair_id = :pair ORDER BY at DESC, id DESC LIMIT 50;

-- name: mentoring_meetings_delete :run
DELETE FROM mentoring_meeting WHERE city_id = :city AND pair_id = :pair;

-- name: mentoring_answers_delete :run
DELETE FROM mentoring_answer WHERE city_id = :city AND pair_id = :pair;

-- ---- the night ----

-- name: mentoring_unanswered :rows mentoring_swept
-- cross-city: one job for all towns
-- Asked before an instant, and somebody has not answered nor been reminded.
SELECT id, city_id FROM mentoring_pair
 WHERE state IN ('asked', 'half') AND reminded_at = 0 AND asked_at <= :before AND id > :behind
 ORDER BY id LIMIT :most;

-- name: mentoring_unchecked :rows mentoring_swept
-- cross-city: one job for all towns
-- Running since a day, and fewer check-ins were sent than belong to it.
SELECT id, city_id FROM mentoring_pair
 WHERE state = 'running' AND checks < :checks AND started_on <= :since AND id > :behind
 ORDER BY id LIMIT :most;

-- ---- figures ----

-- name: mentoring_started_between :row mentoring_figure
-- Pairs that began in a period, and how many people they brought together.
SELECT COUNT(*) AS pairs, COUNT(DISTINCT mentor_person_id) AS mentors,
       COUNT(DISTINCT mentee_person_id) AS mentees
  FROM mentoring_pair WHERE city_id = :city AND started_on >= :from AND started_on <= :to;

-- name: mentoring_started_by_month :rows mentoring_month
-- By month ("2026-11") of a period.
SELECT CAST(SUBSTR(started_on, 1, 7) AS TEXT) AS month, COUNT(*) AS n FROM mentoring_pair
 WHERE city_id = :city AND started_on >= :from AND started_on <= :to
 GROUP BY SUBSTR(started_on, 1, 7) ORDER BY SUBSTR(started_on, 1, 7);

-- name: mentoring_ended_by_month :rows mentoring_month
SELECT CAST(SUBSTR(ended_on, 1, 7) AS TEXT) AS month, COUNT(*) AS n FROM mentoring_pair
 WHERE city_id = :city AND started_on <> '' AND ended_on >= :from AND ended_on <= :to
 GROUP BY SUBSTR(ended_on, 1, 7) ORDER BY SUBSTR(ended_on, 1, 7);

-- name: mentoring_ended_by_reason :rows mentoring_reason
SELECT reason, COUNT(*) AS n FROM mentoring_pair
 WHERE city_id = :city AND started_on <> '' AND ended_on >= :from AND ended_on <= :to
 GROUP BY reason ORDER BY reason;

-- name: mentoring_running_on :row mentoring_count
-- Pairs that ran on a day.
SELECT COUNT(*) AS n FROM mentoring_pair
 WHERE city_id = :city AND started_on <> '' AND started_on <= :day
   AND (closed_at = 0 OR ended_on > :day);

-- ---- merging ----

-- name: mentoring_profile_ids :rows mentoring_id
SELECT id FROM mentoring_profile WHERE city_id = :city AND person_id = :person ORDER BY id;

-- name: mentoring_profile_move :run
-- To the record into which the other one was merged, and back; unless it takes part there.
UPDATE mentoring_profile SET person_id = :to
 WHERE city_id = :city AND id = :id AND person_id = :from
   AND (closed_at > 0 OR NOT EXISTS (SELECT 1 FROM mentoring_profile x
         WHERE x.city_id = :city AND x.person_id = :to AND x.side = mentoring_profile.side
           AND x.programme_id = mentoring_profile.programme_id AND x.closed_at = 0));

-- name: mentoring_mentor_ids :rows mentoring_id
SELECT id FROM mentoring_pair WHERE city_id = :city AND mentor_person_id = :person ORDER BY id;

-- name: mentoring_mentor_move :run
UPDATE mentoring_pair SET mentor_person_id = :to
 WHERE city_id = :city AND id = :id AND mentor_person_id = :from;

-- name: mentoring_mentee_ids :rows mentoring_id
SELECT id FROM mentoring_pair WHERE city_id = :city AND mentee_person_id = :person ORDER BY id;

-- name: mentoring_mentee_move :run
UPDATE mentoring_pair SET mentee_person_id = :to
 WHERE city_id = :city AND id = :id AND mentee_person_id = :from;

-- name: mentoring_meeting_ids :rows mentoring_id
SELECT id FROM mentoring_meeting WHERE city_id = :city AND person_id = :person ORDER BY id;

-- name: mentoring_meeting_move :run
UPDATE mentoring_meeting SET person_id = :to
 WHERE city_id = :city AND id = :id AND person_id = :from;

-- name: mentoring_answer_ids :rows mentoring_id
SELECT id FROM mentoring_answer WHERE city_id = :city AND person_id = :person ORDER BY id;

-- name: mentoring_answer_move :run
UPDATE mentoring_answer SET person_id = :to
 WHERE city_id = :city AND id = :id AND person_id = :from;
