import Canonical
import Falcon
import Testing

@testable import TrustChain

private typealias Fixture = TrustFixture

@Suite struct MalformedInputTests {
    /// What one kind of file is read with.
    private struct Kind {
        let name: String
        let bytes: [UInt8]
        let read: ([UInt8]) throws(TrustChainError) -> [UInt8]
    }

    private func kinds() throws -> [Kind] {
        let constraints = NameConstraints(permitted: [
            .dns("a.example"), .directory(DistinguishedName(commonName: "x")),
        ])
        let root = try Fixture.root(IssuanceTerms(pathLength: 3, nameConstraints: constraints))
        let list = try root.revocationList(
            [RevocationList.Entry(serialNumber: Fixture.serial(2), date: Fixture.now, reason: .superseded)],
            number: 1, shard: root.shards?.shard(of: Fixture.serial(2)), now: Fixture.now, lifetimeSeconds: 60)
        return [
            Kind(name: "certificate", bytes: root.certificate.encoded) { bytes throws(TrustChainError) in
                try Certificate(derEncoded: bytes).encoded
            },
            Kind(name: "request", bytes: try Fixture.nodeRequest().encoded) { bytes throws(TrustChainError) in
                try CertificateRequest(derEncoded: bytes).encoded
            },
            Kind(name: "revocation list", bytes: list.encoded) { bytes throws(TrustChainError) in
                try RevocationList(derEncoded: bytes).encoded
            },
        ]
    }

    @Test(arguments: [11, 12] as [UInt64])
    func `never traps, and accepts only bytes that it would write itself`(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        for kind in try kinds() {
            #expect(try kind.read(kind.bytes) == kind.bytes)
            var refused = 0
            for _ in 0..<400 {
                let changed = mutate(kind.bytes, &random)
                do { #expect(try kind.read(changed) == changed, "\(kind.name)") } catch { refused += 1 }
            }
            #expect(refused > 50, "\(kind.name)")
        }
    }

    @Test func `refuses every truncation and any byte added`() throws {
        for kind in try kinds() {
            for count in stride(from: 0, to: kind.bytes.count, by: 37) {
                #expect(throws: TrustChainError.self) { try kind.read(Array(kind.bytes.prefix(count))) }
            }
            #expect(throws: TrustChainError.self) { try kind.read(kind.bytes + [0]) }
        }
    }

    /// Changes the structure more often than the key and signature, which are most of the bytes.
    private func mutate(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        let reach = Bool.random(using: &random) ? min(120, bytes.count) : bytes.count
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<min(reach, bytes.count), using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.remove(at: place)
            default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            }
        }
        return bytes
    }

    @Test func `refuses encodings that other rules than DER would allow`() throws {
        func time(_ tag: UInt8, _ text: String) throws -> CertificateTime {
            let bytes = [tag, UInt8(text.utf8.count)] + Array(text.utf8)
            return try CertificateTime(
                DERReader.root(bytes, limit: 100, structure: "time"), structure: "time")
        }
        #expect(try time(0x17, "491231235959Z").description == "2049-12-31T23:59:59Z")
        #expect(try time(0x17, "500101000000Z").description == "1950-01-01T00:00:00Z")
        #expect(try time(0x18, "20500101000000Z").description == "2050-01-01T00:00:00Z")
        #expect(try time(0x18, "99991231235959Z").description == "9999-12-31T23:59:59Z")
        #expect(try time(0x17, "240229120000Z").description == "2024-02-29T12:00:00Z")
        #expect(throws: TrustChainError.notDistinguished(structure: "time")) { try time(0x18, "20491231235959Z") }
        for (tag, text) in [
            (0x17, "230229120000Z"), (0x17, "2402291200Z"), (0x17, "240229120060Z"), (0x17, "241329120000Z"),
            (0x18, "20500101000000+0"), (0x18, "20500101000000.5Z"), (0x17, "24022912000AZ"),
        ] as [(UInt8, String)] {
            #expect(throws: TrustChainError.self, "\(text)") { try time(tag, text) }
        }
        let explicitDefault = CertificateExtension(
            identifier: .basicConstraints, isCritical: true, value: [0x30, 3, 1, 1, 0])
        #expect(throws: TrustChainError.notDistinguished(structure: "extension 2.5.29.19")) {
            try CertificateExtensions([explicitDefault])
        }
        let loosePadding = CertificateExtension(identifier: .keyUsage, isCritical: true, value: [3, 2, 0, 0x80])
        #expect(throws: TrustChainError.notDistinguished(structure: "extension 2.5.29.15")) {
            try CertificateExtensions([loosePadding])
        }
    }

    @Test func `refuses doubled extensions, other versions, two algorithms and oversized files`() throws {
        let root = try Fixture.root()
        let doubled = try Fixture.certificate(
            issuer: root, extensions: Fixture.leafExtensions + Fixture.leafExtensions.suffix(1))
        #expect(throws: TrustChainError.duplicateExtension("2.5.29.37")) {
            try Certificate(derEncoded: doubled.encoded)
        }
        let good = root.certificate.encoded
        var older = good
        let version = try #require(older.firstRange(of: [0xa0, 3, 2, 1, 2])).upperBound - 1
        older[version] = 1
        #expect(throws: TrustChainError.unsupportedVersion(structure: "certificate")) {
            try Certificate(derEncoded: older)
        }
        var mixed = good
        let algorithm = try #require(mixed.firstRange(of: OID.falcon1024Padded.content)).upperBound - 1
        mixed[algorithm] = 14
        #expect(throws: TrustChainError.algorithmMismatch) { try Certificate(derEncoded: mixed) }
        let large = Array(repeating: UInt8(0x30), count: (64 << 10) + 1)
        #expect(throws: TrustChainError.tooLarge(structure: "certificate", count: large.count, limit: 64 << 10)) {
            try Certificate(derEncoded: large)
        }
    }

    @Test func `times keep their second through every form`() throws {
        var random = SplitMix64(seed: 5)
        for _ in 0..<500 {
            let time = CertificateTime(seconds: Int64.random(in: -631_152_000...253_402_300_799, using: &random))
            let bytes = DERTime.encode(time)
            #expect(try CertificateTime(DERReader.root(bytes, limit: 99, structure: "t"), structure: "t") == time)
        }
        #expect(CertificateTime(Timestamp(seconds: 1_795_550_400)).description == "2026-11-24T20:00:00Z")
    }

    @Test func `object identifiers are written in full`() {
        #expect(OID.falcon1024Padded.description == "1.3.9999.3.19")
        #expect(OID(2, 999, 18_446_744_073_709_551_615).description == "2.999.18446744073709551615")
        #expect(OID.aes256GCM.description == "2.16.840.1.101.3.4.1.46")
    }

    @Test func `refuses PEM of another kind, none or several`() throws {
        let root = try Fixture.root().certificate
        let renamed = root.pem.replacing("CERTIFICATE", with: "X509 CRL")
        #expect(throws: TrustChainError.wrongLabel(expected: "CERTIFICATE", found: "X509 CRL")) {
            try Certificate(pem: renamed)
        }
        #expect(throws: TrustChainError.self) { try Certificate(pem: "") }
        #expect(throws: TrustChainError.self) { try Certificate(pem: root.pem + root.pem) }
        #expect(try Certificate.chain(pem: root.pem + root.pem) == [root, root])
    }
}
