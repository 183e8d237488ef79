#!/usr/bin/env bash
# The house rules that need no compiler: layout by swift-format. The rest (lengths, nesting, floors, forbidden words)
# is in Tests/HouseTests.
set -euo pipefail
cd "$(dirname "$0")/.."
swift format lint --strict --parallel --recursive Sources Tests Benchmarks Fuzz examples Package.swift
