/// The nonces of packets under one key: the IV, its end mixed with the packet number (RFC 9001 section 5.3).
struct PacketNonce {
    private let head: UInt32
    private let tail: UInt64

    /// - Parameter iv: 12 bytes; nil is the answer to any other count.
    init?(iv: [UInt8]) {
        guard iv.count == 12 else { return nil }
        head = iv.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
        tail = iv.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 4, as: UInt64.self)) }
    }

    /// Calls `body` with the 12 bytes of a packet's nonce.
    @inline(__always)
    func withBytes<Result>(_ packetNumber: UInt64, _ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        // Four bytes of room, the IV's head, its tail: 12 bytes one after the other from the fifth on.
        var nonce = (UInt32(0), head, (tail ^ packetNumber).bigEndian)
        return withUnsafePointer(to: &nonce) { whole in
            body((UnsafeRawPointer(whole) + 4).assumingMemoryBound(to: UInt8.self))
        }
    }
}
