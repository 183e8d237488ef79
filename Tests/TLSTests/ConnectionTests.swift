import Canonical
import Crypto
import Testing

@testable import TLS

@Suite struct `A connection over a byte stream` {
    @Test(arguments: [1, 5, 4096])
    func `carries data both ways however the stream is cut`(pieceByteCount: Int) throws {
        var pair = try ConnectionPair()
        try pair.run(pieceByteCount: pieceByteCount)
        let data = SplitMix64.bytes(seed: 3, count: 40_000)
        try pair.client.write(data)
        try pair.server.write(Array(data.reversed()))
        try pair.run(pieceByteCount: pieceByteCount)
        #expect(pair.server.takePlaintext() == data)
        #expect(pair.client.takePlaintext() == data.reversed())
        #expect(pair.client.applicationProtocol == Array("stoq".utf8))
    }

    @Test func `splits data into records of at most 2^14 bytes`() throws {
        var pair = try ConnectionPair.connected()
        try pair.client.write([UInt8](repeating: 1, count: 40_000))
        var sizes: [Int] = []
        while let record = pair.client.nextOutput() { sizes.append(record.count) }
        #expect(sizes == [16384 + 22, 16384 + 22, 7232 + 22])
    }

    @Test func `pads records up to a multiple`() throws {
        var pair = try ConnectionPair.connected(padding: 100)
        for count in [1, 99, 100, 16384] {
            try pair.client.write([UInt8](repeating: 7, count: count))
            let record = pair.client.takeOutput()
            #expect((record.count - 5 - 16) % 100 == 0 || record.count == 16384 + 1 + 16 + 5)
            try pair.server.receive(record)
            #expect(pair.server.takePlaintext() == [UInt8](repeating: 7, count: count))
        }
    }

    @Test func `closes each direction by itself`() throws {
        var pair = try ConnectionPair.connected()
        try pair.client.close()
        #expect(throws: TLSError.closed) { try pair.client.write([1]) }
        try pair.run()
        #expect(pair.server.isPeerClosed && !pair.client.isPeerClosed)
        try pair.server.write([1, 2])
        try pair.server.close()
        try pair.run()
        #expect(pair.client.takePlaintext() == [1, 2])
        #expect(pair.client.isPeerClosed)
    }

    @Test func `updates its keys, and the peer's when asked`() throws {
        var pair = try ConnectionPair.connected()
        for requestPeer in [false, true] {
            let old = try [#require(pair.client.handshake.clientSecret), #require(pair.client.handshake.serverSecret)]
            try pair.client.updateKeys(requestPeer: requestPeer)
            try pair.client.write([1])
            try pair.run()
            try pair.server.write([2])
            try pair.run()
            #expect(pair.server.takePlaintext() == [1] && pair.client.takePlaintext() == [2])
            #expect(pair.server.handshake.clientSecret?.bytes != old[0].bytes)
            #expect((pair.server.handshake.serverSecret?.bytes != old[1].bytes) == requestPeer)
            #expect(pair.client.handshake.serverSecret?.bytes == pair.server.handshake.serverSecret?.bytes)
        }
    }

    @Test func `updates its keys before they have sealed too much`() throws {
        var pair = try ConnectionPair.connected()
        pair.client.writeProtection?.sequenceNumber = TLSLimits.recordsPerKeyMax
        pair.server.readProtection?.sequenceNumber = TLSLimits.recordsPerKeyMax
        try pair.client.write([5])
        try pair.run()
        #expect(pair.server.takePlaintext() == [5])
        #expect(pair.client.writeProtection?.sequenceNumber == 1)
    }

    @Test func `refuses to write before the handshake is done`() throws {
        var pair = try ConnectionPair()
        #expect(throws: TLSError.closed) { try pair.client.write([1]) }
        #expect(throws: TLSError.closed) { try pair.client.updateKeys(requestPeer: true) }
        #expect(throws: TLSError.closed) {
            try pair.client.exportKeyingMaterial(label: "x", context: [], byteCount: 1)
        }
    }

