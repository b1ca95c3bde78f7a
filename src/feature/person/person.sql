-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the person records.

-- name: person_find :row person_row
-- Any record of the town, also one that waits, was merged or erased: look at state, merged_into.
SELECT p.id, p.city_id, p.state, p.office_id, o.name AS "office?", p.account_id,
       a.name AS "worker?", p.name, p.pronoun, p.gender, p.birth_year, p.age_band, p.employment,
       p.lang, p.guardian,
       p.mail, p.phone, p.channel, p.street, p.postcode, p.place, p.district, p.lat, p.lon,
       p.geo_from, p.like_fields, p.like_kinds, p.like_targets, p.rather_not_fields,
       p.rather_not_kinds, p.rather_not_targets, p.never_fields, p.never_kinds, p.never_targets,
       p.times, p.place_kinds, p.team, p.training, p.languages, p.skills, p.experience,
       p.motivation, p.certificate, p.hours_week, p.grid, p.starts_on, p.ends_on, p.mobility,
       p.reach_km, p.heard_from, p.source, p.ref, p.content_hash, p.edited_at, p.created_at,
       p.created_by, p.changed_at, p.confirmed_at, p.contact_at, p.asked_at, p.held,
       p.erased_at, p.merged_into,
       CAST(CASE WHEN EXISTS (
         SELECT 1 FROM consent c WHERE c.city_id = p.city_id AND c.subject_id = p.id
            AND c.purpose = 'person.propose' AND c.confirmed_at > 0 AND c.withdrawn_at = 0)
         THEN 1 ELSE 0 END AS INTEGER) AS agrees_propose,
       CAST(CASE WHEN EXISTS (
         SELECT 1 FROM consent c WHERE c.city_id = p.city_id AND c.subject_id = p.id
            AND c.purpose = 'person.pass_on' AND c.confirmed_at > 0 AND c.withdrawn_at = 0)
         THEN 1 ELSE 0 END AS INTEGER) AS agrees_pass_on,
       CAST(CASE WHEN EXISTS (
         SELECT 1 FROM consent c WHERE c.city_id = p.city_id AND c.subject_id = p.id
            AND c.purpose = 'person.guardian' AND c.confirmed_at > 0 AND c.withdrawn_at = 0)
         THEN 1 ELSE 0 END AS INTEGER) AS guardian_agrees
  FROM person p LEFT JOIN office o ON o.id = p.office_id AND o.city_id = p.city_id
  LEFT JOIN account a ON a.id = p.account_id
 WHERE p.city_id = :city AND p.id = :id;

-- name: person_list :rows person_card
-- The office's list, by name. `state` empty: who is there (active, resting, waiting).
SELECT p.id, p.state, p.name, p.mail, p.phone, p.channel, p.postcode, p.place, p.district,
       p.birth_year, p.age_band, p.like_fields, p.like_kinds, p.hours_week, p.grid, p.office_id,
       o.name AS "office?", p.account_id, a.name AS "worker?", p.created_at, p.changed_at,
       p.contact_at
  FROM person p LEFT JOIN office o ON o.id = p.office_id AND o.city_id = p.city_id
  LEFT JOIN account a ON a.id = p.account_id
 WHERE p.city_id = :city AND p.merged_into IS NULL
   AND ((:state::text = '' AND p.state <> 'erased') OR p.state = :state::text)
   AND (:field::int = 0 OR (p.like_fields & :field::int) <> 0)
   AND (:office::int = 0 OR p.office_id = :office::int)
   AND (:worker::int = 0 OR p.account_id = :worker::int)
   AND p.search LIKE :pattern::text ESCAPE '\'
 ORDER BY p.sort_key, p.id LIMIT :limit::int OFFSET :offset::int;

-- name: person_count :row person_count_row
SELECT COUNT(*) AS n FROM person p
 WHERE p.city_id = :city AND p.merged_into IS NULL
   AND ((:state::text = '' AND p.state <> 'erased') OR p.state = :state::text)
   AND (:field::int = 0 OR (p.like_fields & :field::int) <> 0)
   AND (:office::int = 0 OR p.office_id = :office::int)
   AND (:worker::int = 0 OR p.account_id = :worker::int)
   AND p.search LIKE :pattern::text ESCAPE '\';

