import Canonical
import Testing

@testable import TLS

@Suite struct `A client refuses a server's flight` {
    /// A client under handshake keys, and the messages that the server would send it: EncryptedExtensions,
    /// Certificate, CertificateVerify, Finished.
    private func exchange(isQUIC: Bool) throws -> (client: Handshake, flight: [HandshakeMessage]) {
        var pair = try HandshakePair(client: .largeClient(isQUIC: isQUIC), server: .largeServer(isQUIC: isQUIC))
        try pair.server.start()
        try pair.client.start()
        for (bytes, level) in pair.clientLog.take(&pair.client) { try pair.server.receive(bytes, at: level) }
        let sent = pair.serverLog.take(&pair.server)
        try pair.client.receive(sent[0].0, at: .initial)
        var buffer = MessageBuffer()
        buffer.append(sent[1].0)
        var flight: [HandshakeMessage] = []
        let types: [HandshakeType] = [.encryptedExtensions, .certificate, .certificateVerify, .finished]
        while let message = try buffer.next(accepting: types, in: "a test") { flight.append(message) }
        return (pair.client, flight)
    }

    private func alert(
        isQUIC: Bool = false,
        _ change: (inout [HandshakeMessage]) -> Void
    ) throws -> AlertDescription? {
        var (client, flight) = try exchange(isQUIC: isQUIC)
        #expect(flight.count == 4)
        change(&flight)
        let bytes = flight.flatMap(\.bytes)
        return #expect(throws: TLSError.self) { try client.receive(bytes, at: .handshake) }?.alert
    }

    private func extensions(_ entries: [(ExtensionType, [UInt8])]) -> HandshakeMessage {
        var list = ExtensionList()
        entries.forEach { list.append($0.0, $0.1) }
        var writer = ByteWriter()
        list.write(to: &writer)
        return HandshakeMessage(type: .encryptedExtensions, body: writer.bytes)
    }

