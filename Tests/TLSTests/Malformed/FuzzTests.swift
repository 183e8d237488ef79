import Canonical
import Testing

@testable import TLS

/// A handshake just before some bytes came, and those bytes.
struct Delivery: Sendable {
    let receiver: Handshake
    let bytes: [UInt8]
    let level: EncryptionLevel

    /// All deliveries of a handshake with a retry and both sides' certificates.
    static func all(seed: UInt64) throws -> [Delivery] {
        var server = TLSConfiguration.largeServer(isQUIC: true)
        server.clientAuthentication = .required
        server.verifier = LargeVerifier()
        var client = TLSConfiguration.largeClient(isQUIC: true)
        client.groups = [.x25519, .x25519MLKEM768]
        client.signer = LargeSigner(seed: 8, certificateCount: 1)
        var pair = try HandshakePair(client: client, server: server, seed: seed)
        try pair.server.start()
        try pair.client.start()
        var deliveries: [Delivery] = []
        while !pair.server.isComplete {
            for (bytes, level) in pair.clientLog.take(&pair.client) {
                deliveries.append(Delivery(receiver: pair.server, bytes: bytes, level: level))
                try pair.server.receive(bytes, at: level)
            }
            for (bytes, level) in pair.serverLog.take(&pair.server) {
                deliveries.append(Delivery(receiver: pair.client, bytes: bytes, level: level))
                try pair.client.receive(bytes, at: level)
            }
        }
        return deliveries
    }

    /// Whether the receiver's handshake is complete after other bytes in their place.
    func completes(_ changed: [UInt8]) -> Bool {
        var receiver = receiver
        _ = try? receiver.receive(changed, at: level)
        while receiver.nextEvent() != nil {}
        return receiver.isComplete
    }
}

@Suite struct `Mutated handshakes` {
    @Test(arguments: [11, 12] as [UInt64])
    func `never complete and never trap when a bit flips`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let deliveries = try Delivery.all(seed: seed)
        #expect(deliveries.count == 6)
        for delivery in deliveries {
            for _ in 0..<300 {
                var bytes = delivery.bytes
                let index = Int(random.next() % UInt64(bytes.count))
                bytes[index] ^= 1 << UInt8(random.next() % 8)
                #expect(!delivery.completes(bytes), "seed \(seed), byte \(index)")
            }
        }
    }

    @Test(arguments: [21] as [UInt64])
    func `never complete and never trap when they are cut short`(seed: UInt64) throws {
        for delivery in try Delivery.all(seed: seed) {
            for count in stride(from: 0, to: delivery.bytes.count, by: 1 + delivery.bytes.count / 200) {
                var receiver = delivery.receiver
                let wasComplete = receiver.isComplete
                // Whatever is missing is waited for.
                try receiver.receive(Array(delivery.bytes.prefix(count)), at: delivery.level)
                #expect(receiver.isComplete == wasComplete)
                // Garbage in its place is not taken.
                _ = try? receiver.receive([UInt8](repeating: 0xFF, count: 700), at: delivery.level)
                #expect(!receiver.isComplete)
            }
        }
    }

    @Test(arguments: [31, 32] as [UInt64])
    func `never trap when bytes are inserted, removed, repeated or made up`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for delivery in try Delivery.all(seed: seed) {
            for _ in 0..<200 {
                var bytes = delivery.bytes
                let start = Int(random.next() % UInt64(bytes.count))
                let end = min(bytes.count, start + 1 + Int(random.next() % 9))
                switch random.next() % 4 {
                case 0: bytes.removeSubrange(start..<end)
                case 1: bytes.insert(contentsOf: random.bytes(end - start), at: start)
                case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
                default: bytes.replaceSubrange(start..<end, with: random.bytes(end - start))
                }
                let isComplete = delivery.completes(bytes)
                #expect(!isComplete || bytes == delivery.bytes, "seed \(seed), bytes from \(start)")
            }
        }
    }

    @Test(arguments: [41] as [UInt64])
    func `never trap when every body is random under a good header`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for delivery in try Delivery.all(seed: seed) {
            guard let type = HandshakeType(rawValue: delivery.bytes[0]) else { continue }
            for _ in 0..<300 {
                let body = random.bytes(Int(random.next() % 200))
                #expect(!delivery.completes(HandshakeMessage(type: type, body: body).bytes), "seed \(seed)")
            }
        }
    }
}
