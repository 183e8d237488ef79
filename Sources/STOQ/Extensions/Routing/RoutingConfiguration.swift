package import Canonical
package import TLS

/// What a node needs to take part in circuits.
package struct RoutingConfiguration: Sendable {
    /// Opens, or finds, a session with a node; throws when its address is not known or it cannot be reached. The node
    /// must be the one that was asked for.
    package typealias Dial = @Sendable (NodeID) async throws -> Session

    /// This node.
    package var own: NodeID
    package var signer: any CertificateSigner
    package var verifier: any CertificateVerifier
    package var dial: Dial
    /// Whether circuits of others may lead through here.
    package var relays: Bool
    /// What the other ends of circuits that lead here may ask for.
    package var exchanges: ExchangeTable

    package init(
        own: NodeID, signer: any CertificateSigner, verifier: any CertificateVerifier, relays: Bool,
        exchanges: ExchangeTable = ExchangeTable(), dial: @escaping Dial
    ) {
        self.own = own
        self.signer = signer
        self.verifier = verifier
        self.dial = dial
        self.relays = relays
        self.exchanges = exchanges
    }
}
