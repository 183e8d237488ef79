import Crypto

/// What a client keeps of a connection to resume it later (RFC 8446 §2.2). Holds a secret: keep it like a key, and use
/// it once, since an onlooker links connections that show the same ticket (§C.4).
public struct SessionTicket: Sendable, Hashable {
    /// What the server wants to be shown; opaque to the client.
    public let ticket: [UInt8]
    /// The suite of the connection; its hash binds the secret.
    public let cipherSuite: CipherSuite
    /// Seconds for which the server takes it, at most seven days.
    public let lifetimeSeconds: UInt32
    /// When it came, on the clock of `Handshake.currentTimeMilliseconds`.
    public let receivedAtMilliseconds: UInt64
    /// The name that the connection asked for.
    public let serverName: String?
    /// The protocol of the connection; 0-RTT data is for this one only.
    public let applicationProtocol: [UInt8]?
    /// The server's chain, DER, leaf first. It is verified again before the ticket is used.
    public let peerCertificates: [[UInt8]]
    /// Bytes of 0-RTT data that the server takes; 0 is none. QUIC says 0xFFFFFFFF and limits by flow control.
    public let earlyDataByteCountMax: UInt32
    /// QUIC: the server's transport parameters of the connection, which 0-RTT data has to keep to.
    public let transportParameters: [UInt8]?

    let ageAdd: UInt32
    let secret: SymmetricKey

    public static func == (first: SessionTicket, second: SessionTicket) -> Bool { first.ticket == second.ticket }

    public func hash(into hasher: inout Hasher) { hasher.combine(ticket) }

    /// Whether it is still in its lifetime.
    public func isUsable(atMilliseconds now: UInt64) -> Bool {
        now >= receivedAtMilliseconds && now - receivedAtMilliseconds <= UInt64(lifetimeSeconds) * 1000
    }

    /// Its age as the server is told it (RFC 8446 §4.2.11.1).
    func obfuscatedAge(atMilliseconds now: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: now &- min(receivedAtMilliseconds, now)) &+ ageAdd
    }
}
