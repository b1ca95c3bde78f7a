-- SPDX-License-Identifier: EUPL-1.2
-- What this feature reads beside the statements of the web layer (web.sql).

-- name: account_roles :rows account_role_row
-- cross-city: the person's own roles, in all towns
SELECT r.id, r.city_id, r.role, r.scope_id, r.granted_at, g.name AS "organisation?"
  FROM account_role r LEFT JOIN organisation g ON g.id = r.scope_id AND g.city_id = r.city_id
 WHERE r.account_id = :account ORDER BY r.city_id, r.role, r.id;

-- name: account_holders :rows account_holder_row
-- Who holds which role in a town.
SELECT r.id, r.role, r.scope_id, r.granted_at, a.id AS account_id, a.name, a.mail,
       g.name AS "organisation?"
  FROM account_role r JOIN account a ON a.id = r.account_id
  LEFT JOIN organisation g ON g.id = r.scope_id AND g.city_id = r.city_id
 WHERE r.city_id = :city ORDER BY a.name, a.mail, r.role, r.id;

-- name: account_organisations :rows account_organisation_row
-- The organisations of a town, to choose one.
SELECT id, name FROM organisation
 WHERE city_id = :city AND archived_at = 0 ORDER BY sort_key, id LIMIT 2000;

-- name: account_organisation :row account_organisation_row
SELECT id, name FROM organisation WHERE city_id = :city AND id = :id;
