-- SPDX-License-Identifier: EUPL-1.2
-- refuse: t.a: the type is one of INTEGER, REAL, TEXT, BLOB
CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a INT NOT NULL);
-- refuse: ta.last: a word of SQL cannot name a column
CREATE TABLE ta (id INTEGER NOT NULL PRIMARY KEY, last INTEGER NOT NULL);
-- refuse: unknown datatype for u.b: "VARCHAR(20)"
CREATE TABLE u (id INTEGER NOT NULL PRIMARY KEY, b VARCHAR(20));
-- refuse: AUTOINCREMENT is not the same on both engines
CREATE TABLE v (id INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE TABLE w (
  id INTEGER NOT NULL PRIMARY KEY,
-- refuse: CURRENT_TIMESTAMP is not the same on both engines
  at TEXT DEFAULT CURRENT_TIMESTAMP
);
-- refuse: a migration consists of CREATE TABLE
CREATE VIEW x AS SELECT id FROM t;
-- refuse: no such table: main.nowhere
CREATE INDEX y ON nowhere (id);
-- refuse: schema_migration is db/migrate.c's own
CREATE TABLE schema_migration (id INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE z (
  id INTEGER NOT NULL PRIMARY KEY,
-- refuse: near "NUL": syntax error
  t_id INTEGER NOT NUL
);
