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
    /// Nothing passes while it is true.
    var isBlackHole = false
    /// Added to each direction.
    var delayNanoseconds: UInt64 = 0
    private var delayed: [(due: Timestamp, isOutgoing: Bool, bytes: [UInt8], peer: SocketAddressKey)] = []
    private var sentBytes = 0
    private var receivedBytes = 0
    /// The most that was sent for what had come, while the first connection had not got its peer's Handshake packets.
    private(set) var worstAmplification = 0.0
    private(set) var replies = 0
    private(set) var dropped = 0
    private var heldOut: (bytes: [UInt8], destination: SocketAddressKey)?
    private var heldIn: (bytes: [UInt8], source: SocketAddressKey)?
    var connections: [Connection] = []
    var events: [ConnectionEvent] = []
    var onEvent: ((Connection, ConnectionEvent) throws -> Void)?
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

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

    private func send(_ bytes: [UInt8], to destination: SocketAddressKey) {
        guard !chance(loss), !isBlackHole else {
            dropped += 1
            return
        }
        var bytes = bytes
        if chance(corruption) { bytes[Int(random.next() % UInt64(bytes.count))] ^= 0x10 }
        if delayNanoseconds > 0 {
            delayed.append((now.advanced(byNanoseconds: delayNanoseconds), true, bytes, destination))
            return
        }
        if heldOut == nil, chance(reordering) {
            heldOut = (bytes, destination)
            return
        }
        write(bytes, to: destination)
        if let held = heldOut {
            heldOut = nil
            write(held.bytes, to: held.destination)
        }
    }

    private func write(_ bytes: [UInt8], to destination: SocketAddressKey) {
        sentBytes += bytes.count
        if connections.first?.path.isValidated == false {
            worstAmplification = max(worstAmplification, Double(sentBytes) / Double(max(1, receivedBytes)))
        }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = destination.port.bigEndian
        address.sin6_addr = in6addr_loopback
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
    }

    private func receive() {
        while true {
            var address = sockaddr_in6()
            var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
            let count = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT), $0, &length)
                }
            }
            guard count > 0 else { return }
            let source = SocketAddressKey.loopback(port: UInt16(bigEndian: address.sin6_port))
            var bytes = Array(buffer[..<count])
            receivedBytes += count
            if chance(corruption) { bytes[Int(random.next() % UInt64(count))] ^= 0x10 }
            if delayNanoseconds > 0 {
                delayed.append((now.advanced(byNanoseconds: delayNanoseconds), false, bytes, source))
                continue
            }
            if chance(loss) || isBlackHole {
                dropped += 1
                continue
            }
            if heldIn == nil, chance(reordering) {
                heldIn = (bytes, source)
                continue
            }
            deliver(bytes, source)
            if let held = heldIn {
                heldIn = nil
                deliver(held.bytes, held.source)
            }
        }
    }

    private func deliver(_ datagram: [UInt8], _ source: SocketAddressKey) {
        var bytes = datagram
        switch bytes.withUnsafeMutableBytes({ endpoint.receive($0, from: source, now: now) }) {
        case .newConnection(_, let connection): connections.append(connection)
        case .reply(let reply):
            replies += 1
            send(reply, to: source)
        case .connection, .ignored: break
        }
    }

    /// Lets datagrams go on whose delay is over.
    private func releaseDelayed() {
        while let first = delayed.first, first.due <= now {
            delayed.removeFirst()
            if first.isOutgoing {
                write(first.bytes, to: first.peer)
            } else {
                deliver(first.bytes, first.peer)
            }
        }
    }

    private func pump() throws {
        releaseDelayed()
        for connection in connections {
            while let event = connection.nextEvent() {
                events.append(event)
                try onEvent?(connection, event)
            }
            while let transmit = connection.nextTransmit(into: buffer, maximumSegments: 16, now: now) {
                for start in stride(from: 0, to: transmit.length, by: transmit.segmentSize) {
                    send(
                        Array(buffer[start..<min(start + transmit.segmentSize, transmit.length)]),
                        to: transmit.destination)
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
