-- SPDX-License-Identifier: EUPL-1.2
-- An office that has closed is no longer shown; what refers to it stays.

ALTER TABLE office ADD COLUMN closed_at INTEGER NOT NULL DEFAULT 0;
