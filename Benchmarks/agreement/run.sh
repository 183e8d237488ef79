#!/usr/bin/env bash
# Agreement beside etcd in one run: a mesh of four nodes with all four proofs and FALCON-1024 signatures, the same agreement
# ordering bytes only, and Debian's etcd with three members. 256-byte operations, 1 and 64 clients, synced to disk.
set -euo pipefail
cd "$(dirname "$0")/../.."

./scripts/setup.sh --with-benchmarks
swift build -c release --product hypermesh
swift build -c release --product agreement-benchmark
exec python3 Benchmarks/agreement/compare.py "$@"
