/// A private key with everything that signing needs, expanded once.
final class SigningKey: Sendable {
    let basis: SecretBasis
    let tree: LatticeTree
    let verifyingKey: VerifyingKey

    var parameters: FalconParameters { basis.parameters }

    /// Expands a complete basis.
    init(_ basis: SecretBasis) throws(FalconError) {
        guard let h = basis.publicPolynomial() else { throw .privateKeyNotInvertible }
        let bytes = PublicKeyCodec.encode(h.pointer, basis.parameters)
        verifyingKey = VerifyingKey(basis.parameters, bytes: bytes, h: Array(h.elements))
        extendLifetime(h)
        tree = LatticeTree(basis)
        self.basis = basis
    }

    /// Signs with salt and sampler seed from the operating system, both fresh for every attempt.
    func sign(
        _ message: UnsafeRawBufferPointer, _ encoding: FalconSignatureEncoding
    ) throws(FalconError) -> [UInt8] {
        let random = SecretBuffer<UInt8>(
            repeating: 0, count: FalconParameters.saltByteCount + FalconParameters.seedByteCount)
        defer { extendLifetime(random) }
        let salt = UnsafeRawBufferPointer(rebasing: random.bytes[..<FalconParameters.saltByteCount])
        let seed = UnsafeRawBufferPointer(rebasing: random.bytes[FalconParameters.saltByteCount...])
        while true {
            try SystemRandom.fill(random.bytes)
            let attempt = SigningAttempt(self, salt: salt, message: message, seed: seed)
            guard let coded = attempt.next(capacity: capacity(encoding)) else { continue }
            return assemble(header: parameters.signatureHeader, salt: salt, coded: coded, encoding)
        }
    }

    /// Signs with a given salt and sampler seed, for known-answer tests. Retries draw on from the same seed, as the
    /// reference implementation does.
    func sign(
        _ message: UnsafeRawBufferPointer, salt: UnsafeRawBufferPointer, seed: UnsafeRawBufferPointer,
        _ encoding: FalconSignatureEncoding
    ) -> [UInt8] {
        let attempt = SigningAttempt(self, salt: salt, message: message, seed: seed)
        while true {
            guard let coded = attempt.next(capacity: capacity(encoding)) else { continue }
            return assemble(header: parameters.signatureHeader, salt: salt, coded: coded, encoding)
        }
    }

    /// Most bytes of the coded s2.
    private func capacity(_ encoding: FalconSignatureEncoding) -> Int {
        let count =
            switch encoding {
            case .padded: parameters.paddedSignatureByteCount
            case .compressed: parameters.compressedSignatureByteCountMax
            }
        return count - 1 - FalconParameters.saltByteCount
    }

    private func assemble(
        header: UInt8, salt: UnsafeRawBufferPointer, coded: [UInt8], _ encoding: FalconSignatureEncoding
    ) -> [UInt8] {
        var signature = [header]
        signature.reserveCapacity(parameters.paddedSignatureByteCount)
        signature.append(contentsOf: salt)
        signature.append(contentsOf: coded)
        if encoding == .padded {
            let missing = parameters.paddedSignatureByteCount - signature.count
            signature.append(contentsOf: repeatElement(0, count: missing))
        }
        return signature
    }
}
