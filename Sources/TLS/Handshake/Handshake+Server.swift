import Canonical
import Crypto

extension Handshake {
    mutating func receiveClientHello(_ message: HandshakeMessage) throws(TLSError) {
        let received = try ClientHello(message.body)
        if let hello, let retry {
            try Self.checkSecondHello(received, after: hello, retry: retry)
        }
        guard !configuration.isQUIC || received.sessionID.isEmpty else {
            throw .illegalParameter("legacy_session_id is not empty in QUIC")
        }
        let choice = try choose(for: received)
        if retry == nil, choice.share == nil || configuration.alwaysSendsRetry {
            try sendRetry(received, choice: choice, message: message)
            return
        }
        guard let share = choice.share else { throw .illegalParameter("no share of the requested group") }
        transcript.select(choice.suite.hash)
        if let session = choice.session { try checkBinder(session, message: message) }
        transcript.append(message)
        if hello == nil { hello = received }
        try announce(received, choice: choice)
        if let session = choice.session { resume(session, received, choice: choice) }
        try answer(received, share: share, choice: choice)
        try sendServerFlight(choice)
    }

    private mutating func announce(_ received: ClientHello, choice: ServerChoice) throws(TLSError) {
        serverName = try received.serverName()
        if let serverName { emit(.serverName(serverName)) }
        peerParameters = choice.transportParameters
        if let parameters = choice.transportParameters { emit(.peerTransportParameters(parameters)) }
        applicationProtocol = choice.applicationProtocol
        if let applicationProtocol { emit(.applicationProtocol(applicationProtocol)) }
    }

    private func choose(for hello: ClientHello) throws(TLSError) -> ServerChoice {
        let session = try resumableSession(for: hello)
        let common = configuration.cipherSuites.filter { hello.cipherSuites.contains($0.rawValue) }
        guard let suite = common.first(where: { $0 == session?.state.cipherSuite }) ?? common.first else {
            throw .handshakeFailure("no common cipher suite")
        }
        if let retry, retry.cipherSuite != suite { throw .illegalParameter("cipher suites changed after retry") }
        let groups = try hello.supportedGroups()
        let shares = try hello.keyShares()
        guard let group = retry?.group ?? configuration.groups.first(where: groups.contains) else {
            throw .handshakeFailure("no common group")
        }
        let schemes = try hello.signatureSchemes()
        guard let signer = configuration.signer, let scheme = scheme(of: signer, acceptedBy: schemes) else {
            throw .handshakeFailure("no common signature scheme")
        }
        return ServerChoice(
            suite: suite,
            group: group,
            share: shares.first { $0.group == group },
            scheme: scheme,
            applicationProtocol: try chooseProtocol(for: hello),
            session: session?.state.cipherSuite.hash == suite.hash ? session : nil,
            transportParameters: try transportParameters(of: hello))
    }

    private func chooseProtocol(for hello: ClientHello) throws(TLSError) -> [UInt8]? {
        guard let offered = try hello.applicationProtocols(), !configuration.applicationProtocols.isEmpty else {
            guard !configuration.isQUIC else { throw .noApplicationProtocol }
            return nil
        }
        guard let chosen = configuration.applicationProtocols.first(where: offered.contains) else {
            throw .noApplicationProtocol
        }
        return chosen
    }

    private func transportParameters(of hello: ClientHello) throws(TLSError) -> [UInt8]? {
        let parameters = hello.extensions[.quicTransportParameters]
        guard configuration.isQUIC else {
            // RFC 9001 §8.2: over anything but QUIC the extension is fatal.
            guard parameters == nil else { throw .unsupportedExtension("quic_transport_parameters without QUIC") }
            return nil
        }
        guard let parameters else { throw .missingExtension("quic_transport_parameters") }
        return parameters
    }

    private mutating func sendRetry(
        _ received: ClientHello,
        choice: ServerChoice,
        message: HandshakeMessage
    ) throws(TLSError) {
        let cookie = configuration.alwaysSendsRetry ? random.bytes(32) : nil
        let group = choice.share == nil ? choice.group : nil
        var extensions = ExtensionList()
        if let group {
            extensions.append(.keyShare) { $0.uint16(group.rawValue) }
        }
        if let cookie {
            extensions.append(.cookie) { $0.vector16(cookie) }
        }
        extensions.append(.supportedVersions, [0x03, 0x04])
        let request = ServerHello(
            random: ServerHello.retryRandom,
            sessionID: received.sessionID,
            cipherSuite: choice.suite.rawValue,
            extensions: extensions)
        transcript.select(choice.suite.hash)
        transcript.append(message)
        transcript.collapse()
        hello = received
        retry = RetryRequest(cipherSuite: choice.suite, group: group, cookie: cookie)
        state = .waitSecondClientHello
        send([try request.message()], at: .initial)
    }

