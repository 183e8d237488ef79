package import Canonical
package import QUIC
import TrustChain

/// The extensions `chunking` and `sharding`: takes objects from peers, and gives shards back to those who left them.
package struct TransferService: Sendable {
    package static let chunking = "chunking"
    package static let sharding = "sharding"
    /// Transport parameters; their value is the version of this format.
    package static let chunkingOffer = TransportExtension(parameter: 0x48_4D02, value: [1])
    package static let shardingOffer = TransportExtension(parameter: 0x48_4D03, value: [1])

    private let store: any TransferStore
    private let shards: any ShardStore
    private let ended: @Sendable (Result<TransferSummary, STOQError>, NodeID) -> Void
    private let load = ShareLimiter(limit: ExtensionLimits.transfersMax, perPeer: ExtensionLimits.transfersPerPeerMax)

    /// - Parameter ended: hears of every object that was taken, or not.
    package init(
        store: any TransferStore, shards: any ShardStore,
        ended: @escaping @Sendable (Result<TransferSummary, STOQError>, NodeID) -> Void = { _, _ in }
    ) {
        self.store = store
        self.shards = shards
        self.ended = ended
    }

    /// To be offered by the endpoint and added to its services.
    package var asExtensions: [STOQExtension] {
        [
            STOQExtension(name: Self.chunking, offer: Self.chunkingOffer) { try await take($0) },
            STOQExtension(name: Self.sharding, offer: Self.shardingOffer) { try await serveShards($0) },
        ]
    }

    /// The same for the far ends of circuits.
    package var exchanges: ExchangeTable {
        var table = ExchangeTable()
        table.add(Self.chunking) { try await take($0) }
        table.add(Self.sharding) { try await serveShards($0) }
        return table
    }

    private func take(_ request: ExchangeRequest) async throws {
        let peer = try identify(request)
        try begin(peer)
        defer { load.end(for: peer) }
        let channel = try await request.accept()
        do {
            ended(.success(try await Transfer.receive(from: peer, into: store, over: channel)), peer)
        } catch let error as STOQError {
            // The sender was told. Throwing would take the stream down before it has heard.
            ended(.failure(error), peer)
        }
    }

    private func serveShards(_ request: ExchangeRequest) async throws {
        let peer = try identify(request)
        let query: ShardQuery
        do throws(BCSError) {
            query = try ShardQuery(canonicalBytes: request.body)
        } catch {
            throw ServiceFailure(code: "malformed", message: "\(error)")
        }
        switch query {
        case .put: try await take(request)
        case .holdings(let id):
            let holdings = try holdings(id, peer)
            let channel = try await request.accept()
            try await channel.send(holdings.canonicalBytes)
            try await channel.finish()
        case .get(let id, let index): try await give(index, of: id, to: peer, request)
        }
    }

    private func give(_ index: UInt8, of id: Digest, to peer: NodeID, _ request: ExchangeRequest) async throws {
        let holdings = try holdings(id, peer)
        guard holdings.indices.contains(index) else {
            throw ServiceFailure(code: "sharding.unknown", message: "shard \(index) of \(id) is not here")
        }
        try begin(peer)
        defer { load.end(for: peer) }
        let source: any ObjectSource
        let list: PieceList
        do throws(STOQError) {
            source = try shards.shard(index, of: id, owner: peer)
            list = try source.list(pieceBytes: Transfer.pieceBytes)
        } catch {
            throw ServiceFailure(code: "sharding.damaged", message: "\(error)")
        }
        guard list.root == holdings.set.roots[Int(index)] else {
            throw ServiceFailure(code: "sharding.damaged", message: "shard \(index) of \(id) is damaged here")
        }
        let channel = try await request.accept()
        let offer = TransferOffer(.shard(holdings.set, index: index), list, resumes: false)
        _ = try await Transfer.send(source, list, offer, over: channel)
    }

    private func holdings(_ id: Digest, _ peer: NodeID) throws(ServiceFailure) -> ShardHoldings {
        do throws(STOQError) {
            if let found = try shards.holdings(of: id, owner: peer) { return found }
        } catch {
            throw ServiceFailure(code: "sharding.damaged", message: "\(error)")
        }
        throw ServiceFailure(code: "sharding.unknown", message: "no shards of \(id) that you left are here")
    }

    private func begin(_ peer: NodeID) throws(ServiceFailure) {
        guard let limit = load.begin(for: peer) else { return }
        throw ServiceFailure(code: "transfer.overloaded", message: "\(limit) transfers are under way already")
    }

    private func identify(_ request: ExchangeRequest) throws(ServiceFailure) -> NodeID {
        do throws(TrustChainError) {
            return try request.peer.id()
        } catch {
            throw ServiceFailure(code: "stoq.refused", message: "\(error)")
        }
    }
}
