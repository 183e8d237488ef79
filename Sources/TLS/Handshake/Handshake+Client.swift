import Canonical
import Crypto

extension Handshake {
    mutating func startClient() throws(TLSError) {
        for group in configuration.keyShareGroups ?? Array(configuration.groups.prefix(1)) {
            keyPairs.append(try KeyPair.generate(group, random: &random))
        }
        try sendHello(addSession(to: makeClientHello()))
        beginEarlyData()
    }

    /// Sends a first or second ClientHello.
    mutating func sendHello(_ hello: ClientHello) throws(TLSError) {
        self.hello = hello
        state = .waitServerHello
        send([try hello.message()], at: .initial)
    }

    private mutating func makeClientHello() -> ClientHello {
        var extensions = ExtensionList()
        if let name = configuration.serverName {
            extensions.append(.serverName) { writer in
                writer.vector16 { list in
                    list.uint8(0)
                    list.vector16(Array(name.utf8))
                }
            }
        }
        extensions.append(.supportedVersions, [2, 0x03, 0x04])
        extensions.append(.supportedGroups) { writer in
            writer.vector16 { list in configuration.groups.forEach { list.uint16($0.rawValue) } }
        }
        extensions.append(.signatureAlgorithms) { writer in
            writer.vector16 { list in configuration.signatureSchemes.forEach { list.uint16($0.rawValue) } }
        }
        if !configuration.applicationProtocols.isEmpty {
            extensions.append(
                .applicationProtocol, ApplicationProtocolList.encode(configuration.applicationProtocols))
        }
        if let parameters = configuration.quicTransportParameters {
            extensions.append(.quicTransportParameters, parameters)
        }
        extensions.append(.keyShare, keyShareBody())
        // A session identifier makes middleboxes see a resumption (RFC 8446 §D.4); QUIC forbids it (RFC 9001 §8.4).
        return ClientHello(
            random: random.bytes(32),
            sessionID: configuration.isQUIC ? [] : random.bytes(32),
            cipherSuites: configuration.cipherSuites.map(\.rawValue),
            extensions: extensions)
    }

    private func keyShareBody() -> [UInt8] {
        var writer = ByteWriter()
        writer.vector16 { list in keyPairs.forEach { $0.clientShare.write(to: &list) } }
        return writer.bytes
    }

    mutating func receiveServerHello(_ message: HandshakeMessage) throws(TLSError) {
        guard let hello else { throw .internalFailure("no ClientHello") }
        let answer = try ServerHello(message.body)
        guard answer.sessionID == hello.sessionID else { throw .illegalParameter("legacy_session_id_echo") }
        guard let suite = CipherSuite(rawValue: answer.cipherSuite), hello.cipherSuites.contains(suite.rawValue) else {
            throw .illegalParameter("cipher suite \(answer.cipherSuite) was not offered")
        }
        if let retry, retry.cipherSuite != suite {
            throw .illegalParameter("cipher suite differs from the HelloRetryRequest's")
        }
        let offered = hello.extensions.entries.map(\.type) + (answer.isRetryRequest ? [.cookie] : [])
        try answer.extensions.requireOffered(offered)
        if answer.isRetryRequest {
            try retry(hello, answer: answer, suite: suite, message: message)
        } else {
            try acceptServerHello(answer, suite: suite, message: message)
        }
    }

    private mutating func acceptServerHello(
        _ answer: ServerHello,
        suite: CipherSuite,
        message: HandshakeMessage
    ) throws(TLSError) {
        let share = try answer.keyShare()
        guard let keyPair = keyPairs.first(where: { $0.group == share.group }) else {
            throw .illegalParameter("key share of group \(share.group.rawValue), which was not offered")
        }
        let preSharedKey = try preSharedKey(selectedBy: answer, suite: suite)
        let secret = try keyPair.sharedSecret(withServerShare: share.share)
        transcript.select(suite.hash)
        transcript.append(message)
        cipherSuite = suite
        group = share.group
        keyPairs = []
        deriveHandshakeSecrets(suite: suite, sharedSecret: secret, preSharedKey: preSharedKey)
        state = .waitEncryptedExtensions
        guard let clientSecret, let serverSecret else { throw .internalFailure("no secrets") }
        installRead(serverSecret)
        // Over a byte stream 0-RTT data may still follow, under its own key.
        guard configuration.isQUIC || resumption.earlyData != .offered else { return }
        emit(.installWriteSecret(clientSecret))
    }

