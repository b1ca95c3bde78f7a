-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the opportunities.

-- name: opp_card_get :row opp_card
-- What a list shows of one offer that the public may see.
-- kept: lists show twenty of them, and most days few are written
SELECT o.id, o.organisation_id, g.name AS organisation, o.title, o.title_simple, o.title_en,
       o.summary, o.summary_en, o.fields, o.kinds, o.targets, o.suits, o.time, o.grid,
       o.place_kind, o.postcode, o.place, o.district, o.lat, o.lon, o.geo_from, o.access,
       o.training, o.starts_on, o.ends_on, o.state, o.confirmed_at, o.published_at
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE o.city_id = :city AND o.id = :id AND o.state = 'published' AND o.confirmed_at >= :fresh;

-- name: opp_of_organisation :rows opp_card
-- The public offers of one organisation, newest first.
SELECT o.id, o.organisation_id, g.name AS organisation, o.title, o.title_simple, o.title_en,
       o.summary, o.summary_en, o.fields, o.kinds, o.targets, o.suits, o.time, o.grid,
       o.place_kind, o.postcode, o.place, o.district, o.lat, o.lon, o.geo_from, o.access,
       o.training, o.starts_on, o.ends_on, o.state, o.confirmed_at, o.published_at
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE o.city_id = :city AND o.organisation_id = :organisation AND o.state = 'published'
   AND o.confirmed_at >= :fresh
 ORDER BY o.published_at DESC, o.id DESC LIMIT 200;

-- name: opp_newest :rows opp_card
-- The newest public offers of a town, for its home page and feed. "+ 0" keeps the engine from
-- collecting all that are fresh in order to sort them: the index of the newest has their order.
SELECT o.id, o.organisation_id, g.name AS organisation, o.title, o.title_simple, o.title_en,
       o.summary, o.summary_en, o.fields, o.kinds, o.targets, o.suits, o.time, o.grid,
       o.place_kind, o.postcode, o.place, o.district, o.lat, o.lon, o.geo_from, o.access,
       o.training, o.starts_on, o.ends_on, o.state, o.confirmed_at, o.published_at
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE o.city_id = :city AND o.state = 'published' AND o.confirmed_at + 0 >= :fresh::int
 ORDER BY o.published_at DESC, o.id DESC LIMIT :limit::int;

-- name: opp_get :row opp_full
-- One offer in whatever state; who may see it is the handler's question.
SELECT o.id, o.organisation_id, g.name AS organisation, o.source, o.ref, o.state, o.title,
       o.title_simple, o.title_en, o.summary, o.summary_en, o.tasks_md, o.simple_md, o.needs_md,
       o.gives_md, o.fields, o.kinds, o.targets, o.suits, o.derived, o.time, o.hours_week, o.grid,
       o.starts_on, o.ends_on, o.commitment, o.wanted, o.placed, o.min_age, o.languages, o.skills,
       o.place_kind, o.street, o.postcode, o.place, o.district, o.lat, o.lon, o.geo_from, o.access,
       o.training, o.supervision, o.certificate, o.measles, o.insurance, o.expenses,
       o.expenses_cents, o.contact_name, o.contact_mail, o.contact_phone, o.channels, o.valid_until,
       o.confirmed_at, o.confirmed_by, o.created_at, o.changed_at, o.published_at
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE o.city_id = :city AND o.id = :id;

-- name: opp_dated :rows opp_dated_row
-- The public offers with a beginning that are not over yet, for calendars.
SELECT o.id, o.title, o.summary, g.name AS organisation, o.place, o.district,
       o.starts_on, o.ends_on, o.changed_at
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE o.city_id = :city AND o.state = 'published' AND o.confirmed_at >= :fresh
   AND o.starts_on <> ''
   AND (o.ends_on >= :today OR (o.ends_on = '' AND o.starts_on >= :today))
 ORDER BY o.starts_on, o.id LIMIT 500;

-- name: opp_owner :row opp_owner_row
-- Whose offer it is, for the access rule.
SELECT organisation_id, state FROM opportunity WHERE city_id = :city AND id = :id;

-- name: opp_office_list :rows opp_office_row
-- The office's list; an empty state means all but the archive, 0 anything.
SELECT o.id, o.title, g.name AS organisation, o.state, o.confirmed_at, o.changed_at, o.wanted,
       o.placed, o.valid_until, o.contact_mail
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE o.city_id = :city
   AND (o.state = :state OR (:state = '' AND o.state <> 'archived'))
   AND (:organisation::int = 0 OR o.organisation_id = :organisation::int)
   AND (:before::int = 0 OR o.confirmed_at < :before::int)
   AND (:lone::int = 0 OR o.contact_mail = '')
 ORDER BY o.changed_at DESC, o.id DESC LIMIT :limit::int OFFSET :offset::int;

