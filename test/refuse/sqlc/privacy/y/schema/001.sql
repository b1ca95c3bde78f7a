-- SPDX-License-Identifier: EUPL-1.2
-- As soon as one feature describes its tables, all must.

-- refuse: table other is not in y.privacy: what does it know about people
CREATE TABLE other (id INTEGER NOT NULL PRIMARY KEY);
