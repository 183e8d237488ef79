/// A Falcon private key with its expanded signing data.
///
/// The secret polynomials and everything derived from them lie in memory that is wiped when the last copy of the key
/// goes away. Making a key costs a key expansion, signing with it then does not: keep keys, do not decode them anew.
public struct FalconPrivateKey<Parameters: FalconParameterSet>: Sendable {
    let key: SigningKey

    /// Generates a key from the operating system's randomness (some ten milliseconds).
    /// - Throws: ``FalconError/randomnessUnavailable(code:)``
    public init() throws(FalconError) {
        let seed = SecretBuffer<UInt8>(repeating: 0, count: FalconParameters.seedByteCount)
        defer { extendLifetime(seed) }
        try SystemRandom.fill(seed.bytes)
        let generator = KeyGenerator(Parameters.parameters, seed: UnsafeRawBufferPointer(seed.bytes))
        key = try SigningKey(generator.generate())
    }

    /// Decodes a private key in the round-3 encoding (f, g and F).
    /// - Throws: the `privateKey…` cases of ``FalconError``.
    public init(rawRepresentation: some Collection<UInt8>) throws(FalconError) {
        let parameters = Parameters.parameters
        let decoded: Result<SecretBasis, FalconError> = rawRepresentation.withBytes { bytes in
            do throws(FalconError) {
                return .success(try PrivateKeyCodec.decode(bytes, parameters))
            } catch {
                return .failure(error)
            }
        }
        key = try SigningKey(try decoded.get())
    }

    /// The round-3 encoding. The array is ordinary memory: whoever asks for it answers for it.
    public var rawRepresentation: [UInt8] { PrivateKeyCodec.encode(key.basis) }

    /// The public key that belongs to this key.
    public var publicKey: FalconPublicKey<Parameters> { FalconPublicKey(key: key.verifyingKey) }

    /// Signs a message, with a new salt and a new sampler seed from the operating system.
    /// - Parameter encoding: ``FalconSignatureEncoding/padded`` gives always the same length.
    /// - Throws: ``FalconError/randomnessUnavailable(code:)``
    public func signature(
        for message: some Collection<UInt8>, encoding: FalconSignatureEncoding = .padded
    ) throws(FalconError) -> [UInt8] {
        let key = key
        let result: Result<[UInt8], FalconError> = message.withBytes { bytes in
            do throws(FalconError) {
                return .success(try key.sign(bytes, encoding))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
