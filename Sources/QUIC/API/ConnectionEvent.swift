public import TLS

/// Why a connection ended.
public enum CloseReason: Sendable, Hashable {
    /// This end closed it.
    case local(code: UInt64, application: Bool, reason: String)
    /// The peer closed it.
    case peer(code: UInt64, application: Bool, reason: String)
    /// The peer broke the protocol, or TLS failed.
    case violation(TransportErrorCode, reason: String)
    /// Nothing was heard for the idle timeout.
    case idleTimeout
    /// The handshake did not finish in time.
    case handshakeTimeout
    /// The peer has lost the connection's state.
    case statelessReset
    /// The server speaks none of our versions, only these.
    case versionNegotiation(offered: [UInt32])
    /// No path to the peer is left.
    case noViablePath
}

/// What happened on a connection that its application has to know.
public enum ConnectionEvent: Sendable, Hashable {
    /// Both ends proved their part; data flows. The certificates are DER, the peer's own first.
    case handshakeCompleted(alpn: [UInt8], peerCertificates: [[UInt8]])
    /// The server confirmed the handshake (client) or has the client's Finished (server).
    case handshakeConfirmed
    /// The peer opened a stream.
    case streamOpened(StreamID)
    /// A stream has bytes, or its end, to read. Comes again only after a read found nothing more.
    case streamReadable(StreamID)
    /// A stream which refused bytes takes some again.
    case streamWritable(StreamID)
    /// The peer gave its side of the stream up.
    case streamReset(StreamID, code: UInt64)
    /// The peer asks not to be sent more on the stream.
    case stopSending(StreamID, code: UInt64)
    /// The peer has everything that was written on the stream, and its end.
    case streamDelivered(StreamID)
    /// The peer allows more streams of this direction after ``Connection/openStream(_:)`` found none.
    case streamsAvailable(StreamDirection)
    /// A DATAGRAM frame's payload.
    case datagramReceived([UInt8])
    /// A frame of an extension that both ends offer.
    case extensionFrame(type: UInt64, payload: [UInt8])
    /// The peer's address changed and the new path was validated.
    case pathChanged(SocketAddressKey)
    /// The path in use was classified by what it delivers, with the reason.
    case pathTierChanged(PathTierChange)
    /// A token that spares the next connection to this server an address check.
    case tokenReceived([UInt8])
    /// Client: what resumes this connection later; for `ClientConfiguration.tls.session`, once.
    case ticketReceived(SessionTicket)
    /// Whether the server takes the 0-RTT data. Data that it does not take is sent again by itself.
    case earlyDataAccepted(Bool)
    /// The connection ended; nothing follows.
    case closed(CloseReason)
}
