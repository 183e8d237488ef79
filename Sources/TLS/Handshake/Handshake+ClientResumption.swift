import Crypto

extension Handshake {
    /// The configured ticket, when it can be offered now: in its lifetime, for this name, with a suite that is offered,
    /// and its server would still be accepted.
    func usableSession() -> SessionTicket? {
        guard let session = configuration.session, session.isUsable(atMilliseconds: currentTimeMilliseconds),
            session.serverName == configuration.serverName,
            configuration.cipherSuites.contains(where: { $0.hash == session.cipherSuite.hash }),
            !session.peerCertificates.isEmpty, let verifier = configuration.verifier
        else { return nil }
        let isStillGood =
            (try? verifier.verify(
                chain: session.peerCertificates, serverName: configuration.serverName, peerRole: .server)) != nil
        return isStillGood ? session : nil
    }

    /// Adds what resumption needs to a first ClientHello.
    mutating func addSession(to hello: ClientHello) throws(TLSError) -> ClientHello {
        let session = usableSession()
        guard session != nil || configuration.acceptsTickets else { return hello }
        var hello = hello
        hello.extensions.append(.pskKeyExchangeModes, [1, 1])
        guard let session else { return hello }
        if configuration.sendsEarlyData, session.earlyDataByteCountMax > 0,
            configuration.cipherSuites.contains(session.cipherSuite),
            session.applicationProtocol.map(configuration.applicationProtocols.contains) ?? true
        {
            hello.extensions.append(.earlyData, [])
            resumption.earlyData = .offered
        }
        resumption.offered = session
        return try bind(hello, to: session)
    }

    /// Puts the ticket, and the proof that its secret is known, at the ClientHello's end.
    func bind(_ hello: ClientHello, to session: SessionTicket) throws(TLSError) -> ClientHello {
        let suite = session.cipherSuite
        let identity = PreSharedKeyOffer.Identity(
            ticket: session.ticket, obfuscatedAge: session.obfuscatedAge(atMilliseconds: currentTimeMilliseconds))
        let blank = PreSharedKeyOffer(
            identities: [identity], binders: [[UInt8](repeating: 0, count: suite.hash.byteCount)])
        var bound = hello
        bound.extensions = hello.extensions.removing([.preSharedKey])
        bound.extensions.append(.preSharedKey, blank.body)
        let covered = Array(try bound.message().bytes.dropLast(blank.bindersByteCount))
        let binder = PreSharedKeyOffer.binder(
            suite: suite, secret: session.secret, transcriptHash: transcript.digest(appending: covered, suite.hash))
        let offer = PreSharedKeyOffer(identities: [identity], binders: [binder])
        bound.extensions = bound.extensions.setting(.preSharedKey, offer.body)
        return bound
    }

    /// After the first ClientHello went out: the keys of 0-RTT data.
    mutating func beginEarlyData() {
        guard resumption.earlyData == .offered, let session = resumption.offered else { return }
        let digest = transcript.digest(appending: [], session.cipherSuite.hash)
        let secret = Self.earlySecret(
            suite: session.cipherSuite, preSharedKey: session.secret, transcriptHash: digest)
        emit(.installWriteSecret(secret))
        emit(.earlyDataBegins(session))
    }

    static func earlySecret(suite: CipherSuite, preSharedKey: SymmetricKey, transcriptHash: [UInt8]) -> TrafficSecret {
        let schedule = KeySchedule(suite: suite, preSharedKey: preSharedKey)
        return TrafficSecret(
            level: .earlyData, suite: suite, secret: schedule.derive("c e traffic", transcriptHash: transcriptHash))
    }

    /// Takes the ticket, and any hope of 0-RTT, out of a second ClientHello when the server's suite cannot go with it,
    /// and proves it anew otherwise.
    mutating func renewSession(in second: ClientHello, suite: CipherSuite) throws(TLSError) -> ClientHello {
        rejectEarlyData()
        var second = second
        let session = resumption.offered
        second.extensions = second.extensions.removing([.earlyData, .preSharedKey])
        guard let session, session.cipherSuite.hash == suite.hash else {
            resumption.offered = nil
            return second
        }
        return try bind(second, to: session)
    }

