#!/usr/bin/env bash
# Checks on the release build that signing has no branches or addresses that depend on secrets, apart from the two
# inherent ones of IntegerSampler: rejection of a candidate (sample) and the lazy comparison (accepts).
# Needs valgrind. An already built program can be given as the first argument.
set -euo pipefail
cd "$(dirname "$0")/.."
export HYPERMESH_MEMCHECK=1 HYPERMESH_ONLY=Falcon,CValgrind,falcon-memcheck
program=${1:-}
if [ -z "$program" ]; then
    swift build -c release --product falcon-memcheck
    program=$(swift build -c release --show-bin-path)/falcon-memcheck
fi
report=$(mktemp)
trap 'rm -f "$report"' EXIT

# Prints "file:line function" of the innermost Falcon frame of every report, once each.
run() {
    valgrind --error-limit=no --read-inline-info=yes --log-file="$report" "$program" "$@" >/dev/null
    awk '/Conditional jump|Use of uninitialised/ { wanted = 1; next }
         wanted && /(at|by) 0x/ {
             match($0, /\(([^()]*:[0-9]+)\)$/)
             print RSTART ? substr($0, RSTART + 1, RLENGTH - 2) : $0
             wanted = 0
         }' "$report" | sort | uniq -c
}

# The lines of the two permitted branches, found by their text.
sampler=Sources/Falcon/Sampling/IntegerSampler.swift
permitted=$(grep -nE 'if accepts\(exponent, scale\)|if difference != 0 \|\| position == 0' "$sampler" | cut -d: -f1)
[ "$(wc -w <<<"$permitted")" = 2 ] || { echo "the permitted branches were not found in $sampler"; exit 2; }

failed=0
found=$(run)
echo "$found"
while read -r _ place; do
    [ -n "$place" ] || continue
    case " $(tr '\n' ' ' <<<"$permitted") " in
        *" ${place##*:} "*) [ "${place%%:*}" = IntegerSampler.swift ] && continue ;;
    esac
    echo "secret-dependent: $place"
    failed=1
done <<<"$found"
[ -n "$found" ] || { echo "not even the inherent branches were reported: the check does not work"; failed=1; }

if run --control | grep -q PositiveControl.swift; then
    echo "positive control: found, as it must be"
else
    echo "positive control: NOT found, so this check proves nothing"
    failed=1
fi
[ "$failed" = 0 ] && echo "signing: only the two inherent branches depend on secrets"
exit "$failed"
