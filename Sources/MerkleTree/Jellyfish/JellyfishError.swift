package import Canonical

/// Why the tree refused.
package enum JellyfishError: Error, Sendable, Hashable {
    /// A node that the tree refers to is not in the store: it was pruned, or the store lost it.
    case missingNode(JellyfishNodeKey)
    /// The new version is not above every version that the base refers to.
    case versionNotAbove(UInt64)
    /// The proof does not lead to the root.
    case rootMismatch(expected: Digest, computed: Digest)
    /// The proof ends in a leaf that is not the one it should show.
    case wrongLeaf(Digest)
    /// The proof shows that the key is there (or is not), against what was claimed.
    case presenceMismatch(Digest)
    /// The proof breaks this rule.
    case malformedProof(String)
}

extension JellyfishError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missingNode(let key): "no node of version \(key.version) at depth \(key.path.count)"
        case .versionNotAbove(let version): "version \(version) is not above the tree's versions"
        case .rootMismatch(let expected, let computed):
            "the proof leads to root \(computed.shortDescription), not \(expected.shortDescription)"
        case .wrongLeaf(let key): "the proof ends in another leaf than \(key.shortDescription)"
        case .presenceMismatch(let key): "the proof shows otherwise of key \(key.shortDescription)"
        case .malformedProof(let rule): "malformed proof: \(rule)"
        }
    }
}
