/// What an application chooses about a connection. The defaults suit bulk transfer between machines.
public struct TransportConfiguration: Sendable, Hashable {
    /// Silence after which the connection is given up, in nanoseconds; zero is never. The lower of both ends' holds.
    public var idleTimeoutNanoseconds: UInt64 = 30_000_000_000
    /// Silence after which a PING is sent to keep the connection, in nanoseconds; nil is never.
    public var keepAliveIntervalNanoseconds: UInt64?
    /// Time after which an unfinished handshake is given up, in nanoseconds.
    public var handshakeTimeoutNanoseconds: UInt64 = 10_000_000_000

    /// What the peer may send on one stream before the application reads, at first, in bytes.
    public var streamReceiveWindow: UInt64 = 1 << 20
    /// What a stream's window may grow to while the application keeps up, in bytes.
    public var streamReceiveWindowMaximum: UInt64 = 64 << 20
    /// What the peer may send on all streams before the application reads, at first, in bytes.
    public var connectionReceiveWindow: UInt64 = 2 << 20
    /// What the connection's window may grow to, in bytes.
    public var connectionReceiveWindowMaximum: UInt64 = 96 << 20
    /// What `write` keeps of one stream until it is acknowledged, in bytes, while the path holds little.
    public var streamSendBuffer: Int = 4 << 20
    /// What it may keep where more is in flight, in bytes.
    public var streamSendBufferMaximum: Int = 64 << 20

    /// The bidirectional streams the peer may have open.
    public var bidirectionalStreamsMaximum: UInt64 = 128
    /// The unidirectional streams the peer may have open.
    public var unidirectionalStreamsMaximum: UInt64 = 128

    /// The longest DATAGRAM frame taken from the peer, in bytes; zero refuses datagrams (RFC 9221).
    public var datagramFrameMaximum: UInt64 = 65_535
    /// The datagrams waiting to be sent, in bytes.
    public var datagramSendBuffer: Int = 1 << 20

    /// The UDP payload that paths are probed for, in bytes, at least 1200. 1452 fits Ethernet.
    public var udpPayloadMaximum: Int = 1452
    /// The UDP payload used before a path was probed, in bytes: 1200 unless the network is known.
    public var udpPayloadInitial: Int = 1200
    /// The longest time an acknowledgement waits, in nanoseconds.
    public var acknowledgementDelayNanoseconds: UInt64 = 25_000_000
    /// The packets that ask for an acknowledgement before one is sent at once.
    public var acknowledgementThreshold: Int = 2
    /// The shortest delay of acknowledgements that the peer may ask for, in microseconds.
    public var minimumAcknowledgementDelayMicroseconds: UInt64 = 1000
    /// Whether the peer is asked for fewer acknowledgements of bulk data, where it knows how.
    public var asksForAcknowledgementFrequency = true
    /// The round-trip time assumed before one was measured, in nanoseconds.
    public var initialRoundTripNanoseconds: UInt64 = 333_000_000
    /// How the rate of sending follows the path. BBR fills links that lose packets, or have short queues, where the others
    /// do not, and keeps queues short.
    public var congestionControl = CongestionAlgorithm.bbr
    /// The congestion window at first, in packets.
    public var initialWindowPackets: Int = 10
    /// Whether sending follows the pace of the congestion window instead of bursting it.
    public var pacing = true
    /// Whether packets are marked ECN-capable while the path keeps the marks.
    public var explicitCongestionNotification = true
    /// Whether the peer may move to another address (RFC 9000 section 9).
    public var migrationAllowed = true
    /// Whether the quiet bit of RFC 9287 is offered, which lets peers vary the fixed bit.
    public var greaseFixedBit = true
    /// Whether what happens is recorded as qlog; ``Connection/takeQlog()`` gives it out.
    public var recordsQlog = false
    /// The 1-RTT packets sealed with one key before it is updated.
    public var packetsPerKeyPhase: UInt64 = Limits.packetsPerKeyPhaseDefault

    /// Private extensions offered to the peer; each holds when the peer offers it too.
    public var extensions: [TransportExtension] = []
    /// The versions spoken, preferred first. A client begins with the first, or with that of its ticket.
    public var versions: [QUICVersion] = [.one, .two]
    /// Client: datagrams of nothing but padding in the first flight, at most 8. A server may answer with three times the
    /// bytes that it got: chains of FALCON certificates need more than the ClientHello allows, and a round trip more
    /// without.
    public var firstFlightPaddingDatagrams = 0
    /// Client: whether to move to the address that a server prefers, once that answered there.
    public var followsPreferredAddress = true

    public init() {}

    /// Refuses what cannot work.
    func validate() throws(QUICError) {
        let limit = VariableLengthInteger.maximum
        guard (Limits.minimumDatagramBytes...Limits.maximumDatagramBytes).contains(udpPayloadInitial),
            (udpPayloadInitial...Limits.maximumDatagramBytes).contains(udpPayloadMaximum)
        else { throw .invalidConfiguration("UDP payloads: 1200 <= initial <= maximum <= 65527 bytes") }
        guard streamReceiveWindowMaximum <= limit, connectionReceiveWindowMaximum <= limit,
            streamReceiveWindow <= streamReceiveWindowMaximum, connectionReceiveWindow <= connectionReceiveWindowMaximum
        else { throw .invalidConfiguration("a receive window is above its maximum or above 2^62 - 1 bytes") }
        guard !versions.isEmpty, Set(versions).count == versions.count,
            (0...Limits.creditDatagramsMax).contains(firstFlightPaddingDatagrams)
        else { throw .invalidConfiguration("no version, one twice, or more than 8 datagrams of padding") }
        guard bidirectionalStreamsMaximum <= Limits.streamsMaximum,
            unidirectionalStreamsMaximum <= Limits.streamsMaximum
        else { throw .invalidConfiguration("at most \(Limits.streamsMaximum) streams of a kind") }
        guard minimumAcknowledgementDelayMicroseconds <= acknowledgementDelayNanoseconds / 1000,
            streamSendBufferMaximum >= streamSendBuffer
        else { throw .invalidConfiguration("a smallest delay or buffer is above the largest") }
        guard acknowledgementDelayNanoseconds < 1 << 14 * 1_000_000, acknowledgementThreshold > 0,
            initialWindowPackets > 1,
            streamSendBuffer > 0, initialRoundTripNanoseconds > 0, datagramFrameMaximum <= 65_535,
            packetsPerKeyPhase > 0
        else { throw .invalidConfiguration("a delay, threshold, buffer or window is zero or too large") }
        try TransportExtension.validate(extensions)
    }
}

extension Limits {
    /// The streams of one kind a peer may be allowed at a time.
    static let streamsMaximum: UInt64 = 65_536
    /// Default of ``TransportConfiguration/packetsPerKeyPhase``.
    package static let packetsPerKeyPhaseDefault: UInt64 = 1 << 22
}
