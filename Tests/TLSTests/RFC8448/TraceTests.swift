import Canonical
import Crypto
import Testing

@testable import TLS

@Suite struct `The traces of RFC 8448` {
    private func clientConfiguration() -> TLSConfiguration {
        var configuration = TLSConfiguration()
        configuration.signatureSchemes = [.rsaPSSRSAESHA256]
        configuration.groups = [.x25519, .secp256r1]
        configuration.verifier = LeafKeyVerifier()
        return configuration
    }

    private func x25519(_ bytes: [UInt8]) throws -> KeyPair {
        .x25519(try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes))
    }

    @Test func `the key schedule makes every secret of the simple handshake`() throws {
        var schedule = KeySchedule(suite: .aes128GCMSHA256)
        #expect(schedule.secret.bytes == SimpleTrace.earlySecret)
        schedule.mix(sharedSecret: SymmetricKey(data: SimpleTrace.sharedSecret))
        #expect(schedule.secret.bytes == SimpleTrace.handshakeSecret)
        schedule.finish()
        #expect(schedule.secret.bytes == SimpleTrace.masterSecret)
        let secret = TrafficSecret(
            level: .handshake, suite: .aes128GCMSHA256, secret: SymmetricKey(data: SimpleTrace.serverHandshakeSecret))
        #expect(secret.expand("key", byteCount: 16).bytes == SimpleTrace.serverHandshakeKey)
        #expect(secret.expand("iv", byteCount: 12).bytes == SimpleTrace.serverHandshakeIV)
        #expect(KeySchedule.finishedKey(secret).bytes == SimpleTrace.serverFinishedKey)
    }

    @Test func `a client goes through the simple handshake byte by byte`() throws {
        var client = try TLSConnection.client(
            havingSent: SimpleTrace.clientHelloRecord,
            keyPairs: [x25519(SimpleTrace.clientPrivateKey)],
            configuration: clientConfiguration())

        try client.receive(SimpleTrace.serverHelloRecord)
        #expect(client.handshake.clientSecret?.bytes == SimpleTrace.clientHandshakeSecret)
        #expect(client.handshake.serverSecret?.bytes == SimpleTrace.serverHandshakeSecret)
        try client.receive(SimpleTrace.serverFlightRecord)
        #expect(client.takeOutput() == SimpleTrace.clientFinishedRecord)
        #expect(client.isHandshakeComplete)
        #expect(client.handshake.clientSecret?.bytes == SimpleTrace.clientApplicationSecret)
        #expect(client.handshake.serverSecret?.bytes == SimpleTrace.serverApplicationSecret)
        #expect(client.handshake.exporterSecret?.bytes == SimpleTrace.exporterSecret)

        try client.receive(SimpleTrace.newSessionTicketRecord)
        try client.write(SimpleTrace.applicationData)
        #expect(client.takeOutput() == SimpleTrace.clientDataRecord)
        try client.receive(SimpleTrace.serverDataRecord)
        #expect(client.takePlaintext() == SimpleTrace.applicationData)
        try client.close()
        #expect(client.takeOutput() == SimpleTrace.clientCloseRecord)
        try client.receive(SimpleTrace.serverCloseRecord)
        #expect(client.isPeerClosed)
    }

    @Test func `a server answers the simple ClientHello with the trace's bytes and secrets`() throws {
        let signer = TestSigner(key: .p256(.init()), certificateChain: [[1]])
        for (record, answer, keys) in [
            (
                SimpleTrace.clientHelloRecord, SimpleTrace.serverHelloRecord,
                SimpleTrace.serverRandom + SimpleTrace.serverPrivateKey
            ),
            (
                CompatibilityTrace.clientHelloRecord, CompatibilityTrace.serverHelloRecord + [20, 3, 3, 0, 1, 1],
                CompatibilityTrace.serverRandom + CompatibilityTrace.serverPrivateKey
            ),
        ] {
            var configuration = TLSConfiguration()
            configuration.cipherSuites = [.aes128GCMSHA256]
            configuration.groups = [.x25519]
            configuration.signer = signer
            var server = try TLSConnection(role: .server, configuration: configuration, random: FixedRandom(keys))
            try server.start()
            try server.receive(record)
            #expect(Array(server.takeOutput().prefix(answer.count)) == answer)
            if record == SimpleTrace.clientHelloRecord {
                #expect(server.handshake.clientSecret?.bytes == SimpleTrace.clientHandshakeSecret)
            }
            #expect(server.serverName == "server")
        }
    }

    @Test func `a client goes through the HelloRetryRequest`() throws {
        var client = try TLSConnection.client(
            havingSent: RetryTrace.firstClientHelloRecord,
            keyPairs: [x25519(RetryTrace.clientX25519PrivateKey)],
            configuration: clientConfiguration(),
            random: FixedRandom(RetryTrace.clientP256PrivateKey))
        try client.receive(RetryTrace.retryRecord)

        // The trace's second ClientHello has its extensions in another order and padding. What matters is the same,
        // and so is the transcript once the trace's hello stands in it.
        let second = try #require(message(inRecord: RetryTrace.secondClientHelloRecord))
        let expected = try ClientHello(second.body)
        let sent = try #require(client.handshake.hello)
        #expect(sent.random == expected.random && sent.cipherSuites == expected.cipherSuites)
        #expect(sent.extensions[.keyShare] == expected.extensions[.keyShare])
        #expect(sent.extensions[.cookie] == expected.extensions[.cookie])
        #expect(sent.extensions[.supportedGroups] == expected.extensions[.supportedGroups])
        #expect(client.takeOutput().prefix(3) == [22, 3, 3])

        func transcript(endingWith hello: HandshakeMessage) throws -> Transcript {
            var transcript = Transcript()
            transcript.append(try #require(message(inRecord: RetryTrace.firstClientHelloRecord)))
            transcript.select(.sha256)
            transcript.collapse()
            transcript.append(try #require(message(inRecord: RetryTrace.retryRecord)))
            transcript.append(hello)
            return transcript
        }
        #expect(client.handshake.transcript.digest == (try transcript(endingWith: sent.message()).digest))
        client.handshake.transcript = try transcript(endingWith: second)
        client.handshake.hello = expected

        try client.receive(RetryTrace.serverHelloRecord)
        try client.receive(RetryTrace.serverFlightRecord)
        #expect(client.takeOutput() == RetryTrace.clientFinishedRecord)
        #expect(client.group == .secp256r1)
        try client.close()
        #expect(client.takeOutput() == RetryTrace.clientCloseRecord)
        try client.receive(RetryTrace.serverCloseRecord)
        #expect(client.isPeerClosed)
    }

    @Test func `a client goes through middlebox compatibility mode`() throws {
        var client = try TLSConnection.client(
            havingSent: CompatibilityTrace.clientHelloRecord,
            keyPairs: [x25519(CompatibilityTrace.clientPrivateKey)],
            configuration: clientConfiguration())
        try client.receive(CompatibilityTrace.serverHelloRecord + CompatibilityTrace.serverFlightRecords)
        #expect(client.takeOutput() == CompatibilityTrace.clientFinishedRecords)
        #expect(client.isHandshakeComplete)
        try client.close()
        #expect(client.takeOutput() == CompatibilityTrace.clientCloseRecord)
    }

    @Test func `a client refuses the trace when one bit of any record is flipped`() throws {
        for index in stride(from: 5, to: SimpleTrace.serverFlightRecord.count, by: 7) {
            var client = try TLSConnection.client(
                havingSent: SimpleTrace.clientHelloRecord,
                keyPairs: [x25519(SimpleTrace.clientPrivateKey)],
                configuration: clientConfiguration())
            try client.receive(SimpleTrace.serverHelloRecord)
            var record = SimpleTrace.serverFlightRecord
            record[index] ^= 1
            #expect(throws: TLSError.badRecordMAC) { try client.receive(record) }
        }
    }
}
