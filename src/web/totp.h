/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Codes of an authenticator app: time-based one-time passwords (RFC 6238) of six digits, for
 * 30 seconds each, as every app can make them. Wraps liboath. Secrets are base32 text, as
 * people type it and apps take it. Thread-safe.
 */
#ifndef WEB_TOTP_H
#define WEB_TOTP_H

#include "base/arena.h"
#include "base/str.h"

#define TOTP_DIGITS  6
#define TOTP_SECONDS 30
/* So many steps earlier or later count too: clocks differ, and typing takes time. */
#define TOTP_WINDOW 1

/* 160 random bits: 32 characters of base32. */
str totp_secret_new(struct arena *a);
/* In groups of four, for people who type it. */
str totp_secret_groups(struct arena *a, str secret);
/* The step of an instant, and the code of a step; empty when the secret is none. */
int64_t totp_step(int64_t instant);
str totp_code(struct arena *a, str secret, int64_t step);

struct totp_moment {
    int64_t now;   /* instant */
    int64_t after; /* the newest step whose code was taken: this and older ones are refused */
};
/* The step of the window whose code this is; 0: none. In constant time for all steps. */
int64_t totp_find(struct arena *a, str secret, str code, struct totp_moment moment);
/* otpauth://totp/… as apps read it from a QR code. */
str totp_address(struct arena *a, str secret, str issuer, str account);

#endif
