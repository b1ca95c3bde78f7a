-- SPDX-License-Identifier: EUPL-1.2
-- The organisation into which this one was merged, because both were the same. Its row stays, so
-- that old addresses, links and imports find their way.

ALTER TABLE organisation ADD COLUMN merged_into INTEGER REFERENCES organisation (id);
CREATE INDEX organisation_merged ON organisation (merged_into);
