-- SPDX-License-Identifier: EUPL-1.2
-- refuse: note has about_person_id, but no statement x_person_erase of bad writes it
CREATE TABLE note (
  id INTEGER NOT NULL PRIMARY KEY,
  about_person_id INTEGER NOT NULL
);
-- refuse: letter has person_id, but no statement x_person_export of bad reads it
-- refuse: letter has person_id, but no statement x_person_erase of bad writes it
CREATE TABLE letter (
  id INTEGER NOT NULL PRIMARY KEY,
  person_id INTEGER NOT NULL
);
