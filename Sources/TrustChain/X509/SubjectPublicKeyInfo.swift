package import Canonical
package import Falcon
import SwiftASN1

/// A public key and its algorithm (RFC 5280 §4.1.2.7). Keys of other algorithms are carried, not used.
package struct SubjectPublicKeyInfo: Sendable, Hashable {
    package let algorithm: AlgorithmIdentifier
    /// For FALCON-1024 the raw 1793 bytes, without an ASN.1 wrapping.
    package let key: [UInt8]

    private static let structure = "public key info"

    package init(_ key: Falcon1024.PublicKey) {
        algorithm = .falcon1024Padded
        self.key = key.rawRepresentation
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        var reader = try DERReader(node, structure: Self.structure)
        algorithm = try AlgorithmIdentifier(reader.next(), structure: Self.structure)
        key = try reader.next().bitStringBytes(structure: Self.structure)
        try reader.finish()
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            algorithm.serialize(into: &serializer)
            serializer.bitString(key)
        }
    }

    /// The FALCON-1024 key; `unsupportedAlgorithm` for a key of another kind, `invalidKey` for a bad one.
    package func falcon1024() throws(TrustChainError) -> Falcon1024.PublicKey {
        try algorithm.requireFalcon1024(structure: Self.structure)
        do { return try Falcon1024.PublicKey(rawRepresentation: key) } catch { throw .invalidKey }
    }

    /// The first 20 bytes of the SHA-256 hash of the key (RFC 7093 §2, method 1).
    package var keyIdentifier: [UInt8] { Array(Digest(sha256: key).bytes.prefix(20)) }

    /// The id of the node or person who holds the key; `unsupportedAlgorithm` for keys other than FALCON-1024.
    package func nodeID() throws(TrustChainError) -> NodeID {
        try algorithm.requireFalcon1024(structure: Self.structure)
        return NodeID(publicKey: key)
    }
}
