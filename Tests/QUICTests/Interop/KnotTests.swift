import Canonical
import Foundation
import TLS
import Testing

@testable import QUIC

/// Knot DNS's `kdig`, a client of DNS over QUIC (RFC 9250), against a responder of a few lines.
@Suite(
    .serialized, .ownThread,
    .enabled(
        if: ProgramPeer.path(of: "kdig") != nil && PythonPeer.isInstalled,
        "skipped: kdig, or aioquic's certificate maker, is not installed"))
struct `A server against kdig` {
    /// Answers a query with one AAAA record, `2001:db8::7`.
    private static func answer(_ query: [UInt8]) -> [UInt8] {
        guard query.count > 14 else { return [] }
        var end = 14
        while end < query.count, query[end] != 0 { end += Int(query[end]) + 1 }
        let question = Array(query[14..<min(end + 5, query.count)])
        let header: [UInt8] = [query[2], query[3], 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0]
        let record: [UInt8] =
            [0xC0, 0x0C, 0, 28, 0, 1, 0, 0, 0, 60, 0, 16, 0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [
                7
            ]
        let message = header + question + record
        return [UInt8(message.count >> 8), UInt8(message.count & 0xFF)] + message
    }

    @Test(arguments: [false, true])
    func `answers a query`(withRetry: Bool) throws {
        let folder = try TemporaryFolder()
        var tls = TLSConfiguration()
        tls.applicationProtocols = [Array("doq".utf8)]
        tls.groups = [.x25519]
        tls.signer = try PythonPeer.makeSigner()
        var server = ServerConfiguration(tls: tls)
        server.unfinishedHandshakesBeforeRetry = withRetry ? 0 : 10
        let pump = try UDPPump(EndpointConfiguration(server: server), seed: 74)
        var queries: [StreamID: [UInt8]] = [:]
        pump.onEvent = { connection, event in
            guard case .streamReadable(let id) = event else { return }
            let (bytes, isFinished) = try connection.read(id, maximum: .max)
            queries[id, default: []] += bytes
            if isFinished { _ = try connection.write(id, Self.answer(queries[id] ?? []), finish: true) }
        }
        let peer = try ProgramPeer(
            try #require(ProgramPeer.path(of: "kdig")),
            ["+quic", "@::1", "-p", "\(pump.port)", "AAAA", "mesh.example"], in: folder.url)
        _ = try pump.run(seconds: 15) { !peer.isRunning }
        #expect(peer.output.contains("2001:db8::7"), "\(peer.output)")
    }
}
