package import Canonical

/// A job from its order to its end: providers commit to receipts, then open them, and a majority decides.
///
/// Committing first keeps a provider from copying: no receipt is open before the last commitment is in (or the time
/// for commitments is over), and a commitment names its provider.
package struct Job: Sendable, Hashable {
    package let id: JobID
    package let requester: NodeID
    package let order: JobOrder
    /// Height of the block that took the order.
    package let height: UInt64
    package private(set) var providers: [JobProvider]
    package private(set) var phase: JobPhase = .committing
    /// Height of the block that began the reveal phase; nil before.
    package private(set) var revealHeight: UInt64?

    package init(id: JobID, requester: NodeID, order: JobOrder, height: UInt64, providers: [NodeID]) {
        self.id = id
        self.requester = requester
        self.order = order
        self.height = height
        self.providers = providers.map { JobProvider(node: $0) }
    }

    /// The job that an operation ordered.
    package static func id(orderedBy operation: OperationID) -> JobID {
        JobID(Digest(.job, operation.bytes))
    }

    /// Height at which the present phase ends by itself.
    package var deadline: UInt64 {
        switch phase {
        case .committing: height &+ UInt64(order.commitBlocks)
        default: (revealHeight ?? height) &+ UInt64(order.revealBlocks)
        }
    }

    /// Takes a provider's sealed receipt. The last one opens the reveal phase.
    package mutating func commit(_ commitment: Digest, by node: NodeID, at height: UInt64) throws(CatalogError) {
        let index = try index(of: node)
        guard phase == .committing else { throw .wrongPhase(id, phase: phase.name, needed: "committing") }
        guard providers[index].commitment == nil else { throw .alreadyCommitted(node) }
        providers[index].commitment = commitment
        if providers.allSatisfy({ $0.commitment != nil }) { beginReveal(at: height) }
    }

    /// Takes an opened receipt. Returns whether every committed provider has now opened its own.
    package mutating func reveal(_ receipt: JobReceipt, salt: Digest, by node: NodeID) throws(CatalogError) -> Bool {
        guard receipt.job == id else { throw .malformedReceipt("it is for job \(receipt.job.shortDescription)") }
        guard receipt.provider == node else {
            throw .malformedReceipt("it names provider \(receipt.provider.shortDescription)")
        }
        let index = try index(of: node)
        guard phase == .revealing else { throw .wrongPhase(id, phase: phase.name, needed: "revealing") }
        guard let commitment = providers[index].commitment else { throw .notCommitted(node) }
        guard providers[index].resultHash == nil else { throw .alreadyRevealed(node) }
        guard receipt.commitment(salt: salt) == commitment else { throw .commitmentMismatch(node) }
        guard receipt.fuelUsed <= order.fuelLimit else {
            throw .malformedReceipt("it counts more fuel than the order allows")
        }
        providers[index].resultHash = receipt.resultHash
        return providers.allSatisfy { $0.commitment == nil || $0.resultHash != nil }
    }

    /// The deadline of the present phase has come: reveal begins, or the job ends. Before it nothing happens.
    /// Returns whether the job should now be closed.
    package mutating func tick(at height: UInt64) -> Bool {
        guard !phase.isFinal, height >= deadline else { return false }
        guard phase == .committing else { return true }
        let committed = providers.count { $0.commitment != nil }
        guard committed >= order.majority else { return true }
        beginReveal(at: height)
        return false
    }

    /// The result hash on which a majority of all k providers agrees, if any.
    package var agreedResult: Digest? {
        providers.compactMap(\.resultHash).first { hash in
            providers.count { $0.resultHash == hash } >= order.majority
        }
    }

    /// Ends the job: settled when a majority agrees, failed otherwise. `fuelUsed` is what the agreeing receipts
    /// say (it is part of what they agree on).
    package mutating func close(fuelUsed: UInt64, feeBasisPoints: UInt16) throws(AmountError) {
        guard let agreed = agreedResult else {
            let revealed = providers.count { $0.resultHash != nil }
            phase = .failed(revealed < order.majority ? .tooFewReceipts : .disagreement)
            return
        }
        let agreeing = providers.filter { $0.resultHash == agreed }.map(\.node)
        phase = .settled(
            try JobSettlement(
                resultHash: agreed, agreeing: agreeing, fuelUsed: fuelUsed, order: order,
                feeBasisPoints: feeBasisPoints))
    }

    private func index(of node: NodeID) throws(CatalogError) -> Int {
        guard let index = providers.firstIndex(where: { $0.node == node }) else { throw .notAssigned(node, to: id) }
        return index
    }

    private mutating func beginReveal(at height: UInt64) {
        phase = .revealing
        revealHeight = height
    }
}

extension Job: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(id)
        encoder.encode(requester)
        encoder.encode(order)
        encoder.encode(height)
        encoder.encode(providers)
        encoder.encode(phase)
        encoder.encode(revealHeight)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        id = try decoder.decode(JobID.self)
        requester = try decoder.decode(NodeID.self)
        order = try decoder.decode(JobOrder.self)
        height = try decoder.decode(UInt64.self)
        providers = try decoder.decodeArray(of: JobProvider.self, limit: Int(CatalogLimits.replicasMax))
        phase = try decoder.decode(JobPhase.self)
        revealHeight = try decoder.decodeOption(UInt64.self)
    }
}
