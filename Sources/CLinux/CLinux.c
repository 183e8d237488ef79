#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif
#define HM_BATCH 16

union hm_control {
    char bytes[CMSG_SPACE(sizeof(int)) * 2 + CMSG_SPACE(sizeof(uint16_t))];
    struct cmsghdr align;
};

int hm_udp_receive(int descriptor, struct hm_datagram *datagrams, unsigned count) {
    struct mmsghdr messages[HM_BATCH];
    struct iovec vectors[HM_BATCH];
    struct sockaddr_in6 sources[HM_BATCH];
    union hm_control controls[HM_BATCH];
    if (count > HM_BATCH) count = HM_BATCH;
    memset(messages, 0, sizeof(struct mmsghdr) * count);
    for (unsigned i = 0; i < count; i++) {
        vectors[i] = (struct iovec){datagrams[i].buffer, datagrams[i].capacity};
        messages[i].msg_hdr = (struct msghdr){
            .msg_name = &sources[i], .msg_namelen = sizeof sources[i], .msg_iov = &vectors[i], .msg_iovlen = 1,
            .msg_control = controls[i].bytes, .msg_controllen = sizeof controls[i].bytes};
    }
    int got = recvmmsg(descriptor, messages, count, MSG_DONTWAIT, NULL);
    if (got < 0) return -errno;
    for (int i = 0; i < got; i++) {
        struct hm_datagram *d = &datagrams[i];
        memcpy(d->address, &sources[i].sin6_addr, 16);
        d->scope = sources[i].sin6_scope_id;
        d->port = ntohs(sources[i].sin6_port);
        d->length = (messages[i].msg_hdr.msg_flags & MSG_TRUNC) ? 0 : messages[i].msg_len;
        d->segment_size = 0;
        d->traffic_class = 0;
        struct msghdr *header = &messages[i].msg_hdr;
        for (struct cmsghdr *c = CMSG_FIRSTHDR(header); c; c = CMSG_NXTHDR(header, c)) {
            int value = 0;
            if (c->cmsg_level == SOL_UDP && c->cmsg_type == UDP_GRO) {
                memcpy(&value, CMSG_DATA(c), sizeof value);
                d->segment_size = (uint32_t)value;
            } else if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_TCLASS) {
                memcpy(&value, CMSG_DATA(c), sizeof value);
                d->traffic_class = (uint8_t)value;
            }
        }
    }
    return got;
}

int hm_udp_send(int descriptor, const struct hm_datagram *datagram) {
    struct sockaddr_in6 target = {.sin6_family = AF_INET6, .sin6_port = htons(datagram->port),
                                  .sin6_scope_id = datagram->scope};
    memcpy(&target.sin6_addr, datagram->address, 16);
    struct iovec vector = {datagram->buffer, datagram->length};
    union hm_control control;
    memset(&control, 0, sizeof control);
    struct msghdr message = {.msg_name = &target, .msg_namelen = sizeof target, .msg_iov = &vector, .msg_iovlen = 1,
                             .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    size_t used = CMSG_SPACE(sizeof(int));
    int traffic_class = datagram->traffic_class;
    c->cmsg_level = IPPROTO_IPV6;
    c->cmsg_type = IPV6_TCLASS;
    c->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(c), &traffic_class, sizeof traffic_class);
    if (datagram->segment_size > 0) {
        uint16_t size = (uint16_t)datagram->segment_size;
        c = CMSG_NXTHDR(&message, c);
        c->cmsg_level = SOL_UDP;
        c->cmsg_type = UDP_SEGMENT;
        c->cmsg_len = CMSG_LEN(sizeof size);
        memcpy(CMSG_DATA(c), &size, sizeof size);
        used += CMSG_SPACE(sizeof size);
    }
    message.msg_controllen = used;
    return sendmsg(descriptor, &message, MSG_DONTWAIT) < 0 ? -errno : 0;
}

int hm_udp_enable_receive_offload(int descriptor) {
    int on = 1;
    return setsockopt(descriptor, SOL_UDP, UDP_GRO, &on, sizeof on) < 0 ? -errno : 0;
}

int hm_wait_readable(int first, int second, int64_t nanoseconds) {
    struct pollfd descriptors[2] = {{.fd = first, .events = POLLIN}, {.fd = second, .events = POLLIN}};
    struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    if (ppoll(descriptors, 2, nanoseconds < 0 ? NULL : &limit, NULL) < 0) return -errno;
    return (descriptors[0].revents ? 1 : 0) | (descriptors[1].revents ? 2 : 0);
}

int hm_event_descriptor(void) {
    int descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    return descriptor < 0 ? -errno : descriptor;
}

int hm_pipe(int descriptors[2]) {
    return pipe2(descriptors, O_CLOEXEC) < 0 ? -errno : 0;
}

int hm_tap_open(const char *name) {
    int descriptor = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) {
        return -errno;
    }
    struct ifreq request;
    memset(&request, 0, sizeof request);
    strncpy(request.ifr_name, name, sizeof request.ifr_name - 1);
    request.ifr_flags = IFF_TAP | IFF_NO_PI;
    if (ioctl(descriptor, TUNSETIFF, &request) != 0) {
        int error = errno;
        close(descriptor);
        return -error;
    }
    return descriptor;
}
