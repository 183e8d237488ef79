import Canonical
import Crypto
import Foundation
import TLS
import Testing

@testable import QUIC

/// Both ends against aioquic over `[::1]`, with two percent of datagrams lost and as many reordered in each direction.
@Suite(.serialized, .ownThread, .enabled(if: PythonPeer.isInstalled, "skipped: aioquic is not in .venv"))
struct AioquicTests {
    let size = runsLongTests ? 20_000_000 : 2_000_000

    private func classical(_ tls: TLSConfiguration) -> TLSConfiguration {
        var tls = tls
        tls.groups = [.x25519]
        return tls
    }

    private func report(_ what: String, _ pump: UDPPump, since start: Timestamp, _ connection: Connection) {
        let milliseconds = pump.now.nanoseconds(since: start) / 1_000_000
        print(
            "\(what) each way in \(milliseconds) ms, \(pump.dropped) datagrams dropped,",
            "\(connection.statistics.packetsLost) packets lost")
    }

    @Test(arguments: [CipherSuite.aes128GCMSHA256, .aes256GCMSHA384, .chacha20Poly1305SHA256], [false, true])
    func aClientMovesDataBothWays(suite: CipherSuite, withRetry: Bool) throws {
        let peer = try PythonPeer(withRetry ? ["server", "retry"] : ["server"])
        defer { peer.stop() }
        let port = try #require(UInt16(peer.readLine()))
        let pump = try UDPPump(EndpointConfiguration(), seed: 7)
        pump.loss = 20
        pump.reordering = 20
        var configuration = ClientConfiguration(tls: classical(TestTLS.client()))
        configuration.tls.cipherSuites = [suite]
        let connection = try pump.endpoint.connect(
            to: .loopback(port: port), configuration: configuration, serverName: "test.example", now: pump.now)
        pump.connections.append(connection)
        #expect(try pump.run(seconds: 10) { connection.isHandshakeConfirmed })
        #expect((connection.retrySource != nil) == withRetry)

        let count = suite == .aes128GCMSHA256 && !withRetry ? size : 200_000
        let start = pump.now
        let upload = (0..<count).map { PatternSender.byte($0) }
        var request: [UInt8] = []
        request.appendBigEndian(UInt64(count))
        request += upload
        var sent = 0
        var answer: [UInt8] = []
        var isFinished = false
        let id = try #require(try connection.openStream(.bidirectional))
        func push() throws {
            try request.withUnsafeBytes { bytes in
                sent += try connection.write(id, UnsafeRawBufferPointer(rebasing: bytes[sent...]), finish: true)
            }
        }
        pump.onEvent = { connection, event in
            switch event {
            case .streamWritable: try push()
            case .streamReadable:
                let (bytes, end) = try connection.read(id, maximum: .max)
                answer += bytes
                isFinished = isFinished || end
            default: break
            }
        }
        try push()
        #expect(try pump.run(seconds: 100) { isFinished || connection.isClosed })
        #expect(Array(answer.prefix(32)) == Array(SHA256.hash(data: upload)))
        #expect(answer.dropFirst(32).elementsEqual(upload))
        report("client, \(suite), retry \(withRetry): \(count) bytes", pump, since: start, connection)
        connection.close(code: 0, reason: "done", now: pump.now)
        _ = try pump.run(seconds: 2) { connection.isDrained }
    }

    @Test func aServerMovesDataBothWays() throws {
        var server = ServerConfiguration(tls: classical(TestTLS.server()))
        server.tls.signer = try PythonPeer.makeSigner()
        let pump = try UDPPump(EndpointConfiguration(server: server), seed: 8)
        pump.loss = 20
        pump.reordering = 20
        let start = pump.now
        let peer = try PythonPeer(["client", "\(pump.port)", "\(size)", "key-update"])
        defer { peer.stop() }
        var received: [UInt8] = []
        var answer: [UInt8] = []
        var sent = 0
        func push(_ connection: Connection, _ id: StreamID) throws {
            try answer.withUnsafeBytes { bytes in
                sent += try connection.write(id, UnsafeRawBufferPointer(rebasing: bytes[sent...]), finish: true)
            }
        }
        pump.onEvent = { connection, event in
            switch event {
            case .streamWritable(let id): try push(connection, id)
            case .streamReadable(let id):
                let (bytes, end) = try connection.read(id, maximum: .max)
                received += bytes
                guard end else { return }
                let count = received.prefix(8).reduce(0) { $0 << 8 | Int($1) }
                answer = Array(SHA256.hash(data: Array(received[8...]))) + (0..<count).map { PatternSender.byte($0) }
                try push(connection, id)
            default: break
            }
        }
        #expect(try pump.run(seconds: 100) { pump.connections.last?.isClosed == true })
        #expect(peer.readLine() == "good")
        let statistics = try #require(pump.connections.last).statistics
        #expect(statistics.keyUpdates == 1, "the peer asked for one")
        report("server: \(size) bytes", pump, since: start, try #require(pump.connections.last))
    }
}
