import Canonical
import Falcon
import Testing

@testable import TrustChain

private typealias Fixture = TrustFixture

@Suite struct ChainVerifierTests {
    private func verify(
        _ leaf: Certificate,
        _ root: Authority,
        _ middle: [Certificate] = [],
        purpose: CertificatePurpose = .server,
        expecting: ExpectedIdentity? = nil,
        now: CertificateTime = Fixture.now,
        revocations: RevocationSet = RevocationSet()
    ) throws(TrustChainError) -> [Certificate] {
        try ChainVerifier(anchors: [root.certificate], intermediates: middle, revocations: revocations)
            .verify(leaf, purpose: purpose, expecting: expecting, now: now)
    }

    @Test func `builds the chain from a node over an intermediate to the root`() throws {
        let root = try Fixture.root()
        let middle = try Fixture.middle(root)
        let node = try Fixture.node(middle)
        let chain = try verify(node, root, [middle.certificate], expecting: .dns("N1.mesh.example"))
        #expect(chain == [node, middle.certificate, root.certificate])
        let id = NodeID(publicKey: try Fixture.nodeKey.get().publicKey.rawRepresentation)
        #expect(try node.nodeID() == id)
        #expect(try verify(node, root, [middle.certificate], expecting: .node(id)).count == 3)
        #expect(try verify(root.certificate, root, purpose: .authority) == [root.certificate])
    }

