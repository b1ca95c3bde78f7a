-- SPDX-License-Identifier: EUPL-1.2
--
-- The peer PostgreSQL 15: GIN over a tsvector for words, PostGIS (GiST over geography) for places.
-- `tandem bench search` runs these statements (src/bench/peer_postgres.c); sections, parameters and
-- {facets} as in sqlite.sql. Distances are those on the sphere, as Tandem's are.

-- settings
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS postgis;
SET jit = off;
SET work_mem = '256MB';
SET maintenance_work_mem = '1GB';

-- schema
CREATE TABLE offer (id bigint PRIMARY KEY, at geography(Point), fields int, kinds int, targets int,
    languages int, times int, places int, suits int, access int, certificates int, grid int,
    to_day int, confirmed int, published bigint, words tsvector);

-- insert
COPY offer FROM STDIN;

-- finish
CREATE INDEX offer_words ON offer USING gin (words);
CREATE INDEX offer_at ON offer USING gist (at);
VACUUM ANALYZE offer;

-- text_near
WITH base AS MATERIALIZED (
    SELECT o.*, ((fields & {field}::int) <> 0)::int AS f, ((grid & {grid}::int) <> 0)::int AS g
    FROM offer o
    WHERE words @@ {text}::tsquery
      AND ST_DWithin(at, ST_MakePoint({lon}::float8, {lat}::float8)::geography,
          {radius}::float8, false)
      AND (to_day = 0 OR to_day >= {today}::int)
      AND (confirmed = 0 OR confirmed + 90 > {today}::int))
SELECT (SELECT string_agg(id::text, ',') FROM
        (SELECT id FROM base WHERE f * g = 1 ORDER BY published DESC, id LIMIT 20) top),
    coalesce(sum(f * g), 0), {facets} FROM base;

-- near
WITH base AS MATERIALIZED (
    SELECT o.*, ((fields & {field}::int) <> 0)::int AS f, ((grid & {grid}::int) <> 0)::int AS g
    FROM offer o
    WHERE ST_DWithin(at, ST_MakePoint({lon}::float8, {lat}::float8)::geography,
          {radius}::float8, false)
      AND (to_day = 0 OR to_day >= {today}::int)
      AND (confirmed = 0 OR confirmed + 90 > {today}::int))
SELECT (SELECT string_agg(id::text, ',') FROM
        (SELECT id FROM base WHERE f * g = 1 ORDER BY published DESC, id LIMIT 20) top),
    coalesce(sum(f * g), 0), {facets} FROM base;

-- words_facets
WITH base AS MATERIALIZED (
    SELECT o.*, 1 AS f, 1 AS g FROM offer o WHERE words @@ {text}::tsquery
      AND (to_day = 0 OR to_day >= {today}::int)
      AND (confirmed = 0 OR confirmed + 90 > {today}::int))
SELECT (SELECT string_agg(id::text, ',') FROM
        (SELECT id FROM base ORDER BY published DESC, id LIMIT 20) top),
    count(*), {facets} FROM base;

-- words
WITH base AS MATERIALIZED (
    SELECT id, published FROM offer WHERE words @@ {text}::tsquery
      AND (to_day = 0 OR to_day >= {today}::int)
      AND (confirmed = 0 OR confirmed + 90 > {today}::int))
SELECT (SELECT string_agg(id::text, ',') FROM
        (SELECT id FROM base ORDER BY published DESC, id LIMIT 20) top), count(*) FROM base;

-- ranked
SELECT (SELECT string_agg(id::text, ',') FROM (SELECT id FROM offer WHERE words @@ {text}::tsquery
            ORDER BY ts_rank(words, {text}::tsquery) DESC, id LIMIT 20) top),
    (SELECT count(*) FROM offer WHERE words @@ {text}::tsquery);

-- size
SELECT pg_total_relation_size('offer')::text;