-- name: opp_export :each opp_full
-- Offers of a town with everything they say. An empty state means all but the archive, "all" all.
SELECT o.id, o.organisation_id, g.name AS organisation, o.source, o.ref, o.state, o.title,
       o.title_simple, o.title_en, o.summary, o.summary_en, o.tasks_md, o.simple_md, o.needs_md,
       o.gives_md, o.fields, o.kinds, o.targets, o.suits, o.derived, o.time, o.hours_week, o.grid,
       o.starts_on, o.ends_on, o.commitment, o.wanted, o.placed, o.min_age, o.languages, o.skills,
       o.place_kind, o.street, o.postcode, o.place, o.district, o.lat, o.lon, o.geo_from, o.access,
       o.training, o.supervision, o.certificate, o.measles, o.insurance, o.expenses,
       o.expenses_cents, o.contact_name, o.contact_mail, o.contact_phone, o.channels, o.valid_until,
       o.confirmed_at, o.confirmed_by, o.created_at, o.changed_at, o.published_at
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE o.city_id = :city
   AND (o.state = :state OR :state = 'all' OR (:state = '' AND o.state <> 'archived'))
   AND (:organisation::int = 0 OR o.organisation_id = :organisation::int)
   AND (:before::int = 0 OR o.confirmed_at < :before::int)
   AND (:lone::int = 0 OR o.contact_mail = '')
 ORDER BY o.id;

-- name: opp_own :row opp_ref_row
-- One that was entered here and has no key but its id.
SELECT id, content_hash, edited_at, changed_at, state, merged_into FROM opportunity
 WHERE city_id = :city AND id = :id AND ref = '';

-- name: opp_state_counts :rows opp_state_count
SELECT state, COUNT(*) AS n FROM opportunity WHERE city_id = :city GROUP BY state ORDER BY state;

-- name: opp_index_all :each opp_index_row
-- cross-city: the search index holds all towns
SELECT o.id, o.city_id, o.organisation_id, g.name AS organisation, o.title, o.title_simple,
       o.title_en, o.summary, o.summary_en, o.tasks_md, o.simple_md, o.needs_md, o.gives_md,
       o.fields, o.kinds, o.targets, o.suits, o.time, o.hours_week, o.grid, o.place_kind,
       o.place, o.district, o.lat, o.lon, o.min_age, o.languages, o.skills, o.access,
       o.certificate, o.starts_on, o.ends_on, o.valid_until, o.wanted, o.placed, o.confirmed_at,
       o.published_at, o.state, o.changed_at
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id
 WHERE o.state = 'published' ORDER BY o.id;

-- name: opp_index_changed :each opp_index_row
-- cross-city: the search index holds all towns
-- What changed since an instant, in every state: the index drops what is no longer public.
SELECT o.id, o.city_id, o.organisation_id, g.name AS organisation, o.title, o.title_simple,
       o.title_en, o.summary, o.summary_en, o.tasks_md, o.simple_md, o.needs_md, o.gives_md,
       o.fields, o.kinds, o.targets, o.suits, o.time, o.hours_week, o.grid, o.place_kind,
       o.place, o.district, o.lat, o.lon, o.min_age, o.languages, o.skills, o.access,
       o.certificate, o.starts_on, o.ends_on, o.valid_until, o.wanted, o.placed, o.confirmed_at,
       o.published_at, o.state, o.changed_at
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id
 WHERE o.changed_at >= :since ORDER BY o.changed_at, o.id;

-- name: opp_index_get :row opp_index_row
-- One offer as the index has it, in whatever state.
SELECT o.id, o.city_id, o.organisation_id, g.name AS organisation, o.title, o.title_simple,
       o.title_en, o.summary, o.summary_en, o.tasks_md, o.simple_md, o.needs_md, o.gives_md,
       o.fields, o.kinds, o.targets, o.suits, o.time, o.hours_week, o.grid, o.place_kind,
       o.place, o.district, o.lat, o.lon, o.min_age, o.languages, o.skills, o.access,
       o.certificate, o.starts_on, o.ends_on, o.valid_until, o.wanted, o.placed, o.confirmed_at,
       o.published_at, o.state, o.changed_at
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE o.city_id = :city AND o.id = :id;

