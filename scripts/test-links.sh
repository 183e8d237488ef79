#!/bin/bash
# Runs the protocol over real sockets between two network namespaces: a rate by tbf, loss by nftables, delay and jitter
# by our own link emulator on TAP devices. Needs root; says why when it cannot run, and then ends with 77.
#   scripts/test-links.sh [--quick]
set -euo pipefail
cd "$(dirname "$0")/.."

skip() { echo "skipped: $1"; exit 77; }
[ "$(id -u)" = 0 ] || skip "needs root to make network namespaces"
for tool in ip tc nft; do command -v "$tool" > /dev/null || skip "$tool is not installed (iproute2, nftables)"; done
[ -c /dev/net/tun ] || skip "the kernel has no TUN/TAP (/dev/net/tun)"
ip netns add hm-links-probe 2> /dev/null || skip "network namespaces cannot be made here"
ip netns del hm-links-probe

BUILD=(--configuration release --scratch-path .build-release)
for product in stoq-wire link-emulator; do
    HYPERMESH_ONLY=${HYPERMESH_ONLY:-stoq-wire,link-emulator} swift build "${BUILD[@]}" --product "$product" > /dev/null
done
BIN=$(pwd)/.build-release/release

down() {
    { kill "$EMULATOR" "$SERVER"; } 2> /dev/null || true
    wait 2> /dev/null || true
    ip netns del hm-a 2> /dev/null || true
    ip netns del hm-b 2> /dev/null || true
}
trap down EXIT
EMULATOR= SERVER= FAILED=0

# link NAME DELAY_US JITTER_US: one hop between hm-a and hm-b, by TAP devices when it has delay, else by veth.
up() {
    down
    ip netns add hm-a
    ip netns add hm-b
    if [ "$1" -gt 0 ]; then
        "$BIN/link-emulator" hm-t0 hm-t1 --delay-us "$1" --jitter-us "$2" > /tmp/hm-links.$$ &
        EMULATOR=$!
        until grep -q ready /tmp/hm-links.$$; do kill -0 "$EMULATOR" || skip "no TAP device can be made"; sleep 0.1; done
        rm -f /tmp/hm-links.$$
    else
        ip link add hm-t0 type veth peer name hm-t1
    fi
    for end in a:hm-t0:1 b:hm-t1:2; do
        IFS=: read -r space device address <<< "$end"
        ip link set "$device" netns "hm-$space"
        ip -n "hm-$space" addr add "fd6d:6c6b::$address/64" dev "$device" nodad
        ip -n "hm-$space" link set "$device" up
    done
}

# run TIER MBIT DELAY_US JITTER_US LOSS_PERMILLE ALGORITHM UTILISATION_MIN
run() {
    up "$3" "$4"
    ip netns exec hm-a tc qdisc add dev hm-t0 root tbf rate "$2mbit" burst 128kb latency 50ms ||
        skip "the kernel has no tbf queue"
    if [ "$5" -gt 0 ]; then
        ip netns exec hm-b nft "add table inet lossy; add chain inet lossy in { type filter hook input priority 0; };
            add rule inet lossy in meta l4proto udp numgen random mod 1000 < $5 drop" ||
            skip "nftables cannot drop at random here"
    fi
    ip netns exec hm-b "$BIN/stoq-wire" serve '[fd6d:6c6b::2]:4433' > /dev/null &
    SERVER=$!
    sleep 0.3
    local line
    line=$(ip netns exec hm-a "$BIN/stoq-wire" send '[fd6d:6c6b::2]:4433' 7 "$6" "$(($2 * 1000000))")
    local tier utilisation
    tier=$(sed 's/.*"tier":"\([a-z0-9]*\)".*/\1/;t;s/.*/none/' <<< "${line%%\"events\"*}")
    utilisation=$(sed 's/.*"utilisation_percent":\([0-9]*\).*/\1/' <<< "$line")
    local verdict=ok
    [ "$tier" = "$1" ] && [ "$utilisation" -ge "$7" ] || { verdict=FAILED; FAILED=1; }
    wait "$SERVER" || { verdict="FAILED (the server ended with $?)"; FAILED=1; }
    echo "$verdict: $2 Mbit/s, $3 us + $4 us jitter each way, $5 in 1000 lost, $6: $line"
}

run megabits100 100 0 0 0 bbr 90
run megabits100 100 20000 0 10 bbr 80
[ "${1:-}" = --quick ] && exit "$FAILED"
run megabits100 100 0 0 0 cubic 90
run megabits100 100 10000 2000 0 bbr 85
run megabits100 100 20000 0 10 cubic 0
run gigabit1 1000 0 0 0 bbr 85
run gigabits2500 2500 0 0 0 bbr 80
exit "$FAILED"
