-- SPDX-License-Identifier: EUPL-1.2
-- Organisations that came with an offer which somebody entered by mailed link: `awaited` until the
-- office releases one of their offers, and so long hidden like archived ones. `trust` is 1 where
-- what their people enter and change is public at once, 0 where the office releases it.

ALTER TABLE organisation ADD COLUMN awaited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organisation ADD COLUMN trust INTEGER NOT NULL DEFAULT 0;