-- name: opp_index_organisation :each opp_index_row
-- cross-city: the search index holds all towns
-- The offers of organisations that changed since an instant: their names are searched too.
SELECT o.id, o.city_id, o.organisation_id, g.name AS organisation, o.title, o.title_simple,
       o.title_en, o.summary, o.summary_en, o.tasks_md, o.simple_md, o.needs_md, o.gives_md,
       o.fields, o.kinds, o.targets, o.suits, o.time, o.hours_week, o.grid, o.place_kind,
       o.place, o.district, o.lat, o.lon, o.min_age, o.languages, o.skills, o.access,
       o.certificate, o.starts_on, o.ends_on, o.valid_until, o.wanted, o.placed, o.confirmed_at,
       o.published_at, o.state, o.changed_at
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id
 WHERE g.changed_at >= :since ORDER BY o.id;

-- name: opp_by_ref :row opp_ref_row
-- An imported offer, found again by its key at the source.
SELECT id, content_hash, edited_at, changed_at, state, merged_into FROM opportunity
 WHERE city_id = :city AND source = :source AND ref = :ref AND ref <> '';

-- name: opp_same_title :rows opp_twin
-- Offers of the organisation with the same title: possible duplicates.
SELECT id, title, state FROM opportunity
 WHERE city_id = :city AND organisation_id = :organisation AND title = :title
 ORDER BY id LIMIT 10;

-- name: opp_insert :run
INSERT INTO opportunity (id, city_id, organisation_id, source, ref, state, title, title_simple,
       title_en, summary, summary_en, tasks_md, simple_md, needs_md, gives_md, fields, kinds,
       targets, suits, derived, time, hours_week, grid, starts_on, ends_on, commitment, wanted,
       placed, min_age, languages, skills, place_kind, street, postcode, place, district, lat, lon,
       geo_from, access, training, supervision, certificate, measles, insurance, expenses,
       expenses_cents, contact_name, contact_mail, contact_phone, valid_until, confirmed_at,
       confirmed_by, content_hash, created_at, changed_at, published_at)
VALUES (:id, :city, :organisation, :source, :ref, :state, :title, :title_simple, :title_en,
       :summary, :summary_en, :tasks_md, :simple_md, :needs_md, :gives_md, :fields, :kinds,
       :targets, :suits, :derived, :time, :hours_week, :grid, :starts_on, :ends_on, :commitment,
       :wanted, :placed, :min_age, :languages, :skills, :place_kind, :street, :postcode, :place,
       :district, :lat?, :lon?, :geo_from, :access, :training, :supervision, :certificate,
       :measles, :insurance, :expenses, :expenses_cents, :contact_name, :contact_mail,
       :contact_phone, :valid_until, :confirmed_at, :confirmed_by, :content_hash, :created_at,
       :changed_at, :published_at);

-- name: opp_update :run
-- Everything that a form or an import may change; the state has a statement of its own.
-- The hash is what the source said last. Whoever edits here leaves it, and is marked as long as
-- the offer says something else.
UPDATE opportunity
   SET organisation_id = :organisation, title = :title, title_simple = :title_simple,
       title_en = :title_en, summary = :summary, summary_en = :summary_en, tasks_md = :tasks_md,
       simple_md = :simple_md, needs_md = :needs_md, gives_md = :gives_md, fields = :fields,
       kinds = :kinds, targets = :targets, suits = :suits, derived = :derived, time = :time,
       hours_week = :hours_week, grid = :grid, starts_on = :starts_on, ends_on = :ends_on,
       commitment = :commitment, wanted = :wanted, placed = :placed, min_age = :min_age,
       languages = :languages, skills = :skills, place_kind = :place_kind, street = :street,
       postcode = :postcode, place = :place, district = :district, lat = :lat?, lon = :lon?,
       geo_from = :geo_from, access = :access, training = :training, supervision = :supervision,
       certificate = :certificate, measles = :measles, insurance = :insurance,
       expenses = :expenses, expenses_cents = :expenses_cents, contact_name = :contact_name,
       contact_mail = :contact_mail, contact_phone = :contact_phone, valid_until = :valid_until,
       edited_at = CASE WHEN :from_source::int = 1 OR content_hash = :content_hash THEN 0
                        ELSE :changed_at END,
       content_hash = CASE WHEN :from_source::int = 1 THEN :content_hash ELSE content_hash END,
       changed_at = :changed_at
 WHERE city_id = :city AND id = :id;

