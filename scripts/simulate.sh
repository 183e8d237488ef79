#!/usr/bin/env bash
# Runs the simulator in release: SEEDS worlds (default 10,000) of consensus alone must hold, a tenth as many with the
# real ledger, and with segment logs on failing disks; and every planted bug must be found within 200 seeds.
# Arguments: [SEEDS] [FIRST_SEED].
set -euo pipefail
cd "$(dirname "$0")/.."
seeds=${1:-10000}
first=${2:-1}
swift build -c release --product hypermesh-simulator
simulator=$(swift build -c release --show-bin-path)/hypermesh-simulator

"$simulator" --application counter --seed "$first" --seeds "$seeds"
"$simulator" --application ledger --seed "$first" --seeds $((seeds / 10 + 1))
"$simulator" --application ledger --disk segments --seed "$first" --seeds $((seeds / 10 + 1))
"$simulator" --application counter --seed "$first" --seeds 100 --power-failure --no-faults --steps 4000

for mutant in quorum-minus-one double-notarize finalize-after-nullify no-gate no-vote-log no-certificate-log \
    no-ancestry-check; do
    if "$simulator" --application counter --seeds 200 --mutant "$mutant" >/dev/null; then
        echo "FAILED: $mutant survived 200 seeds"
        exit 1
    fi
    echo "$mutant was found"
done
# Found by its directed test: every node loses power once.
if "$simulator" --application counter --mutant no-body-log --power-failure --no-faults --steps 4000 --nodes 4 >/dev/null; then
    echo "FAILED: no-body-log survived a power failure"
    exit 1
fi
echo "no-body-log was found"
