import Crypto

/// The chain of extracted secrets (RFC 8446 §7.1): early, handshake, master.
struct KeySchedule: Sendable {
    let suite: CipherSuite
    private(set) var secret: SymmetricKey

    private var hash: HashAlgorithm { suite.hash }
    private var zeros: SymmetricKey { SymmetricKey(data: [UInt8](repeating: 0, count: hash.byteCount)) }

    /// Starts at the early secret.
    init(suite: CipherSuite, preSharedKey: SymmetricKey? = nil) {
        self.suite = suite
        let zeros = SymmetricKey(data: [UInt8](repeating: 0, count: suite.hash.byteCount))
        secret = suite.hash.extract(salt: zeros, inputKeyMaterial: preSharedKey ?? zeros)
    }

    /// Early to handshake secret.
    mutating func mix(sharedSecret: SymmetricKey) {
        secret = hash.extract(salt: derived(), inputKeyMaterial: sharedSecret)
    }

    /// Handshake to master secret.
    mutating func finish() {
        secret = hash.extract(salt: derived(), inputKeyMaterial: zeros)
    }

    /// Derive-Secret.
    func derive(_ label: String, transcriptHash: [UInt8]) -> SymmetricKey {
        hash.expandLabel(secret, label, context: transcriptHash, byteCount: hash.byteCount)
    }

    private func derived() -> SymmetricKey {
        derive("derived", transcriptHash: hash.digest([]))
    }

    /// The key of a Finished message under the sender's handshake traffic secret (RFC 8446 §4.4.4).
    static func finishedKey(_ secret: TrafficSecret) -> SymmetricKey {
        secret.expand("finished", byteCount: secret.suite.hash.byteCount)
    }
}
