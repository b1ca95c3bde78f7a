-- SPDX-License-Identifier: EUPL-1.2
-- Tables that say all that is asked.

CREATE TABLE wish (id INTEGER NOT NULL PRIMARY KEY, city_id INTEGER NOT NULL, name TEXT NOT NULL,
                   mail TEXT NOT NULL, token TEXT NOT NULL, at INTEGER NOT NULL,
                   state TEXT NOT NULL);
CREATE TABLE wish_event (id INTEGER NOT NULL PRIMARY KEY, wish_id INTEGER NOT NULL,
                         at INTEGER NOT NULL);
CREATE TABLE colour (code TEXT NOT NULL PRIMARY KEY);
