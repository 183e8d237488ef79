#!/usr/bin/env bash
# Installs what is missing, checks the house rules, builds everything in debug and STOQ's documentation, and runs every
# test. With arguments: builds and gives them to `swift test` (`--filter Name`).
set -euo pipefail
cd "$(dirname "$0")/.."

./scripts/setup.sh --with-peers
./scripts/lint.sh
./scripts/model-check.sh
swift build --build-tests
./scripts/docs.sh
run() { swift test --skip-build --disable-xctest "$@"; }
if (($#)); then
    run "$@"
    exit
fi

# All tests of a run share the processors. Those with real sockets, processes and timers run apart from those that only
# compute, which would starve them.
run --skip '^(STOQ|Node|Examples|EndToEnd)Tests\.'
run --filter '^(STOQ|Node|Examples)Tests\.'
run --filter '^EndToEndTests\.'
