import Canonical
import Crypto
import Foundation
import Testing

@testable import TLS

@Suite(.enabled(if: OpenSSL.isInstalled, "skipped: no openssl"), .serialized)
struct `Resumption against openssl` {
    let openssl: OpenSSL
    let credentials: OpenSSL.Credentials

    init() throws {
        openssl = try OpenSSL()
        credentials = try openssl.credentials(.p256, name: "server")
    }

    private func now() -> UInt64 { UInt64(Date().timeIntervalSince1970 * 1000) }

    private func startServer(_ arguments: [String]) throws -> (port: UInt16, process: PeerProcess) {
        let port = try StreamSocket.freePort()
        let process = try openssl.start(
            [
                "s_server", "-accept", "[::1]:\(port)", "-tls1_3", "-cert", credentials.certificatePath,
                "-key", credentials.keyPath,
            ] + arguments)
        try process.wait(for: "ACCEPT")
        return (port, process)
    }

    private func connect(
        port: UInt16, _ suite: CipherSuite, _ session: SessionTicket? = nil, early: String? = nil
    ) throws -> StreamPump {
        var configuration = TLSConfiguration()
        configuration.groups = [.x25519]
        configuration.cipherSuites = [suite]
        configuration.signatureSchemes = [.ecdsaSecp256r1SHA256]
        configuration.verifier = LeafKeyVerifier(pinned: credentials.certificate)
        configuration.serverName = "server"
        configuration.acceptsTickets = true
        configuration.session = session
        configuration.sendsEarlyData = early != nil
        var connection = try TLSConnection(role: .client, configuration: configuration, random: SystemRandomSource())
        connection.currentTimeMilliseconds = now()
        var pump = try StreamPump(connection, try StreamSocket.connect(port: port))
        if let early {
            try pump.connection.writeEarlyData(Array(early.utf8))
            try pump.flush()
        }
        return pump
    }

    @Test(arguments: CipherSuite.allCases)
    func `a client resumes at s_server`(suite: CipherSuite) throws {
        let (port, _) = try startServer(["-rev"])
        var first = try connect(port: port, suite)
        try first.handshake()
        try first.send("one\n")
        try first.expect("eno\n")
        let next = first.connection.nextTicket()
        let ticket = try #require(next)
        try first.close()
        var second = try connect(port: port, suite, ticket)
        try second.handshake()
        #expect(second.connection.isResumed)
        #expect(second.connection.peerCertificates == [credentials.certificate])
        try second.send("two\n")
        try second.expect("owt\n")
        try second.close()
    }

    @Test(arguments: CipherSuite.allCases)
    func `a client sends early data to s_server`(suite: CipherSuite) throws {
        let (port, process) = try startServer(["-early_data", "-max_early_data", "1000"])
        var first = try connect(port: port, suite)
        try first.handshake()
        try process.type("hello\n")
        try first.expect("hello\n")
        let next = first.connection.nextTicket()
        let ticket = try #require(next)
        #expect(ticket.earlyDataByteCountMax == 1000)
        try first.connection.close()
        try first.flush()
        try process.wait(for: "DONE")
        var second = try connect(port: port, suite, ticket, early: "the early bird\n")
        try second.handshake()
        #expect(second.connection.isEarlyDataAccepted)
        try process.wait(for: "the early bird")
        try second.send("and the late one\n")
        try process.wait(for: "and the late one")
    }

    /// Lets `s_client` connect to a server of ours.
    private func accept(
        _ resumption: ServerResumption, _ suite: CipherSuite, _ arguments: [String]
    ) throws -> (StreamPump, PeerProcess) {
        let listener = try StreamSocket.listen()
        let process = try openssl.start(
            [
                "s_client", "-connect", "[::1]:\(try listener.port())", "-tls1_3", "-CAfile",
                credentials.certificatePath, "-servername", "server",
            ] + arguments)
        var configuration = TLSConfiguration()
        configuration.groups = [.x25519]
        configuration.cipherSuites = [suite]
        configuration.signer = credentials.signer
        configuration.resumption = resumption
        var connection = try TLSConnection(role: .server, configuration: configuration, random: SystemRandomSource())
        connection.currentTimeMilliseconds = now()
        return (try StreamPump(connection, try listener.accept()), process)
    }

    @Test(arguments: CipherSuite.allCases, [false, true])
    func `s_client resumes at a server`(suite: CipherSuite, isEarly: Bool) throws {
        let resumption = try ServerResumption(
            secret: [UInt8](repeating: 5, count: 32), earlyDataByteCountMax: isEarly ? 1000 : 0)
        _ = resumption.admitsEarlyData(
            binder: [0], obfuscatedAge: 0,
            state: SessionState(
                cipherSuite: suite, secret: .init(size: .bits256), issuedAtMilliseconds: 0, ageAdd: 0, serverName: nil,
                applicationProtocol: nil, peerChainHash: nil, earlyDataContext: []), nowMilliseconds: 0)
        let session = openssl.folder.appendingPathComponent("session-\(suite)-\(isEarly)").path
        let early = openssl.folder.appendingPathComponent("early").path
        try "early bird\n".write(toFile: early, atomically: true, encoding: .utf8)
        var (first, firstProcess) = try accept(resumption, suite, ["-sess_out", session])
        try first.handshake()
        try first.send("greetings\n")
        try firstProcess.wait(for: "greetings")
        try firstProcess.type("Q\n")
        try first.run { $0.connection.isPeerClosed }
        try firstProcess.waitForSuccess()

        var (second, process) = try accept(
            resumption, suite, ["-sess_in", session] + (isEarly ? ["-early_data", early] : []))
        try second.handshake()
        #expect(second.connection.isResumed)
        if isEarly {
            let data = second.connection.nextEarlyPlaintext()
            #expect(data == Array("early bird\n".utf8))
            try process.wait(for: "Early data was accepted")
        }
        try second.send("welcome back\n")
        try process.wait(for: "welcome back")
        try process.type("late\n")
        try second.expect("late\n")
    }
}