    /// Answers a HelloRetryRequest with a second ClientHello (RFC 8446 §4.1.2, §4.1.4).
    private mutating func retry(
        _ first: ClientHello,
        answer: ServerHello,
        suite: CipherSuite,
        message: HandshakeMessage
    ) throws(TLSError) {
        guard retry == nil else { throw .unexpectedMessage("a second HelloRetryRequest") }
        let cookie = answer.extensions[.cookie]
        if let cookie { try Self.checkCookie(cookie) }
        let group = try answer.requestedGroup()
        guard cookie != nil || group != nil else { throw .illegalParameter("HelloRetryRequest changes nothing") }
        transcript.select(suite.hash)
        transcript.collapse()
        transcript.append(message)
        retry = RetryRequest(cipherSuite: suite, group: group, cookie: cookie)
        var second = first
        if let group {
            guard configuration.groups.contains(group), !keyPairs.contains(where: { $0.group == group }) else {
                throw .illegalParameter("HelloRetryRequest for group \(group.rawValue)")
            }
            keyPairs = [try KeyPair.generate(group, random: &random)]
            second.extensions = second.extensions.setting(.keyShare, keyShareBody())
        }
        // Nothing may stand behind it; it is added again at the end.
        second.extensions = second.extensions.removing([.preSharedKey])
        if let cookie {
            second.extensions = second.extensions.setting(.cookie, cookie)
        }
        try sendHello(renewSession(in: second, suite: suite))
    }

    private static func checkCookie(_ body: [UInt8]) throws(TLSError) {
        var reader = ByteReader(body)
        _ = try reader.vector16("cookie", 1...0xFFFF)
        try reader.finish("cookie")
    }

    mutating func receiveEncryptedExtensions(_ message: HandshakeMessage) throws(TLSError) {
        guard let hello else { throw .internalFailure("no ClientHello") }
        var reader = ByteReader(message.body)
        let extensions = try ExtensionList(try reader.vector16("extensions"), in: .encryptedExtensions)
        try reader.finish("EncryptedExtensions")
        try extensions.requireOffered(hello.extensions.entries.map(\.type))
        try acceptParameters(extensions)
        try acceptProtocol(extensions)
        transcript.append(message)
        try acceptEarlyData(extensions)
        guard let session = resumption.offered, isResumed else {
            state = .waitCertificateOrRequest
            return
        }
        adoptPeerChain(session.peerCertificates)
        state = .waitServerFinished
    }

    private mutating func acceptParameters(_ extensions: ExtensionList) throws(TLSError) {
        if let name = extensions[.serverName], !name.isEmpty { throw .decode("server_name of a server is not empty") }
        guard configuration.isQUIC else { return }
        guard let parameters = extensions[.quicTransportParameters] else {
            throw .missingExtension("quic_transport_parameters")
        }
        peerParameters = parameters
        emit(.peerTransportParameters(parameters))
    }

    private mutating func acceptProtocol(_ extensions: ExtensionList) throws(TLSError) {
        guard let body = extensions[.applicationProtocol] else {
            guard !configuration.isQUIC else { throw .noApplicationProtocol }
            return
        }
        let names = try ApplicationProtocolList.decode(body)
        guard names.count == 1, configuration.applicationProtocols.contains(names[0]) else {
            throw .illegalParameter("application protocol was not offered")
        }
        applicationProtocol = names[0]
        emit(.applicationProtocol(names[0]))
    }

    mutating func receiveCertificateRequest(_ message: HandshakeMessage) throws(TLSError) {
        certificateRequest = try CertificateRequest(message.body)
        transcript.append(message)
        state = .waitServerCertificate
    }

    /// After the server's Finished: own certificate if asked, Finished, application keys.
    mutating func finishClient() throws(TLSError) {
        let secrets = try deriveApplicationSecrets()
        endEarlyData()
        var flight: [HandshakeMessage] = []
        if let certificateRequest {
            flight += try clientCertificateFlight(certificateRequest)
        }
        let finished = try finishedMessage()
        transcript.append(finished)
        deriveResumptionSecret()
        flight.append(finished)
        emit(.send(flight.flatMap(\.bytes), .handshake))
        clientSecret = secrets.client
        serverSecret = secrets.server
        state = .connected
        emit(.installWriteSecret(secrets.client))
        installRead(secrets.server)
        emit(.completed)
    }

    /// Certificate and CertificateVerify, or an empty Certificate when there is none that the server accepts.
    private mutating func clientCertificateFlight(
        _ request: CertificateRequest
    ) throws(TLSError) -> [HandshakeMessage] {
        guard let signer = configuration.signer, let scheme = scheme(of: signer, acceptedBy: request.signatureSchemes)
        else {
            let empty = try CertificateMessage(chain: []).message()
            transcript.append(empty)
            return [empty]
        }
        let certificate = try CertificateMessage(chain: signer.certificateChain).message()
        transcript.append(certificate)
        let verify = try certificateVerifyMessage(signer: signer, scheme: scheme)
        transcript.append(verify)
        return [certificate, verify]
    }
}
