/// What a handshake wants done, in the order of `Handshake.nextEvent()`. The order matters: bytes to send belong
/// under the write keys installed before them.
public enum HandshakeEvent: Sendable {
    /// Handshake bytes for the peer at this level, whole messages: for CRYPTO frames or records.
    case send([UInt8], EncryptionLevel)
    /// From now on this side sends under this secret. QUIC keeps older levels for retransmission.
    case installWriteSecret(TrafficSecret)
    /// From now on the peer's bytes at `level` can be opened.
    case installReadSecret(TrafficSecret)
    /// QUIC: the peer's encoded transport parameters. A client has authenticated them only at `.completed`, which is
    /// when it may rely on them; they come before the peer's Finished is checked.
    case peerTransportParameters([UInt8])
    /// Server: the name the client asked for, if it sent one.
    case serverName(String)
    /// The negotiated ALPN protocol.
    case applicationProtocol([UInt8])
    /// The peer's verified chain, DER, leaf first. Its possession of the key is proven as well.
    case peerCertificates([[UInt8]])
    /// Client: 0-RTT data may be sent, under the write secret of level `.earlyData` installed just before; the ticket's
    /// transport parameters hold meanwhile.
    case earlyDataBegins(SessionTicket)
    /// Whether the server takes the 0-RTT data, known before the handshake is complete. What was sent of it when it does
    /// not is to be sent again, as if it never had been. Servers are told only of data that they take.
    case earlyDataAccepted(Bool)
    /// Client: a ticket to resume with.
    case sessionTicket(SessionTicket)
    /// The handshake is complete on this side (RFC 9001 §4.1.1): both Finished are exchanged and checked.
    case completed
}
