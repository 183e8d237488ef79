import Adapters
import Canonical
import Ledger
import Logging
import Satchel

/// Offers the host's processors and memory to the mesh once, with the owner's share.
struct ProviderOffer: Sendable {
    /// Half of what was measured; ten-thousandths.
    static let shareBasisPoints: UInt16 = 5000

    let node: NodeID
    let chain: Chain
    let submitter: OperationSubmitter
    let logger: Logger

    /// Registers the offer unless the ledger has one.
    func run() async {
        let node = node
        do {
            guard await chain.read({ $0.offer(of: node) }) == nil else { return }
            let offer = try AssetOffer(
                capacities: [
                    .processor: try HostProcessor.capacityMillicores(), .memory: try HostMemory.capacityBytes(),
                ], shareBasisPoints: ProviderOffer.shareBasisPoints)
            _ = try await submitter.submit(.offerAssets(offer))
        } catch {
            logger.error("resources not offered", metadata: ["reason": "\(error)"])
        }
    }
}
