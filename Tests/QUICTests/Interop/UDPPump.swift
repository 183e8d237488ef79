import CLinux
import Canonical
import Glibc

@testable import QUIC

/// Drives an endpoint over a real UDP socket on `::1`, losing and reordering datagrams both ways on purpose.
final class UDPPump {
    let endpoint: Endpoint
    private var descriptor: Int32
    private(set) var port: UInt16
    private var random: SplitMix64
    /// Thousandths of the datagrams.
    var loss: UInt64 = 0
    var reordering: UInt64 = 0
    var corruption: UInt64 = 0
    /// Thousandths of the marked datagrams that a router on the way marks as having seen congestion.
    var congestion: UInt64 = 0
    /// Whether a router on the way clears marks.
    var clearsMarks = false
    /// Datagrams that came with each mark, by its bits.
    private(set) var marksReceived = [0, 0, 0, 0]
    /// Nothing passes while it is true.
    var isBlackHole = false
    /// Nothing passes for half a second each time that so many bytes have come.
    var blackHolesAtBytes: [Int] = []
    private var blackHoleEnd: Timestamp?
    /// Added to each direction.
    var delayNanoseconds: UInt64 = 0
    private var delayed: [(due: Timestamp, isOutgoing: Bool, datagram: Datagram)] = []
    private var sentBytes = 0
    private var receivedBytes = 0
    /// The most that was sent for what had come, while the first connection had not got its peer's Handshake packets.
    private(set) var worstAmplification = 0.0
    private(set) var replies = 0
    private(set) var dropped = 0
    private var heldOut: Datagram?
    private var heldIn: Datagram?
    var connections: [Connection] = []
    var events: [ConnectionEvent] = []
    var onEvent: ((Connection, ConnectionEvent) throws -> Void)?
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

    /// One on its way to or from a peer.
    private struct Datagram {
        var bytes: [UInt8]
        var peer: SocketAddressKey
        var mark = ECNCodepoint.notCapable
    }

    struct Failure: Error {
        var call: String
        var number: Int32
    }

    init(_ configuration: EndpointConfiguration, seed: UInt64) throws {
        endpoint = try Endpoint(configuration: configuration, random: SystemRandomSource())
        random = SplitMix64(seed: seed)
        (descriptor, port) = try Self.openSocket()
    }

