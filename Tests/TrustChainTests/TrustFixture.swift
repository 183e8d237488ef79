import Canonical
import Falcon

@testable import TrustChain

/// Keys, times and certificates that many tests use. Keys are made once.
enum TrustFixture {
    static let rootKey = Result { try Falcon1024.PrivateKey() }
    static let middleKey = Result { try Falcon1024.PrivateKey() }
    static let nodeKey = Result { try Falcon1024.PrivateKey() }
    static let otherKey = Result { try Falcon1024.PrivateKey() }

    /// 2026-11-24T20:00:00Z.
    static let now = CertificateTime(seconds: 1_795_550_400)
    static let day: Int64 = 86_400

    static func serial(_ number: UInt8) throws -> SerialNumber {
        try SerialNumber(random: (0..<16).map { $0 &* 7 &+ number })
    }

    static func root(_ terms: IssuanceTerms = IssuanceTerms(pathLength: nil)) throws -> Authority {
        try Authority(
            root: DistinguishedName(commonName: "Root", organization: "Mesh"), key: rootKey.get(), serial: serial(1),
            now: now.advanced(bySeconds: -10 * day), terms: terms,
            shards: RevocationShards(baseURI: "hypermesh://trust/crl", count: 4))
    }

    static func middle(
        _ root: Authority,
        _ terms: IssuanceTerms = IssuanceTerms(),
        number: UInt8 = 2
    ) throws -> Authority {
        let request = try CertificateRequest(subject: DistinguishedName(commonName: "Middle"), key: middleKey.get())
        let certificate = try root.issue(
            request, profile: .intermediate, serial: serial(number), now: now.advanced(bySeconds: -day), terms: terms)
        return try Authority(certificate: certificate, key: middleKey.get())
    }

    static func nodeRequest(_ names: [GeneralName] = [.dns("n1.mesh.example")]) throws -> CertificateRequest {
        try CertificateRequest(subject: DistinguishedName(commonName: "node 1"), names: names, key: nodeKey.get())
    }

    static func node(_ authority: Authority, number: UInt8 = 3, names: [GeneralName] = [.dns("n1.mesh.example")]) throws
        -> Certificate
    {
        try authority.issue(nodeRequest(names), profile: .node, serial: serial(number), now: now)
    }

    /// A certificate with any content, signed by `signer`.
    static func certificate(
        subject: DistinguishedName = DistinguishedName(commonName: "leaf"),
        issuer: Authority,
        key: Falcon1024.PrivateKey? = nil,
        signer: Falcon1024.PrivateKey? = nil,
        validity: Validity? = nil,
        extensions: [CertificateExtension] = leafExtensions
    ) throws -> Certificate {
        let content = try TBSCertificate(
            serialNumber: serial(9), issuer: issuer.certificate.subject,
            validity: validity
                ?? Validity(notBefore: now.advanced(bySeconds: -60), notAfter: now.advanced(bySeconds: day)),
            subject: subject, publicKey: SubjectPublicKeyInfo((key ?? nodeKey.get()).publicKey),
            extensions: CertificateExtensions(extensions))
        return try Certificate(signing: content, with: signer ?? issuer.key)
    }

    static let leafExtensions = [
        CertificateExtension(KeyUsage.digitalSignature, isCritical: true),
        CertificateExtension(ExtendedKeyUsage([.serverAuthentication])),
    ]

    static let authorityExtensions = [
        CertificateExtension(BasicConstraints(isAuthority: true), isCritical: true),
        CertificateExtension(KeyUsage.certificateSigning, isCritical: true),
    ]
}

/// State of a test: what the ledger keeps, without its journal.
struct MemoryState: StateAccess {
    private(set) var values: [StateKey: [UInt8]] = [:]
    func value(for key: StateKey) -> [UInt8]? { values[key] }
    mutating func setValue(_ value: [UInt8]?, for key: StateKey) { values[key] = value }
}
