-- SPDX-License-Identifier: EUPL-1.2
-- What people of a town call things, as its office has entered it.

CREATE TABLE search_word (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  says TEXT NOT NULL,                  -- what people look for, parted by ", "
  means TEXT NOT NULL,                 -- what offers say, parted by ", "
  same INTEGER NOT NULL,               -- 1: the same thing, both ways; 0: may mean it
  changed_at INTEGER NOT NULL,
  UNIQUE (city_id, says, means)
);
