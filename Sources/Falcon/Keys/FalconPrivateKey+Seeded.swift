/// Seeded operations for known-answer tests. Never use them otherwise: two signatures of one salt and message that
/// differ by a rounding reveal the key.
extension FalconPrivateKey {
    /// Generates the key that belongs to a 48-byte seed, as the NIST submission's `crypto_sign_keypair` does.
    package init(seed: some Collection<UInt8>) throws(FalconError) {
        guard seed.count == FalconParameters.seedByteCount else {
            throw .seedLength(expected: FalconParameters.seedByteCount, actual: seed.count)
        }
        let basis = seed.withBytes { KeyGenerator(Parameters.parameters, seed: $0).generate() }
        key = try SigningKey(basis)
    }

    /// Signs with a given 40-byte salt and 48-byte sampler seed, as the reference implementation does.
    package func signature(
        for message: some Collection<UInt8>, salt: some Collection<UInt8>, seed: some Collection<UInt8>,
        encoding: FalconSignatureEncoding = .padded
    ) throws(FalconError) -> [UInt8] {
        guard salt.count == FalconParameters.saltByteCount else {
            throw .seedLength(expected: FalconParameters.saltByteCount, actual: salt.count)
        }
        guard seed.count == FalconParameters.seedByteCount else {
            throw .seedLength(expected: FalconParameters.seedByteCount, actual: seed.count)
        }
        let key = key
        return message.withBytes { message in
            salt.withBytes { salt in
                seed.withBytes { key.sign(message, salt: salt, seed: $0, encoding) }
            }
        }
    }

    /// A signed message in the form of the NIST API: length of the coded signature (two bytes, big-endian), salt, message,
    /// `0x20 + log2(degree)`, coded s2.
    package func signedMessage(
        _ message: some Collection<UInt8>, salt: some Collection<UInt8>, seed: some Collection<UInt8>
    ) throws(FalconError) -> [UInt8] {
        let signature = try signature(for: message, salt: salt, seed: seed, encoding: .compressed)
        let coded = signature[(1 + FalconParameters.saltByteCount)...]
        let length = coded.count + 1
        var output = [UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)]
        output.append(contentsOf: salt)
        output.append(contentsOf: message)
        output.append(0x20 | UInt8(Parameters.parameters.logDegree))
        output.append(contentsOf: coded)
        return output
    }
}