-- name: opp_record :row opp_record_row
-- What procedures need to know of an offer.
SELECT title, state, organisation_id FROM opportunity WHERE city_id = :city AND id = :id;

-- name: opp_set_state :run
-- Changes the state only if it is still what it was: of several, one gets a 1 back.
UPDATE opportunity SET state = :to, changed_at = :at
 WHERE city_id = :city AND id = :id AND state = :from;

-- name: opp_published :run
UPDATE opportunity SET published_at = :at WHERE city_id = :city AND id = :id;

-- name: opp_confirm :run
UPDATE opportunity SET confirmed_at = :at, confirmed_by = :by, reminded = 0, changed_at = :at
 WHERE city_id = :city AND id = :id;

-- name: opp_aging :rows opp_aging_id
-- cross-city: one job for all towns
-- Public offers that are old enough for the next reminder, or to leave the list.
SELECT id, city_id FROM opportunity
 WHERE state = 'published' AND id > :behind
   AND (confirmed_at < :over OR (confirmed_at < :last AND reminded < 88)
        OR (confirmed_at < :again AND reminded < 82) OR (confirmed_at < :asked AND reminded < 75))
 ORDER BY id LIMIT 200;

-- name: opp_aging_one :row opp_aging_row
SELECT id, city_id, title, contact_mail, confirmed_at, reminded FROM opportunity
 WHERE city_id = :city AND id = :id AND state = 'published';

-- name: opp_reminded :run
UPDATE opportunity SET reminded = :stage WHERE city_id = :city AND id = :id;

-- name: opp_organisations :rows opp_organisation
-- For choosing one in the form.
SELECT id, name FROM organisation WHERE city_id = :city AND (archived_at = 0 OR id = :own)
 ORDER BY sort_key, id LIMIT 5000;

-- name: opp_organisation_known :row opp_organisation
SELECT id, name FROM organisation WHERE city_id = :city AND id = :id;

-- name: opp_entry_insert :run
INSERT INTO opportunity_entry (id, city_id, mail, organisation, lang, opportunity_id, created_at)
VALUES (:id, :city, :mail, :organisation, :lang, :opportunity?, :at);

-- name: opp_entry_get :row opp_entry_row
SELECT id, city_id, mail, organisation, lang, opportunity_id, created_at FROM opportunity_entry
 WHERE city_id = :city AND id = :id;

-- name: opp_entry_of :row opp_entry_row
-- Who entered an offer by mailed link.
SELECT id, city_id, mail, organisation, lang, opportunity_id, created_at FROM opportunity_entry
 WHERE city_id = :city AND opportunity_id = :opportunity ORDER BY id LIMIT 1;

-- name: opp_entry_set_offer :run
UPDATE opportunity_entry SET opportunity_id = :opportunity
 WHERE city_id = :city AND id = :id AND opportunity_id IS NULL;

-- name: opp_entries_unsent :rows opp_entry_row
-- cross-city: one job for all towns
-- Links to offers that were never sent; those without an offer are the retention's
-- (opportunity.privacy).
SELECT e.id, e.city_id, e.mail, e.organisation, e.lang, e.opportunity_id, e.created_at
  FROM opportunity_entry e
 WHERE EXISTS (SELECT 1 FROM opportunity o
                WHERE o.id = e.opportunity_id AND o.city_id = e.city_id AND o.state = 'draft'
                  AND o.published_at = 0 AND o.changed_at < :drafted)
 ORDER BY e.id LIMIT 500;

-- name: opp_entries_done :rows opp_entry_row
-- cross-city: one job for all towns
-- Whoever entered an offer that has long been in the archive need not be known any more.
SELECT e.id, e.city_id, e.mail, e.organisation, e.lang, e.opportunity_id, e.created_at
  FROM opportunity_entry e JOIN opportunity o ON o.id = e.opportunity_id AND o.city_id = e.city_id
 WHERE o.state = 'archived' AND o.changed_at < :before
 ORDER BY e.id LIMIT 500;

-- name: opp_entry_delete :run
DELETE FROM opportunity_entry WHERE city_id = :city AND id = :id;

-- name: opp_delete_draft :run
-- A draft that nobody has sent and nobody else has touched.
DELETE FROM opportunity WHERE city_id = :city AND id = :id AND state = 'draft' AND published_at = 0;

