/// Counters and measured state of a connection.
public struct ConnectionStatistics: Sendable, Hashable {
    /// UDP datagrams and their bytes.
    public var datagramsSent: UInt64 = 0
    public var datagramsReceived: UInt64 = 0
    public var bytesSent: UInt64 = 0
    public var bytesReceived: UInt64 = 0
    /// QUIC packets.
    public var packetsSent: UInt64 = 0
    public var packetsReceived: UInt64 = 0
    /// Packets declared lost, and those of them that were acknowledged later.
    public var packetsLost: UInt64 = 0
    public var packetsLostSpuriously: UInt64 = 0
    /// Packets that did not decrypt or were not understood.
    public var packetsDropped: UInt64 = 0
    /// Packets received twice.
    public var packetsDuplicate: UInt64 = 0
    /// Stream bytes sent for the first time, sent again, and handed to the application.
    public var streamBytesSent: UInt64 = 0
    public var streamBytesRetransmitted: UInt64 = 0
    public var streamBytesRead: UInt64 = 0
    /// Stream bytes copied from one buffer into another on their way through the connection, each time counted.
    public var streamBytesCopied: UInt64 = 0
    /// Times the congestion window was reduced, and times persistent congestion was found.
    public var congestionEvents: UInt64 = 0
    public var persistentCongestionEvents: UInt64 = 0
    /// Times such a reduction was taken back, since all that seemed lost had only come late.
    public var congestionEventsUndone: UInt64 = 0
    /// Times that the path swallowed full datagrams, and that its class changed.
    public var blackHolesDetected: UInt64 = 0
    public var tierChanges: UInt64 = 0
    /// Probe timeouts.
    public var probeTimeouts: UInt64 = 0
    /// 1-RTT key updates, by either end.
    public var keyUpdates: UInt64 = 0
    /// DATAGRAM frames.
    public var datagramFramesSent: UInt64 = 0
    public var datagramFramesReceived: UInt64 = 0
    public var datagramFramesDropped: UInt64 = 0
    /// Validated changes of path.
    public var pathChanges: UInt64 = 0
    /// Round-trip times, nanoseconds; zero before the first sample.
    public var smoothedRoundTripNanoseconds: UInt64 = 0
    public var minimumRoundTripNanoseconds: UInt64 = 0
    /// The congestion window, and the bytes in flight.
    public var congestionWindow: Int = 0
    public var bytesInFlight: Int = 0
    /// The congestion controller, and what it is doing.
    public var congestionControl = CongestionAlgorithm.bbr
    public var congestionPhase = CongestionPhase.slowStart
    /// The class of link that the path was measured to be; nil when it was not yet.
    public var pathTier: PathTier?
    /// The pace of sending, and the rate at which the path was last seen to deliver, bits a second.
    public var pacingBitsPerSecond: UInt64 = 0
    public var deliveryBitsPerSecond: UInt64 = 0
    /// The UDP payload in use, bytes.
    public var udpPayload: Int = 0
    /// The streams not yet over.
    public var openStreams: Int = 0

    public init() {}
}
