-- SPDX-License-Identifier: EUPL-1.2
-- Proof of what was erased in time.

-- What a class of retention erased in a town on a day. Counts, never contents.
CREATE TABLE retention_proof (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL,            -- 0: rows of no town
  class TEXT NOT NULL,                 -- "interest.finished"
  erased_on TEXT NOT NULL,             -- ISO, a German day
  n INTEGER NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX retention_proof_list ON retention_proof (city_id, at);
