-- SPDX-License-Identifier: EUPL-1.2
-- Statements of the consent ledger.

-- name: consent_text_insert :run
INSERT INTO consent_text (id, city_id, hash, purpose, lang, words, first_at)
VALUES (:id, :city, :hash, :purpose, :lang, :words, :at) ON CONFLICT (city_id, hash) DO NOTHING;

-- name: consent_insert :run
INSERT INTO consent (id, city_id, purpose, subject_id, whom, text_hash, channel, given_at,
                     confirmed_at)
VALUES (:id, :city, :purpose, :subject, :whom, :text_hash, :channel, :at, :confirmed_at);

-- name: consent_set_confirmed :run
UPDATE consent SET confirmed_at = :at
 WHERE city_id = :city AND purpose = :purpose AND subject_id = :subject AND confirmed_at = 0;

-- name: consent_set_withdrawn :run
UPDATE consent SET withdrawn_at = :at
 WHERE city_id = :city AND purpose = :purpose AND subject_id = :subject AND withdrawn_at = 0;

-- name: consent_delete_unconfirmed :run
-- Nobody confirmed it: there was no consent.
DELETE FROM consent
 WHERE city_id = :city AND purpose = :purpose AND subject_id = :subject AND confirmed_at = 0;

-- name: consent_withdraw_one :run
UPDATE consent SET withdrawn_at = :at WHERE id = :id AND city_id = :city AND withdrawn_at = 0;

-- name: consent_delete :run
-- Proof is kept three years beyond the withdrawal (section 195 BGB), then it goes.
DELETE FROM consent WHERE id = :id AND city_id = :city;

-- name: consent_move_one :run
UPDATE consent SET subject_id = :to WHERE city_id = :city AND id = :id AND subject_id = :from;
