#!/usr/bin/env bash
# Installs what a fresh Debian 12 machine with Swift lacks: Debian packages by apt, Python peers by pip into .venv.
# Running it again is harmless and quick.
set -euo pipefail
cd "$(dirname "$0")/.."

# spin, gcc: the consensus model. bubblewrap: the sandbox of jobs. openssl, python3: peers in tests. libbpf-dev: eBPF.
# libipsec-mb-dev: faster packets.
# iproute2, nftables: links between network namespaces.
packages=(spin gcc bubblewrap openssl python3 python3-venv libbpf-dev libipsec-mb-dev iproute2 nftables)
# etcd, h2load: what Benchmarks/agreement compares with.
[ "${1:-}" = --with-benchmarks ] && packages+=(etcd-server etcd-client nghttp2-client)
# ngtcp2 and kdig: QUIC peers in tests.
if [ "${1:-}" = --with-peers ]; then packages+=(ngtcp2-client ngtcp2-server knot-dnsutils); fi
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if ((${#missing[@]})); then
    echo "setup: installing ${missing[*]}"
    if [ "$(id -u)" = 0 ]; then sudo=(); else sudo=(sudo); fi
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! command -v swift >/dev/null; then
    echo "setup: Swift 6.2 or later is needed and was not found on PATH; see https://www.swift.org/install" >&2
    exit 1
fi

peers=scripts/peers.txt
if [ "${1:-}" = --with-peers ] && ! cmp -s "$peers" .venv/peers.txt 2>/dev/null; then
    echo "setup: installing the Python peers that tests compare with"
    [ -x .venv/bin/python ] || python3 -m venv .venv
    .venv/bin/pip install --quiet --disable-pip-version-check -r "$peers"
    cp "$peers" .venv/peers.txt
fi
