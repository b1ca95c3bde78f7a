-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the organisations.

-- name: org_list :rows org_card
-- The public list; empty search words match everything, as does fields = 0.
SELECT g.id, g.name, g.kind, g.purpose_md, g.purpose_simple, g.fields, g.place, g.district,
       g.verified_at
  FROM organisation g
 WHERE g.city_id = :city AND g.archived_at = 0
   AND (:fields::int = 0 OR (g.fields & :fields::int) <> 0)
   AND g.search LIKE :pattern::text ESCAPE '\'
 ORDER BY g.sort_key, g.id LIMIT :limit::int OFFSET :offset::int;

-- name: org_count :row org_count_row
SELECT COUNT(*) AS n FROM organisation g
 WHERE g.city_id = :city AND g.archived_at = 0
   AND (:fields::int = 0 OR (g.fields & :fields::int) <> 0)
   AND g.search LIKE :pattern::text ESCAPE '\';

-- name: org_get :row org_full
SELECT g.id, g.source, g.ref, g.name, g.kind, g.purpose_md, g.purpose_simple, g.fields, g.street,
       g.postcode, g.place, g.district, g.lat, g.lon, g.geo_from, g.web, g.mail, g.phone,
       g.umbrella_id, u.name AS "umbrella?", g.access, g.verified_at, g.created_at, g.changed_at,
       g.archived_at, g.reviewed_at
  FROM organisation g LEFT JOIN organisation u ON u.id = g.umbrella_id AND u.city_id = g.city_id
 WHERE g.city_id = :city AND g.id = :id;

-- name: org_members :rows org_card
-- The members of an umbrella.
SELECT g.id, g.name, g.kind, g.purpose_md, g.purpose_simple, g.fields, g.place, g.district,
       g.verified_at
  FROM organisation g
 WHERE g.city_id = :city AND g.umbrella_id = :umbrella AND g.archived_at = 0
 ORDER BY g.sort_key, g.id LIMIT 200;

-- name: org_office_list :rows org_office_row
SELECT g.id, g.name, g.kind, g.place, g.verified_at, g.changed_at, g.archived_at
  FROM organisation g
 WHERE g.city_id = :city AND g.search LIKE :pattern::text ESCAPE '\'
 ORDER BY g.sort_key, g.id LIMIT :limit::int OFFSET :offset::int;

-- name: org_export :each org_full
SELECT g.id, g.source, g.ref, g.name, g.kind, g.purpose_md, g.purpose_simple, g.fields, g.street,
       g.postcode, g.place, g.district, g.lat, g.lon, g.geo_from, g.web, g.mail, g.phone,
       g.umbrella_id, u.name AS "umbrella?", g.access, g.verified_at, g.created_at, g.changed_at,
       g.archived_at, g.reviewed_at
  FROM organisation g LEFT JOIN organisation u ON u.id = g.umbrella_id AND u.city_id = g.city_id
 WHERE g.city_id = :city AND g.search LIKE :pattern::text ESCAPE '\'
 ORDER BY g.sort_key, g.id;

-- name: org_keys :rows org_key
-- Under which keys the organisations of a town are known, and whose members they are.
SELECT id, source, ref, umbrella_id FROM organisation WHERE city_id = :city ORDER BY id;

-- name: org_own :row org_ref_row
-- One that was entered here and has no key but its id.
SELECT id, content_hash, edited_at, changed_at, merged_into FROM organisation
 WHERE city_id = :city AND id = :id AND ref = '';

-- name: org_by_ref :row org_ref_row
SELECT id, content_hash, edited_at, changed_at, merged_into FROM organisation
 WHERE city_id = :city AND source = :source AND ref = :ref AND ref <> '';

-- name: org_by_name :row org_name
-- The organisation with this sort key, for imports that know no more than a name.
SELECT id, name, merged_into FROM organisation WHERE city_id = :city AND sort_key = :sort_key
 ORDER BY CASE WHEN merged_into IS NULL THEN 0 ELSE 1 END, id LIMIT 1;

-- name: org_insert :run
INSERT INTO organisation (id, city_id, source, ref, name, sort_key, search, kind, purpose_md,
       purpose_simple, fields, street, postcode, place, district, lat, lon, geo_from, web, mail,
       phone, umbrella_id, access, verified_at, archived_at, content_hash, created_at,
       changed_at, awaited, reviewed_at)
