import Canonical
import STOQ

/// What the holders of an object's shards say.
struct ShardGathering {
    private let object: Digest
    private var set: ShardSet?
    /// Where shards are said to be, data shards first.
    private(set) var places: [(index: Int, holder: MeshDescription.Member)] = []
    private(set) var losses: [FetchReport.Loss] = []

    init(object: Digest) {
        self.object = object
    }

    mutating func ask(
        _ holder: MeshDescription.Member, _ transfers: TransferClient, _ routes: [[MeshDescription.Member]]
    ) async {
        do {
            let query = ShardQuery.holdings(object).canonicalBytes
            var failed: [SendReport.FailedRoute] = []
            let bytes = try await transfers.overFirst(of: routes, to: holder, &failed) { relays, _ in
                let (channel, _) = try await transfers.client.exchange(
                    with: holder, through: relays, TransferService.sharding, query)
                guard let bytes = try await channel.receive() else { throw STOQError.transfer(.cutShort) }
                return bytes
            }
            let holdings: ShardHoldings
            do throws(BCSError) {
                holdings = try ShardHoldings(canonicalBytes: bytes)
            } catch {
                throw STOQError.transfer(.damaged("\(error)"))
            }
            guard holdings.set.id == object else { throw STOQError.transfer(.damaged("the set of another object")) }
            set = holdings.set
            places += holdings.indices.map { (Int($0), holder) }
            // Data shards need no arithmetic.
            places.sort { $0.index < $1.index }
        } catch {
            losses.append(.init(index: nil, holder: holder.name, reason: "\(error)"))
        }
    }

    mutating func note(_ index: Int, _ holder: MeshDescription.Member, _ error: any Error) {
        losses.append(.init(index: index, holder: holder.name, reason: "\(error)"))
    }

    /// The set that the object's name is the hash of.
    func agreedSet() throws(NodeError) -> ShardSet {
        guard let set else {
            throw .file(
                path: object.description,
                problem: "no holder knows it: " + losses.map { "\($0.holder): \($0.reason)" }.joined(separator: "; "))
        }
        return set
    }
}
