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
            guard await chain.read({ $0.pool(of: node) }) == nil else { return }
            let share = ProviderOffer.shareBasisPoints
            let offer = try AssetOffer([
                AssetCapacity(
                    kind: .cpu, measured: try HostCapacity.processorMillicores(), shareBasisPoints: share),
                AssetCapacity(kind: .memory, measured: try HostCapacity.memoryBytes(), shareBasisPoints: share),
            ])
            _ = try await submitter.submit(.offerAssets(offer))
        } catch {
            logger.error("resources not offered", metadata: ["reason": "\(error)"])
        }
    }
}