VALUES (:id, :city, :source, :ref, :name, :sort_key, :search, :kind, :purpose_md, :purpose_simple,
       :fields, :street, :postcode, :place, :district, :lat?, :lon?, :geo_from, :web, :mail,
       :phone, :umbrella?, :access, :verified_at, :archived_at, :content_hash, :created_at,
       :changed_at, :awaited, :changed_at);

-- name: org_update :run
-- The hash is what the source said last; see opp_update.
UPDATE organisation
   SET name = :name, sort_key = :sort_key, search = :search, kind = :kind,
       purpose_md = :purpose_md, purpose_simple = :purpose_simple, fields = :fields,
       street = :street, postcode = :postcode, place = :place, district = :district, lat = :lat?,
       lon = :lon?, geo_from = :geo_from, web = :web, mail = :mail, phone = :phone,
       umbrella_id = :umbrella?, access = :access,
       edited_at = CASE WHEN :from_source::int = 1 OR content_hash = :content_hash THEN 0
                        ELSE :changed_at END,
       content_hash = CASE WHEN :from_source::int = 1 THEN :content_hash ELSE content_hash END,
       reviewed_at = CASE WHEN :from_source::int = 1 THEN reviewed_at ELSE :changed_at END,
       asked = CASE WHEN :from_source::int = 1 THEN asked ELSE 0 END,
       changed_at = :changed_at
 WHERE city_id = :city AND id = :id;

-- name: org_reviewed :run
-- Somebody says that the page is right.
UPDATE organisation SET reviewed_at = :at, asked = 0, changed_at = :at
 WHERE city_id = :city AND id = :id AND archived_at = 0;

-- name: org_asked :run
-- The next stage: one caller gets a 1 back.
UPDATE organisation SET asked = :stage, asked_at = :at
 WHERE city_id = :city AND id = :id AND asked < :stage;

-- name: org_to_review :rows org_to_review_id
-- cross-city: one job for all towns
-- Whom nobody has confirmed for a year, or who has not answered for a month.
SELECT id, city_id FROM organisation
 WHERE archived_at = 0 AND reviewed_at < :year AND asked < 3 AND id > :behind
   AND (asked = 0 OR asked_at < :month)
 ORDER BY id LIMIT 100;

-- name: org_to_review_one :row org_to_review_row
SELECT id, city_id, name, mail, reviewed_at, asked, asked_at FROM organisation
 WHERE city_id = :city AND id = :id AND archived_at = 0 AND reviewed_at < :year AND asked < 3
   AND (asked = 0 OR asked_at < :month);

-- name: org_verify :run
UPDATE organisation SET verified_at = :at, changed_at = :now WHERE city_id = :city AND id = :id;

-- name: org_archive :run
-- What the office takes out of the archive, or puts there, it has seen.
UPDATE organisation SET archived_at = :at, awaited = 0, changed_at = :now
 WHERE city_id = :city AND id = :id;

-- name: org_admit :run
-- One that was hidden because the office had not seen it yet.
UPDATE organisation SET archived_at = 0, awaited = 0, changed_at = :now
 WHERE city_id = :city AND id = :id AND awaited = 1;

-- name: org_erase_awaited :run
-- Nobody has sent the offer with which it came.
DELETE FROM organisation
 WHERE city_id = :city AND id = :id AND awaited = 1 AND merged_into IS NULL
   AND NOT EXISTS (SELECT 1 FROM organisation m
                    WHERE m.city_id = :city AND m.merged_into = organisation.id)
   AND NOT EXISTS (SELECT 1 FROM opportunity o
                    WHERE o.city_id = :city AND o.organisation_id = :id);

-- name: org_standing :row org_standing_row
SELECT trust, awaited FROM organisation WHERE city_id = :city AND id = :id;

-- name: org_set_trust :run
UPDATE organisation SET trust = :trust, changed_at = :now WHERE city_id = :city AND id = :id;

-- name: org_names :rows org_alike_row
-- For finding one that is called nearly the same.
SELECT id, name, awaited FROM organisation
 WHERE city_id = :city AND (archived_at = 0 OR awaited = 1) ORDER BY sort_key, id LIMIT 20000;

