-- SPDX-License-Identifier: EUPL-1.2
-- Hours of placed people: a sheet for each placement and month, with entries that are only added.

CREATE TABLE hours_sheet (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  placement_id INTEGER NOT NULL REFERENCES placement (id),
  month TEXT NOT NULL,                     -- "2026-11"
  state TEXT NOT NULL,                     -- open submitted confirmed returned
  allowance TEXT NOT NULL DEFAULT '',      -- by which rule money was paid: a ref of guide_amount
  cents INTEGER NOT NULL DEFAULT 0,
  answer TEXT NOT NULL DEFAULT '',         -- a sentence of the organisation
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  UNIQUE (placement_id, month)
);
CREATE INDEX hours_sheet_month ON hours_sheet (city_id, month);
CREATE INDEX hours_sheet_person ON hours_sheet (person_id, month);

-- Rows are only added: what was wrong is taken back by an entry of its own. They go with the person
-- when records are merged.
CREATE TABLE hours_entry (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  sheet_id INTEGER NOT NULL REFERENCES hours_sheet (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  day TEXT NOT NULL,
  minutes INTEGER NOT NULL,                -- below 0: takes another one back
  activity TEXT NOT NULL,
  reverses_id INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
);
CREATE INDEX hours_entry_of ON hours_entry (sheet_id, day);
-- Nothing is taken back twice.
CREATE UNIQUE INDEX hours_entry_once ON hours_entry (reverses_id) WHERE reverses_id > 0;
