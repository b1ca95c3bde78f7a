-- SPDX-License-Identifier: EUPL-1.2
-- Mailed links that last: for an address, until a day, until they are taken back.

ALTER TABLE link ADD COLUMN mail TEXT NOT NULL DEFAULT '';            -- whose key it is
ALTER TABLE link ADD COLUMN revoked_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE link ADD COLUMN forget_at INTEGER NOT NULL DEFAULT 0;     -- until then "over" is said
UPDATE link SET forget_at = expires_at + 604800;
CREATE INDEX link_subject ON link (city_id, purpose, subject_id);
CREATE INDEX link_mail ON link (mail);
