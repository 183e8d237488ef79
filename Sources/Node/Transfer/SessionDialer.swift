import Canonical
import QUIC
import STOQ
import TrustChain

/// Finds the way to members of the mesh: keeps a session with each and opens it anew when it has ended. A member is who
/// its certificate says, whatever its address.
actor SessionDialer {
    /// Where a member listens; nil for one that is not known.
    typealias Resolver = @Sendable (NodeID) -> String?

    /// How long a member may take to answer.
    private static let patience = Duration.seconds(5)
    /// Sessions that are kept.
    private static let sessionsMax = 256

    private let resolve: Resolver
    private var endpoint: STOQEndpoint?
    private var sessions: [NodeID: Session] = [:]

    init(_ resolve: @escaping Resolver) {
        self.resolve = resolve
    }

    /// Connections go out from here.
    func use(_ endpoint: STOQEndpoint) {
        self.endpoint = endpoint
    }

    func session(with node: NodeID) async throws -> Session {
        if let session = sessions[node], session.closeReason == nil { return session }
        guard let text = resolve(node) else { throw STOQError.route(.unknownNode("\(node)")) }
        guard let endpoint else { throw STOQError.endpointClosed }
        let address = try SocketAddressKey(parsing: text)
        let session = try await TimeLimit.run(SessionDialer.patience) { try await endpoint.connect(to: address) }
        let found = try session.peerID()
        guard found == node else {
            session.close()
            throw STOQError.wrongPeer(expected: "\(node)", found: "\(found)")
        }
        sessions = sessions.filter { $0.value.closeReason == nil }
        if sessions.count < SessionDialer.sessionsMax { sessions[node] = session }
        return session
    }
}
