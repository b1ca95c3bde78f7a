-- SPDX-License-Identifier: EUPL-1.2
-- For home pages and feeds: the newest public offers in their order, and the numbers of a town
-- without reading the offers themselves (the second index has all that is counted).

CREATE INDEX opportunity_newest ON opportunity (city_id, state, published_at, id);
CREATE INDEX opportunity_public ON opportunity
  (city_id, state, confirmed_at, organisation_id, wanted, placed);
