-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE yours (id INTEGER NOT NULL PRIMARY KEY, mine_id INTEGER REFERENCES mine (id));
-- refuse: table mine belongs to the feature a
ALTER TABLE mine ADD COLUMN extra INTEGER;
-- refuse: table mine belongs to the feature a
CREATE INDEX mine_n ON mine (n);
-- refuse: table mine belongs to the feature a
DROP TABLE mine;
-- refuse: table mine belongs to the feature a
INSERT INTO mine (id, n) VALUES (1, 2);
