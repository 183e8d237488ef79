public import TLS

/// What a server end offers.
public struct ServerConfiguration: Sendable {
    /// Certificates, protocols and checks; its `quicTransportParameters` are set by QUIC.
    public var tls: TLSConfiguration
    /// Limits and timers of accepted connections.
    public var transport = TransportConfiguration()
    /// Unfinished handshakes above which clients must first prove their address with a Retry; zero asks every client.
    public var unfinishedHandshakesBeforeRetry = 256
    /// Unfinished handshakes above which further clients are refused, also those that proved their address.
    public var unfinishedHandshakesMaximum = 8192
    /// Whether clients get a token which spares their next connection the proof.
    public var issuesTokens = true

    /// Another address of this server that clients move to once the handshake is done. The edge has to receive there
    /// for the same endpoint.
    public var preferredAddress: SocketAddressKey?

    public init(tls: TLSConfiguration) {
        self.tls = tls
    }
}

/// What a client end asks for.
public struct ClientConfiguration: Sendable {
    /// Protocols, verifier and own certificate; its `serverName` and `quicTransportParameters` are set by QUIC.
    public var tls: TLSConfiguration
    /// Limits and timers.
    public var transport = TransportConfiguration()
    /// A token of an earlier connection to this server (``ConnectionEvent/tokenReceived(_:)``).
    public var token: [UInt8] = []

    public init(tls: TLSConfiguration) {
        self.tls = tls
    }
}

/// What holds for all connections of one endpoint.
public struct EndpointConfiguration: Sendable {
    /// How clients are served; nil accepts no connection.
    public var server: ServerConfiguration?
    /// The connections held at a time.
    public var connectionsMaximum = 65_536
    /// The bytes of the connection IDs that this endpoint gives itself, 4 to 20.
    public var connectionIDLength = 8
    /// The first bytes of each of those, for steering by them; fewer than the length by at least four.
    public var connectionIDPrefix: [UInt8] = []
    /// 32 secret bytes from which stateless reset tokens follow; keep them over restarts so that peers of a lost
    /// connection are told. Nil draws them.
    public var statelessResetKey: [UInt8]?
    /// 32 secret bytes that seal address-validation tokens, under a key derived anew for each `tokenLifetimeNanoseconds`.
    /// Endpoints that share them, as those of a mesh may, take each other's tokens. Nil draws them.
    public var tokenKey: [UInt8]?
    /// How long a Retry token holds, nanoseconds.
    public var retryTokenLifetimeNanoseconds: UInt64 = 15_000_000_000
    /// How long a token for a later connection holds, nanoseconds.
    public var tokenLifetimeNanoseconds: UInt64 = 86_400_000_000_000

    /// What makes Unix time out of the `now` of calls, nanoseconds. Tokens and tickets that another process has to
    /// understand need it.
    public var unixTimeOffsetNanoseconds: UInt64 = 0

    public init(server: ServerConfiguration? = nil) {
        self.server = server
    }

    func validate() throws(QUICError) {
        guard (4...ConnectionID.maximumLength).contains(connectionIDLength),
            connectionIDPrefix.count + 4 <= connectionIDLength
        else { throw .invalidConfiguration("a connection ID has 4 to 20 bytes, at least four of them random") }
        guard statelessResetKey.map({ $0.count == 32 }) ?? true, tokenKey.map({ $0.count == 32 }) ?? true
        else { throw .invalidConfiguration("the keys of tokens have 32 bytes") }
        guard connectionsMaximum > 0 else { throw .invalidConfiguration("connectionsMaximum is zero") }
        try server?.transport.validate()
    }
}