-- name: opp_twins :rows opp_twin_row
-- What an offer may be a copy of: what the public may see.
SELECT o.id, o.organisation_id, g.name AS organisation, o.title, o.summary, o.tasks_md, o.district,
       o.state, o.confirmed_at
  FROM opportunity o JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
 WHERE o.city_id = :city AND o.id <> :but AND o.state = 'published' AND o.confirmed_at >= :fresh
 ORDER BY o.id DESC LIMIT 5000;

-- name: opp_change_insert :run
INSERT INTO opportunity_change (id, city_id, opportunity_id, event_id, at, state, mail)
VALUES (:id, :city, :opportunity, :event, :at, :state, :mail);

-- name: opp_change_field_insert :run
INSERT INTO opportunity_change_field (id, city_id, change_id, field, was, said)
VALUES (:id, :city, :change, :field, :was, :said);

-- name: opp_changes :rows opp_change_row
-- What was changed in an offer, the newest first; the name where the person is still known.
SELECT c.id, c.at, c.state, e.actor AS "actor?", a.name AS "name?"
  FROM opportunity_change c
  LEFT JOIN procedure_event e ON e.id = c.event_id AND e.city_id = c.city_id
  LEFT JOIN account a ON a.id = e.account_id
 WHERE c.city_id = :city AND c.opportunity_id = :opportunity
 ORDER BY c.at DESC, c.id DESC LIMIT 50;

-- name: opp_change_fields :rows opp_change_field_row
SELECT f.id, f.field, f.was, f.said FROM opportunity_change_field f
 WHERE f.city_id = :city AND f.change_id = :change ORDER BY f.id;

-- name: opp_change_waiting :row opp_change_waiting_row
SELECT c.id, c.at, c.mail FROM opportunity_change c
 WHERE c.city_id = :city AND c.opportunity_id = :opportunity AND c.state = 'waiting'
 ORDER BY c.id DESC LIMIT 1;

-- name: opp_change_decide :run
-- One that waits, decided: the address of who asked for it is no longer needed.
UPDATE opportunity_change SET state = :state, mail = ''
 WHERE city_id = :city AND id = :id AND state = 'waiting';

-- name: opp_change_field_close :run
-- What stood in a field is no longer kept: that it was changed, is.
UPDATE opportunity_change_field SET was = '', said = '' WHERE city_id = :city AND id = :id;

-- name: opp_change_fields_delete :run
DELETE FROM opportunity_change_field
 WHERE city_id = :city
   AND change_id IN (SELECT c.id FROM opportunity_change c
                      WHERE c.city_id = :city AND c.opportunity_id = :opportunity);

-- name: opp_changes_delete :run
DELETE FROM opportunity_change WHERE city_id = :city AND opportunity_id = :opportunity;

-- name: opp_to_release :rows opp_to_release_row
-- What waits for the office: offers that were handed in, and changes of public ones.
SELECT o.id, o.title, g.name AS organisation, g.awaited, o.state, o.changed_at, c.at AS "asked_at?"
  FROM opportunity o
  JOIN organisation g ON g.id = o.organisation_id AND g.city_id = o.city_id
  LEFT JOIN opportunity_change c
         ON c.opportunity_id = o.id AND c.city_id = o.city_id AND c.state = 'waiting'
 WHERE o.city_id = :city AND (o.state = 'submitted' OR c.id IS NOT NULL)
 ORDER BY o.changed_at, o.id LIMIT 300;

-- name: opp_filter_insert :run
INSERT INTO opportunity_filter (id, city_id, account_id, name, state, organisation_id, age, lone)
VALUES (:id, :city, :account, :name, :state, :organisation, :age, :lone);

-- name: opp_filters :rows opp_filter_row
SELECT id, name, state, organisation_id, age, lone FROM opportunity_filter
 WHERE city_id = :city AND account_id = :account ORDER BY name, id LIMIT 50;

-- name: opp_filter_delete :run
DELETE FROM opportunity_filter WHERE city_id = :city AND account_id = :account AND id = :id;

-- name: opp_filters_erase :run
-- cross-city: the person leaves
DELETE FROM opportunity_filter WHERE account_id = :account;

-- name: opp_contact_forget :run
-- An import must not bring back what was erased: from now on this is edited here.
UPDATE opportunity SET contact_name = '', contact_mail = '', contact_phone = '',
       edited_at = CASE WHEN source <> '' THEN :at::int ELSE edited_at END
 WHERE city_id = :city AND id = :id;

