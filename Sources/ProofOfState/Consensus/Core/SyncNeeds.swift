import Canonical

/// What a node lacks, as its rules run into it. Fetches are made from this, one at a time, rate-limited.
struct SyncNeeds: Sendable, Equatable {
    /// A block named by a certificate or as a proposal's parent.
    var block: Digest?
    /// Height from which final blocks are missing.
    var finalFrom: Height?
    /// Views whose ending is not known.
    var certificates: ClosedRange<View>?

    var isEmpty: Bool { block == nil && finalFrom == nil && certificates == nil }
}
