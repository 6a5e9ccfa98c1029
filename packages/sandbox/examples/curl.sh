#!/bin/sh
# Talks to a running sandbox with nothing but openssl and curl: signs two calls, then shows that one changed
# byte is refused.
#
#   b131-sandbox &                          # in the folder where b131-keys lies
#   sh examples/curl.sh
set -eu

URL=${URL:-http://127.0.0.1:4131}
KEY=${KEY:-b131-keys/partner-private.pem}
PROJECT=${PROJECT:-sandbox}

# The signature covers the body's bytes exactly as they are sent: RSA, SHA-256, PKCS#1 v1.5, base64.
sign() { printf %s "$1" | openssl dgst -sha256 -sign "$KEY" | openssl base64 -A; }

# call METHOD BODY SIGNATURE
call() {
  curl --silent --show-error "$URL/api/v1/$1" \
    -H 'Content-Type: application/json' \
    -H "X-PARTNER-PROJECT: $PROJECT" \
    -H "X-PARTNER-SIGN: $3" \
    --data-binary "$2"
  echo
}

body='{"tokenize_widget":{"access":true}}'
echo "token:"
call token "$body" "$(sign "$body")"

body='{"metadata":"good"}'
signature=$(sign "$body")
echo "session/create:"
call session/create "$body" "$signature"

echo "session/create, one byte of the body changed after signing:"
call session/create '{"metadata":"food"}' "$signature"
