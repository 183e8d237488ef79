import Crypto

extension Handshake {
    /// Makes the handshake traffic secrets out of the shared secret; the transcript ends with ServerHello.
    mutating func deriveHandshakeSecrets(
        suite: CipherSuite, sharedSecret: SymmetricKey, preSharedKey: SymmetricKey?
    ) {
        var schedule = KeySchedule(suite: suite, preSharedKey: preSharedKey)
        schedule.mix(sharedSecret: sharedSecret)
        let digest = transcript.digest
        clientSecret = TrafficSecret(
            level: .handshake, suite: suite, secret: schedule.derive("c hs traffic", transcriptHash: digest))
        serverSecret = TrafficSecret(
            level: .handshake, suite: suite, secret: schedule.derive("s hs traffic", transcriptHash: digest))
        self.schedule = schedule
    }

    /// Makes the application traffic and exporter secrets; the transcript ends with the server's Finished.
    mutating func deriveApplicationSecrets() throws(TLSError) -> (client: TrafficSecret, server: TrafficSecret) {
        guard var schedule else { throw .internalFailure("no key schedule") }
        schedule.finish()
        self.schedule = schedule
        let suite = schedule.suite
        let digest = transcript.digest
        exporterSecret = schedule.derive("exp master", transcriptHash: digest)
        return (
            TrafficSecret(
                level: .application, suite: suite, secret: schedule.derive("c ap traffic", transcriptHash: digest)),
            TrafficSecret(
                level: .application, suite: suite, secret: schedule.derive("s ap traffic", transcriptHash: digest))
        )
    }

    mutating func installRead(_ secret: TrafficSecret) {
        readLevel = secret.level
        readKeyGeneration += 1
        emit(.installReadSecret(secret))
    }

    /// Own traffic secret.
    var writeSecret: TrafficSecret? { role == .client ? clientSecret : serverSecret }

    /// The peer's traffic secret.
    var readSecret: TrafficSecret? { role == .client ? serverSecret : clientSecret }

    /// Own Finished over the transcript so far.
    func finishedMessage() throws(TLSError) -> HandshakeMessage {
        guard let secret = writeSecret else { throw .internalFailure("no handshake secret") }
        let code = secret.suite.hash.authenticationCode(for: transcript.digest, key: KeySchedule.finishedKey(secret))
        return HandshakeMessage(type: .finished, body: code)
    }

    /// Checks the peer's Finished in constant time; the transcript ends before it.
    func verifyFinished(_ message: HandshakeMessage) throws(TLSError) {
        guard let secret = readSecret else { throw .internalFailure("no handshake secret") }
        let hash = secret.suite.hash
        guard message.body.count == hash.byteCount else { throw .decode("Finished of \(message.body.count) bytes") }
        let key = KeySchedule.finishedKey(secret)
        guard hash.isValidAuthenticationCode(message.body, for: transcript.digest, key: key) else {
            throw .decrypt("Finished does not verify")
        }
    }

    mutating func receiveFinished(_ message: HandshakeMessage) throws(TLSError) {
        try verifyFinished(message)
        transcript.append(message)
        switch role {
        case .client: try finishClient()
        case .server: try finishServer()
        }
        forgetHandshake()
    }
}
