-- SPDX-License-Identifier: EUPL-1.2
-- Statements of company engagement.

-- ---- companies ----

-- name: company_get :row company_row
SELECT id, state, name, contact_name, mail, phone, district, about, erased_at FROM company
 WHERE city_id = :city AND id = :id;

-- name: company_list :rows company_card
-- Those whose name, contact or district has these letters; what is closed comes last.
SELECT c.id, c.state, c.name, c.district, c.contact_name,
       (SELECT COUNT(*) FROM company_item i WHERE i.company_id = c.id AND i.city_id = c.city_id
          AND i.state = 'open') AS offers,
       (SELECT COUNT(*) FROM company_match m WHERE m.company_id = c.id AND m.city_id = c.city_id
          AND m.state = 'done') AS done
  FROM company c
 WHERE c.city_id = :city AND c.search LIKE :pattern ESCAPE '\'
 ORDER BY CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END, c.name, c.id LIMIT 2000;

-- name: company_by_mail :row company_id
-- One of this address that was entered by the web and not confirmed yet.
SELECT id FROM company
 WHERE city_id = :city AND mail = :mail AND state = 'waiting' AND erased_at = 0
 ORDER BY id LIMIT 1;

-- name: company_insert :run
INSERT INTO company (id, city_id, state, name, search, contact_name, mail, phone, district, about,
       created_at, changed_at)
VALUES (:id, :city, :state, :name, :search, :contact_name, :mail, :phone, :district, :about, :at,
       :at);

-- name: company_update :run
UPDATE company SET name = :name, search = :search, contact_name = :contact_name, mail = :mail,
       phone = :phone, district = :district, about = :about, changed_at = :at, erased_at = 0
 WHERE city_id = :city AND id = :id;

-- name: company_set_state :run
UPDATE company SET state = :to, changed_at = :at
 WHERE city_id = :city AND id = :id AND state = :from;

-- name: company_touch :run
-- There is something with it again: the time until its contact goes begins anew.
UPDATE company SET changed_at = :at WHERE city_id = :city AND id = :id;

-- name: company_forget :run
UPDATE company SET contact_name = '', mail = '', phone = '', search = :search, erased_at = :at,
       state = CASE WHEN state = 'waiting' THEN 'closed' ELSE state END
 WHERE city_id = :city AND id = :id;

-- ---- offers and needs ----

-- name: company_item_get :row company_item_row
SELECT i.id, i.company_id, i.organisation_id, i.state, i.kind, i.title, i.details, i.people,
       i.hours, i.starts_on, i.ends_on, i.setting, i.district,
       CAST(COALESCE(c.name, g.name, '') AS TEXT) AS whose
  FROM company_item i LEFT JOIN company c ON c.id = i.company_id AND c.city_id = i.city_id
  LEFT JOIN organisation g ON g.id = i.organisation_id AND g.city_id = i.city_id
 WHERE i.city_id = :city AND i.id = :id;

-- name: company_items :rows company_item_row
-- `side`: offer, need, or both (empty); `kind` empty: all; `state` empty: open. A company that
-- nobody has confirmed is not there yet.
SELECT i.id, i.company_id, i.organisation_id, i.state, i.kind, i.title, i.details, i.people,
       i.hours, i.starts_on, i.ends_on, i.setting, i.district,
       CAST(COALESCE(c.name, g.name, '') AS TEXT) AS whose
  FROM company_item i LEFT JOIN company c ON c.id = i.company_id AND c.city_id = i.city_id
  LEFT JOIN organisation g ON g.id = i.organisation_id AND g.city_id = i.city_id
 WHERE i.city_id = :city
   AND ((:state::text = '' AND i.state = 'open') OR :state::text = 'all' OR i.state = :state::text)
   AND (:kind::text = '' OR i.kind = :kind::text)
   AND (:side::text = '' OR (:side::text = 'offer' AND i.company_id IS NOT NULL)
        OR (:side::text = 'need' AND i.organisation_id IS NOT NULL))
   AND (:company::int = 0 OR i.company_id = :company::int)
   AND (i.company_id IS NULL OR c.state <> 'waiting')
   AND i.search LIKE :pattern::text ESCAPE '\'
 ORDER BY i.kind, i.starts_on, i.title, i.id LIMIT 2000;

