#!/usr/bin/env bash
# Builds falcon-benchmark for release, runs it beside pqcrypto (if .venv has it) and prints one table.
# Usage: Benchmarks/falcon/run.sh [--output json] [--seconds S]
set -euo pipefail
cd "$(dirname "$0")/../.."
export HYPERMESH_ONLY=Falcon,falcon-benchmark
output=table seconds=0.5
while [ $# -gt 0 ]; do
    case $1 in
        --output) output=$2 ;;
        --seconds) seconds=$2 ;;
        *) echo "unknown option $1" >&2; exit 2 ;;
    esac
    shift 2
done
program=${FALCON_BENCHMARK:-}
if [ -z "$program" ]; then
    swift build -c release --product falcon-benchmark >&2
    program=$(swift build -c release --show-bin-path)/falcon-benchmark
fi
ours=$("$program" --output json --seconds "$seconds")
peer="[]"
if [ -x .venv/bin/python ]; then peer=$(.venv/bin/python Benchmarks/falcon/peer.py "$seconds"); fi
python3 - "$output" "$ours" "$peer" <<'PY'
import json, sys
rows = json.loads(sys.argv[2]) + json.loads(sys.argv[3])
if sys.argv[1] == "json":
    print(json.dumps(rows))
else:
    print(f"{'operation':<36}{'min us':>12}{'median us':>12}{'calls':>10}")
    for row in rows:
        print(f"{row['name']:<36}{row['min_us']:>12.1f}{row['median_us']:>12.1f}{row['calls']:>10}")
PY
