import Glibc

struct SocketFailure: Error {
    let call: String
    let code: Int32
}

/// A blocking TCP socket over IPv6 loopback, with a time limit on every call.
final class StreamSocket {
    private let descriptor: Int32

    private init(adopting descriptor: Int32) {
        self.descriptor = descriptor
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        Glibc.close(descriptor)
    }

    private static func loopback(port: UInt16) -> sockaddr_in6 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        address.sin6_addr = in6addr_loopback
        return address
    }

    private static func open() throws -> Int32 {
        let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw SocketFailure(call: "socket", code: errno) }
        return descriptor
    }

    private static func call(
        _ name: String,
        _ descriptor: Int32,
        port: UInt16,
        _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws {
        var address = loopback(port: port)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
        guard result == 0 else { throw SocketFailure(call: name, code: errno) }
    }

    static func connect(port: UInt16) throws -> StreamSocket {
        let socket = StreamSocket(adopting: try open())
        try call("connect", socket.descriptor, port: port, Glibc.connect)
        return socket
    }

    /// A listener on a port that the kernel picks.
    static func listen() throws -> StreamSocket {
        let socket = StreamSocket(adopting: try open())
        try call("bind", socket.descriptor, port: 0, Glibc.bind)
        guard Glibc.listen(socket.descriptor, 4) == 0 else { throw SocketFailure(call: "listen", code: errno) }
        return socket
    }

    /// A port that was free a moment ago.
    static func freePort() throws -> UInt16 {
        try listen().port()
    }

    func port() throws -> UInt16 {
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard result == 0 else { throw SocketFailure(call: "getsockname", code: errno) }
        return UInt16(bigEndian: address.sin6_port)
    }

    func accept() throws -> StreamSocket {
        let accepted = Glibc.accept(descriptor, nil, nil)
        guard accepted >= 0 else { throw SocketFailure(call: "accept", code: errno) }
        return StreamSocket(adopting: accepted)
    }

    /// Some bytes; empty when the peer has closed.
    func read() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw SocketFailure(call: "recv", code: errno) }
        return Array(buffer.prefix(count))
    }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw SocketFailure(call: "send", code: errno) }
            rest = rest.dropFirst(count)
        }
    }
}
