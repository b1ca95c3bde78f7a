/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A harness: one function that feeds bytes to a parser and stops the process, by must(),
 * when the result breaks a promise. The same function is called by libFuzzer and by replay.c.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* The name is libFuzzer's. Always gives 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#endif
