/// The transcript: bytes are held until the cipher suite, and with it the hash, is known.
struct Transcript: Sendable {
    private var pending: [UInt8] = []
    private var hash: TranscriptHash?
    private var algorithm: HashAlgorithm?

    mutating func append(_ message: HandshakeMessage) {
        guard hash != nil else {
            pending += message.bytes
            return
        }
        hash?.update(message.bytes)
    }

    /// Fixes the hash; a second call with the same one changes nothing.
    mutating func select(_ algorithm: HashAlgorithm) {
        guard hash == nil else { return }
        var started = TranscriptHash(algorithm)
        started.update(pending)
        hash = started
        pending = []
        self.algorithm = algorithm
    }

    /// Replaces the first ClientHello by its hash (RFC 8446 §4.4.1), before a HelloRetryRequest is added.
    mutating func collapse() {
        guard let algorithm else { return }
        let message = HandshakeMessage(type: .messageHash, body: digest)
        var started = TranscriptHash(algorithm)
        started.update(message.bytes)
        hash = started
    }

    /// The hash as it would be with these bytes at the end, under `algorithm` when none is fixed yet.
    func digest(appending bytes: [UInt8], _ algorithm: HashAlgorithm) -> [UInt8] {
        var continued = hash ?? TranscriptHash(algorithm)
        if hash == nil { continued.update(pending) }
        continued.update(bytes)
        return continued.digest
    }

    /// The hash so far; empty before `select`.
    var digest: [UInt8] { hash?.digest ?? [] }
}
