/// A Falcon public key, decoded and transformed once so that repeated verification costs nothing more.
///
/// Two keys are equal if their encodings are.
public struct FalconPublicKey<Parameters: FalconParameterSet>: Sendable, Hashable {
    let key: VerifyingKey

    init(key: VerifyingKey) { self.key = key }

    /// Decodes a public key in the round-3 encoding.
    /// - Throws: the `publicKey…` cases of ``FalconError``.
    public init(rawRepresentation: some Collection<UInt8>) throws(FalconError) {
        let decoded: Result<VerifyingKey, FalconError> = rawRepresentation.withBytes { bytes in
            do throws(FalconError) {
                return .success(try VerifyingKey(decoding: bytes, Parameters.parameters))
            } catch {
                return .failure(error)
            }
        }
        key = try decoded.get()
    }

    /// The round-3 encoding.
    public var rawRepresentation: [UInt8] { key.bytes }

    /// Whether `signature` is a valid signature of `message` under this key.
    ///
    /// Strict: the length, header, zero fill and coding must be exactly what a signer writes; there is one accepted
    /// encoding of every signature value.
    public func isValidSignature(
        _ signature: some Collection<UInt8>, for message: some Collection<UInt8>,
        encoding: FalconSignatureEncoding = .padded
    ) -> Bool {
        signature.withBytes { signature in
            message.withBytes { key.verify(signature, $0, encoding) }
        }
    }

    /// The same for bytes in memory, without any copy.
    public func isValidSignature(
        buffer signature: UnsafeRawBufferPointer, for message: UnsafeRawBufferPointer,
        encoding: FalconSignatureEncoding = .padded
    ) -> Bool {
        key.verify(signature, message, encoding)
    }

    /// Opens a signed message in the form of the NIST API (see `signedMessage`); nil if it is not valid.
    package func openedMessage(_ signed: some Collection<UInt8>) -> [UInt8]? {
        signed.withBytes { bytes in
            let start = 2 + FalconParameters.saltByteCount
            guard bytes.count > start else { return nil }
            let length = Int(bytes[0]) << 8 | Int(bytes[1])
            guard length > 1, length <= bytes.count - start else { return nil }
            let end = bytes.count - length
            guard bytes[end] == 0x20 | UInt8(Parameters.parameters.logDegree) else { return nil }
            let salt = UnsafeRawBufferPointer(rebasing: bytes[2..<start])
            let message = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            let coded = UnsafeRawBufferPointer(rebasing: bytes[(end + 1)...])
            return key.verify(salt: salt, coded, message, .exact) ? [UInt8](message) : nil
        }
    }

    /// Whether the encodings are equal.
    public static func == (a: FalconPublicKey, b: FalconPublicKey) -> Bool { a.key.bytes == b.key.bytes }

    /// Hashes the encoding.
    public func hash(into hasher: inout Hasher) { hasher.combine(key.bytes) }
}
