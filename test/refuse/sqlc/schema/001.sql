-- SPDX-License-Identifier: EUPL-1.2
-- The tables of the cases beside this folder.
CREATE TABLE town (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE TABLE club (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES town (id),
  name TEXT NOT NULL,
  founded TEXT,
  UNIQUE (city_id, name)
);
CREATE TABLE offer (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES town (id),
  club_id INTEGER REFERENCES club (id),
  title TEXT NOT NULL,
  starts_at INTEGER,
  price REAL NOT NULL DEFAULT 0
);
