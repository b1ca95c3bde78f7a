-- SPDX-License-Identifier: EUPL-1.2
-- Organisations that do not answer are reminded a few times; then the office sees it.

ALTER TABLE hours_sheet ADD COLUMN asked_at INTEGER NOT NULL DEFAULT 0; -- 0: since it changed
ALTER TABLE hours_sheet ADD COLUMN reminded INTEGER NOT NULL DEFAULT 0; -- how often since then
