import Canonical
import Falcon
import Foundation
import Testing

@testable import TrustChain

private typealias Fixture = TrustFixture

/// Programs of others that read what this module writes.
private enum Peer {
    static let openssl = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first(where: exists)

    static let python: String? = {
        var folder = URL(fileURLWithPath: #filePath)
        while folder.path.count > 1 {
            folder = folder.deletingLastPathComponent()
            let candidate = folder.appendingPathComponent(".venv/bin/python").path
            if exists(candidate) { return candidate }
        }
        print("skipped: no Python environment with the peers")
        return nil
    }()

    private static func exists(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// Runs a program and returns its exit status and output.
    static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    /// Calls `body` with a folder that is removed afterwards.
    static func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trustchain-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}

@Suite struct InteroperabilityTests {
    private static let pythonChecks = """
        import sys, datetime
        from cryptography import x509
        from pqcrypto.sign import falcon_padded_1024 as falcon
        def spki(certificate):
            bits = certificate.tbs_certificate_bytes
            mark = bytes([0x03, 0x82, 0x07, 0x02, 0x00, 0x0a])
            at = bits.index(mark) + 5
            return bits[at:at + 1793]
        chain = x509.load_pem_x509_certificates(open(sys.argv[1], 'rb').read())
        leaf, root = chain
        assert leaf.signature_algorithm_oid.dotted_string == '1.3.9999.3.19'
        assert leaf.issuer == root.subject
        for certificate in chain:
            assert falcon.verify(spki(root), certificate.tbs_certificate_bytes, certificate.signature)
            assert not falcon.verify(spki(root), certificate.tbs_certificate_bytes + b'x', certificate.signature)
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert names.get_values_for_type(x509.DNSName) == ['n1.mesh.example']
        assert names.get_values_for_type(x509.UniformResourceIdentifier)[0].startswith('hypermesh://')
        constraints = root.extensions.get_extension_for_class(x509.BasicConstraints)
        assert constraints.critical and constraints.value.ca
        assert leaf.extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature
        print(leaf.not_valid_after_utc.isoformat(), leaf.serial_number)
        """

    @Test(.enabled(if: Peer.python != nil, "no Python environment with the peers"))
    func `Python's cryptography reads a chain and pqcrypto verifies its signatures`() throws {
        let python = try #require(Peer.python)
        let root = try Fixture.root()
        let node = try Fixture.node(root)
        try Peer.withFolder { folder in
            let file = folder.appendingPathComponent("chain.pem")
            try Data((node.pem + root.certificate.pem).utf8).write(to: file)
            let result = try Peer.run(python, ["-c", Self.pythonChecks, file.path])
            #expect(result.status == 0, "\(result.output)")
            #expect(result.output.hasPrefix("2027-02-22T20:00:00+00:00 "), "\(result.output)")
        }
    }

    @Test(.enabled(if: Peer.openssl != nil, "no openssl"))
    func `OpenSSL reads every kind of file`() throws {
        let openssl = try #require(Peer.openssl)
        let root = try Fixture.root()
        let node = try Fixture.node(root)
        let list = try root.revocationList(
            [RevocationList.Entry(serialNumber: node.serialNumber, date: Fixture.now, reason: .keyCompromise)],
            number: 3, now: Fixture.now, lifetimeSeconds: 60)
        let cases: [(String, String, [String], [String])] = [
            (
                "node.pem", node.pem, ["x509", "-noout", "-text"],
                [
                    "1.3.9999.3.19", "DNS:n1.mesh.example", "URI:hypermesh://", "CN = node 1",
                    "TLS Web Server Authentication",
                ]
            ),
            (
                "root.pem", root.certificate.pem, ["x509", "-noout", "-text"],
                ["CA:TRUE", "Certificate Sign, CRL Sign"]
            ),
            ("list.pem", list.pem, ["crl", "-noout", "-text"], ["Key Compromise", "X509v3 CRL Number"]),
            ("request.pem", try Fixture.nodeRequest().pem, ["req", "-noout", "-text"], ["DNS:n1.mesh.example"]),
            (
                "key.pem", PrivateKeyFile.encode(try Fixture.nodeKey.get()), ["asn1parse"],
                ["1.3.9999.3.19", "OCTET STRING"]
            ),
        ]
        try Peer.withFolder { folder in
            for (name, text, arguments, expected) in cases {
                let file = folder.appendingPathComponent(name)
                try Data(text.utf8).write(to: file)
                let parsed = try Peer.run(openssl, ["asn1parse", "-in", file.path])
                #expect(parsed.status == 0, "\(name): \(parsed.output)")
                let shown = try Peer.run(openssl, arguments + ["-in", file.path])
                for text in expected { #expect(shown.output.contains(text), "\(name): \(text) in \(shown.output)") }
            }
        }
    }
}
