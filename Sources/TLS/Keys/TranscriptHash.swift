import Crypto

/// The running hash over the handshake messages (RFC 8446 §4.4.1).
package struct TranscriptHash: Sendable {
    private enum State: Sendable {
        case sha256(SHA256)
        case sha384(SHA384)
    }

    private var state: State

    package init(_ algorithm: HashAlgorithm) {
        state = algorithm == .sha256 ? .sha256(SHA256()) : .sha384(SHA384())
    }

    /// Adds whole messages, headers included.
    package mutating func update(_ bytes: [UInt8]) {
        switch state {
        case .sha256(var hash):
            hash.update(data: bytes)
            state = .sha256(hash)
        case .sha384(var hash):
            hash.update(data: bytes)
            state = .sha384(hash)
        }
    }

    /// The hash of everything so far; more may follow.
    package var digest: [UInt8] {
        switch state {
        case .sha256(let hash): Array(hash.finalize())
        case .sha384(let hash): Array(hash.finalize())
        }
    }
}
