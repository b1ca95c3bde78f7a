-- SPDX-License-Identifier: EUPL-1.2
-- What was erased, and that it was: for restores, for the audit trail, and as proof.

-- SHA-256 of a table's name and the id of a row, which is random and says nothing about anybody.
-- A restored backup is rid of these rows by it (web/erasure.h).
CREATE TABLE erased (
  hash TEXT NOT NULL PRIMARY KEY,
  erased_at INTEGER NOT NULL
);

-- Where the chain of the audit trail begins since its oldest rows were deleted.
CREATE TABLE audit_cut (
  id INTEGER NOT NULL PRIMARY KEY,     -- of the last row that was deleted
  hash TEXT NOT NULL,
  at INTEGER NOT NULL
);
