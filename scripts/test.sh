#!/usr/bin/env bash
# Installs what is missing, checks the house rules, builds everything in debug and runs every test.
set -euo pipefail
cd "$(dirname "$0")/.."

./scripts/setup.sh --with-peers
./scripts/lint.sh
./scripts/model-check.sh
swift build --build-tests
swift test --skip-build --disable-xctest "$@"
