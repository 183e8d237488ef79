import Canonical
package import QUIC
import TLS
import TrustChain

/// The extension `routing`: circuits through relays to a far end, sealed between the ends.
package struct Routing: Sendable {
    package static let name = "routing"
    /// Transport parameter of the extension; its value is the version of this format.
    package static let offer = TransportExtension(parameter: 0x48_4D01, value: [1])

    let configuration: RoutingConfiguration
    private let load = ShareLimiter(limit: ExtensionLimits.circuitsMax, perPeer: ExtensionLimits.circuitsPerPeerMax)

    /// Nodes that asked to be reached through here.
    let reachable = ReachableNodes()

    package init(_ configuration: RoutingConfiguration) {
        self.configuration = configuration
    }

    /// To be offered by the endpoint and added to its services.
    package var asExtension: STOQExtension {
        STOQExtension(name: Routing.name, offer: Routing.offer) { request in try await serve(request) }
    }

    /// Circuits carried or ended here now.
    package var circuits: Int { load.count }

    // MARK: Serving

    private func serve(_ request: ExchangeRequest) async throws {
        let previous: NodeID
        do throws(TrustChainError) {
            previous = try request.peer.id()
        } catch {
            throw ServiceFailure(code: "routing.misrouted", message: "\(error)")
        }
        guard !request.body.isEmpty else { return try await serveRegistration(request, of: previous) }
        if let limit = load.begin(for: previous) {
            let failure = RouteFailure.overloaded(limit: limit)
            throw ServiceFailure(code: failure.code, message: "\(configuration.own.shortDescription): \(failure)")
        }
        defer { load.end(for: previous) }
        let circuit: CircuitRequest
        do throws(BCSError) {
            circuit = try CircuitRequest(canonicalBytes: request.body)
        } catch {
            throw ServiceFailure(code: "malformed", message: "\(error)")
        }
        let verdict = try await refusing { try CircuitRules.judge(circuit, at: configuration.own, from: previous) }
        switch verdict {
        case .end: try await serveEnd(request)
        case .relay(let next, let onward): try await relay(request, onward, from: previous, to: next)
        }
    }

    /// Makes refusals of a route those of a service.
    private func refusing<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch STOQError.route(let failure) {
            throw ServiceFailure(code: failure.code, message: "\(configuration.own.shortDescription): \(failure)")
        } catch STOQError.refused(let failure) {
            throw failure
        } catch let error as STOQError {
            throw ServiceFailure(
                code: "routing.unreachable", message: "\(configuration.own.shortDescription): \(error)")
        }
    }

    private func serveEnd(_ request: ExchangeRequest) async throws {
        let circuit = try await request.accept()
        do {
            let channel = try await SecureChannel.open(
                over: circuit, role: .server, signer: configuration.signer, verifier: configuration.verifier)
            guard let first = try await channel.receive() else { return circuit.abort(code: 0) }
            let asked: ServiceRequest
            do throws(BCSError) {
                asked = try ServiceRequest(canonicalBytes: first)
            } catch {
                throw STOQError.protocolViolation("\(error)")
            }
            let peer = ChannelPeer(certificates: await channel.peerCertificates, way: "through relays")
            try await configuration.exchanges.serve(asked, over: channel, peer: peer)
            // Until the origin has ended its direction too, the streams stay.
            _ = try await channel.drain()
        } catch {
            circuit.abort(code: SessionCode.protocolViolation.rawValue)
            throw error
        }
    }

    private func relay(
        _ request: ExchangeRequest, _ onward: CircuitRequest, from previous: NodeID, to next: NodeID
    ) async throws {
        let far = try await refusing {
            guard configuration.relays else { throw STOQError.route(.overloaded(limit: 0)) }
            let session =
                if let registered = reachable.session(with: next) {
                    registered
                } else {
                    try await configuration.dial(next)
                }
            return try await session.open(extension: Routing.name, onward.canonicalBytes)
        }
        let near: any MessageChannel
        do {
            near = try await request.accept()
        } catch {
            far.abort(code: SessionCode.cancelled.rawValue)
            throw error
        }
        let relay = CircuitRelay(near: near, far: far)
        try await relay.run()
        let receipt = try HopReceipt(
            circuit: onward.name, relay: configuration.own, previous: previous, next: next,
            bytesForward: relay.forward, bytesBackward: relay.backward, signer: configuration.signer)
        try await near.send(CircuitMessage.receipt(receipt).canonicalBytes)
        try await near.finish()
    }
}