    @Test func `with bad extensions`() throws {
        let stoq = ApplicationProtocolList.encode([Array("stoq".utf8)])
        let cases: [([(ExtensionType, [UInt8])], AlertDescription)] = [
            ([(ExtensionType(rawValue: 0x7777), [])], .unsupportedExtension),
            ([(.earlyData, [])], .unsupportedExtension),
            ([(.quicTransportParameters, [])], .unsupportedExtension),
            ([(.keyShare, [])], .illegalParameter),
            ([(.serverName, [1])], .decodeError),
            ([(.applicationProtocol, ApplicationProtocolList.encode([[1]]))], .illegalParameter),
            (
                [(.applicationProtocol, ApplicationProtocolList.encode([Array("stoq".utf8), Array("other".utf8)]))],
                .illegalParameter
            ),
            ([(.applicationProtocol, [0, 0])], .decodeError),
            ([(.applicationProtocol, stoq), (.applicationProtocol, stoq)], .illegalParameter),
        ]
        for (entries, expected) in cases {
            #expect(try alert { $0[0] = extensions(entries) } == expected, "\(entries)")
        }
        #expect(try alert { $0[0] = .init(type: .encryptedExtensions, body: [0, 0, 0]) } == .decodeError)
        #expect(
            try alert(isQUIC: true) { $0[0] = extensions([(.applicationProtocol, stoq)]) } == .missingExtension)
        #expect(
            try alert(isQUIC: true) { $0[0] = extensions([(.quicTransportParameters, [])]) }
                == .noApplicationProtocol)
    }

    @Test func `with a bad certificate message`() throws {
        func certificate(_ body: [UInt8]) -> HandshakeMessage { HandshakeMessage(type: .certificate, body: body) }
        #expect(try alert { $0[1] = certificate([0, 0, 0, 0]) } == .decodeError)
        #expect(try alert { $0[1] = certificate([1, 7, 0, 0, 0]) } == .illegalParameter)
        #expect(try alert { $0[1] = certificate([0, 0, 0, 5, 0, 0, 0, 0, 0]) } == .decodeError)
        #expect(try alert { $0[1] = certificate([0, 0, 0, 7, 0, 0, 1, 9, 0, 0]) } == .decodeError)
        let unknown: [UInt8] = [0, 0, 0, 10, 0, 0, 1, 9, 0, 4, 0x77, 0x77, 0, 0]
        #expect(try alert { $0[1] = certificate(unknown) } == .unsupportedExtension)
        let crowd = try CertificateMessage(chain: [[UInt8]](repeating: [1], count: 17)).message()
        #expect(try alert { $0[1] = crowd } == .badCertificate)
        let stranger = try CertificateMessage(chain: [[1, 2, 3]]).message()
        #expect(try alert { $0[1] = stranger } == .badCertificate)
        let other = try CertificateMessage(chain: LargeSigner(seed: 9).certificateChain).message()
        #expect(try alert { $0[1] = other } == .decryptError)
    }

    @Test func `with a bad CertificateVerify`() throws {
        func verify(_ scheme: SignatureScheme, _ signature: [UInt8]) throws -> HandshakeMessage {
            try CertificateVerify(scheme: scheme, signature: signature).message()
        }
        for scheme: UInt16 in [0x0503, 0x0201, 0x0401, 0] {
            let message = try verify(SignatureScheme(rawValue: scheme), [1])
            #expect(try alert { $0[2] = message } == .illegalParameter)
        }
        for signature in [[], [1], [UInt8](repeating: 0, count: 1280)] {
            let message = try verify(.falcon1024, signature)
            #expect(try alert { $0[2] = message } == .decryptError)
        }
        #expect(try alert { $0[2] = .init(type: .certificateVerify, body: [0xFE, 0xDF, 0]) } == .decodeError)
    }

    @Test func `with a bad Finished`() throws {
        #expect(try alert { $0[3] = .init(type: .finished, body: [UInt8](repeating: 0, count: 48)) } == .decryptError)
        #expect(try alert { $0[3] = .init(type: .finished, body: []) } == .decodeError)
        #expect(try alert { $0[3] = .init(type: .finished, body: $0[3].body + [0]) } == .decodeError)
        #expect(try alert { $0.append(.init(type: .newSessionTicket, body: [])) } == .unexpectedMessage)
    }

    @Test func `out of order`() throws {
        let orders: [[Int]] = [
            [1], [2], [3], [0, 0], [0, 2], [0, 3], [0, 1, 1], [0, 1, 3], [0, 1, 2, 2], [0, 1, 2, 1], [0, 1, 2, 3, 3],
        ]
        for order in orders {
            #expect(
                try alert { flight in flight = order.map { flight[$0] } } == .unexpectedMessage, "order \(order)")
        }
        for type: HandshakeType in [.clientHello, .serverHello, .newSessionTicket, .keyUpdate, .messageHash] {
            #expect(try alert { $0[0] = .init(type: type, body: [0]) } == .unexpectedMessage)
        }
    }

    @Test func `with a bad CertificateRequest`() throws {
        func request(_ body: [UInt8]) -> HandshakeMessage { HandshakeMessage(type: .certificateRequest, body: body) }
        let good: [UInt8] = [0, 0, 8, 0, 13, 0, 4, 0, 2, 8, 7]
        #expect(try alert { $0.insert(request([0, 0, 0]), at: 1) } == .missingExtension)
        #expect(try alert { $0.insert(request([1, 1, 0, 0]), at: 1) } == .illegalParameter)
        #expect(try alert { $0.insert(request([0, 0, 7, 0, 13, 0, 3, 0, 1, 8]), at: 1) } == .decodeError)
        #expect(try alert { $0.insert(contentsOf: [request(good), request(good)], at: 1) } == .unexpectedMessage)
        // A request that the server did not make changes the transcript.
        #expect(try alert { $0.insert(request(good), at: 1) } == .decryptError)
    }

    @Test func `after the handshake`() throws {
        func alert(isQUIC: Bool, _ message: HandshakeMessage) throws -> AlertDescription? {
            var pair = try HandshakePair(client: .largeClient(isQUIC: isQUIC), server: .largeServer(isQUIC: isQUIC))
            try pair.run()
            return #expect(throws: TLSError.self) {
                try pair.client.receive(message.bytes, at: .application)
            }?.alert
        }
        #expect(try alert(isQUIC: true, .init(type: .keyUpdate, body: [0])) == .unexpectedMessage)
        #expect(try alert(isQUIC: false, .init(type: .keyUpdate, body: [2])) == .illegalParameter)
        #expect(try alert(isQUIC: false, .init(type: .keyUpdate, body: [])) == .decodeError)
        #expect(try alert(isQUIC: true, .init(type: .newSessionTicket, body: [0])) == .decodeError)
        #expect(try alert(isQUIC: true, .init(type: .certificateRequest, body: [0])) == .unexpectedMessage)
        #expect(try alert(isQUIC: true, .init(type: .finished, body: [0])) == .unexpectedMessage)
    }

    @Test func `and a server a client's`() throws {
        func alert(_ asksForCertificate: Bool, _ message: HandshakeMessage) throws -> AlertDescription? {
            var configuration = TLSConfiguration.largeServer()
            configuration.verifier = LargeVerifier()
            configuration.clientAuthentication = asksForCertificate ? .requested : .none
            var pair = try HandshakePair(client: .largeClient(), server: configuration)
            try pair.server.start()
            try pair.client.start()
            for (bytes, level) in pair.clientLog.take(&pair.client) { try pair.server.receive(bytes, at: level) }
            return #expect(throws: TLSError.self) { try pair.server.receive(message.bytes, at: .handshake) }?.alert
        }
        let empty = try CertificateMessage(chain: []).message()
        #expect(try alert(false, empty) == .unexpectedMessage)
        #expect(try alert(false, .init(type: .finished, body: [UInt8](repeating: 0, count: 48))) == .decryptError)
        #expect(try alert(false, .init(type: .finished, body: [0])) == .decodeError)
        #expect(try alert(false, .init(type: .clientHello, body: [0])) == .unexpectedMessage)
        #expect(try alert(true, .init(type: .finished, body: [0])) == .unexpectedMessage)
        #expect(try alert(true, .init(type: .newSessionTicket, body: [0])) == .unexpectedMessage)
    }
}
