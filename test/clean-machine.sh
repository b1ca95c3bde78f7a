#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
#
# Does a stranger's first hour work? Makes a Debian 12 with nothing but git, make and certificates
# in a directory, clones the project there, and types what README.md says: `make run`, opens the
# page, `make run` again, `make test`. Needs root and debootstrap, 3 GB, and half an hour, so it
# is not part of `make check`.
#
#     test/clean-machine.sh [ROOT.tar]
#
# ROOT.tar keeps the bare system for the next time: used when it exists, written when not.
# Package sources, registry, proxy and certificates are those of this machine. What the commands
# print goes to build-clean/*.log. The status is 0 only when every step worked.
set -eu
cd "$(dirname "$0")/.."
tar=${1:+$(realpath "$1")}
logs=$PWD/build-clean
port=${PORT:-$((20000 + $$ % 10000))}

# In namespaces of their own, mounts and left-over processes go when this script goes.
if [ -z "${TANDEM_CLEAN_MACHINE:-}" ]; then
    [ "$(id -u)" = 0 ] || { echo "clean-machine: needs root" >&2; exit 1; }
    TANDEM_CLEAN_MACHINE=$(mktemp -d "${TMPDIR:-/tmp}/tandem-clean.XXXXXX")
    export TANDEM_CLEAN_MACHINE
    trap 'rm -rf --one-file-system "$TANDEM_CLEAN_MACHINE"' EXIT
    unshare --mount --pid --fork --kill-child "$PWD/test/clean-machine.sh" "$@"
    exit
fi
root=$TANDEM_CLEAN_MACHINE
mkdir -p "$logs"

say()
{
    echo "clean-machine: $*"
}

# The sources of Debian itself, as apt on this machine resolves them.
sources()
{
    # shellcheck disable=SC2016 # apt's variables, not the shell's
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' 'Origin: Debian' 'Component: main' | sort -u
}

bare_system()
{
    if [ -n "$tar" ] && [ -e "$tar" ]; then
        tar -C "$root" -xf "$tar"
        return
    fi
    say "debootstrap"
    debootstrap --variant=minbase --include=git,make,ca-certificates bookworm "$root" \
        "$(sources | awk '$3 == "bookworm" { print $2; exit }')" >"$logs/debootstrap.log" 2>&1
    [ -z "$tar" ] || tar -C "$root" -cf "$tar" .
}

# How this machine reaches the registries: names that only it knows stay out of the project.
borrow_network()
{
    sources >"$root/etc/apt/sources.list"
    grep -ls '^Acquire' /etc/apt/apt.conf.d/* | xargs -r cp -t "$root/etc/apt/apt.conf.d"
    cp -r /etc/apt/auth.conf.d "$root/etc/apt/"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
    [ ! -e "$HOME/.npmrc" ] || cp "$HOME/.npmrc" "$root/root/.npmrc"
}

mounts()
{
    mount --make-rprivate /
    mount -t proc proc /proc
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
}

inside()
{
    chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        ${no_proxy:+no_proxy="$no_proxy"} LISTEN="127.0.0.1:$port" \
        sh -c "cd /root/tandem && $1" </dev/null
}

# Waits until the page answers: seconds, process. The page goes to its log.
page()
{
    local until=$((SECONDS + $1))
    while ! curl -sf -o "$logs/page.html" "http://127.0.0.1:$port/"; do
        [ $SECONDS -lt $until ] && kill -0 "$2" 2>/dev/null || return 1
        sleep 0.05
    done
    grep -qi '<h1' "$logs/page.html"
}

# `make run` until the page is there, at most so many seconds: log, seconds.
run()
{
    local began=$EPOCHREALTIME status=0
    inside "make run" >"$logs/$1.log" 2>&1 &
    local process=$!
    page "$2" $process || status=1
    say "$1: page after $(awk "BEGIN { print $EPOCHREALTIME - $began }") s, status $status"
    grep -q "http://127.0.0.1:$port/" "$logs/$1.log" || status=1
    pkill -INT -x tandem || : # /proc shows this namespace only
    wait $process || :
    return $status
}

bare_system
borrow_network
mounts
git clone -q --no-local . "$root/root/tandem"
[ ! -e "$root/root/shared" ]

failed=0
run first-run 1800 || failed=1
run second-run 1 || failed=1
inside "make test" >"$logs/test.log" 2>&1 || failed=1
say "make test: $(tail -n 1 "$logs/test.log")"
[ $failed = 0 ] || say "FAILED, see build-clean"
exit $failed
