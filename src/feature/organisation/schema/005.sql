-- SPDX-License-Identifier: EUPL-1.2
-- Once a year an organisation is asked whether its page still holds: when somebody last said so,
-- and how often it has been asked since (1 asked, 2 reminded, 3 the office knows), when last.

ALTER TABLE organisation ADD COLUMN reviewed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organisation ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organisation ADD COLUMN asked_at INTEGER NOT NULL DEFAULT 0;
UPDATE organisation SET reviewed_at = changed_at;
CREATE INDEX organisation_review ON organisation (archived_at, reviewed_at);