    @Test func `refuses an unknown issuer and a self-signed stranger`() throws {
        let root = try Fixture.root()
        let middle = try Fixture.middle(root)
        let node = try Fixture.node(middle)
        #expect(throws: TrustChainError.unknownIssuer(subject: "CN=node 1")) { try verify(node, root) }
        let stranger = try Authority(
            root: DistinguishedName(commonName: "Stranger"), key: Fixture.otherKey.get(), serial: Fixture.serial(4),
            now: Fixture.now)
        #expect(throws: TrustChainError.selfSignedUntrusted(subject: "CN=Stranger")) {
            try verify(stranger.certificate, root, purpose: .authority)
        }
        let theirs = try Fixture.node(stranger)
        #expect(throws: TrustChainError.selfSignedUntrusted(subject: "CN=Stranger")) {
            try verify(theirs, root, [stranger.certificate])
        }
    }

    @Test func `refuses a signature by another key and any changed byte of what is signed`() throws {
        let root = try Fixture.root()
        let forged = try Fixture.certificate(issuer: root, signer: Fixture.otherKey.get())
        #expect(throws: TrustChainError.badSignature(subject: "CN=leaf")) { try verify(forged, root) }
        let good = try Fixture.certificate(issuer: root)
        _ = try verify(good, root)
        var bytes = good.encoded
        let place = try #require(bytes.firstRange(of: Array("leaf".utf8))).lowerBound
        bytes[place] = UInt8(ascii: "L")
        let tampered = try Certificate(derEncoded: bytes)
        #expect(throws: TrustChainError.badSignature(subject: "CN=Leaf")) { try verify(tampered, root) }
    }

    @Test func `refuses what is expired or not yet valid, leaf or issuer`() throws {
        let root = try Fixture.root()
        let node = try Fixture.node(root)
        let late = node.validity.notAfter.advanced(bySeconds: 1)
        #expect(throws: TrustChainError.expired(subject: "CN=node 1", at: node.validity.notAfter)) {
            try verify(node, root, now: late)
        }
        let early = node.validity.notBefore.advanced(bySeconds: -1)
        #expect(throws: TrustChainError.notYetValid(subject: "CN=node 1", until: node.validity.notBefore)) {
            try verify(node, root, now: early)
        }
        _ = try verify(node, root, now: node.validity.notAfter)
        let long = try Fixture.certificate(
            issuer: root,
            validity: Validity(notBefore: Fixture.now, notAfter: Fixture.now.advanced(bySeconds: 9000 * Fixture.day)))
        let end = root.certificate.validity.notAfter
        #expect(throws: TrustChainError.expired(subject: "O=Mesh, CN=Root", at: end)) {
            try verify(long, root, now: end.advanced(bySeconds: 1))
        }
    }

    @Test func `refuses revoked certificates, leaf or intermediate`() throws {
        let root = try Fixture.root()
        let middle = try Fixture.middle(root)
        let node = try Fixture.node(middle)
        for revoked in [node, middle.certificate] {
            var set = RevocationSet()
            set.insert(issuer: revoked.issuer, serial: revoked.serialNumber, reason: .keyCompromise)
            #expect(throws: TrustChainError.revoked(serial: revoked.serialNumber, reason: .keyCompromise)) {
                try verify(node, root, [middle.certificate], revocations: set)
            }
        }
    }

    @Test func `refuses a chain over a certificate of no authority or without the right to sign`() throws {
        let root = try Fixture.root()
        let middleName = DistinguishedName(commonName: "Middle")
        let key = try Fixture.middleKey.get()
        let plain = try Fixture.certificate(subject: middleName, issuer: root, key: key)
        let issuer = try Fixture.middle(root)
        let leaf = try Fixture.certificate(issuer: issuer)
        #expect(throws: TrustChainError.notAuthority(subject: "CN=Middle")) { try verify(leaf, root, [plain]) }
        let unable = try Fixture.certificate(
            subject: middleName, issuer: root, key: key,
            extensions: [
                CertificateExtension(BasicConstraints(isAuthority: true), isCritical: true),
                CertificateExtension(KeyUsage.digitalSignature, isCritical: true),
            ])
        #expect(throws: TrustChainError.keyUsageMissing(subject: "CN=Middle", usage: .certificateSigning)) {
            try verify(leaf, root, [unable])
        }
        #expect(throws: TrustChainError.notAuthority(subject: "CN=leaf")) {
            try verify(leaf, root, [issuer.certificate], purpose: .authority)
        }
    }

    @Test func `refuses more authorities than a path length allows`() throws {
        let root = try Fixture.root(IssuanceTerms(pathLength: 0))
        let middle = try Fixture.certificate(
            subject: DistinguishedName(commonName: "Middle"), issuer: root, key: Fixture.middleKey.get(),
            extensions: Fixture.authorityExtensions)
        let issuer = try Authority(certificate: middle, key: Fixture.middleKey.get())
        let leaf = try Fixture.certificate(issuer: issuer)
        #expect(throws: TrustChainError.pathLengthExceeded(subject: "O=Mesh, CN=Root", limit: 0)) {
            try verify(leaf, root, [middle])
        }
    }

    @Test func `refuses a chain that is too long`() throws {
        let root = try Fixture.root()
        var issuer = root
        var between: [Certificate] = []
        for index in 0..<7 {
            let key = try (index.isMultiple(of: 2) ? Fixture.middleKey : Fixture.otherKey).get()
            let next = try Fixture.certificate(
                subject: DistinguishedName(commonName: "level \(index)"), issuer: issuer, key: key,
                extensions: Fixture.authorityExtensions)
            between.append(next)
            issuer = try Authority(certificate: next, key: key)
        }
        let leaf = try Fixture.certificate(issuer: issuer)
        #expect(throws: TrustChainError.chainTooLong(limit: 8)) { try verify(leaf, root, between) }
    }

    @Test func `refuses a key or purpose that is not the wanted one`() throws {
        let root = try Fixture.root()
        let node = try Fixture.node(root)
        #expect(throws: TrustChainError.purposeMissing(subject: "CN=node 1", purpose: "signing code")) {
            try verify(node, root, purpose: .codeSigning)
        }
        let mute = try Fixture.certificate(
            issuer: root, extensions: [CertificateExtension(KeyUsage.contentCommitment, isCritical: true)])
        #expect(throws: TrustChainError.keyUsageMissing(subject: "CN=leaf", usage: .digitalSignature)) {
            try verify(mute, root)
        }
    }

    @Test func `refuses another name, another node and a name that is not the key's`() throws {
        let root = try Fixture.root()
        let node = try Fixture.node(root)
        #expect(throws: TrustChainError.nameMismatch(expected: "n2.mesh.example")) {
            try verify(node, root, expecting: .dns("n2.mesh.example"))
        }
        let stranger = NodeID(publicKey: try Fixture.otherKey.get().publicKey.rawRepresentation)
        #expect(throws: TrustChainError.nodeMismatch(expected: stranger, found: try node.nodeID())) {
            try verify(node, root, expecting: .node(stranger))
        }
        let liar = try Fixture.certificate(
            issuer: root,
            extensions: Fixture.leafExtensions
                + [CertificateExtension(SubjectAlternativeName([.identity(stranger)]))])
        #expect(throws: TrustChainError.identityNotOfKey("uri:hypermesh://\(stranger)")) { try verify(liar, root) }
        let wild = try Fixture.node(root, names: [.dns("*.mesh.example"), .address(Array(repeating: 7, count: 16))])
        _ = try verify(wild, root, expecting: .dns("a.mesh.example"))
        _ = try verify(wild, root, expecting: .address(Array(repeating: 7, count: 16)))
        #expect(throws: TrustChainError.nameMismatch(expected: "a.b.mesh.example")) {
            try verify(wild, root, expecting: .dns("a.b.mesh.example"))
        }
    }

    @Test func `refuses unknown critical extensions and carries others`() throws {
        let root = try Fixture.root()
        let unknown = OID(1, 2, 3, 4)
        let critical = try Fixture.certificate(
            issuer: root,
            extensions: Fixture.leafExtensions
                + [CertificateExtension(identifier: unknown, isCritical: true, value: [5, 0])])
        #expect(throws: TrustChainError.unknownCriticalExtension("1.2.3.4")) { try verify(critical, root) }
        let optional = try Fixture.certificate(
            issuer: root,
            extensions: Fixture.leafExtensions
                + [CertificateExtension(identifier: unknown, isCritical: false, value: [5, 0])])
        _ = try verify(optional, root)
    }

    @Test func `refuses names outside an authority's constraints`() throws {
        let constraints = NameConstraints(
            permitted: [
                .dns("mesh.example"),
                .address(
                    [0xfd, 0x48] + Array(repeating: 0, count: 14)
                        + [0xff, 0xff] + Array(repeating: 0, count: 14)),
            ],
            excluded: [.dns("secret.mesh.example")])
        let root = try Fixture.root()
        let middle = try Fixture.middle(root, IssuanceTerms(nameConstraints: constraints))
        func check(_ names: [GeneralName]) throws {
            let leaf = try Fixture.certificate(
                issuer: middle,
                extensions: Fixture.leafExtensions + [CertificateExtension(SubjectAlternativeName(names))])
            _ = try verify(leaf, root, [middle.certificate])
        }
        try check([.dns("a.mesh.example"), .address([0xfd, 0x48] + Array(repeating: 1, count: 14))])
        #expect(throws: TrustChainError.nameNotPermitted("dns:mesh.example.org")) {
            try check([.dns("mesh.example.org")])
        }
        #expect(throws: TrustChainError.nameNotPermitted("dns:evilmesh.example")) {
            try check([.dns("evilmesh.example")])
        }
        #expect(throws: TrustChainError.nameExcluded("dns:x.secret.mesh.example")) {
            try check([.dns("x.secret.mesh.example")])
        }
        #expect(throws: TrustChainError.nameExcluded("dns:*.mesh.example")) { try check([.dns("*.mesh.example")]) }
        #expect(throws: TrustChainError.self) { try check([.address([0xfe] + Array(repeating: 1, count: 15))]) }
        #expect(throws: TrustChainError.nameNotPermitted("dns:a.other.example")) {
            try Fixture.node(middle, names: [.dns("a.other.example")])
        }
    }

    @Test func `refuses algorithms other than FALCON-1024`() throws {
        let root = try Fixture.root()
        // Another arc of the same length in place of FALCON-1024's identifier, in key and signature.
        let good = try Fixture.certificate(issuer: root)
        var bytes = good.encoded
        let identifier = OID.falcon1024Padded.content
        while let place = bytes.firstRange(of: identifier) {
            bytes.replaceSubrange(place, with: identifier.dropLast() + [99])
        }
        let other = try Certificate(derEncoded: bytes)
        #expect(throws: TrustChainError.unsupportedAlgorithm("1.3.9999.3.99")) { try verify(other, root) }
    }

    @Test func `gives up within a bound of attempts on hostile sets of certificates`() throws {
        let root = try Fixture.root()
        let middle = try Fixture.middle(root)
        let leaf = try Fixture.certificate(issuer: middle, signer: Fixture.otherKey.get())
        let some = Array(repeating: middle.certificate, count: 3)
        #expect(throws: TrustChainError.badSignature(subject: "CN=leaf")) { try verify(leaf, root, some) }
        let many = Array(repeating: middle.certificate, count: 64)
        #expect(throws: TrustChainError.tooManyCandidates(limit: 64)) { try verify(leaf, root, many) }
        let more = Array(repeating: middle.certificate, count: 65)
        #expect(throws: TrustChainError.tooLarge(structure: "set of intermediates", count: 65, limit: 64)) {
            try verify(leaf, root, more)
        }
    }
}
