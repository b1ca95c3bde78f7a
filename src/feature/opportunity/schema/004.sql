-- SPDX-License-Identifier: EUPL-1.2
-- Somebody without account enters an offer: the address that was mailed a link, and the name of the
-- organisation as it was typed. The offer is there from the first saved form on.

CREATE TABLE opportunity_entry (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  mail TEXT NOT NULL,
  organisation TEXT NOT NULL,
  lang TEXT NOT NULL,                  -- in which the person is written to
  opportunity_id INTEGER REFERENCES opportunity (id),
  created_at INTEGER NOT NULL
);
CREATE INDEX opportunity_entry_of ON opportunity_entry (opportunity_id);
CREATE INDEX opportunity_entry_mail ON opportunity_entry (mail);
