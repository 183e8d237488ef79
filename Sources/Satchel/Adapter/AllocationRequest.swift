package import Canonical

/// What an adapter is asked to set aside.
package struct AllocationRequest: Sendable, Hashable {
    /// The grant's id.
    package let id: Digest
    package let holder: NodeID
    /// In the kind's unit.
    package let amount: UInt64

    package init(id: Digest, holder: NodeID, amount: UInt64) {
        self.id = id
        self.holder = holder
        self.amount = amount
    }
}
