/// A version of QUIC that this module speaks. The two differ only in numbers, so a server can answer in the other one
/// without a further round trip (RFC 9368, RFC 9369).
public enum QUICVersion: UInt32, Sendable, Hashable, CaseIterable {
    /// RFC 9000.
    case one = 0x0000_0001
    /// RFC 9369.
    case two = 0x6B33_43CF

    /// A reserved version that keeps peers used to versions that they do not know (RFC 9000 section 15).
    static let greased: UInt32 = 0x1A2A_3A4A

    /// The salt that Initial keys follow from (RFC 9001 section 5.2, RFC 9369 section 3.3.1).
    var initialSalt: [UInt8] {
        switch self {
        case .one:
            [
                0x38, 0x76, 0x2C, 0xF7, 0xF5, 0x59, 0x34, 0xB3, 0x4D, 0x17, 0x9A, 0xE6, 0xA4, 0xC8, 0x0C, 0xAD, 0xCC,
                0xBB, 0x7F, 0x0A,
            ]
        case .two:
            [
                0x0D, 0xED, 0xE3, 0xDE, 0xF7, 0x00, 0xA6, 0xDB, 0x81, 0x93, 0x81, 0xBE, 0x6E, 0x26, 0x9D, 0xCB, 0xF9,
                0xBD, 0x2E, 0xD9,
            ]
        }
    }

    /// What the labels of packet keys begin with.
    var labelPrefix: String { self == .one ? "quic " : "quicv2 " }

    /// The key and nonce of a Retry packet's tag (RFC 9001 section 5.8, RFC 9369 section 3.3.3).
    var retryKey: (key: [UInt8], nonce: [UInt8]) {
        switch self {
        case .one:
            (
                [0xBE, 0x0C, 0x69, 0x0B, 0x9F, 0x66, 0x57, 0x5A, 0x1D, 0x76, 0x6B, 0x54, 0xE3, 0x68, 0xC8, 0x4E],
                [0x46, 0x15, 0x99, 0xD3, 0x5D, 0x63, 0x2B, 0xF2, 0x23, 0x98, 0x25, 0xBB]
            )
        case .two:
            (
                [0x8F, 0xB4, 0xB0, 0x1B, 0x56, 0xAC, 0x48, 0xE2, 0x60, 0xFB, 0xCB, 0xCE, 0xAD, 0x7C, 0xCC, 0x92],
                [0xD8, 0x69, 0x69, 0xBC, 0x2D, 0x7C, 0x6D, 0x99, 0x90, 0xEF, 0xB0, 0x4A]
            )
        }
    }

    /// The kind of a long header by its first byte (RFC 9000 section 17.2, RFC 9369 section 3.2).
    func packetType(_ first: UInt8) -> PacketType {
        switch (first >> 4 & 3) &- (self == .one ? 0 : 1) & 3 {
        case 0: .initial
        case 1: .zeroRoundTrip
        case 2: .handshake
        default: .retry
        }
    }

    /// The first byte of a long header of this kind, but for its low four bits.
    func firstByte(_ type: PacketType) -> UInt8 {
        let number: UInt8 =
            switch type {
            case .initial: 0
            case .zeroRoundTrip: 1
            case .handshake: 2
            case .retry, .oneRoundTrip: 3
            }
        return 0xC0 | (number &+ (self == .one ? 0 : 1) & 3) << 4
    }

    /// The version's bytes on the wire.
    var bytes: [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: rawValue >> UInt32(24 - 8 * $0)) }
    }
}
