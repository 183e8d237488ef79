import Canonical
import TLS
import Testing

@testable import QUIC

/// A server of ours against clients in Python: the cases of the QUIC interop runner that these clients can do.
@Suite(.serialized, .ownThread, .enabled(if: PythonPeer.isInstalled, "skipped: aioquic is not in .venv"))
struct `A server against Python clients` {
    typealias Library = `A client against Python servers`.Library

    private func configuration(_ library: Library, copies: Int = 1) throws -> ServerConfiguration {
        var configuration = ServerConfiguration(tls: TestTLS.server())
        configuration.tls.groups = library.groups
        let signer = try PythonPeer.makeSigner()
        let chain = [[UInt8]](repeating: signer.certificateChain[0], count: copies)
        configuration.tls.signer = TestSigner(key: signer.key, chain: chain)
        return configuration
    }

    /// Serves a client until it has what it wanted.
    private func serve(
        _ library: Library, _ server: ServerConfiguration, _ actions: [String] = [], size: Int = 20_000,
        change: (UDPPump) -> Void = { _ in }
    ) throws -> UDPPump? {
        guard library.isInstalled else {
            print("skipped: \(library) is not in .venv")
            return nil
        }
        let pump = try UDPPump(EndpointConfiguration(server: server), seed: 71)
        change(pump)
        let echo = ExchangeServer()
        pump.onEvent = { connection, event in try echo.handle(connection, event) }
        let connections = actions.contains("resume") || actions.contains("early") ? 2 : 1
        let peer = try PythonPeer(["client", "\(pump.port)", "\(size)"] + actions, library: library.rawValue)
        defer { peer.stop() }
        #expect(
            try pump.run(seconds: 30) {
                pump.connections.count >= connections && pump.connections.allSatisfy(\.isClosed)
            })
        #expect(peer.readLine() == "good")
        return pump
    }

    @Test(arguments: Library.allCases, [[], ["streams=100"], ["chacha"], ["key-update"]])
    func `answers`(library: Library, actions: [String]) throws {
        let size = actions == ["streams=100"] ? 100 : 20_000
        guard let pump = try serve(library, configuration(library), actions, size: size) else { return }
        let connection = try #require(pump.connections.last)
        if actions == ["chacha"] { #expect(connection.tls.cipherSuite == .chacha20Poly1305SHA256) }
        if actions == ["key-update"] { #expect(connection.statistics.keyUpdates == 1) }
        #expect(connection.tls.group == library.groups[0])
    }

    @Test(arguments: Library.allCases)
    func `asks for a proof of the address`(library: Library) throws {
        var server = try configuration(library)
        server.unfinishedHandshakesBeforeRetry = 0
        guard let pump = try serve(library, server) else { return }
        #expect(pump.replies > 0)
        #expect(pump.connections.last?.retrySource != nil)
    }

    @Test(arguments: Library.allCases)
    func `keeps a long chain within three times what the client sent`(library: Library) throws {
        let server = try configuration(library, copies: 24)
        guard let pump = try serve(library, server) else { return }
        #expect(pump.connections.last?.isHandshakeConfirmed == true)
        #expect(pump.worstAmplification <= 3)
        #expect(pump.worstAmplification > 2)
    }

    @Test(arguments: Library.allCases, [20, 50] as [UInt64])
    func `answers in spite of loss and corruption`(library: Library, thousandths: UInt64) throws {
        _ = try serve(library, configuration(library)) { pump in
            pump.loss = thousandths
            pump.corruption = thousandths
        }
    }

    @Test(arguments: Library.allCases)
    func `answers over a long round trip`(library: Library) throws {
        _ = try serve(library, configuration(library)) { $0.delayNanoseconds = 150_000_000 }
    }

    @Test(arguments: Library.allCases)
    func `goes on when the network was gone for a while`(library: Library) throws {
        _ = try serve(library, configuration(library), size: 500_000) { $0.blackHolesAtBytes = [20_000, 200_000] }
    }

    @Test(arguments: Library.allCases, ["rebind", "migrate"])
    func `follows a client that comes from another port`(library: Library, action: String) throws {
        guard let pump = try serve(library, configuration(library), [action]) else { return }
        #expect(pump.connections.last?.statistics.pathChanges == 1)
    }

    @Test(arguments: Library.allCases, ["resume", "early"])
    func `resumes, and takes early data`(library: Library, action: String) throws {
        var server = try configuration(library)
        // The client offers early data whenever its ticket allows it. The guard against replays takes none at first.
        let resumption = try ServerResumption(
            secret: [UInt8](repeating: 3, count: 32), earlyDataByteCountMax: action == "early" ? 1 : 0)
        resumption.warm()
        server.tls.resumption = resumption
        guard let pump = try serve(library, server, [action], size: 3000) else { return }
        let isResumed = pump.connections.last?.tls.isResumed
        #expect(isResumed == true)
        #expect(pump.events.contains(.earlyDataAccepted(true)) == (action == "early"))
    }

    @Test func `tells a client which versions there are`() throws {
        var server = try configuration(.aioquic)
        server.transport.versions = [.two]
        guard let pump = try serve(.aioquic, server) else { return }
        #expect(pump.replies > 0)
        #expect(pump.connections.last?.originalVersion == .two)
    }

    @Test func `moves a client to version 2`() throws {
        var server = try configuration(.aioquic)
        server.transport.versions = [.two, .one]
        guard let pump = try serve(.aioquic, server) else { return }
        #expect(pump.connections.last?.version == .two)
        #expect(pump.connections.last?.originalVersion == .one)
    }
}
