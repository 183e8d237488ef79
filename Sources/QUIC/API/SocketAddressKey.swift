/// An IPv6 address and UDP port as an opaque value: the core compares and keeps it, the edge turns it
/// into a socket address.
public struct SocketAddressKey: Hashable, Sendable, CustomStringConvertible {
    /// The first eight bytes of the address, most significant first.
    public let addressHigh: UInt64
    /// The last eight bytes of the address, most significant first.
    public let addressLow: UInt64
    /// The UDP port in host order.
    public let port: UInt16
    /// The interface of a link-local address, otherwise zero.
    public let scope: UInt32

    /// Makes an address of its halves, a port and, for a link-local address, its interface.
    public init(addressHigh: UInt64, addressLow: UInt64, port: UInt16, scope: UInt32 = 0) {
        self.addressHigh = addressHigh
        self.addressLow = addressLow
        self.port = port
        self.scope = scope
    }

    /// The loopback address `::1`.
    public static func loopback(port: UInt16) -> SocketAddressKey {
        SocketAddressKey(addressHigh: 0, addressLow: 1, port: port)
    }

    /// The same host on any port.
    package func sharesHost(with other: SocketAddressKey) -> Bool {
        addressHigh == other.addressHigh && addressLow == other.addressLow && scope == other.scope
    }

    /// The address, and the port when asked for, as bytes to bind into a token.
    package func bytes(includingPort: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(addressHigh)
        bytes.appendBigEndian(addressLow)
        if includingPort { bytes.appendBigEndian(port) }
        return bytes
    }

    /// The address in eight groups and the port.
    public var description: String {
        let groups = (0..<8).map { index in
            let half = index < 4 ? addressHigh : addressLow
            return String((half >> UInt64(48 - 16 * (index & 3))) & 0xFFFF, radix: 16)
        }
        return "[" + groups.joined(separator: ":") + "]:\(port)"
    }
}

/// The two ECN bits of an IP header (RFC 3168).
public enum ECNCodepoint: UInt8, Sendable, Hashable {
    /// The sender does not take part.
    case notCapable = 0
    case capable1 = 1
    case capable0 = 2
    /// A router on the way saw congestion.
    case congestionExperienced = 3
}
