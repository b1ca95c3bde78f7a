-- SPDX-License-Identifier: EUPL-1.2
-- Who came with an appointment, as the office knows them, and the advice case that began with it.

ALTER TABLE appointment ADD COLUMN person_id INTEGER REFERENCES person (id);
ALTER TABLE appointment ADD COLUMN advice_id INTEGER REFERENCES advice (id);
CREATE INDEX appointment_person ON appointment (person_id);
