-- SPDX-License-Identifier: EUPL-1.2
-- Since when an imported organisation says something else than its source did last; see the
-- same column of the offers.

ALTER TABLE organisation ADD COLUMN edited_at INTEGER NOT NULL DEFAULT 0;
UPDATE organisation SET edited_at = changed_at WHERE source <> '' AND content_hash = '';
