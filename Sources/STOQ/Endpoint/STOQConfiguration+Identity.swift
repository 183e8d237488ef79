import Canonical
public import Logging
import QUIC

extension STOQConfiguration {
    /// For endpoints that know each other by their keys, without a mesh.
    /// - Parameters:
    ///   - identity: this end's key and the certificate over it.
    ///   - trust: whom to talk to.
    ///   - address: `[IPv6 address]:port`; port 0 lets the system choose.
    ///   - logger: takes what happens to sessions and handshakes.
    /// - Throws: `malformedAddress`.
    public init(
        identity: STOQIdentity, trust: STOQTrust, address: String = "[::]:0", logger: Logger = Logger(label: "stoq")
    ) throws(STOQError) {
        self.init(
            address: try SocketAddressKey(parsing: address), signer: identity.credentials,
            verifier: KeyVerifier(trust: trust), logger: logger)
        secret = identity.credentials.endpointSecret
    }
}

extension STOQEndpoint {
    /// Opens a session with the endpoint at `[IPv6 address]:port`; see ``connect(to:serverName:)``.
    public func connect(to address: String) async throws -> Session {
        try await connect(to: SocketAddressKey(parsing: address))
    }
}
