#!/usr/bin/env bash
# Builds the documentation of a module's public declarations, STOQ's by default, and refuses unknown links and missing
# parameters: scripts/docs.sh [MODULE]. Takes the module as `swift build` left it; the result, a static site, is in
# .build/documentation/MODULE.
set -euo pipefail
cd "$(dirname "$0")/.."
module=${1:-STOQ}
build=$(swift build --show-bin-path)
graphs=$(mktemp -d)
trap 'rm -rf "$graphs"' EXIT
options=(-module-name "$module" -I "$build/Modules" -minimum-access-level public -output-dir "$graphs")
options+=(-target "$(swift -print-target-info | grep -o '"triple": "[^"]*"' | head -1 | cut -d'"' -f4)")
# The C modules below it.
for map in "$build"/*.build/{,include/}module.modulemap Sources/*/module.modulemap \
    .build/checkouts/*/Sources/CCrypto*/include/module.modulemap; do
    case $map in *-tool.build/*) continue ;; esac
    grep -q "^module C" "$map" 2>/dev/null && options+=(-Xcc "-fmodule-map-file=$map")
done
mkdir -p .build/documentation
swift symbolgraph-extract "${options[@]}"
docc convert "Sources/$module/$module.docc" --additional-symbol-graph-dir "$graphs" --warnings-as-errors \
    --output-path ".build/documentation/$module" --fallback-bundle-identifier "org.hypermesh.$module"
