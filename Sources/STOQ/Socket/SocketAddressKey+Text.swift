import Glibc
public import QUIC

extension SocketAddressKey {
    /// From 16 address bytes in network order.
    init(bytes: some Collection<UInt8>, port: UInt16, scope: UInt32) {
        var halves: (UInt64, UInt64) = (0, 0)
        for (index, byte) in bytes.prefix(16).enumerated() {
            if index < 8 { halves.0 = halves.0 << 8 | UInt64(byte) } else { halves.1 = halves.1 << 8 | UInt64(byte) }
        }
        self.init(addressHigh: halves.0, addressLow: halves.1, port: port, scope: scope)
    }

    /// Reads `[address]:port`. Port 0 lets the system choose one.
    public init(parsing text: String) throws(STOQError) {
        guard text.hasPrefix("["), let end = text.lastIndex(of: "]") else { throw .malformedAddress(text) }
        let host = String(text[text.index(after: text.startIndex)..<end])
        let rest = text[text.index(after: end)...]
        var address = in6_addr()
        guard rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()), inet_pton(AF_INET6, host, &address) == 1 else {
            throw .malformedAddress(text)
        }
        let bytes = withUnsafeBytes(of: &address) { Array($0) }
        self.init(bytes: bytes, port: port, scope: 0)
    }

    /// `[address]:port` in the short form of RFC 5952.
    public var text: String {
        var address = in6_addr()
        var bytes = [UInt8]()
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: addressHigh >> UInt64(shift)))
        }
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: addressLow >> UInt64(shift)))
        }
        withUnsafeMutableBytes(of: &address) { $0.copyBytes(from: bytes) }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &address, &buffer, socklen_t(buffer.count)) != nil else { return description }
        let host = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "[\(host)]:\(port)"
    }
}
