-- SPDX-License-Identifier: EUPL-1.2
-- What was changed in an offer, field by field: done, or waiting for the office's release. Who did
-- it and when is the event in procedure_event. Values of the contact's fields are kept only as long
-- as a change waits.

CREATE TABLE opportunity_change (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  opportunity_id INTEGER NOT NULL REFERENCES opportunity (id),
  event_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,                 -- done waiting accepted declined replaced
  mail TEXT NOT NULL DEFAULT ''        -- who gets an answer, as long as it waits
);
CREATE INDEX opportunity_change_of ON opportunity_change (opportunity_id, at);
CREATE INDEX opportunity_change_waiting ON opportunity_change (city_id, state);

CREATE TABLE opportunity_change_field (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  change_id INTEGER NOT NULL REFERENCES opportunity_change (id),
  field TEXT NOT NULL,                 -- as in the form
  was TEXT NOT NULL,
  said TEXT NOT NULL
);
CREATE INDEX opportunity_change_field_of ON opportunity_change_field (change_id);
