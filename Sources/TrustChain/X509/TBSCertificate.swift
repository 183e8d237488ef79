import SwiftASN1

/// The signed part of an X.509 v3 certificate (RFC 5280 §4.1.2).
package struct TBSCertificate: Sendable, Hashable {
    package let serialNumber: SerialNumber
    package let signatureAlgorithm: AlgorithmIdentifier
    package let issuer: DistinguishedName
    package let validity: Validity
    package let subject: DistinguishedName
    package let publicKey: SubjectPublicKeyInfo
    package let extensions: CertificateExtensions

    private static let structure = "certificate"
    private static let version3: UInt64 = 2

    package init(
        serialNumber: SerialNumber,
        issuer: DistinguishedName,
        validity: Validity,
        subject: DistinguishedName,
        publicKey: SubjectPublicKeyInfo,
        extensions: CertificateExtensions
    ) {
        self.serialNumber = serialNumber
        signatureAlgorithm = .falcon1024Padded
        self.issuer = issuer
        self.validity = validity
        self.subject = subject
        self.publicKey = publicKey
        self.extensions = extensions
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        var reader = try DERReader(node, structure: Self.structure)
        guard try reader.nextIfExplicit(0)?.unsigned(structure: Self.structure) == Self.version3 else {
            throw .unsupportedVersion(structure: Self.structure)
        }
        serialNumber = try SerialNumber(reader.next(), structure: Self.structure)
        signatureAlgorithm = try AlgorithmIdentifier(reader.next(), structure: Self.structure)
        issuer = try DistinguishedName(reader.next())
        validity = try Validity(reader.next())
        subject = try DistinguishedName(reader.next())
        publicKey = try SubjectPublicKeyInfo(reader.next())
        let list = try reader.nextIfExplicit(3)
        try reader.finish()
        extensions = try CertificateExtensions(list.map(CertificateExtension.list) ?? [])
        guard !issuer.isEmpty else { throw .malformed(structure: Self.structure, reason: "the issuer has no name") }
    }

    /// DER of the signed part.
    var encoded: [UInt8] {
        DER.Serializer.bytes { serializer in
            serializer.sequence { serializer in
                serializer.tagged(0) { $0.integer(Self.version3) }
                serializer.integer(serialNumber.magnitude)
                signatureAlgorithm.serialize(into: &serializer)
                issuer.serialize(into: &serializer)
                validity.serialize(into: &serializer)
                subject.serialize(into: &serializer)
                publicKey.serialize(into: &serializer)
                serializeExtensions(into: &serializer)
            }
        }
    }

    private func serializeExtensions(into serializer: inout DER.Serializer) {
        guard !extensions.all.isEmpty else { return }
        serializer.tagged(3) { extensions.serialize(into: &$0) }
    }
}
