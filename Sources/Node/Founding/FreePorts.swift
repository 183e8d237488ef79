import Glibc

/// UDP ports of `[::1]` that nobody uses now.
enum FreePorts {
    static func choose(_ count: Int) throws(NodeError) -> [UInt16] {
        var descriptors: [Int32] = []
        defer { for descriptor in descriptors { close(descriptor) } }
        var ports: [UInt16] = []
        for _ in 0..<count {
            let descriptor = socket(AF_INET6, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
            guard descriptor >= 0 else { throw .system(operation: "open a socket", errno: errno) }
            descriptors.append(descriptor)
            ports.append(try bind(descriptor))
        }
        return ports
    }

    private static func bind(_ descriptor: Int32) throws(NodeError) -> UInt16 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let refused = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, size) != 0 || getsockname(descriptor, $0, &size) != 0
            }
        }
        guard !refused else { throw .system(operation: "find a free port", errno: errno) }
        return UInt16(bigEndian: address.sin6_port)
    }
}
