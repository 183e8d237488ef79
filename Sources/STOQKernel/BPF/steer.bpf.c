// Chooses the socket of a SO_REUSEPORT group by the first byte of the destination connection ID: that byte, XORed with
// the group's secret byte, is the worker's number. What gives no number of a worker (a client's first packets, whose ID
// is the client's own choice, or noise) is left to the kernel's hash of the addresses, which gives one flow one socket.
#include <linux/bpf.h>
#include <linux/types.h>

#include <bpf/bpf_helpers.h>

#define UDP_HEADER 8
#define LONG_HEADER 0x80

struct settings {
    __u32 workers;
    __u32 secret;
};

struct {
    __uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY);
    __uint(max_entries, 256);
    __type(key, __u32);
    __type(value, __u64);
} hm_workers SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct settings);
} hm_settings SEC(".maps");

// 0: packets steered by their ID; 1: packets left to the kernel's hash.
struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 2);
    __type(key, __u32);
    __type(value, __u64);
} hm_steered SEC(".maps");

static __always_inline void note(__u32 outcome) {
    __u64 *count = bpf_map_lookup_elem(&hm_steered, &outcome);
    if (count) __sync_fetch_and_add(count, 1);
}

SEC("sk_reuseport")
int hm_steer(struct sk_reuseport_md *ctx) {
    __u32 zero = 0;
    struct settings *settings = bpf_map_lookup_elem(&hm_settings, &zero);
    if (!settings) return SK_PASS;

    // The data begins at the UDP header; the payload may not be linear.
    __u8 head[7] = {};
    if (bpf_skb_load_bytes(ctx, UDP_HEADER, head, sizeof head) < 0) return SK_PASS;
    // RFC 8999: a long header has the version in bytes 1 to 4, the ID's length in 5 and the ID from 6 on.
    __u8 first = head[0] & LONG_HEADER ? (head[5] > 0 ? head[6] : 0) : head[1];
    __u32 worker = first ^ (settings->secret & 0xff);
    if (worker < settings->workers && bpf_sk_select_reuseport(ctx, &hm_workers, &worker, 0) == 0) {
        note(0);
        return SK_PASS;
    }
    note(1);
    return SK_PASS;
}

char hm_license[] SEC("license") = "GPL";