    @Test func `tells the peer why it stops`() throws {
        var configuration = TLSConfiguration.largeClient()
        configuration.verifier = LargeVerifier(rejection: CertificateRejection(.expired, detail: "yesterday"))
        var pair = try ConnectionPair(client: configuration)
        #expect(throws: TLSError.self) { try pair.run() }
        let alert = pair.client.takeOutput()
        #expect(throws: TLSError.peerAlert(.certificateExpired)) { try pair.server.receive(alert) }
        #expect(pair.server.takeOutput().isEmpty)
        #expect(throws: TLSError.closed) { try pair.server.receive([]) }
    }

    @Test(arguments: [true, false])
    func `skips the early data of a client, up to a limit`(isRetried: Bool) throws {
        var serverConfiguration = TLSConfiguration.largeServer()
        serverConfiguration.alwaysSendsRetry = isRetried
        var pair = try ConnectionPair(server: serverConfiguration)
        var hello = try #require(pair.client.handshake.hello)
        hello.extensions.append(.earlyData, [])
        let bytes = try hello.message().bytes
        let record = RecordHeader(type: .handshake, byteCount: bytes.count, version: 0x0301).bytes + bytes
        var client = try TLSConnection.client(
            havingSent: record, keyPairs: pair.client.handshake.keyPairs, configuration: .largeClient())
        try pair.server.receive(record)
        let early: [UInt8] = [23, 3, 3, 0x20, 0] + [UInt8](repeating: 6, count: 0x2000)
        for _ in 0..<8 { try pair.server.receive(early) }
        var flooded = pair.server
        #expect(throws: TLSError.badRecordMAC) { try flooded.receive(early) }

        // A second hello no longer offers early data, which only a client that has it to offer would take back.
        client.handshake.hello?.extensions = hello.extensions.removing([.earlyData])
        try client.receive(pair.server.takeOutput())
        pair.client = client
        try pair.run()
        #expect(pair.client.isHandshakeComplete && pair.server.isHandshakeComplete)
        try pair.client.write([1])
        try pair.run()
        #expect(pair.server.takePlaintext() == [1])
    }

    @Test func `takes an unprotected alert from a client that has no keys yet`() throws {
        var pair = try ConnectionPair()
        try pair.server.receive(pair.client.takeOutput())
        #expect(throws: TLSError.peerAlert(.illegalParameter)) { try pair.server.receive([21, 3, 3, 0, 2, 2, 47]) }
    }
}

@Suite struct `A connection refuses` {
    /// What a connected server says to a record of an inner type and content.
    private func alert(_ type: ContentType, _ content: [UInt8], repeated: Int = 1) throws -> AlertDescription? {
        var pair = try ConnectionPair.connected()
        var bytes: [UInt8] = []
        for _ in 0..<repeated {
            bytes += try #require(try pair.client.writeProtection?.seal(content, type: type, paddingMultiple: 0))
        }
        return #expect(throws: TLSError.self) { try pair.server.receive(bytes) }?.alert
    }

    /// What a server that waits for a ClientHello says to raw bytes.
    private func alertAtStart(_ bytes: [UInt8]) throws -> AlertDescription? {
        var pair = try ConnectionPair()
        return #expect(throws: TLSError.self) { try pair.server.receive(bytes) }?.alert
    }

    @Test func `records that are no records`() throws {
        #expect(try alertAtStart(Array("GET / HTTP/1.1\r\n".utf8)) == .unexpectedMessage)
        #expect(try alertAtStart([22, 3, 1, 0x40, 1]) == .recordOverflow)
        #expect(try alertAtStart([22, 3, 1, 0, 0]) == .unexpectedMessage)
        #expect(try alertAtStart([23, 3, 3, 0, 1, 0]) == .unexpectedMessage)
        #expect(try alertAtStart([20, 3, 3, 0, 1, 1]) == .unexpectedMessage)
        #expect(try alertAtStart([21, 3, 3, 0, 1, 1]) == .decodeError)
    }

