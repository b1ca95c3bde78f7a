/* SPDX-License-Identifier: EUPL-1.2 */
/* `tandem key`: the keys of sealed columns, and sealing all of them anew while serving. */
#ifndef FEATURE_PRIVACY_KEYS_H
#define FEATURE_PRIVACY_KEYS_H

#include "web/cli.h"

/* tandem key list, new, rotate, drop NUMBER */
int command_key_list(struct cli *cli);
int command_key_new(struct cli *cli);
int command_key_rotate(struct cli *cli);
int command_key_drop(struct cli *cli);

#endif
