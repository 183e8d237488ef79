import Glibc
import Testing

@testable import STOQKernel

/// Four sockets of one port; every datagram says in its payload which of them it is for.
@Suite(
    .serialized, .enabled(if: KernelSupport.probe().isUsable, "needs the rights and kernel parts of 'stoq ebpf status'")
)
struct ReuseportSteeringTests {
    private static let workers = 4
    private static let secret: UInt8 = 0xA7

    @Test func `every datagram reaches the worker that its connection ID names`() throws {
        let group = try SocketGroup(count: Self.workers)
        let steering = try ReuseportSteering(sockets: group.sockets, secret: Self.secret)
        for number in 0..<400 {
            let worker = number % Self.workers
            let byte = UInt8(worker) ^ Self.secret
            // Each from another source port, so that the kernel's hash would scatter them.
            try group.send(number.isMultiple(of: 8) ? Self.long(byte) : Self.short(byte))
            #expect(group.receivers() == [worker], "datagram \(number)")
        }
        #expect(try steering.outcomes() == .init(steered: 400, hashed: 0))
    }

    @Test func `a datagram without a worker's number is left to the kernel`() throws {
        let group = try SocketGroup(count: Self.workers)
        let steering = try ReuseportSteering(sockets: group.sockets, secret: Self.secret)
        let stray = UInt8(Self.workers + 3) ^ Self.secret
        for datagram in [Self.short(stray), Self.long(stray), [0x40], [0xC0, 0, 0, 0, 1, 0]] {
            try group.send(datagram)
            #expect(group.receivers().count == 1)
        }
        #expect(try steering.outcomes().steered == 0)
    }

    @Test func `too many workers are refused before the kernel is asked`() {
        let sockets = [Int32](repeating: 0, count: KernelLimits.workersMax + 1)
        #expect(throws: KernelError.tooMany(what: "workers, and at least one", limit: KernelLimits.workersMax)) {
            _ = try ReuseportSteering(sockets: sockets, secret: 0)
        }
    }

    /// A 1-RTT packet: flags, then the ID.
    private static func short(_ byte: UInt8) -> [UInt8] { [0x40, byte] + [UInt8](repeating: 9, count: 40) }

    /// A Handshake packet: flags, version 1, the ID's length and the ID.
    private static func long(_ byte: UInt8) -> [UInt8] {
        [0xE0, 0, 0, 0, 1, 8, byte] + [UInt8](repeating: 9, count: 1000)
    }
}

/// UDP sockets that share one port of `[::1]`.
final class SocketGroup {
    struct Refused: Error { let errno: Int32 }

    private(set) var sockets: [Int32] = []
    private var address = sockaddr_in6()

    init(count: Int) throws {
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        for _ in 0..<count {
            let descriptor = socket(AF_INET6, Int32(SOCK_DGRAM.rawValue), 0)
            guard descriptor >= 0 else { throw Refused(errno: errno) }
            sockets.append(descriptor)
            var one: Int32 = 1
            guard setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &one, 4) == 0,
                withAddress({ bind(descriptor, $0, $1) }) == 0
            else { throw Refused(errno: errno) }
            var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
            let named = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
            }
            guard named == 0 else { throw Refused(errno: errno) }
        }
    }

    deinit {
        for descriptor in sockets { close(descriptor) }
    }

    var port: UInt16 { UInt16(bigEndian: address.sin6_port) }

    /// Sends from a socket of its own.
    func send(_ bytes: [UInt8]) throws {
        let descriptor = socket(AF_INET6, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        let sent = withAddress { sendto(descriptor, bytes, bytes.count, 0, $0, $1) }
        guard sent == bytes.count else { throw Refused(errno: errno) }
    }

    /// Takes what has arrived; a datagram over loopback is there when `sendto` returns.
    /// - Returns: the numbers of the sockets that had one.
    func receivers() -> [Int] {
        var buffer = [UInt8](repeating: 0, count: 2048)
        return sockets.indices.filter { recv(sockets[$0], &buffer, buffer.count, Int32(MSG_DONTWAIT)) > 0 }
    }

    private func withAddress<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
    }
}