    private static func openSocket() throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET6, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", number: errno) }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard bound else { throw Failure(call: "bind", number: errno) }
        var isOn: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_IPV6), IPV6_RECVTCLASS, &isOn, socklen_t(MemoryLayout<Int32>.size))
        var size: Int32 = 4 << 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        return (descriptor, UInt16(bigEndian: address.sin6_port))
    }

    /// Goes on from another port, as behind a NAT that forgot, or a machine that moved.
    func rebind() throws {
        Glibc.close(descriptor)
        (descriptor, port) = try Self.openSocket()
    }

    deinit {
        Glibc.close(descriptor)
        buffer.deallocate()
    }

    var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Timestamp(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    private func chance(_ thousandths: UInt64) -> Bool { thousandths > 0 && random.next() % 1000 < thousandths }

    private func send(_ datagram: Datagram) {
        guard !chance(loss), !isBlackHole else {
            dropped += 1
            return
        }
        var datagram = datagram
        if chance(corruption) { datagram.bytes[Int(random.next() % UInt64(datagram.bytes.count))] ^= 0x10 }
        if clearsMarks { datagram.mark = .notCapable }
        if datagram.mark != .notCapable, chance(congestion) { datagram.mark = .congestionExperienced }
        if delayNanoseconds > 0 {
            delayed.append((now.advanced(byNanoseconds: delayNanoseconds), true, datagram))
            return
        }
        if heldOut == nil, chance(reordering) {
            heldOut = datagram
            return
        }
        write(datagram)
        if let held = heldOut {
            heldOut = nil
            write(held)
        }
    }

    private func write(_ datagram: Datagram) {
        sentBytes += datagram.bytes.count
        if connections.first?.path.isValidated == false {
            worstAmplification = max(worstAmplification, Double(sentBytes) / Double(max(1, receivedBytes)))
        }
        var bytes = datagram.bytes
        bytes.withUnsafeMutableBytes { memory in
            var slot = hm_datagram()
            withUnsafeMutableBytes(of: &slot.address) { $0[15] = 1 }
            slot.port = datagram.peer.port
            slot.traffic_class = datagram.mark.rawValue
            slot.buffer = memory.baseAddress
            slot.length = UInt32(memory.count)
            _ = hm_udp_send(descriptor, &slot)
        }
    }

    /// Opens and closes black holes.
    private func passTime() {
        if let end = blackHoleEnd {
            guard now >= end else { return }
            blackHoleEnd = nil
            isBlackHole = false
        }
        guard let start = blackHolesAtBytes.first, receivedBytes >= start else { return }
        blackHolesAtBytes.removeFirst()
        blackHoleEnd = now.advanced(byMilliseconds: 500)
        isBlackHole = true
    }

    private func receive() {
        while let datagram = next() {
            var datagram = datagram
            receivedBytes += datagram.bytes.count
            passTime()
            if chance(corruption) { datagram.bytes[Int(random.next() % UInt64(datagram.bytes.count))] ^= 0x10 }
            if clearsMarks { datagram.mark = .notCapable }
            if datagram.mark != .notCapable, chance(congestion) { datagram.mark = .congestionExperienced }
            if delayNanoseconds > 0 {
                delayed.append((now.advanced(byNanoseconds: delayNanoseconds), false, datagram))
                continue
            }
            if chance(loss) || isBlackHole {
                dropped += 1
                continue
            }
            if heldIn == nil, chance(reordering) {
                heldIn = datagram
                continue
            }
            deliver(datagram)
            if let held = heldIn {
                heldIn = nil
                deliver(held)
            }
        }
    }

    private func next() -> Datagram? {
        var slot = hm_datagram()
        slot.buffer = buffer.baseAddress
        slot.capacity = UInt32(buffer.count)
        guard hm_udp_receive(descriptor, &slot, 1) == 1, slot.length > 0 else { return nil }
        marksReceived[Int(slot.traffic_class & 3)] += 1
        return Datagram(
            bytes: Array(buffer[..<Int(slot.length)]), peer: .loopback(port: slot.port),
            mark: ECNCodepoint(rawValue: slot.traffic_class & 3) ?? .notCapable)
    }

    private func deliver(_ datagram: Datagram) {
        var bytes = datagram.bytes
        let source = datagram.peer
        switch bytes.withUnsafeMutableBytes({
            endpoint.receive($0, from: source, ecn: datagram.mark, now: now)
        }) {
        case .newConnection(_, let connection): connections.append(connection)
        case .reply(let reply):
            replies += 1
            send(Datagram(bytes: reply, peer: source))
        case .connection, .ignored: break
        }
    }

    /// Lets datagrams go on whose delay is over.
    private func releaseDelayed() {
        while let first = delayed.first, first.due <= now {
            delayed.removeFirst()
            if first.isOutgoing {
                write(first.datagram)
            } else {
                deliver(first.datagram)
            }
        }
    }

    private func pump() throws {
        releaseDelayed()
        passTime()
        for connection in connections {
            while let event = connection.nextEvent() {
                events.append(event)
                try onEvent?(connection, event)
            }
            while let transmit = connection.nextTransmit(into: buffer, maximumSegments: 16, now: now) {
                for start in stride(from: 0, to: transmit.length, by: transmit.segmentSize) {
                    send(
                        Datagram(
                            bytes: Array(buffer[start..<min(start + transmit.segmentSize, transmit.length)]),
                            peer: transmit.destination, mark: transmit.ecn))
                }
            }
        }
    }

    /// Runs until the condition holds or the time is over.
    func run(seconds: UInt64, until condition: () -> Bool) throws -> Bool {
        let end = now.advanced(byMilliseconds: seconds * 1000)
        while now < end {
            try pump()
            if condition() { return true }
            let deadline = min(connections.compactMap(\.nextDeadline).min() ?? end, delayed.first?.due ?? end)
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let wait = (min(deadline, end).nanoseconds(since: now) + 999_999) / 1_000_000
            poll(&entry, 1, Int32(min(wait, 100)))
            receive()
            for connection in connections where connection.nextDeadline.map({ $0 <= now }) ?? false {
                connection.handleTimeout(now: now)
            }
        }
        return condition()
    }
}
