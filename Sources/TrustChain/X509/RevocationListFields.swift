import SwiftASN1

/// The signed part of a revocation list (RFC 5280 §5.1.2) as bytes and back.
struct RevocationListFields {
    let issuer: DistinguishedName
    let thisUpdate: CertificateTime
    let nextUpdate: CertificateTime
    let number: UInt64
    let authorityKeyIdentifier: [UInt8]
    let distributionPoint: String?
    let entries: [RevocationList.Entry]

    private static let structure = RevocationList.structure
    private static let version2: UInt64 = 1
    private static let understood: Set<OID> = [
        .authorityKeyIdentifier, .revocationListNumber, .issuingDistributionPoint,
    ]
}

extension RevocationListFields {
    init(_ node: ASN1Node, algorithm: AlgorithmIdentifier) throws(TrustChainError) {
        var reader = try DERReader(node, structure: Self.structure)
        guard try reader.nextIfPresent(.integer)?.unsigned(structure: Self.structure) == Self.version2 else {
            throw .unsupportedVersion(structure: Self.structure)
        }
        guard try AlgorithmIdentifier(reader.next(), structure: Self.structure) == algorithm else {
            throw .algorithmMismatch
        }
        // What is encoded again is always FALCON-1024's identifier, so no other list could read back.
        try algorithm.requireFalcon1024(structure: Self.structure)
        issuer = try DistinguishedName(reader.next())
        thisUpdate = try CertificateTime(reader.next(), structure: Self.structure)
        nextUpdate = try CertificateTime(reader.next(), structure: Self.structure)
        entries = try reader.nextIfPresent(.sequence).map(Self.entries) ?? []
        guard let list = try reader.nextIfExplicit(0) else {
            throw .malformed(structure: Self.structure, reason: "it has no extensions")
        }
        try reader.finish()
        let extensions = try CertificateExtension.list(list)
        if let unknown = extensions.first(where: { $0.isCritical && !Self.understood.contains($0.identifier) }) {
            throw .unknownCriticalExtension(unknown.identifier.description)
        }
        guard let authority = try AuthorityKeyIdentifier.find(in: extensions)?.keyIdentifier,
            let counter = try RevocationListNumber.find(in: extensions)
        else { throw .malformed(structure: Self.structure, reason: "key identifier or number is missing") }
        authorityKeyIdentifier = authority
        number = counter.number
        distributionPoint = try IssuingDistributionPoint.find(in: extensions)?.uri
    }

    private static func entries(_ node: ASN1Node) throws(TrustChainError) -> [RevocationList.Entry] {
        var entries: [RevocationList.Entry] = []
        var reader = try DERReader(node, structure: structure)
        while !reader.isAtEnd {
            let entry = try entry(reader.next())
            if let last = entries.last, last.serialNumber >= entry.serialNumber {
                throw .malformed(structure: structure, reason: "serial numbers are not ascending")
            }
            entries.append(entry)
        }
        return entries
    }

    private static func entry(_ node: ASN1Node) throws(TrustChainError) -> RevocationList.Entry {
        var reader = try DERReader(node, structure: structure)
        let serial = try SerialNumber(reader.next(), structure: structure)
        let date = try CertificateTime(reader.next(), structure: structure)
        let extensions = try reader.isAtEnd ? [] : CertificateExtension.list(reader.next())
        try reader.finish()
        if let unknown = extensions.first(where: { $0.isCritical }) {
            throw .unknownCriticalExtension(unknown.identifier.description)
        }
        let reason = try ReasonCode.find(in: extensions)?.reason ?? .unspecified
        return RevocationList.Entry(serialNumber: serial, date: date, reason: reason)
    }

    var encoded: [UInt8] {
        DER.Serializer.bytes { serializer in
            serializer.sequence { serializer in
                serializer.integer(Self.version2)
                AlgorithmIdentifier.falcon1024Padded.serialize(into: &serializer)
                issuer.serialize(into: &serializer)
                thisUpdate.serialize(into: &serializer)
                nextUpdate.serialize(into: &serializer)
                serializeEntries(into: &serializer)
                serializer.tagged(0) { serializeExtensions(into: &$0) }
            }
        }
    }

    private func serializeEntries(into serializer: inout DER.Serializer) {
        // The list is left out when it would be empty (RFC 5280 §5.1.2.6).
        guard !entries.isEmpty else { return }
        serializer.sequence { serializer in
            for entry in entries { serialize(entry, into: &serializer) }
        }
    }

    private func serialize(_ entry: RevocationList.Entry, into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            serializer.integer(entry.serialNumber.magnitude)
            entry.date.serialize(into: &serializer)
            // "Unspecified" is said by leaving the reason out (RFC 5280 §5.3.1).
            guard entry.reason != .unspecified else { return }
            serializer.sequence { CertificateExtension(ReasonCode(reason: entry.reason)).serialize(into: &$0) }
        }
    }

    private func serializeExtensions(into serializer: inout DER.Serializer) {
        var extensions = [
            CertificateExtension(AuthorityKeyIdentifier(authorityKeyIdentifier)),
            CertificateExtension(RevocationListNumber(number: number)),
        ]
        if let distributionPoint {
            extensions.append(CertificateExtension(IssuingDistributionPoint(uri: distributionPoint), isCritical: true))
        }
        serializer.sequence { serializer in
            for element in extensions { element.serialize(into: &serializer) }
        }
    }
}
