/// The secret part of signing by itself, for the check that it has no secret-dependent branches (see
/// `scripts/memcheck-falcon.sh`).
package struct SecretSigningProbe: ~Copyable {
    private let key: SigningKey
    private let attempt: SigningAttempt

    /// A probe that will sign `message` with `key`. Afterwards the memory in ``secrets`` may be marked.
    package init<Parameters>(_ key: FalconPrivateKey<Parameters>, message: [UInt8], salt: [UInt8]) {
        self.key = key.key
        let signingKey = key.key
        attempt = message.withBytes { message in
            salt.withBytes { SigningAttempt(signingKey, salt: $0, message: message, seed: $0) }
        }
    }

    /// The expanded key and the state of the sampler's randomness.
    package var secrets: [UnsafeRawBufferPointer] {
        [UnsafeRawBufferPointer(key.tree.bytes), UnsafeRawBufferPointer(attempt.randomState)]
    }

    /// Samples a signature, which is not given out; returns the result's memory, so that its state can be looked at.
    package func sample() -> UnsafeRawBufferPointer {
        _ = attempt.sample()
        return UnsafeRawBufferPointer(attempt.result)
    }
}
