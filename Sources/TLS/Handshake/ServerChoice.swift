/// What a server settles on for a ClientHello.
struct ServerChoice: Sendable {
    let suite: CipherSuite
    let group: NamedGroup
    /// The client's share of `group`; nil asks for a HelloRetryRequest.
    let share: KeyShareEntry?
    let scheme: SignatureScheme
    let applicationProtocol: [UInt8]?
    /// The ticket to resume.
    let session: ResumableSession?
    let transportParameters: [UInt8]?
}
