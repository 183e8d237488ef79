import Glibc

/// Plain TCP sockets on `[::1]`.
enum TCPSocket {
    private static func open() throws -> Int32 {
        let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw BenchmarkError.system(operation: "open a TCP socket", errno: errno) }
        return descriptor
    }

    private static func address(port: UInt16) -> sockaddr_in6 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        withUnsafeMutableBytes(of: &address.sin6_addr) { $0[15] = 1 }
        return address
    }

    /// Listens on a port that the system chooses.
    static func listen() throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = try open()
        var address = Self.address(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let outcome = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, size) | Glibc.listen(descriptor, 1024)
                    | getsockname(descriptor, pointer, &size)
            }
        }
        guard outcome == 0 else { throw BenchmarkError.system(operation: "listen on [::1]", errno: errno) }
        return (descriptor, UInt16(bigEndian: address.sin6_port))
    }

    static func connect(port: UInt16) throws -> Int32 {
        let descriptor = try open()
        var address = Self.address(port: port)
        let outcome = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
        guard outcome == 0 else {
            close(descriptor)
            throw BenchmarkError.system(operation: "connect to [::1]:\(port)", errno: errno)
        }
        setNoDelay(descriptor)
        return descriptor
    }

    static func accept(on listener: Int32) throws -> Int32 {
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else { throw BenchmarkError.system(operation: "accept", errno: errno) }
        setNoDelay(descriptor)
        return descriptor
    }

    private static func setNoDelay(_ descriptor: Int32) {
        var on: Int32 = 1
        _ = setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}
