/// A packet written into a datagram but not yet sealed.
struct PacketDraft {
    var kind: PacketSpace
    /// Where the packet starts in its datagram.
    var start: Int
    /// Where the two-byte Length field stands; nil in a short header.
    var lengthOffset: Int?
    var numberOffset: Int
    var numberLength: Int
    var number: UInt64
    /// One past the plaintext.
    var end: Int
    var packet = SentPacket()
    /// The datagram has to have at least 1200 bytes because of this packet.
    var needsFullDatagram = false
    /// ACK frames were written, so what they answer is answered.
    var acknowledges = false
}

/// What may be sent now.
enum SendAllowance {
    /// Everything.
    case all
    /// Only what does not count in flight, since the congestion window or the pace holds the rest back.
    case acknowledgementsOnly
}