-- name: company_item_insert :run
INSERT INTO company_item (id, city_id, company_id, organisation_id, state, kind, title, search,
       details, people, hours, starts_on, ends_on, setting, district, created_at, changed_at)
VALUES (:id, :city, :company?, :organisation?, 'open', :kind, :title, :search, :details, :people,
       :hours, :starts_on, :ends_on, :setting, :district, :at, :at);

-- name: company_item_update :run
UPDATE company_item SET kind = :kind, title = :title, search = :search, details = :details,
       people = :people, hours = :hours, starts_on = :starts_on, ends_on = :ends_on,
       setting = :setting, district = :district, changed_at = :at
 WHERE city_id = :city AND id = :id;

-- name: company_item_set_state :run
UPDATE company_item SET state = :to, changed_at = :at
 WHERE city_id = :city AND id = :id AND state = :from;

-- name: company_organisations :rows company_organisation
SELECT id, name FROM organisation
 WHERE city_id = :city AND search LIKE :pattern ESCAPE '\' AND merged_into IS NULL
   AND archived_at = 0
 ORDER BY sort_key, id LIMIT 30;

-- name: company_organisation_get :row company_organisation_row
SELECT id, name, mail FROM organisation
 WHERE city_id = :city AND id = :id AND merged_into IS NULL;

-- ---- what is brought together ----

-- name: company_match_get :row company_match_row
SELECT m.id, m.offer_id, m.need_id, m.company_id, m.organisation_id, m.state, m.company_yes_at,
       m.organisation_yes_at, m.passed_at, m.done_on, m.people, m.rating_company,
       m.rating_organisation, m.said_company, m.said_organisation, m.closed_at, m.erased_at,
       o.kind, o.title AS offer, n.title AS need, n.details AS need_details,
       o.details AS offer_details, c.name AS company, c.contact_name, c.mail AS company_mail,
       c.phone AS company_phone, g.name AS organisation, g.mail AS organisation_mail,
       g.phone AS organisation_phone
  FROM company_match m JOIN company_item o ON o.id = m.offer_id AND o.city_id = m.city_id
  JOIN company_item n ON n.id = m.need_id AND n.city_id = m.city_id
  JOIN company c ON c.id = m.company_id AND c.city_id = m.city_id
  JOIN organisation g ON g.id = m.organisation_id AND g.city_id = m.city_id
 WHERE m.city_id = :city AND m.id = :id;

-- name: company_matches :rows company_match_card
-- The office's list, what is due first. `state` empty: what is not over; 'all': everything. Of one
-- offer or need, where `item` is not 0.
SELECT m.id, m.state, o.kind, o.title AS offer, n.title AS need, c.name AS company,
       g.name AS organisation, m.passed_at, m.done_on, m.people, d.due_on AS "due_on?"
  FROM company_match m JOIN company_item o ON o.id = m.offer_id AND o.city_id = m.city_id
  JOIN company_item n ON n.id = m.need_id AND n.city_id = m.city_id
  JOIN company c ON c.id = m.company_id AND c.city_id = m.city_id
  JOIN organisation g ON g.id = m.organisation_id AND g.city_id = m.city_id
  LEFT JOIN procedure_due d ON d.city_id = m.city_id AND d.kind = 'company_match'
   AND d.subject_id = m.id
 WHERE m.city_id = :city
   AND ((:state::text = '' AND m.closed_at = 0) OR :state::text = 'all' OR m.state = :state::text)
   AND (:item::int = 0 OR m.offer_id = :item::int OR m.need_id = :item::int)
 ORDER BY d.due_on NULLS LAST, m.changed_at DESC, m.id LIMIT 2000;

