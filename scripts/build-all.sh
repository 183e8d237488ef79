#!/usr/bin/env bash
# Installs what is missing and builds the programs in release: .build/release/hypermesh and .build/release/conformance.
set -euo pipefail
cd "$(dirname "$0")/.."

./scripts/setup.sh
swift build -c release --product hypermesh
swift build -c release --product conformance
echo "built: .build/release/hypermesh .build/release/conformance"
