import SwiftASN1

/// The extensions of a certificate or request: as encoded, and read.
package struct CertificateExtensions: Sendable, Hashable {
    /// In their order.
    package let all: [CertificateExtension]

    package let basicConstraints: BasicConstraints?
    package let keyUsage: KeyUsage?
    package let extendedKeyUsage: ExtendedKeyUsage?
    package let subjectAlternativeName: SubjectAlternativeName?
    package let subjectKeyIdentifier: SubjectKeyIdentifier?
    package let authorityKeyIdentifier: AuthorityKeyIdentifier?
    package let nameConstraints: NameConstraints?
    package let distributionPoints: RevocationListDistributionPoints?
    package let signedCertificateTimestamps: SignedCertificateTimestamps?

    /// What TrustChain acts on; any other critical extension is refused.
    package static let understood: Set<OID> = [
        .basicConstraints, .keyUsage, .extendedKeyUsage, .subjectAlternativeName, .subjectKeyIdentifier,
        .authorityKeyIdentifier, .nameConstraints, .revocationListDistributionPoints, .signedCertificateTimestamps,
    ]

    /// Reads every extension that TrustChain knows; the others stay as they are.
    package init(_ all: [CertificateExtension]) throws(TrustChainError) {
        self.all = all
        basicConstraints = try .find(in: all)
        keyUsage = try .find(in: all)
        extendedKeyUsage = try .find(in: all)
        subjectAlternativeName = try .find(in: all)
        subjectKeyIdentifier = try .find(in: all)
        authorityKeyIdentifier = try .find(in: all)
        nameConstraints = try .find(in: all)
        distributionPoints = try .find(in: all)
        signedCertificateTimestamps = try .find(in: all)
    }

    /// The names that the certificate is for.
    package var names: [GeneralName] { subjectAlternativeName?.names ?? [] }

    /// The first critical extension that TrustChain does not know.
    package var unknownCritical: CertificateExtension? {
        all.first { $0.isCritical && !Self.understood.contains($0.identifier) }
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            for element in all { element.serialize(into: &serializer) }
        }
    }
}
