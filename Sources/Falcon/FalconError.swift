/// Why a key was refused, or why no key or signature could be made.
public enum FalconError: Error, Equatable, Sendable {
    /// An encoded public key has another length than its parameter set prescribes (in bytes).
    case publicKeyLength(expected: Int, actual: Int)
    /// The first byte of a public key is not `0x00 + log2(degree)`.
    case publicKeyHeader(expected: UInt8, actual: UInt8)
    /// A 14-bit public coefficient is not below the modulus 12289.
    case publicKeyCoefficientOutOfRange(index: Int)
    /// An encoded private key has another length than its parameter set prescribes (in bytes).
    case privateKeyLength(expected: Int, actual: Int)
    /// The first byte of a private key is not `0x50 + log2(degree)`.
    case privateKeyHeader(expected: UInt8, actual: UInt8)
    /// A private coefficient is the most negative value of its width, which the encoding forbids.
    case privateKeyCoefficientForbidden(polynomial: PrivatePolynomial, index: Int)
    /// The polynomial `f` has no inverse modulo 12289, so that no public key belongs to it.
    case privateKeyNotInvertible
    /// `f`, `g` and `F` have no `G` of the permitted size with `f·G − g·F = 12289`.
    case privateKeyInconsistent
    /// The basis solves its equation but is too long: signing with it would find no short signatures.
    case privateKeyTooLong
    /// A seed handed to a seeded operation has the wrong length (in bytes).
    case seedLength(expected: Int, actual: Int)
    /// The operating system gave no randomness; `code` is its `errno`.
    case randomnessUnavailable(code: Int32)

    /// The encoded parts of a private key, in the order of the encoding.
    public enum PrivatePolynomial: String, Equatable, Sendable {
        /// The short polynomial `f`.
        case f
        /// The short polynomial `g`.
        case g
        /// The solution's first half, `F`.
        case capitalF = "F"
    }
}
