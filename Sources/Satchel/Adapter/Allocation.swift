package import Canonical

/// An amount that an adapter has set aside.
package struct Allocation: Sendable, Hashable {
    package let id: Digest
    package let kind: AssetKind
    /// In the kind's unit.
    package let amount: UInt64
    /// How a program reaches it: a cgroup path, a directory, an interface, device names.
    package let handles: [String]
    package let limits: [ResourceLimit]

    package init(id: Digest, kind: AssetKind, amount: UInt64, handles: [String], limits: [ResourceLimit]) {
        self.id = id
        self.kind = kind
        self.amount = amount
        self.handles = handles
        self.limits = limits
    }
}
