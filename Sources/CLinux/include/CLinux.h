// Linux calls that Swift's Glibc module does not show: they need _GNU_SOURCE or are built of macros. One call each, no logic.
// The header names plain types only, because a header that sets _GNU_SOURCE clashes with the Glibc module.
#ifndef HYPERMESH_CLINUX_H
#define HYPERMESH_CLINUX_H

#include <stddef.h>
#include <stdint.h>

// One UDP datagram, or a run of equal-sized ones (segment_size > 0) with offload.
struct hm_datagram {
    uint8_t address[16];
    uint32_t scope;
    uint16_t port;
    uint8_t traffic_class;
    uint32_t length;
    uint32_t segment_size;
    void *buffer;
    uint32_t capacity;
};

// recvmmsg(2), at most 16 datagrams, without waiting. Returns the count or -errno.
int hm_udp_receive(int descriptor, struct hm_datagram *datagrams, unsigned count);

// sendmsg(2) with UDP_SEGMENT when segment_size > 0. Returns 0 or -errno.
int hm_udp_send(int descriptor, const struct hm_datagram *datagram);

// setsockopt(UDP_GRO). Returns 0 or -errno.
int hm_udp_enable_receive_offload(int descriptor);

// ppoll(2) for reading on two descriptors; a negative time waits for ever. Returns a bit mask of the readable ones (bit 0: first), or -errno.
int hm_wait_readable(int first, int second, int64_t nanoseconds);

// open("/dev/net/tun") and ioctl(TUNSETIFF) for a TAP device without packet information, non-blocking. Returns the
// descriptor or -errno.
int hm_tap_open(const char *name);

// eventfd(2), non-blocking. Returns the descriptor or -errno.
int hm_event_descriptor(void);

// pipe2(2) with O_CLOEXEC. Returns 0 or -errno.
int hm_pipe(int descriptors[2]);

#endif
