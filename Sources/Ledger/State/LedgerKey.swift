package import Canonical

/// Names of the values that the ledger keeps; `docs/formats/operations.md` lists them.
package enum LedgerKey {
    /// Blocks whose hashes stay in the state as anchors.
    package static let anchorsKept: UInt64 = 512

    package static let network = StateKey(namespace: StateNamespace.network, [])
    package static let policy = StateKey(namespace: StateNamespace.policy, [])
    package static let tip = StateKey(namespace: StateNamespace.tip, [])
    package static let validators = StateKey(namespace: StateNamespace.validators, [])
    /// Count of nodes that offer assets.
    static let providerCount = StateKey(namespace: StateNamespace.provider, [])

    package static func identity(_ node: NodeID) -> StateKey {
        StateKey(namespace: StateNamespace.identity, of: node)
    }

    package static func sequence(_ node: NodeID) -> StateKey {
        StateKey(namespace: StateNamespace.sequence, of: node)
    }

    /// The slot that holds the anchor of this height, until a later height takes it.
    package static func anchor(_ height: UInt64) -> StateKey {
        StateKey(namespace: StateNamespace.anchor, of: height % anchorsKept)
    }

    package static func evidence(_ digest: Digest) -> StateKey {
        StateKey(namespace: StateNamespace.evidence, of: digest)
    }

    /// Where a certificate with this SHA-256 of its DER is recorded.
    package static func certificate(_ fingerprint: Digest) -> StateKey {
        StateKey(namespace: StateNamespace.certificate, of: fingerprint)
    }

    /// A validator's punished offence in a view.
    static func offence(of node: NodeID, view: UInt64) -> StateKey {
        StateKey(namespace: StateNamespace.offence, node.bytes + view.canonicalBytes)
    }

    package static func pool(_ node: NodeID) -> StateKey { StateKey(namespace: StateNamespace.pool, of: node) }

    package static func program(_ id: ProgramID) -> StateKey {
        StateKey(namespace: StateNamespace.program, of: id)
    }

    package static func job(_ id: JobID) -> StateKey { StateKey(namespace: StateNamespace.job, of: id) }

    /// The receipt kept for a result that a job's providers have shown.
    package static func receipt(_ job: JobID, result: Digest) -> StateKey {
        StateKey(namespace: StateNamespace.receipt, job.bytes + result.bytes)
    }

    /// The node at a place in the list of those that offer assets.
    static func provider(_ index: UInt64) -> StateKey {
        StateKey(namespace: StateNamespace.provider, of: index)
    }

    /// A node's place in that list.
    static func providerIndex(_ node: NodeID) -> StateKey {
        StateKey(namespace: StateNamespace.provider, of: node)
    }

    /// The jobs to look at when a block has this height.
    static func deadline(_ height: UInt64) -> StateKey {
        StateKey(namespace: StateNamespace.deadline, of: height)
    }
}

extension HashDomain {
    /// A key's place in the state tree.
    package static let stateKey = HashDomain("HM/statekey")
    /// A value in the state tree.
    package static let stateValue = HashDomain("HM/statevalue")
}
