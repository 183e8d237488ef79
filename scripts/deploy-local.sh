#!/usr/bin/env bash
# From nothing to a running mesh: sets up, builds in release, starts four nodes on [::1], runs a Julia program on them
# and prints what happened. Running it again is harmless.
set -euo pipefail
cd "$(dirname "$0")/.."

./scripts/build-all.sh
hypermesh=.build/release/hypermesh
"$hypermesh" up
"$hypermesh" run examples/primes.jl --argument 100000
"$hypermesh" status
"$hypermesh" ct root
cat <<TEXT

Next:
  $hypermesh run YOUR.jl --argument 42     run a program of your own
  $hypermesh wallet balance                what you and the nodes hold
  $hypermesh logs 1                        what node 1 says
  $hypermesh doctor                        look for faults and their remedies
  $hypermesh down                          stop the mesh
TEXT
