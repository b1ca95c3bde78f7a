#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Runs a command with a PostgreSQL server of its own, and stops the server afterwards:
#
#     test/with-postgres.sh COMMAND…
#
# The command finds the server in TANDEM_TEST_POSTGRES, an address for `--db` and libpq whose role
# may create databases. Server, data and socket live in a temporary directory, nothing listens on
# a port, and nothing is kept. PostgreSQL refuses to run as root: root lends it the user postgres.
# The status is the command's, or 1 when the server does not start.
set -eu

bin=$(find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -n 1)
[ -x "$bin/initdb" ] || {
    echo "with-postgres: no PostgreSQL server here; tool/setup.sh test installs it" >&2
    exit 1
}
dir=$(mktemp -d "${TMPDIR:-/tmp}/tandem-pg.XXXXXX")
as_server=
if [ "$(id -u)" = 0 ]; then
    chown postgres "$dir"
    as_server="setpriv --reuid=postgres --regid=postgres --init-groups"
fi

stop()
{
    (cd "$dir" && $as_server "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1) || :
    rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

start()
{
    # Tests throw the data away: no reason to wait for the disk.
    cd "$dir" || return 1
    $as_server "$bin/initdb" -D data -U tandem -A trust -E UTF8 --locale=C.UTF-8 -N >log 2>&1 &&
        $as_server "$bin/pg_ctl" -D data -l server.log -w -t 60 start >>log 2>&1 -o \
            "-c listen_addresses='' -c unix_socket_directories='$dir' -c fsync=off \
             -c synchronous_commit=off -c full_page_writes=off -c max_connections=120 \
             -c shared_buffers=64MB -c max_pred_locks_per_transaction=1024 \
             -c max_locks_per_transaction=256"
}
(start) || {
    echo "with-postgres: the server does not start:" >&2
    cat "$dir/log" "$dir/server.log" >&2 2>/dev/null
    exit 1
}
chmod 755 "$dir"
TANDEM_TEST_POSTGRES="postgresql:///postgres?host=$dir&user=tandem"
export TANDEM_TEST_POSTGRES
"$@"
