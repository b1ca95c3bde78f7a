-- SPDX-License-Identifier: EUPL-1.2
-- Certificates of conduct (Führungszeugnis) after section 72a SGB VIII. The law allows to store
-- three facts and no more: that and when one was inspected, of which day it is, and whether it has
-- an entry that matters. No file, no text, no number; certificate_test.c looks at the columns.

CREATE TABLE certificate (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  inspected_on TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  entry TEXT NOT NULL,                     -- sealed: yes no
  delete_at INTEGER NOT NULL DEFAULT 0,    -- the clock; 0: it does not run, something needs it
  UNIQUE (person_id)
);
CREATE INDEX certificate_delete ON certificate (delete_at);

-- How many, by year: what the figures have when the facts are gone. About nobody.
CREATE TABLE certificate_count (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  year INTEGER NOT NULL,
  act TEXT NOT NULL,                       -- letter inspected erased
  n INTEGER NOT NULL,
  UNIQUE (city_id, year, act)
);
