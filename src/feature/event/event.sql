-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the dates.

-- name: event_get :row event_full
SELECT e.id, e.organisation_id, g.name AS "organisation?", e.state, e.title, e.title_simple,
       e.title_en, e.summary, e.text_md, e.simple_md, e.fields, e.begins_on, e.begins_at, e.ends_on,
       e.ends_at, e.rule, e.follows_id, e.venue, e.street, e.postcode, e.place, e.district,
       e.online, e.access, e.sequence, e.expanded_to, e.created_at, e.changed_at, e.published_at
  FROM event e LEFT JOIN organisation g ON g.id = e.organisation_id AND g.city_id = e.city_id
 WHERE e.city_id = :city AND e.id = :id;

-- name: event_record :row event_record_row
SELECT id, title, state, organisation_id FROM event WHERE city_id = :city AND id = :id;

-- name: event_create :run
INSERT INTO event (id, city_id, organisation_id, state, title, title_simple, title_en, summary,
                   text_md, simple_md, fields, begins_on, begins_at, ends_on, ends_at, rule,
                   follows_id, venue, street, postcode, place, district, online, access, search,
                   created_at, changed_at, published_at)
VALUES (:id, :city, :organisation?, :state, :title, :title_simple, :title_en, :summary,
        :text_md, :simple_md, :fields, :begins_on, :begins_at, :ends_on, :ends_at, :rule,
        :follows?, :venue, :street, :postcode, :place, :district, :online, :access, :search,
        :at, :at, :published_at);

-- name: event_update :run
UPDATE event SET organisation_id = :organisation?, title = :title, title_simple = :title_simple,
       title_en = :title_en, summary = :summary, text_md = :text_md, simple_md = :simple_md,
       fields = :fields, begins_on = :begins_on, begins_at = :begins_at, ends_on = :ends_on,
       ends_at = :ends_at, rule = :rule, venue = :venue, street = :street, postcode = :postcode,
       place = :place, district = :district, online = :online, access = :access,
       search = :search, sequence = sequence + 1, changed_at = :at
 WHERE city_id = :city AND id = :id;

-- name: event_set_state :run
UPDATE event SET state = :to, sequence = sequence + 1, changed_at = :at,
       published_at = CASE WHEN :to = 'published' AND published_at = 0 THEN :at
                           ELSE published_at END
 WHERE city_id = :city AND id = :id AND state = :from;

-- name: event_set_rule :run
-- The series ends earlier.
UPDATE event SET rule = :rule, sequence = sequence + 1, changed_at = :at
 WHERE city_id = :city AND id = :id;

-- name: event_touch :run
UPDATE event SET sequence = sequence + 1, changed_at = :at WHERE city_id = :city AND id = :id;

-- ---- single dates of a series ----

-- name: event_changes :rows event_change_row
SELECT id, day, cancelled, begins_on, begins_at, ends_on, ends_at, note, changed_at
  FROM event_change WHERE city_id = :city AND event_id = :event ORDER BY day LIMIT 1000;

-- name: event_change_create :run
INSERT INTO event_change (id, city_id, event_id, day, cancelled, begins_on, begins_at, ends_on,
                          ends_at, note, changed_at)
VALUES (:id, :city, :event, :day, :cancelled, :begins_on, :begins_at, :ends_on, :ends_at, :note,
        :at);

-- name: event_change_erase :run
DELETE FROM event_change WHERE city_id = :city AND event_id = :event AND day = :day;

-- name: event_changes_erase :run
-- All of them, or those from a day on ('' is before every day).
DELETE FROM event_change WHERE city_id = :city AND event_id = :event AND day >= :from_day;

-- ---- what is on when ----

-- name: event_instances_erase :run
DELETE FROM event_instance WHERE city_id = :city AND event_id = :event;

-- name: event_instance_insert :run
INSERT INTO event_instance (id, city_id, event_id, day, begins, ends, cancelled, moved, note)
VALUES (:id, :city, :event, :day, :begins, :ends, :cancelled, :moved, :note);

-- name: event_set_expanded :run
UPDATE event SET expanded_to = :to WHERE city_id = :city AND id = :id;

-- name: event_instances :rows event_instance_row
-- The dates of one event from an instant on.
SELECT id, day, begins, ends, cancelled, moved, note FROM event_instance
 WHERE city_id = :city AND event_id = :event AND ends > :from_at::int
 ORDER BY begins, id LIMIT :limit;

-- name: event_instance_of_day :row event_instance_row
SELECT id, day, begins, ends, cancelled, moved, note FROM event_instance
 WHERE city_id = :city AND event_id = :event AND day = :day;