-- name: org_knows :row org_knows_row
-- Whether an address belongs to the organisation: it is its own, that of one of its people, or the
-- contact of an offer that was released.
SELECT g.id FROM organisation g
 WHERE g.city_id = :city AND g.id = :id
   AND (g.mail = :mail
        OR EXISTS (SELECT 1 FROM opportunity o
                    WHERE o.city_id = :city AND o.organisation_id = g.id AND o.published_at > 0
                      AND o.contact_mail = :mail)
        OR EXISTS (SELECT 1 FROM account_role r JOIN account a ON a.id = r.account_id
                    WHERE r.city_id = :city AND r.scope_id = g.id AND a.mail = :mail
                      AND r.role IN ('organisation_manager', 'organisation_member')));

-- name: org_contact_forget :run
-- An import must not bring back what was erased: from now on this is edited here.
UPDATE organisation SET mail = '', phone = '',
       edited_at = CASE WHEN source <> '' THEN :at::int ELSE edited_at END
 WHERE city_id = :city AND id = :id;

-- name: org_people :rows org_person
-- Who acts for an organisation.
SELECT r.id, a.id AS account_id, a.name, a.mail, r.role, r.granted_at
  FROM account_role r JOIN account a ON a.id = r.account_id
 WHERE r.city_id = :city AND r.scope_id = :organisation
   AND r.role IN ('organisation_manager', 'organisation_member')
 ORDER BY a.name, r.id LIMIT 200;

-- name: org_invite_insert :run
INSERT INTO organisation_invite (id, city_id, organisation_id, mail, role, created_at)
VALUES (:id, :city, :organisation, :mail, :role, :at);

-- name: org_invites :rows org_invite_row
SELECT id, organisation_id, mail, role, created_at FROM organisation_invite
 WHERE city_id = :city AND organisation_id = :organisation ORDER BY created_at, id LIMIT 50;

-- name: org_invite_get :row org_invite_row
SELECT id, organisation_id, mail, role, created_at FROM organisation_invite
 WHERE city_id = :city AND id = :id;

-- name: org_invite_delete :run
DELETE FROM organisation_invite
 WHERE city_id = :city AND organisation_id = :organisation AND id = :id;

-- name: org_merged :row org_merged_row
-- Into which one this was merged.
SELECT merged_into FROM organisation
 WHERE city_id = :city AND id = :id AND merged_into IS NOT NULL;

-- name: org_marks :row org_marks_row
-- What no form has.
SELECT source, ref, content_hash, edited_at, reviewed_at, asked, archived_at, awaited, verified_at,
       created_at, merged_into
  FROM organisation WHERE city_id = :city AND id = :id;

-- name: org_set_marks :run
UPDATE organisation
   SET source = :source, ref = :ref, content_hash = :content_hash, edited_at = :edited_at,
       reviewed_at = :reviewed_at, asked = :asked, archived_at = :archived_at, awaited = :awaited,
       merged_into = :merged_into?
 WHERE city_id = :city AND id = :id;

-- name: org_to_compare :rows org_compare_row
-- For finding what was entered twice.
SELECT id, source, ref, name, street, postcode, web, mail, phone, umbrella_id FROM organisation
 WHERE city_id = :city AND merged_into IS NULL AND (archived_at = 0 OR awaited = 1)
 ORDER BY id LIMIT 20000;

-- name: org_member_ids :rows org_hung_row
SELECT id FROM organisation WHERE city_id = :city AND umbrella_id = :organisation ORDER BY id;

-- name: org_move_member :run
UPDATE organisation SET umbrella_id = :to
 WHERE city_id = :city AND id = :id AND umbrella_id = :from;

-- name: org_merged_ids :rows org_hung_row
SELECT id FROM organisation WHERE city_id = :city AND merged_into = :organisation ORDER BY id;

-- name: org_move_merged :run
UPDATE organisation SET merged_into = :to
 WHERE city_id = :city AND id = :id AND merged_into = :from;

-- name: org_invite_ids :rows org_hung_row
SELECT id FROM organisation_invite
 WHERE city_id = :city AND organisation_id = :organisation ORDER BY id;

-- name: org_move_invite :run
UPDATE organisation_invite SET organisation_id = :to
 WHERE city_id = :city AND id = :id AND organisation_id = :from;
