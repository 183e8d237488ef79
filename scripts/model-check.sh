#!/usr/bin/env bash
# Checks models/simplex.pml with spin (Debian package `spin`, plus gcc): the rules must hold in every reachable state, and
# every broken variant must fail. Takes about a minute.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v spin >/dev/null || { echo "spin is missing: apt-get install spin gcc" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
model=$PWD/models/simplex.pml

# check NAME EXPECTED(0 = must hold, 1 = must fail) FLAGS...
check() {
    local name=$1 expected=$2
    shift 2
    (cd "$work" && spin "$@" -a "$model" >/dev/null && gcc -O2 -DSAFETY -DCOLLAPSE -DMEMLIM=4096 -w -o pan pan.c)
    local report errors states failed
    report=$(cd "$work" && ./pan -m1000000 -w24)
    errors=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' <<<"$report")
    states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' <<<"$report" | head -1)
    if grep -q "max search depth too small\|out of memory\|Search not completed" <<<"$report" && [ "$expected" = 0 ]; then
        echo "FAILED $name: the search did not finish"
        exit 1
    fi
    failed=$((errors > 0))
    if [ "$failed" != "$expected" ]; then
        echo "FAILED $name: $errors error(s) in $states states"
        exit 1
    fi
    printf '%-32s %-9s %s states\n' "$name" "$([ "$failed" = 1 ] && echo "refuted" || echo "holds")" "$states"
}

check "rules, K=1" 0 -DTERM=1
check "rules, K=2" 0 -DTERM=2
check "quorum-minus-one, K=1" 1 -DTERM=1 -DQUORUM_MINUS_ONE
check "double-notarize, K=1" 1 -DTERM=1 -DDOUBLE_NOTARIZE
check "finalize-after-nullify, K=1" 1 -DTERM=1 -DFINALIZE_AFTER_NULLIFY
check "no-ancestry-check, K=1" 1 -DTERM=1 -DNO_ANCESTRY_CHECK
check "no-gate, K=2" 1 -DTERM=2 -DNO_GATE
check "no-ancestry-check, K=2" 1 -DTERM=2 -DNO_ANCESTRY_CHECK
