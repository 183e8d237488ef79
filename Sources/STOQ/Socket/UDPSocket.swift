import CLinux
import Glibc
package import QUIC

/// An IPv6 UDP socket with segmentation offload on the way out (GSO) and on the way in (GRO) where the kernel has it.
/// Belongs to one thread.
package final class UDPSocket {
    /// To wait on for arriving datagrams.
    package let descriptor: Int32
    /// Where it is bound, with the port that the system chose.
    package let address: SocketAddressKey
    /// False after the kernel or a device refused a segmented batch.
    private(set) var sendsSegments = true

    private let storage: UnsafeMutableRawPointer
    private var slots: [hm_datagram]

    /// Opens a socket on an address; `system` with errno when the kernel refuses.
    /// - Parameter sharesPort: other sockets of this user may bind to the same port, and datagrams are spread over them.
    package init(binding wanted: SocketAddressKey, sharesPort: Bool = false) throws(STOQError) {
        descriptor = socket(AF_INET6, Int32(SOCK_DGRAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw .system(operation: "open UDP socket", errno: errno) }
        storage = .allocate(byteCount: STOQLimits.receiveBatch * STOQLimits.receiveBufferBytes, alignment: 64)
        slots = []
        do throws(STOQError) {
            if sharesPort {
                try UDPSocket.set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1, "set SO_REUSEPORT")
            }
            address = try UDPSocket.bind(descriptor, to: wanted)
        } catch {
            close(descriptor)
            storage.deallocate()
            throw error
        }
        for index in 0..<STOQLimits.receiveBatch {
            var slot = hm_datagram()
            slot.buffer = storage + index * STOQLimits.receiveBufferBytes
            slot.capacity = UInt32(STOQLimits.receiveBufferBytes)
            slots.append(slot)
        }
    }

    deinit {
        close(descriptor)
        storage.deallocate()
    }

    /// Datagrams of one size that the kernel put together, the last perhaps shorter.
    package struct Batch {
        package let bytes: UnsafeMutableRawBufferPointer
        /// The bytes of each datagram.
        package let segmentSize: Int
        package let source: SocketAddressKey
        package let mark: ECNCodepoint
    }

    /// Takes what has arrived, without waiting, and gives each datagram to `body`. Returns false when nothing was there.
    package func receive(
        _ body: (UnsafeMutableRawBufferPointer, SocketAddressKey, ECNCodepoint) -> Void
    ) throws(STOQError) -> Bool {
        try receiveBatches { batch in
            var offset = 0
            while offset < batch.bytes.count {
                let end = min(offset + batch.segmentSize, batch.bytes.count)
                body(UnsafeMutableRawBufferPointer(rebasing: batch.bytes[offset..<end]), batch.source, batch.mark)
                offset = end
            }
        }
    }

    /// Takes what has arrived, without waiting, and gives it to `body` as the kernel put it together. Returns false when
    /// nothing was there.
    package func receiveBatches(_ body: (Batch) -> Void) throws(STOQError) -> Bool {
        let count = hm_udp_receive(descriptor, &slots, UInt32(slots.count))
        guard count >= 0 else {
            // A refused datagram of ours comes back as an error of the socket; the connection finds out by its timers.
            if [EAGAIN, EINTR].contains(-count) { return false }
            if [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(-count) { return true }
            throw .system(operation: "receive", errno: -count)
        }
        for index in 0..<Int(count) { hand(slots[index], to: body) }
        return count > 0
    }

    /// Waits until a datagram is there.
    /// - Returns: false when none came in time.
    package func waitReadable(nanoseconds: Int64) throws(STOQError) -> Bool {
        let result = hm_wait_readable(descriptor, descriptor, nanoseconds)
        guard result >= 0 || result == -EINTR else { throw .system(operation: "wait", errno: -result) }
        return result > 0
    }

    private func hand(_ slot: hm_datagram, to body: (Batch) -> Void) {
        guard let base = slot.buffer, slot.length > 0 else { return }
        let source = withUnsafeBytes(of: slot.address) {
            SocketAddressKey(bytes: $0, port: slot.port, scope: slot.scope)
        }
        body(
            Batch(
                bytes: UnsafeMutableRawBufferPointer(start: base, count: Int(slot.length)),
                segmentSize: Int(slot.segment_size > 0 ? slot.segment_size : slot.length), source: source,
                mark: ECNCodepoint(rawValue: slot.traffic_class & 3) ?? .notCapable))
    }

    /// Sends one batch; a full socket buffer drops it, as a full link would.
    package func send(_ transmit: Transmit, from buffer: UnsafeMutableRawBufferPointer) throws(STOQError) {
        let isBatch = transmit.length > transmit.segmentSize
        if isBatch && !sendsSegments { return try sendSingly(transmit, from: buffer) }
        let refusal = put(transmit, buffer, offset: 0, length: transmit.length, segments: isBatch)
        guard refusal != 0 else { return }
        if isBatch, [EIO, EINVAL, EMSGSIZE, EOPNOTSUPP].contains(refusal) {
            sendsSegments = false
            return try sendSingly(transmit, from: buffer)
        }
        try check(refusal)
    }

    private func sendSingly(_ transmit: Transmit, from buffer: UnsafeMutableRawBufferPointer) throws(STOQError) {
        var offset = 0
        while offset < transmit.length {
            let size = min(transmit.segmentSize, transmit.length - offset)
            try check(put(transmit, buffer, offset: offset, length: size, segments: false))
            offset += size
        }
    }

    private func put(
        _ transmit: Transmit,
        _ buffer: UnsafeMutableRawBufferPointer,
        offset: Int,
        length: Int,
        segments: Bool
    ) -> Int32 {
        var datagram = hm_datagram()
        var high = transmit.destination.addressHigh.bigEndian
        var low = transmit.destination.addressLow.bigEndian
        withUnsafeMutableBytes(of: &datagram.address) { target in
            withUnsafeBytes(of: &high) { target.copyMemory(from: $0) }
            withUnsafeBytes(of: &low) { UnsafeMutableRawBufferPointer(rebasing: target[8...]).copyMemory(from: $0) }
        }
        datagram.port = transmit.destination.port
        datagram.scope = transmit.destination.scope
        datagram.traffic_class = transmit.ecn.rawValue
        datagram.buffer = buffer.baseAddress.map { $0 + offset }
        datagram.length = UInt32(length)
        datagram.segment_size = segments ? UInt32(transmit.segmentSize) : 0
        return -hm_udp_send(descriptor, &datagram)
    }

    private func check(_ refusal: Int32) throws(STOQError) {
        guard refusal != 0 else { return }
        let passing = [EAGAIN, ENOBUFS, EINTR, ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EMSGSIZE, EPERM]
        guard passing.contains(refusal) else { throw .system(operation: "send", errno: refusal) }
    }

    private static func bind(_ descriptor: Int32, to wanted: SocketAddressKey) throws(STOQError) -> SocketAddressKey {
        try set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1, "set IPV6_V6ONLY")
        try set(descriptor, Int32(IPPROTO_IPV6), IPV6_RECVTCLASS, 1, "set IPV6_RECVTCLASS")
        try set(descriptor, Int32(IPPROTO_IPV6), IPV6_MTU_DISCOVER, IPV6_PMTUDISC_PROBE, "set IPV6_MTU_DISCOVER")
        try enlarge(descriptor, SO_RCVBUF, forced: SO_RCVBUFFORCE, "set SO_RCVBUF")
        try enlarge(descriptor, SO_SNDBUF, forced: SO_SNDBUFFORCE, "set SO_SNDBUF")
        // Without GRO every datagram simply arrives on its own.
        _ = hm_udp_enable_receive_offload(descriptor)
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = wanted.port.bigEndian
        address.sin6_scope_id = wanted.scope
        var words = (wanted.addressHigh.bigEndian, wanted.addressLow.bigEndian)
        withUnsafeMutableBytes(of: &address.sin6_addr) { target in
            withUnsafeBytes(of: &words) { target.copyMemory(from: $0) }
        }
        let size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, size) }
        }
        guard bound == 0 else { throw .system(operation: "bind \(wanted.text)", errno: errno) }
        return try boundAddress(descriptor)
    }

    /// Asks for a large buffer; only a privileged process gets more than `net.core.rmem_max` and `wmem_max`.
    private static func enlarge(
        _ descriptor: Int32, _ option: Int32, forced: Int32, _ operation: String
    ) throws(STOQError) {
        var size = Int32(STOQLimits.socketBufferBytes)
        guard setsockopt(descriptor, SOL_SOCKET, forced, &size, socklen_t(MemoryLayout<Int32>.size)) != 0 else {
            return
        }
        try set(descriptor, SOL_SOCKET, option, size, operation)
    }

    private static func boundAddress(_ descriptor: Int32) throws(STOQError) -> SocketAddressKey {
        var address = sockaddr_in6()
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let named = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard named == 0 else { throw .system(operation: "name the socket", errno: errno) }
        let bytes = withUnsafeBytes(of: address.sin6_addr) { Array($0) }
        return SocketAddressKey(bytes: bytes, port: UInt16(bigEndian: address.sin6_port), scope: address.sin6_scope_id)
    }

    private static func set(
        _ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32, _ operation: String
    ) throws(STOQError) {
        var value = value
        guard setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw .system(operation: operation, errno: errno)
        }
    }
}