    /// The secret of the ticket that the server's hello takes, or nil for a whole handshake.
    mutating func preSharedKey(
        selectedBy answer: ServerHello, suite: CipherSuite
    ) throws(TLSError) -> SymmetricKey? {
        guard let index = try answer.selectedIdentity() else {
            rejectEarlyData()
            return nil
        }
        guard index == 0, let session = resumption.offered, session.cipherSuite.hash == suite.hash else {
            throw .illegalParameter("pre_shared_key \(index) was not offered for this suite")
        }
        isResumed = true
        return session.secret
    }

    mutating func rejectEarlyData() {
        guard resumption.earlyData == .offered else { return }
        resumption.earlyData = .rejected
        emit(.earlyDataAccepted(false))
    }

    /// What EncryptedExtensions says about 0-RTT data.
    mutating func acceptEarlyData(_ extensions: ExtensionList) throws(TLSError) {
        let wasOffered = resumption.earlyData == .offered
        guard let body = extensions[.earlyData] else {
            rejectEarlyData()
            if wasOffered, !configuration.isQUIC, let clientSecret { emit(.installWriteSecret(clientSecret)) }
            return
        }
        guard body.isEmpty else { throw .decode("early_data of a server is not empty") }
        guard wasOffered, let session = resumption.offered, session.cipherSuite == cipherSuite,
            session.applicationProtocol == applicationProtocol
        else { throw .illegalParameter("early_data was accepted on other terms than offered") }
        resumption.earlyData = .accepted
        emit(.earlyDataAccepted(true))
    }

    /// Over a byte stream the client says where its 0-RTT data ends; in QUIC packets tell (RFC 9001 §8.3).
    mutating func endEarlyData() {
        guard resumption.earlyData == .accepted, !configuration.isQUIC, let clientSecret else { return }
        let message = HandshakeMessage(type: .endOfEarlyData, body: [])
        transcript.append(message)
        emit(.send(message.bytes, .earlyData))
        emit(.installWriteSecret(clientSecret))
    }

    /// A chain that an earlier handshake proved counts as proven.
    mutating func adoptPeerChain(_ chain: [[UInt8]]) {
        guard !chain.isEmpty else { return }
        peerCertificates = chain
        emit(.peerCertificates(chain))
    }

    mutating func receiveSessionTicket(_ message: HandshakeMessage) throws(TLSError) {
        let ticket = try NewSessionTicket(message.body)
        guard configuration.acceptsTickets, ticket.lifetimeSeconds > 0,
            resumption.ticketsTaken < TLSLimits.ticketsPerConnectionMax, let cipherSuite
        else { return }
        resumption.ticketsTaken += 1
        emit(
            .sessionTicket(
                SessionTicket(
                    ticket: ticket.ticket, cipherSuite: cipherSuite,
                    lifetimeSeconds: min(ticket.lifetimeSeconds, TLSLimits.ticketLifetimeSecondsMax),
                    receivedAtMilliseconds: currentTimeMilliseconds, serverName: configuration.serverName,
                    applicationProtocol: applicationProtocol, peerCertificates: peerCertificates,
                    earlyDataByteCountMax: ticket.earlyDataByteCountMax, transportParameters: peerParameters,
                    ageAdd: ticket.ageAdd, secret: try ticketSecret(nonce: ticket.nonce, suite: cipherSuite))))
    }

    /// The secret of the ticket with this nonce (RFC 8446 §4.6.1).
    func ticketSecret(nonce: [UInt8], suite: CipherSuite) throws(TLSError) -> SymmetricKey {
        guard let secret = resumption.masterSecret else { throw .internalFailure("no resumption secret") }
        return suite.hash.expandLabel(secret, "resumption", context: nonce, byteCount: suite.hash.byteCount)
    }

    /// Notes the secret that tickets follow from; the transcript ends with the client's Finished.
    mutating func deriveResumptionSecret() {
        resumption.masterSecret = schedule?.derive("res master", transcriptHash: transcript.digest)
    }
}
