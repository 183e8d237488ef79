/// The encoding of f, g and F (Falcon 1.2 §3.11.5); G is computed from them.
enum PrivateKeyCodec {
    /// Bits of a coefficient of F.
    private static let largeCoefficientBits = 8

    /// The encoded private key.
    static func encode(_ basis: SecretBasis) -> [UInt8] {
        let parameters = basis.parameters
        let bits = parameters.shortCoefficientBits
        var bytes = [UInt8]()
        bytes.reserveCapacity(parameters.privateKeyByteCount)
        bytes.append(parameters.privateKeyHeader)
        for (polynomial, width) in [(basis.f, bits), (basis.g, bits), (basis.capitalF, largeCoefficientBits)] {
            FixedWidthCodec.append(parameters.degree, bits: width, to: &bytes) {
                UInt32(truncatingIfNeeded: Int32(polynomial[$0]))
            }
        }
        return bytes
    }

    /// The basis of an encoded private key, with G recomputed, and the NTRU equation and the lengths checked.
    static func decode(
        _ bytes: UnsafeRawBufferPointer, _ parameters: FalconParameters
    ) throws(FalconError) -> SecretBasis {
        guard bytes.count == parameters.privateKeyByteCount else {
            throw .privateKeyLength(expected: parameters.privateKeyByteCount, actual: bytes.count)
        }
        guard bytes[0] == parameters.privateKeyHeader else {
            throw .privateKeyHeader(expected: parameters.privateKeyHeader, actual: bytes[0])
        }
        let basis = SecretBasis(parameters)
        let bits = parameters.shortCoefficientBits
        var offset = 1
        let parts: [(FalconError.PrivatePolynomial, UnsafeMutablePointer<Int8>, Int)] = [
            (.f, basis.f, bits), (.g, basis.g, bits), (.capitalF, basis.capitalF, largeCoefficientBits),
        ]
        for (name, polynomial, width) in parts {
            let part = UnsafeRawBufferPointer(rebasing: bytes[offset...])
            if let index = FixedWidthCodec.readSigned(part, parameters.degree, bits: width, into: polynomial) {
                throw .privateKeyCoefficientForbidden(polynomial: name, index: index)
            }
            offset += parameters.degree * width / 8
        }
        try basis.complete()
        guard basis.isShort, basis.isWellConditioned else { throw .privateKeyTooLong }
        return basis
    }
}
