-- SPDX-License-Identifier: EUPL-1.2
-- Who has left: SHA-256 of the account's id, which is random and says nothing about the person.
-- A restored backup is rid of them by it (erasure.h).

CREATE TABLE account_erased (
  hash TEXT NOT NULL PRIMARY KEY,
  erased_at INTEGER NOT NULL
);
