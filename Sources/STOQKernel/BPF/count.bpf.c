// Counts UDP over IPv6 by local port and by destination connection ID: datagrams, payload bytes, sizes, and what a full
// socket buffer dropped. Batches of segmentation offload count as the datagrams that they hold. Only ports in hm_watched
// are looked at; nothing is changed or held back.
#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/ipv6.h>
#include <linux/types.h>
#include <linux/udp.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define LONG_HEADER 0x80
#define ID_BYTES 8
#define SIZES 8
#define IN 0
#define OUT 1

struct counter {
    __u64 packets;
    __u64 bytes;
    __u64 drops;
    __u64 sizes[SIZES];
};

struct port_key {
    __u16 port;
    __u16 direction;
};

struct connection_key {
    __u8 id[ID_BYTES];
    __u16 port;
    __u16 direction;
    __u32 reserved;
};

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 256);
    __type(key, __u16);
    __type(value, __u8);
} hm_watched SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 512);
    __type(key, struct port_key);
    __type(value, struct counter);
} hm_ports SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 16384);
    __type(key, struct connection_key);
    __type(value, struct counter);
} hm_connections SEC(".maps");

// What the drop program needs to know of the kernel's structures; libbpf puts in this kernel's offsets.
struct sock_common {
    __u16 skc_num;
} __attribute__((preserve_access_index));

struct sock {
    struct sock_common __sk_common;
} __attribute__((preserve_access_index));

struct skb_shared_info {
    __u16 gso_segs;
} __attribute__((preserve_access_index));

struct sk_buff {
    unsigned char *head;
    unsigned int end;
    __u16 transport_header;
} __attribute__((preserve_access_index));

// Payload sizes up to 64, 128, 256, 512, 1024, 1280, 1452 bytes, and larger.
static __always_inline __u32 size_class(__u32 size) {
    if (size <= 64) return 0;
    if (size <= 128) return 1;
    if (size <= 256) return 2;
    if (size <= 512) return 3;
    if (size <= 1024) return 4;
    if (size <= 1280) return 5;
    return size <= 1452 ? 6 : 7;
}

static __always_inline struct counter *counter(void *map, const void *key) {
    struct counter *found = bpf_map_lookup_elem(map, key);
    if (found) return found;
    struct counter fresh = {};
    bpf_map_update_elem(map, key, &fresh, BPF_NOEXIST);
    return bpf_map_lookup_elem(map, key);
}

static __always_inline void add(struct counter *to, __u32 packets, __u32 bytes, __u32 segment) {
    if (!to) return;
    __sync_fetch_and_add(&to->packets, packets);
    __sync_fetch_and_add(&to->bytes, bytes);
    if (packets == 1) {
        __sync_fetch_and_add(&to->sizes[size_class(bytes)], 1);
        return;
    }
    // All have the segment's size but the last.
    __sync_fetch_and_add(&to->sizes[size_class(segment)], packets - 1);
    __sync_fetch_and_add(&to->sizes[size_class(bytes - (packets - 1) * segment)], 1);
}

// Finds the first eight bytes of the destination ID; shorter ones are not counted by ID.
static __always_inline int identify(const __u8 *head, __u8 *id) {
    if (!(head[0] & LONG_HEADER)) {
        __builtin_memcpy(id, head + 1, ID_BYTES);
        return 1;
    }
    if (head[5] < ID_BYTES) return 0;
    __builtin_memcpy(id, head + 6, ID_BYTES);
    return 1;
}

static __always_inline int count(struct __sk_buff *ctx, __u16 direction) {
    struct {
        struct ipv6hdr ip;
        struct udphdr udp;
    } __attribute__((packed)) headers;
    if (ctx->protocol != bpf_htons(0x86DD)) return 1;
    if (bpf_skb_load_bytes(ctx, 0, &headers, sizeof headers) < 0 || headers.ip.nexthdr != IPPROTO_UDP) return 1;
    __u16 port = bpf_ntohs(direction == IN ? headers.udp.dest : headers.udp.source);
    if (!bpf_map_lookup_elem(&hm_watched, &port) || ctx->len < sizeof headers) return 1;

    __u32 bytes = ctx->len - sizeof headers;
    __u32 segment = ctx->gso_size;
    __u32 packets = segment > 0 && bytes > segment ? (bytes + segment - 1) / segment : 1;
    struct port_key port_key = {.port = port, .direction = direction};
    add(counter(&hm_ports, &port_key), packets, bytes, segment);

    __u8 head[6 + ID_BYTES] = {};
    struct connection_key key = {.port = port, .direction = direction};
    if (bpf_skb_load_bytes(ctx, sizeof headers, head, sizeof head) < 0 || !identify(head, key.id)) return 1;
    add(counter(&hm_connections, &key), packets, bytes, segment);
    return 1;
}

SEC("cgroup_skb/ingress")
int hm_count_in(struct __sk_buff *ctx) { return count(ctx, IN); }

SEC("cgroup_skb/egress")
int hm_count_out(struct __sk_buff *ctx) { return count(ctx, OUT); }

// A datagram for which a socket had no room. Arguments: result, socket, and since Linux 6.10 the packet.
SEC("raw_tracepoint/udp_fail_queue_rcv_skb")
int hm_count_drop(struct bpf_raw_tracepoint_args *ctx) {
    struct sock *sk = (struct sock *)ctx->args[1];
    __u16 port = BPF_CORE_READ(sk, __sk_common.skc_num);
    if (!bpf_map_lookup_elem(&hm_watched, &port)) return 0;

    struct sk_buff *skb = (struct sk_buff *)ctx->args[2];
    unsigned char *head = BPF_CORE_READ(skb, head);
    struct skb_shared_info *shared = (struct skb_shared_info *)(head + BPF_CORE_READ(skb, end));
    __u16 segments = BPF_CORE_READ(shared, gso_segs);
    __u64 packets = segments > 1 ? segments : 1;
    struct port_key port_key = {.port = port, .direction = IN};
    struct counter *of_port = counter(&hm_ports, &port_key);
    if (of_port) __sync_fetch_and_add(&of_port->drops, packets);

    __u8 start[6 + ID_BYTES] = {};
    struct connection_key key = {.port = port, .direction = IN};
    unsigned char *payload = head + BPF_CORE_READ(skb, transport_header) + sizeof(struct udphdr);
    if (bpf_probe_read_kernel(start, sizeof start, payload) < 0 || !identify(start, key.id)) return 0;
    struct counter *of_connection = counter(&hm_connections, &key);
    if (of_connection) __sync_fetch_and_add(&of_connection->drops, packets);
    return 0;
}

char hm_license[] SEC("license") = "GPL";
