#!/usr/bin/env bash
# Feeds a part of the product with made-up input: scripts/fuzz.sh TARGET SECONDS [libFuzzer's arguments]. Targets: packets,
# frames, parameters, tls-server, tls-client, certificates. New inputs are kept under .build-fuzz/corpus; an input that
# breaks something is left there as crash-*, and runs again with `scripts/fuzz.sh TARGET 0 FILE`.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:?a target} seconds=${2:?seconds}
shift 2
export HYPERMESH_FUZZ=1 HYPERMESH_ONLY=hypermesh-fuzz
program=.build-fuzz/release/hypermesh-fuzz
if [ -z "${HYPERMESH_FUZZ_SKIP_BUILD:-}" ]; then
    swift build -c release --product hypermesh-fuzz --scratch-path .build-fuzz
fi
found=.build-fuzz/corpus/$target
mkdir -p "$found"
dictionary=Fuzz/dictionaries/${target%-*}.dict
options=(-rss_limit_mb=2048 -timeout=25 -max_len=16384 -print_final_stats=1 -artifact_prefix="$found-")
[ ! -f "$dictionary" ] || options+=(-dict="$dictionary")
# The runtime keeps memory of its own for good, which is no leak of ours.
export ASAN_OPTIONS=detect_leaks=0
if [ "$seconds" = 0 ]; then
    exec "$program" "$target" "${options[@]}" "$@"
fi
exec "$program" "$target" "${options[@]}" -max_total_time="$seconds" "$@" "$found" "Fuzz/corpus/$target"
