import Canonical
import Falcon
import Testing

@testable import TrustChain

private typealias Fixture = TrustFixture

@Suite struct AuthorityTests {
    @Test(arguments: [CertificateProfile.node, .service, .person, .codeSigning, .intermediate])
    func `issues each profile with its own usage, lifetime and names`(profile: CertificateProfile) throws {
        let root = try Fixture.root()
        let names: [GeneralName] = profile == .node || profile == .service ? [.dns("api.mesh.example")] : []
        let issued = try root.issue(
            Fixture.nodeRequest(names), profile: profile, serial: Fixture.serial(5), now: Fixture.now)
        #expect(CertificateProfile(of: issued) == profile)
        #expect(issued.extensions.keyUsage == profile.keyUsage)
        #expect(issued.isAuthority == profile.isAuthority)
        #expect(issued.validity.lifetimeSeconds == profile.lifetimeSecondsDefault + 60)
        let id = GeneralName.identity(try issued.nodeID())
        #expect(issued.extensions.names == (profile.carriesIdentity ? [id] : []) + names)
        #expect(issued.extensions.distributionPoints?.uris.count == 1)
        #expect(try Certificate(derEncoded: issued.encoded) == issued)
        #expect(try Certificate(pem: issued.pem) == issued)
    }

    @Test func `refuses requests beyond a profile with the reason`() throws {
        let root = try Fixture.root()
        func refusal(_ request: CertificateRequest, _ profile: CertificateProfile) -> RequestRefusal? {
            do throws(TrustChainError) {
                _ = try root.issue(request, profile: profile, serial: Fixture.serial5(), now: Fixture.now)
            } catch {
                if case .requestRefused(let refusal) = error { return refusal }
            }
            return nil
        }
        #expect(try refusal(Fixture.nodeRequest(), .root) == .profileNotRequestable)
        #expect(try refusal(Fixture.nodeRequest([]), .service) == .nameMissing("dns or uri"))
        #expect(try refusal(Fixture.nodeRequest([.dns("UPPER.example")]), .node) == .nameMalformed("UPPER.example"))
        #expect(try refusal(Fixture.nodeRequest([.dns("10.0.0.1")]), .node) == .nameMalformed("10.0.0.1"))
        #expect(try refusal(Fixture.nodeRequest([.dns("a.example")]), .person) == .nameNotAllowed("dns:a.example"))
        let greedy = try CertificateRequest(
            subject: DistinguishedName(commonName: "x"),
            otherExtensions: [CertificateExtension(BasicConstraints(isAuthority: true), isCritical: true)],
            key: Fixture.nodeKey.get())
        #expect(refusal(greedy, .node) == .extensionNotAllowed("2.5.29.19"))
        let nameless = try CertificateRequest(subject: DistinguishedName([]), key: Fixture.nodeKey.get())
        #expect(refusal(nameless, .person) == .subjectMissing)
        #expect(throws: TrustChainError.requestRefused(.lifetimeTooLong(seconds: 86_401, limit: 86_400))) {
            try root.issue(
                Fixture.nodeRequest(), profile: .service, serial: Fixture.serial(5), now: Fixture.now,
                terms: IssuanceTerms(lifetimeSeconds: 86_401))
        }
    }

    @Test func `refuses a request that names another node or was changed after signing`() throws {
        let root = try Fixture.root()
        let other = NodeID(publicKey: try Fixture.otherKey.get().publicKey.rawRepresentation)
        let liar = try Fixture.nodeRequest([.identity(other)])
        #expect(throws: TrustChainError.identityNotOfKey("hypermesh://\(other)")) {
            try root.issue(liar, profile: .node, serial: Fixture.serial(5), now: Fixture.now)
        }
        let good = try Fixture.nodeRequest()
        #expect(try CertificateRequest(pem: good.pem) == good)
        var bytes = good.encoded
        let place = try #require(bytes.firstRange(of: Array("node 1".utf8))).lowerBound
        bytes[place] = UInt8(ascii: "N")
        let tampered = try CertificateRequest(derEncoded: bytes)
        #expect(throws: TrustChainError.badSignature(subject: "CN=Node 1")) {
            try root.issue(tampered, profile: .node, serial: Fixture.serial(5), now: Fixture.now)
        }
    }

    @Test func `keeps within its own lifetime and path length`() throws {
        let root = try Fixture.root()
        let middle = try Fixture.middle(root, IssuanceTerms(lifetimeSeconds: 2 * Fixture.day))
        #expect(throws: TrustChainError.requestRefused(.outlivesIssuer)) { try Fixture.node(middle) }
        #expect(throws: TrustChainError.requestRefused(.noRoomForAuthority)) {
            try middle.issue(
                Fixture.nodeRequest([]), profile: .intermediate, serial: Fixture.serial(6), now: Fixture.now)
        }
    }

    @Test func `renews with a new serial number and validity and nothing else changed`() throws {
        let root = try Fixture.root()
        let old = try Fixture.node(root)
        let later = Fixture.now.advanced(bySeconds: 40 * Fixture.day)
        let new = try root.renew(old, serial: Fixture.serial(7), now: later, revocations: RevocationSet())
        #expect(new.serialNumber != old.serialNumber)
        #expect(new.subject == old.subject && new.publicKey == old.publicKey)
        #expect(new.extensions.names == old.extensions.names)
        #expect(new.validity.lifetimeSeconds == old.validity.lifetimeSeconds)
        #expect(new.validity.notAfter == later.advanced(bySeconds: 90 * Fixture.day))
        var revoked = RevocationSet()
        revoked.insert(issuer: old.issuer, serial: old.serialNumber, reason: .superseded)
        #expect(throws: TrustChainError.renewalRefused(.revoked)) {
            try root.renew(old, serial: Fixture.serial(7), now: later, revocations: revoked)
        }
        let tooLate = old.validity.notAfter.advanced(bySeconds: 1)
        #expect(throws: TrustChainError.renewalRefused(.expired)) {
            try root.renew(old, serial: Fixture.serial(7), now: tooLate, revocations: RevocationSet())
        }
    }

    @Test func `spreads renewals around half of the lifetime, the same for the same seed`() throws {
        let validity = Validity(notBefore: Fixture.now, notAfter: Fixture.now.advanced(bySeconds: 100_000))
        let times = (0..<200).map { RenewalSchedule.renewalTime(for: validity, seed: $0) }
        #expect(times.allSatisfy { (45_000...55_000).contains($0.seconds - Fixture.now.seconds) })
        #expect(Set(times).count > 150)
        #expect(times[7] == RenewalSchedule.renewalTime(for: validity, seed: 7))
        let brief = Validity(notBefore: Fixture.now, notAfter: Fixture.now)
        #expect(RenewalSchedule.renewalTime(for: brief, seed: 1) == Fixture.now)
    }

    @Test func `revocation lists read back, verify and cover their shard only`() throws {
        let root = try Fixture.root()
        let node = try Fixture.node(root)
        let shards = try #require(root.shards)
        let shard = shards.shard(of: node.serialNumber)
        let entries = [
            RevocationList.Entry(serialNumber: node.serialNumber, date: Fixture.now, reason: .keyCompromise),
            RevocationList.Entry(serialNumber: try Fixture.serial(1), date: Fixture.now, reason: .unspecified),
        ]
        let whole = try root.revocationList(entries, number: 7, now: Fixture.now, lifetimeSeconds: 3600)
        let read = try RevocationList(pem: whole.pem)
        #expect(read == whole && read.entries.count == 2 && read.number == 7)
        let part = try root.revocationList(entries, number: 8, shard: shard, now: Fixture.now, lifetimeSeconds: 3600)
        #expect(part.covers(node) && part.entries.contains { $0.serialNumber == node.serialNumber })
        let elsewhere = try root.revocationList(
            [], number: 9, shard: (shard + 1) % 4, now: Fixture.now, lifetimeSeconds: 3600)
        #expect(!elsewhere.covers(node) && elsewhere.entries.isEmpty)
        #expect(try RevocationList(derEncoded: elsewhere.encoded) == elsewhere)

        var set = RevocationSet()
        try set.insert(read, issuer: root.certificate, now: Fixture.now)
        #expect(set.reason(for: node) == .keyCompromise)
        #expect(throws: TrustChainError.revocationListExpired(at: read.nextUpdate)) {
            try read.verify(issuer: root.certificate, now: Fixture.now.advanced(bySeconds: 3601))
        }
        let middle = try Fixture.middle(root)
        #expect(throws: TrustChainError.revocationListFromOther(issuer: "O=Mesh, CN=Root")) {
            try read.verify(issuer: middle.certificate, now: Fixture.now)
        }
        var bytes = read.encoded
        bytes[bytes.count - 700] ^= 1
        #expect(throws: TrustChainError.self) {
            try RevocationList(derEncoded: bytes).verify(issuer: root.certificate, now: Fixture.now)
        }
    }

    @Test func `refuses a key that is not the certificate's and serial numbers that are not random`() throws {
        let root = try Fixture.root()
        #expect(throws: TrustChainError.keyNotOfCertificate) {
            try Authority(certificate: root.certificate, key: Fixture.otherKey.get())
        }
        #expect(throws: TrustChainError.serialNotRandom) { try SerialNumber(random: Array(repeating: 0, count: 16)) }
        #expect(throws: TrustChainError.serialNotRandom) { try SerialNumber(random: [1, 2, 3]) }
    }
}

extension TrustFixture {
    static func serial5() throws(TrustChainError) -> SerialNumber {
        try SerialNumber(random: (0..<16).map { $0 &* 7 &+ 5 })
    }
}
