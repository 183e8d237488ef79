import Canonical

extension Routing {
    /// Asks the relay at the other end of a session to pass circuits for this node on over that session. This end has to
    /// serve the session's streams.
    /// - Returns: a channel to be held as long as the registration is to stand; it ends when the registration does.
    /// - Throws: `refused` when the peer does not relay or has no room; `extensionNotOffered`.
    package static func register(over session: Session) async throws -> any MessageChannel {
        try await session.open(extension: name, [])
    }

    /// Keeps a node registered until it, or its session, goes.
    func serveRegistration(_ request: ExchangeRequest, of node: NodeID) async throws {
        guard configuration.relays else {
            throw ServiceFailure(code: "routing.overloaded", message: "this node carries no circuits")
        }
        guard let session = request.session else {
            throw ServiceFailure(
                code: "routing.misrouted", message: "a node registers over a session of its own, not through relays")
        }
        guard reachable.add(node, over: session) else {
            throw ServiceFailure(
                code: "routing.overloaded", message: "\(ExtensionLimits.registrationsMax) nodes are registered already")
        }
        defer { reachable.remove(node, over: session) }
        let channel = try await request.accept()
        // Nothing is to be said on it.
        guard try await channel.receive() == nil else {
            return channel.abort(code: SessionCode.protocolViolation.rawValue)
        }
        try await channel.finish()
    }
}
