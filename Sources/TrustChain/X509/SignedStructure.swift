import Falcon
import SwiftASN1

/// What certificates, requests and revocation lists have in common: SEQUENCE { content, algorithm, signature }.
struct SignedStructure: Sendable, Hashable {
    /// DER of the signed part.
    let content: [UInt8]
    let algorithm: AlgorithmIdentifier
    let signature: [UInt8]

    /// Signs `content` with FALCON-1024.
    init(signing content: [UInt8], with key: Falcon1024.PrivateKey) throws(TrustChainError) {
        self.content = content
        algorithm = .falcon1024Padded
        do { signature = try key.signature(for: content) } catch { throw .signingFailed }
    }

    /// Reads the outer structure and returns the node of the signed part.
    static func parse(
        _ der: [UInt8],
        limit: Int,
        structure: String
    ) throws(TrustChainError) -> (signed: SignedStructure, content: ASN1Node) {
        var reader = try DERReader(DERReader.root(der, limit: limit, structure: structure), structure: structure)
        let content = try reader.next()
        let algorithm = try AlgorithmIdentifier(reader.next(), structure: structure)
        let signature = try reader.next().bitStringBytes(structure: structure)
        try reader.finish()
        let signed = SignedStructure(content: Array(content.encodedBytes), algorithm: algorithm, signature: signature)
        guard signed.encoded == der else { throw .notDistinguished(structure: structure) }
        return (signed, content)
    }

    private init(content: [UInt8], algorithm: AlgorithmIdentifier, signature: [UInt8]) {
        self.content = content
        self.algorithm = algorithm
        self.signature = signature
    }

    /// DER of the whole.
    var encoded: [UInt8] {
        DER.Serializer.bytes { serializer in
            serializer.sequence { serializer in
                serializer.serializeRawBytes(content)
                algorithm.serialize(into: &serializer)
                serializer.bitString(signature)
            }
        }
    }

    /// Checks the signature. `subject` names what was signed in the refusal.
    func verify(with key: SubjectPublicKeyInfo, subject: String) throws(TrustChainError) {
        try algorithm.requireFalcon1024(structure: "signature algorithm")
        guard try key.falcon1024().isValidSignature(signature, for: content) else {
            throw .badSignature(subject: subject)
        }
    }
}
