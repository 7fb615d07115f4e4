#!/usr/bin/env bash
# What hooks/README.md (Connecting an EHR) describes, from the first key to the answer, on this machine alone: makes a
# test key and a client registry in a temporary folder, starts the service with them, calls it as an EHR would, and
# stops it. Argument: the program (default: build/rectal-cds). Needs curl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

program=${1:-build/rectal-cds}
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
folder=$(mktemp -d)
service=
trap 'if [ -n "$service" ]; then kill "$service"; wait "$service" || true; fi; rm -rf "$folder"' EXIT

step() { printf '\n== %s\n' "$*"; }

step "A test key, and a client registry that knows it"
"$program" token --new-key ES384 --out "$folder/keys" --tenant oncology >"$folder/clients.json"

step "The service, with that registry; the clock stands still because the example patient is dated"
"$program" serve --listen 127.0.0.1:0 --today 2026-03-02 --clients "$folder/clients.json" --no-remember \
    --store "$folder/store.sqlite" >"$folder/said" 2>"$folder/log" &
service=$!
for _ in $(seq 300); do
    base=$(sed -n 's/^Discovery: //p' "$folder/said")
    [ -n "$base" ] || ! kill -0 "$service" 2>/dev/null || { sleep 0.1; continue; }
    break
done
[ -n "$base" ] || { cat "$folder/log" >&2; exit 1; }
cat "$folder/said"

# call ADDRESS FILE TOKEN: prints the status and leaves the answer in $folder/answer.
call() {
    curl -s -o "$folder/answer" -w '%{http_code}' "$1" -H 'Content-Type: application/json' \
        -H "Authorization: Bearer $3" --data @"$2"
}
token() {
    "$program" token --key "$folder/keys/private.jwk.json" --iss https://ehr.example.test/fhir --tenant oncology "$@"
}
# expect STATUS FOUND WHAT
expect() {
    printf '%s: %s\n' "$3" "$2"
    [ "$1" = "$2" ] || { printf 'expected %s\n' "$1" >&2; cat "$folder/answer" >&2; exit 1; }
}

order=tests/examples/cetuximab-kras-g12d-order-sign.json
address=$base/rectal-cancer-order-sign

step "Without a token, with a token for another address, and with one for this"
expect 401 "$(call "$address" "$order" none)" "no valid token"
expect 401 "$(call "$address" "$order" "$(token --aud "$base/rectal-cancer-patient-view")")" "another audience"
used=$(token --aud "$address")
expect 200 "$(call "$address" "$order" "$used")" "its own audience"
grep -o '"summary":"[^"]*"' "$folder/answer"
card=$(grep -o '"uuid":"[^"]*"' "$folder/answer" | head -n 1 | cut -d '"' -f 4)

step "The same token a second time, and one as Epic sends it"
expect 401 "$(call "$address" "$order" "$used")" "a token that was used"
expect 200 "$(call "$address" "$order" "$(token --epic --aud "$address")")" "Epic's claims"

step "Feedback: the card was overridden"
printf '{"feedback":[{"card":"%s","outcome":"overridden","outcomeTimestamp":"2026-03-02T10:00:00Z",
    "overrideReason":{"userComment":"walk-through"}}]}' "$card" >"$folder/feedback.json"
expect 200 "$(call "$address/feedback" "$folder/feedback.json" "$(token --aud "$address/feedback")")" "stored"

step "What an analyst sees of that request"
"$program" doctor --today 2026-03-02 --clients "$folder/clients.json" "$order"
