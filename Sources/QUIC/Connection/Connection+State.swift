import DequeModule
import TLS

extension Connection {
    /// Whether the handshake is complete and the connection not closing.
    public var isEstablished: Bool { state == .established }

    /// Whether the connection is closing or over; no stream works any more.
    public var isClosed: Bool { state != .handshaking && state != .established }

    /// Whether all is over and ``Endpoint/forget(_:)`` may be called.
    public var isDrained: Bool { state == .drained }

    /// The peer's address in use.
    public var remoteAddress: SocketAddressKey { path.remote }

    /// The DER certificates of the peer, its own first; empty before the handshake completed or when it showed none.
    public var peerCertificateChain: [[UInt8]] { isHandshakeComplete ? peerCertificates : [] }

    /// Whether the connection goes on from an earlier one, by a ticket.
    public var isResumed: Bool { tls.isResumed }

    /// The next thing that happened.
    public func nextEvent() -> ConnectionEvent? {
        guard let event = events.popFirst() else { return nil }
        switch event {
        case .datagramReceived(let payload):
            datagramEventCount -= 1
            datagramEventBytes -= payload.count
        case .tokenReceived: tokenEventCount -= 1
        case .extensionFrame: extensions.eventCount -= 1
        default: break
        }
        return event
    }

    /// Counters so far and measured state now.
    public var statistics: ConnectionStatistics {
        var statistics = counters
        if path.roundTrip.hasSample {
            statistics.smoothedRoundTripNanoseconds = path.roundTrip.smoothed
            statistics.minimumRoundTripNanoseconds = path.roundTrip.minimum
        }
        statistics.congestionWindow = path.congestion.window
        statistics.bytesInFlight = path.bytesInFlight
        statistics.pathTier = path.tiers.tier
        statistics.congestionControl = path.congestion.algorithm
        statistics.congestionPhase = path.congestion.phase
        statistics.pacingBitsPerSecond = UInt64(min(path.congestion.pacingRate * 8, 1e18))
        statistics.deliveryBitsPerSecond = UInt64(min(path.delivery.latestRate * 8, 1e18))
        statistics.udpPayload = path.datagramSize
        statistics.openStreams = streams.count
        return statistics
    }

    /// The qlog records since the last call, in JSON text sequences; empty where none are kept
    /// (``TransportConfiguration/recordsQlog``).
    public func takeQlog() -> [UInt8] { qlog?.takeBytes() ?? [] }

    /// The name for the connection's qlog file: its original destination ID in hexadecimal.
    public var qlogName: String { originalDestination.description }

    /// Bytes of packets that the peer has acknowledged on the path in use.
    package var deliveredBytes: UInt64 { path.delivery.delivered }

    /// Asks the peer for a sign of life.
    public func ping() {
        isPingQueued = true
    }

    /// The longest payload that ``sendDatagram(_:)`` takes now, in bytes; nil when the peer takes none.
    public var maximumDatagramPayload: Int? {
        guard let peer = peerParameters, peer.maxDatagramFrameSize > 0 else { return nil }
        let header = 1 + remoteIDs.current.id.count + 4 + Limits.tagBytes
        let frame = min(path.datagramSize - header, Int(min(peer.maxDatagramFrameSize, 65_535)))
        return frame < 3 ? nil : frame - 3
    }

    /// Queues a DATAGRAM frame: delivered at most once, in any order, perhaps not at all (RFC 9221).
    public func sendDatagram(_ bytes: [UInt8]) throws(QUICError) {
        guard !isClosed else { throw .connectionClosed }
        guard let maximum = maximumDatagramPayload else { throw .datagramsUnsupported }
        guard bytes.count <= maximum else { throw .datagramTooLarge(maximum: maximum) }
        guard datagramBytes + bytes.count <= configuration.datagramSendBuffer,
            datagrams.count < Limits.datagramsQueuedMax
        else { throw .datagramQueueFull }
        datagrams.append(bytes)
        datagramBytes += bytes.count
    }
}
