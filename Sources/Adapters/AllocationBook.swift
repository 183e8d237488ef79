import Canonical
import Satchel

/// The allocations of one adapter: never more in total than may be lent.
struct AllocationBook: Sendable {
    let kind: AssetKind
    /// Capacity × share, in the kind's unit.
    let lendable: UInt64
    private(set) var allocations: [Digest: Allocation] = [:]
    private(set) var allocated: UInt64 = 0

    init(kind: AssetKind, lendable: UInt64) {
        self.kind = kind
        self.lendable = lendable
    }

    var free: UInt64 { lendable - allocated }

    /// Checks a new request; nothing is noted.
    func admit(_ request: AllocationRequest) throws(AdapterError) {
        guard allocations[request.id] == nil else { throw .allocationExists(request.id) }
        guard request.amount > 0 else { throw .invalidRequest("an allocation of nothing") }
        guard request.amount <= free else { throw .insufficient(kind, free: free, asked: request.amount) }
    }

    /// Checks a new amount for a standing allocation; nothing is noted.
    func admit(_ id: Digest, resizedTo amount: UInt64) throws(AdapterError) {
        let standing = try allocation(id)
        let free = free + standing.amount
        guard amount > 0 else { throw .invalidRequest("an allocation of nothing") }
        guard amount <= free else { throw .insufficient(kind, free: free, asked: amount) }
    }

    func allocation(_ id: Digest) throws(AdapterError) -> Allocation {
        guard let allocation = allocations[id] else { throw .unknownAllocation(id) }
        return allocation
    }

    /// Notes an admitted allocation, new or resized.
    mutating func note(_ allocation: Allocation) {
        allocated -= allocations[allocation.id]?.amount ?? 0
        allocated += allocation.amount
        allocations[allocation.id] = allocation
    }

    mutating func remove(_ id: Digest) {
        allocated -= allocations.removeValue(forKey: id)?.amount ?? 0
    }
}
