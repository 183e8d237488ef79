import Canonical
import Testing

@testable import TLS

@Suite struct `A client refuses a ServerHello` {
    /// A client that waits, and the answer of a server to it.
    private func exchange() throws -> (client: Handshake, answer: ServerHello) {
        var configuration = TLSConfiguration.largeClient()
        configuration.groups = [.x25519, .secp256r1]
        configuration.cipherSuites = [.aes128GCMSHA256, .aes256GCMSHA384]
        var server = TLSConfiguration.largeServer()
        server.groups = [.x25519]
        var pair = try HandshakePair(client: configuration, server: server)
        try pair.server.start()
        try pair.client.start()
        for (bytes, level) in pair.clientLog.take(&pair.client) { try pair.server.receive(bytes, at: level) }
        let sent = pair.serverLog.take(&pair.server)
        return (pair.client, try ServerHello(Array(sent[0].0.dropFirst(4))))
    }

    private func alert(_ change: (inout ServerHello) -> Void) throws -> AlertDescription? {
        var (client, answer) = try exchange()
        change(&answer)
        let bytes = try answer.message().bytes
        return #expect(throws: TLSError.self) { try client.receive(bytes, at: .initial) }?.alert
    }

    private func retryRequest(_ hello: ServerHello, group: NamedGroup?, cookie: Bool = false) -> ServerHello {
        var extensions = ExtensionList()
        extensions.append(.supportedVersions, [3, 4])
        if let group { extensions.append(.keyShare) { $0.uint16(group.rawValue) } }
        if cookie { extensions.append(.cookie, [0, 1, 1]) }
        var result = hello
        result.random = ServerHello.retryRandom
        result.extensions = extensions
        return result
    }

    @Test func `that is not of TLS 1.3`() throws {
        #expect(try alert { $0.extensions = $0.extensions.removing([.supportedVersions]) } == .protocolVersion)
        #expect(try alert { $0.extensions = $0.extensions.setting(.supportedVersions, [3, 3]) } == .illegalParameter)
        #expect(try alert { $0.extensions = $0.extensions.setting(.supportedVersions, [3]) } == .decodeError)
    }

    @Test func `that answers what was not asked`() throws {
        #expect(try alert { $0.sessionID = [1] } == .illegalParameter)
        #expect(try alert { $0.cipherSuite = 0x1303 } == .illegalParameter)
        #expect(try alert { $0.cipherSuite = 0xC02F } == .illegalParameter)
        #expect(try alert { $0.extensions = $0.extensions.removing([.keyShare]) } == .missingExtension)
        #expect(try alert { $0.extensions.append(ExtensionType(rawValue: 0x5555), []) } == .unsupportedExtension)
        #expect(try alert { $0.extensions.append(.preSharedKey, [0, 0]) } == .unsupportedExtension)
        #expect(try alert { $0.extensions.append(.cookie, [0, 1, 1]) } == .illegalParameter)
        #expect(try alert { $0.extensions.append(.serverName, []) } == .illegalParameter)
        #expect(
            try alert { $0.extensions = $0.extensions.setting(.keyShare, [0, 0x17, 0, 1, 4]) } == .illegalParameter)
        #expect(
            try alert { $0.extensions = $0.extensions.setting(.keyShare, [0, 0x1D, 0, 1, 4]) } == .illegalParameter)
        #expect(try alert { $0.extensions = $0.extensions.setting(.keyShare, [0, 0x1D, 0]) } == .decodeError)
        let zero = [0, 0x1D, 0, 32] + [UInt8](repeating: 0, count: 32)
        #expect(try alert { $0.extensions = $0.extensions.setting(.keyShare, zero) } == .illegalParameter)
    }

    @Test func `with a retry that cannot be followed`() throws {
        #expect(try alert { $0 = retryRequest($0, group: nil) } == .illegalParameter)
        #expect(try alert { $0 = retryRequest($0, group: .x25519) } == .illegalParameter)
        #expect(try alert { $0 = retryRequest($0, group: .secp384r1) } == .illegalParameter)
        #expect(
            try alert {
                $0 = retryRequest($0, group: .secp256r1)
                $0.extensions = $0.extensions.setting(.cookie, [0, 0])
            } == .decodeError)
    }

    @Test func `after a retry when it is another retry or changes its mind`() throws {
        var (client, answer) = try exchange()
        let request = try retryRequest(answer, group: .secp256r1, cookie: true).message().bytes
        try client.receive(request, at: .initial)
        var again = client
        #expect(
            #expect(throws: TLSError.self) { try again.receive(request, at: .initial) }?.alert == .unexpectedMessage)
        // The share of the first group is no longer on offer, nor is another suite.
        var old = client
        let first = try answer.message().bytes
        #expect(#expect(throws: TLSError.self) { try old.receive(first, at: .initial) }?.alert == .illegalParameter)
        answer.cipherSuite = answer.cipherSuite == 0x1301 ? 0x1302 : 0x1301
        let other = try answer.message().bytes
        #expect(
            #expect(throws: TLSError.self) { try client.receive(other, at: .initial) }
                == .illegalParameter("cipher suite differs from the HelloRetryRequest's"))
    }

    @Test func `followed by bytes under the same keys, or at another level`() throws {
        let (client, answer) = try exchange()
        let bytes = try answer.message().bytes
        var first = client
        #expect(
            #expect(throws: TLSError.self) { try first.receive(bytes + [8], at: .initial) }?.alert == .unexpectedMessage
        )
        var second = client
        #expect(
            #expect(throws: TLSError.self) { try second.receive(bytes, at: .handshake) }?.alert == .unexpectedMessage)
        var third = client
        #expect(#expect(throws: TLSError.self) { try third.receive([11], at: .initial) }?.alert == .unexpectedMessage)
        var fourth = client
        #expect(
            #expect(throws: TLSError.self) { try fourth.receive([2, 1, 0, 0], at: .initial) }
                == .messageTooLong(byteCount: 65540))
    }
}
