-- SPDX-License-Identifier: EUPL-1.2
-- Tables for the tests of the database layer; no part of the product.

CREATE TABLE city (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

-- A stall on a town's market, with one column of every kind.
CREATE TABLE stall (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  name TEXT NOT NULL,
  price REAL NOT NULL,
  seats INTEGER,
  share REAL,
  text TEXT,
  photo BLOB
);
CREATE INDEX stall_of_city ON stall (city_id, name);
