-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE member (
  id INTEGER NOT NULL PRIMARY KEY,
  person_id INTEGER NOT NULL,
  since TEXT NOT NULL
);
