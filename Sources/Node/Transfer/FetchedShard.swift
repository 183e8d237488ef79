import Canonical
import STOQ

/// Takes the one shard that was asked for into a folder.
struct FetchedShard: TransferStore {
    let set: ShardSet
    let index: UInt8
    let folder: String

    /// Where the shard is once it came whole.
    var path: String { "\(folder)/\(index)" }

    func open(_ offer: TransferOffer, from peer: NodeID) throws(STOQError) -> any IncomingObject {
        guard offer.purpose == .shard(set, index: index) else {
            throw .transfer(.refused(code: "sharding.unwanted", text: "another shard was asked for"))
        }
        return InboxObject(offer, partial: try PlacedFile("\(path).part"), target: path) {}
    }
}
