#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Signing in by a real provider: Debian's glewlwyd. Somebody of an office comes from there for the
# first time, shows who they are by password, connects both, and comes in by the provider alone from
# then on. What a provider must not do: src/feature/account/provider_test.c.
#
#     glewlwyd_test.sh TANDEM SOURCE-FOLDER
#
# Functions are called through check.
# shellcheck disable=SC2317
set -u
. "$(dirname "$0")/../support/tap.sh"
tandem=$(realpath "$1")
cd "$2" || exit 1
for program in glewlwyd curl openssl sqlite3; do
    if ! command -v $program >/dev/null; then
        tap_skip "$program is not installed"
        tap_done
    fi
done

# glewlwyd cannot choose its own port, and each must know the other's before it starts.
port=$(tap_ports 2)
there=http://127.0.0.1:$((port + 1))
here=http://127.0.0.1:$port
mail=anna@person.example
password='vier Woerter ohne Sinn'
jar=$tap_dir/jar
provider=
server=
stop()
{
    [ -z "$server" ] || kill "$server"
    [ -z "$provider" ] || kill "$provider"
    wait
    rm -rf "$tap_dir"
}
trap stop EXIT

provider=$(test/oidc/glewlwyd.sh "$tap_dir/there" $((port + 1)) $mail \
    "$here/musterstadt/anmelden/anbieter/zurueck")
check "glewlwyd runs" test -n "$provider"
cat >"$tap_dir/conf" <<EOF
db = sqlite:$tap_dir/tandem.db
listen = 127.0.0.1:$port
origin = $here
secret_file = $tap_dir/key
oidc_issuer = $there/api/oidc
oidc_client_id = tandem
oidc_secret_file = $tap_dir/there/client.secret
oidc_mail_verified = yes
EOF
"$tandem" city add musterstadt --name Musterstadt --ags 01234567 --config "$tap_dir/conf" \
    >"$tap_dir/log" 2>&1
echo "$password" | "$tandem" user add $mail --city musterstadt --role office_staff \
    --password-stdin --config "$tap_dir/conf" >>"$tap_dir/log" 2>&1
"$tandem" serve --config "$tap_dir/conf" >>"$tap_dir/log" 2>&1 &
server=$!
tries=0
until curl -s -o "$tap_dir/page" "$here/musterstadt/anmelden" || [ $tries -gt 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done

# ---- a browser: cookies, the last page, its forms

ask() # further arguments are curl's; the status and where it leads stay in $tap_dir/head
{
    curl -s -b "$jar" -c "$jar" -D "$tap_dir/head" -o "$tap_dir/page" "$@"
    status=$(sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p' "$tap_dir/head")
    where=$(sed -n 's/^[Ll]ocation: \(.*\)\r$/\1/p' "$tap_dir/head")
}
hidden() # the value of a hidden field of the last page
{
    sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" "$tap_dir/page" | head -n 1 |
        sed 's/&amp;/\&/g'
}
status_is()
{
    [ "$status" = "$1" ] || { head -c 600 "$tap_dir/head"; tail -n 3 "$tap_dir/log"; false; }
}
leads_to()
{
    case $where in *"$1") ;; *) echo "$status $where"; false ;; esac
}
page_says()
{
    grep -qF -- "$1" "$tap_dir/page" || { head -c 3000 "$tap_dir/page"; false; }
}

# There and back, up to the page with the button. Anna is signed in at the provider.
travel()
{
    ask "$here/musterstadt/anmelden/anbieter"
    check "leads to the provider" status_is 303
    ask "$where&g_continue"
    back=$where
    check "the provider sends back" leads_to "$(echo "$where" | sed "s|$here.*||")"
    ask "$back"
    check "a button waits" status_is 200
}
press()
{
    ask --data-urlencode "csrf=$(hidden csrf)" --data-urlencode "code=$(hidden code)" \
        --data-urlencode "state=$(hidden state)" --data-urlencode "iss=$(hidden iss)" \
        "$here/musterstadt/anmelden/anbieter/zurueck"
}

# ---- the walk

check "the page offers it" page_says "/musterstadt/anmelden/anbieter"
curl -sf -o /dev/null -b "$jar" -c "$jar" -H 'Content-Type: application/json' \
    -d '{"username": "anna", "password": "sesam-oeffne-dich"}' "$there/api/auth/"
travel
check "the provider names itself" test "$(hidden iss)" = "$there/api/oidc"
press
check "nobody is in by the address alone" status_is 200
check "says what to do first" page_says "Nur noch dieses eine Mal"
ask "$here/musterstadt/anmelden/passwort?next=/musterstadt/konto/anbieter"
ask --data-urlencode "csrf=$(hidden csrf)" --data-urlencode "login=$mail" \
    --data-urlencode "password=$password" --data "next=/musterstadt/konto/anbieter" \
    "$here/musterstadt/anmelden/passwort"
check "the password leads to connecting" leads_to /musterstadt/konto/anbieter
ask "$here/musterstadt/konto/anbieter"
check "shows whom the provider knows" page_says "$mail"
ask --data-urlencode "csrf=$(hidden csrf)" "$here/musterstadt/konto/anbieter"
check "they are connected" leads_to /musterstadt/konto
ask "$here/musterstadt/konto"
ask --data-urlencode "csrf=$(hidden csrf)" "$here/musterstadt/abmelden"
check "signed out" status_is 303
ask "$here/musterstadt/konto"
check "nothing of it is left" status_is 303

travel
cp "$jar" "$tap_dir/kept"
cp "$tap_dir/page" "$tap_dir/kept_page"
press
check "from now on the provider is enough" leads_to /musterstadt/buero
ask "$here/musterstadt/buero"
check "the office is open" status_is 200

cp "$tap_dir/kept" "$jar"
cp "$tap_dir/kept_page" "$tap_dir/page"
press
check "an answer works once" status_is 403
ask "$here/musterstadt/anmelden/anbieter"
state=$(echo "$where" | sed 's/.*[?&]state=\([^&]*\).*/\1/')
ask "$here/musterstadt/anmelden/anbieter/zurueck?error=access_denied&state=$state"
check "who stops is told so" page_says "abgebrochen"
refuse "the log names nobody" grep -F -e "$mail" -e "$state" -e Musterfrau "$tap_dir/log"
tap_done
