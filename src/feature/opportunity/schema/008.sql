-- SPDX-License-Identifier: EUPL-1.2
-- The offer into which this one was merged, because both were the same. Its row stays, so that old
-- addresses, links and imports find their way.

ALTER TABLE opportunity ADD COLUMN merged_into INTEGER REFERENCES opportunity (id);
CREATE INDEX opportunity_merged ON opportunity (merged_into);