    /// The second ClientHello may differ from the first only where RFC 8446 §4.1.2 says.
    private static func checkSecondHello(
        _ second: ClientHello,
        after first: ClientHello,
        retry: RetryRequest
    ) throws(TLSError) {
        var variable: [ExtensionType] = [.cookie, .earlyData, .preSharedKey, .padding]
        if let group = retry.group {
            variable.append(.keyShare)
            guard try second.keyShares().map(\.group) == [group] else {
                throw .illegalParameter("second ClientHello must have one share, of the requested group")
            }
        }
        guard second.random == first.random, second.sessionID == first.sessionID,
            second.cipherSuites == first.cipherSuites,
            second.extensions.removing(variable) == first.extensions.removing(variable)
        else {
            throw .illegalParameter("second ClientHello differs from the first")
        }
        guard second.extensions[.earlyData] == nil else { throw .illegalParameter("early_data after a retry") }
        guard let cookie = retry.cookie else { return }
        guard let echo = try second.cookie() else { throw .missingExtension("cookie") }
        guard echo == cookie else { throw .illegalParameter("cookie differs") }
    }

    private mutating func answer(
        _ received: ClientHello,
        share: KeyShareEntry,
        choice: ServerChoice
    ) throws(TLSError) {
        let helloRandom = random.bytes(32)
        let exchange = try KeyPair.answer(share, random: &random)
        var extensions = ExtensionList()
        extensions.append(.keyShare) { exchange.share.write(to: &$0) }
        extensions.append(.supportedVersions, [0x03, 0x04])
        if let session = choice.session {
            extensions.append(.preSharedKey) { $0.uint16(UInt16(truncatingIfNeeded: session.index)) }
        }
        let answer = ServerHello(
            random: helloRandom,
            sessionID: received.sessionID,
            cipherSuite: choice.suite.rawValue,
            extensions: extensions)
        send([try answer.message()], at: .initial)
        cipherSuite = choice.suite
        group = choice.group
        deriveHandshakeSecrets(
            suite: choice.suite, sharedSecret: exchange.secret, preSharedKey: choice.session?.state.secret)
        guard let clientSecret, let serverSecret else { throw .internalFailure("no secrets") }
        emit(.installWriteSecret(serverSecret))
        // Over a byte stream 0-RTT data comes first.
        guard configuration.isQUIC || !isEarlyDataAccepted else { return }
        installRead(clientSecret)
    }

    private mutating func sendServerFlight(_ choice: ServerChoice) throws(TLSError) {
        var flight = [try encryptedExtensions(choice)]
        transcript.append(flight[0])
        if choice.session == nil { flight += try serverCertificateFlight(choice) }
        let finished = try finishedMessage()
        transcript.append(finished)
        flight.append(finished)
        emit(.send(flight.flatMap(\.bytes), .handshake))
        let secrets = try deriveApplicationSecrets()
        pendingClientSecret = secrets.client
        serverSecret = secrets.server
        emit(.installWriteSecret(secrets.server))
        guard choice.session == nil else {
            state = isEarlyDataAccepted && !configuration.isQUIC ? .waitEndOfEarlyData : .waitClientFinished
            return
        }
        state = configuration.clientAuthentication == .none ? .waitClientFinished : .waitClientCertificate
    }

    /// What a whole handshake has and a resumed one not: CertificateRequest, Certificate and CertificateVerify.
    private mutating func serverCertificateFlight(_ choice: ServerChoice) throws(TLSError) -> [HandshakeMessage] {
        guard let signer = configuration.signer else { throw .internalFailure("no signer") }
        var flight: [HandshakeMessage] = []
        if configuration.clientAuthentication != .none {
            flight.append(try CertificateRequest(signatureSchemes: configuration.signatureSchemes).message())
        }
        flight.append(try CertificateMessage(chain: signer.certificateChain).message())
        flight.forEach { transcript.append($0) }
        let verify = try certificateVerifyMessage(signer: signer, scheme: choice.scheme)
        transcript.append(verify)
        return flight + [verify]
    }

    private func encryptedExtensions(_ choice: ServerChoice) throws(TLSError) -> HandshakeMessage {
        var extensions = ExtensionList()
        if let name = choice.applicationProtocol {
            extensions.append(.applicationProtocol, ApplicationProtocolList.encode([name]))
        }
        if let own = configuration.quicTransportParameters {
            let parameters = peerParameters.flatMap { configuration.answerTransportParameters?($0) } ?? own
            extensions.append(.quicTransportParameters, parameters)
        }
        if isEarlyDataAccepted { extensions.append(.earlyData, []) }
        var writer = ByteWriter()
        extensions.write(to: &writer)
        return try HandshakeMessage(.encryptedExtensions, writer)
    }

    /// After the client's Finished.
    mutating func finishServer() throws(TLSError) {
        guard let secret = pendingClientSecret else { throw .internalFailure("no application secret") }
        clientSecret = secret
        pendingClientSecret = nil
        state = .connected
        deriveResumptionSecret()
        installRead(secret)
        emit(.completed)
        try issueTicket()
    }
}
