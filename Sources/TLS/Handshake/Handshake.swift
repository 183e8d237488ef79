/// One TLS 1.3 handshake and the post-handshake messages after it (RFC 8446 §4): bytes in, events out.
public struct Handshake: Sendable {
    public let role: HandshakeRole
    let configuration: TLSConfiguration
    var events: [HandshakeEvent] = []
    var nextEventIndex = 0

    /// Checks the configuration; sends nothing yet.
    ///
    /// - Parameter random: must be cryptographically secure outside of tests.
    /// - Throws: `TLSError.misconfigured`.
    public init(
        role: HandshakeRole,
        configuration: TLSConfiguration,
        random: any RandomNumberGenerator & Sendable
    ) throws(TLSError) {
        self.role = role
        self.configuration = configuration
    }

    /// Begins: a client queues its ClientHello, a server waits for one.
    public mutating func start() throws(TLSError) {
        throw .closed
    }

    /// Takes the peer's handshake bytes of one encryption level, in order and cut anywhere.
    ///
    /// - Throws: the fatal error; nothing is accepted afterwards.
    public mutating func receive(_ bytes: [UInt8], at level: EncryptionLevel) throws(TLSError) {
        throw .closed
    }

    /// The next thing to do, or nil.
    public mutating func nextEvent() -> HandshakeEvent? {
        guard nextEventIndex < events.count else { return nil }
        defer { nextEventIndex += 1 }
        return events[nextEventIndex]
    }

    /// True once both Finished messages are exchanged and checked.
    public var isComplete: Bool { false }
}
