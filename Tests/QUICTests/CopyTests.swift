import Crypto
import TLS
import Testing

@testable import QUIC

@Suite struct CopyTests {
    /// The writer's arrays are copied into packets only; what comes out of packets is copied into arrays for the reader,
    /// and once more where little of a large array is filled.
    @Test func bulkIsCopiedOnceWhereItIsSentAndAtMostTwiceWhereItIsRead() throws {
        let network = try SimulatedNetwork(seed: 7, server: ServerConfiguration(tls: TestTLS.server()))
        try network.establish()
        let client = try #require(network.client.connection)
        let server = try #require(network.server.connection)
        let total = 1 << 20
        let whole = pattern(0, total)
        var received: [UInt8] = []
        var isFinished = false
        network.server.onEvent = { connection, event in
            guard case .streamReadable(let id) = event else { return }
            while !isFinished {
                let (bytes, end) = try connection.readNext(id, maximum: 1 << 20)
                received += bytes
                isFinished = end
                if bytes.isEmpty { return }
            }
        }
        let id = try #require(try client.openStream(.unidirectional))
        var written = try client.write(id, whole, finish: true)
        network.client.onEvent = { connection, event in
            guard case .streamWritable = event, written < total else { return }
            written += try connection.write(id, whole, from: written, finish: true)
        }
        network.run(seconds: 60) { isFinished }
        #expect(network.failure == nil)
        #expect(received == whole)
        let keys = try PacketKeys(suite: .aes256GCMSHA384, secret: SymmetricKey(size: .init(bitCount: 384)))
        if keys.protector.readsBodyInPlace {
            #expect(client.statistics.streamBytesCopied < UInt64(total / 4))
        } else {
            #expect(client.statistics.streamBytesCopied == UInt64(total))
        }
        #expect(server.statistics.streamBytesCopied <= UInt64(2 * total))
        #expect(server.statistics.streamBytesCopied >= UInt64(total))
    }
}
