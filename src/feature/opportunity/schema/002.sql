-- SPDX-License-Identifier: EUPL-1.2
-- Since when an imported offer says something else than its source did last, because somebody
-- edited it here; 0: it says the same. Until now an edit emptied the hash of the source's words.

ALTER TABLE opportunity ADD COLUMN edited_at INTEGER NOT NULL DEFAULT 0;
UPDATE opportunity SET edited_at = changed_at WHERE source <> '' AND content_hash = '';
