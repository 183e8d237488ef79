/// What was counted of some UDP datagrams.
package struct PacketCounts: Sendable, Hashable, Codable {
    /// Datagrams; a batch of segmentation offload counts as those that it holds.
    package var packets: UInt64 = 0
    /// Bytes of UDP payload.
    package var bytes: UInt64 = 0
    /// Datagrams among them for which the receiving socket had no room.
    package var drops: UInt64 = 0
    /// Datagrams by size; see ``KernelLimits/sizeBounds``.
    package var sizes: [UInt64] = []

    package init() {}
}

/// Which way a datagram went, as this machine sees it.
package enum PacketDirection: String, Sendable, Hashable, Codable {
    case received
    case sent
}

/// Counts of one local port and direction.
package struct PortCounts: Sendable, Hashable, Codable {
    package var port: UInt16
    package var direction: PacketDirection
    package var counts: PacketCounts
}

/// Counts of one destination connection ID. What is sent carries the peer's IDs, what is received our own. A connection
/// uses several in its life; a client's first datagrams carry one of its own choice.
package struct ConnectionCounts: Sendable, Hashable, Codable {
    package var port: UInt16
    package var direction: PacketDirection
    /// The first eight bytes, hexadecimal.
    package var connectionID: String
    package var counts: PacketCounts
}
