package import Canonical

/// One node's assets: its offer, the grants that stand, and the state of each kind.
///
/// Invariant, after every call: for each kind, Σ active grants ≤ owner's share × measured capacity. The clock is
/// the caller's: ticks are block heights on the ledger, nanoseconds in a node.
package struct AssetPool: Sendable, Hashable {
    /// Grants that one pool keeps at most.
    package static let grantsMax = 512
    /// Transitions that are remembered, newest last.
    package static let historyMax = 32

    package private(set) var offer: AssetOffer
    /// Standing grants, ascending by id, then kind.
    package private(set) var grants: [Grant] = []
    /// The last transitions, oldest first.
    package private(set) var history: [AssetTransition] = []
    // One state a capacity of the offer, in its order.
    private var states: [AssetState]

    package init(offer: AssetOffer) {
        self.offer = offer
        states = offer.capacities.map { _ in .available }
    }

    /// The state of one kind; nil when it is not offered.
    package func state(of kind: AssetKind) -> AssetState? {
        index(of: kind).map { states[$0] }
    }

    /// Sum of the standing grants of one kind.
    package func granted(_ kind: AssetKind) -> UInt64 {
        // Cannot overflow: the invariant bounds it by the capacity.
        grants.reduce(0) { $1.kind == kind ? $0 &+ $1.amount : $0 }
    }

    /// What may still be granted of one kind, whatever the state.
    package func free(_ kind: AssetKind) -> UInt64 {
        guard let capacity = offer.capacity(kind) else { return 0 }
        let taken = granted(kind)
        return capacity.lendable > taken ? capacity.lendable - taken : 0
    }

    /// Grants all of `wanted`, or nothing.
    package mutating func grant(_ wanted: [Grant], at tick: UInt64) throws(SatchelError) {
        var changed = self
        for grant in wanted { try changed.add(grant, at: tick) }
        self = changed
    }

    /// Changes the amount of a standing grant.
    package mutating func resize(_ id: Digest, _ kind: AssetKind, to amount: UInt64) throws(SatchelError) {
        guard let position = grants.firstIndex(where: { $0.id == id && $0.kind == kind }) else {
            throw .unknownGrant(id, kind)
        }
        guard amount > 0 else { throw .zeroAmount(kind) }
        guard let capacity = offer.capacity(kind) else { throw .kindNotOffered(kind) }
        let old = grants[position]
        let others = granted(kind) - old.amount
        guard others <= capacity.lendable, amount <= capacity.lendable - others else {
            throw .shareExceeded(kind, lendable: capacity.lendable, granted: others, asked: amount)
        }
        grants[position] = Grant(id: id, kind: kind, amount: amount, holder: old.holder, expiry: old.expiry)
    }

    /// Ends one grant.
    package mutating func release(_ id: Digest, _ kind: AssetKind, at tick: UInt64) throws(SatchelError) {
        guard let position = grants.firstIndex(where: { $0.id == id && $0.kind == kind }) else {
            throw .unknownGrant(id, kind)
        }
        grants.remove(at: position)
        settle(kind, at: tick)
    }

    /// Ends every grant of this id and returns what ended.
    @discardableResult
    package mutating func releaseAll(_ id: Digest, at tick: UInt64) -> [Grant] {
        drop(at: tick) { $0.id == id }
    }

    /// Ends the grants whose expiry has come and returns them.
    @discardableResult
    package mutating func expire(at tick: UInt64) -> [Grant] {
        drop(at: tick) { $0.expiry <= tick }
    }

    /// The owner, or the adapter's health check, moves a kind to another state. Failing ends its grants, which are
    /// returned; maintenance is refused while grants stand.
    @discardableResult
    package mutating func move(
        _ kind: AssetKind, to next: AssetState, at tick: UInt64
    ) throws(SatchelError) -> [Grant] {
        guard let index = index(of: kind) else { throw .kindNotOffered(kind) }
        let count = grants.count { $0.kind == kind }
        let current = states[index]
        guard current.successors.contains(next) else { throw .illegalTransition(kind, from: current, to: next) }
        switch next {
        case .available, .maintenance:
            guard count == 0 else { throw .grantsActive(kind, count: count) }
        case .allocated, .inUse:
            guard count > 0 else { throw .illegalTransition(kind, from: current, to: next) }
        case .suspended, .failed: break
        }
        record(index, next, at: tick)
        guard next == .failed else { return [] }
        let ended = grants.filter { $0.kind == kind }
        grants.removeAll { $0.kind == kind }
        return ended
    }

    /// Replaces the offer. Refused when the standing grants would exceed it; tightening waits for them to end.
    package mutating func replaceOffer(_ next: AssetOffer) throws(SatchelError) {
        for kind in AssetKind.allCases {
            let lendable = next.capacity(kind)?.lendable ?? 0
            let taken = granted(kind)
            guard taken <= lendable else { throw .grantsExceedOffer(kind, lendable: lendable, granted: taken) }
        }
        states = next.capacities.map { state(of: $0.kind) ?? .available }
        offer = next
    }

    /// The invariant, checked from scratch: true when it holds for every kind.
    package var holdsInvariant: Bool {
        AssetKind.allCases.allSatisfy { kind in
            var sum: UInt64 = 0
            for grant in grants where grant.kind == kind {
                let (next, overflow) = sum.addingReportingOverflow(grant.amount)
                guard !overflow else { return false }
                sum = next
            }
            return sum <= offer.capacity(kind)?.lendable ?? 0
        }
    }

    private func index(of kind: AssetKind) -> Int? {
        offer.capacities.firstIndex { $0.kind == kind }
    }

    private mutating func add(_ grant: Grant, at tick: UInt64) throws(SatchelError) {
        guard let index = index(of: grant.kind) else { throw .kindNotOffered(grant.kind) }
        let capacity = offer.capacities[index]
        guard states[index].admitsGrants else { throw .stateAdmitsNoGrants(grant.kind, states[index]) }
        guard grant.amount > 0 else { throw .zeroAmount(grant.kind) }
        guard grant.expiry > tick else { throw .alreadyExpired(expiry: grant.expiry, now: tick) }
        guard grant.expiry - tick <= capacity.durationMax else {
            throw .durationExceeded(grant.kind, most: capacity.durationMax, asked: grant.expiry - tick)
        }
        guard grants.count(where: { $0.kind == grant.kind }) < Int(capacity.usersMax) else {
            throw .usersExceeded(grant.kind, most: capacity.usersMax)
        }
        guard grants.count < AssetPool.grantsMax else { throw .tooManyGrants(most: AssetPool.grantsMax) }
        let position = grants.firstIndex { !Grant.precedes($0, grant) } ?? grants.endIndex
        guard position == grants.endIndex || Grant.precedes(grant, grants[position]) else {
            throw .grantExists(grant.id, grant.kind)
        }
        let taken = granted(grant.kind)
        guard taken <= capacity.lendable, grant.amount <= capacity.lendable - taken else {
            throw .shareExceeded(grant.kind, lendable: capacity.lendable, granted: taken, asked: grant.amount)
        }
        grants.insert(grant, at: position)
        if states[index] == .available { record(index, .allocated, at: tick) }
    }

    private mutating func drop(at tick: UInt64, where ends: (Grant) -> Bool) -> [Grant] {
        let ended = grants.filter(ends)
        guard !ended.isEmpty else { return [] }
        grants.removeAll(where: ends)
        for kind in AssetKind.allCases where ended.contains(where: { $0.kind == kind }) { settle(kind, at: tick) }
        return ended
    }

    // A kind without grants is available again, unless its owner or a fault holds it elsewhere.
    private mutating func settle(_ kind: AssetKind, at tick: UInt64) {
        guard let index = index(of: kind), !grants.contains(where: { $0.kind == kind }) else { return }
        if states[index] == .allocated || states[index] == .inUse { record(index, .available, at: tick) }
    }

    private mutating func record(_ index: Int, _ next: AssetState, at tick: UInt64) {
        let kind = offer.capacities[index].kind
        history.append(AssetTransition(kind: kind, from: states[index], to: next, tick: tick))
        if history.count > AssetPool.historyMax { history.removeFirst(history.count - AssetPool.historyMax) }
        states[index] = next
    }
}

extension AssetPool: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(offer)
        encoder.encode(states)
        encoder.encode(grants)
        encoder.encode(history)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        offer = try decoder.decode(AssetOffer.self)
        states = try decoder.decodeArray(of: AssetState.self, limit: AssetKind.allCases.count)
        grants = try decoder.decodeArray(of: Grant.self, limit: AssetPool.grantsMax)
        history = try decoder.decodeArray(of: AssetTransition.self, limit: AssetPool.historyMax)
        guard states.count == offer.capacities.count else {
            throw .invalidValue(offset: decoder.offset, rule: "a pool has one state a capacity")
        }
        for (left, right) in zip(grants, grants.dropFirst()) where !Grant.precedes(left, right) {
            throw .unsorted(offset: decoder.offset)
        }
        guard holdsInvariant else {
            throw .invalidValue(offset: decoder.offset, rule: "grants exceed share × capacity")
        }
    }
}
