/// One or several datagrams of equal size, the last one perhaps shorter, for one peer: a unit for
/// segmentation offload.
public struct Transmit: Sendable, Hashable {
    /// Where the datagrams go.
    public let destination: SocketAddressKey
    /// The bytes of all datagrams, from the start of the buffer.
    public let length: Int
    /// The bytes of each datagram but the last, which is as long or shorter.
    public let segmentSize: Int
    /// The ECN mark for all of them.
    public let ecn: ECNCodepoint

    /// Makes a description of datagrams that stand one after the other in a buffer.
    public init(destination: SocketAddressKey, length: Int, segmentSize: Int, ecn: ECNCodepoint) {
        self.destination = destination
        self.length = length
        self.segmentSize = segmentSize
        self.ecn = ecn
    }
}

/// Names a connection within its endpoint. Never used twice.
public struct ConnectionHandle: Hashable, Sendable {
    /// The place in order of creation.
    public let rawValue: UInt64

    /// Takes a number.
    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }
}

/// What became of a datagram that an endpoint was given.
public enum DatagramDisposition {
    /// A connection took it; ask it for events and for what to send.
    case connection(ConnectionHandle)
    /// It began a connection.
    case newConnection(ConnectionHandle, Connection)
    /// Send these bytes back to where the datagram came from: Retry, version negotiation, stateless reset, refusal.
    case reply([UInt8])
    /// Nothing follows from it.
    case ignored(IgnoreReason)
}

/// Why an endpoint let a datagram go.
public enum IgnoreReason: Sendable, Hashable {
    /// Not a QUIC packet, or cut short.
    case malformed
    /// No connection has the ID and no answer is due.
    case unknownConnection
    /// An Initial packet in a datagram below 1200 bytes.
    case tooSmall
    /// This endpoint accepts no connections.
    case notListening
    /// The first packet did not decrypt.
    case undecryptable
    /// As many connections as allowed are held.
    case connectionLimit
}