-- name: person_changed :rows person_row
-- cross-city: the index of people has those of all towns
-- Who was changed since an instant, for the index of people. Giving and withdrawing a consent here
-- counts as a change; whoever is erased from the ledger itself does not: ask again before showing.
SELECT p.id, p.city_id, p.state, p.office_id, o.name AS "office?", p.account_id,
       a.name AS "worker?", p.name, p.pronoun, p.gender, p.birth_year, p.age_band, p.employment,
       p.lang, p.guardian,
       p.mail, p.phone, p.channel, p.street, p.postcode, p.place, p.district, p.lat, p.lon,
       p.geo_from, p.like_fields, p.like_kinds, p.like_targets, p.rather_not_fields,
       p.rather_not_kinds, p.rather_not_targets, p.never_fields, p.never_kinds, p.never_targets,
       p.times, p.place_kinds, p.team, p.training, p.languages, p.skills, p.experience,
       p.motivation, p.certificate, p.hours_week, p.grid, p.starts_on, p.ends_on, p.mobility,
       p.reach_km, p.heard_from, p.source, p.ref, p.content_hash, p.edited_at, p.created_at,
       p.created_by, p.changed_at, p.confirmed_at, p.contact_at, p.asked_at, p.held,
       p.erased_at, p.merged_into,
       CAST(CASE WHEN EXISTS (
         SELECT 1 FROM consent c WHERE c.city_id = p.city_id AND c.subject_id = p.id
            AND c.purpose = 'person.propose' AND c.confirmed_at > 0 AND c.withdrawn_at = 0)
         THEN 1 ELSE 0 END AS INTEGER) AS agrees_propose,
       CAST(CASE WHEN EXISTS (
         SELECT 1 FROM consent c WHERE c.city_id = p.city_id AND c.subject_id = p.id
            AND c.purpose = 'person.pass_on' AND c.confirmed_at > 0 AND c.withdrawn_at = 0)
         THEN 1 ELSE 0 END AS INTEGER) AS agrees_pass_on,
       CAST(CASE WHEN EXISTS (
         SELECT 1 FROM consent c WHERE c.city_id = p.city_id AND c.subject_id = p.id
            AND c.purpose = 'person.guardian' AND c.confirmed_at > 0 AND c.withdrawn_at = 0)
         THEN 1 ELSE 0 END AS INTEGER) AS guardian_agrees
  FROM person p LEFT JOIN office o ON o.id = p.office_id AND o.city_id = p.city_id
  LEFT JOIN account a ON a.id = p.account_id
 WHERE p.changed_at >= :since AND p.id > :behind
 ORDER BY p.id LIMIT :most;

-- name: person_consents :rows person_consent
-- What a person agreed to, the newest first, with the words as they were shown.
SELECT c.id, c.purpose, c.text_hash, t.lang, t.words, c.channel, c.given_at, c.confirmed_at,
       c.withdrawn_at
  FROM consent c JOIN consent_text t ON t.hash = c.text_hash AND t.city_id = c.city_id
 WHERE c.city_id = :city AND c.subject_id = :id
   AND c.purpose IN ('person', 'person.propose', 'person.pass_on', 'person.guardian')
 ORDER BY c.given_at DESC, c.id DESC LIMIT 200;

-- name: person_consent_now :row person_consent
-- The consent of that purpose which holds now; none: there is no such consent.
SELECT c.id, c.purpose, c.text_hash, t.lang, t.words, c.channel, c.given_at, c.confirmed_at,
       c.withdrawn_at
  FROM consent c JOIN consent_text t ON t.hash = c.text_hash AND t.city_id = c.city_id
 WHERE c.city_id = :city AND c.subject_id = :id AND c.purpose = :purpose
   AND c.confirmed_at > 0 AND c.withdrawn_at = 0
 ORDER BY c.given_at DESC, c.id DESC LIMIT 1;

-- name: person_insert :run
INSERT INTO person (id, city_id, state, office_id, account_id, name, sort_key, search, pronoun,
       gender, birth_year, age_band, employment, lang, guardian, mail, phone, channel, street,
       postcode, place, district, lat, lon, geo_from, like_fields, like_kinds, like_targets,
       rather_not_fields, rather_not_kinds, rather_not_targets, never_fields, never_kinds,
       never_targets, times, place_kinds, team, training, languages, skills, experience, motivation,
       certificate, hours_week, grid, starts_on, ends_on, mobility, reach_km, heard_from, source,
       ref, content_hash, created_at, created_by, changed_at, confirmed_at, contact_at)
