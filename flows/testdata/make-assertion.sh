#!/bin/sh
# Prints assertion.jwt with openssl alone: 2026-01-02T03:04:05Z plus two minutes is 1767323165.
set -eu
cd "$(dirname "$0")"
b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
header=$(printf '{"alg":"RS256","typ":"JWT"}' | b64url)
claims=$(printf '{"aud":"https://login.salesforce.com","exp":1767323165,"iss":"3MVG9testConsumerKey","jti":"000102030405060708090a0b0c0d0e0f","sub":"integration@example.test"}' | b64url)
signature=$(printf '%s.%s' "$header" "$claims" | openssl dgst -sha256 -sign test-key.pkcs8.pem | b64url)
printf '%s.%s.%s\n' "$header" "$claims" "$signature"
