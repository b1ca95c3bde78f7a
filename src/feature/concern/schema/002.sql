-- SPDX-License-Identifier: EUPL-1.2
-- Internal notes are sealed: they have a column of their own. Those that stand in `body` are moved
-- at the next start (concern/note.c), because SQL cannot seal.

ALTER TABLE concern_message ADD COLUMN note TEXT NOT NULL DEFAULT '';
