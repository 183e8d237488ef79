/// Whether data flows both ways on a stream.
public enum StreamDirection: Sendable, Hashable {
    /// Both ends send.
    case bidirectional
    /// Only the end which opened the stream sends.
    case unidirectional
}

/// The end of a connection.
public enum Role: Sendable, Hashable {
    case client, server

    /// The other end.
    public var peer: Role { self == .client ? .server : .client }
}

/// A stream's number (RFC 9000 section 2.1): bit 0 says who opened it, bit 1 its direction.
public struct StreamID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number on the wire, below 2^62.
    public let rawValue: UInt64

    /// Takes a number as it stands on the wire.
    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The `index`-th stream of a kind, counted from zero.
    public init(initiator: Role, direction: StreamDirection, index: UInt64) {
        let kind: UInt64 = (initiator == .server ? 1 : 0) | (direction == .unidirectional ? 2 : 0)
        rawValue = index << 2 | kind
    }

    /// Who opened the stream.
    public var initiator: Role { rawValue & 1 == 0 ? .client : .server }

    /// Whether both ends send.
    public var direction: StreamDirection { rawValue & 2 == 0 ? .bidirectional : .unidirectional }

    /// The place among streams of its kind, from zero.
    public var index: UInt64 { rawValue >> 2 }

    public static func < (left: StreamID, right: StreamID) -> Bool { left.rawValue < right.rawValue }

    public var description: String { "\(rawValue)" }
}
