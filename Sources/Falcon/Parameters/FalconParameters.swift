/// The constants of one Falcon parameter set (Falcon 1.2, table 3.3).
public struct FalconParameters: Sendable, Equatable {
    /// The modulus q of all sets.
    static let modulus = 12289
    /// Bytes of the salt r of a signature.
    public static let saltByteCount = 40
    /// Bytes of the seeds that key generation and signing expand with SHAKE256.
    package static let seedByteCount = 48

    /// log2 of the degree.
    package let logDegree: Int
    /// Bits of a coefficient of `f` and `g` in an encoded private key.
    let shortCoefficientBits: Int
    /// Largest accepted squared norm ⌊β²⌋ of a signature (s1, s2).
    package let squaredNormMax: UInt64
    /// 1/σ, σ the standard deviation of signatures.
    let inverseDeviation: Double
    /// σ_min, the least standard deviation of the integer sampler.
    let deviationMin: Double
    /// Bytes of an encoded public key.
    public let publicKeyByteCount: Int
    /// Bytes of an encoded private key.
    public let privateKeyByteCount: Int
    /// Bytes of a padded signature, header and salt included.
    public let paddedSignatureByteCount: Int
    /// Most bytes of a compressed signature, header and salt included.
    public let compressedSignatureByteCountMax: Int

    /// Degree n of the ring Z[x]/(xⁿ + 1).
    public var degree: Int { 1 << logDegree }

    /// First byte of a public key.
    var publicKeyHeader: UInt8 { UInt8(logDegree) }
    /// First byte of a private key.
    var privateKeyHeader: UInt8 { 0x50 | UInt8(logDegree) }
    /// First byte of a signature, padded or compressed.
    var signatureHeader: UInt8 { 0x30 | UInt8(logDegree) }

    /// Falcon-512, NIST security level 1.
    static let falcon512 = FalconParameters(
        logDegree: 9, shortCoefficientBits: 6, squaredNormMax: 34_034_726,
        inverseDeviation: 0x1.8b6c2de64c7cap-8, deviationMin: 0x1.47201bf1f7a75p+0,
        publicKeyByteCount: 897, privateKeyByteCount: 1281,
        paddedSignatureByteCount: 666, compressedSignatureByteCountMax: 752)

    /// Falcon-1024, NIST security level 5.
    static let falcon1024 = FalconParameters(
        logDegree: 10, shortCoefficientBits: 5, squaredNormMax: 70_265_242,
        inverseDeviation: 0x1.8531ef6311ae3p-8, deviationMin: 0x1.4c5c19990c764p+0,
        publicKeyByteCount: 1793, privateKeyByteCount: 2305,
        paddedSignatureByteCount: 1280, compressedSignatureByteCountMax: 1462)
}
