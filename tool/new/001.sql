-- SPDX-License-Identifier: EUPL-1.2
-- One table to begin with. Migrations are append-only: the next change is 002.sql.

CREATE TABLE NAME (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  title TEXT NOT NULL,
  body_md TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
);
CREATE INDEX NAME_list ON NAME (city_id, created_at);
