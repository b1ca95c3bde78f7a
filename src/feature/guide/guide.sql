-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the guide.

-- name: guide_cards :rows guide_card
-- All public articles in one language, in German where that is missing.
SELECT a.id, a.slug, a.topic, a.reviewed_on, a.review_due, v.stated_on,
       CAST(COALESCE(l.lang, d.lang) AS TEXT) AS "lang!",
       CAST(COALESCE(l.title, d.title) AS TEXT) AS "title!",
       CAST(COALESCE(l.summary, d.summary) AS TEXT) AS "summary!",
       CAST(COALESCE(l.title_words, d.title_words) AS TEXT) AS "title_words!",
       CAST(COALESCE(l.words, d.words) AS TEXT) AS "words!"
  FROM guide_article a
  JOIN guide_version v ON v.article_id = a.id AND v.number = a.published AND v.city_id = a.city_id
  JOIN guide_text d ON d.version_id = v.id AND d.city_id = a.city_id AND d.lang = 'de'
  LEFT JOIN guide_text l ON l.version_id = v.id AND l.city_id = a.city_id AND l.lang = :lang
 WHERE a.city_id = :city AND a.state = 'published'
 ORDER BY a.topic, a.slug LIMIT 500;

-- name: guide_by_slug :row guide_id
SELECT id, slug FROM guide_article WHERE city_id = :city AND slug = :slug;

-- name: guide_get :row guide_full
SELECT a.id, a.slug, a.source, a.shared_hash, a.edited, a.topic, a.office_id, o.name AS "office?",
       o.mail AS "office_mail?", o.phone AS "office_phone?", a.state, a.latest, a.published,
       a.reviewed_on, a.review_due, a.created_at, a.changed_at
  FROM guide_article a LEFT JOIN office o ON o.id = a.office_id AND o.city_id = a.city_id
 WHERE a.city_id = :city AND a.id = :id;

-- name: guide_version_get :row guide_version_row
SELECT v.id, v.number, v.event, v.note, v.stated_on, v.sources, v.amounts, v.at, c.name AS "who?"
  FROM guide_version v LEFT JOIN account c ON c.id = v.account_id
 WHERE v.city_id = :city AND v.article_id = :article AND v.number = :number;

-- name: guide_version_list :rows guide_version_row
SELECT v.id, v.number, v.event, v.note, v.stated_on, v.sources, v.amounts, v.at, c.name AS "who?"
  FROM guide_version v LEFT JOIN account c ON c.id = v.account_id
 WHERE v.city_id = :city AND v.article_id = :article ORDER BY v.number DESC LIMIT 200;

-- name: guide_texts :rows guide_text_row
-- The languages of a version.
SELECT lang, title, summary, body_md FROM guide_text
 WHERE city_id = :city AND version_id = :version ORDER BY lang;

-- name: guide_office_list :rows guide_office_row
-- Everything for the office: what is due first, then by title.
SELECT a.id, a.slug, t.title, a.topic, a.state, a.source, a.edited, a.latest, a.published,
       a.reviewed_on, a.review_due, o.name AS "office?", a.changed_at,
       CAST(CASE WHEN a.state = 'published' AND (a.reviewed_on = '' OR a.review_due < :today)
                 THEN 1 ELSE 0 END AS INTEGER) AS due
  FROM guide_article a
  JOIN guide_version v ON v.article_id = a.id AND v.number = a.latest AND v.city_id = a.city_id
  JOIN guide_text t ON t.version_id = v.id AND t.city_id = a.city_id AND t.lang = 'de'
  LEFT JOIN office o ON o.id = a.office_id AND o.city_id = a.city_id
 WHERE a.city_id = :city
 ORDER BY CASE WHEN a.state = 'published' AND (a.reviewed_on = '' OR a.review_due < :today)
               THEN 0 ELSE 1 END, t.title, a.id LIMIT 500;

-- name: guide_insert :run
INSERT INTO guide_article (id, city_id, slug, source, shared_hash, topic, office_id, state,
                           reviewed_on, review_due, created_at, changed_at)
VALUES (:id, :city, :slug, :source, :shared_hash, :topic, :office?, :state, :reviewed_on,
        :review_due, :now, :now);

-- name: guide_version_insert :run
INSERT INTO guide_version (id, city_id, article_id, number, event, note, stated_on, sources,
                           amounts, at, account_id)
VALUES (:id, :city, :article, :number, :event, :note, :stated_on, :sources, :amounts, :at,
        :account);

-- name: guide_text_insert :run
INSERT INTO guide_text (id, city_id, version_id, lang, title, summary, body_md, title_words, words)
VALUES (:id, :city, :version, :lang, :title, :summary, :body_md, :title_words, :words);

-- name: guide_set_latest :run
UPDATE guide_article SET latest = :latest, edited = :edited, shared_hash = :shared_hash,
       changed_at = :now
 WHERE city_id = :city AND id = :id AND latest = :before;

-- name: guide_set_place :run
UPDATE guide_article SET topic = :topic, office_id = :office?, changed_at = :now
 WHERE city_id = :city AND id = :id;

-- name: guide_set_state :run
UPDATE guide_article SET state = :state, published = :published, changed_at = :now
 WHERE city_id = :city AND id = :id;

-- name: guide_set_review :run
UPDATE guide_article SET reviewed_on = :day, review_due = :due, changed_at = :now
 WHERE city_id = :city AND id = :id;

-- name: guide_amounts :rows guide_amount_row
SELECT id, ref, position, label, label_simple, label_en, cents, valid_from, valid_until, law, web
  FROM guide_amount WHERE city_id = :city ORDER BY position, ref, valid_from;

-- name: guide_amount_get :row guide_amount_row
SELECT id, ref, position, label, label_simple, label_en, cents, valid_from, valid_until, law, web
  FROM guide_amount WHERE city_id = :city AND id = :id;

-- name: guide_amount_find :row guide_amount_id
SELECT id FROM guide_amount WHERE city_id = :city AND ref = :ref AND valid_from = :valid_from;

-- name: guide_amount_insert :run
INSERT INTO guide_amount (id, city_id, ref, position, label, label_simple, label_en, cents,
                          valid_from, valid_until, law, web)
VALUES (:id, :city, :ref, :position, :label, :label_simple, :label_en, :cents, :valid_from,
        :valid_until, :law, :web);

-- name: guide_amount_update :run
UPDATE guide_amount SET ref = :ref, label = :label, label_simple = :label_simple,
       label_en = :label_en, cents = :cents, valid_from = :valid_from, valid_until = :valid_until,
       law = :law, web = :web
 WHERE city_id = :city AND id = :id;

-- name: guide_amount_delete :run
DELETE FROM guide_amount WHERE city_id = :city AND id = :id;

-- name: guide_offices :rows guide_office
-- For choosing who answers for an article.
SELECT id, name FROM office WHERE city_id = :city AND closed_at = 0 ORDER BY position, id;

-- name: guide_versions_forget :run
-- cross-city: the versions stay, the person behind them goes
UPDATE guide_version SET account_id = 0 WHERE account_id = :account;
