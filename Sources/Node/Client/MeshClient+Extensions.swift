import Canonical
package import STOQ
import TrustChain

extension MeshClient {
    /// Offered so that nodes can be asked for them; nothing is served here.
    static let extensions = [
        STOQExtension(name: Routing.name, offer: Routing.offer),
        STOQExtension(name: TransferService.chunking, offer: TransferService.chunkingOffer),
        STOQExtension(name: TransferService.sharding, offer: TransferService.shardingOffer),
    ]

    /// Opens an exchange with a node: directly, or through relays.
    /// - Returns: the exchange; the circuit when there is one, whose relays give receipts in the end.
    package func exchange(
        with member: MeshDescription.Member, through relays: [MeshDescription.Member], _ service: String,
        _ body: [UInt8]
    ) async throws -> (channel: any MessageChannel, circuit: Circuit?) {
        guard !relays.isEmpty else {
            let session = try await session(with: member, deadline: .seconds(5))
            return (try await session.open(extension: service, body), nil)
        }
        let nodes = relays + [member]
        let route = try nodes.map { node in
            guard let id = NodeID(hexadecimal: node.id) else { throw STOQError.route(.unknownNode(node.name)) }
            return id
        }
        let members = Dictionary(zip(route, nodes), uniquingKeysWith: { first, _ in first })
        let configuration = RoutingConfiguration(
            own: identity.id, signer: credentials, verifier: verifier, relays: false
        ) { id in
            guard let member = members[id] else { throw STOQError.route(.unknownNode("\(id)")) }
            return try await self.session(with: member, deadline: .seconds(5))
        }
        let circuit = try await Circuit.open(configuration, route: route, service: service, body)
        return (circuit.channel, circuit)
    }
}
