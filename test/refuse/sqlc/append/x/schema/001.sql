-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE mine (id INTEGER NOT NULL PRIMARY KEY, n INTEGER NOT NULL);
INSERT INTO happened (id, n) SELECT id, n FROM mine;
-- refuse: table happened belongs to the feature web
UPDATE happened SET n = 1;
-- refuse: table happened belongs to the feature web
DROP TABLE happened;
