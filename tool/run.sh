#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# The demo: fills var/tandem.db when there is none, says where it is and who may sign in, serves.
#
#     tool/run.sh BUILD-FOLDER
#
# LISTEN=ADDRESS:PORT serves elsewhere than on 127.0.0.1:8080.
set -eu
cd "$(dirname "$0")/.."
tandem=$1/tandem
listen=${LISTEN:-127.0.0.1:8080}

mkdir -p var
if [ ! -e var/tandem.db ] || [ -z "$("$tandem" city list 2>/dev/null)" ]; then
    # `tandem demo` prints the sign-ins; they are shown again at each start.
    "$tandem" demo --set demo=yes >var/demo.txt || {
        exit 1
    }
fi
[ ! -s var/demo.txt ] || cat var/demo.txt
echo "Tandem: http://$listen/ (Ctrl-C stops it)"
exec "$tandem" serve --set demo=yes --listen "$listen"
