package import Canonical

/// An amount of one kind, lent to a holder until it expires.
package struct Grant: Sendable, Hashable {
    /// What the grant is for; one id may hold one grant of each kind.
    package let id: Digest
    package let kind: AssetKind
    /// In the kind's unit.
    package let amount: UInt64
    package let holder: NodeID
    /// First tick of the pool's clock at which the grant no longer stands.
    package let expiry: UInt64

    package init(id: Digest, kind: AssetKind, amount: UInt64, holder: NodeID, expiry: UInt64) {
        self.id = id
        self.kind = kind
        self.amount = amount
        self.holder = holder
        self.expiry = expiry
    }

    static func precedes(_ left: Grant, _ right: Grant) -> Bool {
        left.id != right.id ? left.id < right.id : left.kind < right.kind
    }
}

extension Grant: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(id)
        encoder.encode(kind)
        encoder.encode(amount)
        encoder.encode(holder)
        encoder.encode(expiry)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        id = try decoder.decode(Digest.self)
        kind = try decoder.decode(AssetKind.self)
        amount = try decoder.decode(UInt64.self)
        holder = try decoder.decode(NodeID.self)
        expiry = try decoder.decode(UInt64.self)
    }
}
