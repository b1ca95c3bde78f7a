#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Installs what the named sections of packaging/packages.txt need, and nothing when all is there:
#
#     tool/setup.sh SECTION…
#
# Debian packages come through apt-get (as root or by sudo), the files of package-lock.json
# through npm, from whatever mirror and registry this machine is set up for. Whatever cannot be
# installed ends the script with status 1 and a sentence.
set -eu
cd "$(dirname "$0")/.."

die()
{
    echo "setup: $*" >&2
    exit 1
}

# The packages of one section that this machine should have, one a line.
section()
{
    awk -v want="[$1]" '
        /^\[/ { inside = $0 == want; next }
        inside && NF && $1 !~ /^#/ { print }' packaging/packages.txt
}

wanted()
{
    for name in "$@"; do
        section "$name" | while read -r line; do
            case $line in
            *' unless '*) command -v "${line##* unless }" >/dev/null || echo "${line%% unless *}" ;;
            *) echo "$line" ;;
            esac
        done
    done
}

# Those of the given packages that are not installed.
missing()
{
    # dpkg-query fails for names that it has never seen; its list is right all the same.
    have=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
        sed -n 's/^installed //p')
    for package in "$@"; do
        case "
$have
" in
        *"
$package
"*) ;;
        *) echo "$package" ;;
        esac
    done
}

as_root()
{
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "not root and no sudo; as root run: $*"
    fi
}

# Some packages start a server when they are installed. Tests start their own, so a developer's
# machine stays as it is; a policy that the machine has already is left alone.
POLICY=/usr/sbin/policy-rc.d
install_packages()
{
    echo "setup: installing $*" >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 ||
        die "apt-get update failed; the package sources of this machine cannot be reached"
    own_policy=no
    if [ ! -e $POLICY ]; then
        own_policy=yes
        printf '#!/bin/sh\nexit 101\n' | as_root sh -c "cat >$POLICY && chmod 755 $POLICY"
    fi
    status=0
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
        "$@" >&2 || status=$?
    [ $own_policy = no ] || as_root rm -f $POLICY
    [ $status = 0 ] || die "apt-get could not install: $*"
}

# node_modules of one folder, as its lock file says; the stamp holds the lock file it was made of.
npm_folder()
{
    stamp=$1/node_modules/.tandem-lock
    [ -f "$1/package-lock.json" ] || return 0
    cmp -s "$1/package-lock.json" "$stamp" && return 0
    echo "setup: npm ci in $1" >&2
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund >&2) ||
        die "npm ci failed in $1; the registry of this machine cannot be reached"
    cp "$1/package-lock.json" "$stamp"
}

[ $# -gt 0 ] || die "usage: tool/setup.sh SECTION…"
[ -r /etc/debian_version ] || die "only for Debian 12; packaging/packages.txt lists the needs"
for name in "$@"; do
    grep -qxF "[$name]" packaging/packages.txt || die "no section '$name' in packaging/packages.txt"
done

# shellcheck disable=SC2046 # package names have no spaces
set -- $(wanted "$@") -- "$@"
packages=
while [ "$1" != -- ]; do
    packages="$packages $1"
    shift
done
shift
# shellcheck disable=SC2086
lacking=$(missing $packages)
# shellcheck disable=SC2086
[ -z "$lacking" ] || install_packages $lacking

for name in "$@"; do
    case $name in
    build) npm_folder . ;;
    check) npm_folder test/browser ;;
    esac
done
