#!/bin/sh
# The seven steps of a payout with nothing but openssl and curl, against a running sandbox.
#
#   b131-sandbox --set processingMs=200 &        # in the folder where b131-keys lies
#   sh examples/seven-steps.sh [ACCOUNT]
#
# ACCOUNT decides what becomes of the payout by its last two digits. Ends with 0 when it was paid.
set -eu

URL=${URL:-http://127.0.0.1:4131}
KEY=${KEY:-b131-keys/partner-private.pem}
PROJECT=${PROJECT:-sandbox}
ACCOUNT=${1:-40817810600003869500}

# call METHOD BODY: signs the very bytes that are sent.
call() {
  curl --silent --show-error --fail-with-body "$URL/api/v1/$1" \
    -H 'Content-Type: application/json' \
    -H "X-PARTNER-PROJECT: $PROJECT" \
    -H "X-PARTNER-SIGN: $(printf %s "$2" | openssl dgst -sha256 -sign "$KEY" | openssl base64 -A)" \
    --data-binary "$2"
}

# value NAME: the first field of that name in the JSON on the standard input.
value() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }

# payout_status: of the payout in a session, not of the session itself.
payout_status() { grep -o '"payments":\[{"id":"[^"]*","status":"[^"]*"' | cut -d '"' -f 10; }

# wait_for WHAT: asks for the session until its text holds that; webhooks would tell sooner.
wait_for() {
  for _ in $(seq 300); do
    answer=$(call session/status "{\"session_id\":\"$session\"}")
    case $answer in *"$1"*) return 0 ;; *'"status":"failed"'*) return 1 ;; esac
    sleep 0.2
  done
  return 1
}

echo "1. public token"
public=$(call token '{"tokenize_widget":{"access":true}}' | value public_token)

echo "2. the recipient types an account into the widget (here its own call, without a browser)"
token=$(curl --silent --show-error "$URL/widget/api/tokenize" -H "X-PUBLIC-TOKEN: $public" \
  --data-binary "{\"bik\":\"044525974\",\"account\":\"$ACCOUNT\"}" | value token)

echo "3. session"
session=$(call session/create '{"metadata":"good"}' | value id)

echo "4. start $session"
ru="{\"token\":\"$token\",\"full_name\":\"Ivanov Ivan Ivanovich\",\"description\":\"Money transfer\"}"
call session/start/payout "{\"session_id\":\"$session\",\"payment_method\":{\"type\":\"bank_account\",\"bank_account\":{\"system_type\":\"ru\",\"ru\":$ru}},\"amount_details\":{\"amount\":10000,\"currency\":\"rub\"},\"metadata\":\"good\"}" >/dev/null

echo "5. wait until it is ready"
if ! wait_for '"next_action":"confirm"'; then
  echo "The payout is $(printf %s "$answer" | payout_status): $(printf %s "$answer" | value code)"
  exit 1
fi

echo "6. confirm"
call session/confirm "{\"session_id\":\"$session\"}" >/dev/null

echo "7. the result"
wait_for '"finished_at"' || true
echo "The payout is $(printf %s "$answer" | payout_status)"
test "$(printf %s "$answer" | payout_status)" = succeeded
