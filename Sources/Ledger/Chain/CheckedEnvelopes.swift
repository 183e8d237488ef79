import Canonical
import ProofOfState

/// Envelopes that were verified whole, by the hash of their bytes, in the form that blocks need them, so that each is
/// decoded and verified once. Two generations: when the younger is full, the older is forgotten.
struct CheckedEnvelopes: Sendable {
    struct Entry: Sendable {
        let operation: VerifiedOperation
        let standing: EnvelopeStanding
    }

    /// Entries of one generation.
    static let generationMax = 8192

    private var young: [Digest: Entry] = [:]
    private var old: [Digest: Entry] = [:]

    subscript(hash: Digest) -> Entry? { young[hash] ?? old[hash] }

    mutating func add(_ entry: Entry, for hash: Digest) {
        young[hash] = entry
        guard young.count >= CheckedEnvelopes.generationMax else { return }
        old = young
        young.removeAll()
    }

    mutating func remove(_ hash: Digest) {
        young[hash] = nil
        old[hash] = nil
    }
}
