import Canonical
import Testing

@testable import TLS

@Suite struct `A server refuses a ClientHello` {
    /// A server's answer to a client's hello after `change`.
    private func alert(
        isQUIC: Bool = false,
        _ change: (inout ClientHello) -> Void
    ) throws -> AlertDescription? {
        var configuration = TLSConfiguration.largeClient(isQUIC: isQUIC)
        configuration.groups = [.x25519]
        var client = try Handshake(role: .client, configuration: configuration, random: SplitMix64(seed: 5))
        try client.start()
        var hello = try #require(client.hello)
        change(&hello)
        return try alert(toBytes: hello.message().bytes, isQUIC: isQUIC)
    }

    private func alert(
        toBytes bytes: [UInt8],
        at level: EncryptionLevel = .initial,
        isQUIC: Bool = false
    ) throws -> AlertDescription? {
        var configuration = TLSConfiguration.largeServer(isQUIC: isQUIC)
        configuration.groups = [.x25519, .secp256r1]
        var server = try Handshake(role: .server, configuration: configuration, random: SplitMix64(seed: 6))
        try server.start()
        return #expect(throws: TLSError.self) { try server.receive(bytes, at: level) }?.alert
    }

    private func body(_ build: (inout ByteWriter) -> Void) -> [UInt8] {
        var writer = ByteWriter()
        build(&writer)
        return writer.bytes
    }

    private func share(_ group: NamedGroup, _ bytes: [UInt8], times: Int = 1) -> [UInt8] {
        body { writer in
            writer.vector16 { list in
                for _ in 0..<times { KeyShareEntry(group: group, share: bytes).write(to: &list) }
            }
        }
    }

