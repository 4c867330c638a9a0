#!/bin/sh
# An example of a client in shell that the client suite can drive as a command
# (DRIVERS.md): curl, and openssl for the JWT bearer flow. Operations: login and query.
set -u
umask 077

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

case ${CHECK_OPERATION:-query} in
login | query) ;;
*) exit 127 ;;
esac

case ${SF_LOGIN_URL:-} in
https://?*) login=${SF_LOGIN_URL%/} ;;
*) fail "SF_LOGIN_URL is \"${SF_LOGIN_URL:-}\": want https://<MyDomain>.my.salesforce.com" ;;
esac
[ -n "${SF_CLIENT_ID:-}" ] || fail "SF_CLIENT_ID is not set: the Consumer Key of the app"
version=v${SF_API_VERSION:-64.0}
version=v${version##*v}

folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
token=
instance=

# member NAME: the value of a string member of the JSON object in the file answer, its
# escapes undone as far as they occur.
member() {
	sed -n 's/.*"'"$1"'"[[:space:]]*:[[:space:]]*"\(\([^"\\]\|\\.\)*\)".*/\1/p' "$folder/answer" |
		sed -n '1{s/\\u003[dD]/=/g;s/\\u0026/\&/g;s/\\\(["\\/]\)/\1/g;p;}'
}

# Form-encoding, of what stands on standard input: no secret on a command line.
encode() { od -An -v -tx1 | tr -d '\n' | sed 's/ \(..\)/%\1/g'; }
b64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
pair() { printf '%s=' "$1"; printf '%s' "$2" | encode; }

# A string of JSON.
quoted() { printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"; }

# Signed anew for each request, and good for two minutes.
assertion() {
	claims=$(printf '{"iss":%s,"sub":%s,"aud":%s,"exp":%d}' "$(quoted "$SF_CLIENT_ID")" \
		"$(quoted "$SF_USERNAME")" "$(quoted "${SF_AUDIENCE:-$login}")" $(($(date +%s) + 120)))
	signed=$(printf '{"alg":"RS256","typ":"JWT"}' | b64).$(printf '%s' "$claims" | b64)
	printf '%s' "$signed" | openssl dgst -sha256 -sign "$SF_PRIVATE_KEY_FILE" >"$folder/signature" 2>/dev/null || return 1
	printf '%s.%s' "$signed" "$(b64 <"$folder/signature")"
}

# The body of a token request, in the file form.
form() {
	if [ -n "${SF_PRIVATE_KEY_FILE:-}" ]; then
		[ -n "${SF_USERNAME:-}" ] || fail "SF_USERNAME is not set: the user that the app acts for"
		made=$(assertion) || fail "SF_PRIVATE_KEY_FILE holds no RSA private key that openssl can sign with"
		printf '%s&assertion=%s' "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer" "$made" >"$folder/form"
		return
	fi
	secret=${SF_CLIENT_SECRET:-}
	[ -n "$secret" ] || [ -z "${SF_CLIENT_SECRET_FILE:-}" ] || secret=$(cat "$SF_CLIENT_SECRET_FILE") || exit 1
	[ -n "$secret" ] || fail "SF_CLIENT_SECRET is not set, and SF_PRIVATE_KEY_FILE neither"
	printf '%s&%s&%s' grant_type=client_credentials "$(pair client_id "$SF_CLIENT_ID")" \
		"$(pair client_secret "$secret")" >"$folder/form"
}

# request BUILD URL OPTION...: up to three attempts, BUILD before each; the status in
# $status, 000 for none. curl follows no redirect unless it is told to.
request() {
	build=$1 url=$2 wait=1 attempt=1
	shift 2
	while :; do
		"$build"
		: >"$folder/answer"
		status=$(curl --silent --show-error --tlsv1.2 --connect-timeout 10 --max-time 20 --max-filesize 8388608 \
			${SF_CA_FILE:+--cacert "$SF_CA_FILE"} --header 'Accept: application/json' --user-agent driver-example-shell/1.0 \
			--output "$folder/answer" --write-out '%{http_code}' "$@" "$url" 2>"$folder/problem")
		ended=$?
		[ $ended -eq 0 ] || status=000
		case $ended-$status in
		35-* | 51-* | 58-* | 60-* | 77-*) return ;; # TLS: the next attempt would meet the same certificate
		0-408 | 0-429 | 0-5??) ;;
		0-400) case $(member error) in unknown_error | server_error | temporarily_unavailable) ;; *) return ;; esac ;;
		0-*) return ;;
		esac
		[ $attempt -lt 3 ] || return
		sleep $wait
		attempt=$((attempt + 1)) wait=$((wait * 2))
	done
}

log_in() {
	request form "$login/services/oauth2/token" --data-binary "@$folder/form" \
		--header 'Content-Type: application/x-www-form-urlencoded'
	rm -f "$folder/form"
	[ "$status" != 000 ] || fail "login: cannot reach $login: $(head -n 1 "$folder/problem")"
	if [ "$status" != 200 ] || [ -n "$(member error)" ]; then
		[ -n "$(member error)" ] || fail "login: $login answers $status with what is no JSON: is it Salesforce, and is it up?"
		fail "login: $login answers $status: $(member error): $(member error_description)"
	fi
	token=$(member access_token)
	instance=$(member instance_url)
	instance=${instance%/}
	[ -n "$token" ] && [ -n "$instance" ] || fail "login: the answer of $login lacks access_token or instance_url"
	host=${instance#https://}
	case $instance in
	"$login") ;;
	https://*[!A-Za-z0-9.:-]*) fail "login: instance_url \"$instance\" is no host" ;;
	https://*.salesforce.com | https://*.force.com) ;;
	https://127.0.0.1:* | https://localhost:* | https://*.localhost:*)
		case $login in https://127.0.0.1:* | https://localhost:* | https://*.localhost:*) ;; *) fail "login: instance_url names $host" ;; esac ;;
	*) fail "login: instance_url \"$instance\" is no https URL of Salesforce" ;;
	esac
	# curl reads the header from a file: no token on a command line.
	printf 'Authorization: Bearer %s\n' "$token" >"$folder/header"
}

nothing() { :; }

# get PATH: an API call. A session that has ended is renewed once.
get() {
	for renewed in no yes; do
		[ -n "$token" ] || log_in
		request nothing "$instance$1" --header "@$folder/header"
		case $renewed-$status in
		*-200) return ;;
		no-401) token= ;;
		*) fail "$instance answers $status: $(member errorCode) $(member message)" ;;
		esac
	done
}

if [ "${CHECK_OPERATION:-query}" = login ]; then
	get "/services/data/$version/limits"
	exit 0
fi

records=0
path="/services/data/$version/query?q=SELECT+Id,+Name+FROM+Contact+LIMIT+2000"
while [ -n "$path" ]; do
	get "$path"
	grep -q '"records"' "$folder/answer" || fail "a page of $instance is no JSON object with records"
	page=$(grep -o '"attributes"' "$folder/answer" | wc -l)
	records=$((records + page))
	path=$(member nextRecordsUrl)
	case $path in '' | /services/*) ;; *) fail "nextRecordsUrl of $instance leads elsewhere" ;; esac
done
printf 'CHECK {"records":%d}\n' "$records"
