import Canonical
import Crypto

extension Handshake {
    /// The first ticket of the client's that can be resumed. Anything amiss leads to a whole handshake, in which it is
    /// refused in the usual way if it has to be.
    func resumableSession(for hello: ClientHello) throws(TLSError) -> ResumableSession? {
        guard let resumption = configuration.resumption, let signer = configuration.signer,
            let body = hello.extensions[.preSharedKey], try hello.acceptsResumption()
        else { return nil }
        let offer = try PreSharedKeyOffer(body)
        let name = try hello.serverName()
        for (index, identity) in offer.identities.prefix(TLSLimits.identitiesTriedMax).enumerated() {
            guard
                let (state, chain) = resumption.open(
                    identity.ticket, ownChain: signer.certificateChain, context: ticketContext,
                    nowMilliseconds: currentTimeMilliseconds),
                state.serverName == name, isAccepted(chain)
            else { continue }
            return ResumableSession(state: state, peerChain: chain, index: index, offer: offer)
        }
        return nil
    }

    /// Whether a client with this chain may enter now: it is verified as in a whole handshake.
    private func isAccepted(_ chain: [[UInt8]]) -> Bool {
        guard configuration.clientAuthentication != .none else { return chain.isEmpty }
        guard !chain.isEmpty else { return configuration.clientAuthentication == .requested }
        guard let verifier = configuration.verifier else { return false }
        return (try? verifier.verify(chain: chain, serverName: nil, peerRole: .client)) != nil
    }

    /// Checks that the client knows the ticket's secret; the transcript ends before this ClientHello.
    func checkBinder(_ session: ResumableSession, message: HandshakeMessage) throws(TLSError) {
        let suite = session.state.cipherSuite
        let covered = Array(message.bytes.dropLast(session.offer.bindersByteCount))
        let digest = transcript.digest(appending: covered, suite.hash)
        guard
            PreSharedKeyOffer.isValid(
                session.offer.binders[session.index], suite: suite, secret: session.state.secret, transcriptHash: digest
            )
        else { throw .decrypt("a binder does not verify") }
    }

    /// Takes the ticket, and 0-RTT data when all its conditions hold; the transcript ends with the ClientHello.
    mutating func resume(_ session: ResumableSession, _ hello: ClientHello, choice: ServerChoice) {
        isResumed = true
        adoptPeerChain(session.peerChain)
        guard admitsEarlyData(session, hello, choice: choice) else { return }
        resumption.earlyData = .accepted
        let secret = Self.earlySecret(
            suite: choice.suite, preSharedKey: session.state.secret, transcriptHash: transcript.digest)
        if configuration.isQUIC {
            emit(.installReadSecret(secret))
        } else {
            installRead(secret)
        }
        emit(.earlyDataAccepted(true))
    }

    private func admitsEarlyData(_ session: ResumableSession, _ hello: ClientHello, choice: ServerChoice) -> Bool {
        guard hello.extensions[.earlyData] != nil, retry == nil, session.index == 0,
            let resumption = configuration.resumption, resumption.earlyDataByteCountMax > 0,
            session.state.cipherSuite == choice.suite,
            session.state.applicationProtocol == choice.applicationProtocol,
            session.state.earlyDataContext == configuration.earlyDataContext
        else { return false }
        return resumption.admitsEarlyData(
            binder: session.offer.binders[0], obfuscatedAge: session.offer.identities[0].obfuscatedAge,
            state: session.state, nowMilliseconds: currentTimeMilliseconds)
    }

    mutating func receiveEndOfEarlyData(_ message: HandshakeMessage) throws(TLSError) {
        guard message.body.isEmpty else { throw .decode("EndOfEarlyData is not empty") }
        guard let clientSecret else { throw .internalFailure("no handshake secret") }
        transcript.append(message)
        state = .waitClientFinished
        installRead(clientSecret)
    }

    /// Gives the client a ticket, when it can use one.
    mutating func issueTicket() throws(TLSError) {
        guard let issuer = configuration.resumption, let signer = configuration.signer, let cipherSuite,
            try hello?.acceptsResumption() == true
        else { return }
        let nonce = random.bytes(8)
        let ageAdd = random.bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let session = SessionState(
            cipherSuite: cipherSuite, secret: try ticketSecret(nonce: nonce, suite: cipherSuite),
            issuedAtMilliseconds: currentTimeMilliseconds, ageAdd: ageAdd, serverName: serverName,
            applicationProtocol: applicationProtocol, peerChainHash: ServerResumption.hash(ofChain: peerCertificates),
            earlyDataContext: configuration.earlyDataContext)
        let sealed = try issuer.seal(
            session, peerChain: peerCertificates, ownChain: signer.certificateChain, context: ticketContext,
            nonce: random.bytes(12))
        let early = issuer.earlyDataByteCountMax
        let ticket = NewSessionTicket(
            lifetimeSeconds: issuer.lifetimeSeconds, ageAdd: ageAdd, nonce: nonce, ticket: sealed,
            earlyDataByteCountMax: configuration.isQUIC && early > 0 ? .max : early)
        emit(.send(try ticket.message().bytes, .application))
    }
}
