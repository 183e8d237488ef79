package import Canonical

/// The network and epoch that signatures of this epoch are bound to.
package struct SigningContext: Sendable, Hashable {
    package let network: NetworkID
    package let epoch: UInt64

    package init(network: NetworkID, epoch: UInt64) {
        self.network = network
        self.epoch = epoch
    }

    package func statement(_ kind: VoteKind, _ view: View, _ hash: Digest) -> SignedStatement {
        SignedStatement(network: network, epoch: epoch, kind: kind.statementKind, view: view, hash: hash)
    }

    package func proposalStatement(_ view: View, _ hash: Digest) -> SignedStatement {
        SignedStatement(network: network, epoch: epoch, kind: .propose, view: view, hash: hash)
    }
}
