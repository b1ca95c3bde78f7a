-- SPDX-License-Identifier: EUPL-1.2
-- What happened.
-- append-only
CREATE TABLE happened (id INTEGER NOT NULL PRIMARY KEY, n INTEGER NOT NULL UNIQUE);

-- append-only

CREATE TABLE other (id INTEGER NOT NULL PRIMARY KEY, n INTEGER NOT NULL);
