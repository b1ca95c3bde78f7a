/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a disk was told: a log of records, written by recorder.c within the program under test and
 * read by power.c. Each record is a struct record, then `length` bytes for a write.
 */
#ifndef TRUST_RECORDER_H
#define TRUST_RECORDER_H

#include <stdint.h>

enum record_kind {
    RECORD_WRITE,
    RECORD_SYNC, /* had come back when it was recorded */
    RECORD_TRUNCATE,
    RECORD_ACK, /* `offset`: the number of what was acknowledged, 0: all before is on disk */
};

enum record_file { FILE_DATABASE, FILE_LOG, FILES };

struct record {
    uint32_t kind;
    uint32_t file;
    uint64_t offset; /* or the length to truncate to */
    uint64_t length;
};

/* Called by the program under test when it has told somebody that `number` is safe. */
void trust_ack(uint64_t number);

#endif