    @Test func `records that do not open`() throws {
        var pair = try ConnectionPair.connected()
        try pair.client.write([1, 2, 3])
        let record = pair.client.takeOutput()
        for index in 5..<record.count {
            var changed = record
            changed[index] ^= 0x80
            var server = pair.server
            #expect(throws: TLSError.badRecordMAC) { try server.receive(changed) }
        }
        // The header is authenticated too, and a record cannot be replayed.
        var server = pair.server
        #expect(throws: TLSError.badRecordMAC) { try server.receive([23, 3, 1] + record.dropFirst(3)) }
        try pair.server.receive(record)
        #expect(throws: TLSError.badRecordMAC) { try pair.server.receive(record) }
        let short = try alertAfterConnect([23, 3, 3, 0, 2, 1, 1])
        #expect(short == .badRecordMAC)
        #expect(try alertAfterConnect([23, 3, 3, 0x41, 1]) == .recordOverflow)
        #expect(try alertAfterConnect([22, 3, 3, 0, 1, 1]) == .unexpectedMessage)
        #expect(try alertAfterConnect([20, 3, 3, 0, 1, 1]) == .unexpectedMessage)
    }

    private func alertAfterConnect(_ bytes: [UInt8]) throws -> AlertDescription? {
        var pair = try ConnectionPair.connected()
        return #expect(throws: TLSError.self) { try pair.server.receive(bytes) }?.alert
    }

    @Test func `protected records of a wrong type or content`() throws {
        #expect(try alert(.changeCipherSpec, [1]) == .unexpectedMessage)
        #expect(try alert(.handshake, []) == .unexpectedMessage)
        #expect(try alert(.alert, []) == .decodeError)
        #expect(try alert(.alert, [2, 40, 0]) == .decodeError)
        #expect(try alert(.handshake, [1, 0, 0, 0]) == .unexpectedMessage)
        #expect(try alert(.applicationData, [UInt8](repeating: 1, count: 16385)) == .recordOverflow)
        #expect(try alert(.applicationData, [], repeated: 33) == .unexpectedMessage)
    }

    @Test func `a record without a content type`() throws {
        var pair = try ConnectionPair.connected()
        let protection = try #require(pair.client.writeProtection)
        let header = RecordHeader(type: .applicationData, byteCount: 4 + 16).bytes
        let key = protection.secret.expand("key", byteCount: 32)
        let iv = protection.secret.expand("iv", byteCount: 12).bytes
        let box = try AES.GCM.seal(
            [UInt8](repeating: 0, count: 4), using: key, nonce: .init(data: iv), authenticating: header)
        let record = header + Array(box.ciphertext) + Array(box.tag)
        #expect(throws: TLSError.unexpectedMessage("a record without a content type")) {
            try pair.server.receive(record)
        }
    }

    @Test func `data inside a handshake message and endless key updates`() throws {
        var pair = try ConnectionPair.connected()
        let part = try #require(try pair.client.writeProtection?.seal([24, 0], type: .handshake, paddingMultiple: 0))
        try pair.server.receive(part)
        try pair.client.write([1])
        let data = pair.client.takeOutput()
        #expect(throws: TLSError.self) { try pair.server.receive(data) }

        var other = try ConnectionPair.connected()
        for _ in 0..<TLSLimits.emptyRecordsInRowMax { try other.client.updateKeys(requestPeer: false) }
        try other.run()
        try other.client.updateKeys(requestPeer: false)
        #expect(throws: TLSError.self) { try other.run() }
    }

    @Test(arguments: [51, 52] as [UInt64])
    func `mutated streams, and never traps`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<60 {
            var pair = try ConnectionPair()
            var isFailed = false
            for step in 0..<6 where !isFailed {
                var bytes = step % 2 == 0 ? pair.client.takeOutput() : pair.server.takeOutput()
                if !bytes.isEmpty, random.next() % 2 == 0 {
                    bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
                }
                do {
                    try step % 2 == 0 ? pair.server.receive(bytes) : pair.client.receive(bytes)
                } catch {
                    isFailed = true
                }
            }
            #expect(pair.client.takePlaintext().isEmpty && pair.server.takePlaintext().isEmpty, "seed \(seed)")
        }
    }
}

extension SplitMix64 {
    static func bytes(seed: UInt64, count: Int) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        return random.bytes(count)
    }
}