-- name: company_match_insert :run
INSERT INTO company_match (id, city_id, offer_id, need_id, company_id, organisation_id, state,
       created_at, changed_at)
VALUES (:id, :city, :offer, :need, :company, :organisation, 'new', :at, :at);

-- name: company_match_open_of :row company_id
SELECT id FROM company_match
 WHERE city_id = :city AND offer_id = :offer AND need_id = :need AND closed_at = 0;

-- name: company_match_set_state :run
-- Only if it is still what was seen: of two who act at once one succeeds.
UPDATE company_match SET state = :to, changed_at = :at,
       closed_at = CASE WHEN :to::text IN ('done', 'declined') THEN :at::int ELSE 0 END
 WHERE city_id = :city AND id = :id AND state = :from;

-- name: company_match_set_company_yes :run
UPDATE company_match SET company_yes_at = :at WHERE city_id = :city AND id = :id;

-- name: company_match_set_organisation_yes :run
UPDATE company_match SET organisation_yes_at = :at WHERE city_id = :city AND id = :id;

-- name: company_match_set_passed :run
UPDATE company_match SET passed_at = :at WHERE city_id = :city AND id = :id;

-- name: company_match_set_done :run
UPDATE company_match SET done_on = :day, people = :people WHERE city_id = :city AND id = :id;

-- name: company_match_rate_company :run
UPDATE company_match SET rating_company = :rating, said_company = :said
 WHERE city_id = :city AND id = :id AND rating_company = 0;

-- name: company_match_rate_organisation :run
UPDATE company_match SET rating_organisation = :rating, said_organisation = :said
 WHERE city_id = :city AND id = :id AND rating_organisation = 0;

-- name: company_match_forget :run
UPDATE company_match SET said_company = '', said_organisation = '', erased_at = :at
 WHERE city_id = :city AND id = :id;

-- name: company_match_ids :rows company_id
SELECT id FROM company_match WHERE city_id = :city AND company_id = :company ORDER BY id;

-- ---- figures ----

-- name: company_done_between :rows company_figure
-- What was done in a period, by kind: how often, how many people came.
SELECT o.kind, COUNT(*) AS n, CAST(COALESCE(SUM(m.people), 0) AS INTEGER) AS people
  FROM company_match m JOIN company_item o ON o.id = m.offer_id AND o.city_id = m.city_id
 WHERE m.city_id = :city AND m.state = 'done' AND m.done_on >= :from AND m.done_on <= :to
 GROUP BY o.kind ORDER BY o.kind;

-- name: company_team_days_by_month :rows company_month
SELECT CAST(SUBSTR(m.done_on, 1, 7) AS TEXT) AS month, COUNT(*) AS n,
       CAST(COALESCE(SUM(m.people), 0) AS INTEGER) AS people
  FROM company_match m JOIN company_item o ON o.id = m.offer_id AND o.city_id = m.city_id
 WHERE m.city_id = :city AND m.state = 'done' AND o.kind = 'team_day'
   AND m.done_on >= :from AND m.done_on <= :to
 GROUP BY SUBSTR(m.done_on, 1, 7) ORDER BY SUBSTR(m.done_on, 1, 7);

-- ---- merging organisations ----

-- name: company_need_ids :rows company_id
SELECT id FROM company_item WHERE city_id = :city AND organisation_id = :organisation ORDER BY id;

-- name: company_need_move :run
UPDATE company_item SET organisation_id = :to
 WHERE city_id = :city AND id = :id AND organisation_id = :from;

-- name: company_match_of_ids :rows company_id
SELECT id FROM company_match WHERE city_id = :city AND organisation_id = :organisation ORDER BY id;

-- name: company_match_move :run
UPDATE company_match SET organisation_id = :to
 WHERE city_id = :city AND id = :id AND organisation_id = :from;
