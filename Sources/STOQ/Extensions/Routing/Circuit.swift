package import Canonical
import TLS

/// A way to a far end through relays, as its origin holds it: a sealed exchange with a service there.
package final class Circuit: Sendable {
    /// The exchange; only the far end can read it.
    package let channel: any MessageChannel
    /// The nodes of the circuit: relays in their order, the far end last.
    package let route: [NodeID]
    private let name: [UInt8]
    private let origin: NodeID
    private let secure: SecureChannel
    private let verifier: any CertificateVerifier

    private init(
        _ channel: SecureChannel, route: [NodeID], name: [UInt8], origin: NodeID, verifier: any CertificateVerifier
    ) {
        self.channel = channel
        secure = channel
        self.route = route
        self.name = name
        self.origin = origin
        self.verifier = verifier
    }

    /// Builds a circuit and asks its far end for an exchange with `service`.
    /// - Parameters:
    ///   - route: relays in their order, the far end last; the far end alone makes a circuit without relays.
    ///   - relaysMax: how many relays may carry it.
    /// - Throws: `refused` with a code of `routing.…` and the node that refused; `route` for what this end sees.
    package static func open(
        _ configuration: RoutingConfiguration, route: [NodeID], relaysMax: UInt8 = UInt8(ExtensionLimits.relaysMax),
        service: String, _ body: [UInt8]
    ) async throws -> Circuit {
        try CircuitRules.check(route: route, origin: configuration.own)
        guard let first = route.first, let end = route.last else { throw STOQError.route(.length(relays: 0, limit: 0)) }
        var random = SystemRandomSource()
        let request = CircuitRequest(
            name: random.bytes(CircuitRequest.nameBytes), origin: configuration.own, route: route,
            relaysLeft: relaysMax)
        let session = try await configuration.dial(first)
        let stream = try await session.open(extension: Routing.name, request.canonicalBytes)
        do {
            let channel = try await SecureChannel.open(
                over: stream, role: .client, signer: configuration.signer, verifier: configuration.verifier)
            let found = try ChannelPeer(certificates: await channel.peerCertificates, way: "").id()
            guard found == end else { throw STOQError.route(.wrongEnd(expected: "\(end)", found: "\(found)")) }
            try await Session.ask(service, body, over: channel)
            return Circuit(
                channel, route: route, name: request.name, origin: configuration.own,
                verifier: configuration.verifier)
        } catch {
            stream.abort(code: SessionCode.cancelled.rawValue)
            throw error
        }
    }

    /// Waits for the end of the circuit, after the channel was finished, and checks what the relays say.
    /// - Returns: one receipt a relay, in the order of the route.
    package func receipts() async throws -> [HopReceipt] {
        let receipts = Array(try await secure.drain().reversed())
        let sent = await secure.sentBytes
        let received = await secure.receivedBytes
        guard receipts.count == route.count - 1 else {
            throw STOQError.route(.receipt("\(receipts.count) receipts came from \(route.count - 1) relays"))
        }
        let nodes = [origin] + route
        for (index, receipt) in receipts.enumerated() {
            guard receipt.circuit == name, receipt.relay == nodes[index + 1], receipt.previous == nodes[index],
                receipt.next == nodes[index + 2]
            else { throw STOQError.route(.receipt("it is about another circuit or place")) }
            guard receipt.bytesForward == sent, receipt.bytesBackward == received else {
                throw STOQError.route(.receipt("it counts other bytes than this end"))
            }
            try receipt.verify(verifier)
        }
        return receipts
    }
}
