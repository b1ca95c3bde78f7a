-- SPDX-License-Identifier: EUPL-1.2
-- refuse-file: migrations are numbered without gaps, and there are only 2
CREATE TABLE late (id INTEGER NOT NULL PRIMARY KEY);
