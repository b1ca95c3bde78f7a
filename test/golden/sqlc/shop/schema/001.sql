-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE ware (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL,
  text TEXT NOT NULL,
  price REAL,
  CHECK (text <> '' AND id > 0)
) WITHOUT ROWID;
CREATE INDEX ware_text ON ware (city_id, text) WHERE price > 0;