VALUES (:id, :city, :state, :office?, :account, :name, :sort_key, :search, :pronoun,
       :gender, :birth_year, :age_band, :employment, :lang, :guardian, :mail, :phone, :channel,
       :street, :postcode, :place, :district, :lat?, :lon?, :geo_from, :like_fields, :like_kinds,
       :like_targets, :rather_not_fields, :rather_not_kinds, :rather_not_targets, :never_fields,
       :never_kinds, :never_targets, :times, :place_kinds, :team, :training, :languages, :skills,
       :experience, :motivation, :certificate, :hours_week, :grid, :starts_on, :ends_on, :mobility,
       :reach_km, :heard_from, :source, :ref, :content_hash, :at, :created_by, :at,
       :confirmed_at, :contact_at);

-- name: person_update :run
-- The hash is what the source said last; see opp_update.
UPDATE person
   SET name = :name, sort_key = :sort_key, search = :search, pronoun = :pronoun, gender = :gender,
       birth_year = :birth_year, age_band = :age_band, employment = :employment, lang = :lang,
       guardian = :guardian, mail = :mail, phone = :phone, channel = :channel, street = :street,
       postcode = :postcode, place = :place, district = :district, lat = :lat?, lon = :lon?,
       geo_from = :geo_from, like_fields = :like_fields, like_kinds = :like_kinds,
       like_targets = :like_targets, rather_not_fields = :rather_not_fields,
       rather_not_kinds = :rather_not_kinds, rather_not_targets = :rather_not_targets,
       never_fields = :never_fields, never_kinds = :never_kinds, never_targets = :never_targets,
       times = :times, place_kinds = :place_kinds, team = :team, training = :training,
       languages = :languages, skills = :skills, experience = :experience,
       motivation = :motivation, certificate = :certificate, hours_week = :hours_week,
       grid = :grid, starts_on = :starts_on, ends_on = :ends_on, mobility = :mobility,
       reach_km = :reach_km, heard_from = :heard_from,
       edited_at = CASE WHEN :from_source::int = 1 OR content_hash = :content_hash THEN 0
                        ELSE :at END,
       content_hash = CASE WHEN :from_source::int = 1 THEN :content_hash ELSE content_hash END,
       changed_at = :at,
       confirmed_at = CASE WHEN :from_source::int = 1 THEN confirmed_at ELSE :at END,
       contact_at = CASE WHEN :from_source::int = 1 THEN contact_at ELSE :at END,
       asked_at = CASE WHEN :from_source::int = 1 THEN asked_at ELSE 0 END
 WHERE city_id = :city AND id = :id AND state <> 'erased' AND merged_into IS NULL;

-- name: person_set_state :run
-- Only if it is still what was seen: of two who act at once one succeeds.
UPDATE person SET state = :to, changed_at = :at
 WHERE city_id = :city AND id = :id AND state = :from;

-- name: person_set_touched :run
UPDATE person SET contact_at = :at, asked_at = 0
 WHERE city_id = :city AND id = :id AND state <> 'erased';

-- name: person_set_held :run
-- Each change is a contact.
UPDATE person SET held = CASE WHEN held + :by < 0 THEN 0 ELSE held + :by END, contact_at = :at,
       asked_at = 0
 WHERE city_id = :city AND id = :id AND state <> 'erased';

-- name: person_set_changed :run
-- A consent was given or withdrawn: the index of people reads the row again.
UPDATE person SET changed_at = :at WHERE city_id = :city AND id = :id;

-- name: person_erase :run
-- What remains counts, and says nothing about anybody.
UPDATE person
   SET state = 'erased', name = '', sort_key = '', search = '', pronoun = '', birth_year = 0,
       age_band = :age_band, guardian = '', mail = '', phone = '', channel = '', street = '',
       postcode = '', place = '', district = '', lat = NULL, lon = NULL, geo_from = '',
       like_fields = 0, like_kinds = 0, like_targets = 0, rather_not_fields = 0,
       rather_not_kinds = 0, rather_not_targets = 0, never_fields = 0, never_kinds = 0,
       never_targets = 0, times = 0, place_kinds = 0, team = '', training = 0, languages = '',
       skills = '', experience = '', motivation = '', certificate = '', hours_week = 0, grid = 0,
       starts_on = '', ends_on = '', mobility = 0, reach_km = 0, ref = '', content_hash = '',
       account_id = 0, created_by = 0, held = 0, erased_at = :at, changed_at = :at
 WHERE city_id = :city AND id = :id;

-- name: person_delete :run
-- One that nobody has confirmed.
DELETE FROM person WHERE city_id = :city AND id = :id;