    @Test func `that is not of TLS 1.3`() throws {
        #expect(try alert { $0.extensions = $0.extensions.removing([.supportedVersions]) } == .protocolVersion)
        #expect(
            try alert { $0.extensions = $0.extensions.setting(.supportedVersions, [2, 3, 3]) } == .protocolVersion)
        #expect(try alert { $0.extensions = ExtensionList() } == .protocolVersion)
        // A hello of TLS 1.2 without extensions.
        let old = [3, 3] + [UInt8](repeating: 1, count: 32) + [0, 0, 2, 0x13, 1, 1, 0]
        #expect(
            try alert(toBytes: HandshakeMessage(type: .clientHello, body: old).bytes) == .protocolVersion)
    }

    @Test(arguments: [ExtensionType.supportedGroups, .signatureAlgorithms, .keyShare])
    fileprivate func `without a mandatory extension`(type: ExtensionType) throws {
        #expect(try alert { $0.extensions = $0.extensions.removing([type]) } == .missingExtension)
    }

    @Test func `with a share that contradicts the groups or itself`() throws {
        let point = [UInt8](repeating: 9, count: 32)
        for (wrong, description) in [
            (share(.secp384r1, [4]), "not in supported_groups"),
            (share(.x25519, point, times: 2), "twice"),
            (share(.x25519, Array(point.dropLast())), "too short"),
            (share(.x25519, point + [1]), "too long"),
            (share(.x25519, [UInt8](repeating: 0, count: 32)), "small order"),
        ] {
            let alert = try alert { $0.extensions = $0.extensions.setting(.keyShare, wrong) }
            #expect(alert == .illegalParameter, "\(description)")
        }
        let hybrid = try alert {
            $0.extensions = $0.extensions
                .setting(.supportedGroups, [0, 2, 0, 0x17])
                .setting(.keyShare, share(.secp256r1, [UInt8](repeating: 4, count: 65)))
        }
        #expect(hybrid == .illegalParameter)
    }

    @Test func `with malformed vectors`() throws {
        let cases: [(ExtensionType, [UInt8])] = [
            (.supportedVersions, [3, 3, 4]), (.supportedVersions, []), (.supportedVersions, [2, 3, 4, 0]),
            (.supportedGroups, [0, 0]), (.supportedGroups, [0, 3, 0, 0x1D, 0]), (.supportedGroups, [0]),
            (.signatureAlgorithms, [0, 1, 8]), (.signatureAlgorithms, []), (.keyShare, [0, 1, 0]), (.keyShare, []),
            (.keyShare, [0, 4, 0, 0x1D, 0, 0]), (.applicationProtocol, [0, 1, 0]),
            (.applicationProtocol, [0, 3, 9, 1, 1]),
            (.serverName, []), (.serverName, [0, 0]), (.serverName, [0, 3, 0, 0, 0]),
        ]
        for (type, body) in cases {
            let alert = try alert { $0.extensions = $0.extensions.setting(type, body) }
            #expect(alert == .decodeError, "extension \(type.rawValue) with \(body)")
        }
        #expect(try alert { $0.sessionID = [UInt8](repeating: 0, count: 33) } == .decodeError)
        #expect(try alert { $0.cipherSuites = [] } == .decodeError)
    }

    @Test func `with fields that contradict the protocol`() throws {
        #expect(
            try alert {
                $0.extensions.append(.padding, []); $0.extensions.append(.padding, [])
            } == .illegalParameter)
        #expect(try alert { $0.extensions.append(.oidFilters, []) } == .illegalParameter)
        #expect(try alert { $0.extensions.append(.preSharedKey, [0]) } == .missingExtension)
        #expect(
            try alert {
                $0.extensions.append(.preSharedKey, [0])
                $0.extensions.append(.pskKeyExchangeModes, [1, 1])
            } == .illegalParameter)
        let name = body { writer in
            writer.vector16 {
                $0.uint8(1); $0.vector16([65])
            }
        }
        #expect(try alert { $0.extensions = $0.extensions.setting(.serverName, name) } == .illegalParameter)
    }

    @Test func `that breaks QUIC's rules`() throws {
        #expect(try alert(isQUIC: true) { $0.sessionID = [1] } == .illegalParameter)
        #expect(
            try alert(isQUIC: true) { $0.extensions = $0.extensions.removing([.quicTransportParameters]) }
                == .missingExtension)
        #expect(
            try alert(isQUIC: true) { $0.extensions = $0.extensions.removing([.applicationProtocol]) }
                == .noApplicationProtocol)
        #expect(try alert { $0.extensions.append(.quicTransportParameters, [1]) } == .unsupportedExtension)
    }

    @Test func `framed wrongly, too long, or at the wrong time`() throws {
        var client = try Handshake(role: .client, configuration: .largeClient(), random: SplitMix64(seed: 5))
        try client.start()
        let bytes = try #require(client.hello).message().bytes
        #expect(try alert(toBytes: bytes, at: .handshake) == .unexpectedMessage)
        #expect(try alert(toBytes: HandshakeMessage(type: .finished, body: [1]).bytes) == .unexpectedMessage)
        #expect(try alert(toBytes: [0, 0, 0, 0]) == .unexpectedMessage)
        #expect(try alert(toBytes: [1, 0xFF, 0xFF, 0xFF]) == .illegalParameter)
        var body = try #require(client.hello).message().body
        body.append(0)
        #expect(try alert(toBytes: HandshakeMessage(type: .clientHello, body: body).bytes) == .decodeError)
        // legacy_compression_methods follows random, session identifier and suites.
        body.removeLast()
        body[2 + 32 + 33 + 2 + 6 + 1] = 1
        #expect(try alert(toBytes: HandshakeMessage(type: .clientHello, body: body).bytes) == .illegalParameter)
    }

    @Test func `followed by bytes under the same keys`() throws {
        var configuration = TLSConfiguration.largeClient()
        configuration.groups = [.x25519]
        var client = try Handshake(role: .client, configuration: configuration, random: SplitMix64(seed: 5))
        try client.start()
        let bytes = try #require(client.hello).message().bytes
        #expect(try alert(toBytes: bytes + [20]) == .unexpectedMessage)
    }

    @Test func `that answers a retry wrongly`() throws {
        func alert(_ change: (inout ClientHello) -> Void) throws -> AlertDescription? {
            var serverConfiguration = TLSConfiguration.largeServer()
            serverConfiguration.alwaysSendsRetry = true
            var clientConfiguration = TLSConfiguration.largeClient()
            clientConfiguration.groups = [.x25519, .x25519MLKEM768]
            var pair = try HandshakePair(client: clientConfiguration, server: serverConfiguration)
            try pair.server.start()
            try pair.client.start()
            for (bytes, level) in pair.clientLog.take(&pair.client) { try pair.server.receive(bytes, at: level) }
            for (bytes, level) in pair.serverLog.take(&pair.server) { try pair.client.receive(bytes, at: level) }
            var second = try #require(pair.client.hello)
            change(&second)
            let bytes = try second.message().bytes
            return #expect(throws: TLSError.self) { try pair.server.receive(bytes, at: .initial) }?.alert
        }
        #expect(try alert { $0.random[0] ^= 1 } == .illegalParameter)
        #expect(try alert { $0.cipherSuites.removeLast() } == .illegalParameter)
        #expect(try alert { $0.extensions = $0.extensions.removing([.serverName]) } == .illegalParameter)
        #expect(try alert { $0.extensions = $0.extensions.removing([.cookie]) } == .missingExtension)
        #expect(try alert { $0.extensions = $0.extensions.setting(.cookie, [0, 1, 7]) } == .illegalParameter)
        #expect(try alert { $0.extensions.append(.earlyData, []) } == .illegalParameter)
        let old = share(.x25519, [UInt8](repeating: 9, count: 32))
        #expect(try alert { $0.extensions = $0.extensions.setting(.keyShare, old) } == .illegalParameter)
    }
}