-- name: opp_contact_forget_changes :run
-- What was to be changed of a contact goes with the contact.
UPDATE opportunity_change_field SET was = '', said = ''
 WHERE city_id = :city AND field IN ('contact_name', 'contact_mail', 'contact_phone')
   AND change_id IN (SELECT c.id FROM opportunity_change c
                      WHERE c.city_id = :city AND c.opportunity_id = :id);

-- name: opp_change_forget :run
-- Who asked for a change is no longer known, nor the contact that was asked for.
UPDATE opportunity_change SET mail = '' WHERE city_id = :city AND id = :id;

-- name: opp_change_forget_fields :run
UPDATE opportunity_change_field SET was = '', said = ''
 WHERE city_id = :city AND change_id = :id
   AND field IN ('contact_name', 'contact_mail', 'contact_phone');

-- name: opp_merged :row opp_merged_row
-- Into which one this was merged, and who could open its link.
SELECT merged_into, contact_mail FROM opportunity
 WHERE city_id = :city AND id = :id AND merged_into IS NOT NULL;

-- name: opp_marks :row opp_marks_row
-- What no form has.
SELECT o.source, o.ref, o.content_hash, o.edited_at, o.state, o.derived, o.lat, o.lon, o.geo_from,
       o.confirmed_at, o.created_at, o.merged_into, d.due_on AS "due_on?", d.verb AS "due_verb?",
       d.since AS "due_since?"
  FROM opportunity o
  LEFT JOIN procedure_due d
         ON d.city_id = o.city_id AND d.kind = 'opportunity' AND d.subject_id = o.id
 WHERE o.city_id = :city AND o.id = :id;

-- name: opp_set_marks :run
UPDATE opportunity
   SET source = :source, ref = :ref, content_hash = :content_hash, edited_at = :edited_at,
       state = :state, merged_into = :merged_into?
 WHERE city_id = :city AND id = :id;

-- name: opp_to_compare :rows opp_compare_row
-- For finding what was entered twice: whatever is neither a draft nor in the archive.
SELECT o.id, o.organisation_id, o.title, o.summary, o.tasks_md, o.district FROM opportunity o
 WHERE o.city_id = :city AND o.merged_into IS NULL AND o.state <> 'draft' AND o.state <> 'archived'
 ORDER BY o.id LIMIT 5000;

-- name: opp_ids_of_organisation :rows opp_hung_row
SELECT id FROM opportunity WHERE city_id = :city AND organisation_id = :organisation ORDER BY id;

-- name: opp_move_organisation :run
UPDATE opportunity SET organisation_id = :to
 WHERE city_id = :city AND id = :id AND organisation_id = :from;

-- name: opp_filter_ids :rows opp_hung_row
SELECT id FROM opportunity_filter
 WHERE city_id = :city AND organisation_id = :organisation ORDER BY id;

-- name: opp_move_filter :run
UPDATE opportunity_filter SET organisation_id = :to
 WHERE city_id = :city AND id = :id AND organisation_id = :from;

-- name: opp_merged_ids :rows opp_hung_row
SELECT id FROM opportunity WHERE city_id = :city AND merged_into = :opportunity ORDER BY id;

-- name: opp_move_merged :run
UPDATE opportunity SET merged_into = :to
 WHERE city_id = :city AND id = :id AND merged_into = :from;

-- name: opp_entry_ids :rows opp_hung_row
SELECT id FROM opportunity_entry
 WHERE city_id = :city AND opportunity_id = :opportunity ORDER BY id;

-- name: opp_move_entry :run
UPDATE opportunity_entry SET opportunity_id = :to
 WHERE city_id = :city AND id = :id AND opportunity_id = :from;

-- name: opp_change_ids :rows opp_hung_row
SELECT id FROM opportunity_change
 WHERE city_id = :city AND opportunity_id = :opportunity ORDER BY id;

-- name: opp_move_change :run
UPDATE opportunity_change SET opportunity_id = :to
 WHERE city_id = :city AND id = :id AND opportunity_id = :from;

-- ---- places ----

-- name: opp_places :row opp_places_row
SELECT id, state, wanted, placed FROM opportunity WHERE city_id = :city AND id = :id;

-- name: opp_set_placed :run
-- How many places are taken: one more or less, or (all) as many as there are.
UPDATE opportunity
   SET placed = CASE WHEN :all::int = 1 THEN CASE WHEN wanted > placed THEN wanted ELSE placed END
                     WHEN placed + :by::int < 0 THEN 0
                     ELSE placed + :by::int END,
       changed_at = :at
 WHERE city_id = :city AND id = :id;