-- name: person_to_compare :rows person_compare_row
-- For finding whom the town knows already.
SELECT id, name, mail, phone, postcode, place, birth_year FROM person
 WHERE city_id = :city AND merged_into IS NULL AND state <> 'erased' ORDER BY id LIMIT 50000;

-- name: person_by_ref :row person_ref_row
-- Whom a list brought before, by its key there.
SELECT id, content_hash, edited_at, merged_into FROM person
 WHERE city_id = :city AND source = :source AND ref = :ref AND state <> 'erased'
 ORDER BY id LIMIT 1;

-- name: person_merged_ids :rows person_hung_row
SELECT id FROM person WHERE city_id = :city AND merged_into = :id ORDER BY id;

-- name: person_set_merged :run
UPDATE person SET merged_into = :into? WHERE city_id = :city AND id = :id;

-- name: person_set_marks :run
-- What no form has.
UPDATE person
   SET source = :source, ref = :ref, content_hash = :content_hash, edited_at = :edited_at,
       confirmed_at = :confirmed_at, contact_at = :contact_at, asked_at = :asked_at, held = :held,
       merged_into = :merged_into?, changed_at = :at
 WHERE city_id = :city AND id = :id;

-- name: person_move_merged :run
UPDATE person SET merged_into = :to? WHERE city_id = :city AND id = :id AND merged_into = :from?;

-- name: person_consent_ids :rows person_hung_row
SELECT id FROM consent
 WHERE city_id = :city AND subject_id = :person
   AND purpose IN ('person', 'person.propose', 'person.pass_on', 'person.guardian',
                   'person.hand_over', 'mentoring')
 ORDER BY id;

-- name: person_support_ids :rows person_hung_row
SELECT id FROM person_support WHERE city_id = :city AND person_id = :person ORDER BY id;

-- name: person_move_support :run
UPDATE person_support SET person_id = :to
 WHERE city_id = :city AND id = :id AND person_id = :from;

-- name: person_words_of_mail :rows person_words_row
SELECT id, name, mail, phone, place, district, postcode FROM person
 WHERE city_id = :city AND mail = :mail AND state <> 'erased';

-- name: person_set_words :run
UPDATE person SET sort_key = :sort_key, search = :search WHERE city_id = :city AND id = :id;

-- name: person_worker_forget :run
-- cross-city: nobody looks after them any more
UPDATE person SET account_id = CASE WHEN account_id = :account THEN 0 ELSE account_id END,
       created_by = CASE WHEN created_by = :account THEN 0 ELSE created_by END
 WHERE account_id = :account OR created_by = :account;

-- name: person_offices :rows person_office_row
SELECT id, name FROM office WHERE city_id = :city AND closed_at = 0 ORDER BY position, id;

-- name: person_workers :rows person_worker_row
-- Who may look after people: the staff that has person_handle (web/access.h).
SELECT DISTINCT a.id, a.name FROM account a JOIN account_role r ON r.account_id = a.id
 WHERE r.city_id = :city AND r.role IN ('city_admin', 'office_staff', 'counsellor')
 ORDER BY a.name, a.id;

-- name: person_set_worker :run
UPDATE person SET office_id = :office?, account_id = :worker, changed_at = :at
 WHERE city_id = :city AND id = :id AND state <> 'erased' AND merged_into IS NULL;

-- ---- by link ----

-- name: person_waiting :row person_hung_row
-- Whether this address has already entered itself, and has not confirmed it.
SELECT id FROM person WHERE city_id = :city AND mail = :mail AND state = 'waiting'
 ORDER BY id LIMIT 1;

-- name: person_to_ask :rows person_asking_row
-- cross-city: one job for all towns
-- Whom nobody has heard of since an instant, whom nothing holds, and who has not been asked yet.
SELECT id, city_id FROM person
 WHERE state IN ('active', 'resting') AND merged_into IS NULL AND held = 0 AND asked_at = 0
   AND mail <> '' AND contact_at <= :before AND id > :behind
 ORDER BY id LIMIT :most;

-- name: person_set_asked :run
-- One caller gets a 1 back.
UPDATE person SET asked_at = :at
 WHERE city_id = :city AND id = :id AND state IN ('active', 'resting') AND merged_into IS NULL
   AND held = 0 AND asked_at = 0 AND mail <> '' AND contact_at <= :before;

-- ---- support needs ----

-- name: person_support_get :row person_support_row
SELECT id, needs, changed_at FROM person_support WHERE city_id = :city AND person_id = :person;

