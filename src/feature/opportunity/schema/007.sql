-- SPDX-License-Identifier: EUPL-1.2
-- Filters of the office's list of offers that somebody has saved for themselves.

CREATE TABLE opportunity_filter (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  account_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  organisation_id INTEGER NOT NULL,    -- 0: all
  age INTEGER NOT NULL,                -- days without confirmation; 0: any
  lone INTEGER NOT NULL                -- 1: without address of a contact
);
CREATE INDEX opportunity_filter_of ON opportunity_filter (account_id);
