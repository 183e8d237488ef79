import Canonical
import Crypto
import Testing

@testable import TLS

@Suite(.enabled(if: OpenSSL.isInstalled), .serialized) struct `A server against openssl s_client` {
    let openssl: OpenSSL

    init() throws {
        openssl = try OpenSSL()
    }

    /// Starts a server of ours and lets the program connect to it.
    private func accept(
        _ kind: OpenSSL.Kind = .p256,
        _ arguments: [String] = [],
        _ change: (inout TLSConfiguration) -> Void = { _ in }
    ) throws -> (StreamPump, PeerProcess) {
        let credentials = try openssl.credentials(kind, name: "server")
        let listener = try StreamSocket.listen()
        let process = try openssl.start(
            [
                "s_client", "-connect", "[::1]:\(try listener.port())", "-tls1_3", "-CAfile",
                credentials.certificatePath, "-verify_return_error", "-servername", "server",
            ] + arguments)
        var configuration = TLSConfiguration()
        configuration.groups = [.x25519, .secp256r1, .secp384r1]
        configuration.signer = credentials.signer
        change(&configuration)
        let connection = try TLSConnection(role: .server, configuration: configuration, random: SystemRandomSource())
        return (try StreamPump(connection, try listener.accept()), process)
    }

    private func exchange(_ pump: inout StreamPump, _ process: PeerProcess) throws {
        try process.type("ping\n")
        try pump.expect("ping\n")
        try pump.send("pong-from-server\n")
        try process.wait(for: "pong-from-server")
    }

    @Test(arguments: CipherSuite.allCases, OpenSSL.Kind.allCases)
    func `exchanges data with every suite and certificate kind`(suite: CipherSuite, kind: OpenSSL.Kind) throws {
        var (pump, process) = try accept(kind) { $0.cipherSuites = [suite] }
        try pump.handshake()
        #expect(pump.connection.cipherSuite == suite)
        #expect(pump.connection.serverName == "server")
        try exchange(&pump, process)
        try process.type("Q\n")
        try pump.run { $0.connection.isPeerClosed }
    }

    @Test(arguments: ["X25519", "P-256", "P-384"])
    func `exchanges data with every classical group`(group: String) throws {
        var (pump, process) = try accept(.p256, ["-groups", group])
        try pump.handshake()
        try exchange(&pump, process)
    }

    @Test(arguments: [true, false])
    func `sends a HelloRetryRequest with and without a cookie`(hasCookie: Bool) throws {
        var (pump, process) = try accept(.p256, ["-groups", "X25519:P-256"]) {
            $0.groups = [.secp256r1]
            $0.alwaysSendsRetry = hasCookie
        }
        try pump.handshake()
        #expect(pump.connection.group == .secp256r1)
        #expect((pump.connection.handshake.retry?.cookie != nil) == hasCookie)
        try exchange(&pump, process)
    }

    @Test func `sends a HelloRetryRequest for a cookie alone`() throws {
        var (pump, process) = try accept { $0.alwaysSendsRetry = true }
        try pump.handshake()
        #expect(pump.connection.handshake.retry?.group == nil)
        try exchange(&pump, process)
    }

    @Test func `negotiates an application protocol`() throws {
        var (pump, process) = try accept(.p256, ["-alpn", "one,two"]) { $0.applicationProtocols = [Array("two".utf8)] }
        try pump.handshake()
        #expect(pump.connection.applicationProtocol == Array("two".utf8))
        try process.wait(for: "ALPN protocol: two")
    }

    @Test func `tells a client without a common application protocol`() throws {
        var (pump, process) = try accept(.p256, ["-alpn", "one"]) { $0.applicationProtocols = [Array("two".utf8)] }
        #expect(throws: TLSError.noApplicationProtocol) { try pump.handshake() }
        try process.wait(for: "no application protocol")
    }

    @Test(arguments: OpenSSL.Kind.allCases)
    func `demands and checks a client certificate`(kind: OpenSSL.Kind) throws {
        let own = try openssl.credentials(kind, name: "client")
        var (pump, process) = try accept(.p256, ["-cert", own.certificatePath, "-key", own.keyPath]) {
            $0.clientAuthentication = .required
            $0.signatureSchemes = [.ed25519, .ecdsaSecp256r1SHA256]
            $0.verifier = LeafKeyVerifier(pinned: own.certificate)
        }
        try pump.handshake()
        #expect(pump.connection.peerCertificates == [own.certificate])
        try exchange(&pump, process)
    }

    @Test func `refuses a client that has no certificate`() throws {
        var (pump, process) = try accept {
            $0.clientAuthentication = .required
            $0.verifier = LeafKeyVerifier()
        }
        #expect(throws: TLSError.certificateRequired) { try pump.handshake() }
        try process.wait(for: "certificate required")
    }

    @Test func `updates keys in both directions`() throws {
        var (pump, process) = try accept()
        try pump.handshake()
        let before = try #require(pump.connection.handshake.serverSecret).bytes
        try process.type("K\n")
        try pump.run { $0.connection.handshake.serverSecret?.bytes != before }
        try exchange(&pump, process)
        try pump.connection.updateKeys(requestPeer: true)
        try exchange(&pump, process)
    }

    @Test func `agrees on exported keying material`() throws {
        var (pump, process) = try accept(.p256, ["-keymatexport", "EXPORTER-hypermesh", "-keymatexportlen", "32"])
        try pump.handshake()
        let material = try pump.connection.exportKeyingMaterial(label: "EXPORTER-hypermesh", context: [], byteCount: 32)
        let digits = "0123456789ABCDEF".map { String($0) }
        let text = material.bytes.map { digits[Int($0 >> 4)] + digits[Int($0 & 15)] }.joined()
        try process.wait(for: "Keying material: \(text)")
    }

    @Test func `refuses a client of TLS 1.2`() throws {
        let listener = try StreamSocket.listen()
        let process = try openssl.start(["s_client", "-connect", "[::1]:\(try listener.port())", "-tls1_2"])
        var configuration = TLSConfiguration()
        configuration.signer = TestSigner(key: .ed25519(.init()), certificateChain: [[1]])
        let connection = try TLSConnection(role: .server, configuration: configuration, random: SystemRandomSource())
        var pump = try StreamPump(connection, try listener.accept())
        #expect(throws: TLSError.protocolVersion) { try pump.handshake() }
        try process.wait(for: "protocol version")
    }
}
