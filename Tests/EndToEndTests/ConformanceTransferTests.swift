import Foundation
import Testing

/// `conformance quic-transfer` in processes of its own, against itself and against aioquic, over `[::1]`.
@Suite(.serialized) struct ConformanceTransferTests {
    private static let good = "1 passed, 0 failed, 0 skipped"
    private static let bad = "0 passed, 1 failed, 0 skipped"
    private let folder: ConformanceFolder

    init() throws {
        folder = try ConformanceFolder()
    }

    private func server(
        certificate: String = TransferCredentials.certificate, key: String = TransferCredentials.key,
        _ options: [String] = ["--once"]
    ) throws -> ConformancePeer {
        try ConformancePeer(
            conformance: [
                "quic-transfer", "server", "--listen", "[::1]:0",
                "--certificate", folder.file("certificate.pem", certificate),
                "--key", folder.file("key.pem", key),
            ] + options)
    }

    private func client(_ port: String, bytes: Int, _ options: [String]) throws -> ConformanceProgram.Run {
        try ConformanceProgram.run(
            ["quic-transfer", "client", "--connect", "[::1]:\(port)", "--bytes", "\(bytes)"] + options)
    }

    @Test(arguments: [0, 1, 2_000_000], [[], ["--upload"]])
    func `our client and our server move data`(bytes: Int, form: [String]) throws {
        let server = try server(key: bytes == 1 ? TransferCredentials.sec1Key : TransferCredentials.key)
        let pinned = bytes == 1 ? TransferCredentials.publicKey : TransferCredentials.certificate
        let run = try client(try server.port(), bytes: bytes, form + ["--ca", folder.file("pinned.pem", pinned)])
        #expect(run.lines == [Self.good])
        #expect(run.exitCode == 0)
        let served = server.finish()
        #expect(served.lines == [Self.good], "\(served.complaint)")
        #expect(served.exitCode == 0)
    }

    @Test func `a server ends with its summary when it is asked to`() throws {
        let server = try server([])
        let port = try server.port()
        for _ in 0..<2 { #expect(try client(port, bytes: 1000, ["--insecure"]).exitCode == 0) }
        server.stop()
        let served = server.finish()
        #expect(served.lines == ["2 passed, 0 failed, 0 skipped"])
        #expect(served.exitCode == 0)
    }

    @Test func `a server that nobody came to has no summary`() throws {
        let server = try server([])
        _ = try server.port()
        server.stop()
        let served = server.finish()
        #expect(served.lines == [])
        #expect(served.exitCode == 2)
    }

    @Test func `refuses another certificate than the pinned one`() throws {
        let server = try server()
        let pinned = try folder.file("pinned.pem", TransferCredentials.otherCertificate)
        let run = try client(try server.port(), bytes: 1000, ["--ca", pinned])
        #expect(run.lines.first?.contains("not the pinned certificate") == true, "\(run.lines)")
        #expect(run.summary == Self.bad)
        #expect(run.exitCode == 1)
        let served = server.finish()
        #expect(served.summary == Self.bad)
        #expect(served.exitCode == 1)
    }

    @Test func `fails when no protocol is common`() throws {
        let server = try server()
        let run = try client(try server.port(), bytes: 1000, ["--insecure", "--alpn", "other"])
        #expect(run.summary == Self.bad)
        #expect(run.exitCode == 1)
        #expect(server.finish().exitCode == 1)
    }

    @Test func `a server refuses a key that it cannot sign with`() throws {
        let ofOther = try server(certificate: TransferCredentials.otherCertificate).finish()
        #expect(ofOther.complaint.contains("not a certificate of the given key"))
        #expect(ofOther.exitCode == 2)
        let ofOtherKind = try server(key: TransferCredentials.ed25519Key).finish()
        #expect(ofOtherKind.complaint.contains("not a P-256 private key"))
        #expect(ofOtherKind.exitCode == 2)
    }

    @Test(arguments: [
        "", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----\nAA==",
    ])
    func `refuses a file without anything to pin`(text: String) throws {
        let run = try client("9", bytes: 1, ["--ca", folder.file("pinned.pem", text)])
        #expect(run.lines == [])
        #expect(run.exitCode == 2)
    }

    @Test(arguments: [
        ["--bytes", "1"], ["--bytes", "-1", "--insecure"], ["--bytes", "1", "--insecure", "--ca", "x.pem"],
        ["--insecure"],
    ])
    func `refuses wrong usage`(options: [String]) throws {
        let run = try ConformanceProgram.run(["quic-transfer", "client", "--connect", "[::1]:9"] + options)
        #expect(run.exitCode == 64)
    }

    @Test(.enabled(if: ConformancePeer.hasAioquic, "skipped: aioquic is not in .venv"), arguments: [[], ["--upload"]])
    func `our client moves data with a server of aioquic`(form: [String]) throws {
        let peer = try ConformancePeer(aioquic: [
            "server", folder.file("certificate.pem", TransferCredentials.certificate),
            folder.file("key.pem", TransferCredentials.key),
        ])
        let pinned = try folder.file("pinned.pem", TransferCredentials.certificate)
        let run = try client(try peer.port(), bytes: 2_000_000, form + ["--ca", pinned])
        #expect(run.lines == [Self.good])
        #expect(run.exitCode == 0)
        #expect(peer.finish().exitCode == 0)
    }

    @Test(.enabled(if: ConformancePeer.hasAioquic, "skipped: aioquic is not in .venv"))
    func `our client takes an Ed25519 certificate`() throws {
        let certificate = try folder.file("certificate.pem", TransferCredentials.ed25519Certificate)
        let peer = try ConformancePeer(aioquic: [
            "server", certificate, folder.file("key.pem", TransferCredentials.ed25519Key),
        ])
        let run = try client(try peer.port(), bytes: 1000, ["--ca", certificate])
        #expect(run.lines == [Self.good])
        #expect(peer.finish().exitCode == 0)
    }

    @Test(.enabled(if: ConformancePeer.hasAioquic, "skipped: aioquic is not in .venv"), arguments: [[], ["upload"]])
    func `a client of aioquic moves data with our server`(form: [String]) throws {
        let server = try server()
        let certificate = try folder.file("authority.pem", TransferCredentials.certificate)
        let peer = try ConformancePeer(aioquic: ["client", try server.port(), certificate, "2000000"] + form)
        #expect(peer.finish().lines == ["good"])
        let served = server.finish()
        #expect(served.lines == [Self.good], "\(served.complaint)")
        #expect(served.exitCode == 0)
    }
}
