import Canonical

/// Who answers exchanges, by name.
public struct ExchangeTable: Sendable {
    /// Serves one exchange: looks at the request, accepts it or throws why not, and goes on over the channel.
    public typealias Handler = @Sendable (_ request: ExchangeRequest) async throws -> Void

    private var handlers: [String: Handler] = [:]

    public init() {}

    public mutating func add(_ name: String, _ handler: @escaping Handler) {
        handlers[name] = handler
    }

    /// Serves a request that came as the channel's first message; refuses unknown names by name.
    /// - Parameter session: that the channel belongs to, if it belongs to one.
    func serve(
        _ request: ServiceRequest, over channel: any MessageChannel, peer: ChannelPeer, session: Session? = nil
    ) async throws {
        let asked = ExchangeRequest(
            name: request.service, body: request.body, peer: peer, session: session, channel: channel)
        do {
            guard let handler = handlers[request.service] else {
                throw ServiceFailure(
                    code: "stoq.unknown-extension", message: "there is no extension '\(request.service)' here")
            }
            try await handler(asked)
            guard asked.isAccepted else {
                throw ServiceFailure(code: "stoq.refused", message: "'\(request.service)' did not take the request")
            }
        } catch let failure as ServiceFailure where !asked.isAccepted {
            try await channel.send(ServiceReply.failure(failure).canonicalBytes)
            try await channel.finish()
        }
    }
}