-- name: person_support_put :run
INSERT INTO person_support (id, city_id, person_id, needs, changed_at)
VALUES (:id, :city, :person, :needs, :at)
    ON CONFLICT (city_id, person_id) DO UPDATE SET needs = :needs, changed_at = :at;

-- name: person_support_delete :run
DELETE FROM person_support WHERE city_id = :city AND person_id = :person;

-- ---- lists that the office brings ----

-- name: person_file_insert :run
INSERT INTO person_file (id, city_id, account_id, name, state, bytes, size, created_at)
VALUES (:id, :city, :account, :name, 'columns', :bytes, :size, :at);

-- name: person_file_get :row person_file_row
SELECT id, account_id, name, list, source, columns, assured, state, size, fresh, changed, same,
       kept, alike, left_out, failed, created_at, applied_at
  FROM person_file WHERE city_id = :city AND id = :id;

-- name: person_file_bytes :row person_file_content
SELECT bytes FROM person_file WHERE city_id = :city AND id = :id;

-- name: person_file_list :rows person_file_card
SELECT id, name, state, size, fresh, created_at, applied_at
  FROM person_file WHERE city_id = :city ORDER BY id DESC LIMIT 20;

-- name: person_file_checked :run
-- What a trial told. Nothing when somebody has taken it meanwhile.
UPDATE person_file SET state = 'checked', list = :list, source = :source, columns = :columns,
       assured = :assured, fresh = :fresh, changed = :changed, same = :same, kept = :kept,
       alike = :alike, left_out = :left_out, failed = :failed
 WHERE city_id = :city AND id = :id AND state <> 'applied';

-- name: person_file_applied :run
-- Once: of two who press at the same time one finds nothing left to do. The file itself goes.
UPDATE person_file SET state = 'applied', bytes = :nothing, fresh = :fresh, changed = :changed,
       same = :same, kept = :kept, alike = :alike, left_out = :left_out, failed = :failed,
       applied_at = :at
 WHERE city_id = :city AND id = :id AND state = 'checked';

-- name: person_file_delete :run
DELETE FROM person_file WHERE city_id = :city AND id = :id;

-- name: person_file_old :rows person_file_key
-- cross-city: one job for all towns
SELECT id, city_id FROM person_file WHERE created_at < :before ORDER BY id LIMIT 1000;

-- name: person_file_of :rows person_file_key
-- cross-city: of a member of staff who leaves
SELECT id, city_id FROM person_file WHERE account_id = :account ORDER BY id;

-- name: person_line_insert :run
INSERT INTO person_line (id, city_id, file_id, line, outcome, name, said, others)
VALUES (:id, :city, :file, :line, :outcome, :name, :said, :others);

-- name: person_lines :rows person_line_row
-- Those with this outcome, or all but those that somebody must decide about.
SELECT id, line, outcome, name, said, others, choice, person_id
  FROM person_line
 WHERE city_id = :city AND file_id = :file
   AND ((:alike::int = 1 AND outcome = 'alike') OR (:alike::int = 0 AND outcome <> 'alike'))
 ORDER BY CASE outcome WHEN 'failed' THEN 0 WHEN 'kept' THEN 1 WHEN 'left' THEN 2 ELSE 3 END, id
 LIMIT :limit::int OFFSET :offset::int;

-- name: person_line_counts :rows person_line_count
SELECT outcome, choice, COUNT(*) AS n FROM person_line
 WHERE city_id = :city AND file_id = :file GROUP BY outcome, choice ORDER BY outcome, choice;

-- name: person_choices :rows person_choice_row
SELECT line, choice, person_id FROM person_line
 WHERE city_id = :city AND file_id = :file AND choice <> '' ORDER BY id;

-- name: person_line_choose :run
UPDATE person_line SET choice = :choice, person_id = :person
 WHERE city_id = :city AND file_id = :file AND line = :line AND outcome = 'alike';

-- name: person_lines_delete :run
DELETE FROM person_line WHERE city_id = :city AND file_id = :file;

-- name: person_roster_save :run
INSERT INTO person_roster (id, city_id, name, source, columns, changed_at)
VALUES (:id, :city, :name, :source, :columns, :at)
    ON CONFLICT (city_id, source) DO UPDATE SET name = excluded.name, columns = excluded.columns,
       changed_at = excluded.changed_at;

-- name: person_roster_all :rows person_roster_row
SELECT id, name, source, columns, changed_at FROM person_roster WHERE city_id = :city
 ORDER BY changed_at DESC, id LIMIT 200;
