package import Canonical

/// What a node offers to the mesh: at most one capacity a kind, in the order of the kinds.
package struct AssetOffer: Sendable, Hashable {
    package let capacities: [AssetCapacity]

    /// An offer of these capacities, in any order. Refuses an empty offer and a kind named twice.
    package init(_ capacities: [AssetCapacity]) throws(SatchelError) {
        let sorted = capacities.sorted { $0.kind < $1.kind }
        guard !sorted.isEmpty else { throw .malformedOffer("it names no capacity") }
        for (left, right) in zip(sorted, sorted.dropFirst()) where left.kind == right.kind {
            throw .malformedOffer("it names \(left.kind) twice")
        }
        self.capacities = sorted
    }

    /// The capacity of one kind; nil when the node does not offer it.
    package func capacity(_ kind: AssetKind) -> AssetCapacity? {
        capacities.first { $0.kind == kind }
    }
}

extension AssetOffer: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encode(capacities) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let capacities = try decoder.decodeArray(of: AssetCapacity.self, limit: AssetKind.allCases.count)
        guard !capacities.isEmpty else {
            throw .invalidValue(offset: decoder.offset, rule: "an offer names at least one capacity")
        }
        for (left, right) in zip(capacities, capacities.dropFirst()) where left.kind >= right.kind {
            throw .unsorted(offset: decoder.offset)
        }
        self.capacities = capacities
    }
}
