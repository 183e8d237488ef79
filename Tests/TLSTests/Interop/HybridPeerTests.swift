import Canonical
import Foundation
import Testing

@testable import TLS

/// tlslite-ng, an independent implementation of X25519MLKEM768, which the installed OpenSSL lacks.
private enum HybridPeer {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    static let root = folder.deletingLastPathComponent().deletingLastPathComponent()
    static let python = root.appendingPathComponent(".venv/bin/python").path
    static let script = folder.appendingPathComponent("Fixtures/tlslite_peer.py").path

    static let isInstalled: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", "import tlslite, kyber_py"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else {
            print("skipped: no .venv with tlslite-ng and kyber-py")
            return false
        }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()
}

@Suite(.enabled(if: HybridPeer.isInstalled && OpenSSL.isInstalled), .serialized)
struct `X25519MLKEM768 against tlslite-ng` {
    let openssl: OpenSSL
    let credentials: OpenSSL.Credentials

    init() throws {
        openssl = try OpenSSL()
        credentials = try openssl.credentials(.p256, name: "server")
    }

    @Test func `as a client`() throws {
        let port = try StreamSocket.freePort()
        let peer = try openssl.start(
            [HybridPeer.script, "server", "\(port)", credentials.certificatePath, credentials.keyPath],
            program: HybridPeer.python)
        try peer.wait(for: "ACCEPT")
        var configuration = TLSConfiguration()
        configuration.groups = [.x25519MLKEM768]
        configuration.signatureSchemes = [.ecdsaSecp256r1SHA256]
        configuration.verifier = LeafKeyVerifier(pinned: credentials.certificate)
        let connection = try TLSConnection(role: .client, configuration: configuration, random: SystemRandomSource())
        var pump = try StreamPump(connection, try StreamSocket.connect(port: port))
        try pump.handshake()
        #expect(pump.connection.group == .x25519MLKEM768)
        try pump.send("abcdef")
        try pump.expect("fedcba")
    }

    @Test func `as a server`() throws {
        let listener = try StreamSocket.listen()
        let peer = try openssl.start(
            [HybridPeer.script, "client", "\(try listener.port())"], program: HybridPeer.python)
        var configuration = TLSConfiguration()
        configuration.groups = [.x25519MLKEM768]
        configuration.signer = credentials.signer
        let connection = try TLSConnection(role: .server, configuration: configuration, random: SystemRandomSource())
        var pump = try StreamPump(connection, try listener.accept())
        try pump.handshake()
        #expect(pump.connection.group == .x25519MLKEM768)
        try pump.expect("hello!")
        try pump.send("world!")
        try peer.wait(for: "answer world!")
    }

    private func now() -> UInt64 { UInt64(Date().timeIntervalSince1970 * 1000) }

    @Test func `a client resumes`() throws {
        let port = try StreamSocket.freePort()
        let peer = try openssl.start(
            [HybridPeer.script, "server", "\(port)", credentials.certificatePath, credentials.keyPath, "2"],
            program: HybridPeer.python)
        try peer.wait(for: "ACCEPT")
        var ticket: SessionTicket?
        for isSecond in [false, true] {
            var configuration = TLSConfiguration()
            configuration.groups = [.x25519MLKEM768]
            configuration.signatureSchemes = [.ecdsaSecp256r1SHA256]
            configuration.verifier = LeafKeyVerifier(pinned: credentials.certificate)
            configuration.acceptsTickets = true
            configuration.session = ticket
            var connection = try TLSConnection(
                role: .client, configuration: configuration, random: SystemRandomSource())
            connection.currentTimeMilliseconds = now()
            var pump = try StreamPump(connection, try StreamSocket.connect(port: port))
            try pump.handshake()
            #expect(pump.connection.isResumed == isSecond)
            #expect(pump.connection.group == .x25519MLKEM768)
            #expect(pump.connection.peerCertificates == [credentials.certificate])
            try pump.send("abcdef")
            try pump.expect("fedcba")
            ticket = pump.connection.nextTicket()
        }
    }

    @Test func `a server is resumed`() throws {
        let listener = try StreamSocket.listen()
        let peer = try openssl.start(
            [HybridPeer.script, "client", "\(try listener.port())", "2"], program: HybridPeer.python)
        let resumption = try ServerResumption(secret: [UInt8](repeating: 5, count: 32))
        for isSecond in [false, true] {
            var configuration = TLSConfiguration()
            configuration.groups = [.x25519MLKEM768]
            configuration.signer = credentials.signer
            configuration.resumption = resumption
            var connection = try TLSConnection(
                role: .server, configuration: configuration, random: SystemRandomSource())
            connection.currentTimeMilliseconds = now()
            var pump = try StreamPump(connection, try listener.accept())
            try pump.handshake()
            #expect(pump.connection.isResumed == isSecond)
            try pump.expect("hello!")
            try pump.send("world!")
            try peer.wait(for: "answer world!")
        }
    }
}
