-- SPDX-License-Identifier: EUPL-1.2
-- Statements of a town's own pages: offices, legal pages, reports of barriers.

-- name: office_list :rows office_row
SELECT id, ref, name, short_name, kind, about, about_simple, about_en, topics, mail, phone
  FROM office WHERE city_id = :city AND closed_at = 0 ORDER BY position, id;

-- name: office_all :rows office_all_row
-- For the office: those that have closed, too, behind the others.
SELECT o.id, o.name, o.kind, o.mail, o.phone, o.closed_at,
       (SELECT COUNT(*) FROM office_place p WHERE p.office_id = o.id AND p.city_id = o.city_id)
           AS places
  FROM office o WHERE o.city_id = :city
 ORDER BY CASE WHEN o.closed_at = 0 THEN 0 ELSE 1 END, o.position, o.id;

-- name: office_get :row office_full
SELECT id, ref, position, name, short_name, kind, about, about_simple, about_en, topics, mail,
       phone, closed_at
  FROM office WHERE city_id = :city AND id = :id;

-- name: office_update :run
UPDATE office
   SET position = :position, name = :name, short_name = :short_name, kind = :kind,
       about = :about, about_simple = :about_simple, about_en = :about_en, topics = :topics,
       mail = :mail, phone = :phone
 WHERE city_id = :city AND id = :id;

-- name: office_close :run
UPDATE office SET closed_at = :at WHERE city_id = :city AND id = :id;

-- name: office_places_of :rows office_place_row
SELECT id, office_id, name, street, postcode, place, district, access, note, lat, lon, position
  FROM office_place WHERE city_id = :city AND office_id = :office ORDER BY position, id;

-- name: office_place_get :row office_place_row
SELECT id, office_id, name, street, postcode, place, district, access, note, lat, lon, position
  FROM office_place WHERE city_id = :city AND id = :id;

-- name: office_place_update :run
UPDATE office_place
   SET name = :name, street = :street, postcode = :postcode, place = :place,
       district = :district, access = :access, note = :note, lat = :lat?, lon = :lon?
 WHERE city_id = :city AND id = :id;

-- name: office_place_delete :run
DELETE FROM office_place WHERE city_id = :city AND id = :id;

-- name: office_hours_delete :run
DELETE FROM office_hours WHERE city_id = :city AND office_id = :office;

-- name: office_place_list :rows office_place_row
SELECT id, office_id, name, street, postcode, place, district, access, note, lat, lon, position
  FROM office_place WHERE city_id = :city ORDER BY office_id, position, id;

-- name: office_hours_list :rows office_hours_row
SELECT id, office_id, weekday, opens, closes, note
  FROM office_hours WHERE city_id = :city ORDER BY office_id, weekday, opens, id;

-- name: office_insert :run
INSERT INTO office (id, city_id, ref, position, name, short_name, kind, about, about_simple,
                    about_en, topics, mail, phone)
VALUES (:id, :city, :ref, :position, :name, :short_name, :kind, :about, :about_simple, :about_en,
        :topics, :mail, :phone);

-- name: office_place_insert :run
INSERT INTO office_place (id, city_id, office_id, position, name, street, postcode, place,
                          district, access, note, lat, lon)
VALUES (:id, :city, :office, :position, :name, :street, :postcode, :place, :district, :access,
        :note, :lat?, :lon?);

-- name: office_hours_insert :run
INSERT INTO office_hours (id, city_id, office_id, weekday, opens, closes, note)
VALUES (:id, :city, :office, :weekday, :opens, :closes, :note);

-- name: legal_get :row legal_row
SELECT id, body_md, changed_at FROM legal_page
 WHERE city_id = :city AND name = :name AND lang = :lang;

-- name: legal_list :rows legal_list_row
SELECT id, name, lang, changed_at FROM legal_page WHERE city_id = :city ORDER BY name, lang;

-- name: legal_delete :run
DELETE FROM legal_page WHERE city_id = :city AND name = :name AND lang = :lang;

-- name: legal_insert :run
INSERT INTO legal_page (id, city_id, name, lang, body_md, changed_at)
VALUES (:id, :city, :name, :lang, :body_md, :changed_at);

-- name: barrier_insert :run
INSERT INTO barrier_report (id, city_id, page, message, reply_to, created_at)
VALUES (:id, :city, :page, :message, :reply_to, :created_at);

-- name: barrier_list :rows barrier_row
-- Reports that wait for an answer first, oldest first; then the latest answered ones.
SELECT id, page, message, reply_to, created_at, answered_at FROM barrier_report
 WHERE city_id = :city
 ORDER BY CASE WHEN answered_at = 0 THEN 0 ELSE 1 END,
          CASE WHEN answered_at = 0 THEN created_at ELSE 0 - answered_at END, id
 LIMIT 100;

-- name: barrier_answer :run
UPDATE barrier_report SET answered_at = :at WHERE city_id = :city AND id = :id AND answered_at = 0;

