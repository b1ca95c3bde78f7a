-- SPDX-License-Identifier: EUPL-1.2
-- What has been counted of rows that are gone. Their owner adds them up here before it erases one
-- (report_keep), so that the year in which they were keeps its figures. About nobody.

CREATE TABLE report_kept (
  id INTEGER NOT NULL PRIMARY KEY,
  city_id INTEGER NOT NULL REFERENCES city (id),
  figure TEXT NOT NULL,                -- figures.h
  office_id INTEGER NOT NULL,          -- 0: of none
  day TEXT NOT NULL,                   -- ISO, a German day; of months their first
  code TEXT NOT NULL,                  -- of the breakdown; may be empty
  n INTEGER NOT NULL,
  amount INTEGER NOT NULL,             -- minutes, where the figure adds up some
  UNIQUE (city_id, figure, office_id, day, code)
);
CREATE INDEX report_kept_day ON report_kept (city_id, figure, day);
