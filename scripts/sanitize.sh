#!/usr/bin/env bash
# Runs the tests of TLS, QUIC and STOQ that need no peer program under a sanitizer: scripts/sanitize.sh thread|address.
# Builds in a folder of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:?thread or address}
export HYPERMESH_ONLY=QUIC,TLS,STOQ
# The leak checker reports what the Swift runtime keeps for good.
export ASAN_OPTIONS=detect_leaks=0
export TSAN_OPTIONS="halt_on_error=0:exitcode=66:suppressions=$PWD/scripts/tsan-suppressions.txt"
options=(--sanitize="$kind" --scratch-path ".build-$kind")
swift build --build-tests "${options[@]}"
report=$(mktemp)
trap 'rm -f "$report"' EXIT

# Everything under a sanitizer is slow: sockets have the machine to themselves, one test at a time.
run() {
    swift test --skip-build --disable-xctest "${options[@]}" "$@" 2>&1 | tee "$report"
    if grep -qE 'WARNING: ThreadSanitizer|ERROR: AddressSanitizer' "$report"; then
        echo "$kind sanitizer: findings above"
        exit 1
    fi
    grep -qE 'Test run with [1-9][0-9]* tests.* passed' "$report" || { echo "no test ran, or one failed"; exit 1; }
}
run --filter '^(QUIC|TLS)Tests\.' --skip 'Aioquic|Qh3|Ngtcp2|Interop|OpenSSL|Hybrid|peer'
run --no-parallel --filter '^STOQTests\.'
echo "$kind sanitizer: clean"
