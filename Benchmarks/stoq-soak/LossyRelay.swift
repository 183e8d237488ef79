import Canonical
import Glibc
import QUIC
import Synchronization

/// A UDP relay before a server: loses datagrams in both directions, and now and then goes on from another port, as a
/// network address translator does. One thread of its own. It serves one client address.
final class LossyRelay: Sendable {
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    /// Where clients connect to.
    let address: SocketAddressKey
    private let front: Int32
    private let server: sockaddr_in6
    private let lossThousandths: UInt64
    private let isRebindDue = Atomic(false)
    private let isOver = Atomic(false)

    init(to server: SocketAddressKey, lossThousandths: UInt64) throws {
        self.lossThousandths = lossThousandths
        self.server = Self.native(server)
        front = try Self.socket()
        var own = sockaddr_in6()
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let descriptor = front
        let named = withUnsafeMutablePointer(to: &own) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard named == 0 else { throw Refusal(description: "the relay's socket has no name: errno \(errno)") }
        address = .loopback(port: UInt16(bigEndian: own.sin6_port))
    }

    deinit {
        close(front)
    }

    /// Makes the server see another port from now on.
    func rebind() { isRebindDue.store(true, ordering: .releasing) }

    func stop() { isOver.store(true, ordering: .releasing) }

    func start() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let refusal = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<LossyRelay>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context)
        precondition(refusal == 0, "the relay's thread did not start: errno \(refusal)")
        pthread_detach(thread)
    }

    private func run() {
        var random = SplitMix64(seed: 20)
        var client = sockaddr_in6()
        guard var back = try? Self.socket() else { return print("relay: no socket") }
        var former: Int32 = -1
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
        defer {
            buffer.deallocate()
            close(back)
            if former >= 0 { close(former) }
        }
        while !isOver.load(ordering: .acquiring) {
            if isRebindDue.exchange(false, ordering: .acquiringAndReleasing), let fresh = try? Self.socket() {
                if former >= 0 { close(former) }
                former = back
                back = fresh
            }
            var waits = [front, back, former].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&waits, 3, 100) > 0 else { continue }
            if waits[0].revents != 0 {
                forward(from: front, buffer, noting: { client = $0 }, to: (back, { self.server }), &random)
            }
            for index in 1...2 where waits[index].revents != 0 {
                forward(from: waits[index].fd, buffer, noting: { _ in }, to: (front, { client }), &random)
            }
        }
    }

    /// Passes on what waits in a socket, up to a batch.
    private func forward(
        from source: Int32, _ buffer: UnsafeMutableRawBufferPointer, noting: (sockaddr_in6) -> Void,
        to target: (descriptor: Int32, address: () -> sockaddr_in6), _ random: inout SplitMix64
    ) {
        for _ in 0..<64 {
            var sender = sockaddr_in6()
            var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
            let count = withUnsafeMutablePointer(to: &sender) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(source, buffer.baseAddress, buffer.count, 0, $0, &size)
                }
            }
            guard count > 0 else { return }
            noting(sender)
            guard random.next() % 1000 >= lossThousandths else { continue }
            var receiver = target.address()
            _ = withUnsafePointer(to: &receiver) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    sendto(target.descriptor, buffer.baseAddress, count, 0, $0, size)
                }
            }
        }
    }

    private static func native(_ address: SocketAddressKey) -> sockaddr_in6 {
        var native = sockaddr_in6()
        native.sin6_family = sa_family_t(AF_INET6)
        native.sin6_port = address.port.bigEndian
        withUnsafeMutableBytes(of: &native.sin6_addr) {
            $0.storeBytes(of: address.addressHigh.bigEndian, as: UInt64.self)
            $0.storeBytes(of: address.addressLow.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return native
    }

    /// A socket on a port of the system's choice.
    private static func socket() throws -> Int32 {
        let descriptor = Glibc.socket(AF_INET6, Int32(SOCK_DGRAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw Refusal(description: "no socket: errno \(errno)") }
        var bytes: Int32 = 4 << 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
        var own = native(.loopback(port: 0))
        let bound = withUnsafePointer(to: &own) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
        guard bound == 0 else {
            close(descriptor)
            throw Refusal(description: "no port: errno \(errno)")
        }
        return descriptor
    }
}