-- name: event_between :rows event_card
-- What is on between two instants; nothing lasts longer than from `earliest` to `from_at`.
SELECT i.id, i.event_id, i.day, i.begins, i.ends, i.cancelled, i.moved, i.note, e.state, e.title,
       e.title_simple, e.title_en, e.summary, e.fields, e.begins_at, e.rule, e.venue, e.place,
       e.district, e.online, e.access, e.organisation_id, g.name AS "organisation?"
  FROM event_instance i JOIN event e ON e.id = i.event_id AND e.city_id = i.city_id
  LEFT JOIN organisation g ON g.id = e.organisation_id AND g.city_id = e.city_id
 WHERE i.city_id = :city AND i.begins >= :earliest::int AND i.begins < :to_at::int
   AND i.ends > :from_at::int
   AND e.state IN ('published', 'cancelled')
   AND (:fields::int = 0 OR (e.fields & :fields::int) <> 0)
   AND (:district::text = '' OR e.district = :district::text)
   AND (:organisation::int = 0 OR e.organisation_id = :organisation::int)
   AND e.search LIKE :pattern::text ESCAPE '\'
 ORDER BY i.begins, i.id LIMIT :limit;

-- name: event_districts :rows event_district
-- For choosing one: districts of public dates that are still to come.
SELECT DISTINCT e.district FROM event e
  JOIN event_instance i ON i.event_id = e.id AND i.city_id = e.city_id
 WHERE e.city_id = :city AND e.state = 'published' AND e.district <> '' AND i.ends > :from_at::int
 ORDER BY e.district LIMIT 200;

-- name: event_feed :rows event_full
-- Everything public that is on from an instant on, for calendars.
SELECT e.id, e.organisation_id, g.name AS "organisation?", e.state, e.title, e.title_simple,
       e.title_en, e.summary, e.text_md, e.simple_md, e.fields, e.begins_on, e.begins_at, e.ends_on,
       e.ends_at, e.rule, e.follows_id, e.venue, e.street, e.postcode, e.place, e.district,
       e.online, e.access, e.sequence, e.expanded_to, e.created_at, e.changed_at, e.published_at
  FROM event e LEFT JOIN organisation g ON g.id = e.organisation_id AND g.city_id = e.city_id
 WHERE e.city_id = :city AND e.state IN ('published', 'cancelled')
   AND EXISTS (SELECT 1 FROM event_instance i
                WHERE i.event_id = e.id AND i.city_id = e.city_id AND i.ends > :from_at::int)
   AND (:fields::int = 0 OR (e.fields & :fields::int) <> 0)
   AND (:district::text = '' OR e.district = :district::text)
   AND (:organisation::int = 0 OR e.organisation_id = :organisation::int)
   AND e.search LIKE :pattern::text ESCAPE '\'
 ORDER BY e.begins_on, e.id LIMIT 2000;

-- ---- the office ----

-- name: event_office_list :rows event_office_row
SELECT e.id, e.title, e.state, e.begins_on, e.begins_at, e.rule, e.changed_at,
       g.name AS "organisation?"
  FROM event e LEFT JOIN organisation g ON g.id = e.organisation_id AND g.city_id = e.city_id
 WHERE e.city_id = :city AND (:state::text = '' OR e.state = :state::text)
   AND (:state::text <> '' OR e.state <> 'archived')
   AND e.search LIKE :pattern::text ESCAPE '\'
 ORDER BY CASE WHEN e.state = 'submitted' THEN 0 ELSE 1 END, e.begins_on DESC, e.id DESC
 LIMIT :limit OFFSET :offset;

-- name: event_organisations :rows event_organiser
-- For choosing one in the form.
SELECT id, name FROM organisation WHERE city_id = :city AND (archived_at = 0 OR id = :own)
 ORDER BY sort_key, id LIMIT 5000;

-- name: event_organisation_known :row event_organiser
SELECT id, name FROM organisation WHERE city_id = :city AND id = :id;

-- ---- housekeeping ----

-- name: event_unexpanded :rows event_due_row
-- cross-city: housekeeping
SELECT id, city_id FROM event WHERE id > :behind AND rule <> '' AND state <> 'archived'
   AND expanded_to < :before ORDER BY id LIMIT 200;

-- ---- merging organisations ----

-- name: event_of_organisation :rows event_hung_row
SELECT id FROM event WHERE city_id = :city AND organisation_id = :organisation ORDER BY id;

-- name: event_set_organisation :run
UPDATE event SET organisation_id = :to WHERE city_id = :city AND id = :id
   AND organisation_id = :from;
