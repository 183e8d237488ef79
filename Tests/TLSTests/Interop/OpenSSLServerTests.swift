import Canonical
import Crypto
import Testing

@testable import TLS

@Suite(.enabled(if: OpenSSL.isInstalled), .serialized) struct `A client against openssl s_server` {
    let openssl: OpenSSL

    init() throws {
        openssl = try OpenSSL()
    }

    /// Starts a server that reverses every line, unless `arguments` say otherwise, and connects to it.
    private func connect(
        _ kind: OpenSSL.Kind = .p256,
        _ arguments: [String] = ["-rev"],
        _ change: (inout TLSConfiguration) -> Void = { _ in }
    ) throws -> (StreamPump, PeerProcess) {
        let credentials = try openssl.credentials(kind, name: "server")
        let port = try StreamSocket.freePort()
        let process = try openssl.start(
            [
                "s_server", "-accept", "[::1]:\(port)", "-tls1_3", "-cert", credentials.certificatePath,
                "-key", credentials.keyPath,
            ] + arguments)
        try process.wait(for: "ACCEPT")
        var configuration = TLSConfiguration()
        configuration.groups = [.x25519, .secp256r1, .secp384r1]
        configuration.signatureSchemes = [.ed25519, .ecdsaSecp256r1SHA256]
        configuration.verifier = LeafKeyVerifier(pinned: credentials.certificate)
        configuration.serverName = "server"
        change(&configuration)
        let connection = try TLSConnection(role: .client, configuration: configuration, random: SystemRandomSource())
        return (try StreamPump(connection, try StreamSocket.connect(port: port)), process)
    }

    @Test(arguments: CipherSuite.allCases, OpenSSL.Kind.allCases)
    func `exchanges data with every suite and certificate kind`(suite: CipherSuite, kind: OpenSSL.Kind) throws {
        var (pump, _) = try connect(kind) { $0.cipherSuites = [suite] }
        try pump.handshake()
        #expect(pump.connection.cipherSuite == suite)
        try pump.send("hello\n")
        try pump.expect("olleh\n")
        try pump.close()
    }

    @Test(arguments: [NamedGroup.x25519, .secp256r1, .secp384r1])
    func `exchanges data with every classical group`(group: NamedGroup) throws {
        var (pump, _) = try connect { $0.groups = [group] }
        try pump.handshake()
        #expect(pump.connection.group == group)
        try pump.send("group\n")
        try pump.expect("puorg\n")
    }

    @Test func `follows a HelloRetryRequest for another group`() throws {
        var (pump, _) = try connect(.p256, ["-rev", "-groups", "P-256"])
        try pump.handshake()
        #expect(pump.connection.group == .secp256r1)
        #expect(pump.connection.handshake.retry?.group == .secp256r1)
        try pump.send("again\n")
        try pump.expect("niaga\n")
    }

    @Test func `negotiates an application protocol`() throws {
        var (pump, _) = try connect(.p256, ["-rev", "-alpn", "two"]) {
            $0.applicationProtocols = [Array("one".utf8), Array("two".utf8)]
        }
        try pump.handshake()
        #expect(pump.connection.applicationProtocol == Array("two".utf8))
    }

    @Test(arguments: OpenSSL.Kind.allCases)
    func `shows its own certificate when asked`(kind: OpenSSL.Kind) throws {
        let own = try openssl.credentials(kind, name: "client")
        let demands = ["-rev", "-Verify", "1", "-verify_return_error", "-CAfile", own.certificatePath]
        var (pump, _) = try connect(.p256, demands) { $0.signer = own.signer }
        try pump.handshake()
        try pump.send("mutual\n")
        try pump.expect("lautum\n")
    }

    @Test func `hears certificate_required when it has none to show`() throws {
        var (pump, _) = try connect(.p256, ["-rev", "-Verify", "1"])
        try pump.handshake()
        #expect(throws: TLSError.peerAlert(.certificateRequired)) { try pump.expect("nothing") }
    }

    @Test func `updates keys in both directions`() throws {
        var (pump, process) = try connect(.p256, [])
        try pump.handshake()
        let before = try #require(pump.connection.handshake.clientSecret).bytes
        try process.type("K\n")
        try pump.run { $0.connection.handshake.clientSecret?.bytes != before }
        try process.type("after the server's update\n")
        try pump.expect("after the server's update\n")

        try pump.connection.updateKeys(requestPeer: true)
        try pump.send("after the client's update\n")
        try process.wait(for: "after the client's update")
        try process.type("and back\n")
        try pump.expect("and back\n")
    }

    @Test func `carries a megabyte with padding`() throws {
        var (pump, _) = try connect(.p256, ["-rev"]) { $0.recordPaddingMultiple = 256 }
        try pump.handshake()
        let line = String(repeating: "x", count: 15_000) + "y\n"
        let answer = "y" + String(repeating: "x", count: 15_000) + "\n"
        for _ in 0..<70 {
            try pump.send(line)
            try pump.expect(answer)
        }
    }

    @Test func `refuses a certificate that is not the pinned one`() throws {
        var (pump, process) = try connect { $0.verifier = LeafKeyVerifier(pinned: [0]) }
        #expect(throws: TLSError.self) { try pump.handshake() }
        try process.wait(for: "unknown ca")
    }
}
