#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Starts Debian's glewlwyd, a provider of OpenID Connect, on loopback with a database of its own,
# and makes a client "tandem" and a user "anna" with the password "sesam-oeffne-dich" in it.
#
#     glewlwyd.sh DIRECTORY PORT MAIL REDIRECT-ADDRESS
#
# Prints its process id. Its files stay in DIRECTORY: client.secret, log. Nothing of the system's
# own installation of glewlwyd is used or changed. Stop it by that id.
set -eu
dir=$1
port=$2
mail=$3
redirect=$4
base=http://127.0.0.1:$port
share=/usr/share/doc/glewlwyd/database/init.sqlite3.sql

mkdir -p "$dir"
gzip -dc "$share.gz" 2>/dev/null >"$dir/init.sql" || cat "$share" >"$dir/init.sql"
sqlite3 "$dir/glewlwyd.db" <"$dir/init.sql"
openssl genrsa -out "$dir/key.pem" 2048 2>/dev/null
openssl rsa -in "$dir/key.pem" -outform PEM -pubout -out "$dir/public.pem" 2>/dev/null
# Its own pages, for a browser: Debian links their settings to a directory, where they are none.
cp -rL /usr/share/glewlwyd/webapp "$dir/webapp"
rm -rf "$dir/webapp/config.json"
cp /etc/glewlwyd/config-2.7.json/config.json "$dir/webapp/config.json" 2>/dev/null ||
    cp /etc/glewlwyd/config-2.7.json "$dir/webapp/config.json"
echo a-secret-of-the-test >"$dir/client.secret"
cat >"$dir/glewlwyd.conf" <<EOF
port=$port
bind_address="127.0.0.1"
external_url="$base"
login_url="login.html"
api_prefix="api"
static_files_path="$dir/webapp/"
log_mode="file"
log_level="WARNING"
log_file="$dir/log"
cookie_secure=0
session_expiration=3600
session_key="GLEWLWYD2_SESSION_ID"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
hash_algorithm="SHA512"
database = { type = "sqlite3"; path = "$dir/glewlwyd.db"; }
static_files_mime_types = (
  { extension = ".html" mime_type = "text/html" }, { extension = ".css" mime_type = "text/css" },
  { extension = ".js" mime_type = "application/javascript" },
  { extension = ".json" mime_type = "application/json" } )
EOF
glewlwyd --config-file="$dir/glewlwyd.conf" >"$dir/out" 2>&1 &
pid=$!
trap 'kill $pid' EXIT

tries=0
until curl -s -o /dev/null "$base/api/auth/scheme/"; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { cat "$dir/out" "$dir/log" >&2; exit 1; }
    sleep 0.1
done

# The administrator of a fresh database has the password "password".
api()
{
    method=$1
    path=$2
    curl -sSf -o /dev/null -b "$dir/jar" -c "$dir/jar" -X "$method" \
        -H 'Content-Type: application/json' --data-binary @- "$base/api/$path"
}
echo '{"username": "admin", "password": "password"}' | api POST auth/
pem()
{
    awk '{ printf "%s\\n", $0 }' "$1"
}
cat <<EOF | api POST mod/plugin/
{"module": "oidc", "name": "oidc", "display_name": "OpenID Connect", "parameters": {
  "iss": "$base/api/oidc", "subject-type": "public", "jwt-type": "rsa", "jwt-key-size": "256",
  "key": "$(pem "$dir/key.pem")", "cert": "$(pem "$dir/public.pem")", "default-kid": "one",
  "access-token-duration": 600, "refresh-token-duration": 600, "code-duration": 60,
  "refresh-token-rolling": true, "allow-non-oidc": false, "auth-type-code-enabled": true,
  "auth-type-token-enabled": false, "auth-type-id-token-enabled": true,
  "auth-type-none-enabled": false, "auth-type-password-enabled": false,
  "auth-type-client-enabled": false, "auth-type-device-enabled": false,
  "auth-type-refresh-enabled": false, "scope": [], "additional-parameters": [], "claims": [],
  "email-claim": "mandatory", "name-claim": "no", "scope-claim": "no",
  "pkce-allowed": true, "pkce-method-plain-allowed": false, "pkce-required": true,
  "jwks-show": true, "oauth-as-iss-id": true, "request-parameter-allow": false}}
EOF
cat <<EOF | api POST user/
{"username": "anna", "password": "sesam-oeffne-dich", "name": "Anna Musterfrau", "email": "$mail",
 "scope": ["openid", "g_profile"], "enabled": true}
EOF
cat <<EOF | api POST client/
{"client_id": "tandem", "name": "Tandem", "confidential": true,
 "client_secret": "$(cat "$dir/client.secret")", "redirect_uri": ["$redirect"],
 "authorization_type": ["code"], "token_endpoint_auth_method": ["client_secret_basic"],
 "scope": ["openid"], "enabled": true}
EOF
rm "$dir/jar"
# Anna lets the client know who she is, as its page would ask her once.
echo '{"username": "anna", "password": "sesam-oeffne-dich"}' | api POST auth/
echo '{"scope": "openid"}' | api PUT auth/grant/tandem
rm "$dir/jar"
trap - EXIT
echo $pid
