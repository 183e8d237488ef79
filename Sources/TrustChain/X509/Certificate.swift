package import Canonical
package import Falcon

/// An X.509 v3 certificate (RFC 5280) in strict DER. Certificates of other algorithms than FALCON-1024 can be read
/// and inspected; their signatures are refused as of an unsupported algorithm.
package struct Certificate: Sendable, Hashable {
    package let content: TBSCertificate
    private let signed: SignedStructure
    /// DER of the whole certificate.
    package let encoded: [UInt8]

    private static let structure = "certificate"

    /// Reads DER. Bytes after the certificate, and any but the one encoding, are refused.
    package init(derEncoded der: [UInt8]) throws(TrustChainError) {
        let (signed, node) = try SignedStructure.parse(
            der, limit: Limits.certificateBytesMax, structure: Self.structure)
        content = try TBSCertificate(node)
        self.signed = signed
        encoded = der
        guard content.encoded == signed.content else { throw .notDistinguished(structure: Self.structure) }
        guard content.signatureAlgorithm == signed.algorithm else { throw .algorithmMismatch }
    }

    /// Reads one PEM block.
    package init(pem: String) throws(TrustChainError) {
        try self.init(derEncoded: PEM.decode(pem, label: PEM.certificate))
    }

    /// Signs `content`.
    package init(signing content: TBSCertificate, with key: Falcon1024.PrivateKey) throws(TrustChainError) {
        self.content = content
        signed = try SignedStructure(signing: content.encoded, with: key)
        encoded = signed.encoded
    }

    /// Every certificate in a text of PEM blocks, which may hold nothing else.
    package static func chain(pem: String) throws(TrustChainError) -> [Certificate] {
        var chain: [Certificate] = []
        for block in try PEM.blocks(pem) {
            guard block.label == PEM.certificate else {
                throw .wrongLabel(expected: PEM.certificate, found: block.label)
            }
            chain.append(try Certificate(derEncoded: block.der))
        }
        return chain
    }

    package var pem: String { PEM.encode(encoded, label: PEM.certificate) }

    package var serialNumber: SerialNumber { content.serialNumber }
    package var issuer: DistinguishedName { content.issuer }
    package var subject: DistinguishedName { content.subject }
    package var validity: Validity { content.validity }
    package var publicKey: SubjectPublicKeyInfo { content.publicKey }
    package var extensions: CertificateExtensions { content.extensions }
    /// DER of what is signed, and the raw signature.
    package var signedBytes: [UInt8] { signed.content }
    package var signature: [UInt8] { signed.signature }
    package var signatureAlgorithm: AlgorithmIdentifier { signed.algorithm }

    /// SHA-256 of the DER: what people compare.
    package var fingerprint: Digest { Digest(sha256: encoded) }

    /// Whether the certificate says that it may sign others.
    package var isAuthority: Bool { extensions.basicConstraints?.isAuthority ?? false }

    /// Whether issuer and subject are the same.
    package var isSelfIssued: Bool { issuer == subject }

    /// The identifier of the certificate's key: as the certificate gives it, else computed.
    package var keyIdentifier: [UInt8] {
        extensions.subjectKeyIdentifier?.keyIdentifier ?? publicKey.keyIdentifier
    }

    /// The node or person who holds the key; `unsupportedAlgorithm` for keys other than FALCON-1024.
    package func nodeID() throws(TrustChainError) -> NodeID { try publicKey.nodeID() }

    /// Checks the signature against the issuer's key, and nothing else.
    package func verifySignature(with issuerKey: SubjectPublicKeyInfo) throws(TrustChainError) {
        try signed.verify(with: issuerKey, subject: label)
    }

    /// The subject for people; the first alternative name when the subject has none.
    package var label: String {
        subject.isEmpty ? extensions.names.first?.description ?? serialNumber.description : subject.description
    }
}

extension Certificate: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encodeBytes(encoded) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let start = decoder.offset
        let der = try decoder.decodeBytes(limit: Limits.certificateBytesMax)
        do {
            try self.init(derEncoded: der)
        } catch {
            throw BCSError.invalidValue(offset: start, rule: error.description)
        }
    }
}
